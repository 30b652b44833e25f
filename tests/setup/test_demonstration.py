"""The demonstration as a newcomer starts it; tests/demonstration.py has its first start."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.demonstration import answer, command, environment, running

pytestmark = pytest.mark.once


def test_it_starts_once_keeps_its_data_and_ends(loaded: Path, tmp_path: Path) -> None:
    data = tmp_path / "var"
    shutil.copytree(loaded, data)
    (data / "kept").write_text("between two starts")
    with running(data) as again:
        assert "Loading" not in again.printed
        assert json.loads(answer(f"{again.address}/healthz"))["status"] == "ok"
        assert len(again.links) >= 8, "a sign-in link for each role"

        second = subprocess.run(command(data), env=environment(), capture_output=True, text=True, timeout=60)
        assert second.returncode == 1
        assert f"running already: {again.address}" in second.stderr
        assert "Traceback" not in second.stderr

    with pytest.raises(OSError, match="refused"):
        answer(f"{again.address}/healthz")
    assert (data / "kept").exists()
    assert data.stat().st_mode & 0o077 == 0
    ours = [path for path in data.rglob("*") if path.is_file() and path.name not in ("kept", "seen")]
    assert all(path.stat().st_mode & 0o077 == 0 for path in ours)
