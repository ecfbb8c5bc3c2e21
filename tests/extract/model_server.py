"""A model's endpoint on this computer: it answers what a test wants, or misbehaves."""

from __future__ import annotations

import json
from typing import Any

from tests.sparql_server import Fault, Handler, Stranger, stranger

PATH = "/v1/chat/completions"


def chat(content: Any, finish: str = "stop") -> bytes:
    """Wrap what a model says as a reply of an endpoint."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return json.dumps({"object": "chat.completion", "choices": [choice]}).encode()


class Chat(Handler):
    """Answers with ``server.says``: items, or the words of an answer."""

    server: Stranger

    def answer(self) -> None:
        says = getattr(self.server, "says", [])
        content = says if isinstance(says, str) else json.dumps({"statements": says})
        self.reply(200, chat(content), "application/json")


def model():
    """Run the endpoint in a thread."""
    return stranger(Chat)


def said(content: Any, finish: str = "stop") -> Fault:
    """Let a model say this, once."""

    def fault(handler: Handler) -> bool:
        handler.reply(200, chat(content, finish), "application/json")
        return True

    return fault


def given(body: bytes) -> dict[str, Any]:
    """Read what a model was given: actors, relations, text."""
    found = json.loads(json.loads(body)["messages"][1]["content"])
    assert isinstance(found, dict)
    return found
