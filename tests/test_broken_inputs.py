"""Whatever is wrong with an input: it is named with its place, and nothing happens.

Never a traceback, a death, a hang, a file in the project, or a row lost in silence.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import whosays
from tests.calling import called
from whosays import problems, store
from whosays import project as projects
from whosays.errors import DataError, QueryError, RdfError, WhosaysError
from whosays.problems.report import report
from whosays.worker import Limits

GOOD = Path(__file__).parent / "fixtures" / "good" / "strait"
ACTORS, SOURCES, NAMES = "actors.csv", "sources.csv", "names.csv"
STATEMENTS = "statements/night-bulletin.csv"
TABLES = (ACTORS, SOURCES, NAMES, STATEMENTS)
LIMITS = Limits(seconds=100, memory=512 * 1024**2)
# What no terminal must get: C0 but tab and line feed, C1, bidi overrides.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Change = Callable[[bytes], bytes]


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("build")
    return Path(shutil.copytree(GOOD, tmp_path / "strait", ignore=ignore))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@contextlib.contextmanager
def untouched(folder: Path) -> Iterator[None]:
    """Allow a new build folder and no other change."""
    before = snapshot(folder)
    yield
    after = snapshot(folder)
    kept = {name: data for name, data in after.items() if not name.startswith("build/")}
    assert kept == before


def printed(found: list[problems.Problem]) -> str:
    text = "\n".join(report(found))
    assert not UNPRINTABLE.search(text)
    assert text.count("\n") < 300
    return text


# --- tables --------------------------------------------------------------------------


def sub(old: str, new: str | bytes) -> Change:
    replacement = new.encode() if isinstance(new, str) else new

    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), replacement, 1)

    return change


def last_line(change: Callable[[bytes], bytes]) -> Change:
    def changed(data: bytes) -> bytes:
        *lines, last = data.rstrip(b"\n").split(b"\n")
        return b"\n".join([*lines, change(last)]) + b"\n"

    return changed


def header(change: Callable[[bytes], bytes]) -> Change:
    def changed(data: bytes) -> bytes:
        first, rest = data.split(b"\n", 1)
        return change(first) + b"\n" + rest

    return changed


# Of any table: each must be refused, with the file and a place in it.
REFUSED: dict[str, Change] = {
    "empty file": lambda data: b"",
    "only a BOM": lambda data: b"\xef\xbb\xbf",
    "only blank lines": lambda data: b"\n\n\n",
    "only commas": lambda data: b",,,,\n,,,,\n",
    "no header": lambda data: data.split(b"\n", 1)[1],
    "doubled column": header(lambda line: line + b"," + line.split(b",")[0]),
    "misspelt first column": header(lambda line: b"q" + line[2:]),
    "first column missing": header(lambda line: line.split(b",", 1)[1]),
    "short row": last_line(lambda line: line.rsplit(b",", 3)[0]),
    "surplus cell": last_line(lambda line: line + b",surplus"),
    "quote never closed": last_line(lambda line: b'"' + line),
    "quote in the middle": last_line(lambda line: b'"a"b' + line),
    "NUL": last_line(lambda line: b"\0" + line),
    "escape sequence": last_line(lambda line: b"\x1b[2J" + line),
    "Latin-1": last_line(lambda line: "é".encode("latin-1") + line),
    "Windows-1256": last_line(lambda line: "داعش".encode("cp1256") + line),
    "UTF-16 without BOM": lambda data: data.decode().encode("utf-16-le"),
    "UTF-8 cut off": lambda data: data.rstrip(b"\n") + b"\xe2\x82",
    "overlong UTF-8": last_line(lambda line: b"\xc0\xaf" + line),
    "surrogate in UTF-8": last_line(lambda line: b"\xed\xa0\x80" + line),
    "a picture": lambda data: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "a zip archive": lambda data: b"PK\x03\x04" + bytes(range(256)),
    "HTML": lambda data: b"<!DOCTYPE html>\n<title>Sign in</title>\n",
    "JSON": lambda data: b'[{"slug": "aldoria"}]\n',
    "merge conflict": lambda data: data + b"<<<<<<< HEAD\n=======\n>>>>>>> theirs\n",
    "huge cell": last_line(lambda line: b"x" * 140_000 + line),
    "cell of ten megabytes": last_line(lambda line: b"y" * 10_000_000 + line),
    "hundred thousand columns": header(lambda line: line + b",x" * 100_000),
    "right-to-left override": last_line(lambda line: "\u202e".encode() + line),
    "look-alike letter": last_line(lambda line: "\u0430".encode() + line),
    "path": last_line(lambda line: b"../../etc/passwd" + line),
    "query text": last_line(lambda line: b"} INSERT DATA { " + line),
    "markup": last_line(lambda line: b"<script>alert(1)</script>" + line),
    "noncharacter": last_line(lambda line: "\uffff".encode() + line),
}
# Of single tables.
REFUSED_IN: dict[str, tuple[str, Change]] = {
    "unknown type": (ACTORS, sub("militia", "militai")),
    "unknown parent": (ACTORS, sub("place,belmark", "place,belmrak")),
    "own parent": (ACTORS, sub("place,belmark", "place,port-vale")),
    "circle of parents": (
        ACTORS,
        sub("Aldoria,state,,", "Aldoria,state,aldorian-navy,"),
    ),
    "both parents": (ACTORS, sub("place,belmark,", "place,belmark,aldoria")),
    "slug with capitals": (ACTORS, sub("dun-brigade", "Dun-Brigade")),
    "slug that is an IRI": (ACTORS, sub("dun-brigade", "https://a.example/x")),
    "slug of a thousand letters": (ACTORS, sub("dun-brigade,", "d" * 1000 + ",")),
    "doubled slug": (ACTORS, sub("port-vale,Port", "grey-strait,Port")),
    "no label": (ACTORS, sub("Dun Brigade", "")),
    "bad Wikidata id": (
        ACTORS,
        sub(
            "Belmark,state,,,Kingdom of Belmark,,",
            "Belmark,state,,,Kingdom of Belmark,,Berlin",
        ),
    ),
    "bad language of an alias": (ACTORS, sub("Aldorie@fr", "Aldorie@f r<x>")),
    "unknown publisher": (SOURCES, sub("report,belmark-radio", "report,belmark-raido")),
    "30 February": (SOURCES, sub("2031-04-02", "2031-02-30")),
    "day of months": (SOURCES, sub("2031-04-02", "06/25/2031")),
    "Persian digits": (SOURCES, sub("2031-04-02", "۲۰۳۱-۰۴-۰۲")),
    "date in words": (SOURCES, sub("2031-04-02", "last spring")),
    "file outside": (
        SOURCES,
        sub("https://example.org/night,", "https://example.org/night,../../secret.txt"),
    ),
    "address that is a script": (
        SOURCES,
        sub("https://example.org/night", "javascript:alert(1)"),
    ),
    "bad hash": (
        SOURCES,
        sub("https://example.org/night,,", "https://example.org/night,,beef"),
    ),
    "bad language of a source": (SOURCES, sub(",en,https", ",english language,https")),
    "name of nobody": (NAMES, sub("cedar-front", "cedar-frnot")),
    "kind of name unknown": (NAMES, sub("honorific", "honorary")),
    "name in no source": (NAMES, sub("night-bulletin", "nigth-bulletin")),
    "name used by nobody known": (
        NAMES,
        sub(",delegitimising,,", ",delegitimising,nobody,"),
    ),
    "unknown subject": (STATEMENTS, sub("\nbelmark,fights", "\nbelmrak,fights")),
    "unknown object": (STATEMENTS, sub("fights,cedar-front", "fights,cedar-font")),
    "unknown relation": (STATEMENTS, sub(",fights,", ",figths,")),
    "unknown stance": (STATEMENTS, sub("affirms", "afirms")),
    "unknown source": (STATEMENTS, sub("night-bulletin", "nite-bulletin")),
    "itself": (STATEMENTS, sub("fights,cedar-front", "fights,belmark")),
    "unknown speaker": (STATEMENTS, sub("harbour-post > front", "harbor-post > front")),
    "chain without end": (STATEMENTS, sub("> front-spokesman", "> ")),
    "place that speaks": (
        STATEMENTS,
        sub("harbour-post > front-spokesman", "grey-strait"),
    ),
    "place that is none": (STATEMENTS, sub(",port-vale,", ",cedar-front,")),
    "unknown modality": (STATEMENTS, sub("affirms,,,l12", "affirms,,perhaps,l12")),
    "unknown framing": (STATEMENTS, sub("neutral", "neutrally")),
    "unknown context": (STATEMENTS, sub("terrorism", "terorism")),
    "unknown status": (STATEMENTS, sub(",high,,Crates", ",high,acepted,Crates")),
    "confidence over one": (STATEMENTS, sub(",high,,Crates", ",7,,Crates")),
    "confidence that is no number": (STATEMENTS, sub(",high,,Crates", ",nan,,Crates")),
    "time that ends before it begins": (STATEMENTS, sub(",2031-03,", ",2031-03/2030,")),
    "time without end": (STATEMENTS, sub(",2031-03,", ",2031-03/2031-04/2031-05,")),
    "supersedes itself no more": (
        STATEMENTS,
        sub("in March.,,,,\n", "in March.,,,,not an id\n"),
    ),
}
# Strange but sound: the data must be the same as before.
ACCEPTED: dict[str, Change] = {
    "BOM": lambda data: b"\xef\xbb\xbf" + data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "no line end at the end": lambda data: data.rstrip(b"\n"),
    "blank lines": lambda data: data.replace(b"\n", b"\n\n"),
    "UTF-16 with BOM": lambda data: data.decode().encode("utf-16"),
    "trailing row of commas": lambda data: (
        data + b"," * data.split(b"\n")[0].count(b",") + b"\n"
    ),
    "blanks around the header": header(lambda line: line.replace(b",", b" , ")),
    "header in capitals": header(lambda line: line.upper()),
}
# What is wrong with a file as a whole has no cell.
WHOLE_FILE = {
    "empty file",
    "only a BOM",
    "only blank lines",
    "a picture",
    "a zip archive",
}
TABLE_CASES = [
    *((table, name, change) for name, change in REFUSED.items() for table in TABLES),
    *((table, name, change) for name, (table, change) in REFUSED_IN.items()),
]


@pytest.mark.parametrize(
    ("table", "name", "change"),
    [
        pytest.param(table, name, change, id=f"{name}-{table}")
        for table, name, change in TABLE_CASES
    ],
)
def test_a_broken_table_is_refused_with_its_place(
    table: str, name: str, change: Change, strait: Path
) -> None:
    file = strait / table
    file.write_bytes(change(file.read_bytes()))

    with untouched(strait):
        found = whosays.check(strait)
        with pytest.raises(DataError) as caught:
            whosays.load(strait)

    text = printed(found)
    assert table in text
    errors = [problem for problem in found if problem.level == "error"]
    assert all(problem.table for problem in errors)
    assert any(problem.table == table for problem in errors)
    if name not in WHOLE_FILE:
        assert all(problem.cell or "line " in problem.text for problem in errors)
    assert all(problem.instructions or problem.fix for problem in errors)
    assert caught.value.exit_code == 1
    assert not (strait / "build").exists()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ACCEPTED.values(), ids=ACCEPTED)
def test_a_strange_table_holds_the_same_data(
    table: str, change: Change, strait: Path
) -> None:
    before = projects.read(strait).collection
    file = strait / table
    file.write_bytes(change(file.read_bytes()))

    found = whosays.check(strait)
    after = projects.read(strait).collection

    assert not [problem for problem in found if problem.level == "error"]
    assert without_rows(after) == without_rows(before)


def without_rows(collection: whosays.model.Collection) -> object:
    from dataclasses import replace

    statements = tuple(replace(one, row=0) for one in collection.statements)
    return replace(collection, statements=statements, inputs={})


SETTINGS = {
    "base with a control character": '[project]\nbase = "https://a.example/\\u0001/"\n',
    "base with a noncharacter": '[project]\nbase = "https://a.example/\\uffff/"\n',
    "base with half an escape": '[project]\nbase = "https://a.example/%z/"\n',
    "base with a bracket": '[project]\nbase = "https://[a.example/"\n',
    "no toml": "what = is this",
    "key without value": "[project]\nname =\n",
    "key twice": '[project]\nname = "a"\nname = "b"\n',
    "table twice": "[project]\n[project]\n",
    "quote open": '[project]\ntitle = "open\n',
    "control character": '[project]\ntitle = "a\x01b"\n',
    "NUL": '[project]\ntitle = "a\0b"\n',
    "name is a number": "[project]\nname = 7\n",
    "name is a list": '[project]\nname = ["a"]\n',
    "name is a path": '[project]\nname = "../a"\n',
    "base is no address": '[project]\nname = "a"\nbase = "here"\n',
    "base breaks out": '[project]\nname = "a"\nbase = "https://a.example/> <x> <y> <"\n',
    "base has no end": '[project]\nname = "a"\nbase = "https://a.example/x"\n',
    "language is a sentence": '[project]\nname = "a"\nlanguage = "the English one"\n',
    "language is a table": '[project]\nname = "a"\n[project.language]\nx = 1\n',
    "unknown key": '[project]\nname = "a"\ntitel = "b"\n',
    "unknown table": '[project]\nname = "a"\n[projekt]\n',
    "project is a string": 'project = "a"\n',
    "bare rows unknown": '[project]\nname = "a"\n[statements]\nbare_rows = "maybe"\n',
    "relations unknown": '[project]\nname = "a"\n[relations]\nuse = ["fihgts"]\n',
    "relations are a number": '[project]\nname = "a"\n[relations]\nuse = 3\n',
    "allow an error": '[project]\nname = "a"\n[check]\nallow = ["WS104"]\n',
    "allow nothing known": '[project]\nname = "a"\n[check]\nallow = ["WS999"]\n',
    "type label unknown": '[project]\nname = "a"\n[actor_types]\nmilitai = "x"\n',
    "a date": "[project]\nname = 2031-02-03\n",
    "deep": f"[project]\nname = {'[' * 3000}{']' * 3000}\n",
    "long key": f"[{'a.' * 2000}a]\nx = 1\n",
    "big number": f"[project]\nname = {'9' * 5000}\n",
}


@pytest.mark.parametrize("text", SETTINGS.values(), ids=SETTINGS)
def test_broken_settings_are_reported(text: str, strait: Path) -> None:
    (strait / "whosays.toml").write_bytes(text.encode())

    with untouched(strait), expected() as outcome:
        found = whosays.check(strait)
        outcome.append(printed(found))
        whosays.load(strait)

    assert "whosays.toml" in "".join(outcome)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00", "título = 1".encode("latin-1"), b"\x89PNG\r\n\x1a\n", b"\0" * 99],
    ids=["BOM cut", "Latin-1", "picture", "NUL"],
)
def test_settings_that_are_no_text_are_reported(data: bytes, strait: Path) -> None:
    (strait / "whosays.toml").write_bytes(data)

    with untouched(strait), expected() as outcome:
        outcome.append(printed(whosays.check(strait)))
        whosays.load(strait)

    assert "whosays.toml" in "".join(outcome)


@contextlib.contextmanager
def expected() -> Iterator[list[str]]:
    """Let our own errors pass, with an exit code that is documented; collect texts."""
    texts: list[str] = []
    try:
        yield texts
    except WhosaysError as error:
        assert error.exit_code in (1, 2, 3)  # noqa: PT017
        texts.append(f"{error.message} {error.hint}")


# --- files that are not what they should be -------------------------------------------


def folder_for_file(root: Path) -> None:
    (root / "actors.csv").unlink()
    (root / "actors.csv").mkdir()


def pipe_for_file(root: Path) -> None:
    (root / "actors.csv").unlink()
    os.mkfifo(root / "actors.csv")


def dangling_link(root: Path) -> None:
    (root / "actors.csv").unlink()
    (root / "actors.csv").symlink_to("nowhere.csv")


def link_to_itself(root: Path) -> None:
    (root / "actors.csv").unlink()
    (root / "actors.csv").symlink_to("actors.csv")


def endless_file(root: Path) -> None:
    (root / "actors.csv").unlink()
    (root / "actors.csv").symlink_to("/dev/zero")


def no_actors(root: Path) -> None:
    (root / "actors.csv").unlink()


def strange_name(root: Path) -> None:
    os.rename(
        root / STATEMENTS, os.fsencode(root / "statements") + b"/night\xff\n\x1b[2J.csv"
    )
    (root / "actors.csv").write_text("slug\n")


def ontology_broken(root: Path) -> None:
    (root / "ontology").mkdir()
    (root / "ontology" / "own.ttl").write_text("rel:x a ws:Relation .")


def ontology_is_no_text(root: Path) -> None:
    (root / "ontology").mkdir()
    (root / "ontology" / "own.ttl").write_bytes(b"\xff\xfe\0\x01")


def ontology_lacks_labels(root: Path) -> None:
    (root / "ontology").mkdir()
    (root / "ontology" / "own.ttl").write_text(
        "<https://a.example/rel/x> a <https://w3id.org/whosays/ns#Relation> ."
    )


def relations_broken(root: Path) -> None:
    (root / "relations.csv").write_text("id,label\nfights,fights\n../x,\n")


SHAPES = (
    folder_for_file,
    pipe_for_file,
    dangling_link,
    link_to_itself,
    endless_file,
    no_actors,
    strange_name,
    ontology_broken,
    ontology_is_no_text,
    ontology_lacks_labels,
    relations_broken,
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_files_of_another_kind_are_reported(
    shape: Callable[[Path], None], strait: Path
) -> None:
    shape(strait)

    with expected() as outcome:
        outcome.append(printed(whosays.check(strait)))
        whosays.load(strait)

    assert outcome
    assert "error" in outcome[0] or len(outcome) > 1
    assert not (strait / "build").exists()


# --- mutations -----------------------------------------------------------------------


def mutated(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 5])):
        place = dice.randrange(len(changed) + 1)
        match dice.randrange(6):
            case 0:
                del changed[place : place + dice.choice([1, 2, 40])]
            case 1:
                changed[place:place] = dice.choice(_SPLINTERS)
            case 2:
                changed[place : place + 1] = bytes([dice.randrange(256)])
            case 3:
                start = dice.randrange(len(changed) + 1)
                changed[place:place] = changed[start : start + 60]
            case 4:
                del changed[place:]
            case 5:
                changed[place : place + 1] = dice.choice(_SPLINTERS) * 40
        if not changed:
            break
    return bytes(changed)


_SPLINTERS = [
    text.encode("utf-8", "surrogatepass")
    for text in (
        *",;\"\n\r\t\0\x1b\\'{}[]()<>@^#.:|&=+-*/?!$%_~",
        '""',
        "\u202e",
        "\ufeff",
        "\u200b",
        "\ud800",
        "\U0010ffff",
        "é",
        "\u0627",
        "2031-02-30",
        "\\u0000",
        "<http://",
        "SERVICE",
        "9" * 30,
    )
]


@pytest.mark.parametrize("seed", range(40))
def test_no_mutated_project_ends_in_another_way(seed: int, strait: Path) -> None:
    dice = random.Random(seed)
    name = dice.choice([*TABLES, "whosays.toml"])
    file = strait / name
    file.write_bytes(mutated(file.read_bytes(), dice))

    with untouched(strait), expected():
        found = whosays.check(strait)
        printed(found)
        errors = [problem for problem in found if problem.level == "error"]
        assert all(problem.table and problem.text for problem in errors)
        if errors:
            assert not (strait / "build").exists()
        whosays.load(strait)


# --- RDF files -----------------------------------------------------------------------

TURTLE = """@prefix ex: <https://a.example/> .

