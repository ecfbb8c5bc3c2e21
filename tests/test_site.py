"""A site is complete, safe, repeatable, and replaces nobody's files."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote

import pyoxigraph
import pytest

from tests.digests import digest
from whosays import disputes, project, resources, site, views
from whosays.cli.main import main
from whosays.errors import OutsideError, UsageError
from whosays.export import Content
from whosays.files import write_atomic
from whosays.kg import KG
from whosays.model import Alias, Collection, Stance, Status
from whosays.site import addresses, folder
from whosays.views.selection import select

FIXTURE = Path(__file__).parent / "fixtures" / "answers"
ROOT = Path(__file__).parents[1]
BASE = "https://example.org/vale/"
PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "</script><script>alert(1)</script><!--",
    "' onmouseover='alert(1)",
    "{{7*7}}{% raw %}{{ settings }}",
    "\u2028\u202eevil\u0007",
    "]]>&lt;b&gt;&amp;",
)
Files = Mapping[str, bytes]


class Reader(HTMLParser):
    """Collects elements, links and text of a page, as a browser would see them."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.data = ""
        self._in_data = False
        self.feed(html.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._in_data = tag == "script"

    def handle_endtag(self, tag):
        self._in_data = False

    def handle_data(self, data):
        if self._in_data:
            self.data += data
        else:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def anchors(self) -> set[str]:
        return {a["id"] for _, a in self.elements if "id" in a}


def content_of(collection: Collection) -> Content:
    found = disputes.find(collection)
    issues = disputes.issues(collection, found)
    return Content(collection=collection, disputes=found, issues=issues)


def poisoned(collection: Collection) -> Collection:
    """Put every payload into every field that may hold any text."""
    evil = " ".join(PAYLOADS)
    return replace(
        collection,
        settings=replace(
            collection.settings,
            title=evil,
            creator=evil,
            licence=evil,
            version=evil,
            type_labels=(("state", evil),),
        ),
        actors={
            slug: replace(
                one,
                label=f"{evil} {slug}",
                aliases=(Alias(text=evil, lang=evil),),
                former_slugs=(evil,),
                wikidata=PAYLOADS[0],
                description=evil,
                note=evil,
            )
            for slug, one in collection.actors.items()
        },
        sources={
            slug: replace(
                one,
                title=f"{evil} {slug}",
                kind=evil,
                date=evil,
                date_note=evil,
                lang=evil,
                url="javascript:alert(1)",
                sha256=evil,
                note=evil,
            )
            for slug, one in collection.sources.items()
        },
        relations={
            slug: replace(one, label=evil, inverse_label=evil)
            for slug, one in collection.relations.items()
        },
        names=tuple(
            replace(one, name=evil, note=evil, locator=evil) for one in collection.names
        ),
        statements=tuple(
            replace(one, gist=evil, note=evil, locator=evil, file=evil)
            for one in collection.statements
        ),
    )


def renamed(collection: Collection) -> Collection:
    """Let an actor, a source and a statement have a past, and one be withdrawn."""
    first, second, *rest = collection.statements
    aldoria = collection.actors["aldoria"]
    essay = collection.sources["gazette-essay"]
    return replace(
        collection,
        actors={
            **collection.actors,
            "aldoria": replace(
                aldoria, label="الدوریا", former_slugs=("old-aldoria", "cedar-front")
            ),
        },
        sources={
            **collection.sources,
            "gazette-essay": replace(
                essay, former_slugs=("old-essay",), url="https://example.org/essay"
            ),
        },
        statements=(
            replace(first, supersedes=("aaaaaaaaaaaa",)),
            replace(second, status=Status.RETRACTED),
            *rest,
        ),
    )


@pytest.fixture(scope="module")
def collection() -> Collection:
    return project.read(FIXTURE).collection


@pytest.fixture(scope="module")
def past(collection: Collection) -> Content:
    return content_of(renamed(collection))


@pytest.fixture(scope="module")
def files(past: Content) -> Files:
    return site.make(past, base_url=BASE)[0]


@pytest.fixture(scope="module")
def evil_files(collection: Collection) -> Files:
    return site.make(content_of(poisoned(collection)))[0]


@pytest.fixture(scope="module")
def bundled() -> tuple[Content, Files]:
    """Build the bundled site with a small drawing; drawing has tests of its own."""
    content = content_of(project.read(resources.bundled_project()).collection)
    draw = partial(views.render, limit=9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("whosays.views.render", draw)
        made = site.make(content)[0]
    return content, made


@pytest.fixture(scope="module")
def readers(bundled: tuple[Content, Files]) -> dict[str, Reader]:
    return read_all(bundled[1])


def read_all(files: Files) -> dict[str, Reader]:
    return {
        name: Reader(data)
        for name, data in files.items()
        if name.endswith("index.html")
    }


def dead_links(files: Files, readers: Mapping[str, Reader]) -> list[str]:
    """List links from page to page, or to a place on one, that lead nowhere."""
    found = []
    for name, page in readers.items():
        for _, attributes in page.elements:
            link = attributes.get("href") or attributes.get("src") or ""
            if not link or link.startswith(("http:", "https:", "data:")):
                continue
            path, _, anchor = link.partition("#")
            target = normpath(join(name.rpartition("/")[0], path)) if path else name
            known = target in files
            if known and anchor and target in readers:
                known = unquote(anchor) in readers[target].anchors
            if not known:
                found.append(f"{name}: {link}")
    return found


def test_every_link_of_the_bundled_site_leads_somewhere(
    bundled: tuple[Content, Files], readers: dict[str, Reader]
) -> None:
    assert len(readers) > 700
    assert dead_links(bundled[1], readers) == []


def test_a_missing_page_is_noticed(files: Files) -> None:
    fewer = {name: data for name, data in files.items() if name != "issue/index.html"}

    assert dead_links(fewer, read_all(fewer)) != []


def test_everything_has_a_page_at_its_address(
    bundled: tuple[Content, Files],
) -> None:
    content, made = bundled
    collection = content.collection
    wanted = {
        *(f"actor/{slug}/index.html" for slug in collection.actors),
        *(f"source/{slug}/index.html" for slug in collection.sources),
        *(f"st/{one.id}/index.html" for one in collection.statements),
        *(f"issue/{one.id}/index.html" for one in content.issues),
    }

    assert wanted <= made.keys()


def test_every_counted_statement_stands_with_both_actors_its_voice_and_source(
    bundled: tuple[Content, Files], readers: dict[str, Reader]
) -> None:
    missing = []
    for one in bundled[0].collection.statements:
        wanted = f"statement {one.id}"
        places = {f"actor/{slug}" for slug in (one.subject, one.object, one.voice)}
        missing += [
            f"{one.id} on {place}"
            for place in sorted({*places, f"source/{one.source}"})
            if wanted not in readers[f"{place}/index.html"].text
        ]

    assert missing == []


def test_the_pages_of_all_that_is_drawn_show_it(
    bundled: tuple[Content, Files],
) -> None:
    """Actors, statements, sources, issues; what the drawing lacks has no frame."""
    content, made = bundled
    drawn = set(select(content.collection, content.disputes, limit=9).actors)
    accepted = [one for one in content.collection.statements if one.counts]
    inside = [one for one in accepted if {one.subject, one.object} <= drawn]
    wanted = {
        **{f"st/{one.id}": f"sel=s%3A{one.id}&amp;embed=1" for one in inside},
        **{f"source/{one.source}": f"p={one.source}&amp;embed=1" for one in inside},
        **{f"actor/{slug}": f"sel=n%3A{slug}&amp;embed=1" for slug in drawn},
    }

    shown = {
        name.removesuffix("/index.html"): found.group(1)
        for name, data in made.items()
        if name.startswith(("st/", "source/", "actor/"))
        and (
            found := re.search(r'<iframe src="../../view.html#([^"]+)"', data.decode())
        )
    }

    assert shown == wanted
    assert len(inside) > 50
    for one in content.issues:
        assert b'<iframe src="../../view.html#' in made[f"issue/{one.id}/index.html"]


def test_the_tally_of_an_actor_counts_the_statements_about_it(
    bundled: tuple[Content, Files], readers: dict[str, Reader]
) -> None:
    about = [
        one
        for one in bundled[0].collection.statements
        if one.counts and "isis" in (one.subject, one.object)
    ]
    heading = readers["actor/isis/index.html"].text.partition("What is said of")[2]

    for stance in Stance:
        count = sum(one.stance is stance for one in about)
        found = re.search(rf"(\d+) {stance}", heading.partition("Stance")[0])
        assert int(found[1] if found else 0) == count


@pytest.mark.parametrize("made", ["files", "evil_files"])
def test_no_page_runs_or_fetches_anything(
    made: str, request: pytest.FixtureRequest
) -> None:
    for name, page in read_all(request.getfixturevalue(made)).items():
        assert all(s == {"type": "application/ld+json"} for s in page.all("script"))
        assert not page.all("img") + page.all("object") + page.all("style"), name
        for tag, attributes in page.elements:
            assert not [key for key in attributes if key.startswith("on")], name
            if tag != "a" and attributes.get("rel") != "canonical":
                for key in ("href", "src"):
                    assert ":" not in attributes.get(key, "").replace("data:,", "")
        policy = page.all("meta")[1]
        assert policy["http-equiv"] == "Content-Security-Policy"
        assert policy["content"].startswith("default-src 'none'; ")


def test_hostile_texts_are_shown_as_they_are(evil_files: Files) -> None:
    (statement, *_) = (name for name in evil_files if name.startswith("st/"))
    shown = Reader(evil_files[statement]).text

    for payload in PAYLOADS:
        if payload.isprintable():
            assert payload in shown
    assert "⟨U+202E⟩evil⟨U+0007⟩" in shown
    assert "49" not in Reader(evil_files["index.html"]).text.partition("Sources")[0]


def test_only_web_addresses_become_links(evil_files: Files) -> None:
    for page in read_all(evil_files).values():
        links = [a["href"] for a in page.all("a") + page.all("link")]
        assert not [link for link in links if link.startswith(("java", "vb"))]
    page = Reader(evil_files["source/gazette-essay/index.html"])
    assert "javascript:alert(1)" in page.text


def test_links_of_a_hostile_project_lead_somewhere(evil_files: Files) -> None:
    assert dead_links(evil_files, read_all(evil_files)) == []


def test_a_hostile_id_names_no_other_folder() -> None:
    names = ["../../etc", "a/b", "", ".", "CON", "a" * 300, "é", "a%2fb", "-", "a\0"]

    folders = [addresses.segment(name) for name in names]

    assert all(re.fullmatch(r"x-[a-z2-7]{12}", one) for one in folders)
    assert len(set(folders)) == len(names)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("actor/old-aldoria/", "actor/aldoria/"),
        ("source/old-essay/", "source/gazette-essay/"),
        ("st/aaaaaaaaaaaa/", None),
    ],
)
def test_a_former_address_leads_on(
    files: Files, past: Content, old: str, new: str | None
) -> None:
    to = new or f"st/{past.collection.statements[0].id}/"

    page = Reader(files[f"{old}index.html"])

    (refresh,) = (m for m in page.all("meta") if m.get("http-equiv") == "refresh")
    assert refresh["content"] == f"0; url=../../{to}index.html"
    assert page.all("a") == [{"href": f"../../{to}index.html"}]


