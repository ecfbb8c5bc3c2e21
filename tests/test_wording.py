"""We take no side: in our own voice nobody is right, wrong or a liar."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

from whosays.problems import CATALOGUE
from whosays.queries import catalogue

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "graph" / "whosays"
VERDICTS = re.compile(
    r"\b(true|false|fake|propaganda|confirm(?:s|ed)?|debunk(?:s|ed)?|lies|liar)\b",
    re.IGNORECASE,
)


def is_text(value: str) -> bool:
    """Tell words for people from keywords: those stand alone or in capitals."""
    return " " in value.strip() and not value.isupper()


def messages(source: str) -> Iterator[str]:
    """Yield every string of a module that is no docstring, f-strings joined."""
    tree = ast.parse(source)
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # a docstring, or one of an attribute
            skipped.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (one.value for one in node.values if isinstance(one, ast.Constant))
            yield " … ".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def verdicts(texts: Iterator[str] | list[str]) -> list[str]:
    return [text for text in texts if is_text(text) and VERDICTS.search(text)]


def test_the_search_sees_messages_and_not_keywords() -> None:
    source = 'x = "true" if y else "fal" "se"\nprint(f"{x} is fake news")\n'

    found = verdicts(messages(source))

    assert found == [" is fake news"]


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize(
    "module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_message_of_a_module_passes_a_verdict(module: Path) -> None:
    assert verdicts(messages(module.read_text("utf-8"))) == []


def test_no_help_text_passes_a_verdict() -> None:
    texts = [path.read_text("utf-8") for path in PACKAGE.glob("cli/help/*.txt")]

    assert len(texts) > 10
    assert verdicts(texts) == []


def test_no_problem_and_no_query_passes_a_verdict() -> None:
    texts = [text for code in CATALOGUE.values() for text in code[2:6]]
    for query in catalogue().values():
        texts += [query.summary, query.title, *(one.meaning for one in query.columns)]

    assert verdicts(texts) == []


def test_no_word_of_the_page_passes_a_verdict() -> None:
    texts = json.loads((PACKAGE / "views" / "page" / "texts.json").read_text("utf-8"))
    markup = (PACKAGE / "views" / "page" / "template.html").read_text("utf-8")

    assert verdicts(re.findall(r"(?<=>)[^<>{}]+(?=<)", markup)) == []
    assert verdicts(json.dumps(texts, ensure_ascii=False).split('"')) == []


def test_no_script_of_the_page_says_a_verdict() -> None:
    for file in sorted((PACKAGE / "views" / "page").rglob("*.js")):
        strings = re.findall(r'"([^"\n]*)"', file.read_text("utf-8"))

        assert verdicts(strings) == [], file.name


def test_no_label_or_definition_of_the_vocabulary_passes_a_verdict() -> None:
    graph = rdflib.Graph()
    for file in ("whosays.ttl", "shapes.ttl"):
        graph.parse(ROOT / "ontology" / file)

    texts = [str(one) for one in graph.objects() if isinstance(one, rdflib.Literal)]

    assert len(texts) > 100
    assert verdicts(texts) == []
