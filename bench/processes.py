"""Servers to measure, what they cost in processor time and memory, and the load that is put on them."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 8
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def pids(self) -> list[int]:
        """The server and all its descendants."""
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting += map(int, task.read_text().split())
        return found

    def cpu_seconds(self) -> float:
        """Used so far by the whole process tree."""
        total = 0
        for pid in self.pids:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICK

    def memory_mb(self) -> float:
        """PSS: what is shared between processes counts once."""
        total = 0
        for pid in self.pids:
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            total += int(found[1]) if found else 0
        return total / 1024


@contextmanager
def serving(app: str, env: dict[str, str], port: int) -> Iterator[Server]:
    """gunicorn with two sync workers, forked off from one process that has loaded the application."""
    command = [sys.executable, "-m", "gunicorn", app, "--workers", "2", "--worker-class", "sync", "--preload"]
    command += ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "error"]
    process = subprocess.Popen(command, cwd=ROOT, env=env | {"PYTHONPATH": str(ROOT)}, start_new_session=True)
    try:
        _wait(port)
        yield Server(port, process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


@contextmanager
def working(env: dict[str, str]) -> Iterator[Server]:
    """The worker process of an installation."""
    command = [sys.executable, "-m", "confapp.cli", "worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=env | {"PYTHONPATH": str(ROOT)}, start_new_session=True)
    try:
        time.sleep(8)
        yield Server(0, process)
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")


@dataclass(frozen=True)
class Measured:
    """One address under load."""

    rate: float
    cpu_ms: float
    p95_ms: float
    bytes: int

    def times(self, table: "Measured") -> float:
        return self.cpu_ms / table.cpu_ms


def measure(
    server: Server, path: str, seconds: float, headers: dict[str, str] | None = None, status: int = 200
) -> Measured:
    """Warms up, then puts CONNECTIONS connections' load on an address; every answer must have the status."""
    headers = {"Accept-Encoding": "gzip"} | (headers or {})
    size = _check(server.port, path, headers, status)
    load(server.port, path, headers, min(1.0, seconds))
    before = server.cpu_seconds()
    answers, p95, spent = load(server.port, path, headers, seconds)
    if not answers:
        raise RuntimeError(f"{path}: no answer within {seconds} seconds; the machine is too busy to measure")
    return Measured(answers / spent, (server.cpu_seconds() - before) * 1000 / answers, p95, size)


@contextmanager
def measuring_bare(seconds: float) -> Iterator[Callable[[], Measured]]:
    """What measures the bare table, whenever it is asked, as the machine is at that moment."""
    with tempfile.TemporaryDirectory(prefix="confapp-bare-") as folder:
        env = os.environ | {"CONFAPP_DATA": folder, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [sys.executable, "-c", "from bench.reference import fill; fill()"], cwd=ROOT, env=env, check=True
        )
        with serving("bench.reference:app", env, free_port()) as bare:
            yield lambda: measure(bare, "/table", seconds)


def _check(port: int, path: str, headers: dict[str, str], status: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(8):  # each worker has drawn it once
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != status:
            raise RuntimeError(f"{path} -> {answer.status}, not {status}")
    return len(body)


def tool() -> str:
    return "wrk" if shutil.which("wrk") else "a client of its own, in Python"


def load(port: int, path: str, headers: dict[str, str], seconds: float) -> tuple[int, float, float]:
    """(answers, 95th percentile in ms, seconds)."""
    return _wrk(port, path, headers, seconds) if shutil.which("wrk") else _own(port, path, headers, seconds)


def _wrk(port: int, path: str, headers: dict[str, str], seconds: float) -> tuple[int, float, float]:
    script = ROOT / "bench" / "percentile.lua"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "-s", str(script)]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    ran = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True)
    answers, p95, spent, bad = (float(part) for part in ran.stdout.split("RESULT")[1].split())
    if bad:
        raise RuntimeError(f"{path}: {bad:.0f} answers were errors")
    return int(answers), p95, spent


def _own(port: int, path: str, headers: dict[str, str], seconds: float) -> tuple[int, float, float]:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{lines}Connection: close\r\n\r\n".encode()
    times: list[float] = []
    begun = time.perf_counter()
    deadline = begun + seconds

    def client() -> None:
        while (now := time.perf_counter()) < deadline:
            with socket.create_connection(("127.0.0.1", port), 30) as connection:
                connection.sendall(request)
                first = connection.recv(65536)
                while connection.recv(65536):
                    pass
            if not first.startswith((b"HTTP/1.1 2", b"HTTP/1.1 3")):
                raise RuntimeError(first[:60].decode())
            times.append(time.perf_counter() - now)

    threads = [threading.Thread(target=client) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return len(times), times[int(len(times) * 0.95)] * 1000, time.perf_counter() - begun
