"""Compare the logs of decisions with the tables: neither is ever mended by itself."""

from __future__ import annotations

from collections.abc import Iterator

from whosays.model import Statement
from whosays.problems import Problem, problem
from whosays.project import Project, decisions


def decision_problems(read: Project) -> Iterator[Problem]:
    """Report lines of a log that say nothing, and rows and decisions without a twin."""
    rows: dict[str, list[Statement]] = {}
    for one in read.collection.statements:
        if decisions.CANDIDATE.fullmatch(one.run):
            rows.setdefault(one.run, []).append(one)
    made: set[str] = set()
    for log in decisions.logs(read.path):
        for number, fault in log.faults:
            yield problem(
                "WS803",
                table=log.name,
                cell=f"line {number}",
                row=number,
                text=f"this line {fault}",
            )
        for entry in log.standing().values():
            if entry.decision not in decisions.MADE:
                continue
            made.add(entry.candidate)
            if any(row.hash for row in entry.statements) and (
                entry.candidate not in rows
            ):
                ids = ", ".join(row.id for row in entry.statements)
                yield problem(
                    "WS804",
                    table=log.name,
                    value=entry.candidate,
                    text=f"{entry.candidate} is {entry.decision}, and its row is in "
                    f"no table ({ids})",
                )
    for candidate, statements in rows.items():
        if candidate not in made:
            for one in statements:
                where = read.spot(one, "run")
                yield problem(
                    "WS804",
                    **where,
                    value=candidate,
                    text=f"comes from {candidate}, which no log holds as accepted",
                )
