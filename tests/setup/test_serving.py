"""Processes that live and end together, and a demonstration that keeps to its own directory and machine."""

import json
import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask, request

from confapp import config, demonstration, serving
from confapp.foundation.db import db
from tests import build

pytestmark = pytest.mark.once

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def installation(folder: Path, **env: str) -> config.Settings:
    return config.from_environment({"CONFAPP_DATA": str(folder), **env})


@pytest.mark.parametrize("bind", ["127.0.0.1:8000", "[::1]:8000", "localhost:80", "unix:/run/confapp.sock"])
def test_this_machine_may_always_be_served(tmp_path: Path, bind: str) -> None:
    serving.check_bind(installation(tmp_path), bind, no_proxy=False)


@pytest.mark.parametrize("bind", ["0.0.0.0:8000", "[::]:8000", "192.0.2.1:80", ":8000"])
def test_others_are_served_behind_a_proxy_or_knowingly(tmp_path: Path, bind: str) -> None:
    with pytest.raises(serving.CannotStart, match="--i-have-no-proxy"):
        serving.check_bind(installation(tmp_path), bind, no_proxy=False)
    serving.check_bind(installation(tmp_path), bind, no_proxy=True)
    serving.check_bind(installation(tmp_path, CONFAPP_TRUSTED_PROXY_HOPS="1"), bind, no_proxy=False)


def test_the_demonstration_is_never_served_to_others(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"environment": "demo"}))
    settings = installation(tmp_path, CONFAPP_TRUSTED_PROXY_HOPS="1")
    with pytest.raises(serving.CannotStart, match=r"127\.0\.0\.1 only"):
        serving.check_bind(settings, "0.0.0.0:8000", no_proxy=True)


def test_pages_are_drawn_before_the_workers_are_forked_off_and_no_connection_is_left(app: Flask) -> None:
    asked: list[str] = []
    app.before_request_funcs[None].append(lambda: asked.append(request.path))
    try:
        serving.warm(app)  # nothing is there to be drawn: it starts all the same
        assert asked == []
        build.conference("warm-2027")
        db.session.remove()
        serving.warm(app)
    finally:
        app.before_request_funcs[None].pop()
    assert asked == ["/warm-2027/", "/warm-2027/programme", "/warm-2027/register"] * 2
    assert db.engine.pool.checkedin() == 0  # type: ignore[attr-defined]


def test_a_client_that_does_not_hang_up_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    with _served(tmp_path, workers=1) as (_server, address):
        first = _answered(address)
        second = _answered(address)
        for _ in range(2):  # a closed end would answer the first byte by a reset, and refuse the second
            first.send(b".")
            time.sleep(0.05)
        first.close()
        second.close()


def test_connections_that_are_kept_are_shared_out(tmp_path: Path) -> None:
    with _served(tmp_path, workers=2) as (server, address):
        _answered(address).close()
        workers, uneven = _children(server.pid), 0
        for _ in range(4):
            time.sleep(0.5)  # until those of the round before are gone
            before = [_sockets(one) for one in workers]
            kept = [_kept(address) for _ in range(16)]
            shares = [_sockets(one) - number for one, number in zip(workers, before, strict=True)]
            assert sum(shares) == 16
            uneven += abs(shares[0] - shares[1])
            for client in kept:
                client.close()
    assert uneven <= 8  # by chance it is about 13


@contextmanager
def _served(folder: Path, workers: int) -> Iterator[tuple[subprocess.Popen[bytes], tuple[str, int]]]:
    with demonstration._reserve("127.0.0.1", 0) as door:
        address = door.getsockname()
    command = serving.gunicorn(f"127.0.0.1:{address[1]}", workers=workers)
    env = {"CONFAPP_DATA": str(folder), "CONFAPP_BASE_URL": f"http://127.0.0.1:{address[1]}"}
    server = subprocess.Popen(command, env=os.environ | env, stdout=subprocess.DEVNULL)
    try:
        yield server, address
    finally:
        server.terminate()
        server.wait(20)


def _kept(address: tuple[str, int]) -> socket.socket:
    """A connection that has its answer, and may be asked again."""
    client = _connected(address)
    client.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % address[1])
    assert b"200 OK" in client.recv(4096)
    return client


def _children(process: int) -> list[int]:
    """Both workers, once they are there."""
    while len(found := Path(f"/proc/{process}/task/{process}/children").read_text().split()) < 2:
        time.sleep(0.05)
    return [int(one) for one in found]


def _sockets(process: int) -> int:
    return sum(os.readlink(one).startswith("socket:") for one in Path(f"/proc/{process}/fd").iterdir())