ex:aldoria ex:says "No weapons"@en ;
    ex:age 7 .
"""
DOCUMENTS = {
    "ttl": TURTLE,
    "trig": TURTLE + "ex:graph { ex:belmark ex:says ex:nothing }\n",
    "nt": '<https://a.example/s> <https://a.example/p> "o"@en .\n',
    "nq": '<https://a.example/s> <https://a.example/p> "o" <https://a.example/g> .\n',
    "rdf": (
        '<?xml version="1.0"?>\n<rdf:RDF\n'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
        ' xmlns:ex="https://a.example/">\n'
        ' <rdf:Description rdf:about="https://a.example/s">\n'
        "  <ex:p>o</ex:p>\n </rdf:Description>\n</rdf:RDF>\n"
    ),
    "jsonld": (
        '{"@context": {"ex": "https://a.example/"},\n'
        ' "@id": "ex:s", "ex:p": {"@value": "o", "@language": "en"}}\n'
    ),
}
_LINES = {
    "no dot": "<https://a.example/s> <https://a.example/p> 'o'",
    "relative IRI": "<s> <https://a.example/p> <https://a.example/o> .",
    "blank in an IRI": "<https://a.example/a b> <https://a.example/p> <https://a.example/o> .",
    "bad escape": r'<https://a.example/s> <https://a.example/p> "\q" .',
    "lone surrogate": r'<https://a.example/s> <https://a.example/p> "\uD800" .',
    "open text": '<https://a.example/s> <https://a.example/p> "o .',
    "literal as predicate": '<https://a.example/s> "p" <https://a.example/o> .',
    "bad language": '<https://a.example/s> <https://a.example/p> "o"@- .',
    "words": "This is a letter, not a graph.",
}
RDF_REFUSED: dict[str, tuple[str, bytes]] = {
    **{
        f"{name}.{suffix}": (suffix, f"{DOCUMENTS[suffix]}{line}\n".encode())
        for name, line in _LINES.items()
        for suffix in ("ttl", "trig", "nt", "nq")
    },
    **{
        f"{name}.{suffix}": (suffix, data)
        for suffix, document in DOCUMENTS.items()
        for name, data in {
            "not UTF-8": document.replace("o", "\udcff").encode(
                "utf-8", "surrogateescape"
            ),
            "UTF-16": document.encode("utf-16"),
            "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
            "cut off": document.encode().rstrip()[:-3],
            "HTML": b"<!doctype html><title>Not found</title><p>404 & more",
        }.items()
    },
    "undeclared prefix": ("ttl", b"ex:a ex:b ex:c ."),
    "triple term in RDF 1.1 place": ("nt", b"<< <a:s> <a:p> <a:o> >> <a:p> <a:o> .\n"),
    "entity bomb": (
        "rdf",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        + DOCUMENTS["rdf"]
        .replace("o</ex:p>", "&b;</ex:p>")
        .partition("?>")[2]
        .encode(),
    ),
    "external entity": (
        "rdf",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + DOCUMENTS["rdf"]
        .replace("o</ex:p>", "&a;</ex:p>")
        .partition("?>")[2]
        .encode(),
    ),
    "crossed tags": ("rdf", DOCUMENTS["rdf"].replace("</ex:p>", "</ex:q>").encode()),
    "unknown prefix in XML": (
        "rdf",
        DOCUMENTS["rdf"].replace("ex:p>", "zz:p>").encode(),
    ),
    "relative about": (
        "rdf",
        DOCUMENTS["rdf"].replace("https://a.example/s", "s").encode(),
    ),
    "doubled rdf:ID": (
        "rdf",
        DOCUMENTS["rdf"].replace("rdf:about", 'rdf:ID="x" rdf:about').encode(),
    ),
    "remote context": ("jsonld", b'{"@context": "https://a.example/c", "p": 1}'),
    "file context": ("jsonld", b'{"@context": "file:///etc/passwd", "p": 1}'),
    "imported context": (
        "jsonld",
        b'{"@context": {"@version": 1.1, "@import": "https://a.example/c"}, "p": 1}',
    ),
    "no JSON": ("jsonld", b"{'a': 1}"),
    "JSON with a comma more": (
        "jsonld",
        DOCUMENTS["jsonld"].replace("}}", "},}").encode(),
    ),
    "keyword misused": ("jsonld", b'{"@id": 7, "https://a.example/p": 1}'),
    "deep JSON": ("jsonld", b'{"https://a.example/p":' * 9_000 + b"1" + b"}" * 9_000),
    "deep blank nodes": ("ttl", b"<a:s> <a:p> " + b"[ <a:p> " * 50_000),
}


@pytest.mark.parametrize(
    ("suffix", "data"), RDF_REFUSED.values(), ids=list(RDF_REFUSED)
)
def test_a_broken_rdf_file_is_refused_with_its_place(
    suffix: str, data: bytes, tmp_path: Path
) -> None:
    file = tmp_path / f"graph.{suffix}"
    file.write_bytes(data)

    with pytest.raises(WhosaysError) as caught:
        store.evaluate("SELECT * { ?s ?p ?o }", on=[str(file)], limits=LIMITS)

    error = caught.value
    assert error.exit_code in (1, 3)
    if isinstance(error, RdfError):
        assert error.message.startswith(str(file))
        assert error.line is not None or "stopped" in str(error) or suffix == "jsonld"
    assert len(error.message) < 1000
    assert [entry.name for entry in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("suffix", DOCUMENTS)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
    ],
    ids=["as it is", "BOM", "CRLF"],
)
def test_a_sound_rdf_file_is_read(
    suffix: str, change: Callable[[str], bytes], tmp_path: Path
) -> None:
    file = tmp_path / f"graph.{suffix}"
    file.write_bytes(change(DOCUMENTS[suffix]))

    result = store.evaluate(
        "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
        on=[str(file)],
        limits=LIMITS,
    )

    (count,) = result.rows().column("n")
    assert count == {"ttl": 2, "trig": 3}.get(suffix, 1)


def test_no_mutated_rdf_file_ends_in_another_way(tmp_path: Path) -> None:
    for seed in range(40):
        dice = random.Random(seed)
        suffix = dice.choice(list(DOCUMENTS))
        file = tmp_path / f"graph.{suffix}"
        file.write_bytes(mutated(DOCUMENTS[suffix].encode(), dice))

        with expected() as outcome:
            store.evaluate("ASK { ?s ?p ?o }", on=[str(file)], limits=LIMITS)

        assert all(str(file) in text for text in outcome), (seed, outcome)


# --- queries -------------------------------------------------------------------------

QUERIES = {
    "empty": "",
    "blanks": " \n\t ",
    "a comment": "# nothing\n",
    "words": "who fights whom",
    "no form": "{ ?s ?p ?o }",
    "misspelt form": "SELCT * { ?s ?p ?o }",
    "misspelt WHERE": "SELECT * WERE { ?s ?p ?o }",
    "no group": "SELECT *",
    "no variables": "SELECT { ?s ?p ?o }",
    "open group": "SELECT * { ?s ?p ?o",
    "closed twice": "SELECT * { ?s ?p ?o } }",
    "wrong bracket": "SELECT * { ?s ?p ?o )",
    "unknown prefix": "SELECT * { ?s sadi:fights ?o }",
    "open text": 'SELECT * { ?s ?p "open }',
    "open IRI": "SELECT * { ?s <https://a.example ?o }",
    "bad IRI": "SELECT * { ?s <https://a.example/a b> ?o }",
    "relative IRI": "SELECT * { ?s <p> ?o }",
    "two words": "SELECT * { ?s ?p }",
    "four words": "SELECT * { ?s ?p ?o ?q }",
    "no dot": "SELECT * { ?s ?p ?o ?s ?p ?o }",
    "not grouped": "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }",
    "star and group": "SELECT * { ?s ?p ?o } GROUP BY ?s",
    "alias taken": "SELECT (1 AS ?s) { ?s ?p ?o }",
    "no alias": "SELECT COUNT(?s) { ?s ?p ?o }",
    "limit of words": "SELECT * { ?s ?p ?o } LIMIT ten",
    "negative limit": "SELECT * { ?s ?p ?o } LIMIT -1",
    "order what": "SELECT * { ?s ?p ?o } ORDER ?s",
    "group what": "SELECT ?s { ?s ?p ?o } GROUP ?s",
    "filter what": "SELECT * { ?s ?p ?o FILTER }",
    "filter half": "SELECT * { ?s ?p ?o FILTER(?s > ) }",
    "misspelt filter": "SELECT * { ?s ?p ?o FLITER(?s) }",
    "unknown function": "SELECT * { ?s ?p ?o FILTER(UPPER(?s)) }",
    "one equals too many": "SELECT * { ?s ?p ?o FILTER(?s == ?o) }",
    "bind half": "SELECT * { BIND(1 AS) }",
    "values too few": "SELECT * { VALUES (?a ?b) { (1) } }",
    "values too many": "SELECT * { VALUES ?a { 1 2 } VALUES (?a ?b) { (1 2 3) } }",
    "update": "INSERT DATA { <a:s> <a:p> <a:o> }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "clear": "CLEAR ALL",
    "load": "LOAD <https://a.example/x>",
    "update behind a query": "SELECT * { ?s ?p ?o } ; DROP ALL",
    "two queries": "ASK {} ASK {}",
    "service": "SELECT * { SERVICE <https://a.example/> { ?s ?p ?o } }",
    "service in small letters": "ASK { service<https://a.example/>{ ?s ?p ?o } }",
    "service behind a sign": "SELECT * { FILTER(?a<2)SERVICE<https://a.example/>{} }",
    "file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "web": "SELECT * FROM <https://a.example/g> { ?s ?p ?o }",
    "NUL": "SELECT * { ?s ?p ?o }\0",
    "deep brackets": f"SELECT * {{ FILTER({'(' * 5000}1{')' * 5000}) }}",
    "deep groups": "SELECT * " + "{" * 5000 + "}" * 5000,
    "deep calls": f"SELECT * {{ FILTER({'STR(' * 3000}1{')' * 3000}) }}",
    "long list": f"SELECT * {{ ?s ?p ({'1 ' * 900}) }}",
    "many ors": f"SELECT * {{ ?s ?p ?o FILTER({'?s = 1 || ' * 9000}false) }}",
    "long path": f"SELECT * {{ ?s {'rdf:type/' * 900}rdf:type ?o }}",
    "too long": "SELECT * { ?s ?p ?o }" + " " * 300_000,
    "prefix without IRI": "PREFIX ex: SELECT * { ?s ?p ?o }",
    "prefix without colon": "PREFIX ex <a:b> SELECT * { ?s ?p ?o }",
    "construct what": "CONSTRUCT { ?s ?p ?o }",
    "describe where": "DESCRIBE WHERE ?s",
    "another language": "MATCH (a)-[r]->(b) RETURN a",
    "SQL": "SELECT subject FROM statement WHERE stance = 'denies'",
    "curly quotes": "SELECT * { ?s ?p \u201cx\u201d }",
    "full width": "\uff33ELECT * { ?s ?p ?o }",
    "no break space": "SELECT\u00a0* { ?s ?p ?o }",
    "override": "SELECT * { ?s ?p \u202e?o ",
    "escape": "SELECT * \x1b[2J { ?s ?p ?o }",
}


@pytest.mark.parametrize("text", QUERIES.values(), ids=QUERIES)
def test_a_broken_query_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        store.evaluate(text, quads=b"", limits=LIMITS)

    error = caught.value
    assert error.exit_code == 2
    assert error.code in ("WS702", "WS703", "WS704")
    assert len(str(error)) < 600
    if error.line is not None:
        lines = text.split("\n")
        assert 1 <= error.line <= max(1, len(lines))
        assert error.column is not None
        assert error.excerpt.count("\n") == 1 or error.excerpt == ""
    else:
        assert error.code == "WS704"


@pytest.mark.parametrize("data", [b"\xff", b"ASK {} # \xed\xa0\x80", b"A\0K"])
def test_a_query_that_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(QueryError):
        store.evaluate(data, quads=b"", limits=LIMITS)


def test_no_mutated_query_ends_in_another_way() -> None:
    text = (
        "PREFIX ex: <https://a.example/>\nSELECT ?s (COUNT(*) AS ?n) {\n"
        '  ?s ex:p/ex:q* "text"@en ; said:fights ?o . # why\n'
        "  OPTIONAL { ?o a ex:Thing } FILTER(?o != 7 && REGEX(?s, 'a'))\n"
        "} GROUP BY ?s ORDER BY DESC(?n) LIMIT 5\n"
    )
    for seed in range(60):
        changed = mutated(text.encode(), random.Random(seed))

        with expected() as outcome:
            store.evaluate(changed, quads=b"", limits=LIMITS)

        assert all(outcome), seed


# --- the whole way, as a person calls it ---------------------------------------------


def assert_refused(
    done: subprocess.CompletedProcess[bytes], codes: tuple[int, ...] = (1, 2)
) -> None:
    assert done.returncode in codes, done
    assert b"Traceback" not in done.stderr + done.stdout
    assert b"this is a bug" not in done.stderr
    assert done.stderr or done.stdout
    assert not UNPRINTABLE.search((done.stderr + done.stdout).decode())


@pytest.mark.parametrize("verb", ["check", "build"])
@pytest.mark.parametrize(
    "defect", ["escape sequence", "a picture", "quote never closed"]
)
def test_the_commands_refuse_broken_tables(
    verb: str, defect: str, strait: Path
) -> None:
    file = strait / STATEMENTS
    file.write_bytes(REFUSED[defect](file.read_bytes()))

    with untouched(strait):
        done = called(verb, "-p", str(strait))

    assert_refused(done, (1,))
    assert b"night-bulletin.csv" in done.stdout + done.stderr
    assert not (strait / "build").exists()


@pytest.mark.parametrize("case", ["remote context", "deep blank nodes", "crossed tags"])
def test_the_command_refuses_broken_rdf(
    case: str, strait: Path, tmp_path: Path
) -> None:
    suffix, data = RDF_REFUSED[case]
    file = tmp_path / f"graph.{suffix}"
    file.write_bytes(data)

    with untouched(strait):
        done = called("query", "-p", str(strait), "--on", str(file), "ASK { ?s ?p ?o }")

    assert_refused(done)
    assert str(file).encode() in done.stderr
    assert done.stdout == b""
    assert done.stderr.count(b"\n") <= 3


@pytest.mark.parametrize("case", ["service", "open text", "deep groups", "escape"])
def test_the_command_refuses_broken_queries(case: str, strait: Path) -> None:
    with untouched(strait):
        done = called("query", "-p", str(strait), "-", stdin=QUERIES[case].encode())

    assert_refused(done, (2,))
    assert done.stdout == b""
    assert done.stderr.count(b"\n") <= 4  # message, the line, its caret, a hint


@pytest.mark.parametrize(
    ("words", "code"),
    [(("disputes", "-p"), 2), (("check",), 1), (("add",), 1)],
    ids=lambda one: one[0] if isinstance(one, tuple) else None,
)
def test_a_link_that_leads_to_itself_is_refused(
    strait: Path, words: tuple[str, ...], code: int
) -> None:
    circle = strait / "circle.csv"
    circle.symlink_to(circle)

    done = called(*words, "circle.csv", cwd=strait)

    assert done.returncode == code
    assert b"circle" in done.stdout + done.stderr
    assert b"bug" not in done.stderr
