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
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.once


def command(data: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "confapp.cli", "demo", "--port", "0", "--data", str(data), *options]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "CONFAPP_ENVIRONMENT": "production"}


@contextmanager
def demonstration(data: Path, *options: str) -> Iterator[tuple[str, str]]:
    """(address, everything printed until it was ready); ended by Ctrl-C afterwards."""
    log = data.with_suffix(".log")
    with log.open("w") as out:
        process = subprocess.Popen(
            command(data, *options), env=environment(), stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            deadline = time.monotonic() + 120
            while "Ctrl-C ends it" not in log.read_text():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
            printed = log.read_text()
            found = re.search(r"confapp runs at\s+(http://127\.0\.0\.1:\d+)/", printed)
            assert found, printed
            yield found[1], printed
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(30)
    assert code == 0, log.read_text()


def answer(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as response:
        return str(response.read().decode())


def test_it_starts_once_keeps_its_data_and_ends(tmp_path: Path) -> None:
    data = tmp_path / "var"
    with demonstration(data) as (address, printed):
        assert json.loads(answer(f"{address}/readyz"))["status"] == "ready"
        assert "<html" in answer(f"{address}/")
        assert len(re.findall(re.escape(address) + r"/\S+/\S+", printed)) >= 8, "a sign-in link for each role"

        second = subprocess.run(command(data), env=environment(), capture_output=True, text=True, timeout=60)
        assert second.returncode == 1
        assert f"running already: {address}" in second.stderr
        assert "Traceback" not in second.stderr

    with pytest.raises(OSError, match="refused"):
        answer(f"{address}/healthz")
    (data / "kept").write_text("between two starts")
    with demonstration(data) as (address, printed):
        assert "Loading" not in printed
        assert json.loads(answer(f"{address}/healthz"))["status"] == "ok"
    assert (data / "kept").exists()
    assert data.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in data.rglob("*") if path.is_file() and path.name != "kept")
