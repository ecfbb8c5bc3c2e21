"""Texts in, grounded candidates out; a person decides.

A *candidate* is a proposed statement tied to an exact span of a stored text. Nothing
here writes curated data. Records, selectors and merge import no spaCy; only mentions,
the two rule proposers and the spaCy components do.
"""
