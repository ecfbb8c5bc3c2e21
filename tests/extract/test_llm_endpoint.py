"""A model's endpoint that misbehaves: bounded, told, and the key stays where it is."""

from __future__ import annotations

import base64
import json
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.extract.model_server import chat, model, said
from tests.sparql_server import Handler, Stranger, dropped_before, status, text
from whosays.cli.main import main
from whosays.errors import LimitReached, OutsideError, UsageError
from whosays.extract.llm import endpoint, refusals
from whosays.extract.llm.endpoint import BadAnswer, Chat, Endpoint, Limits
from whosays.extract.llm.refusals import Refusal
from whosays.extract.records import read_candidates
from whosays.extract.running import registry_of
from whosays.extract.setup import extractor
from whosays.project import read

KEY = "sk-s3cret/of+mine=="
ITEM = {
    "subject": "belmark",
    "subject_text": "Belmark",
    "relation": "attacks",
    "object": "aldoria",
    "object_text": "us",
    "cue": "attacked",
    "stance": "affirms",
    "modality": "asserted",
    "speaker_text": None,
    "quote": "Belmark attacked us.",
}


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    for name in (endpoint.URL, endpoint.MODEL, endpoint.KEY):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server():
    with model() as running:
        running.says = []
        yield running


@pytest.fixture
def key(monkeypatch) -> str:
    monkeypatch.setenv(endpoint.KEY, KEY)
    return KEY


def asked(server: Stranger, **limits: Any) -> str:
    pauses: list[float] = []
    chat_ = Chat(Endpoint(server.url("/v1"), "small"), Limits(**limits), pauses.append)
    try:
        return chat_.ask({"model": "small", "messages": []}, ("temperature",), 10)
    finally:
        server.pauses = pauses  # type: ignore[attr-defined]


def call(project: Path, server: Stranger, *more: str) -> list[str]:
    return [
        *("extract", str(project / "texts" / "vale.txt"), "-p", str(project)),
        *(
            "--with",
            "llm",
            "--endpoint",
            server.url("/v1"),
            "--endpoint-model",
            "small",
        ),
        *more,
    ]


def hangs(handler: Handler) -> bool:
    """Say nothing until the client has gone."""
    handler.rfile.read(1)
    return handler.hang_up()


def drips(handler: Handler) -> bool:
    """Send a byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    gone = threading.Event()
    while not gone.wait(0.02):
        try:
            handler.wfile.write(b" ")
        except OSError:
            gone.set()
    return True


def cut(handler: Handler) -> bool:
    """Announce more than comes."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    return handler.hang_up()


