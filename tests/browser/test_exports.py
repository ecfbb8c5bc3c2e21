"""Files made in the page: SVG, PNG, CSV, and the link."""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from whosays.model import Collection

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Writer = Callable[[Collection, str], Path]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def page(open_page: Opener, page_file: Writer, world: Collection) -> Any:
    return open_page(page_file(world, "world"))


def export(page: Any, kind: str) -> bytes:
    page.locator("#exports summary").click()
    with page.expect_download() as waiting:
        page.locator(f"[data-export={kind}]").click()
    return Path(waiting.value.path()).read_bytes()


def test_the_svg_holds_every_line_the_legend_and_where_it_came_from(page: Any) -> None:
    drawing = ElementTree.fromstring(export(page, "svg"))

    text = " ".join("".join(one.itertext()) for one in drawing.iter(f"{SVG}text"))
    lines = [one for one in drawing.iter(f"{SVG}g") if one.get("class") == "claim"]
    assert len(lines) == 12
    for part in (
        "Who says what in the delta",
        "A line says that somebody said it, not that it is so.",
        "affirms",
        "denies",
        "Report from the harbour",
        "2019-03-02",
        "militia",
    ):
        assert part in text


def test_strands_carry_colour_and_dash(page: Any) -> None:
    drawing = ElementTree.fromstring(export(page, "svg"))

    looks = {
        (one.get("class"), one.get("stroke"), one.get("stroke-dasharray"))
        for one in drawing.iter(f"{SVG}path")
        if (one.get("class") or "").startswith("strand")
    }

    assert looks == {
        ("strand affirms", "#0b7a75", None),
        ("strand denies", "#c0341d", "9 5"),
        ("strand questions", "#925d07", "1.5 5"),
        ("strand reports", "#5b6672", "9 4 2 4"),
    }


def test_a_persian_name_stays_whole_and_in_order(page: Any) -> None:
    drawing = ElementTree.fromstring(export(page, "svg"))

    names = [
        "".join(one.itertext())
        for one in drawing.iter(f"{SVG}text")
        if one.get("class") == "name"
    ]

    assert "جبهه سدر" in names
    assert len(names) == 12


def test_a_persian_name_is_drawn_joined_and_from_the_right(page: Any) -> None:
    drawn = page.evaluate(
        """() => {
          const said = [];
          const usual = CanvasRenderingContext2D.prototype.fillText;
          CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
            said.push([text, this.direction]);
            return usual.call(this, text, ...rest);
          };
          whosays.panes[0].net.renderer._redraw();
          CanvasRenderingContext2D.prototype.fillText = usual;
          return said;
        }"""
    )
    shape = page.evaluate(
        """() => {
          const box = document.createElement("div");
          box.innerHTML = whosays.svg();
          document.body.append(box);
          const text = [...box.querySelectorAll("text")]
            .find((one) => one.textContent === "جبهه سدر");
          const apart = [...text.textContent].map((letter) => {
            const one = text.cloneNode();
            one.textContent = letter;
            text.parentNode.append(one);
            return one.getComputedTextLength();
          });
          return { direction: text.getAttribute("direction"),
            first: text.getStartPositionOfChar(0).x,
            last: text.getStartPositionOfChar(7).x,
            joined: text.getComputedTextLength(),
            apart: apart.reduce((sum, one) => sum + one, 0) };
        }"""
    )

    assert ["جبهه سدر", "rtl"] in drawn
    assert ["Aldoria", "ltr"] in drawn
    assert shape["direction"] == "rtl"
    assert shape["first"] > shape["last"]
    assert shape["joined"] < shape["apart"] - 1


def test_the_png_is_twice_the_size_of_the_drawing(page: Any) -> None:
    svg = ElementTree.fromstring(page.evaluate("whosays.svg()"))

    png = export(page, "png")

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (
        2 * int(svg.get("width") or 0),
        2 * int(svg.get("height") or 0),
    )


def test_the_csv_holds_the_statements_shown(page: Any, world: Collection) -> None:
    raw = export(page, "csv").decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(raw)))

    assert {row["id"] for row in rows} == {s.id for s in world.statements if s.counts}
    told = next(row for row in rows if row["stance"] == "denies" and row["gist"])
    assert told["chain"] == "Inland Radio > Mina Voss"
    assert told["locator"] == "12:34"


def test_no_cell_is_a_formula(
    open_page: Opener, page_file: Writer, world: Collection
) -> None:
    starts = ("=1+1", "+1", "-1", "@x", "\tx", "\rx")
    statements = tuple(
        replace(one, gist=starts[number % len(starts)], note=starts[-1 - number % 5])
        for number, one in enumerate(world.statements)
    )
    page = open_page(page_file(replace(world, statements=statements), "formulas"))

    raw = export(page, "csv").decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(raw, newline="")) for cell in row]
    assert [
        cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    ] == []
    assert "'=1+1" in cells


def test_the_link_is_offered_where_the_clipboard_is_closed(page: Any) -> None:
    page.evaluate("delete Navigator.prototype.clipboard")
    page.get_by_label("denies", exact=True).uncheck()
    page.locator("#exports summary").click()

    page.locator("[data-export=link]").click()

    shown = page.locator("#help input").input_value()
    assert shown.endswith("#st=affirms.questions.reports")
