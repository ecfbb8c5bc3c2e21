"""A language model as a further opinion, asked at an endpoint that the user named.

What it answers is material to judge: each item has to be found in the text that was
sent, with words of the text for everything that it says, or it is refused and kept
apart with the reason. Nothing that it says is accepted without a person.
"""

NAME = "llm"
"""What the proposer is called where extractors are named."""
