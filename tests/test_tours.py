"""Guided tours: read from the tables, checked, carried by the view and the site."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import whosays
from whosays import checks, index, project, resources, site
from whosays.errors import UnknownName
from whosays.export import Content

GOOD = Path(__file__).parent / "fixtures" / "good" / "strait"
GUIDE = "tours/guide.csv"
STATEMENT = "aldoria_arms_cedar-front"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "strait"
    shutil.copytree(GOOD, target, ignore=shutil.ignore_patterns("build"))
    (target / "tours").mkdir()
    return target


def write(folder: Path, *rows: str, name: str = GUIDE) -> None:
    text = "title,text,link\n" + "".join(f"{row}\n" for row in rows)
    (folder / name).write_text(text, "utf-8")


def found(folder: Path) -> list[str]:
    problems = project.read(folder).problems
    ours = [one for one in problems if one.table.startswith("tours")]
    return [f"{p.cell} {p.code} {p.value} {p.fix}".strip() for p in ours]


def link(folder: Path, text: str) -> str:
    write(folder, f'Start,,"{text}"')
    (tour,) = project.read(folder).collection.tours
    return tour.steps[0].link


def test_steps_stand_in_the_order_of_their_rows_and_the_first_names_the_tour(
    folder: Path,
) -> None:
    write(folder, 'Two sides,"Arms, or none?",dis=1', "The Front,,sel=n:cedar-front")

    (tour,) = project.read(folder).collection.tours

    assert (tour.slug, tour.title) == ("guide", "Two sides")
    assert [(s.title, s.text, s.link) for s in tour.steps] == [
        ("Two sides", "Arms, or none?", "dis=1"),
        ("The Front", "", "sel=n:cedar-front"),
    ]
    assert found(folder) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("#sel=n:cedar-front&dis=1", "sel=n:cedar-front&dis=1"),
        ("file:///x/view.html#sel=n%3Acedar-front", "sel=n:cedar-front"),
        ("https://example.org/view.html?x=1#tab=1", "tab=1"),
        ("st=affirms.denies&src=", "st=affirms.denies&src="),
        ("t=2031-01.2031-04&tm=said", "t=2031-01.2031-04&tm=said"),
        ("v=12.5,-3,0.8&k=12&th=dark", "v=12.5,-3,0.8&k=12&th=dark"),
        ("sel=e:aldoria|arms|cedar-front", "sel=e:aldoria|arms|cedar-front"),
        ("sel=e:cedar-front|is armed by|aldoria", "sel=e:aldoria|arms|cedar-front"),
        ("p=night-bulletin&c=all", "p=night-bulletin&c=all"),
    ],
)
def test_a_link_is_kept_in_the_form_that_the_view_takes(
    folder: Path, text: str, kept: str
) -> None:
    assert link(folder, text) == kept
    assert found(folder) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("sel=n:cedar-frnot", "C2 WS116 cedar-frnot cedar-front"),
        ("sel=n:Cedar Front", "C2 WS116 Cedar Front cedar-front"),
        ("p=night-buletin", "C2 WS116 night-buletin night-bulletin"),
        ("c=@port-vale", "C2 WS116 port-vale"),
        ("sel=e:aldoria|amrs|cedar-front", "C2 WS116 amrs arms"),
        (
            "sel=e:cedar-front|finances|aldoria",
            "C2 WS116 cedar-front finances aldoria",
        ),
        ("sel=s:nothing", "C2 WS116 nothing"),
        ("sel=cedar-front", "C2 WS117 cedar-front"),
        ("st=affirm", "C2 WS117 affirm affirms"),
        ("selt=n:aldoria", "C2 WS117 selt sel"),
        ("t=2031", "C2 WS117 2031"),
        ("k=all", "C2 WS117 all"),
        ("dis=1&dis=1", "C2 WS117 dis"),
        ("aldoria", "C2 WS117 aldoria"),
        ("tour=guide", "C2 WS117 tour to"),
    ],
)
def test_what_leads_nowhere_is_reported_and_left_out(
    folder: Path, text: str, problem: str
) -> None:
    kept = link(folder, text)

    assert found(folder) == [problem]
    assert kept == ("dis=1" if text.startswith("dis") else "")


def test_the_former_slug_of_an_actor_leads_to_the_present_one(folder: Path) -> None:
    actors = folder / "actors.csv"
    with actors.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["former_slugs"] = "old-front" if row["slug"] == "cedar-front" else ""
    actors.write_text(project.csv_text(rows[0], rows), "utf-8")

    assert link(folder, "sel=n:old-front") == "sel=n:cedar-front"
    assert found(folder) == ["C2 WS112 old-front cedar-front"]


def test_a_step_needs_a_title_and_a_tour_a_step(folder: Path) -> None:
    write(folder, ",words without a title,")
    write(folder, name="tours/empty.csv")
    (folder / "tours" / "notes.txt").write_text("x", "utf-8")

    problems = [p for p in checks.check(folder) if p.table.startswith("tours")]

    assert [(p.table, p.cell, p.code) for p in problems] == [
        ("tours/empty.csv", "", "WS520"),
        ("tours/guide.csv", "A2", "WS101"),
        ("tours/notes.txt", "", "WS520"),
    ]
    assert project.read(folder).collection.tours == ()


def test_a_tour_is_called_by_a_slug(folder: Path) -> None:
    write(folder, "Start,,", name="tours/My Tour.csv")

    (problem,) = [p for p in checks.check(folder) if p.table.startswith("tours")]

    assert (problem.code, problem.fix) == ("WS109", "my-tour")


def test_tours_survive_the_cache_and_a_change_makes_it_stale(folder: Path) -> None:
    write(folder, 'Two sides,"Line\none",dis=1')
    kg = whosays.load(folder)
    assert kg.collection.tours == project.read(folder).collection.tours

    write(folder, "Another,,")

    assert whosays.load(folder).collection.tours[0].title == "Another"
    rebuilt = index.build(None, kg.collection).collection()
    assert rebuilt.tours == kg.collection.tours


def test_the_view_opens_with_the_tour_that_is_asked_for(folder: Path) -> None:
    write(folder, "Two sides,,dis=1")
    kg = whosays.load(folder)

    page = kg.view(tour="two sides")

    payload = page.html.partition('id="payload">')[2].partition("</script>")[0]
    data = json.loads(payload)
    assert data["opening"] == "tour=guide"
    assert data["tours"] == [
        {
            "id": "guide",
            "steps": [{"title": "Two sides", "text": "", "link": "dis=1"}],
        }
    ]
    with pytest.raises(UnknownName, match="guide"):
        kg.view(tour="giude")


def test_the_site_has_a_page_per_tour_that_reads_without_a_script(
    folder: Path,
) -> None:
    write(folder, '"Two sides <b>","Arms, or none?",dis=1', "The Front,,")
    collection = project.read(folder).collection
    content = Content(collection=collection, disputes=(), issues=())

    files, _ = site.make(content)

    html = files["tour/guide/index.html"].decode()
    assert "Two sides &lt;b&gt;" in html
    assert "Arms, or none?" in html
    assert "../../view.html#tour=guide&amp;step=2" in html
    assert "tour/guide/index.html" in files["index.html"].decode()
    bare, _ = site.make(Content(collection=replace(collection, tours=())))
    assert "Guided tours" not in bare["index.html"].decode()


@pytest.mark.parametrize("name", ["iran-isis", "harbour-plan"])
def test_every_step_of_the_bundled_tours_leads_somewhere(name: str) -> None:
    read = project.read(resources.bundled_project().parent / name)

    assert read.collection.tours
    assert [p for p in read.problems if p.table.startswith("tours")] == []
