"""The demonstration as a newcomer starts it: real processes, real port, Ctrl-C."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Running:
    address: str
    links: dict[str, str]
    printed: str


def command(data: Path) -> list[str]:
    return [sys.executable, "-m", "confapp.cli", "demo", "--port", "0", "--data", str(data)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "CONFAPP_ENVIRONMENT": "production"}


@contextmanager
def running(data: Path) -> Iterator[Running]:
    """From when it is ready; ended by Ctrl-C afterwards."""
    log = data.with_suffix(".log")
    with log.open("w") as out:
        process = subprocess.Popen(
            command(data), cwd=ROOT, env=environment(), stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            deadline = time.monotonic() + 240
            while "Ctrl-C ends it" not in log.read_text():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
            printed = log.read_text()
            found = re.search(r"confapp runs at\s+(http://127\.0\.0\.1:\d+)/", printed)
            assert found, printed
            links = re.findall(r"^\s+(\S.*?)\s{2,}" + re.escape(found[1]) + r"(/sign-in/\S+)", printed, re.MULTILINE)
            yield Running(found[1], dict(links), printed)
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(60)
    assert code == 0, log.read_text()


def answer(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as response:
        return str(response.read().decode())


def first_start(data: Path) -> None:
    """Half a minute of work, so that it is done once in a run; every other demonstration begins as a copy of this."""
    with running(data) as begun:
        assert "Loading" in begun.printed
        assert json.loads(answer(f"{begun.address}/readyz"))["status"] == "ready"
        assert "<html" in answer(f"{begun.address}/")
        assert len(begun.links) >= 8, "a sign-in link for each role"
    with pytest.raises(OSError, match="refused"):
        answer(f"{begun.address}/healthz")
