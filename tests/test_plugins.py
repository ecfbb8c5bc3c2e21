"""Plug-ins of other packages: found by entry points, and never in the way."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import pytest

import whosays
from whosays import plugins, testing
from whosays.cli.main import main
from whosays.extract.document import Document
from whosays.extract.proposals import Context, Proposal
from whosays.extract.words import Filler

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 120
PAGE = (ROOT / "docs" / "plugins.md").read_text("utf-8")


def block(name: str) -> str:
    """Give the example of docs/plugins.md that begins with a comment of this name."""
    (found,) = re.findall(
        rf"^```python\n(# {name}\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
    )
    return str(found)


def install(folder: Path, package: str, modules: dict[str, str], points: str) -> None:
    """Put a package into a folder as pip does: modules, metadata and entry points."""
    for name, source in modules.items():
        (folder / f"{name}.py").write_text(source, "utf-8")
    info = folder / f"{package.replace('-', '_')}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.2\n", "utf-8"
    )
    (info / "entry_points.txt").write_text(points, "utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the package of the documentation, and one in which nothing works."""
    folder = tmp_path_factory.mktemp("site")
    install(
        folder,
        "whosays-example",
        {
            "whosays_chat": block("whosays_chat.py"),
            "whosays_arrows": block("whosays_arrows.py"),
            "whosays_words": block("whosays_words.py"),
        },
        "[whosays.importers]\nchat = whosays_chat:read\n"
        "[whosays.exporters]\narrows = whosays_arrows:write\n"
        "[whosays.extractors]\nwords = whosays_words:Words\n",
    )
    install(
        folder,
        "whosays-broken",
        {
            "broken_import": "import no_such_module_anywhere\n",
            "broken_raise": "class Odd(Exception): ...\nraise Odd('not today')\n",
            "broken_work": (
                "def read(path):\n    raise RuntimeError('half-way')\n"
                "def write(kg, file):\n    file.write(b'half')\n    raise OSError\n"
                "write.suffix = '.half'\n"
                "def mute(kg, file): ...\n"
                "class Plain: ...\n"
            ),
        },
        "[whosays.importers]\nlost = broken_import:read\nhalf = broken_work:read\n"
        "[whosays.exporters]\nodd = broken_raise:write\nmute = broken_work:mute\n"
        "half = broken_work:write\ngone = broken_work:nothing\n"
        "[whosays.extractors]\nplain = broken_work:Plain\n",
    )
    return folder


@pytest.fixture
def topic(tmp_path: Path) -> Path:
    whosays.init(tmp_path / "topic")
    return tmp_path / "topic"


class Done(NamedTuple):
    """What a command left on the screen."""

    returncode: int
    stdout: str
    stderr: str


Typed = Callable[..., Done]


@pytest.fixture
def typed(
    site: Path,
    topic: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Typed]:
    """Run the command in an environment in which the packages are installed."""
    monkeypatch.syspath_prepend(site)
    monkeypatch.chdir(topic)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str) -> Done:
        return Done(main(words), *capsys.readouterr())

    yield run
    for module in site.glob("*.py"):
        sys.modules.pop(module.stem, None)


# What a user sees


def test_plugins_are_found_where_python_finds_packages(site: Path, topic: Path) -> None:
    found = os.pathsep.join(filter(None, (str(site), *sys.path)))

    done = subprocess.run(
        [sys.executable, "-m", "whosays", "status", "-f", "json"],
        cwd=topic,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        env={**os.environ, "PYTHONPATH": found},
        check=True,
    )

    about = json.loads(done.stdout)["about"]
    assert about["importer chat"] == "whosays-example 1.2"


def test_status_lists_plugins_with_version_and_fault(typed: Typed) -> None:
    about = json.loads(typed("status", "-f", "json").stdout)["about"]

    assert about["importer chat"] == "whosays-example 1.2"
    assert about["exporter arrows"] == "whosays-example 1.2"
    assert about["extractor words"] == "whosays-example 1.2"
    text = typed("status", "--width", "200").stdout
    assert "ModuleNotFoundError: No module named 'no_such_module_anywhere'" in text
    assert "Odd: not today" in text
    assert "it has no suffix" in text
    assert "is no extractor" in text


def test_an_importer_is_chosen_by_suffix_or_by_name(typed: Typed, topic: Path) -> None:
    chat = "the council > consults > the neighbours : denies\n"
    (topic / "talk.chat").write_text(chat, "utf-8")
    (topic / "talk.log").write_text(chat, "utf-8")

    by_suffix = typed("check", "talk.chat", "-f", "csv")
    by_name = typed("check", "talk.log", "--importer", "chat", "-f", "csv")

    assert by_suffix.returncode == by_name.returncode == 1
    assert "WS103" in by_suffix.stdout  # names, where the table wants slugs
    assert "talk.chat" in by_suffix.stdout
    assert by_name.stdout.replace("talk.log", "talk.chat") == by_suffix.stdout


