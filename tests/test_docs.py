"""What the documents say is what the program does."""

from __future__ import annotations

import importlib
import inspect
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import whosays
from tests.calling import called
from whosays import problems, vocab
from whosays.cli.main import VERBS
from whosays.export import FORMATS
from whosays.project import actors, runs, settings, sources, statements
from whosays.queries import catalogue

ROOT = Path(__file__).resolve().parents[1]
HELP = ROOT / "graph" / "whosays" / "cli" / "help"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
REFERENCE = (ROOT / "docs" / "reference.md").read_text("utf-8")
TABLES = (ROOT / "docs" / "tables.md").read_text("utf-8")


def script(name: str) -> ModuleType:
    """Import one of the scripts."""
    folder = str(ROOT / "scripts")
    sys.path.insert(0, folder)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(folder)


console = script("console")
reference = script("reference")
sections = script("sections")


@pytest.fixture(scope="module")
def helps() -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        patch.setenv("TERMINAL_WIDTH", "80")
        texts: dict[str, str] = reference.help_texts()
        return texts


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the bundled project; the blocks of all pages run in it."""
    copy: Path = console.project_copy(tmp_path_factory.mktemp("docs"))
    return copy


PLAIN = re.compile(r"(?:cd ([\w-]+) && )?whosays ([^|<>;&$`*?(){}~]*)")


def run(command: str, folder: Path) -> str:
    """Run a command in the shell, or here if nothing in it is for a shell."""
    found = PLAIN.fullmatch(command.replace("\\\n", " "))
    if found is None:
        printed: str = console.shell(command, folder)
        return printed
    done = called(
        *shlex.split(found[2]),
        cwd=folder / (found[1] or "."),
        merged=True,
        **console.environment(folder),
    )
    return done.stdout.decode("utf-8")


BLOCKS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, block in enumerate(console.blocks(page.read_text("utf-8")), 1)
]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_console_block_prints_what_the_page_says(block: str, project: Path) -> None:
    printed = console.executed(block, project, run)

    assert printed == block, "to refresh it: scripts/reference --readme"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_line_of_a_console_block_is_wider_than_a_terminal(page: Path) -> None:
    lines = "\n".join(console.blocks(page.read_text("utf-8"))).splitlines()

    assert [line for line in lines if len(line) > 80] == []


def test_the_readme_is_read_by_doctest() -> None:
    text = (ROOT / "README.md").read_text("utf-8")

    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)

    assert blocks
    for block in blocks:
        assert block.startswith(">>> ")
        assert block.endswith("\n\n"), "doctest takes the fence for output"


def test_ready_help_is_what_typer_prints(helps: dict[str, str]) -> None:
    files = HELP.glob("*.txt")

    ready = {path.stem.replace("-", " "): path.read_text("utf-8") for path in files}

    assert ready == helps, "to refresh: scripts/reference"


def test_the_command_answers_help_with_the_ready_text() -> None:
    for words in ((), ("query",), ("in",), ("actor", "list")):
        arguments = ["-m", "whosays", *words, "--help"]

        printed = subprocess.check_output([sys.executable, *arguments], timeout=250)

        ready = HELP / f"{'-'.join(words) or 'whosays'}.txt"
        assert printed.decode("utf-8") == ready.read_text("utf-8")


def test_help_fits_a_terminal_and_ends_with_examples(helps: dict[str, str]) -> None:
    for name, text in helps.items():
        assert max(map(len, text.splitlines())) <= 80, name
        if name != "whosays":
            examples = text.partition("  Examples:\n")[2].splitlines()
            assert examples, name
            assert all(line.split()[0] in ("whosays", "echo") for line in examples)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_generated_parts_are_fresh(page: Path, helps: dict[str, str]) -> None:
    text = page.read_text("utf-8")

    fresh = reference.filled(text, sections.sections(helps))

    assert text == fresh, "to refresh them: scripts/reference"


def test_a_stale_part_would_be_seen(helps: dict[str, str]) -> None:
    stale = "<!-- generated: commands -->\nsomething else\n<!-- end -->"

    fresh = reference.filled(stale, sections.sections(helps))

    assert "something else" not in fresh
    assert "whosays query" in fresh


def test_every_command_is_documented(helps: dict[str, str]) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    for verb in set(helps) - {"whosays"}:
        assert f"\n### whosays {verb}\n" in REFERENCE
        if " " not in verb:  # a group stands for its verbs
            assert f"[`whosays {verb}`](docs/reference.md#whosays-{verb})" in readme


def test_every_command_that_answers_or_writes_has_a_method_of_its_name() -> None:
    without = {"explain", "init", "ref", "status"}  # not about one graph
    gathered = {"actor", "source", "relation"}  # of tables, not of the graph
    above = {"corpus", "push", "serve"}  # whosays.spark, whosays.push, whosays.server
    deciding = dict.fromkeys(("accept", "reject", "retract"), "set_status")
    of_files = {
        **deciding,
        "diff": "diff",
        "agreement": "agreement",
        "eval": "evaluate",
    }

    for verb, function in of_files.items():
        assert verb in VERBS
        assert callable(getattr(whosays, function)), verb
    for verb in set(VERBS) - without - gathered - set(of_files) - above:
        method = {"in": "within"}.get(verb, verb)
        assert callable(getattr(whosays.KG, method)), verb
        assert f"| `kg.{method}(" in REFERENCE


def test_every_query_format_relation_and_code_is_documented() -> None:
    vocabulary = vocab.load()

    for query in catalogue().values():
        part = REFERENCE.partition(f"\n### query {query.name}\n")[2].partition(
            "\n### "
        )[0]
        assert query.summary in part
        assert all(f"`{one}`" in part for one in query.params)
        assert all(f"| `{one.name}` |" in part for one in query.columns)
    for suffix in FORMATS:
        assert f"| `.{suffix}` |" in REFERENCE
    for relation in vocabulary.relations.values():
        assert f"| `{relation.id}` |" in REFERENCE
        assert relation.definition in REFERENCE
    for code in problems.CATALOGUE:
        assert f"| `{code}` |" in REFERENCE


@pytest.mark.parametrize(
    ("title", "columns", "required"),
    [
        ("statements", statements.COLUMNS, statements.REQUIRED),
        ("actors", actors.COLUMNS, actors.REQUIRED),
        ("names", sources.NAMES_COLUMNS, sources.NAMES_REQUIRED),
        ("sources", sources.COLUMNS, sources.REQUIRED),
        ("relations", vocab.COLUMNS, ("slug", "label")),
        ("runs", runs.COLUMNS, runs.REQUIRED),
    ],
)
def test_every_column_of_a_table_is_documented_in_order(
    title: str, columns: tuple[str, ...], required: tuple[str, ...]
) -> None:
    part = TABLES.partition(f"\n## {title}\n")[2].partition("\n## ")[0]

    rows = re.findall(r"^\| (\*\*)?`(\w+)`(?:\*\*)? \|", part, re.MULTILINE)

    assert tuple(name for _, name in rows) == columns
    assert {name for bold, name in rows if bold} == set(required)


def test_every_key_of_the_settings_is_documented() -> None:
    part = TABLES.partition("\n## whosays.toml\n")[2].partition("\n## ")[0]

    for section, keys in settings.KEYS.items():
        assert f"| `{section}` |" in part
        if section != "actor_types":
            assert all(f"| `{key}` |" in part for key in keys)


def test_every_column_of_an_answer_is_explained() -> None:
    explained = set(re.findall(r"`(\w+)`", TABLES))
    explained |= {f"{name}_label" for name in explained}
    explained |= {f"{name}_title" for name in explained}

    columns = {one for names in sections.COLUMN_SETS.values() for one in names}
    plain = {re.sub("^(a|b|affirmed|contested)_", "", one) for one in columns}

    assert plain - explained == set()


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "scripts" / "README.md"]:
        for target in re.findall(r"\]\(([^)#:\s]*)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_two_headings_of_a_page_have_one_address(page: Path) -> None:
    headings = re.findall(r"^##+ (.+)$", page.read_text("utf-8"), re.MULTILINE)

    assert len({one.lower() for one in headings}) == len(headings)


def test_links_to_headings_lead_somewhere() -> None:
    for page in PAGES:
        for file, heading in re.findall(r"\]\(([\w./]*)#([\w-]+)\)", page.read_text()):
            target = page.parent / file if file else page
            headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", one).lower() for one in headings}
            assert heading in {one.replace(" ", "-") for one in anchors}, heading


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())

    assert {picture.stem for picture in pictures} >= {"view", "view-dark"}
    assert all(picture.stat().st_size < 250_000 for picture in pictures)


def test_the_examples_for_contributors_work(tmp_path: Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    blocks = re.findall(
        r"^ *```(?:csv|sparql)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL
    )
    row, relation, query = (inspect.cleandoc(block) + "\n" for block in blocks)
    topic = tmp_path / "strait"
    shutil.copytree(ROOT / "tests" / "fixtures" / "good" / "strait", topic)
    (topic / "relations.csv").write_text(relation, "utf-8")
    (topic / "queries").mkdir()
    (topic / "queries" / "denials.rq").write_text(query, "utf-8")
    statements_file = topic / "statements" / "strait-interview.csv"
    statements_file.rename(topic / "statements" / "other.csv")
    statements_file.write_text(row, "utf-8")

    problems_found = whosays.check(topic)
    kg = whosays.load(topic)

    assert [one for one in problems_found if one.level == "error"] == []
    assert kg.that("aldoria", "instructs", "belmark").asked[1] == "advises"
    denials = kg.query("denials", speaker="aldorian-minister")
    assert denials.columns == ("statement", "subject", "relation", "object")
    locators = [one.locator for one in kg.collection.statements]
    assert "p14" in locators
    assert len(denials) > 0


def test_no_hint_names_a_verb_that_is_not_there() -> None:
    package = Path(whosays.__file__).parent
    sources = [path.read_text("utf-8") for path in package.rglob("*.py")]

    named = {verb for text in sources for verb in re.findall(r": whosays (\w+)", text)}

    assert "ref" in named
    assert named <= set(VERBS)
