"""The benchmark makes valid projects, always the same, and runs; no time is judged."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts.benchmarks import (
    __main__ as benchmark,
)
from scripts.benchmarks import (
    bounds,
    crowd,
    gallery,
    generator,
    measures,
    plain,
    plot,
    report,
    steps,
    tables,
    using,
    wording,
)
from whosays import disputes, project
from whosays.model import ActorType, Collection, Mood

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def made() -> Collection:
    return generator.make(3_000, seed=1)


def test_the_same_seed_makes_the_same_project(made: Collection):
    assert generator.make(3_000, seed=1) == made
    assert generator.make(3_000, seed=2).statements != made.statements


def test_what_is_written_reads_back_without_a_problem(tmp_path: Path):
    made = generator.make(400)
    generator.write(made, tmp_path)

    read = project.read(tmp_path)

    rows = [replace(one, file="", row=0) for one in read.collection.statements]
    assert read.problems == ()
    assert rows == list(made.statements)
    assert read.collection.actors == made.actors
    assert read.collection.sources == made.sources


def test_the_mixture_is_as_announced(made: Collection):
    stances = Counter(one.stance for one in made.statements)
    shares = [stances[stance] / len(made.statements) for stance in generator.STANCES]

    assert shares == pytest.approx([0.7, 0.15, 0.15], abs=0.03)
    assert {one.mood for one in made.statements} == set(Mood)
    assert len({one.relation for one in made.statements}) > 20
    assert any(one.place for one in made.statements)
    assert any(len(one.chain) > 1 for one in made.statements)


def test_a_few_actors_are_spoken_of_by_many(made: Collection):
    ends = Counter(end for one in made.statements for end in (one.subject, one.object))
    often = sum(count for _, count in ends.most_common(len(made.actors) // 20))

    assert often > sum(ends.values()) / 2


def test_actors_belong_to_others(made: Collection):
    depths = Counter(len(made.lineage(slug)) for slug in made.actors)

    assert max(depths) > 3
    assert depths[1] < len(made.actors) * 0.7
    assert any(one.type is ActorType.PLACE for one in made.actors.values())


def test_disputes_of_every_kind_are_found_in_it(made: Collection):
    kinds = {dispute.kind for dispute in disputes.find(made)}

    assert len(kinds) == 5


def test_growth_is_the_slope_between_sizes():
    def figures(statements: int, seconds: float):
        return {
            "statements": statements,
            "findings": statements,
            "seconds": {"find": seconds},
        }

    linear = [figures(10, 1.0), figures(100, 10.0)]
    square = [figures(10, 1.0), figures(100, 100.0)]

    assert report.exponent(linear, "find") == ["", "1.00"]
    assert report.exponent(square, "find") == ["", "2.00"]


def test_the_page_keeps_its_text_around_the_figures():
    page = f"before\n{report.START}old\n{report.END}after\n"

    fresh = report.replaced(page, "new")

    assert "old" not in fresh
    assert fresh.startswith("before\n")
    assert fresh.endswith("after\n")
    assert report.replaced(fresh, "new") == fresh


def test_a_page_without_marks_is_left_alone():
    with pytest.raises(ValueError, match="lacks"):
        report.replaced("a page", "new")


def test_the_page_in_the_repository_has_the_marks():
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")

    assert report.replaced(page, "new") != page


def test_the_benchmark_runs_on_a_small_project():
    command = [sys.executable, "-m", "scripts.benchmarks", "load", "100", "200"]
    command += ["--repeat", "1"]

    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    partial, _, whole = done.stdout.partition("200 statements are still to be measured")
    assert "| 200 |" not in partial
    assert "### Disputes" in partial
    assert "| 200 |" in whole
    assert "`bulk_load` of the quads" in whole


def test_a_crowd_has_so_many_actors_and_three_claims_for_each():
    made = crowd.make(200)

    again = crowd.make(200)

    spoken_of = {end for one in made.statements for end in (one.subject, one.object)}
    assert len(spoken_of) == 200
    claims = {one.proposition for one in made.statements}
    assert 2.5 * 200 <= len(claims) < len(made.statements) <= 3.7 * 200
    assert made == again
    assert disputes.find(made)


def test_figures_of_pages_stand_beside_those_of_pyvis():
    keys = [key for _, key, _ in gallery._ROWS]
    one = dict.fromkeys([*keys, "actors", "claims", "statements"], 2.0)
    one |= dict.fromkeys(gallery._BESIDE.values(), 4.0)

    text = gallery.markdown([one, one | {"actors": 2000.0, "pyvis_physics": 90.4}])

    assert "| first picture, s | 2.00 (0.50) | 2.00 (0.50) |" in text
    assert "|  | 90 |" in text
    assert "2,000 actors redraws in 1.00" in text
    page = f"a\n{gallery.START}{gallery.END}b\n"
    assert gallery.replaced(page, text).count("first picture") == 1


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    generator.write(generator.make(60), folder)
    steps.build(folder)
    steps.quads(folder)
    return folder


def made_up(count: float, factor: float) -> tables.Figures:
    """Figures as a run gives them, each ``factor``."""
    facts = ("seconds", "wall", "memory", "disk", "quads", "about", "disputes", "again")
    names = [step.partition(" ")[2] or step for step in using._steps()]
    figures = {name: dict.fromkeys(facts, factor) for name in names}
    for kind, members in {
        "verbs": [*tables._VERBS, "view"],
        "cold": ["bare", *using._COLD],
        "queries": ["about", "slow"],
    }.items():
        figures[kind] = dict.fromkeys(members, factor)
    figures["worded about"] = {"ours": factor, "first": factor / 2, "part": -60.0}
    figures["statements"] = {"count": count}
    return figures


def test_figures_of_use_have_ratios_growth_and_what_was_not_waited_for():
    one, two = made_up(100, 1.0), made_up(1_000, 10.0)
    two["rdflib_rows"]["disputes"] = -10.0
    two["rdflib_quads"] = {"seconds": -60.0}
    two["bulk_disk"]["seconds"] = 5.0

    text = tables.markdown([one, two])

    built = "| `whosays build`: check, disputes, both caches | 1 (1) | 10 (2) | 1.00 |"
    assert built in text
    assert "| disputes: SPARQL in rdflib | 1 | > 10 |  |" in text
    assert "| rdflib, the same quads | 1 (1) | > 60 |  |" in text
    assert "| `whosays about` | 1 (1.0) | 10 (1.0) | 1.00 |" in text
    assert "| `build` | 10 | 10 | 10 |" in text
    assert "| `about`, 3 wordings | 1 (2.0) | 10 (2.0) | 1.00 |" in text
    assert "| `about` and `about` | 1, 1 (1.0) | 10, 10 (1.0) |  |" in text
    assert "1,000 statements, CPU seconds" in tables.short([one, two])


def test_a_size_whose_build_was_ended_is_told_and_the_others_stay():
    one = made_up(100, 1.0)
    two = {"statements": {"count": 1_000.0}, "build": {"seconds": -1_200.0}}

    text = tables.markdown([one, two])

    dash = bounds.NOTHING
    assert "| 1 (1) | > 1200 |  |" in text
    assert f"| `disputes` | 1 | {dash} |  |" in text
    assert "100 statements, CPU seconds" in tables.short([one, two])
    assert ElementTree.fromstring(plot.svg([one, made_up(200, 2.0), two]))


def test_a_step_is_ended_at_its_limit_also_while_the_engine_works(tmp_path: Path):
    generator.write(generator.make(300), tmp_path)
    steps.build(tmp_path)
    steps.quads(tmp_path)

    ended = using._child(tmp_path, "rdflib_quads", 0.05)

    assert ended == {"seconds": -0.05 * steps.HALF}


def test_disputes_that_take_too_long_are_told(monkeypatch):
    def endless(collection):
        while True:
            pass

    monkeypatch.setattr(disputes, "find", endless)

    figures = measures.measure(50, repeat=1, steepness=1.3, graph=False, limit=0.1)

    assert figures["seconds"] == {"find": -0.1}
    assert "> 0.1" in report.markdown([figures])


@pytest.mark.parametrize(
    ("words", "parts", "sizes"),
    [
        ([], ["load", "use", "view"], [1_000, 10_000, 100_000]),
        (["300", "100", "--limit", "5"], ["load", "use", "view"], [100, 300]),
        (["use", "--repeat", "1", "50"], ["use"], [50]),
    ],
)
def test_parts_and_sizes_are_chosen_in_any_order(monkeypatch, words, parts, sizes):
    monkeypatch.setattr(sys, "argv", ["benchmark", *words])

    options = benchmark._options()

    assert (options.parts, options.sizes) == (parts, sizes)


def test_what_is_neither_a_part_nor_a_size_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["benchmark", "everything"])

    with pytest.raises(SystemExit):
        benchmark._options()

    assert "neither a part nor a size: everything" in capsys.readouterr().err


def test_the_plot_is_a_picture_without_scripts_and_loads_nothing():
    drawn = plot.svg([made_up(100, 1.0), made_up(1_000, 10.0)])

    root = ElementTree.fromstring(drawn)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "rect", "line", "text", "polyline", "circle"}
    assert drawn.count("http") == 1
    assert len(root.findall(".//{*}polyline")) == len(plot._LINES)


def test_pages_have_a_place_for_the_figures_of_use():
    for page in (benchmark.PAGE, using.README):
        text = page.read_text("utf-8")
        assert tables.replaced(text, "new") != text


def test_what_stands_beside_us_answers_from_the_same_rows(small: Path):
    statements = project.read(small).collection.statements
    actor = steps.busiest(small)["actor"]
    graph = plain.graph_of(small)
    about, _ = (plain.asked(graph, q) for q in plain.questions(actor).values())

    assert len(graph) == 5 * len(statements)
    assert about == sum(actor in (one.subject, one.object) for one in statements)
    assert steps.bulk_memory(small)["seconds"] > 0
    assert steps.rdflib_rows(small)["seconds"] > 0


def test_all_wordings_of_a_query_are_asked_of_quads_loaded_once(small: Path):
    facts = using._worded(small, 60.0)

    assert {step.removeprefix("worded ") for step in facts} == set(wording.others())
    for name, others in wording.others().items():
        known = facts[f"worded {name}"]
        assert list(known) == [wording.OURS, *others]
        assert wording.ratio(known) >= 1


def test_a_wording_that_gives_other_rows_is_refused(small: Path, monkeypatch):
    denials = ROOT / "graph" / "whosays" / "queries" / "denied-by.rq"
    monkeypatch.setattr(wording, "others", lambda: {"by-voice": {"fewer": denials}})
    monkeypatch.setattr(steps, "_copied", lambda work: work())

    with pytest.raises(ValueError, match="by-voice: fewer gives other rows"):
        steps.worded(small)


def test_a_wording_that_takes_too_long_is_told(small: Path, monkeypatch):
    monkeypatch.setattr(wording, "others", lambda: {"about": {}})
    monkeypatch.setattr(steps, "_copied", lambda work: {})
    monkeypatch.setattr(steps, "_LIMIT", [60.0])

    assert steps.worded(small) == {"worded about": {"ours": -5.0}}


def test_slow_questions_in_rdflib_are_asked_once():
    assert steps.slow({"about": 0.2, "disputes": -10.0}) == ["disputes"]
    assert steps.slow({"about": 4.0, "disputes": 0.5}) == ["about"]


def test_every_step_gives_what_the_tables_show(small: Path):
    facts = {name: getattr(steps, name)(small) for name in ("dump", "pyvis", "view")}
    verbs = {name: steps.verb(small, *name.split()) for name in steps.VERBS}
    written = steps.export(small, "csv")
    asked = [steps.query(small, name)["seconds"] for name in ("about", "disputes")]

    assert set(verbs) == set(tables._VERBS)
    assert all(set(one) >= {"seconds", "wall"} for one in facts.values())
    assert "again" in facts["view"]
    assert written["disk"] > 0
    assert min(asked) >= 0
    given = steps.asked_for(small)
    assert all(
        word.format(folder="x", **given) for one in using._COLD.values() for word in one
    )