def test_an_issue_is_found_under_former_slugs(files: Files, past: Content) -> None:
    pair = next(one for one in past.issues if "aldoria" in one.actors)
    (other,) = set(pair.actors) - {"aldoria"}
    old = "_".join(sorted(("old-aldoria", other)))

    assert f"url=../../issue/{pair.id}/" in files[f"issue/{old}/index.html"].decode()


def test_a_former_slug_that_is_in_use_stays_with_its_owner(files: Files) -> None:
    assert b'http-equiv="refresh"' not in files["actor/cedar-front/index.html"]


def test_a_withdrawn_statement_keeps_its_page_and_stands_in_no_list(
    files: Files, past: Content
) -> None:
    gone = next(one for one in past.collection.statements if not one.counts)
    own = f"st/{gone.id}/index.html"

    assert b"retracted" in files[own]
    assert b'content="noindex"' in files[own]
    assert gone.id not in files["sitemap.xml"].decode()
    holders = {
        name
        for name, page in read_all(files).items()
        if gone.id in page.text and name != own and "Moved" not in page.text
    }
    assert holders == {f"source/{gone.source}/index.html"}
    source = Reader(files[f"source/{gone.source}/index.html"])
    assert f"{gone.id} (retracted)" in " ".join(source.text.split())


def test_the_site_map_lists_each_page_once(files: Files) -> None:
    tree = ET.fromstring(files["sitemap.xml"])
    places = [place.text or "" for place in tree.iter() if place.tag.endswith("loc")]

    assert len(places) == len(set(places))
    names = {place.removeprefix(BASE) + "index.html" for place in places}
    assert names == {
        name
        for name, page in read_all(files).items()
        if not [m for m in page.all("meta") if m.get("name") == "robots"]
    }


