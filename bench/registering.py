"""Registrations from end to end: clients send the members of delegations, each with its record and its mails."""

import http.client
import os
import secrets
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.harness import Browser, Installation
from tests.faults.test_kill import database_on
from tests.sink import listening

CLIENTS = (8, 64)
RATE, P95_MS = 60, 250  # the goals at eight clients


@dataclass(frozen=True)
class Registered:
    database: str
    clients: int
    number: int
    seconds: float
    p50_ms: float
    p95_ms: float
    errors: int

    @property
    def is_met(self) -> bool:
        is_fast = self.clients > CLIENTS[0] or (self.number / self.seconds >= RATE and self.p95_ms <= P95_MS)
        return is_fast and not self.errors

    def line(self) -> str:
        goal = f"≥ {RATE} per second, p95 ≤ {P95_MS} ms, no errors" if self.clients == CLIENTS[0] else "no errors"
        return (
            f"| {self.database} | {self.clients} | {self.number / self.seconds:.0f} | {self.p50_ms:.0f} "
            f"| {self.p95_ms:.0f} | {self.errors} | {goal} | {'yes' if self.is_met else '**no**'} |"
        )


def lines(measured: list[Registered]) -> list[str]:
    return [
        "Members named by their focal points, with ledger, record and mails, as `serve` runs it:",
        "",
        "| database | clients | per second | p50 ms | p95 ms | errors | goal | met |",
        "|---|---|---|---|---|---|---|---|",
        *(one.line() for one in measured),
    ]


def measure(seconds: float) -> list[Registered]:
    found = []
    for name, server in (("SQLite", ""), ("PostgreSQL", os.environ.get("CONFAPP_TEST_POSTGRES", ""))):
        if name == "SQLite" or server:
            found += [_one(name, server, clients, seconds) for clients in CLIENTS]
    return found


def _one(database: str, server: str, clients: int, seconds: float) -> Registered:
    with tempfile.TemporaryDirectory(prefix="confapp-rate-") as folder, listening() as sink, database_on(server) as url:
        installation = Installation(Path(folder), sink, url)
        prepared = installation.run("tests.faults.prepare", str(clients))
        installation.start(worker=False)
        try:
            return _load(database, installation.port, prepared["focal_points"], seconds)  # type: ignore[arg-type]
        finally:
            installation.stop()


def _load(database: str, port: int, focal_points: list[dict[str, str]], seconds: float) -> Registered:
    clients = len(focal_points)
    times: list[float] = []
    errors: list[str] = []
    ready, begin = threading.Barrier(clients + 1), threading.Event()
    deadline = [0.0]

    def client(number: int) -> None:
        browser = Browser(port)
        browser.sign_in(focal_points[number]["link"])
        path = f"{focal_points[number]['path']}/members/new"
        form, count = browser.form(path, path), 0
        ready.wait()
        begin.wait()
        while time.perf_counter() < deadline[0]:
            count += 1
            name = f"K{number}x{count}"
            fields = form.values(
                form_key=secrets.token_urlsafe(16), given_name=name, email=f"{name}@mail.example", data_use="y"
            )
            begun = time.perf_counter()
            try:
                status = browser.request("POST", form.action, fields)[0]
            except (OSError, http.client.HTTPException) as error:
                status, name = 0, repr(error)
            times.append(time.perf_counter() - begun)
            if status != 303:
                errors.append(f"{name} -> {status}")

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    deadline[0] = begun + seconds
    begin.set()
    for thread in threads:
        thread.join()
    times.sort()
    spent = time.perf_counter() - begun
    p50, p95 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.95))
    return Registered(database, clients, len(times) - len(errors), spent, p50, p95, len(errors))
