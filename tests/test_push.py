"""A project on a server: the same data at the end, whatever happens on the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.serving import project, served
from tests.sparql_server import (
    dropped_after,
    dropped_before,
    fine,
    half_done,
    lied,
    status,
    stranger,
)
from whosays import load
from whosays.cli.main import main
from whosays.errors import OutsideError, UsageError
from whosays.push import push
from whosays.push.graphs import bundled, parted
from whosays.remote import Remote

SECRET = "s3cret-of-mine"


@pytest.fixture
def path(tmp_path):
    return project(tmp_path)


@pytest.fixture
def server():
    with stranger() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch):
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"WHOSAYS_ENDPOINT_{name}", raising=False)


def hasty():
    """Send without pauses."""
    return Remote(pause=lambda seconds: None)


def quads(kg):
    store = kg.asked().quads
    found = pyoxigraph.Store.read_only(str(store))
    return {str(quad) for quad in found}


def sent(server):
    return [
        path
        for method, path, _, _ in server.seen
        if method in ("PUT", "POST") and not path.startswith("/sparql")
    ]


def test_the_server_holds_the_same_quads_afterwards(path, server):
    kg = load(path)

    done = push(kg, server.url("/data"), remote=hasty())

    assert {str(quad) for quad in server.store} == quads(kg)
    assert done.triples == len(quads(kg))
    assert done.graphs == len(done.sent) == len(sent(server))
    assert done.queries == server.url("/sparql")
    assert done.default_graph == ""


def test_the_same_by_updates_where_there_is_no_graph_store(path, server):
    kg = load(path)

    done = push(kg, server.url("/update"), update=True, remote=hasty())

    assert {str(quad) for quad in server.store} == quads(kg)
    assert done.queries == server.url("/sparql")
    assert max(len(body) for _, _, _, body in server.seen) < 400_000


def test_a_second_time_sends_nothing_and_a_change_only_its_graphs(path, server):
    push(load(path), server.url("/data"), remote=hasty())
    server.seen.clear()

    again = push(load(path), server.url("/data"), remote=hasty())
    untouched = sent(server)
    table = path / "statements" / "strait-interview.csv"
    row = f"belmark,arms,dun-brigade,strait-interview,affirms,,,p30{',' * 12}\n"
    table.write_text(table.read_text("utf-8").rstrip("\n") + "\n" + row, "utf-8")
    changed = push(load(path), server.url("/data"), remote=hasty())

    assert (again.sent, untouched) == ((), [])
    assert 0 < len(changed.sent) < changed.graphs
    assert {str(quad) for quad in server.store} == quads(load(path))


def test_what_somebody_changed_there_is_mended(path, server):
    kg = load(path)
    push(kg, server.url("/data"), remote=hasty())
    server.store.update("CLEAR NAMED")

    push(kg, server.url("/data"), remote=hasty())

    assert {str(quad) for quad in server.store} == quads(kg)


def test_graphs_that_the_project_has_no_more_are_deleted_and_others_stay(path, server):
    server.store.update("INSERT DATA { GRAPH <a:others> { <a:1> <a:p> <a:2> } }")
    push(load(path), server.url("/data"), remote=hasty())
    (path / "statements" / "night-bulletin.csv").unlink()

    done = push(load(path), server.url("/data"), remote=hasty())

    assert any("night-bulletin" in name for name in done.deleted)
    names = {name.value for name in server.store.named_graphs()}
    assert not names & set(done.deleted)
    assert "a:others" in names


def test_a_default_graph_of_others_is_not_replaced(path, server):
    server.store.update("INSERT DATA { <a:1> <a:p> <a:2> }")
    kg = load(path)

    with pytest.raises(OutsideError, match="1 triples that were not sent from here"):
        push(kg, server.url("/data"), remote=hasty())
    kept = [str(quad) for quad in server.store]
    elsewhere = push(kg, server.url("/data"), default_graph="a:ours", remote=hasty())
    both = len(server.store)
    push(kg, server.url("/data"), force=True, remote=hasty())

    assert len(kept) == 1
    assert "a:ours" in elsewhere.sent
    assert both == len(quads(kg)) + 1
    default = server.store.quads_for_pattern(
        None, None, None, pyoxigraph.DefaultGraph()
    )
    assert "a:1" not in {quad.subject.value for quad in default}


FAULTS = {
    "busy": status(503),
    "too many": status(429, Retry_After="1"),
    "lost before": dropped_before,
    "lost after": dropped_after,
    "half": half_done,
    "too large": status(413),
}


@pytest.mark.parametrize("update", [False, True], ids=["put", "update"])
@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "too large"])
def test_faults_that_pass_are_overcome(path, server, fault, update):
    kg = load(path)
    # One each for asking who that is, counting, and the first three that write.
    server.faults = [FAULTS[fault], fine] * 5
    url = server.url("/update" if update else "/data")

    push(kg, url, update=update, remote=hasty())

    assert {str(quad) for quad in server.store} == quads(kg)


def test_a_server_that_takes_only_small_requests_gets_small_ones(path, server):
    kg = load(path)

    def small(handler):
        handler.server.faults.insert(0, small)
        if len(handler.body) > 30_000:
            return status(413)(handler)
        return False

    server.faults = [small]

    push(kg, server.url("/data"), remote=hasty())

    assert {str(quad) for quad in server.store} == quads(kg)


def test_a_large_graph_goes_in_parts_and_replaces_what_was_there(
    path, server, monkeypatch
):
    monkeypatch.setattr("whosays.push.server._LARGEST", 50)
    kg = load(path)
    mine = kg.asked().prefixes["g"] + "disputes"
    server.store.update(f"INSERT DATA {{ GRAPH <{mine}> {{ <a:1> <a:p> <a:2> }} }}")

    push(kg, server.url("/data"), remote=hasty())

    assert {str(quad) for quad in server.store} == quads(kg)
    assert max(body.count(b" .\n") for *_, body in server.seen) == 50


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (status(401, WWW_Authenticate='Basic realm="x"'), "asks for credentials"),
        (status(403), "does not let this user in"),
        (status(404), "is no graph store"),
        (status(405), "is no graph store"),
        (status(500), "answered 500"),
        (status(302, Location="http://127.0.0.1:9/"), "sends elsewhere"),
        (lied, "should hold"),
    ],
    ids=range(7),
)
def test_a_fault_that_stays_says_how_to_go_on_and_the_next_run_completes(
    path, server, fault, words
):
    kg = load(path)

    def writes(handler):
        handler.server.faults.insert(0, writes)
        return fault(handler) if handler.command == "PUT" else False

    server.faults = [writes]
    with pytest.raises(OutsideError, match=words) as caught:
        push(kg, server.url("/data"), remote=hasty())
    server.faults = []

    push(kg, server.url("/data"), remote=hasty())

    assert "goes on where it stopped" in str(caught.value)
    assert caught.value.exit_code == 3
    assert {str(quad) for quad in server.store} == quads(kg)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["fine", *FAULTS]), min_size=1, max_size=40))
def test_whatever_faults_there_are_the_end_is_equal_or_an_error(shared, faults):
    kg = shared
    with stranger() as server:
        server.faults = [FAULTS.get(name, fine) for name in faults]
        shutil.rmtree(kg.build_dir / "push", ignore_errors=True)
        with suppress(OutsideError):
            push(kg, server.url("/data"), force=True, remote=hasty())
            assert {str(quad) for quad in server.store} == quads(kg)
        server.faults = []

        push(kg, server.url("/data"), force=True, remote=hasty())

        assert {str(quad) for quad in server.store} == quads(kg)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return load(project(tmp_path_factory.mktemp("push")))


def test_of_many_graphs_few_are_noted_at_once():
    lines = [f"<s:{n}> <p:> <o:> <g:{n % 400}> .\n".encode() for n in range(2_000)]
    graphs = parted(b"".join(lines))

    bundles = [[one.name for one in bundle] for bundle in bundled(graphs)]

    assert [name for bundle in bundles for name in bundle] == [g.name for g in graphs]
    assert {len(bundle) for bundle in bundles} == {4}
    assert [len(bundle) for bundle in bundled(graphs[:7])] == [1] * 7


def test_a_push_that_was_killed_goes_on(path, server):
    kg = load(path)
    total = len(parted(b"".join(f"{line} .\n".encode() for line in sorted(quads(kg)))))

    def slow(handler):
        handler.server.faults.insert(0, slow)
        time.sleep(0.3 if handler.command == "PUT" else 0)
        return False

    server.faults = [slow]
    command = [sys.executable, "-m", "whosays", "push", server.url("/data")]
    process = subprocess.Popen([*command, "-p", str(path)], stderr=subprocess.PIPE)
    while len(sent(server)) < 3:
        time.sleep(0.02)
    process.kill()
    process.communicate(timeout=250)
    server.faults = []
    before = len(sent(server))

    done = push(kg, server.url("/data"), remote=hasty())

    assert {str(quad) for quad in server.store} == quads(kg)
    assert before < total
    assert len(done.sent) <= total - 2


def test_a_dry_run_asks_nobody(path, capfd):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/data"

        code = main(["push", url, "-p", str(path), "--dry-run"])

        with pytest.raises(TimeoutError):
            listener.accept()
    assert code == 0
    assert "would send" in capfd.readouterr().out


def test_the_command_tells_what_was_sent(path, server, capfd):
    kg = load(path)

    code = main(["push", server.url("/data"), "-p", str(path)])

    out, err = capfd.readouterr()
    assert code == 0
    assert f"{len(quads(kg)):,} triples in all" in out
    assert "the counts there are equal" in err


def test_our_own_server_takes_nothing(path, capfd):
    with served(path) as server:
        code = main(
            ["push", f"{server.url}sparql", "-p", str(path), "--default-graph", "a:b"]
        )

    assert code == 3
    assert "is no graph store" in capfd.readouterr().err


def test_credentials_are_in_no_file_and_no_message(path, server, monkeypatch, capfd):
    monkeypatch.setenv("WHOSAYS_ENDPOINT_TOKEN", SECRET)
    url = server.url(f"/data?key={SECRET}")
    server.faults = [fine] * 6 + [status(500)]

    first = main(["push", url, "-p", str(path), "-v"])
    main(["push", url, "-p", str(path), "-v"])

    out, err = capfd.readouterr()
    assert first == 3
    assert SECRET not in out + err
    files = [file for file in path.rglob("*") if file.is_file()]
    assert not [file for file in files if SECRET.encode() in file.read_bytes()]
    assert any(file.parent.name == "push" for file in files)


@pytest.mark.parametrize("name", ["nowhere", "a b:c", "a:<b>"])
def test_what_names_no_graph_is_refused(path, name):
    with pytest.raises(UsageError, match="no name of a graph"):
        push(load(path), "http://127.0.0.1:9/", default_graph=name, dry_run=True)


def test_a_broken_journal_only_means_sending_again(path, server):
    kg = load(path)
    push(kg, server.url("/data"), remote=hasty())
    for journal in (kg.build_dir / "push").iterdir():
        journal.write_text("{", "utf-8")

    done = push(kg, server.url("/data"), remote=hasty())

    assert len(done.sent) == done.graphs


def test_quads_are_parted_by_graph_whatever_their_literals_hold():
    lines = [
        b'<a:1> <a:p> "x <a:g> ." <a:g> .',
        b'<a:1> <a:p> "x <a:g> ." .',
        b'<a:1> <a:p> "\\" <a:h> . \\\\"@en-GB <a:g> .',
        b'<a:1> <a:p> "1"^^<a:t> .',
        b"<a:1> <a:p> <a:g> .",
        b"<a:1> <a:p> <a:2> <a:g> .",
        b"_:b1 <a:p> _:b2 <a:g> .",
    ]

    found = parted(b"\n".join(lines) + b"\n")

    assert [(graph.name, graph.size) for graph in found] == [("", 3), ("a:g", 4)]
    assert b'<a:1> <a:p> "x <a:g> ."' in found[0].lines
    assert b'<a:1> <a:p> "x <a:g> ."' in found[1].lines


# --- a real server of others


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory):
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)")
    folder = tmp_path_factory.mktemp("virtuoso")
    port = _free_port()
    (folder / "virtuoso.ini").write_text(
        f"[Database]\nDatabaseFile=v.db\nErrorLogFile=v.log\nLockFile=v.lck\n"
        f"TransactionFile=v.trx\nxa_persistent_file=v.pxa\nErrorLogLevel=3\n"
        f"[TempDatabase]\nDatabaseFile=t.db\nTransactionFile=t.trx\n"
        f"[Parameters]\nServerPort=127.0.0.1:{_free_port()}\nDisableUnixSocket=1\n"
        f"NumberOfBuffers=2000\nMaxDirtyBuffers=1200\nDirsAllowed=.\n"
        f"[HTTPServer]\nServerPort=127.0.0.1:{port}\nServerRoot=.\nServerThreads=5\n"
        f"[SPARQL]\nResultSetMaxRows=100\n",
        "utf-8",
    )
    process = subprocess.Popen(
        [program, "+foreground", "+configfile", "virtuoso.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/sparql", timeout=5).close()
            break
        if process.poll() is not None:
            pytest.skip("Virtuoso does not start here")
        time.sleep(0.1)
    yield address
    os.kill(process.pid, signal.SIGKILL)  # its way of ending writes all to disk
    process.wait(250)


def test_virtuoso_holds_and_answers_the_same(virtuoso, path, monkeypatch, capfd):
    monkeypatch.setenv("WHOSAYS_ENDPOINT_USER", "dba")
    monkeypatch.setenv("WHOSAYS_ENDPOINT_PASSWORD", "dba")
    kg = load(path)
    store = f"{virtuoso}/sparql-graph-crud-auth"

    first = push(kg, store)
    second = push(kg, store)

    there = first.default_graph
    asked = ["--endpoint", f"{virtuoso}/sparql", "--default-graph", there]
    differing = []
    for name in ("disputed", "contested", "network", "counts-by-source", "voices"):
        calls = ["query", name, "-p", str(path), "--json"]
        main(calls)
        expected = json.loads(capfd.readouterr().out)["results"]["bindings"]
        main([*calls, *asked])
        found = json.loads(capfd.readouterr().out)["results"]["bindings"]
        if sorted(map(_plain, expected)) != sorted(map(_plain, found)):
            differing.append(name)
    assert first.sent
    assert second.sent == ()
    assert there == f"{kg.asked().prefixes['g']}default"
    assert differing == []


def _plain(row):
    """Give the values of a row; numbers and booleans have other types there."""
    return sorted((name, value["value"]) for name, value in row.items())


def test_virtuoso_takes_updates_too(virtuoso, path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ENDPOINT_USER", "dba")
    monkeypatch.setenv("WHOSAYS_ENDPOINT_PASSWORD", "dba")
    kg = load(path)

    with suppress(FileNotFoundError):
        shutil.rmtree(kg.build_dir / "push")
    done = push(
        kg, f"{virtuoso}/sparql-auth", update=True, queries=f"{virtuoso}/sparql"
    )

    assert done.sent


def test_an_answer_that_virtuoso_shortens_is_an_error(virtuoso, path, capfd):
    code = main(
        ["query", "-p", str(path), "--endpoint", f"{virtuoso}/sparql", str(_all(path))]
    )

    assert code == 3
    assert "100 rows at most" in capfd.readouterr().err


def _all(path):
    query = path / "all.rq"
    query.write_text("SELECT * { ?s ?p ?o }", "utf-8")
    return query
