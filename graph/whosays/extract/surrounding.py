"""What stands around a word that may be a verb: a phrase, a plural, another verb."""

from __future__ import annotations

from collections.abc import Sequence

from whosays.extract.lexicon import Lexicon
from whosays.extract.words import Word

_QUANTIFIERS = frozenset({"few", "many", "most", "some", "all", "others", "both"})
_OPENERS = frozenset({"DT", "PA", "PS", "POS", "PN"})
_SINGULAR_ENDINGS = ("ss", "us", "is")
_CLAUSAL = frozenset({"DT", "PA", "PS", "PN", "PR", "MD", "BE", "HV", "DO"})
_PLURALS = frozenset({"people", "men", "women", "police", "forces", "gunmen"})


def starts_phrase(after: Word | None) -> bool:
    """Tell whether a phrase of nouns begins here, as an object does."""
    return after is not None and (
        after.tag in ("DT", "PS", "PN", "PA", "PP", "PR", "CD", "JJ")
        or (after.tag in ("NN", "SC") and after.low != "than")
        or (after.tag == "V?" and "b" not in after.forms and "g" not in after.forms)
    )


def rather_noun(
    word: Word, before: Word | None, after: Word | None, lexicon: Lexicon
) -> bool:
    """Tell "the armed group" from "armed the group", "ground troops", "shipping"."""
    if word.low == "war" and before is not None and before.low == "to":
        return True  # "closer to war with Belmark"
    if word.low == "ground":  # "air strikes and ground troops"
        return after is not None and after.tag == "NN"
    if word.low == "shipping":  # "attacks on Corvian shipping"
        return not starts_phrase(after)
    return (
        word.low == "armed"
        and after is not None
        and lexicon.singulars.get(after.low, after.low) in lexicon.classes["armed"]
        and (before is None or before.tag not in ("HV", "BE"))
    )