def test_without_an_address_there_is_no_site_map_and_that_is_said(
    collection: Collection,
) -> None:
    made, notes = site.make(content_of(collection))

    assert "sitemap.xml" not in made
    assert any("--base-url" in note for note in notes)
    assert b"canonical" not in made["index.html"]


def test_the_description_of_the_data_names_every_download(files: Files) -> None:
    quads = list(
        pyoxigraph.parse(files["void.ttl"], format=pyoxigraph.RdfFormat.TURTLE)
    )
    told = {
        str(q.subject.value): q.object.value
        for q in quads
        if q.predicate.value == "https://schema.org/sha256"
    }
    urls = {
        q.object.value: q.subject.value
        for q in quads
        if q.predicate.value.endswith("downloadURL")
    }

    assert len(urls) == 4
    for url, part in urls.items():
        data = files[url.removeprefix(BASE)]
        assert told[part] == hashlib.sha256(data).hexdigest()


def test_machines_read_a_statement_as_a_work_about_a_claim(
    files: Files, past: Content
) -> None:
    one = past.collection.statements[0]
    page = Reader(files[f"st/{one.id}/index.html"])

    told = json.loads(page.data)

    assert told["@type"] == "CreativeWork"
    assert told["identifier"] == one.id
    assert told["about"]["@type"] == "Claim"
    assert told["isPartOf"]["@type"] == "Dataset"
    everything = b"".join(files[n] for n in files if n.endswith("index.html"))
    assert b"ClaimReview" not in everything


