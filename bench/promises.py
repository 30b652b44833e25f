"""What is promised when things go wrong, tried on real processes: a power cut, a full disk, a database that is gone,
slow clients, a backup in the middle of the work, and many rivals for one place. Each gives lines for the report.

Some need root, for file systems of their own; where it is missing the line says that the promise was not tried.
"""

import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bench.processes import ROOT, free_port
from tests.faults.harness import CLIENTS, Browser, Installation, Report, _client
from tests.faults.test_kill import database_on
from tests.sink import listening

RIVALS = (8, 32, 64, 256)
SLOW = 200
MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Kept:
    """One promise: which, what was done and seen, and whether it was kept (None: not tried here)."""

    promise: str
    seen: str
    is_kept: bool | None

    def line(self) -> str:
        word = {True: "yes", False: "**no**", None: "not tried"}[self.is_kept]
        return f"| {self.promise} | {self.seen} | {word} |"


def run(only: str = "") -> tuple[str, bool]:
    """(what to write, whether nothing that was tried was broken)."""
    server = os.environ.get("CONFAPP_TEST_POSTGRES", "")
    trials: dict[str, Callable[[], Kept]] = {
        "power": power_cuts,
        "races-sqlite": lambda: last_place("SQLite", ""),
        "full": full_disk,
        "slow": slow_clients,
        "backup": lambda: backup_meanwhile("SQLite", ""),
    }
    if server:
        trials |= {
            "races-postgres": lambda: last_place("PostgreSQL", server),
            "gone": lambda: database_gone(server),
            "backup-postgres": lambda: backup_meanwhile("PostgreSQL", server),
        }
    found = [trial() for name, trial in trials.items() if name.startswith(only)]
    lines = ["| promise | what was done and seen | kept |", "|---|---|---|", *(one.line() for one in found)]
    return "\n".join(lines), all(one.is_kept is not False for one in found)


# --- the work that goes on meanwhile ----------------------------------------------------------------------------------


@contextmanager
def at_work(data: Path, database_url: str = "", clients: int = CLIENTS) -> Iterator[tuple[Installation, Report]]:
    """Web and worker with clients that register people until the block ends; then all is stopped and compared."""
    report, stop = Report(), threading.Event()
    with listening() as sink:
        installation = Installation(data, sink, database_url)
        prepared = installation.run("tests.faults.prepare", str(clients))
        installation.start()
        threads = [
            threading.Thread(target=_client, args=(installation, number, prepared, report, stop))
            for number in range(clients)
        ]
        for thread in threads:
            thread.start()
        try:
            _wait_for(report, 10)
            yield installation, report
        finally:
            stop.set()
            for thread in threads:
                thread.join()
            installation.stop()


def _wait_for(report: Report, more: int, seconds: float = 60) -> None:
    before, deadline = len(report.acknowledged), time.monotonic() + seconds
    while len(report.acknowledged) < before + more and time.monotonic() < deadline and not report.faults:
        time.sleep(0.02)
    if report.faults or len(report.acknowledged) < before + more:
        raise RuntimeError(f"the clients get no answers: {report.faults[:2]}")


def _lost(installation: Installation, data: Path, acknowledged: set[str]) -> tuple[int, list[str]]:
    """How many of the acknowledged are not in the database under `data`, and what else is wrong there."""
    kept = installation.env["CONFAPP_DATA"]
    installation.env["CONFAPP_DATA"] = str(data)
    try:
        found = installation.run("tests.faults.check", "compare")
    finally:
        installation.env["CONFAPP_DATA"] = kept
    return len(acknowledged - set(found["rows"])), list(found["wrong"])  # type: ignore[call-overload]


# --- P2: a power cut --------------------------------------------------------------------------------------------------