def test_rows_of_an_importer_are_added(typed: Typed, topic: Path) -> None:
    line = "example-paper > opposes > example-council : questions\n"
    (topic / "talk.chat").write_text(line, "utf-8")

    done = typed("add", "talk.chat")

    assert done.returncode == 0, done.stderr
    said = {s.stance for s in whosays.load(topic).collection.statements}
    assert "questions" in said


def test_what_an_importer_gave_is_mended_and_marked_as_a_table(
    typed: Typed, topic: Path
) -> None:
    line = "example-papr > opposes > example-council : questions\n"
    (topic / "talk.chat").write_text(line, "utf-8")

    typed("check", "--copy", "talk.chat")
    mended = typed("check", "--fix", "--yes", "talk.chat")
    in_place = typed("check", "--fix", "--yes", "--in-place", "talk.chat")
    added = typed("add", "talk.fixed.csv")

    assert "WS103" in (topic / "talk.checked.csv").read_text("utf-8")
    assert "example-papr → example-paper" in mended.stdout
    assert in_place.returncode == 2
    assert "plug-in" in in_place.stderr
    assert (topic / "talk.chat").read_text("utf-8") == line
    assert added.returncode == 0, added.stderr


def test_an_importer_reads_files_of_a_kind_that_needs_none(
    typed: Typed, topic: Path
) -> None:
    line = "example-paper > opposes > example-council : questions\n"
    for name in ("talk.xlsx", "talk.jsonl"):
        (topic / name).write_text(line, "utf-8")

        done = typed("check", name, "--importer", "chat")

        assert done.returncode == 0, done.stdout
        assert f"{name}   1 row: 0 ready, 1 warning" in done.stdout


def test_an_exporter_is_chosen_by_suffix(typed: Typed, topic: Path) -> None:
    done = typed("export", "claims.arrows")

    lines = (topic / "claims.arrows").read_text("utf-8").splitlines()
    assert done.returncode == 0, done.stderr
    assert "3 records" in done.stderr
    assert len(lines) == 3
    assert "example-council -consults/denies-> example-residents" in lines


def test_a_broken_plugin_is_told_once_and_the_others_work(typed: Typed) -> None:
    done = typed("export", "claims.arrows")

    assert done.returncode == 0
    told = " ".join(done.stderr.split())
    assert told.count("exporter odd of whosays-broken 1.2") == 1


def test_no_plugin_is_looked_for_where_none_is_needed(typed: Typed) -> None:
    for words in (["--help"], ["check", "--help"], ["export", "graph.ttl"], ["check"]):
        done = typed(*words)

        assert done.returncode == 0
        assert "broken" not in done.stderr


def test_an_exporter_that_fails_leaves_the_old_file(typed: Typed, topic: Path) -> None:
    (topic / "claims.half").write_text("old", "utf-8")

    done = typed("export", "claims.half")

    assert done.returncode == 3
    assert "the plug-in half of whosays-broken 1.2 failed" in done.stderr
    assert "Traceback" not in done.stderr
    assert (topic / "claims.half").read_text("utf-8") == "old"
    assert not list(topic.glob(".whosays-*"))


def test_an_importer_that_fails_is_named(typed: Typed, topic: Path) -> None:
    (topic / "talk.half").write_text("x", "utf-8")

    done = typed("check", "talk.half")

    assert done.returncode == 3
    assert "RuntimeError: half-way" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_importer_is_answered_with_those_there_are(
    typed: Typed, topic: Path
) -> None:
    (topic / "talk.log").write_text("x", "utf-8")

    unknown = typed("check", "talk.log", "--importer", "cht")
    broken = typed("check", "talk.log", "--importer", "lost")

    assert unknown.returncode == broken.returncode == 2
    assert "chat" in unknown.stderr
    assert "no_such_module_anywhere" in broken.stderr


# What an author of a plug-in has


def named(name: str) -> dict[str, Any]:
    """Run an example of the documentation."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(block(name), "utf-8")
        return runpy.run_path(str(file))


def test_the_examples_of_the_documentation_pass_the_checks(tmp_path: Path) -> None:
    file = tmp_path / "talk.chat"
    file.write_text("aldoria > arms > cedar-front : denies\n", "utf-8")

    testing.check_importer(named("whosays_chat.py")["read"], file)
    testing.check_exporter(named("whosays_arrows.py")["write"])
    testing.check_extractor(named("whosays_words.py")["Words"]())


def test_the_examples_are_as_short_as_is_promised() -> None:
    for name in ("whosays_chat.py", "whosays_arrows.py", "whosays_words.py"):
        lines = [line for line in block(name).splitlines() if line.strip()]

        code = [one for one in lines if not one.lstrip().startswith(("#", '"""'))]
        assert len(code) <= 20, name


