"""The page as text: what it holds, how it is locked, what it never does."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.digests import digest
from whosays import views
from whosays.errors import OutsideError
from whosays.model import (
    Actor,
    ActorType,
    Collection,
    Dispute,
    DisputeKind,
    Family,
    Modality,
    Relation,
    Settings,
    Source,
    Stance,
    Statement,
    Status,
)
from whosays.views import appearance, carrier
from whosays.views.page import ASKING, SCRIPTS, STYLES, embed

PACKAGE = Path(views.__file__).parent
FORBIDDEN = ("true", "false", "fake", "propaganda", "lie", "lies", "evidence", "wrong")


def statement(number: int, **changes: object) -> Statement:
    usual: dict[str, Any] = {
        "id": f"st-{number}",
        "subject": "aldoria",
        "relation": "supports",
        "object": "cedar-front",
        "source": "post",
        "stance": Stance.AFFIRMS,
        "chain": ("harbour-post",),
        "locator": "p3",
        "gist": "The capital pays the Front.",
        "said": "2019-03",
        "proposition": "aldoria_supports_cedar-front",
    }
    return Statement(**{**usual, **changes})


@pytest.fixture
def world() -> Collection:
    return Collection(
        settings=Settings(name="delta", title="The delta"),
        actors={
            slug: Actor(slug=slug, label=label, type=kind)
            for slug, label, kind in (
                ("aldoria", "Aldoria", ActorType.STATE),
                ("cedar-front", "Cedar Front", ActorType.MILITIA),
                ("belmark", "Belmark", ActorType.STATE),
                ("harbour-post", "Harbour Post", ActorType.MEDIA_OUTLET),
            )
        },
        sources={
            "post": Source(
                slug="post",
                title="Report from the harbour",
                publisher="harbour-post",
                voice="harbour-post",
                date="2019-03",
            )
        },
        relations={
            "supports": Relation(
                id="supports",
                iri="https://example.org/supports",
                label="supports",
                inverse_label="is supported by",
                family=Family.COOPERATION,
            )
        },
        statements=(
            statement(1),
            statement(2, stance=Stance.DENIES, chain=("harbour-post", "belmark")),
            statement(3, status=Status.CANDIDATE),
            statement(
                4,
                subject="belmark",
                modality=Modality.INTENDED,
                proposition="belmark_supports_cedar-front",
            ),
        ),
    )


DISPUTE = Dispute(
    id="d1",
    kind=DisputeKind.DIRECT,
    affirmed="st-1",
    contested="st-2",
    score=1.0,
)


class Blocks(HTMLParser):
    """Collect the scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], str]] = []
        self.links: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag == "script"
        if self._open:
            self.found.append((dict(attrs), ""))
        self.links += [v or "" for k, v in attrs if k in ("src", "href", "action")]

    def handle_data(self, data: str) -> None:
        if self._open:
            attributes, text = self.found[-1]
            self.found[-1] = (attributes, text + data)

    def handle_endtag(self, tag: str) -> None:
        self._open = False


def blocks(html: str) -> Blocks:
    parser = Blocks()
    parser.feed(html)
    parser.close()
    return parser


def payload(view: views.View) -> dict[str, Any]:
    text = next(t for a, t in blocks(view.html).found if a.get("id") == "payload")
    data: dict[str, Any] = json.loads(text)
    return data


def test_the_policy_names_exactly_the_scripts_of_the_page(world: Collection) -> None:
    html = views.render(world, [DISPUTE]).html

    scripts = [text for a, text in blocks(html).found if "type" not in a]
    hashes = [
        "'sha256-"
        + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()
        + "'"
        for s in scripts
    ]
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    allowed = policy[1].replace("&#39;", "'")
    assert f"script-src {' '.join(hashes)};" in allowed
    assert allowed.startswith("default-src 'none'; ")
    assert "'unsafe-eval'" not in allowed