def power_cuts(cuts: int = 3) -> Kept:
    """The data lie on a file system of their own, in one file. At a cut every process stands still and the file is
    copied: what was only in the memory of the machine is not in the copy, as after a loss of power."""
    name = "P2: nothing acknowledged is lost at a power cut (SQLite)"
    chance, acknowledged, lost, wrong = random.Random(1), 0, 0, list[str]()
    try:
        with tempfile.TemporaryDirectory(prefix="confapp-power-") as folder, ExitStack() as stack:
            image, there = Path(folder, "image"), Path(folder, "there")
            stack.enter_context(_file_system(image, there, 256))
            installation, report = stack.enter_context(at_work(there / "data"))
            for cut in range(cuts):
                _wait_for(report, 20)
                time.sleep(chance.uniform(0, 0.5))
                copy = Path(folder, f"copy-{cut}")
                known = set(report.acknowledged)
                _stand_still(installation, lambda copy=copy: shutil.copyfile(image, copy))  # type: ignore[misc]
                with _mounted(copy, Path(folder, f"after-{cut}")) as after:
                    gone, others = _lost(installation, after / "data", known)
                acknowledged, lost, wrong = len(known), lost + gone, [*wrong, *others]
    except (PermissionError, subprocess.CalledProcessError, FileNotFoundError) as error:
        return Kept(name, f"needs root and loop devices: {type(error).__name__}", None)
    seen = f"{cuts} cuts, {acknowledged} acknowledged before the last: {lost} lost, {len(wrong)} other faults"
    return Kept(name, seen, not lost and not wrong)


def _stand_still(installation: Installation, work: Callable[[], object]) -> None:
    for process in installation.running:
        os.killpg(process.pid, signal.SIGSTOP)
    try:
        time.sleep(0.05)
        work()
    finally:
        for process in installation.running:
            os.killpg(process.pid, signal.SIGCONT)


@contextmanager
def _file_system(image: Path, there: Path, mebibytes: int) -> Iterator[None]:
    with image.open("wb") as file:
        file.truncate(mebibytes * MEBIBYTE)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True, capture_output=True)
    with _mounted(image, there):
        yield


@contextmanager
def _mounted(image: Path, there: Path) -> Iterator[Path]:
    there.mkdir()
    subprocess.run(["mount", "-o", "loop", str(image), str(there)], check=True, capture_output=True)
    try:
        yield there
    finally:
        subprocess.run(["umount", "-l", str(there)], check=False, capture_output=True)


# --- P4: one place and many rivals ------------------------------------------------------------------------------------


def last_place(database: str, server: str) -> Kept:
    """So many focal points send a member for the last place at the same moment."""
    words, good = [], True
    for rivals in RIVALS:
        with (
            tempfile.TemporaryDirectory(prefix="confapp-race-") as folder,
            listening() as sink,
            database_on(server) as url,
        ):
            installation = Installation(Path(folder), sink, url)
            prepared = installation.run("tests.faults.prepare", str(rivals), "1")
            installation.start(worker=False)
            try:
                answers = _race(installation.port, prepared["focal_points"])  # type: ignore[arg-type]
            finally:
                installation.stop()
            found = installation.run("tests.faults.check", "compare")
        winners = answers.count(303)
        rows: list[str] = found["rows"]  # type: ignore[assignment]
        good = good and winners == len(rows) == 1 and not found["wrong"] and max(answers) < 500
        words.append(f"{rivals}: {winners}")
    return Kept(f"P4: a place is never given twice ({database})", f"winners of one place, {', '.join(words)}", good)


