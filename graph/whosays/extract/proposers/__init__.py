"""The proposers: each finds statements in its own way and sees no other's output."""