def test_nothing_is_loaded_from_anywhere(world: Collection) -> None:
    parsed = blocks(views.render(world, [DISPUTE]).html)

    foreign = [link for link in parsed.links if not link.startswith("#")]

    assert foreign == []
    own_style = "".join(
        appearance.page_text(f"{name}.css") for name in (*STYLES, "sparql")
    )
    assert "url(" not in own_style
    assert "@import" not in own_style


def test_the_same_project_gives_the_same_bytes_everywhere(world: Collection) -> None:
    code = (
        "import sys, pickle, hashlib;"
        "from whosays import views;"
        "world, disputes = pickle.load(sys.stdin.buffer);"
        "html = views.render(world, disputes).html;"
        "print(hashlib.sha256(html.encode()).hexdigest())"
    )
    import pickle

    given = pickle.dumps((world, [DISPUTE]))
    digests = set()
    for seed, zone, locale in (("0", "UTC", "C"), ("9", "Asia/Tehran", "C.UTF-8")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        env["PYTHONPATH"] = str(PACKAGE.parents[1])
        run = subprocess.run(
            [sys.executable, "-c", code],
            input=given,
            env=env,
            capture_output=True,
            check=True,
            timeout=120,
        )
        digests.add(run.stdout)

    assert len(digests) == 1


def test_statements_carry_all_their_fields(world: Collection) -> None:
    data = payload(views.render(world, [DISPUTE]))

    claim = next(c for c in data["claims"] if c["s"] == "aldoria")
    denial = next(one for one in claim["all"] if one["stance"] == "denies")
    assert denial["chain"] == ["harbour-post", "belmark"]
    assert denial["locator"] == "p3"
    assert data["months"] == {"2019-03": [2019 * 12 + 2, 2019 * 12 + 2]}
    assert "valid" not in denial
    assert data["disputes"] == [[0, 0, 1, 1.0, 0]]
    assert [one.get("status") for one in claim["all"]] == [None, None, "candidate"]


def test_only_accepted_statements_are_counted(world: Collection) -> None:
    view = views.render(world, [])

    assert view.statements == 3
    assert view.actors == 3
    assert "3 statements" in repr(view)


def test_filters_of_the_page_leave_out_the_rest(world: Collection) -> None:
    by_belmark = payload(views.render(world, [DISPUTE], voices=["belmark"]))
    about_belmark = payload(views.render(world, [DISPUTE], about=["belmark"]))
    of_nobody = payload(views.render(world, [DISPUTE], sources=["radio"]))

    assert [one["id"] for c in by_belmark["claims"] for one in c["all"]] == ["st-2"]
    assert by_belmark["disputes"] == []
    assert [c["s"] for c in about_belmark["claims"]] == ["belmark"]
    assert of_nobody["claims"] == []


def test_a_limit_keeps_the_most_discussed_and_says_so(world: Collection) -> None:
    view = views.render(world, [DISPUTE], limit=2)

    data = payload(view)
    assert [one["id"] for one in data["actors"]] == ["cedar-front", "aldoria"]
    assert data["total"] == 3
    assert "2 most discussed of 3 actors" in view.notices[0]


def test_an_empty_project_gives_a_page(world: Collection) -> None:
    view = views.render(replace(world, statements=()), [])

    assert payload(view)["claims"] == []
    assert "<title>The delta</title>" in view.html


def test_unknown_actors_sources_and_relations_show_their_ids(world: Collection) -> None:
    bare = replace(world, actors={}, sources={}, relations={})

    data = payload(views.render(bare, []))

    assert {one["label"] for one in data["actors"]} == {
        "aldoria",
        "belmark",
        "cedar-front",
    }
    assert data["sources"][0]["short"] == "post"


def test_correcting_a_gist_moves_no_actor(world: Collection) -> None:
    first = world.statements[0]
    mended = replace(first, gist="Another wording.")
    changed = replace(world, statements=(mended, *world.statements[1:]))

    before, after = (views.render(one, []).html for one in (world, changed))

    assert places(before) == places(after)
    assert digest(before) != digest(after)


def places(html: str) -> list[Any]:
    text = next(t for a, t in blocks(html).found if a.get("id") == "network-data")
    nodes: list[Any] = json.loads(text)["nodes"]
    return nodes


def test_positions_are_kept_in_the_cache(world: Collection, tmp_path: Path) -> None:
    cache = tmp_path / "build" / "layout.json"
    plain = views.render(world, []).html

    first = views.render(world, [], layout_cache=cache).html
    second = views.render(world, [], layout_cache=cache).html

    assert digest(first) == digest(second) == digest(plain)
    assert json.loads(cache.read_text("utf-8"))["positions"].keys() == {
        "aldoria",
        "belmark",
        "cedar-front",
    }


def test_a_page_of_a_part_leaves_the_positions_of_the_whole_alone(
    world: Collection, tmp_path: Path
) -> None:
    cache = tmp_path / "layout.json"
    whole = views.render(world, [], layout_cache=cache).html
    kept = cache.read_bytes()
    actor = world.statements[0].subject

    part = views.render(world, [], about=[actor], layout_cache=cache).html

    assert digest(cache.read_bytes()) == digest(kept)
    assert digest(part) == digest(views.render(world, [], about=[actor]).html)
    assert digest(views.render(world, [], layout_cache=cache).html) == digest(whole)


def test_positions_of_another_picture_are_no_start(
    world: Collection, tmp_path: Path
) -> None:
    cache = tmp_path / "layout.json"
    views.render(world, [], layout_cache=cache)
    found = json.loads(cache.read_text("utf-8"))
    few = dict(sorted(found["positions"].items())[:2])
    cache.write_text(json.dumps({**found, "key": "other", "positions": few}), "utf-8")

    html = views.render(world, [], layout_cache=cache).html

    assert digest(html) == digest(views.render(world, []).html)


@pytest.mark.parametrize(
    "rubbish", ["", "[]", "{", '{"version": 1, "key": 3, "positions": {"a": "x"}}']
)
def test_a_damaged_cache_is_made_anew(
    world: Collection, tmp_path: Path, rubbish: str
) -> None:
    cache = tmp_path / "layout.json"
    cache.write_text(rubbish, encoding="utf-8")

    html = views.render(world, [], layout_cache=cache).html

    assert digest(html) == digest(views.render(world, []).html)


def test_strings_cannot_leave_their_block(world: Collection) -> None:
    hostile = "</script><!--<script>\u2028\u2029\ud800 {{7*7}} {% raw %}"
    first = replace(world.statements[0], gist=hostile)

    view = views.render(replace(world, statements=(first,)), [])

    assert len(blocks(view.html).found) == 5
    assert payload(view)["claims"][0]["all"][0]["gist"] == hostile
    view.html.encode("utf-8")


def test_embedded_data_are_read_back_unchanged() -> None:
    value = {"a": "<&>'\"\u2028\x00\x7f\ud800é", "b": [1, None, True]}

    assert json.loads(str(embed(value))) == value


def test_save_writes_the_whole_page(world: Collection, tmp_path: Path) -> None:
    view = views.render(world, [])

    written = view.save(tmp_path / "page.html")

    assert digest(written.read_bytes()) == digest(view.html)
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]