def _answered(address: tuple[str, int]) -> socket.socket:
    """A connection that has its answer, and does not end."""
    client = _connected(address)
    client.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % address[1])
    received = b""
    while part := client.recv(4096):
        received += part
    assert b'{"status":"ok"}' in received
    return client


def _connected(address: tuple[str, int]) -> socket.socket:
    deadline = time.monotonic() + 30
    while True:
        try:
            return socket.create_connection(address, 10)
        except OSError:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.1)


def test_a_mail_to_the_mailbox_is_kept_as_a_file(tmp_path: Path) -> None:
    mailbox = demonstration.Mailbox(tmp_path / "mailbox")
    mailbox.open()
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Undangan"
    message.set_content("Selamat datang")
    host, port = mailbox.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port), timeout=5) as connection:
        connection.send_message(message)
    (kept,) = (tmp_path / "mailbox").glob("*.eml")
    assert b"Selamat datang" in kept.read_bytes()
    mailbox.close()


def test_a_second_demonstration_says_where_the_first_runs(tmp_path: Path) -> None:
    with demonstration._alone(tmp_path) as lock:
        demonstration._tell_others(lock, "http://127.0.0.1:8123")
        with pytest.raises(serving.CannotStart, match=r"running already: http://127\.0\.0\.1:8123"):
            demonstration.demonstrate(tmp_path, 0, fresh=False)
    with demonstration._alone(tmp_path):
        pass


@pytest.mark.parametrize("kept", [None, {"environment": "production"}])
def test_another_directory_is_left_alone(tmp_path: Path, kept: dict[str, str] | None) -> None:
    (tmp_path / "thesis.txt").write_text("two years of work")
    if kept:
        (tmp_path / "settings.json").write_text(json.dumps(kept))
    with pytest.raises(serving.CannotStart, match="--data"):
        demonstration.demonstrate(tmp_path, 0, fresh=True)
    assert (tmp_path / "thesis.txt").exists()


def test_another_command_may_have_been_tried_before(tmp_path: Path) -> None:
    installation(tmp_path)
    demonstration._check_directory(tmp_path)
    demonstration._prepare_directory(tmp_path, "http://127.0.0.1:8123", fresh=False)
    assert json.loads((tmp_path / "settings.json").read_text())["loaded"] is False


@pytest.mark.parametrize(("loaded", "fresh", "kept"), [(True, False, True), (True, True, False), (False, False, False)])
def test_data_are_kept_unless_fresh_or_half_loaded(tmp_path: Path, loaded: bool, fresh: bool, kept: bool) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"environment": "demo", "loaded": loaded}))
    (tmp_path / "files").mkdir()
    (tmp_path / "confapp.sqlite3").write_text("")
    demonstration._prepare_directory(tmp_path, "http://127.0.0.1:8123", fresh=fresh)
    assert (tmp_path / "confapp.sqlite3").exists() == (tmp_path / "files").exists() == kept
    written = json.loads((tmp_path / "settings.json").read_text())
    assert written == {"environment": "demo", "base_url": "http://127.0.0.1:8123", "loaded": kept}


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with demonstration._reserve("127.0.0.1", 0) as door:
        door.listen()
        with pytest.raises(serving.CannotStart, match="is in use; name another one with --port"):
            demonstration._reserve("127.0.0.1", door.getsockname()[1])


def test_settings_of_another_installation_do_not_reach_the_demonstration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONFAPP_DATABASE_URL", "postgresql://production/")
    mailbox = demonstration.Mailbox(tmp_path)
    env = demonstration._demo_environment(tmp_path, mailbox)
    assert {name: env[name] for name in env if name.startswith("CONFAPP")} == {
        "CONFAPP_DATA": str(tmp_path),
        "CONFAPP_SMTP_URL": mailbox.url,
    }
    mailbox.close()


def test_when_one_child_ends_all_end() -> None:
    with serving.Children(dict(os.environ)) as children:
        children.start("steady", SLEEPER)
        children.start("weak", [sys.executable, "-c", "raise SystemExit(3)"])
        assert children.wait() == 1
    assert children.running["steady"].poll() is not None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_children_end_with_their_parent_however_it_ends(number: signal.Signals) -> None:
    code = f"""
import os
from confapp.serving import Children
with Children(dict(os.environ)) as children:
    children.start("steady", {SLEEPER!r})
    print(children.running["steady"].pid, flush=True)
    children.wait()
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.send_signal(number)
    parent.wait(20)
    deadline = time.monotonic() + 10
    while _lives(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _lives(child)
    parent.stdout.close()


def _lives(process: int) -> bool:
    """A zombie whose parent was killed waits for init and does nothing more."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