def _race(port: int, focal_points: list[dict[str, str]]) -> list[int]:
    """What each rival is answered; a server that asks to come again is asked again, under the same key."""
    start, answers = threading.Barrier(len(focal_points)), list[int]()

    def rival(number: int) -> None:
        browser = Browser(port)
        browser.sign_in(focal_points[number]["link"])
        path = f"{focal_points[number]['path']}/members/new"
        fields = browser.form(path, path).values(given_name=f"K{number}", email=f"K{number}@mail.example", data_use="y")
        start.wait(300)
        status = 503
        while status == 503:
            with suppress(OSError, http.client.HTTPException):
                status = browser.request("POST", path, fields)[0]
        answers.append(status)

    threads = [threading.Thread(target=rival, args=(number,)) for number in range(len(focal_points))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


# --- P7: no room, no database -----------------------------------------------------------------------------------------


def full_disk() -> Kept:
    """The disk fills up while people register: clear answers, reading goes on, and all is well when there is room."""
    name = "P7: a full disk (SQLite)"
    try:
        with tempfile.TemporaryDirectory(prefix="confapp-full-") as folder, ExitStack() as stack:
            there = Path(folder, "there")
            there.mkdir()
            subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(there)], check=True, capture_output=True
            )
            stack.callback(subprocess.run, ["umount", "-l", str(there)], check=False, capture_output=True)
            installation, report = stack.enter_context(at_work(there / "data"))
            ballast = there / "ballast"
            _fill(ballast)
            before = len(report.acknowledged)
            time.sleep(3)
            during, seen = len(report.acknowledged) - before, _answers(installation.port)
            refused = _register_oneself(installation.port)
            ballast.unlink()
            _wait_for(report, 10)
            known = set(report.acknowledged)
            gone, wrong = _lost(installation, there / "data", known)
    except (PermissionError, subprocess.CalledProcessError, FileNotFoundError) as error:
        return Kept(name, f"needs root: {type(error).__name__}", None)
    words = (
        f"with no byte free {during} registrations were acknowledged in 3 s, reading answered {seen}, writing {refused}; "
        f"with room again writing went on by itself; {gone} acknowledged lost, {len(wrong)} other faults"
    )
    return Kept(name, words, not gone and not wrong and (seen, refused) == (200, 503) and not report.faults)


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        for size in (MEBIBYTE, 4096):
            with suppress(OSError):
                while file.write(b"\0" * size):
                    pass


def _answers(port: int, path: str = "/kill-2027/") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse().status


def _register_oneself(port: int) -> int:
    """What somebody is answered who sends the public form."""
    browser, path = Browser(port), "/kill-2027/register"
    fields = browser.form(path, path).values(
        given_name="Somebody",
        organization="Independent",
        email="somebody@mail.example",
        data_use="y",
        category="delegate",
    )
    return browser.request("POST", path, fields)[0]


def database_gone(server: str) -> Kept:
    """PostgreSQL lets nobody in for a while: 503, then everything goes on without a hand."""
    with tempfile.TemporaryDirectory(prefix="confapp-gone-") as folder, database_on(server) as url:
        with at_work(Path(folder), url) as (installation, report):
            known = set(report.acknowledged)
            with _closed(server, str(make_url(url).database)):
                time.sleep(1)
                seen = _answers(installation.port, "/kill-2027/register")
            began = time.monotonic()
            _wait_for(report, 5)
            recovered = time.monotonic() - began
            known = set(report.acknowledged)
        gone, wrong = _lost(installation, Path(folder), known)
    words = (
        f"with no connection let in a page answered {seen}; {recovered:.1f} s after it was opened again five more were "
        f"registered; {gone} acknowledged lost, {len(wrong)} other faults"
    )
    return Kept("P7: the database is gone (PostgreSQL)", words, seen == 503 and not gone and not wrong)


@contextmanager
def _closed(server: str, database: str) -> Iterator[None]:
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT")

    def allow(word: str) -> None:
        with engine.connect() as connection:
            connection.execute(text(f'ALTER DATABASE "{database}" WITH ALLOW_CONNECTIONS {word}'))
            if word == "false":
                ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
                connection.execute(text(ended), {"name": database})

    allow("false")
    try:
        yield
    finally:
        allow("true")
        engine.dispose()


# --- P8: slow clients -------------------------------------------------------------------------------------------------