def test_each_page_has_one_heading_a_title_and_the_principle(files: Files) -> None:
    for name, page in read_all(files).items():
        assert len(page.all("h1")) == 1, name
        assert page.all("html") == [{"lang": "en"}]
        if "Moved" not in page.text:
            assert ".Version" not in page.text
            assert "A line says that somebody said it, not that it is so." in page.text


def test_the_words_of_the_pages_take_no_side() -> None:
    words = " ".join(
        re.sub(r"{[{%].*?[%}]}|<[^>]*>", " ", path.read_text("utf-8"))
        for path in (ROOT / "graph/whosays/site/templates").glob("*.html")
    )

    assert "somebody said it" in words
    assert not re.search(r"\b(true|false|fake|propaganda|lies?|debunk)\b", words)


def test_names_in_any_script_keep_their_direction(files: Files) -> None:
    page = files["actor/aldoria/index.html"].decode()

    assert '<h1 dir="auto">الدوریا</h1>' in page
    assert '<bdi dir="auto">الدوریا</bdi>' in files["actor/index.html"].decode()


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import hashlib,sys; from pathlib import Path; from whosays.kg import KG;"
        "KG(Path(sys.argv[1])).site(sys.argv[2])"
    )
    made = []
    for seed in ("1", "2"):
        target = tmp_path / seed
        subprocess.run(
            [sys.executable, "-c", code, str(FIXTURE), str(target)],
            check=True,
            timeout=250,
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"},
        )
        made.append(
            {
                path.relative_to(target).as_posix(): digest(path.read_bytes())
                for path in sorted(target.rglob("*"))
                if path.is_file()
            }
        )

    assert made[0] == made[1]
    assert len(made[0]) > 40


