"""The generated parts of the manual, each made from the code it describes."""

import inspect
from collections.abc import Callable, Iterable, Mapping

from whosays import bibliography, copies, curator, kg, registers, review, vocab
from whosays.answers import columns
from whosays.bibliography import IGNORED
from whosays.cli import reference
from whosays.export import FORMATS
from whosays.export import table as exported
from whosays.perspectives import table as perspectives
from whosays.problems import CATALOGUE
from whosays.problems import COLUMNS as PROBLEM_COLUMNS
from whosays.queries import catalogue
from whosays.vocab import Term

COLUMN_SETS: Mapping[str, tuple[str, ...]] = {
    "that, about, by, in; show of a claim": columns.STATEMENT_COLUMNS,
    "show of a statement": columns.FULL_STATEMENT_COLUMNS,
    "disputes; show of an issue": columns.DISPUTE_COLUMNS,
    "show of an actor": columns.ACTOR_COLUMNS,
    "show of a source": columns.SOURCE_COLUMNS,
    "compare with one party": perspectives.PERSPECTIVE_COLUMNS,
    "compare with two parties": perspectives.COMPARISON_COLUMNS,
    "locate": copies.COLUMNS,
    "check": PROBLEM_COLUMNS,
    "actor list; ref actors": registers.ACTOR_COLUMNS,
    "relation list; ref relations": registers.RELATION_COLUMNS,
    "source list; ref sources": registers.SOURCE_COLUMNS,
    "actor find, relation find, source find": registers.FOUND_COLUMNS,
    "review": review.OVERVIEW,
    "review --stats": review.COLUMNS,
    "review --export": review.SHEET,
    "ref queries": reference.QUERY_COLUMNS,
    "ref codes": reference.CODE_COLUMNS,
    "export to .csv": exported.COLUMNS,
}
"""What the tables of each command hold, an interface that programs rely on."""

_ORDER = (
    *(
        "that",
        "about",
        "by",
        "in",
        "disputes",
        "compare",
        "show",
        "cite",
        "locate",
        "query",
    ),
    *("check", "explain", "ref", "status"),
    *("actor", "source", "relation"),
    *("build", "view", "export"),
)
"""How the commands are listed; one that is not named here comes last."""


def sections(helps: Mapping[str, str]) -> dict[str, str]:
    """Make every generated part, by the name that its marks carry."""
    verbs = sorted((name for name in helps if name != "whosays"), key=_place)
    return {
        "commands": _commands(verbs, helps),
        "help": _helps(verbs, helps),
        "fields": _fields(),
        "queries": _queries(),
        "relations": _relations(),
        "terms": _terms(),
        "formats": _table(
            ("Suffix", "Format", "RDF 1.2"),
            (
                (f"`.{one.suffix}`", one.title, "`--rdf12`" if one.rdf12 else "")
                for one in FORMATS.values()
            ),
        ),
        "columns": _column_sets(),
        "python": _table(("Call", "What it does"), _methods()),
        "codes": _table(
            ("Code", "Level", "What", "How to mend it"),
            (
                (f"`{one.code}`", one.level, one.title, one.remedy)
                for one in CATALOGUE.values()
            ),
        ),
    }


def _place(verb: str) -> tuple[int, str]:
    first = verb.partition(" ")[0]
    return (_ORDER.index(first) if first in _ORDER else len(_ORDER), verb)


def summary(text: str) -> str:
    """Take the first sentence out of a help text: the paragraph after the usage."""
    paragraph = text.split("\n\n")[1]
    return " ".join(paragraph.split())


def _commands(verbs: Iterable[str], helps: Mapping[str, str]) -> str:
    return _table(
        ("Command", "What it does"),
        (
            (
                f"[`whosays {verb}`](docs/reference.md#whosays-{verb})",
                summary(helps[verb]),
            )
            for verb in verbs
            if " " not in verb  # a group stands for its verbs
        ),
    )