def test_a_notebook_shows_the_page_in_a_closed_frame(world: Collection) -> None:
    bundle = views.render(world, [])._repr_mimebundle_()

    assert bundle["text/plain"] == repr(views.render(world, []))
    parsed = re.match(
        r"<iframe sandbox=\"allow-scripts [a-z -]+\" [^>]*srcdoc=\"",
        bundle["text/html"],
    )
    assert parsed
    assert "<script" not in bundle["text/html"]


def test_a_page_stays_small(world: Collection) -> None:
    many = tuple(
        statement(
            number,
            subject=f"a{number % 100}",
            object=f"a{(number * 7 + 1) % 100}",
            proposition=f"p{number}",
        )
        for number in range(340)
    )

    view = views.render(replace(world, statements=many), [])

    assert len(view.html.encode()) < 800_000


def test_pyvis_is_only_a_carrier() -> None:
    """Its writers reach for the network or lose data, so they are never called."""
    banned = {"write_html", "show", "save_graph", "set_options", "from_nx"}
    for path in sorted(PACKAGE.parent.rglob("*.py")):
        text = path.read_text("utf-8")
        if "pyvis" not in text and PACKAGE not in path.parents:
            continue
        tree = ast.parse(text)
        imports = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            and "pyvis" in ast.unparse(node)
        ]
        if PACKAGE in path.parents:
            called = {
                node.func.attr
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            }
            assert called.isdisjoint(banned), path.name
            assert not [node for node in imports if node in tree.body], path.name
        else:
            assert imports == [], path.name


