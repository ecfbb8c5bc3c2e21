"""Comparing what is too long to be printed when it differs."""

from __future__ import annotations

import hashlib


def digest(content: str | bytes) -> str:
    """Give the SHA-256 of a text or of bytes."""
    raw = (
        content.encode("utf-8", "surrogatepass")
        if isinstance(content, str)
        else content
    )
    return hashlib.sha256(raw).hexdigest()