def _helps(verbs: Iterable[str], helps: Mapping[str, str]) -> str:
    parts = [f"```text\n{helps['whosays']}```\n"]
    parts += [f"### whosays {verb}\n\n```text\n{helps[verb]}```\n" for verb in verbs]
    return "\n".join(parts)


def _fields() -> str:
    """Say what becomes of each field of a bibliography."""
    theirs: dict[str, list[str]] = {}
    for bibtex, csl in bibliography.FIELDS.items():
        theirs.setdefault(csl, []).append(f"`{bibtex}`")
    theirs["issued"] = ["`date`", "`year`", "`month`", "`day`"]
    stored = [(field, f"`{cell}`") for field, cell in bibliography.CELLS.items()]
    noted = [(field, f"`note`: {name}") for field, name in bibliography.NOTED.items()]
    ignored = [(f, f"ignored{why and f': {why}'}") for f, why in IGNORED.items()]
    rows = (
        (f"`{field}`", ", ".join(theirs.get(field, ())), cell)
        for field, cell in (*stored, *noted, *ignored)
    )
    return _table(("CSL-JSON", "BibTeX, biblatex", "In the row"), rows)


def _queries() -> str:
    parts = []
    for query in catalogue().values():
        parameters = ", ".join(f"`{param}`" for param in query.params) or "none"
        rows = ((f"`{one.name}`", one.meaning) for one in query.columns)
        parts.append(
            f"### query {query.name}\n\n{query.summary}.\nParameters: {parameters}.\n\n"
            + _table(("Column", "What it holds"), rows)
        )
    return "\n".join(parts)


def _relations() -> str:
    return _table(
        ("Relation", "Inverse", "Narrower than", "Meaning", "Also typed as"),
        (
            (
                f"`{one.id}`",
                "(itself)" if one.symmetric else one.inverse_label,
                f"`{one.narrower_than}`" if one.narrower_than else "",
                one.definition,
                ", ".join(one.aliases),
            )
            for one in vocab.load().relations.values()
        ),
    )


def _terms() -> str:
    vocabulary = vocab.load()
    lists: Mapping[str, Mapping[str, Term]] = {
        "Stance": vocabulary.stances,
        "Modality": vocabulary.modalities,
        "Mood": vocabulary.moods,
        "Framing": vocabulary.framings,
        "Status": vocabulary.statuses,
        "Type of an actor": vocabulary.actor_types,
        "Kind of a name": vocabulary.name_kinds,
        "Context": vocabulary.contexts,
        "Kind of a dispute": vocabulary.dispute_kinds,
    }
    return "\n".join(
        f"### {title}\n\n"
        + _table(
            ("Value", "Meaning"),
            ((f"`{term.id}`", term.definition) for term in terms.values()),
        )
        for title, terms in lists.items()
    )


def _methods() -> Iterable[tuple[str, str]]:
    """List what the public object can do, and the two functions beside it."""
    for function in (kg.load, kg.check):
        yield f"`whosays.{_call(function)}`", _first_line(function)
    for name, member in {**vars(curator.Curator), **vars(kg.KG)}.items():
        if not name.startswith("_"):
            call = _call(member) if inspect.isfunction(member) else name
            yield f"`kg.{call}`", _first_line(member)


def _call(function: Callable[..., object]) -> str:
    """Write a call with the names of its parameters; those after * must be named."""
    names: list[str] = []
    for one in inspect.signature(function).parameters.values():
        if one.kind is one.KEYWORD_ONLY and "*" not in names:
            names.append("*")
        if one.name != "self":
            names.append(f"**{one.name}" if one.kind is one.VAR_KEYWORD else one.name)
    return f"{function.__name__}({', '.join(names)})"


def _first_line(member: object) -> str:
    return (inspect.getdoc(member) or "").partition("\n")[0]


def _column_sets() -> str:
    return "\n".join(
        f"- **{title}**: " + ", ".join(f"`{name}`" for name in names)
        for title, names in COLUMN_SETS.items()
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    """Keep a cell in its place: a bar in it would end it."""
    return " ".join(text.split()).replace("|", "\\|")
