"""The processes of an installation: web (gunicorn), worker (mail and jobs), and children that live and end together."""

import ctypes
import fcntl
import logging
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from confapp.config import Settings
from confapp.foundation import clock, erasure, migrating, transactions
from confapp.foundation.db import db

log = logging.getLogger("confapp.serving")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PAUSE = 0.5


class CannotStart(Exception):
    """Why, in a sentence for the operator."""


def migrate(app: Flask) -> None:
    """Brings the schema to its newest form; a lock keeps two processes of one directory from doing it at once."""
    settings: Settings = app.extensions["confapp"]
    with (settings.data / "migration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        migrating.upgrade(app)


def erase_again(app: Flask) -> int:
    """After a restore: what people had erased must not come back. Returns how many erasures the list holds."""
    migrate(app)
    with app.app_context(), transactions.writing():
        return erasure.replay()


def first_administrator_link(app: Flask) -> str | None:
    """On an installation without administrator, a link that makes one, once."""
    from confapp.people import actions

    with app.app_context():
        return actions.first_administrator_link()


# --- web --------------------------------------------------------------------------------------------------------------


def gunicorn(bind: str, *, workers: int = 2, threads: int = 8) -> list[str]:
    """The command of the web server; its control socket is off, for it would be shared by all instances of a user.
    The application is loaded once, before the workers are forked off: less memory, and a failing start is seen."""
    options = {
        "bind": bind,
        "worker-class": "confapp.connections.Worker",
        "workers": str(workers),
        "threads": str(threads),
        "limit-request-line": "4094",
        "graceful-timeout": "30",
        "timeout": "60",
        "keep-alive": "15",  # longer than the proxy's 5 s, so that it is the proxy who hangs up, and never at a request
        "umask": "0o077",
        "log-level": "warning",
    }
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--preload", "--no-control-socket"]
    return command + [part for name, value in options.items() for part in (f"--{name}", value)]


def warm(app: Flask) -> None:
    """Draws a few pages before the workers are forked off: what each would load for itself, they then share.

    Without a database of the present schema or a public conference to come, the workers are warmed by their readers.
    """
    settings: Settings = app.extensions["confapp"]
    browser = app.test_client()
    try:
        for path in _usual_pages(app) * 2:
            browser.get(f"{path}?{NOT_KEPT}", base_url=settings.base_url)
    except SQLAlchemyError:
        log.info("started without warming: the database did not answer as it should")
    finally:
        with app.app_context():
            db.engine.dispose()  # a connection belongs to one process
        with suppress(OSError, AttributeError):  # Linux only
            ctypes.CDLL(None).malloc_trim(0)


NOT_KEPT = "warm=" + "0" * 100  # the page cache leaves long queries alone


def _usual_pages(app: Flask) -> list[str]:
    from confapp.conferences.queries import public_conferences

    with app.app_context():
        coming = [one for one in public_conferences() if one.ends_at > clock.now()]
        return [f"/{one.slug}/{page}" for one in coming[-2:] for page in ("", "programme", "register")]


def check_bind(settings: Settings, bind: str, *, no_proxy: bool) -> None:
    """Another address than this machine's own needs a proxy in front that speaks TLS, or a word of the operator."""
    host = bind.rpartition(":")[0].strip("[]")
    if host in LOOPBACK or bind.startswith("unix:"):
        return
    if settings.is_demo:
        raise CannotStart(
            "This directory holds the demonstration, whose doors are open; it is served on 127.0.0.1 only."
        )
    if settings.trusted_proxy_hops < 1 and not no_proxy:
        raise CannotStart(
            f"{bind} can be reached by others: set CONFAPP_TRUSTED_PROXY_HOPS to the number of proxies in front, "
            "or say --i-have-no-proxy."
        )


# --- worker -----------------------------------------------------------------------------------------------------------


def work(app: Flask, settings: Settings) -> None:
    """Delivers mail and runs jobs, each in a thread of its own, until SIGTERM or SIGINT; what is begun is finished."""
    from confapp.foundation import jobs
    from confapp.foundation.mail.delivery import Courier

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    courier = Courier(settings)

    def run_jobs() -> int:
        jobs.schedule_due()
        return jobs.run_due(limit=1)

    threads = [
        threading.Thread(target=_repeat, args=(app, piece, stop), name=name)
        for name, piece in (("mail", courier.deliver_due), ("jobs", run_jobs))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    courier.close()


def _repeat(app: Flask, piece: Callable[[], int], stop: threading.Event) -> None:
    """A piece of work again and again; a failure (the database is away, say) is logged and tried later."""
    while not stop.is_set():
        try:
            with app.app_context():
                done = piece()
        except Exception:
            log.exception("the worker goes on after a failure")
            done = 0
            stop.wait(5)
        if not done:
            stop.wait(PAUSE)


# --- child processes --------------------------------------------------------------------------------------------------


class Children:
    """Processes that live and end together: with a signal to us, with one of them, or when we are killed."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.told = threading.Event()

    def __enter__(self) -> "Children":
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.told.set())
        return self

    def __exit__(self, *_: object) -> None:
        for child in self.running.values():
            child.terminate()
        deadline = time.monotonic() + 15
        for child in self.running.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def start(self, name: str, command: Sequence[str], pass_fds: Sequence[int] = ()) -> None:
        """In a session of its own, so that Ctrl-C reaches only us and the children end in order."""
        self.running[name] = subprocess.Popen(  # noqa: S603 - our own words
            command, env=self.env, pass_fds=pass_fds, start_new_session=True, preexec_fn=_end_with_parent
        )

    def wait_for(self, url: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not self.told.is_set() and not self._ended():
            with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=2):  # noqa: S310
                return
            if time.monotonic() > deadline:
                raise CannotStart(f"{url} did not answer within {seconds:.0f} seconds.")
            self.told.wait(0.05)

    def wait(self) -> int:
        while not self.told.wait(0.5):
            if ended := self._ended():
                print(f"The {ended} process has ended, so everything ends.", file=sys.stderr, flush=True)
                return 1
        return 0

    def _ended(self) -> str | None:
        return next((name for name, child in self.running.items() if child.poll() is not None), None)


def _end_with_parent() -> None:
    with suppress(OSError, AttributeError):  # Linux only
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
