"""Rules that only the whole graph shows: ``ontology/checks/*.rq``, asked of the quads.

A rule selects ``?focus`` and ``?value``; its header says code, severity and message.
What the rows told already is not told again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from whosays import problems, rdf, resources, store, vocab
from whosays.errors import OntologyError, RdfError
from whosays.model import Statement
from whosays.problems import Problem
from whosays.project import Project, Spot

_HEADER = re.compile(r"#\s*(code|severity|message):\s*(.*?)\s*")
_ACTORS = "actors.csv"
_TOLD_BY_ROWS = frozenset(
    {"WS310"}
)  # with its cell, and not where the column is misspelt
# What no row of a table can say, only Turtle that the project brings along.
_OF_RDF = frozenset({"WS410", "WS411", "WS607"})
_LOADED = Spot(table="ontology", cell="", row=None, column="")
_OURS = {vocab.SAID: "said:", vocab.DENIED: "denied:", vocab.REL: "", vocab.WS: "ws:"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what it is called, what it says and the query that finds it."""

    name: str
    code: str
    severity: problems.Level
    message: str
    query: str


def rules() -> list[Rule]:
    """Read the rules that travel with the package, sorted by name.

    Raises:
        OntologyError: a rule has no message, or an unknown code or severity.
    """
    folder = resources.ontology_file("checks")
    if not folder.is_dir():
        return []
    files = [item for item in folder.iterdir() if item.name.endswith(".rq")]
    return [
        rule_of(item.name.removesuffix(".rq"), item.read_text("utf-8"))
        for item in sorted(files, key=lambda item: item.name)
    ]


def rule_of(name: str, text: str) -> Rule:
    """Read the header of a rule."""
    found = {
        match[1]: match[2]
        for line in text.splitlines()
        if (match := _HEADER.fullmatch(line))
    }
    code = found.get("code", "WS413")
    path = f"ontology/checks/{name}.rq"
    if code not in problems.CATALOGUE:
        raise OntologyError(f"“{code}” is not the code of a problem", path)
    if not found.get("message"):
        raise OntologyError("the rule has no message", path)
    severity = found.get("severity", "error")
    match severity:
        case "error" | "warning" | "notice":
            return Rule(
                name=name,
                code=code,
                severity=severity,
                message=found["message"],
                query=text,
            )
    raise OntologyError(f"“{severity}” is no severity", path)


def graph_problems(read: Project) -> Iterator[Problem]:
    """Apply every rule to the quads of a project that could find something there."""
    told = {problem.code for problem in read.problems} | _TOLD_BY_ROWS
    own = sorted((read.path / "ontology").glob("*.ttl"))
    if not own:
        told |= _OF_RDF
    wanted = [rule for rule in rules() if rule.code not in told]
    if not wanted or not read.collection.statements:
        return
    quads = b"".join(rdf.chunks(read.collection))
    graph = store.Store.memory(quads + _vocabulary(own) if own else quads)
    try:
        finder = _Finder(read)
        for rule in wanted:
            for focus, value in graph.query(rule.query).rows().records:
                yield finder.problem(rule, str(focus), str(value))
    finally:
        graph.close()


def _vocabulary(own: list[Path]) -> bytes:
    """Write the vocabulary as quads, with the project's own Turtle where it is sound."""
    files = [resources.ontology_file("whosays.ttl").read_bytes()]
    with suppress(OSError, RdfError):  # a problem that the reading reported
        files += [path.read_bytes() for path in own]
        return b"".join(map(store.to_nquads, files))
    return store.to_nquads(files[0])


class _Finder:
    """Leads from the terms of an answer back to the rows they came from."""

    def __init__(self, read: Project) -> None:
        """Index the statements by id."""
        self.read = read
        self.base = read.collection.settings.base
        self.statements = {s.id: s for s in read.collection.statements}

    def problem(self, rule: Rule, focus: str, value: str) -> Problem:
        """Make the problem of one answer."""
        shown = {"focus": self.shown(focus), "value": self.shown(value)}
        text, _, remedy = rule.message.partition("; ")
        made = problems.problem(
            rule.code,
            **(_LOADED if rule.code in _OF_RDF else self.spot(focus, value)),
            value=shown["value"],
            text=_filled(text, shown),
            instructions=_filled(remedy, shown),
        )
        return replace(made, level=rule.severity)

    def shown(self, term: str) -> str:
        """Show a term as people know it."""
        kind, name = self.local(term)
        match kind:
            case "actor" | "source":
                return self.read.collection.label(name)
            case "prop":
                return self.claim(name)
            case "st":
                return name
        for namespace, prefix in _OURS.items():
            if term.startswith(namespace):
                return prefix + term.removeprefix(namespace)
        return name or term

    def claim(self, proposition: str) -> str:
        """Show a proposition by the names of its ends and of its relation."""
        subject, _, rest = proposition.partition("_")
        relation, _, object_ = rest.partition("_")
        return self.read.collection.phrase(subject, relation, object_)

    def local(self, term: str) -> tuple[str, str]:
        """Part an IRI of the data into its kind and its name."""
        if not term.startswith(self.base):
            return "", ""
        kind, _, name = term.removeprefix(self.base).partition("/")
        return kind, name

    def spot(self, focus: str, value: str) -> Spot:
        """Find the row: of a statement if one is named, else of an actor or source."""
        terms = [self.local(focus), self.local(value)]
        for kind, name in terms:
            if kind == "st" and name in self.statements:
                return self.read.spot(self.statements[name])
        (_, voice), (kind, proposition) = terms
        if kind == "prop":
            for statement in reversed(self.by_place()):
                if statement.proposition == proposition and statement.voice == voice:
                    return self.read.spot(statement)
        for kind, name in terms:
            if kind == "actor" and name in self.read.rows.get(_ACTORS, {}):
                return self.read.spot_of(_ACTORS, name)
        return Spot(table="", cell="", row=None, column="")

    def by_place(self) -> list[Statement]:
        """List the statements as they stand in the files."""
        return sorted(self.statements.values(), key=lambda s: (s.file, s.row))


def _filled(message: str, shown: dict[str, str]) -> str:
    """Fill the places of a message; other braces in a name stay as they are."""
    return re.sub(r"\{(focus|value)\}", lambda match: shown[match[1]], message)