def endless(handler: Handler) -> bool:
    """Send without an end."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * 65_536)
    except OSError:
        return True


def page(handler: Handler) -> bool:
    """Send a page of HTML with 200."""
    handler.reply(200, b"<html><h1>Welcome</h1></html>", "text/html")
    return True


@pytest.mark.parametrize("fault", [hangs, drips])
def test_an_endpoint_that_does_not_come_to_an_end_is_left(server, fault: Any):
    server.faults = [fault]

    with pytest.raises(LimitReached, match="took too long") as caught:
        asked(server, seconds=0.5)

    assert caught.value.exit_code == 3


FAULTS: dict[str, tuple[Any, str]] = {
    "endless": (endless, "sends more than 100,000 bytes"),
    "page": (page, "is no chat endpoint: its reply (text/html) is no JSON"),
    "list": (text(b"[]"), "its reply holds no choices"),
    "empty": (text(b'{"choices": []}'), "its reply holds no choices"),
    "shape": (text(b'{"choices": [{"message": 1}]}'), "its reply holds no choices"),
    "garbled": (text(b'{"choices"' * 9_000), "is no JSON"),
    "nested": (text(b"[" * 90_000), "is no JSON"),
    "bytes": (text(b"\xff\xfe"), "is no JSON"),
    "packed": (text(chat("{}"), Content_Encoding="gzip"), "packs its reply"),
    "found": (status(302, Location="http://127.0.0.1:9/x"), "sends elsewhere"),
    "moved": (status(307, Location="http://127.0.0.1:9/x"), "sends elsewhere"),
    "stranger": (status(401), "asks for a key"),
    "basic": (status(401, WWW_Authenticate="Basic realm=x"), "asks for a key"),
    "forbidden": (status(403), "asks for a key"),
    "missing": (status(404), "answered 404"),
    "large": (status(413), "answered 413"),
}


@pytest.mark.parametrize(("fault", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_an_endpoint_is_told_and_not_repeated(server, fault: Any, told: str):
    server.faults = [fault]

    with pytest.raises(OutsideError) as caught:
        asked(server, most=100_000)

    assert told in caught.value.message
    assert caught.value.exit_code == 3
    assert len(server.seen) == 1


@pytest.mark.parametrize("number", [429, 500, 502, 503, 504, 529])
def test_a_busy_server_is_asked_again_five_times_at_most(server, number: int):
    server.faults = [status(number, Retry_After="2")] * 9

    with pytest.raises(OutsideError, match=f"answered {number}"):
        asked(server)

    assert len(server.seen) == 5
    assert server.pauses == [2.0, 2.0, 2.0, 4.0]


def test_a_wait_that_a_server_wishes_is_bounded(server):
    server.says = "{}"
    server.faults = [
        status(429, Retry_After="999999"),
        status(429, Retry_After="Wed, 21 Oct 2099 07:28:00 GMT"),
        dropped_before,
        cut,
    ]

    assert asked(server) == "{}"
    assert server.pauses == [30.0, 1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (said("{}", "length"), refusals.CUT),
        (said(None), refusals.NO_TEXT),
        (said("  "), refusals.NO_TEXT),
        (said({"text": "x"}), refusals.NO_TEXT),
    ],
    ids=["cut", "nothing", "blank", "object"],
)
def test_a_model_that_says_nothing_is_no_fault_of_the_server(
    server, fault: Any, reason: str
):
    server.faults = [fault]

    with pytest.raises(BadAnswer) as caught:
        asked(server)

    assert caught.value.reason == reason


def test_an_answer_in_pieces_is_put_together(server):
    server.faults = [said([{"type": "text", "text": "{"}, {"text": "}"}, 7])]

    assert asked(server) == "{}"


def test_what_a_server_does_not_know_is_left_out_from_then_on(server):
    server.faults = [status(400)]
    server.says = "{}"
    chat_ = Chat(Endpoint(server.url("/v1"), "small"))

    for _ in range(2):
        chat_.ask({"model": "small", "temperature": 0}, ("temperature",), 10)

    sent = [json.loads(body) for _, _, _, body in server.seen]
    assert ["temperature" in one for one in sent] == [True, False, False]


def test_time_and_tokens_of_a_run_are_bounded(server):
    server.says = "{}"
    server.faults = [status(503)] * 9

    with pytest.raises(LimitReached, match="budget of 25 tokens is used up"):
        asked(server, tokens=25)
    assert len(server.seen) == 2
    with pytest.raises(LimitReached, match="seconds in all"):
        asked(server, total=-1.0)


@pytest.mark.parametrize(
    ("given", "name", "told"),
    [
        ("", "small", "no endpoint of a language model is named"),
        ("ftp://example.org", "small", "no address of a server"),
        ("https://u:p@example.org/v1", "small", "holds no credentials"),
        ("https://example.org/v1", "", "no language model is named"),
        ("https://example.org/v1", "a\nb", "no language model is named"),
        ("http://example.org/v1", "small", "would travel readable"),
        (f"https://example.org/v1?k={quote(KEY, safe='')}", "small", "the key stands"),
        ("https://example.org/v1", KEY, "the key stands"),
    ],
)
def test_an_endpoint_that_cannot_be_asked_safely_is_refused(
    key: str, given: str, name: str, told: str
):
    with pytest.raises(UsageError, match=told) as caught:
        Endpoint(given, name)

    assert key not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("https://example.org/v1", "https://example.org/v1/chat/completions"),
        ("https://example.org/v1/", "https://example.org/v1/chat/completions"),
        ("https://example.org:8443", "https://example.org:8443/chat/completions"),
        (
            "https://example.org/a/chat/completions?api-version=1",
            "https://example.org/a/chat/completions?api-version=1",
        ),
    ],
)
def test_an_address_leads_to_chat_completions(url: str, where: str):
    assert Endpoint(url, "small").url == where


def test_a_key_that_cannot_stand_in_a_header_is_refused_unshown(monkeypatch):
    monkeypatch.setenv(endpoint.KEY, "sk-s3cret\r\nX: y")

    with pytest.raises(UsageError) as caught:
        Endpoint("https://example.org", "small")

    assert "s3cret" not in str(caught.value)


def tells(number: int, key: str) -> Any:
    """Answer with a status and the key in its words."""

    def fault(handler: Handler) -> bool:
        body = json.dumps({"error": {"message": f"bad key {key}"}}).encode()
        handler.reply(number, body, "application/json")
        return True

    return fault


def echoed(key: str) -> dict[str, Any]:
    escaped = "".join(f"\\u{ord(char):04x}" for char in key)
    return {
        "redirect": status(302, Location=f"http://127.0.0.1:9/{key}"),
        "quoted": status(302, Location=f"http://127.0.0.1:9/{quote(key, safe='')}"),
        "unknown": tells(404, key),
        "challenge": status(401, WWW_Authenticate=f'Bearer realm="{key}"'),
        "type": text(b"<html>", key),
        "words": said(f"your key is {key}"),
        "item": said(json.dumps({"statements": [ITEM | {"cue": key}]})),
        "field": said(json.dumps({"statements": [ITEM | {key: 1}]})),
        "escaped": said(f'{{"statements": [{{"{escaped}": 1}}]}}'),
        "doubled": said(f'{{"{key}": 1, "{key}": 2}}'),
    }


@pytest.mark.parametrize("name", sorted(echoed("")))
def test_the_key_is_in_no_message_and_no_file(
    project: Path, server, key: str, capfd, name: str
):
    server.faults = [echoed(key)[name]]

    main(call(project, server, "-v"))

    out, err = capfd.readouterr()
    files = [one for one in project.rglob("*") if one.is_file()]
    seen = "\n".join([out, err, *(one.read_text("utf-8") for one in files)])
    assert server.seen, err
    _, path, headers, body = server.seen[0]
    assert headers["Authorization"] == f"Bearer {key}"
    assert key not in body.decode() + path
    for form in (key, quote(key, safe=""), base64.b64encode(key.encode()).decode()):
        assert form not in seen


def test_a_run_keeps_candidates_refusals_and_who_was_asked(
    project: Path, server, key: str, capfd
):
    server.says = [ITEM, ITEM | {"quote": "Belmark attacked them."}, "noise"]

    code = main(call(project, server))

    folder = project / "build" / "candidates"
    found = list(read_candidates(folder / "vale-interview.jsonl"))
    lines = (folder / "vale-interview.refused.jsonl").read_text("utf-8").splitlines()
    run = json.loads((folder / "vale-interview.run.json").read_text("utf-8"))
    out, err = capfd.readouterr()
    assert code == 0
    assert [one.proposers for one in found if one.tier == "A"] == [("lexical", "llm")]
    assert sorted(json.loads(line)["reason"] for line in lines) == sorted(
        [refusals.NO_OBJECT, refusals.QUOTE]
    )
    assert "2 refused" in out
    assert "127.0.0.1" in err
    assert "with the key of WHOSAYS_LLM_KEY: 1 request with" in " ".join(err.split())
    assert run["llm"]["model"] == "small"
    assert (run["llm"]["taken"], run["llm"]["refused"]) == (1, 2)


def test_a_second_run_asks_nothing_and_gives_the_same_bytes(project: Path, server):
    server.says = [ITEM]
    target = project / "build" / "candidates" / "vale-interview.jsonl"

    main(call(project, server))
    first, asked_once = target.read_bytes(), len(server.seen)
    server.says = []
    main(call(project, server))
    again = target.read_bytes()
    main(call(project, server, "--fresh"))

    assert (first == again, asked_once, len(server.seen)) == (True, 1, 2)
    assert target.read_bytes() != first


def test_a_damaged_answer_of_a_former_run_is_asked_for_again(project: Path, server):
    main(call(project, server))
    (kept,) = (project / "build" / "llm").glob("*.json")
    kept.write_text(kept.read_text("utf-8").replace("statements", "statement"), "utf-8")

    main(call(project, server))

    assert len(server.seen) == 2


def test_an_answer_that_cannot_be_read_is_told_and_asked_for_again(
    project: Path, server, capfd
):
    server.says = "I found nothing."

    codes = [main(call(project, server)) for _ in range(2)]

    (line,) = (
        (project / "build" / "candidates" / "vale-interview.refused.jsonl")
        .read_text("utf-8")
        .splitlines()
    )
    assert codes == [0, 0]
    assert len(server.seen) == 2
    assert json.loads(line)["reason"] == refusals.NO_JSON
    assert "the answer is no JSON" in capfd.readouterr().err


def test_a_dry_run_tells_the_cost_and_sends_nothing(project: Path, server, capfd):
    code = main(call(project, server, "--dry-run"))

    out = capfd.readouterr().out
    assert code == 0
    assert "1 request with" in out
    assert "without a key" in out
    assert server.seen == []
    assert not (project / "build" / "candidates").exists()


def test_what_is_over_the_budget_is_not_sent(project: Path, server, capfd):
    code = main(call(project, server, "--budget", "100"))

    assert code == 2
    assert "more than the budget of 100 tokens" in " ".join(
        capfd.readouterr().err.split()
    )
    assert server.seen == []


def test_finished_parts_are_kept_when_the_endpoint_fails(project: Path, server, capfd):
    long = "Belmark attacked Aldoria.\n" * 400
    (project / "texts" / "vale.txt").write_text(long, "utf-8")
    calls = call(project, server)
    server.faults = [lambda handler: False, status(404)]

    failed = main(calls)
    err = " ".join(capfd.readouterr().err.split())
    seen = len(server.seen)
    done = main(calls)

    assert (failed, done) == (3, 0)
    assert "1 parts of this text were answered and are kept" in err
    assert seen == 2
    assert not (project / "build" / "candidates" / "old").exists()
    bodies = [body for _, _, _, body in server.seen]
    assert bodies[0] not in bodies[1:]
    assert bodies.count(bodies[1]) == 2


def test_labels_in_another_order_are_asked_for_and_compared(
    project: Path, server, capfd
):
    server.says = [ITEM]

    code = main(call(project, server, "--shuffle-labels"))

    assert code == 0
    assert "0 of 1 readings change" in capfd.readouterr().out
    first, second = (
        json.loads(json.loads(body)["messages"][1]["content"])
        for _, _, _, body in server.seen
    )
    assert first["relations"] != second["relations"]
    assert first["text"] == second["text"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--with", "llm"], "no endpoint of a language model is named"),
        (["--endpoint", "http://localhost:9"], "Add --with llm"),
        (["--dry-run"], "Add --with llm"),
    ],
)
def test_a_model_is_asked_only_when_named_and_given_an_endpoint(
    project: Path, capfd, options: list[str], told: str
):
    file = str(project / "texts" / "vale.txt")

    code = main(["extract", file, "-p", str(project), *options])

    assert code == 2
    assert told in " ".join(capfd.readouterr().err.split())


def test_no_other_credentials_are_sent(server, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ENDPOINT_TOKEN", "of-another-server")
    server.says = "{}"

    asked(server)

    assert "Authorization" not in server.seen[0][2]


def test_the_variable_of_the_key_is_named_in_the_settings(
    project: Path, server, monkeypatch, capfd
):
    settings = project / "whosays.toml"
    settings.write_text(
        settings.read_text("utf-8") + '[llm]\nkey = "HARBOUR_KEY"\n', "utf-8"
    )
    monkeypatch.setenv("HARBOUR_KEY", "of-the-harbour")
    monkeypatch.setenv(endpoint.KEY, KEY)

    main(call(project, server))

    assert server.seen[0][2]["Authorization"] == "Bearer of-the-harbour"
    assert "with the key of HARBOUR_KEY" in " ".join(capfd.readouterr().err.split())


def test_a_model_needs_a_way_to_it_from_python_too(project: Path):
    registry = registry_of(read(project).collection)

    with pytest.raises(UsageError, match="needs an endpoint"):
        extractor(registry, named=["llm"])


def test_a_list_of_refusals_does_not_outlive_its_run(project: Path, server):
    server.says = ["noise"]
    main(call(project, server))
    kept = project / "build" / "candidates" / "vale-interview.refused.jsonl"
    before = kept.read_bytes()

    main(call(project, server)[:-6])

    assert before
    assert kept.read_bytes() == b""
    assert Refusal(proposer="llm", reason=refusals.QUOTE).line().startswith("{")
