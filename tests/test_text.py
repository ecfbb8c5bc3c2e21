"""Text of strangers: shown harmlessly, compared fairly, linked carefully."""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.text import (
    clean_text,
    controls,
    invisibles,
    one_line,
    plain,
    safe_url,
    visible,
)

any_text = st.text(alphabet=st.characters(exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, [sic] [/b] :100: <b>", "plain, [sic] [/b] :100: <b>"),
        ("a\x1b[2Jb", "a⟨U+001B⟩[2Jb"),
        ("a\x00\x07\x7f\x9bb", "a⟨U+0000⟩⟨U+0007⟩⟨U+007F⟩⟨U+009B⟩b"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("over\rwrite", "over⟨U+000D⟩write"),
        ("\u202eevil\u2066x", "⟨U+202E⟩evil⟨U+2066⟩x"),
        ("\ud800\ufffe\U0001ffff", "⟨U+D800⟩⟨U+FFFE⟩⟨U+1FFFF⟩"),
        ("می\u200cروم", "می\u200cروم"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_a_terminal_is_shown_control_characters_as_code_points(text, shown):
    assert clean_text(text) == shown


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_nothing_that_moves_a_cursor_reaches_a_terminal(text):
    shown = clean_text(text)

    left = {character for character in shown if not character.isprintable()}
    assert not {c for c in left if unicodedata.category(c) in ("Cc", "Cs")} - {
        "\t",
        "\n",
    }
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068")
    shown.encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_text_cleaned_for_xml_can_be_parsed_back(text):
    element = ET.Element("label")
    element.text = clean_text(text, for_="xml")

    back = ET.fromstring(ET.tostring(element, encoding="utf-8"))

    assert (back.text or "").replace("\r", "\n") == (element.text or "").replace(
        "\r\n", "\n"
    ).replace("\r", "\n")


def test_xml_loses_only_what_xml_forbids():
    kept = "\t\n\x85\u202e\u200b\ufdd0"

    assert clean_text(kept, for_="xml") == kept
    assert clean_text("\x00\x0b\ufffe", for_="xml") == "⟨U+0000⟩⟨U+000B⟩⟨U+FFFE⟩"


def test_one_line_has_no_line_break_and_is_cut():
    assert one_line("a\nb\tc") == "a⟨U+000A⟩b⟨U+0009⟩c"
    assert one_line("x" * 100, 10) == "xxxxxxxxx…"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Belmark", []),
        ("Bel\u200bmark", ["U+200B"]),
        ("Bel\u00a0mark\u00a0", ["U+00A0"]),
        ("\u202eBelmark", ["U+202E"]),
        ("Bel\u00admark\ufeff", ["U+00AD", "U+FEFF"]),
        ("\u0456ran", ["U+0456"]),
        ("Belm\u03b1rk", ["U+03B1"]),
        ("Россия Belmark", []),
        ("می\u200cروم", []),
        ("Bel\u200cmark", ["U+200C"]),
        ("👩\u200d🚀", []),
        ("Ñandú façade Türkiye", []),
        ("H\u2082O β", []),
    ],
)
def test_invisible_and_look_alike_characters_are_named_by_code_point(text, found):
    assert [code for _, code in invisibles(text)] == found


def test_a_named_character_has_its_name():
    assert invisibles("Bel\u200bmark") == [("ZERO WIDTH SPACE", "U+200B")]
    assert controls("\x00\x1bx\x00\x85") == [
        ("NULL", "U+0000"),
        ("ESCAPE", "U+001B"),
        ("CONTROL CHARACTER", "U+0085"),
    ]
    assert visible("Bel\u200bmark\u00a0") == "Bel⟨U+200B⟩mark⟨U+00A0⟩"


def test_odd_blanks_and_invisible_characters_do_not_count_in_comparisons():
    assert plain("Cedar\u00a0Fr\u200bont\ufeff") == "Cedar Front"
    assert plain("می\u200cروم") == "می\u200cروم"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "https://example.org/a?b=c#d",
        "HTTPS://Example.org:8080/x",
        "https://пример.рф/страница",
        "http://[::1]:7878/sparql",
        "https://example.org/a(b)~c'd",
    ],
)
def test_an_http_address_may_become_a_link(url):
    assert safe_url(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org",
        "//example.org",
        "http://",
        "https:///x",
        "http:// example.org",
        "https://user@example.org",
        "https://good.example@evil.example/",
        "https://example.org/a b",
        'https://example.org/"onclick="x',
        "https://example.org/<script>",
        "https://example.org/\x00",
        "https://example.org/\n",
        "https://example.org/\u202egpj",
        "https://example.org\\@evil.example",
        "https://-/",
    ],
)
def test_anything_else_stays_text(url):
    assert safe_url(url) is None


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_a_safe_address_starts_with_http_and_holds_nothing_hidden(text):
    for candidate in (text, f"https://{text}", f"https://example.org/{text}"):
        url = safe_url(candidate)
        if url is not None:
            assert url.lower().startswith(("http://", "https://"))
            assert not set(url) & set(' \t\r\n"<>\\`\x00\u202e\u200b')
