"""Run the console blocks of a Markdown file as a reader would, and refresh them.

A line that begins with ``$ `` is a command for the shell, with ``> `` it goes on; what
follows is what the command prints, messages included. A block may depend on those
before it: they all run in one folder.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SECONDS = 120
Run = Callable[[str, Path], str]
"""Runs a command in a folder and gives what it prints."""


@dataclass(slots=True)
class Step:
    """One command and the lines it is said to print."""

    command: list[str]
    output: list[str] = field(default_factory=list)


def blocks(text: str) -> list[str]:
    """Find the bodies of all console blocks."""
    return _BLOCK.findall(text)


def refreshed(text: str, folder: Path) -> str:
    """Replace what the blocks of a text print by what their commands print now."""
    return _BLOCK.sub(
        lambda match: f"```console\n{executed(match[1], folder)}```", text
    )


def executed(block: str, folder: Path, run: Run | None = None) -> str:
    """Run one block, in the shell or by ``run``; give it with the output of now."""
    run = run or shell
    lines: list[str] = []
    for step in _steps(block):
        first, *more = step.command
        lines += [f"$ {first}", *(f"> {line}" for line in more)]
        lines += run("\n".join(step.command), folder).splitlines()
    return "".join(f"{line}\n" for line in lines)


def project_copy(folder: Path) -> Path:
    """Copy the bundled project, so that nothing is written into the repository."""
    copy = folder / "iran-isis"
    ignored = shutil.ignore_patterns("build", "texts")
    shutil.copytree(ROOT / "seeds" / "iran-isis", copy, ignore=ignored)
    return copy


def _steps(block: str) -> list[Step]:
    steps: list[Step] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            steps.append(Step([line.removeprefix("$ ")]))
        elif not steps:
            raise ValueError(f"a console block begins with a command, not: {line}")
        elif line.startswith("> ") and not steps[-1].output:
            steps[-1].command.append(line.removeprefix("> "))
        else:
            steps[-1].output.append(line)
    return steps


def shell(command: str, folder: Path) -> str:
    """Run a command of the shell; `environment` says in which surroundings."""
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=_SECONDS,
        check=False,
    )
    return done.stdout.decode("utf-8")


def environment(folder: Path) -> dict[str, str]:
    """Make output 80 columns wide, without colour, and our `whosays` found first."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder.parent),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "COLUMNS": "80",
    }
