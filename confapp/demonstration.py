"""The demonstration: a directory of its own, a mailbox that really takes mail, and worker and web for them."""

import asyncio
import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope
from flask import Flask

from confapp.config import Settings
from confapp.serving import CannotStart, Children, gunicorn, migrate

UNREACHABLE = "@nowhere.example"
MADE_BY_ANY_COMMAND = {"demo.lock", "secret.key", "assets"}


def demonstrate(data: Path, port: int, *, fresh: bool) -> int:
    """Prepares DIR, starts worker and web, prints where to go, and ends them together. Returns the exit code."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(data) as lock:
        _check_directory(data)
        door = _reserve("127.0.0.1", port)
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        _tell_others(lock, address)
        _prepare_directory(data, address, fresh=fresh)
        mailbox = Mailbox(data / "mailbox")
        env = _demo_environment(data, mailbox)
        links = _load(env)
        mailbox.open()
        with Children(env) as children:
            children.start("worker", [sys.executable, "-m", "confapp.cli", "worker"])
            children.start("web", gunicorn(f"fd://{door.fileno()}", workers=1), pass_fds=(door.fileno(),))
            door.close()
            children.wait_for(f"{address}/healthz")
            _welcome(address, data, links)
            return children.wait()


@contextmanager
def _alone(data: Path) -> Iterator[int]:
    """One demonstration per directory; the lock is the kernel's, so a killed one leaves none behind."""
    descriptor = os.open(data / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        address = os.pread(descriptor, 200, 0).decode() or "starting just now"
        os.close(descriptor)
        raise CannotStart(f"The demonstration in {data} is running already: {address}") from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _tell_others(lock: int, address: str) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, address.encode(), 0)


def _check_directory(data: Path) -> None:
    """Never touch, and least of all empty, a directory that is not a demonstration's."""
    others = {path.name for path in data.iterdir()} - MADE_BY_ANY_COMMAND
    if others and _settings(data).get("environment") != "demo":
        raise CannotStart(f"{data} holds something that is not the demonstration; name another directory with --data.")


def _settings(data: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads((data / "settings.json").read_text()))
    return {}


def _prepare_directory(data: Path, address: str, *, fresh: bool) -> None:
    """What an interrupted start left half loaded is made again."""
    before = _settings(data)
    if fresh or (before and not before.get("loaded")):
        _empty(data)
    loaded = (data / "settings.json").exists()
    _write_settings(data, {"environment": "demo", "base_url": address, "loaded": loaded})


def _empty(data: Path) -> None:
    for path in data.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != "demo.lock":
            path.unlink()


def _write_settings(data: Path, values: dict[str, Any]) -> None:
    part = data / "settings.json.part"
    part.write_text(json.dumps(values, indent=1))
    part.replace(data / "settings.json")


def _demo_environment(data: Path, mailbox: "Mailbox") -> dict[str, str]:
    """The demonstration is its directory's alone: settings of another installation do not reach it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("CONFAPP_")}
    return env | {"CONFAPP_DATA": str(data), "CONFAPP_SMTP_URL": mailbox.url}


def _load(env: dict[str, str]) -> list[tuple[str, str]]:
    """In a process of its own, so that this one stays small; answers the sign-in links."""
    command = [sys.executable, "-m", "confapp.cli", "load-demo"]
    ran = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words
    if ran.returncode:
        raise CannotStart("The demonstration could not be loaded; the reason stands above.")
    return [(role, link) for role, link in json.loads(ran.stdout.splitlines()[-1])]


def load(app: Flask, settings: Settings) -> list[tuple[str, str]]:
    """Schema, content and published files of the demonstration; (who, one-time sign-in link) of each role."""
    from confapp import demo

    migrate(app)
    kept = _settings(settings.data)
    if not kept.get("loaded"):
        print("Loading the demonstration", file=sys.stderr, flush=True)
        demo.load(app)
        _publish(app)
        _write_settings(settings.data, kept | {"loaded": True})
    return [(str(role), link) for role, link in demo.sign_in_links(app)]


def _publish(app: Flask) -> None:
    from confapp import demo
    from confapp.foundation import jobs

    with app.app_context():
        while jobs.run_due():
            pass
    demo.release(app)


def _welcome(address: str, data: Path, links: Sequence[tuple[str, str]]) -> None:
    width = max((len(role) for role, _ in links), default=0)
    lines = [
        "",
        f"confapp runs at  {address}/",
        f"every mail it sends  {address}/mailbox",
        "",
        "Sign in as (each link works once, for 15 minutes; start again for new ones):",
        *(f"  {role:<{width}}  {link}" for role, link in links),
        "",
        f"The data are in {data}. Ctrl-C ends it.",
    ]
    print("\n".join(lines), flush=True)


def _reserve(host: str, port: int) -> socket.socket:
    """A port that is ours and answers nobody until a server listens on it."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        raise CannotStart(f"Port {port} is in use; name another one with --port.") from error
    return door


# --- its mailbox ------------------------------------------------------------------------------------------------------


class Mailbox:
    """Takes every mail by SMTP and keeps it as a file, as a mail server would; nothing leaves the machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = _reserve("127.0.0.1", 0)
        self.loop = asyncio.new_event_loop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.socket.getsockname()[1]}"

    def open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        server = self.loop.create_server(lambda: SMTP(self, loop=self.loop, enable_SMTPUTF8=True), sock=self.socket)
        self.loop.run_until_complete(server)
        threading.Thread(target=self.loop.run_forever, daemon=True, name="mailbox").start()

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.socket.close()

    async def handle_RCPT(
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """One domain has no mailboxes, so that a visitor sees what becomes of a mail that cannot be delivered."""
        if address.casefold().endswith(UNREACHABLE):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        part = self.folder / f".{name}"
        part.write_bytes(content)
        part.rename(self.folder / f"{name}.eml")
        return "250 kept"
