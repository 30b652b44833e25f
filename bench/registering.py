"""Registrations from end to end: eight clients send the members of delegations, each with its record and its mails."""

import http.client
import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.harness import Browser, Installation
from tests.sink import listening

CLIENTS = 8


@dataclass(frozen=True)
class Registered:
    number: int
    seconds: float
    p50_ms: float
    p95_ms: float
    errors: int

    def lines(self) -> list[str]:
        rate = self.number / self.seconds
        met = "yes" if rate >= 60 and self.p95_ms <= 250 and not self.errors else "**no**"
        return [
            "| registrations, 8 clients, SQLite | per second | p50 ms | p95 ms | errors | goal | met |",
            "|---|---|---|---|---|---|---|",
            f"| members named by their focal points, with record and mails, as `serve` runs | {rate:.0f} "
            f"| {self.p50_ms:.0f} | {self.p95_ms:.0f} | {self.errors} | ≥ 60 per second, p95 ≤ 250 ms, no errors | {met} |",
        ]


def measure(data: Path, seconds: float) -> Registered:
    data.mkdir(parents=True)
    with listening() as sink:
        installation = Installation(data, sink)
        prepared = installation.run("tests.faults.prepare", str(CLIENTS))
        installation.start(worker=False)
        try:
            return _load(installation.port, prepared["focal_points"], seconds)  # type: ignore[arg-type]
        finally:
            installation.stop()


def _load(port: int, focal_points: list[dict[str, str]], seconds: float) -> Registered:
    times: list[float] = []
    errors: list[str] = []
    ready, begin = threading.Barrier(CLIENTS + 1), threading.Event()
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

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
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
    return Registered(len(times) - len(errors), spent, p50, p95, len(errors))