ROW = {"subject": "a", "relation": "arms", "object": "b", "source": "s"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{**ROW, "stance": "denies", "speeker": "x"}], "did you mean speaker"),
        ([{**ROW, "stance": "deny"}], "affirms, denies"),
        ([ROW], "row 1 has no stance"),
        ([], "no row"),
        (["subject,relation"], "no mapping"),
        ([{**ROW, "stance": "denies", "note": ["x"]}], "neither text nor number"),
        ("text", "yield a dict"),
    ],
)
def test_an_importer_that_breaks_the_contract_is_told_where(
    tmp_path: Path, rows: Any, said: str
) -> None:
    (tmp_path / "x").touch()

    with pytest.raises(AssertionError, match=said):
        testing.check_importer(lambda path: rows, tmp_path / "x")


def test_an_importer_must_give_the_same_rows_twice(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    calls = iter(range(9))

    def read(path: Path) -> Iterator[dict[str, object]]:
        yield {**ROW, "stance": "denies", "note": next(calls)}

    with pytest.raises(AssertionError, match="different rows"):
        testing.check_importer(read, tmp_path / "x")


def exporter(write: Callable[[Any, BinaryIO], object], suffix: str = ".mine") -> Any:
    write.suffix = suffix  # type: ignore[attr-defined]
    return write


def test_an_exporter_that_breaks_the_contract_is_told_why() -> None:
    calls = iter(range(9))

    def same(kg: whosays.KG, file: BinaryIO) -> None:
        file.writelines(
            f"{one.subject} {one.relation} {one.object}\n".encode()
            for one in kg.collection.statements
        )

    cases: list[tuple[Any, str]] = [
        (lambda kg, file: None, "suffix is None"),
        (exporter(lambda kg, file: None, ".ttl"), "format of whosays itself"),
        (exporter(lambda kg, file: None), "nothing was written"),
        (exporter(lambda kg, file: file.write(b"%d" % next(calls))), "different bytes"),
        (exporter(lambda kg, file: file.write(cast("Any", "text"))), "takes bytes"),
        (exporter(lambda kg, file: (file.write(b"x"), file.close())), "closed"),
        (exporter(same), "written exactly like one that is affirmed"),
    ]
    for write, said in cases:
        with pytest.raises(AssertionError, match=said):
            testing.check_exporter(write)


class Finder:
    """An extractor that proposes one span, wherever it is told to."""

    name, version = "finder", "1"
    needs: frozenset[str] = frozenset()

    def __init__(self, cue: tuple[int, int]) -> None:
        self.cue = cue

    def propose(self, doc: Document, ctx: Context) -> Iterable[Proposal]:
        ends = Filler("aldoria", 0, 7), Filler("belmark", 0, 7)
        yield Proposal(self.cue, *ends, "attacks", "finder-1")


def test_an_extractor_that_breaks_the_contract_is_told_why() -> None:
    with pytest.raises(AssertionError, match="finder is refused"):
        testing.check_extractor(Finder((5_000, 5_002)))
    with pytest.raises(AssertionError, match="is no extractor"):
        testing.check_extractor(cast("Any", object()))


def test_without_plugins_there_are_none() -> None:
    ours = [p for p in plugins.found() if p.package in ("whosays-example", "whosays")]

    assert ours == []
    assert plugins.exporter_for(Path("x.arrows")) is None
    assert plugins.importer_for(Path("x")) is None


def test_numbers_and_empty_cells_of_an_importer_become_text() -> None:
    text = plugins.table_text(
        [{"subject": "a", "confidence": 0.5, "note": None, "x": 1}]
    )

    assert text.splitlines() == [
        "subject,relation,object,source,stance,confidence,x",
        "a,,,,,0.5,1",
    ]


def test_the_checks_need_no_test_framework(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "sys.modules['pytest'] = None\n"
        "from whosays import testing\n"
        "testing.check_exporter(type('W', (), {'suffix': '.x', '__call__':"
        " lambda self, kg, file: file.write(repr([(s.subject, s.stance) for s in"
        " kg.collection.statements]).encode())})())"
    )

    subprocess.run([sys.executable, "-O", "-c", code], check=True, timeout=SECONDS)