def acts(index: int, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell a noun before its verb, "regime forces bombed", from "Aldoria forces".

    What is only a past form ("withdrew") settles it; what may be an adjective too
    ("besieged") does by what stands behind it.
    """
    word = words[index]
    singular = lexicon.singulars.get(word.low)
    if not index or "s" not in word.forms or singular is None:
        return False
    if related(index, words, lexicon):
        return False
    right = words[index + 1 : index + 3]
    if words[index - 1].tag not in ("PN", "PA", "PP", "NN") or not right:
        return False
    after = right[0]
    if after.tag != "V?" or "d" not in after.forms or after.low in lexicon.singulars:
        return False
    if "n" not in after.forms or len(right) == 1:
        return True
    if right[1].tag in ("NN", "JJ", "V?"):
        return any(row["kind"] == "side" for row in lexicon.heads.get(singular, ()))
    return right[1].tag not in ("CC", "POS")


def related(index: int, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether a clause of two words tells of a noun: "which Aldoria funds,"."""
    if index < 3 or words[index - 1].tag != "PN" or index + 1 == len(words):
        return False
    if words[index + 1].tag == "V?":
        return False  # "that Aldoria forces attacked"
    opener, before = words[index - 2], words[index - 3]
    singular = lexicon.singulars.get(words[index].low, "")
    if any(row["kind"] == "side" for row in lexicon.heads.get(singular, ())):
        return False  # "the day that Aldoria forces"
    if opener.low == "that":
        noun = lexicon.singulars.get(before.low, before.low)
        return before.tag == "NN" and noun not in lexicon.contents
    return opener.low in ("which", "whom") and before.tag in ("CM", "CC", "NN", "PN")


def takes_object(after: Word | None, left: Sequence[Word]) -> bool:
    """Tell whether an object follows; "air strikes that" go on as a noun."""
    if after is not None and after.low == "that" and finite(left):
        return False
    if after is not None and after.low in ("early", "late"):
        return False  # "air strikes early on Friday"
    return starts_phrase(after)


def awaited(left: Sequence[Word]) -> bool:
    """Tell whether "did" or "will" waits for its verb: "Did Aldoria attack"."""
    for at in range(len(left) - 1, max(len(left) - 11, -1), -1):
        word = left[at]
        if word.tag in ("DO", "MD"):
            return True
        if word.low == "that" and {"demand", "insist", "urge"} & set(
            left[at - 1].lemmas if at else ()
        ):
            return True  # "demanded that the Front stop"
        if word.tag == "VB" and {"let", "help"} & set(word.lemmas):
            return True  # "let the Front cross"
        if word.tag in ("VB", "SM", "FS", "SC", "BE", "HV"):
            return False
    return False


def plural_left(before: Word, left: Sequence[Word]) -> bool:
    """Tell whether what stands before is several: its verb has no s."""
    if before.tag == "PR":
        return before.low in ("they", "we", "you", "i", "who", "others")
    if before.tag == "PP":
        return True
    if before.tag == "NN" and _several(before.low):
        return True
    if before.low in _PLURALS or (
        before.tag == "PN" and before.low.endswith("s") and not before.text.isupper()
    ):
        return True
    modified = False  # "leaders of the Front accuse"
    for word in reversed(left[-8:]):
        if word.tag == "CC" and word.low in ("and", "or", "nor", "as"):
            return True
        if word.tag == "IN" and word.low in ("of", "from", "in"):
            modified = True
        elif modified and word.tag == "NN":
            return _several(word.low) or word.low in _PLURALS
        elif word.tag in ("VB", "SM", "SC", "IN", "CM"):
            return False
    return False


def _several(low: str) -> bool:
    """Tell a plural from "gas", "press", "crisis", "census"."""
    return low.endswith("s") and low != "gas" and not low.endswith(_SINGULAR_ENDINGS)


def finite_later(right: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether a clause may have its verb further on."""
    previous = ""
    for word in right:
        if previous != "TO" and word.tag in ("MD", "BE", "HV", "DO", "VB"):
            return True
        if previous == "TO" and word.tag in ("HV", "BE"):
            continue
        previous = word.tag
        if (
            word.tag == "V?"
            and set(word.forms) & {"d", "s"}
            and (word.low not in lexicon.singulars)
        ):
            return True
        if word.tag in ("SM", "FS"):
            return False
    return False


def finite(left: Sequence[Word]) -> bool:
    """Tell whether the clause has had its verb."""
    for word in reversed(left):
        if word.tag in ("MD", "BE", "HV", "DO") or (
            word.tag == "VB" and not word.low.endswith("ing")
        ):
            return True
        if word.tag in ("CM", "SM", "SC"):
            return False
    return False


def listed(index: int, words: Sequence[Word]) -> bool:
    """Tell whether verbs share an object: "arms, trains and pays the Front"."""
    forms = set(words[index].forms)
    at = index + 1
    joined = False
    while at + 1 < len(words) and words[at].tag in ("CM", "CC"):
        joined |= words[at].tag == "CC"
        at += 1 + (words[at].tag == "CM" and words[at + 1].tag == "CC")
        if at >= len(words) or not forms & set(words[at].forms):
            return False
        at += 1
    return joined and at < len(words) and starts_phrase(words[at])


def funded(word: Word, after: Word, lexicon: Lexicon) -> bool:
    """Tell the noun of "cut funding for" from the verb of "kept fighting for"."""
    return after.low in ("of", "for") and any(
        row["relation"] in ("funds", "supports", "arms", "defends")
        or (after.low == "of" and row["relation"] == "attacks")
        for row in lexicon.nouns.get(word.low, ())
    )


def stands_alone(index: int, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether an adjective is a noun: "the military launched", "its military"."""
    if words[index].low not in lexicon.heads or not index:
        return False
    before = words[index - 1]
    if before.low in ("a", "an") or before.tag not in _OPENERS:
        return False
    after = words[index + 1 : index + 3]
    if not after:
        return True
    if after[0].tag == "V?":
        only = after[0].low not in lexicon.singulars
        return bool(set(after[0].forms) & {"d", "s"}) and only
    if after[0].tag in ("CC", "CM") and after[1:]:
        told = after[0].tag == "CM" and after[1].tag in ("RB", "WD", "IN")
        return told or after[1].tag in _CLAUSAL
    return after[0].tag in ("MD", "BE", "HV", "DO", "IN", "TO", "FS", "POS", "WD", "RB")


def has_verb(after: Word | None) -> bool:
    """Tell whether a finite verb follows."""
    return after is not None and (
        after.tag in ("HV", "BE", "MD")
        or (after.tag == "V?" and bool({"d", "s"} & set(after.forms)))
    )


def speaker_behind(after: Word | None, word: Word) -> bool:
    """Tell whether who speaks stands behind the verb; a base form asks for several."""
    if after is None or after.tag not in ("NN", "PN", "PP", "DT", "PA"):
        return False
    return word.low.endswith(("s", "d")) or (
        after.low.endswith("s") and after.tag in ("NN", "PP")
    )


def behind_modifier(
    before: Word, after: Word | None, forms: set[str], noun: bool
) -> bool:
    """After an adjective or article a verb is rare: "that supported", "few believe"."""
    if before.low in _QUANTIFIERS and "b" in forms and not noun:
        return starts_phrase(after)
    if before.low in ("these", "those") and after is not None and after.tag == "NN":
        return False  # "these repeated denials"
    if before.tag in ("DT", "JJ", "CD") and before.low in (
        "this",
        "that",
        "these",
        "those",
        "some",
        "both",
        "others",
        "all",
        "ready",
        "able",
        "unable",
        "many",
        "most",
    ):
        return (
            bool(forms & {"d", "s", "g"})
            and "b" not in forms
            and (starts_phrase(after))
        )
    return False


def compounded(word: Word, after: Word, lexicon: Lexicon) -> bool:
    """Tell whether two words are one noun of the tables: "arms supplier"."""
    both = f"{word.low} {after.low}"
    return both in lexicon.predicates or both in lexicon.heads


def rather_listed(
    word: Word, after: Word, left: Sequence[Word], lexicon: Lexicon
) -> bool:
    """Tell a noun behind a comma: "…, witnesses said", "rifles, training and money"."""
    if lexicon.speaks(after.lemmas):
        return True
    if after.tag == "SC" and not lexicon.speaks(word.lemmas):
        return "d" not in word.forms  # "A and B, allies since the war, fell out"
    listed = after.tag in ("CC", "CM") and len(left) > 1 and left[-2].tag == "NN"
    return listed and word.low in lexicon.themes and "g" in word.forms


def clause_ends(before: Word, after: Word, left: Sequence[Word]) -> bool:
    """Tell "Aldoria watches." and "a group Aldoria funds, has" from a name's noun."""
    if before.tag != "PN" or after.tag not in ("FS", "CM"):
        return False
    if len(left) == 1:
        return after.tag == "FS"
    tags = [word.tag for word in left[-3:-1]]
    return tags == ["DT", "NN"] and left[-2].low not in ("regime", "government")


def behind_conjunction(
    word: Word,
    after: Word | None,
    forms: set[str],
    noun: bool,
    left: Sequence[Word],
) -> bool:
    """After "and" a word is what its fellow before was."""
    for other in reversed(left[:-1]):
        if other.tag == "VB":
            shared = set(other.forms) & forms
            if not shared:
                continue
            alike = len(left) > 1 and left[-2].tag == "NN" and left[-2].low[-1:] == "s"
            on = after is not None and after.tag in ("IN", "TO", "SC") and not alike
            return (
                not noun
                or starts_phrase(after)
                or "g" in shared
                or ("s" in shared and on)
            )
        if other.tag in ("SM", "FS"):
            break
    return bool(forms & {"d"}) and not noun