def test_a_former_site_is_replaced_and_other_files_stay(tmp_path: Path) -> None:
    target = tmp_path / "public"
    folder.put(target, {"index.html": b"old", "st/x/index.html": b"old"})
    (target / "CNAME").write_text("example.org")
    (target / "st" / "notes.txt").write_text("mine")

    folder.check(target, force=False)
    kept, gone = folder.put(target, {"index.html": b"new"})

    assert kept == 2
    assert gone == ("st/x/index.html",)
    found = {p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()}
    assert found == {"index.html", "CNAME", "st/notes.txt", folder.LIST}
    assert (target / "index.html").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_folder_of_somebody_else_is_refused_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    (tmp_path / "index.html").write_text("mine")

    with pytest.raises(UsageError, match="not empty"):
        folder.check(tmp_path, force=False)
    folder.check(tmp_path, force=True)
    folder.put(tmp_path, {"index.html": b"site"})

    assert (tmp_path / "letter.txt").read_text() == "mine"
    assert (tmp_path / "index.html").read_text() == "site"


@pytest.mark.parametrize(
    "listed",
    ["", "[]", "{}", '{"generator": "else", "files": ["a"]}', "\ufffd", "[" * 9],
)
def test_a_list_that_is_not_ours_makes_no_former_site(
    tmp_path: Path, listed: str
) -> None:
    (tmp_path / folder.LIST).write_text(listed)

    assert folder.former(tmp_path) == frozenset()
    with pytest.raises(UsageError):
        folder.check(tmp_path, force=False)


def test_a_site_cannot_take_the_place_of_its_project(tmp_path: Path) -> None:
    inner = tmp_path / "topic"
    inner.mkdir()

    for target in (tmp_path, inner):
        with pytest.raises(UsageError, match="topic"):
            folder.check(target, force=True, keep_out=inner)


def test_where_one_works_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError, match="folder of its own"):
        folder.check(Path(), force=True)


def test_a_failure_half_way_leaves_the_former_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "public"
    folder.put(target, {"index.html": b"old"})
    written = write_atomic

    def full(path: Path, data: bytes) -> None:
        if path.name == "b.html":
            raise OutsideError("no room left", code="WS902")
        written(path, data)

    monkeypatch.setattr("whosays.site.folder.write_atomic", full)
    with pytest.raises(OutsideError):
        folder.put(target, {"index.html": b"new", "b.html": b"new"})

    assert (target / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_swap_that_fails_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "public"
    folder.put(target, {"index.html": b"old"})
    rename = Path.rename

    def stubborn(self: Path, to: Path) -> Path:
        if self.name.endswith(".new"):
            raise PermissionError(13, "Permission denied")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", stubborn)
    with pytest.raises(OutsideError, match="Permission denied"):
        folder.put(target, {"index.html": b"new"})

    assert (target / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_the_verb_writes_a_site_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    code = main(["site", "public", "-p", str(FIXTURE), "--base-url", BASE[:-1]])

    assert code == 0
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("wrote public   ")
    assert "\r" not in err
    assert (tmp_path / "public" / "sitemap.xml").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["taken"], "not empty"),
        (["taken/x.txt"], "is a file"),
        (["new", "--base-url", "javascript:alert(1)"], "no address"),
        (["new", "--base-url", "https://example.org/?q"], "no address"),
        (["new", "--base-url", "https://example.org/a/../b"], "dots"),
    ],
)
def test_a_wrong_call_is_refused_and_writes_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x.txt").write_text("mine")

    code = main(["site", *arguments, "-p", str(FIXTURE)])

    assert code == 2
    assert words in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_an_empty_project_has_a_site(collection: Collection, tmp_path: Path) -> None:
    bare = replace(collection, actors={}, sources={}, names=(), statements=())

    made, _ = site.make(content_of(bare))

    assert dead_links(made, read_all(made)) == []
    assert "No two statements collide" in made["index.html"].decode()


def test_the_public_object_tells_how_far_it_is(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    made = KG(FIXTURE).site(
        tmp_path / "public", progress=lambda done, total: seen.append((done, total))
    )

    assert seen[-1] == (len(seen), len(seen))
    assert made.pages < len(seen)
