"""A picture from a process of its own that takes no more than it may: `drawn` orders it, `received` begins it there."""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from confapp.foundation.pdf import BEGIN, PROJECT, PangoMissing, RenderingFailed, _environment

MISSING = 3  # how the other process ends without Pango


def drawn(module: str, order: Mapping[str, Any], *, cpu: int, memory: int, wait: int, failed: str) -> bytes:
    """The PNG that `serve` of a module beside this one writes.

    `cpu` and `wait` are seconds of computing and by the clock, `memory` bytes. RenderingFailed says `failed`.
    """
    try:
        ran = subprocess.run(  # noqa: S603 - our own words only
            [sys.executable, "-c", BEGIN.replace("pdf.renderer import serve", f"pdf.{module} import serve")],
            input=json.dumps({"order": order, "cpu": cpu, "memory": memory}).encode(),
            capture_output=True,
            cwd=PROJECT,
            env=_environment(),
            timeout=wait,
        )
    except subprocess.TimeoutExpired as late:
        raise RenderingFailed(failed) from late
    if ran.returncode == MISSING:
        raise PangoMissing
    if ran.returncode or not ran.stdout.startswith(b"\x89PNG"):
        raise RenderingFailed(failed)
    return ran.stdout


def received() -> dict[str, Any]:
    """In the other process: the order, under its limits. Set here, for between fork and start no Python is safe in a
    program with threads."""
    sent = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_CPU, (sent["cpu"], sent["cpu"]))
    resource.setrlimit(resource.RLIMIT_AS, (sent["memory"], sent["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order: dict[str, Any] = sent["order"]
    return order