def slow_clients() -> Kept:
    """Connections that send a byte now and then, against the proxy that deploy/ ships, in front of the site."""
    name = f"P8: {SLOW} slow connections leave the site answering within a second"
    nginx = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else "")
    if not nginx:
        return Kept(name, "needs nginx, which is not installed", None)
    with tempfile.TemporaryDirectory(prefix="confapp-slow-") as folder, listening() as sink:
        installation = Installation(Path(folder, "data"), sink)
        installation.env["CONFAPP_TRUSTED_PROXY_HOPS"] = "1"
        installation.run("tests.faults.prepare", "1")
        installation.start(worker=False)
        try:
            with _proxy(nginx, Path(folder), installation.port) as port:
                slowest, answered = _under_slow_load(port)
        finally:
            installation.stop()
    return Kept(
        name, f"{answered} answers of the health check meanwhile, the slowest after {slowest:.0f} ms", slowest < 1000
    )


@contextmanager
def _proxy(nginx: str, folder: Path, target: int) -> Iterator[int]:
    """The shipped file, with ports and paths of this trial and without its certificate."""
    port = free_port()
    shipped = (ROOT / "deploy" / "nginx.conf").read_text()
    site = shipped.replace("127.0.0.1:8000", f"127.0.0.1:{target}").replace("/var/log/nginx", str(folder))
    head, _, tls = site.partition("server {\n    listen 80;")
    tls = "server {" + tls.split("server {", 1)[1]
    tls = tls.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};").replace("listen [::]:443 ssl http2;", "")
    tls = "\n".join(line for line in tls.splitlines() if "ssl_" not in line)
    tls = tls.replace("proxy_set_header X-Forwarded-Host $host;", "").replace("Host $host", f"Host 127.0.0.1:{target}")
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"pid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nworker_processes 1;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\n{head}{tls}\n}}\n"
    )
    process = subprocess.Popen([nginx, "-c", str(configuration), "-p", str(folder), "-g", "daemon off;"])
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _under_slow_load(port: int, seconds: float = 10) -> tuple[float, int]:
    """(slowest answer in ms, answers) of the health check while the slow ones hang on."""
    slow = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(SLOW)]
    times: list[float] = []
    try:
        for one in slow:
            one.sendall(b"POST /kill-2027/register HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\nX-Slow: ")
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for one in slow:
                with suppress(OSError):
                    one.sendall(b"a")
            begun = time.perf_counter()
            if _answers(port, "/healthz") != 200:
                return float("inf"), len(times)
            times.append((time.perf_counter() - begun) * 1000)
            time.sleep(0.2)
    finally:
        for one in slow:
            one.close()
    return max(times), len(times)


# --- P9: a backup meanwhile -------------------------------------------------------------------------------------------


def backup_meanwhile(database: str, server: str) -> Kept:
    """A backup while people register, restored into an empty place: what was acknowledged before it is there."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="confapp-backup-")))
        url = stack.enter_context(database_on(server))
        with at_work(folder / "data", url) as (installation, report):
            _wait_for(report, 20)
            known = set(report.acknowledged)
            _command(installation.env, "backup", str(folder / "archive"))
        elsewhere = folder / "restored"
        env = installation.env | {"CONFAPP_DATA": str(elsewhere)}
        other = stack.enter_context(_second_database(server))
        if other:
            env["CONFAPP_DATABASE_URL"] = other
        shutil.copytree(folder / "data" / "keys", elsewhere / "keys")
        shutil.copy(folder / "data" / "secret.key", elsewhere / "secret.key")
        _command(env, "restore", str(folder / "archive"))
        installation.env = env
        gone, wrong = _lost(installation, elsewhere, known)
    words = f"{len(known)} acknowledged before it began: {gone} missing after the restore, {len(wrong)} other faults"
    return Kept(f"P9: a backup while the site works ({database})", words, not gone and not wrong)


@contextmanager
def _second_database(server: str) -> Iterator[str]:
    if not server:
        yield ""
        return
    name = f"confapp_restored_{os.getpid()}"
    url = make_url(server.replace("postgresql://", "postgresql+psycopg://", 1))
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def _command(env: dict[str, str], *arguments: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "confapp.cli", *arguments], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if ran.returncode:
        raise RuntimeError(ran.stdout + ran.stderr)
