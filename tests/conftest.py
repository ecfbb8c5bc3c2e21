"""What all tests share: imports from each other, and an end to any that hangs."""

import gc
import signal
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from types import FrameType

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LONGEST = 300  # seconds; no test takes a tenth of it, so more means that it hangs


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Search no garbage among the tests: they all stay, and it took a fifth of the time.

    Nor later, when a search, or a fork, would go through them each time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def no_test_hangs() -> Iterator[None]:
    def give_up(number: int, frame: FrameType | None) -> None:
        pytest.fail(f"still running after {LONGEST} s")

    previous = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, previous)
