"""Run the code cells of a notebook in IPython and print what each would show.

A process of its own, since a shell of IPython changes the one it runs in. For every
code cell one line of JSON: ``id``, ``error``, ``shown`` (text by media type) and
``printed``.
"""

import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


def run(file: Path) -> None:
    """Run the cells in order, and go on after an error so that all are reported."""
    config = Config()
    config.HistoryManager.enabled = False
    shell: Any = InteractiveShell.instance(config=config)
    for cell in json.loads(file.read_text("utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        printed = StringIO()
        with redirect_stdout(printed):
            done = shell.run_cell("".join(cell["source"]))
        shown = {}
        if done.result is not None:
            shown, _ = shell.display_formatter.format(done.result)
        error = repr(done.error_in_exec or done.error_before_exec or "")
        report = {
            "id": cell["id"],
            "error": "" if done.success else error,
            "shown": {kind: str(text) for kind, text in shown.items()},
            "printed": printed.getvalue(),
        }
        print(json.dumps(report))


if __name__ == "__main__":
    run(Path(sys.argv[1]))
