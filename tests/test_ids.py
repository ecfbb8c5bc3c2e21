"""Ids are permanent: what somebody has cited must stay what it is."""

import base64
import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import ids


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text())
def test_a_digest_is_the_head_of_the_base32_of_sha256(text):
    raw = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

    assert ids.digest(text) == base64.b32encode(raw).decode("ascii").lower()[:12]


def test_the_published_examples_keep_their_ids():
    found = ids.statement_id(
        "aldoria",
        "arms",
        "cedar-front",
        "strait-interview",
        "denies",
        ["aldorian-minister"],
        "actual",
        "p4",
        "",
    )

    assert found == "6sft7lreygvc"
