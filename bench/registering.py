"""Registrations from end to end: clients send the members of delegations, each with its record and its mails.

Beside each the bare table is measured: the goals were set where it was answered 472 times a second, and on a machine
that answers it more slowly they are as much lower. They are never higher.
"""

import http.client
import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.processes import Measured, measuring_bare
from tests.faults.harness import Browser, Installation
from tests.faults.test_kill import database_on
from tests.sink import listening

CLIENTS = (8, 64)
RATE, P95_MS, OF_TABLE = 60, 250, 472  # the goals at eight clients, where the bare table is answered so often
Bare = Callable[[], Measured]


@dataclass(frozen=True)
class Registered:
    database: str
    clients: int
    number: int
    seconds: float
    p50_ms: float
    p95_ms: float
    errors: int
    table_rate: float  # of the bare table, just before and just after

    @property
    def slowness(self) -> float:
        """How many times as slow as where the goals were set; at least 1."""
        return max(1.0, OF_TABLE / self.table_rate)

    @property
    def rate(self) -> float:
        return self.number / self.seconds

    @property
    def is_met(self) -> bool:
        if self.clients > CLIENTS[0]:
            return not self.errors
        return not self.errors and self.rate >= RATE / self.slowness and self.p95_ms <= P95_MS * self.slowness

    def line(self) -> str:
        goal = "no errors"
        if self.clients == CLIENTS[0]:
            goal = f"≥ {RATE / self.slowness:.0f} per second, p95 ≤ {P95_MS * self.slowness:.0f} ms, no errors"
        return (
            f"| {self.database} | {self.clients} | {self.rate:.0f} | {self.p50_ms:.0f} | {self.p95_ms:.0f} "
            f"| {self.errors} | {self.table_rate:.0f} | {self.rate / self.table_rate:.3f} "
            f"| {goal} | {'yes' if self.is_met else '**no**'} |"
        )


def lines(measured: list[Registered]) -> list[str]:
    return [
        "Members named by their focal points, with ledger, record and mails, as `serve` runs it. The goals, "
        f"{RATE} per second and p95 ≤ {P95_MS} ms, were set on a machine that answered the bare table {OF_TABLE} times "
        "a second; on a slower one, by the bare table just before and after, they are as much lower.",
        "",
        "| database | clients | per second | p50 ms | p95 ms | errors | bare table, per second | of its rate | goal | met |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(one.line() for one in measured),
    ]


def measure(seconds: float) -> list[Registered]:
    found = []
    with measuring_bare(seconds) as bare:
        for name, server in (("SQLite", ""), ("PostgreSQL", os.environ.get("CONFAPP_TEST_POSTGRES", ""))):
            if name == "SQLite" or server:
                found += [_one(name, server, clients, seconds, bare) for clients in CLIENTS]
    return found


def _one(database: str, server: str, clients: int, seconds: float, bare: Bare) -> Registered:
    with tempfile.TemporaryDirectory(prefix="confapp-rate-") as folder, listening() as sink, database_on(server) as url:
        installation = Installation(Path(folder), sink, url)
        prepared = installation.run("tests.faults.prepare", str(clients))
        before = bare().rate
        installation.start(worker=False)
        try:
            times, errors, spent = _load(installation.port, prepared["focal_points"], seconds)  # type: ignore[arg-type]
        finally:
            installation.stop()
        table_rate = (before + bare().rate) / 2
    p50, p95 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.95))
    return Registered(database, clients, len(times) - errors, spent, p50, p95, errors, table_rate)


def _load(port: int, focal_points: list[dict[str, str]], seconds: float) -> tuple[list[float], int, float]:
    """The sorted times of all answers, how many were errors, and the seconds that it took."""
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

        def register() -> None:
            name = f"K{number}x{count}"
            fields = form.values(
                form_key=secrets.token_urlsafe(16), given_name=name, email=f"{name}@mail.example", data_use="y"
            )
            try:
                status = browser.request("POST", form.action, fields)[0]
            except (OSError, http.client.HTTPException) as error:
                status, name = 0, repr(error)
            if status != 303:
                errors.append(f"{name} -> {status}")

        register()  # as with the bare table, what is measured was answered before
        browser.hang_up()  # the first worker that listened has all connections of the beginning
        ready.wait()
        begin.wait()
        while time.perf_counter() < deadline[0]:
            count += 1
            begun = time.perf_counter()
            register()
            times.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    deadline[0] = begun + seconds
    begin.set()
    for thread in threads:
        thread.join()
    return sorted(times), len(errors), time.perf_counter() - begun