def test_importing_views_loads_no_heavy_package() -> None:
    code = (
        "import sys, whosays.views;"
        "print([m for m in ('pyvis', 'jinja2', 'networkx', 'IPython', 'numpy')"
        " if m in sys.modules])"
    )

    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parents[1])},
        capture_output=True,
        text=True,
        check=True,
        timeout=250,
    )

    assert run.stdout.strip() == "[]"


def test_another_drawing_script_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrier, "VIS_SHA256", "0" * 64)

    with pytest.raises(OutsideError, match=r"pyvis==0\.3\.2"):
        carrier.vis_script()


def test_interface_texts_take_no_side() -> None:
    texts = [appearance.texts(), appearance.panel_texts()]
    spoken = json.dumps(texts).lower()

    used = [word for word in FORBIDDEN if re.search(rf"\b{word}\b", spoken)]

    assert used == []


def test_every_text_that_the_script_asks_for_exists() -> None:
    keys = appearance.texts().keys() | appearance.panel_texts().keys()
    asked = set()
    for name in (*SCRIPTS, *ASKING):
        code = appearance.page_text(f"js/{name}.js")
        asked |= set(re.findall(r'\b(?:T|sentence)\("([\w-]+)"\s*[,)]', code))

    assert asked - keys == set()
    template = appearance.page_text("template.html")
    assert set(re.findall(r"\bt\.(\w+)", template)) - keys == set()


def test_no_name_of_the_script_is_declared_twice() -> None:
    """All files become one script, and a page with a panel has some more of them."""
    code = "\n".join(
        appearance.page_text(f"js/{name}.js") for name in (*SCRIPTS, *ASKING)
    )
    names = re.findall(
        r"^(?:const|let|class|function\*?|async function) (\w+)", code, re.MULTILINE
    )

    assert len(names) > 100
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_the_script_never_makes_markup_from_strings() -> None:
    code = "".join(
        appearance.page_text(f"js/{name}.js") for name in (*SCRIPTS, *ASKING)
    )

    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
    ):
        assert way not in code
    assert "new Function" not in code


def test_every_actor_type_has_a_shape_and_a_text() -> None:
    types = {kind.value for kind in ActorType}

    assert set(appearance.shape_of()) == types
    assert {f"type_{kind}" for kind in types} <= appearance.texts().keys()


def colours(theme: str) -> dict[str, str]:
    sheet = appearance.page_text("colours.css")
    parts = sheet.split(':root[data-theme="dark"]')
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", parts[0]))
    if theme == "dark":
        found.update(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", parts[1]))
    return found


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_lines_stand_out_from_their_ground(theme: str) -> None:
    shade = colours(theme)
    stances = [stance.value for stance in Stance]
    texts = [
        (front, ground)
        for ground in ("bg", "panel", "soft")
        for front in ("ink", "muted")
    ]
    texts += [(stance, "panel") for stance in stances]
    texts += [("on-pill", stance) for stance in stances]
    texts += [("accent", "panel"), ("panel", "accent"), ("bg", "ink")]

    for front, ground in texts:
        assert contrast(shade[front], shade[ground]) >= 4.5, (front, ground)
    for stance in stances:
        assert contrast(shade[stance], shade["bg"]) >= 3, stance
    for control in ("control", "focus"):
        assert contrast(shade[control], shade["panel"]) >= 3, control
    for group in appearance.groups():
        assert contrast(group[theme], shade["bg"]) >= 3, group["key"]
