"""Text of strangers, made harmless for a terminal, for XML and for comparing.

Every printer passes text through ``clean_text``, so that a name cannot move the cursor
or turn the line round. Nothing is dropped: a character that cannot be shown is shown
as its code point.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

Target = Literal["terminal", "xml"]

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
)
# C0 without TAB and LF, DEL, C1, line and paragraph separators, bidi embeddings,
# overrides and isolates, surrogates that found no partner, noncharacters.
_TERMINAL = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
    f"{_NONCHARACTERS}]"
)
# Exactly what the production Char of XML 1.0 leaves out.
_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"

_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]"
_SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_ZERO_WIDTH = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_INVISIBLE = f"{_SPACES[:-1]}{_ZERO_WIDTH[1:]}"
# A zero-width non-joiner belongs between letters of joined scripts and nowhere else.
_JOINED = "[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufeff\u0900-\u0dff\u1800-\u18af]"
_STRAY_NON_JOINER = f"(?<!{_JOINED})\u200c|\u200c(?!{_JOINED})"
_WORD = r"[^\W\d_]+"
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")

_URL = (
    r"(?i:https?)://"
    r"(?:\[[0-9A-Fa-f:.]+\]|[^\W_](?:[\w.-]*\w)?\.?)"
    r"(?::[0-9]{1,5})?"
    r"(?:[/?#][^\s\"<>\\^`{|}]*)?"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: most calls need none of them."""
    return re.compile(pattern)


def code_point(character: str) -> str:
    r"""Write a character as its code point.

    >>> code_point("\u202e")
    'U+202E'
    """
    return f"U+{ord(character):04X}"


def _shown(match: re.Match[str]) -> str:
    return f"⟨{code_point(match[0])}⟩"


def clean_text(s: str, for_: Target = "terminal") -> str:
    r"""Show what cannot be printed as its code point.

    For a terminal TAB and LF stay, and so do U+200C and U+200D, which Persian words
    and emoji need. For XML only what XML forbids is replaced.

    >>> clean_text("a\x1b[2J")
    'a⟨U+001B⟩[2J'
    """
    if s.isascii() and s.isprintable():
        return s
    return _compiled(_TERMINAL if for_ == "terminal" else _XML).sub(_shown, s)


def one_line(s: str, limit: int = 60) -> str:
    r"""Show a text cleaned, on one line, cut after ``limit`` characters with ``…``.

    >>> one_line("two\nlines")
    'two⟨U+000A⟩lines'
    """
    cut = s if len(s) <= limit else s[: limit - 1] + "…"
    return re.sub("[\t\n]", _shown, clean_text(cut))


def flat(s: str) -> str:
    r"""Show a text cleaned, on one line, every run of blanks as one space.

    >>> flat("two\n lines")
    'two lines'
    """
    return " ".join(clean_text(s).split())


def markdown(s: str) -> str:
    r"""Write a text for Markdown, flat, so that no mark in it is a mark.

    >>> print(markdown("a|b"))
    a\|b
    """
    return flat(s).translate(_MARKDOWN)


_MARKDOWN = {ord(mark): f"\\{mark}" for mark in "\\`*_{}[]<>#|"}


def visible(s: str) -> str:
    r"""Show every invisible character as its code point.

    >>> visible("Bel\u200bmark")
    'Bel⟨U+200B⟩mark'
    """
    return _compiled(_INVISIBLE).sub(
        _shown, _compiled(_STRAY_NON_JOINER).sub(_shown, clean_text(s))
    )


def controls(s: str) -> list[tuple[str, str]]:
    r"""List the control characters and noncharacters: (name, code point), each once.

    >>> controls("a\x00b")
    [('NULL', 'U+0000')]
    """
    return _named(_compiled(_CONTROLS).findall(s))


def invisibles(s: str) -> list[tuple[str, str]]:
    r"""List invisible characters and look-alike letters: (name, code point), each once.

    A look-alike is a letter of another alphabet inside a word. U+200C between letters
    of a joined script and U+200D anywhere are spelling, not a trap.

    >>> invisibles("Bel\u200bmark"), invisibles("Belm\u0430rk")
    ([('ZERO WIDTH SPACE', 'U+200B')], [('CYRILLIC SMALL LETTER A', 'U+0430')])
    """
    if s.isascii():
        return []
    found = _compiled(_INVISIBLE).findall(s) + _compiled(_STRAY_NON_JOINER).findall(s)
    for word in _compiled(_WORD).findall(s):
        found += _look_alikes(word)
    return _named(found)


def plain(s: str) -> str:
    r"""Write odd blanks as spaces and leave invisible characters out, to compare texts.

    >>> plain("Cedar\u00a0Front\u200b")
    'Cedar Front'
    """
    if s.isascii():
        return s
    return _compiled(_STRAY_NON_JOINER).sub(
        "", _compiled(_ZERO_WIDTH).sub("", _compiled(_SPACES).sub(" ", s))
    )


def safe_url(s: str) -> str | None:
    """Give back an address that may become a link, else None.

    Only http and https, with a host, without blanks, control characters or a user name
    in front of the host (which hides the real host from the reader).

    >>> safe_url("https://example.org/a?b=c"), safe_url("javascript:alert(1)")
    ('https://example.org/a?b=c', None)
    """
    url = s.strip(" ")
    if (
        _compiled(_URL).fullmatch(url) is None
        or clean_text(url) != url
        or visible(url) != url
    ):
        return None
    return url


def _look_alikes(word: str) -> list[str]:
    if word.isascii():
        return []
    alphabets = [(letter, _alphabet(letter)) for letter in word]
    counts = {
        name: sum(1 for _, other in alphabets if other == name) for name in _ALPHABETS
    }
    mixed = [name for name in _ALPHABETS if counts[name]]
    if len(mixed) < 2:
        return []
    home = "LATIN" if counts["LATIN"] else max(mixed, key=counts.__getitem__)
    return [letter for letter, name in alphabets if name in mixed and name != home]


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _named(found: list[str]) -> list[tuple[str, str]]:
    return [
        (_name(character), code_point(character)) for character in dict.fromkeys(found)
    ]


def _name(character: str) -> str:
    if character in _CONTROL_NAMES:
        return _CONTROL_NAMES[character]
    return unicodedata.name(character, "CONTROL CHARACTER")


_CONTROL_NAMES = {
    "\x00": "NULL",
    "\x07": "BELL",
    "\x08": "BACKSPACE",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
}


def count_of(number: int, word: str) -> str:
    """Put a number before a word, as in "1 row", "2,000 rows"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
