"""Print what to install: our dependencies and those of the groups named.

Bare names only, one per line: constraints.txt holds the versions. It runs before
anything is installed, so it needs the standard library alone.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def members(groups: dict[str, list[str | dict[str, str]]], name: str) -> Iterator[str]:
    """Yield the requirements of one dependency group and of those it includes."""
    for entry in groups[name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from members(groups, entry["include-group"])


def main(wanted: list[str]) -> None:
    """Print the names, each once, in a stable order."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found = list(pyproject["project"]["dependencies"])
    for group in wanted:
        found.extend(members(pyproject["dependency-groups"], group))
    names = {
        re.split(r"[\s\[<>=!~;@]", requirement, maxsplit=1)[0] for requirement in found
    }
    print("\n".join(sorted(names)))


if __name__ == "__main__":
    main(sys.argv[1:])
