"""The example notebook: every cell is executed, and shows what a reader is promised."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "docs" / "notebooks"
FILE = NOTEBOOKS / "first-look.ipynb"


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    home = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "run_notebook.py"), str(FILE)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=NOTEBOOKS,
        env={**os.environ, "IPYTHONDIR": str(home), "HOME": str(home)},
    )
    reports = map(json.loads, done.stdout.splitlines())
    return {report["id"]: report for report in reports}


def test_every_code_cell_runs(notebook: dict[str, Any], cells: dict[str, Any]):
    ids = [c["id"] for c in notebook["cells"] if c["cell_type"] == "code"]

    assert list(cells) == ids
    assert [cell["error"] for cell in cells.values() if cell["error"]] == []


@pytest.mark.parametrize("id", ["load", "that", "split", "query", "contradictions"])
def test_tables_show_themselves_as_html(cells: dict[str, Any], id: str):
    assert "<table" in cells[id]["shown"]["text/html"]
    assert cells[id]["shown"]["text/plain"]


def test_the_view_shows_itself_in_a_frame_of_its_own(cells: dict[str, Any]):
    shown = cells["view"]["shown"]

    assert shown["text/html"].startswith('<iframe sandbox="allow-scripts ')
    assert "srcdoc=" in shown["text/html"]
    assert "The new terminal" in shown["text/plain"]


def test_dates_are_dates_in_the_frame(cells: dict[str, Any]):
    assert cells["types"]["shown"]["text/plain"].count("datetime64") == 2


def test_the_findings_are_counted(cells: dict[str, Any]):
    text = cells["compare"]["shown"]["text/plain"]

    assert "contradict" in text
    assert "agree" in text


def test_the_citation_is_printed_with_its_notes(cells: dict[str, Any]):
    assert "[^1]:" in cells["cite"]["printed"]
    assert "version" in cells["cite"]["printed"]


def test_the_file_keeps_no_output_and_no_place_of_a_machine(notebook: dict[str, Any]):
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]

    assert all(cell["outputs"] == [] for cell in code)
    assert all(cell["execution_count"] is None for cell in code)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert "/home/" not in FILE.read_text("utf-8")
