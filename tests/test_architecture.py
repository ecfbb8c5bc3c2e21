"""Rules on the source that no linter knows; each is shown to fire on a bad example."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pytest

import whosays

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "graph" / "whosays"
MODULES = sorted(PACKAGE.rglob("*.py"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "package-lock.json"}
UNTRACKED = {".git", "build", "dist", "__pycache__"}  # where there is no git to ask

Node = TypeVar("Node", bound=ast.AST)
Rule = Callable[[ast.Module], list[str]]


def places_of(nodes: Iterator[ast.AST]) -> list[str]:
    return [f"line {getattr(node, 'lineno', 0)}" for node in nodes]


@cache
def every_node(tree: ast.AST) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree))


def nodes_of(tree: ast.AST, kind: type[Node]) -> Iterator[Node]:
    return (node for node in every_node(tree) if isinstance(node, kind))


def front_door(tree: ast.Module) -> list[str]:
    """Find imports of the package itself, which the layers contract cannot see."""
    modules = {path.stem for path in PACKAGE.iterdir()}

    def found() -> Iterator[ast.AST]:
        for plain in nodes_of(tree, ast.Import):
            if any(alias.name == "whosays" for alias in plain.names):
                yield plain
        for node in nodes_of(tree, ast.ImportFrom):
            if node.module == "whosays" and {a.name for a in node.names} - modules:
                yield node

    return places_of(found())


def writing(tree: ast.Module) -> list[str]:
    """Find what opens a file for writing; only files.py may, so that it is whole."""

    def mode(call: ast.Call) -> str:
        method = isinstance(call.func, ast.Attribute)  # path.open(mode), gzip.open(…)
        arguments = call.args[:2] if method else call.args[1:2]
        arguments += [word.value for word in call.keywords if word.arg == "mode"]
        texts = [str(v.value) for v in arguments if isinstance(v, ast.Constant)]
        return "".join(t for t in texts if re.fullmatch(r"[rwaxbt+]{1,4}", t))

    def found() -> Iterator[ast.AST]:
        for call in nodes_of(tree, ast.Call):
            name = getattr(call.func, "attr", "") or getattr(call.func, "id", "")
            opened = name == "open" and set(mode(call)) & set("wax+")
            if opened or name in {"write_text", "write_bytes"}:
                yield call

    return places_of(found())


def swallowing(tree: ast.Module) -> list[str]:
    """Find handlers that catch everything; a swallowed error is a lost claim.

    Cleaning up and raising again is not swallowing.
    """

    def found() -> Iterator[ast.AST]:
        for handler in nodes_of(tree, ast.ExceptHandler):
            caught = ast.unparse(handler.type) if handler.type else "BaseException"
            last = handler.body[-1]
            again = isinstance(last, ast.Raise) and last.exc is None
            everything = re.search(r"\bBaseException\b", caught) and not again
            if everything or re.search(r"\bException\b", caught):
                yield handler

    return places_of(found())


def other_languages(tree: ast.Module) -> list[str]:
    """Find SPARQL and HTML of more than three lines; they have files of their own."""
    docstrings = {
        id(node.value)
        for parent in every_node(tree)
        if isinstance(parent, ast.Module | ast.ClassDef | ast.FunctionDef)
        for node in parent.body[:1]
        if isinstance(node, ast.Expr)
    }
    pieces = {id(part) for f in nodes_of(tree, ast.JoinedStr) for part in f.values}
    left_out = docstrings | pieces

    def text(node: ast.Constant | ast.JoinedStr) -> str:
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        return "".join(
            part.value
            for part in parts
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )

    def found() -> Iterator[ast.AST]:
        for node in every_node(tree):
            if not isinstance(node, ast.Constant | ast.JoinedStr):
                continue
            if id(node) in left_out:
                continue
            literal = text(node)
            lines = max(literal.count("\n"), (node.end_lineno or 0) - node.lineno) + 1
            foreign = r"\b(SELECT|CONSTRUCT)\b|<(html|body|div|style)\b"
            if lines > 3 and re.search(foreign, literal):
                yield node

    return places_of(found())


def heavy_imports(tree: ast.Module) -> list[str]:
    """Find slow packages imported with the module instead of where they are used."""
    tidy = PYPROJECT["tool"]["ruff"]["lint"]["flake8-tidy-imports"]
    banned = set(tidy["banned-module-level-imports"])

    def at_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
        for node in body:
            yield node
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                yield from at_import(node.orelse)
            elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for field in ("body", "orelse", "finalbody", "handlers"):
                    yield from at_import(getattr(node, field, []))

    def found() -> Iterator[ast.AST]:
        for node in at_import(tree.body):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if banned & {name.partition(".")[0] for name in names}:
                yield node

    return places_of(found())


def imported(tree: ast.Module) -> Iterator[str]:
    for plain in nodes_of(tree, ast.Import):
        yield from (alias.name for alias in plain.names)
    for node in nodes_of(tree, ast.ImportFrom):
        yield node.module or ""


@cache
def syntax_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


BAD_EXAMPLES = [
    (front_door, "def f():\n    import whosays"),
    (front_door, "from whosays import KG"),
    (writing, "open('x', 'w')"),
    (writing, "path.open(mode='ab')"),
    (writing, "gzip.open(path, 'xt')"),
    (writing, "path.write_text('x')"),
    (swallowing, "try: f()\nexcept Exception: pass"),
    (swallowing, "try: f()\nexcept (OSError, Exception) as e: raise"),
    (swallowing, "try: f()\nexcept: pass"),
    (swallowing, "try: f()\nexcept BaseException: pass"),
    (other_languages, "q = '''\nSELECT ?s\n{ ?s ?p ?o }\n'''"),
    (other_languages, "q = ('CONSTRUCT'\n' { ?s ?p ?o }'\n' {}'\n'')"),
    (other_languages, "h = f'''<html lang={x}>\n\n\n</html>'''"),
    (heavy_imports, "import rdflib.graph"),
    (heavy_imports, "try:\n    from networkx import Graph\nexcept ImportError: x = 1"),
    (heavy_imports, "class A:\n    import pyoxigraph"),
]
GOOD_EXAMPLES = [
    (front_door, "import whosays.model\nfrom whosays.kg import KG"),
    (writing, "open('x')\nopen('x', 'rb')\npath.open()\nfiles.write_atomic(p, 'w')"),
    (swallowing, "try: f()\nexcept BaseException:\n    clean()\n    raise"),
    (swallowing, "try: f()\nexcept (OSError, ValueError): pass"),
    (other_languages, "def f():\n    '''Run.\n\n    SELECT\n    x\n    '''"),
    (other_languages, "q = 'SELECT ?s { ?s ?p ?o }'"),
    (
        heavy_imports,
        "if TYPE_CHECKING:\n    import rdflib\ndef f():\n    import rdflib",
    ),
]
RULES = [front_door, writing, swallowing, other_languages, heavy_imports]


@pytest.mark.parametrize(("rule", "source"), BAD_EXAMPLES)
def test_a_rule_fires_on_a_bad_example(rule: Rule, source: str):
    assert len(rule(ast.parse(source))) == 1


@pytest.mark.parametrize(("rule", "source"), GOOD_EXAMPLES)
def test_a_rule_lets_a_good_example_pass(rule: Rule, source: str):
    assert rule(ast.parse(source)) == []


@pytest.mark.parametrize("rule", RULES)
def test_every_module_keeps_the_rule(rule: Rule):
    trees = {path: syntax_of(path) for path in MODULES}
    if rule is writing:
        del trees[PACKAGE / "files.py"]
    if rule is heavy_imports:  # only spaCy imports it, by entry point
        del trees[PACKAGE / "extract" / "spacy_components.py"]
    if rule is swallowing:  # the code of strangers may raise anything; it is told
        del trees[PACKAGE / "plugins" / "discovery.py"]
        del trees[PACKAGE / "extract" / "plugins.py"]

    found = {str(path.relative_to(ROOT)): rule(tree) for path, tree in trees.items()}

    assert {place: lines for place, lines in found.items() if lines} == {}


def test_no_module_is_longer_than_400_lines():
    lengths = {
        str(path.relative_to(PACKAGE)): len(path.read_text("utf-8").splitlines())
        for path in MODULES
    }
    del lengths["model.py"], lengths["problems/catalogue.py"]  # one table each

    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_the_public_names_are_importable_and_stand_once():
    public = whosays.__all__
    objects = [getattr(whosays, name) for name in public]

    assert len(set(public)) == len(public)  # their order is the linter's affair
    assert not any(isinstance(thing, ModuleType) for thing in objects)


def test_nothing_public_is_left_out_of_the_public_names():
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    defined: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module != "__future__":
            if (node.module or "").startswith("whosays"):
                defined |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined.add(node.name)

    public = {name for name in defined if not name.startswith("_")}

    assert public - set(whosays.__all__) == set()


def test_the_package_imports_nothing_that_it_does_not_declare():
    project = PYPROJECT["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    declared = {re.split(r"[<>=]", name)[0] for names in lists for name in names}
    declared |= {"jinja2", "markupsafe", "py4j", "rich"}  # come with others
    known = declared | sys.stdlib_module_names | {"whosays"}

    undeclared = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in MODULES
        for name in imported(syntax_of(path))
        if name.partition(".")[0] not in known
    }

    assert undeclared == set()


# What the repository holds


def tracked_files() -> list[Path]:
    """List what git tracks; without git (an unpacked archive) what lies there."""
    git = ["git", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listed = subprocess.run(
            git, check=True, capture_output=True, timeout=250
        ).stdout
        paths = [ROOT / name for name in listed.decode().split("\0") if name]
    except (FileNotFoundError, subprocess.CalledProcessError):
        paths = [
            path
            for path in ROOT.rglob("*")
            if not UNTRACKED & set(path.parts)
            and not any(part.startswith((".venv", ".mypy")) for part in path.parts)
        ]
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8", "replace")


def places(pattern: str) -> list[str]:
    """List where tracked files match, as file:line."""
    texts = {path: text_of(path) for path in tracked_files()}
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path, text in texts.items()
        if re.search(pattern, text)  # many times as quick as line by line
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(pattern, line)
    ]


# Written so that the pattern does not match itself.
MACHINE_PATH = (
    r"(?<![\w./-])/(?:work|root|tmp|home/\w+|Users/\w+)/[\w.]|(?<!\w)[A-Z]:\\Users\\"
)
REGISTRY = r"pypi[.]org|python" + r"hosted[.]org|registry[.]npmjs|[.]debian[.]org"


@pytest.mark.parametrize(
    "line", ["see /wo" + "rk/main/x", "'/ro" + "ot/.config'", "(/tm" + "p/x)"]
)
def test_a_machine_path_is_recognised(line: str):
    assert re.search(MACHINE_PATH, line)


def test_an_address_is_no_machine_path():
    assert not re.search(MACHINE_PATH, "https://example.org/wo" + "rk/main")


def test_no_tracked_file_names_a_path_of_somebodys_machine():
    assert places(MACHINE_PATH) == []


def test_no_tracked_file_names_the_host_of_a_package_registry():
    assert re.search(REGISTRY, "files.python" + "hosted.org")
    assert places(REGISTRY) == []


def test_no_lock_file_is_tracked():
    names = {path.name for path in tracked_files()}

    assert names & LOCKS == set()
    assert not any(re.fullmatch(r"pylock.*\.toml", name) for name in names)


def test_the_pins_have_a_version_and_hashes_and_no_address():
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    entries = re.split(r"\n(?=\w)", pins.replace("\\\n", " ").strip())

    assert "://" not in pins
    for entry in entries:
        assert re.match(r"[\w.-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


def test_every_dependency_is_pinned():
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    groups = PYPROJECT["dependency-groups"].values()
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    lists = [PYPROJECT["project"]["dependencies"], *groups, *extras]
    wanted = [entry for entries in lists for entry in entries]
    names = {re.split(r"[<>=]", name)[0] for name in wanted if isinstance(name, str)}

    pinned = set(re.findall(r"^([\w.-]+)==", pins, flags=re.MULTILINE))

    assert names - pinned == set()


def test_the_version_heads_the_changelog():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## \[(\d[^\]]*)\]", changelog, flags=re.MULTILINE)

    assert released[0] == PYPROJECT["project"]["version"]


def test_the_citation_names_the_same_version():
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    (version,) = re.findall(r"^version: \"?([^\"\n]+)\"?$", citation, re.MULTILINE)

    assert version == PYPROJECT["project"]["version"]


def test_continuous_integration_runs_the_developers_command_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    (command,) = [line for line in lines if line and not line.startswith("#")]

    assert command.startswith("exec ")
    assert command.endswith('/../scripts/test"')


@pytest.mark.parametrize("name", ["scripts/build", "scripts/test", "scripts/bootstrap"])
def test_a_script_is_plain_sh(name: str):
    parsed = subprocess.run(["sh", "-n", ROOT / name], check=False, timeout=250)

    assert parsed.returncode == 0


def test_the_set_up_asks_for_packages_that_are_pinned_by_bare_names():
    needs = [sys.executable, str(ROOT / "scripts" / "needs.py"), "install", "dev"]
    printed = subprocess.run(needs, check=True, capture_output=True, timeout=250)
    names = printed.stdout.decode().split()

    pins = (ROOT / "constraints.txt").read_text("utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", pins, flags=re.MULTILINE))
    assert {"pip", "hatchling", "rdflib", "pytest", "mypy", "playwright"} <= set(names)
    assert set(names) <= pinned
