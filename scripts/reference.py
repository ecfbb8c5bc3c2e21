"""Write what is generated: the help texts, the reference, the output in the README.

``--readme`` also runs the console blocks and replaces what they print. ``--check``
writes nothing and ends with 1 when something is out of date.
"""

import argparse
import contextlib
import difflib
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import console
import verbtable
from sections import sections

ROOT = Path(__file__).resolve().parents[1]
HELP = ROOT / "graph" / "whosays" / "cli" / "help"
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

_MARKED = re.compile(
    r"(<!-- generated: (?P<name>[a-z]+) -->\n).*?(^<!-- end -->$)",
    re.MULTILINE | re.DOTALL,
)


def help_texts() -> dict[str, str]:
    """Write the help of the command and of each verb, as Typer prints it.

    The list of verbs comes from a fresh process: its order depends on what has been
    imported before.
    """
    from whosays.cli.main import main as run

    os.environ["COLUMNS"] = os.environ["TERMINAL_WIDTH"] = "80"
    call = "from whosays.cli.main import main; main(['--help'])"
    texts = {
        "whosays": subprocess.check_output([sys.executable, "-c", call], text=True)
    }
    for verb in called():
        with contextlib.redirect_stdout(io.StringIO()) as output:
            run([*verb.split(), "--help"])
        texts[verb] = output.getvalue()
    return texts


def called() -> list[str]:
    """List every verb as it is called: those of a group behind its name."""
    from whosays.cli.main import VERBS, application

    commands = application().commands
    return [
        name
        for verb in sorted(VERBS)
        for name in (
            verb,
            *(
                f"{verb} {one}"
                for one in sorted(getattr(commands[verb], "commands", ()))
            ),
        )
    ]


def filled(text: str, parts: Mapping[str, str]) -> str:
    """Put the generated parts between their marks."""
    return _MARKED.sub(
        lambda match: f"{match[1]}\n{parts[match['name']].rstrip()}\n\n{match[3]}",
        text,
    )


def wanted(*, readme: bool) -> dict[Path, str]:
    """Give the text that each generated file should have."""
    helps = help_texts()
    texts = {
        HELP / f"{name.replace(' ', '-')}.txt": text for name, text in helps.items()
    }
    texts[HELP / "verbs.json"] = verbtable.text()
    parts = sections(helps)
    for page in PAGES:
        texts[page] = filled(page.read_text("utf-8"), parts)
        if readme:
            with tempfile.TemporaryDirectory() as folder:
                project = console.project_copy(Path(folder))
                texts[page] = console.refreshed(texts[page], project)
    return texts


def main(arguments: list[str]) -> int:
    """Write the files that have changed, or only name them; see the module."""
    parser = argparse.ArgumentParser(prog="scripts/reference", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="run the console blocks")
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args(arguments)
    texts = wanted(readme=given.readme)
    stale = 0
    for path in sorted({*texts, *HELP.glob("*.txt")}):
        old = path.read_text("utf-8") if path.is_file() else ""
        new = texts.get(path)
        if old == new:
            continue
        stale += 1
        name = path.relative_to(ROOT)
        print(f"{'out of date' if given.check else 'wrote'}: {name}")
        if given.check:
            lines = difflib.unified_diff(
                old.splitlines(), (new or "").splitlines(), "is", "should be", "", "", 1
            )
            print("\n".join(lines))
        elif new is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new, "utf-8")
    return 1 if stale and given.check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
