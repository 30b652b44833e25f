"""Bursts of registrations against real processes that are killed meanwhile, and what must be true afterwards.

Clients repeat each form under its key until they are answered, as a browser whose connection broke would. Whatever was
answered with a redirect counts as acknowledged.
"""

import http.client
import json
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from lxml import html

from confapp.serving import gunicorn
from tests.access.pages import PageForm, forms
from tests.sink import Sink, free_port

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 6
TIMEOUT = 10.0


@dataclass
class Report:
    """What the clients saw and what was found afterwards."""

    kills: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)  # name -> address of the answer
    refused: int = 0
    repeated: int = 0
    faults: list[str] = field(default_factory=list)
    found: dict[str, object] = field(default_factory=dict)


class Installation:
    """Web (two processes) and worker on one data directory, each in a process group of its own."""

    def __init__(self, data: Path, sink: Sink, database_url: str = "") -> None:
        self.sink, self.port = sink, free_port()
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("CONFAPP_")} | {
            "CONFAPP_DATA": str(data),
            "CONFAPP_BASE_URL": f"http://127.0.0.1:{self.port}",
            "CONFAPP_SMTP_URL": sink.url,
            "PYTHONPATH": str(ROOT),
        }
        if database_url:
            self.env["CONFAPP_DATABASE_URL"] = database_url
        self.log = data / "processes.log"
        self.running: list[subprocess.Popen[bytes]] = []

    def run(self, module: str, *arguments: str) -> dict[str, object]:
        """A module in a process of its own; its last line is JSON."""
        command = [sys.executable, "-m", module, *arguments]
        ran = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)
        if ran.returncode:
            raise RuntimeError(ran.stderr)
        return dict(json.loads(ran.stdout.splitlines()[-1]))

    def start(self, *, worker: bool = True) -> None:
        web = gunicorn(f"127.0.0.1:{self.port}", workers=2, threads=4)
        with self.log.open("ab") as log:
            for command in (web, [sys.executable, "-m", "confapp.cli", "worker"])[: 1 + worker]:
                self.running.append(
                    subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True)
                )
        self._wait()

    def kill(self) -> None:
        """No process gets to finish anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        for process in self.running:
            os.killpg(process.pid, number)
        for process in self.running:
            process.wait(30)
        self.running.clear()

    def _wait(self) -> None:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"the site did not start: {self.log.read_text()[-2000:]}")


class Browser:
    """One signed-in client over one connection at a time."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}
        self.connection: http.client.HTTPConnection | None = None

    def request(self, method: str, path: str, body: dict[str, str] | None = None) -> tuple[int, str, str]:
        """(status, location, page); OSError or HTTPException when there was no whole answer."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
            self.connection.request(method, path, urlencode(body) if body is not None else None, headers)
            answer = self.connection.getresponse()
            page = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.connection = None
            raise
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), page

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def form(self, path: str, action: str = "") -> PageForm:
        """The form of a page that goes to an action, or its only one."""
        status, _, page = self.request("GET", path)
        found = [f for f in forms(html.fromstring(page), path) if f.method == "POST" and action in ("", f.action)]
        if status != 200 or not found:
            raise RuntimeError(f"{path} -> {status} without a form")
        return found[0]

    def sign_in(self, link: str) -> None:
        path = urlsplit(link).path
        status, _, page = self.request("POST", path, self.form(path, path).values())
        if status != 303:
            raise RuntimeError(f"signing in -> {status}: {page[:500]}")


def run(installation: Installation, kills: int, *, seed: int = 1, pause: tuple[float, float] = (0.3, 1.2)) -> Report:
    """Bursts with so many kills, the last while mails go out; then all is started once more and compared."""
    chance, report, stop = random.Random(seed), Report(), threading.Event()
    prepared = installation.run("tests.faults.prepare")
    installation.start()
    clients = [threading.Thread(target=_client, args=(installation, n, prepared, report, stop)) for n in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        for _ in range(kills - 1):
            _wait_for_more(report)
            time.sleep(chance.uniform(*pause))
            installation.kill()
            report.kills += 1
            installation.start()
        _wait_for_more(report)
    finally:
        stop.set()
        for client in clients:
            client.join()
    installation.kill()  # nobody waits for an answer any more: what is left is the worker's
    report.kills += 1
    installation.run("tests.faults.check", "let time pass")
    installation.start()
    _wait_for_mail(installation)
    installation.stop()
    report.found = installation.run("tests.faults.check", "compare")
    compare(report, installation.sink)
    return report


def _wait_for_more(report: Report, more: int = 5) -> None:
    """Until the clients are at work again, so that each kill hits something."""
    before, deadline = len(report.acknowledged), time.monotonic() + 120
    while len(report.acknowledged) < before + more and not report.faults:
        if time.monotonic() > deadline:
            raise RuntimeError("the clients get no answers")
        time.sleep(0.02)


def _wait_for_mail(installation: Installation) -> None:
    for _ in range(240):
        if not installation.run("tests.faults.check", "waiting")["mails"]:
            return
        time.sleep(0.5)
    raise RuntimeError("mails still wait")


def _client(
    installation: Installation,
    number: int,
    prepared: dict[str, list[dict[str, str]]],
    report: Report,
    stop: threading.Event,
) -> None:
    try:
        focal_point = prepared["focal_points"][number]
        browser = Browser(installation.port)
        browser.sign_in(focal_point["link"])
        path = f"{focal_point['path']}/members/new"
        form, count = browser.form(path, path), 0
        while not stop.is_set():
            count += 1
            name = f"K{number}x{count}"
            _register(browser, form, name, report)
    except Exception as error:
        report.faults.append(f"client {number}: {error!r}")


def _register(browser: Browser, form: PageForm, name: str, report: Report) -> None:
    fields = form.values(
        form_key=secrets.token_urlsafe(16),
        given_name=name,
        family_name="Contoh",
        email=f"{name}@mail.example",
        data_use="y",
    )
    begun = time.monotonic()
    while time.monotonic() < begun + 90:
        try:
            status, location, page = browser.request("POST", form.action, fields)
        except (OSError, http.client.HTTPException):
            report.repeated += 1
            time.sleep(0.05)
            continue
        if status == 303:
            report.acknowledged[name] = location
            return
        if status in (409, 422):
            report.refused += 1
            time.sleep(0.2)
            return
        if status < 500:
            raise RuntimeError(f"{name} -> {status}: {page[:300]}")
        time.sleep(0.05)
    raise RuntimeError(f"{name} was never answered")


def compare(report: Report, sink: Sink) -> None:
    """Nothing acknowledged is lost, nothing is there twice, and no mail is silently lost."""
    found, say = report.found, report.faults.append
    rows: list[str] = found["rows"]  # type: ignore[assignment]
    if lost := set(report.acknowledged) - set(rows):
        say(f"acknowledged and lost: {sorted(lost)}")
    if twice := {name for name, times in Counter(rows).items() if times > 1}:
        say(f"there twice: {sorted(twice)}")
    if unknown := set(rows) - set(report.acknowledged):
        say(f"there, though nobody was told so: {sorted(unknown)}")
    report.faults.extend(found["wrong"])  # type: ignore[arg-type]
    arrived = Counter(sink.ids)
    for mail in found["mails"]:  # type: ignore[attr-defined]
        copies = arrived[f"<{mail['message_id']}>"]
        right = {
            ("sent", "notice"): copies == 1,
            ("sent", "security"): copies >= 1,
            ("in_doubt", "notice"): copies <= 1,
        }
        if not right.get((mail["state"], mail["kind"])):
            say(f"a {mail['kind']} mail is {mail['state']} and arrived {copies} times")
    known = {f"<{mail['message_id']}>" for mail in found["mails"]}  # type: ignore[attr-defined]
    if strays := set(arrived) - known:
        say(f"mails of no registration arrived: {strays}")
