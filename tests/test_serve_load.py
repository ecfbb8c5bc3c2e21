"""The server under strain: many clients, hostile ones among them, and changing files."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest

from tests.serving import ENDLESS, ask, call, project, served
from whosays import load
from whosays.errors import OutsideError
from whosays.server import connection, generations, protocol
from whosays.store import prepared
from whosays.worker import Limits, pool

SMALL = "SELECT (COUNT(*) AS ?n) { ?s a ws:Statement }"
QUESTIONS = [
    SMALL,
    "SELECT ?s ?o { ?s denied:arms ?o } ORDER BY ?s ?o",
    "SELECT ?l { ?s skos:prefLabel ?l } ORDER BY ?l",
    "ASK { ?s said:fights ?o }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
]


@pytest.fixture
def path(tmp_path):
    return project(tmp_path)


def link(server):
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname, address.port), 200)


def engines(process: int) -> list[int]:
    """List the engines of a process that still run; other children of ours are spared."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if not folder.name.isdigit() or b"standing.py" not in command:
            continue
        if int(fields[1]) == process and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def row(passage: int) -> str:
    """Write a row of a table with all columns."""
    return f"belmark,arms,dun-brigade,strait-interview,affirms,,,p{passage}{',' * 12}\n"


def wait_for(condition, seconds=200):
    """Wait until something holds; that it never does is a failure."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it never came about")


def overdue(server):
    """Let the time of what runs be over, and the patience of what waits.

    A limit that runs out by itself would also end small ones where a machine is slow.
    """
    asked = server._pool
    with asked._lock:
        for ticket in asked._tickets():
            ticket.patience = 0.0
            if ticket.started:
                ticket.end("late")


LONG = Limits(seconds=1000)  # nothing reaches it by itself


def test_fifty_clients_at_once_get_exactly_what_the_library_gives(path):
    kg = load(path)
    expected = {
        (text, format): kg.answer(text, format).content
        for text in QUESTIONS
        for format in ("json", "csv", "xml", "tsv")
    }
    named = kg.answer("contested", "csv").content
    wrong: list[object] = []

    def honest(number):
        for turn in range(4):
            text = QUESTIONS[(number + turn) % len(QUESTIONS)]
            format = ("json", "csv", "xml", "tsv")[(number + turn) % 4]
            reply = ask(server, text, format=format)
            if (reply.status, reply.body) != (200, expected[text, format]):
                wrong.append((text, format, reply))
        if call(server, "/query/contested.csv").body != named:
            wrong.append("contested")

    def hostile(number):
        match number % 5:
            case 0:
                reply = ask(server, ENDLESS)
                if reply.status != 503:
                    wrong.append(reply)
            case 1:
                reply = ask(server, "SELECT * { SERVICE <http://127.0.0.1:9/> {} }")
                if reply.status != 400:
                    wrong.append(reply)
            case 2:
                with link(server) as one:
                    one.sendall(b"GET /sparql?query=ASK HTTP/1.1\r\nHost: local")
            case 3:
                with link(server) as one:
                    path = f"/sparql?query={quote(ENDLESS)}"
                    one.sendall(
                        f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
                    )
            case _:
                reply = ask(
                    server, "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }"
                )
                if reply.status not in (400, 414):
                    wrong.append(reply)

    with served(path, limits=LONG) as server, ThreadPoolExecutor(50) as clients:
        hostiles, honests = [], []
        for number in range(50):
            if number % 5 == 0:
                hostiles.append(clients.submit(hostile, number // 5))
            else:
                honests.append(clients.submit(honest, number))
        for one in honests:
            one.result()
        while wait(hostiles, 0.05).not_done:
            overdue(server)
        for one in hostiles:
            one.result()

    assert wrong == []


def test_a_small_question_is_answered_while_six_run_away(path):
    replies = []
    with served(path, limits=LONG) as server:
        runaways = [
            threading.Thread(target=lambda: replies.append(ask(server, ENDLESS)))
            for _ in range(6)
        ]
        for one in runaways:
            one.start()
        wait_for(lambda: len(engines(os.getpid())) >= 2)
        small = [ask(server, SMALL, format="csv").status for _ in range(3)]
        running = 6 - len(replies)
        for one in runaways:
            while one.is_alive():
                overdue(server)
                one.join(0.05)
        after = ask(server, SMALL, format="csv")
        wait_for(lambda: len(engines(os.getpid())) <= 4)

    assert small == [200, 200, 200]
    assert running == 6
    assert {reply.status for reply in replies} == {503}
    ended = [reply for reply in replies if "more than 1000 seconds" in reply.text]
    refused = [reply for reply in replies if "no place" in reply.text]
    assert ended
    assert len(ended) + len(refused) == 6
    assert not any("Retry-After" in reply.headers for reply in ended)
    assert all("Retry-After" in reply.headers for reply in refused)
    assert after.status == 200


def test_a_question_is_ended_at_its_time(path):
    with served(path, limits=Limits(seconds=1)) as server:
        reply = ask(server, ENDLESS)

    assert reply.status == 503
    assert "more than 1 seconds" in reply.text
    assert "Retry-After" not in reply.headers


def test_waiting_while_others_are_served_is_no_work(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(pool, "monotonic", lambda: now[0])
    waiting = pool._Ticket(lambda: False)
    full = pool.Pool(Limits(seconds=10), cores=2)
    full._running.update(pool._Ticket(lambda: False) for _ in range(4))
    with full._lock:
        full._line_up(waiting)

    now[0] += 59
    with full._lock:
        full._look_at(waiting)
    early = waiting.verdict
    now[0] += 2
    with full._lock:
        full._look_at(waiting)
    full.close()

    assert (early, waiting.verdict) == ("", "busy")


def test_long_texts_are_read_one_at_a_time(path, monkeypatch):
    together = threading.Barrier(2)

    def met(text, **more):
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait(0.2)
        return prepared(text, **more)

    monkeypatch.setattr(protocol, "prepared", met)
    long = SMALL + " # " + "x" * protocol._LONG_TEXT
    with served(path) as server, ThreadPoolExecutor(2) as clients:
        replies = list(clients.map(lambda text: ask(server, text), [long] * 2))

    assert [reply.status for reply in replies] == [200, 200]
    assert together.broken  # nobody came to whoever waited for company


def test_what_runs_away_leaves_a_place_for_what_takes_a_little_long():
    level = pool._Level
    busy = pool.Pool(Limits(seconds=10), cores=2)
    runaway, second, long = (pool._Ticket(lambda: False) for _ in range(3))
    runaway.level, second.level = level.LONGEST, level.LONG
    with busy._lock:
        busy._running.update((runaway, second))

        rooms = [
            busy._room(level.LONGEST, second),
            busy._room(level.LONG, second),
            busy._room(level.LONG, long),
            busy._room(level.SHORT, long),
        ]

        busy._running.clear()
    busy.close()

    assert rooms == [False, True, False, True]


def test_an_answer_of_too_many_rows_is_an_error_and_one_that_fits_is_whole(path):
    values = "VALUES ?x { " + " ".join(f'"}},{{ \\n \\" {n}"' for n in range(50)) + " }"
    fitting = f"SELECT ?x {{ {values} }}"
    more = f"SELECT ?x {{ {{ {values} }} UNION {{}} }}"
    formats = ("json", "csv", "xml", "tsv")
    with served(path, limits=LONG._replace(rows=50)) as server:
        fits = {format: ask(server, fitting, format=format) for format in formats}
        exceeds = {format: ask(server, more, format=format) for format in formats}
        graph = ask(server, "CONSTRUCT WHERE { ?s ?p ?o }", format="nt")
        part = ask(server, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 50", format="nt")

    assert {name: reply.status for name, reply in fits.items()} == dict.fromkeys(
        formats, 200
    )
    assert {name: reply.status for name, reply in exceeds.items()} == dict.fromkeys(
        formats, 503
    )
    assert all("more than 50 rows" in reply.text for reply in exceeds.values())
    assert graph.status == 503
    assert len(part.text.splitlines()) == 50


def test_an_answer_of_too_many_bytes_is_an_error(path):
    with served(path, limits=LONG._replace(output=100_000)) as server:
        reply = ask(server, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
        after = ask(server, SMALL)

    assert (reply.status, after.status) == (503, 200)
    assert "100,000 bytes" in reply.text


def test_a_query_of_a_client_that_left_is_ended(path):
    with served(path, limits=LONG) as server:
        asked = link(server)
        line = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        asked.sendall(line.encode())
        wait_for(lambda: busy(os.getpid()))
        asked.close()
        wait_for(lambda: not busy(os.getpid()))
        reply = ask(server, SMALL)

    assert reply.status == 200


def busy(process: int) -> bool:
    """Tell whether a child has used a second of its core."""
    for child in engines(process):
        try:
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") > 1:
            return True
    return False


def test_an_engine_that_dies_is_replaced(path):
    with served(path) as server:
        ask(server, SMALL)
        for child in engines(os.getpid()):
            os.kill(child, signal.SIGKILL)
        replies = [ask(server, SMALL) for _ in range(3)]

    assert {reply.status for reply in replies} == {200}


def test_a_slow_client_is_let_go_and_a_hasty_one_is_served(path, monkeypatch):
    monkeypatch.setattr(connection, "READ_SECONDS", 1.0)
    with served(path) as server, link(server) as slow:
        slow.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: ")
        received = None
        for _ in range(200):  # dripping does not help
            time.sleep(0.05)
            try:
                slow.sendall(b"l")
                slow.settimeout(0.001)
                received = slow.recv(1000)
            except TimeoutError:
                continue
            except OSError:
                received = b""
            break
        hasty = ask(server, SMALL)

    assert received == b""
    assert hasty.status == 200


def test_a_client_that_reads_nothing_holds_no_worker(path):
    # some megabytes: more than the system keeps for a reader
    text = "SELECT * { ?a ?b ?c . ?d skos:prefLabel ?f } LIMIT 30000"
    with served(path, limits=LONG) as server, link(server) as lazy:
        lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line = f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        lazy.sendall(line.encode())
        assert lazy.recv(12) == b"HTTP/1.1 200"
        replies = {ask(server, SMALL).status for _ in range(5)}

    assert replies == {200}


def test_too_many_connections_are_turned_away_and_later_ones_are_served(
    path, monkeypatch
):
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 3)
    with served(path) as server:
        held = [link(server) for _ in range(3)]
        wait_for(lambda: server._listener._free._value == 0)
        turned_away = call(server, "/sparql?query=ASK%7B%7D")
        for one in held:
            one.close()
        wait_for(lambda: server._listener._free._value == 3)
        later = call(server, "/sparql?query=ASK%7B%7D")

    assert turned_away.status == 503
    assert turned_away.headers["Retry-After"]
    assert later.status == 200


def test_changed_files_are_served_without_a_new_start(path):
    table = path / "statements" / "strait-interview.csv"
    notices: list[str] = []
    with served(path, notice=notices.append) as server:
        before = int(ask(server, SMALL, format="csv").text.split()[1])
        table.write_text(
            table.read_text("utf-8").rstrip("\n") + f"\n{row(30)}",
            "utf-8",
        )
        wait_for(lambda: notices)
        after = int(ask(server, SMALL, format="csv").text.split()[1])
        view = call(server, "/view")
        good = table.read_text("utf-8")
        table.write_text(good + row(31).replace("arms", "amrs"), "utf-8")
        wait_for(lambda: len(notices) >= 3)
        still = int(ask(server, SMALL, format="csv").text.split()[1])

    assert after == still == before + 1
    assert view.status == 200
    assert "cannot be served" in notices[1]
    assert "WS104" in notices[1]


def test_a_state_that_could_not_be_loaded_is_tried_again(path, monkeypatch):
    table = path / "statements" / "strait-interview.csv"
    failures = [OutsideError("the disk is full"), OutsideError("the disk is full")]
    monkeypatch.setattr(generations, "_PAUSE", 0.01)
    notices: list[str] = []

    def loaded(folder):
        if failures:
            raise failures.pop()
        return load(folder)

    with served(path, notice=notices.append) as server:
        before = int(ask(server, SMALL, format="csv").text.split()[1])
        monkeypatch.setattr(generations, "load", loaded)
        table.write_text(table.read_text("utf-8").rstrip("\n") + f"\n{row(30)}")
        wait_for(lambda: len(notices) == 3)
        after = int(ask(server, SMALL, format="csv").text.split()[1])

    assert after == before + 1
    assert not failures
    assert ["disk is full" in one for one in notices] == [True, False, False]


def test_readers_are_never_blocked_by_changes(path):
    table = path / "statements" / "strait-interview.csv"
    text = table.read_text("utf-8")
    ended = threading.Event()
    replies = []

    def read():
        while not ended.is_set():
            replies.append(ask(server, SMALL, format="csv"))

    def reached(count):
        last = replies[-1:]
        return any(
            one.status == 200 and int(one.text.split()[1]) == count for one in last
        )

    with served(path) as server:
        before = int(ask(server, SMALL, format="csv").text.split()[1])
        readers = [threading.Thread(target=read) for _ in range(4)]
        for one in readers:
            one.start()
        try:
            wait_for(lambda: reached(before))
            for number in range(3):
                text += row(30 + number)
                table.write_text(text, "utf-8")
                load(path)
            wait_for(lambda: reached(before + 3))
        finally:
            ended.set()
            for one in readers:
                one.join()

    assert {reply.status for reply in replies} == {200}
    counts = [int(reply.text.split()[1]) for reply in replies]
    assert {min(counts), max(counts)} == {before, before + 3}


def test_a_project_on_a_read_only_disk_is_served(path):
    shutil.rmtree(path / "build")
    for folder, _, _ in os.walk(path, topdown=False):
        os.chmod(folder, 0o555)
    if os.access(path, os.W_OK):
        pytest.skip("the user may write everywhere")

    with served(path) as server:
        reply = ask(server, SMALL)

    assert reply.status == 200


# --- as a command


def started(path, *arguments):
    command = [sys.executable, "-m", "whosays", "serve", "-p", str(path), *arguments]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    return process, process.stdout.readline().split()[0]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
def test_a_signal_ends_it_and_its_children_while_a_query_runs(path, number, code):
    process, url = started(path, "--port", "0", "--timeout", "100")
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port)) as one:
        line = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        one.sendall(line.encode())
        wait_for(lambda: busy(process.pid))
        workers = engines(process.pid)
        process.send_signal(number)
        _, messages = process.communicate(timeout=200)

    assert process.returncode == code
    assert workers
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert "Traceback" not in messages


def test_children_do_not_outlive_a_server_that_was_killed(path):
    process, url = started(path, "--port", "0")
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port)) as one:
        line = f"/sparql?{urlencode({'query': SMALL})}"
        one.sendall(f"GET {line} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        one.recv(1000)
    workers = engines(process.pid)

    process.kill()
    process.communicate(timeout=200)

    assert workers
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def test_a_port_in_use_is_told_in_a_line(path):
    process, url = started(path, "--port", "0")
    port = str(urlsplit(url).port)
    command = [
        sys.executable,
        "-m",
        "whosays",
        "serve",
        "-p",
        str(path),
        "--port",
        port,
    ]

    second = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=200
    )
    process.terminate()
    process.communicate(timeout=200)

    assert second.returncode == 3
    assert f"port {port} of 127.0.0.1 is in use" in second.stderr
    assert f"--port {int(port) + 1}" in second.stderr
    assert "WS905" in second.stderr


def test_requests_are_noted_only_when_asked_and_without_their_questions(path):
    process, url = started(path, "--port", "0", "-v")
    with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port)) as one:
        line = "/sparql?query=ASK%7B%22secret%22%7D"
        one.sendall(f"GET {line} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        one.recv(1000)
        # A line is written when all of the answer is sent; others come before it.
        noted = next((line for line in process.stderr if "sparql" in line), "")
    process.terminate()
    _, messages = process.communicate(timeout=200)

    assert "GET /sparql 400" in noted
    assert "secret" not in noted + messages


def test_two_builds_by_others_between_two_looks_do_no_harm(path):
    table = path / "statements" / "strait-interview.csv"
    text = table.read_text("utf-8").rstrip("\n") + "\n"
    with served(path) as server:
        before = int(ask(server, SMALL, format="csv").text.split()[1])
        for child in engines(os.getpid()):
            os.kill(child, signal.SIGKILL)  # so that the store is opened anew
        for number in range(3):
            text += row(40 + number)
            table.write_text(text, "utf-8")
            load(path)
        reply = ask(server, SMALL, format="csv")

    assert reply.status == 200
    assert before <= int(reply.text.split()[1]) <= before + 3
