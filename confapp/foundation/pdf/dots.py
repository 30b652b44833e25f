"""A drawing as dots, for programs that show no drawings: `dots`. In a process of its own, which before it reads the
drawing gives up opening anything: no file, no address."""

import json
import resource
import subprocess
import sys

from confapp.foundation.pdf import BEGIN, PROJECT, RenderingFailed, _environment

SECONDS = 5
MEMORY = 512 << 20
FAILED = "The emblem could not be drawn. Send it again as simple shapes, or as a PNG picture."


def dots(drawing: bytes, *, width: int = 1440, height: int = 360) -> bytes:
    """PNG on a clear ground, as large as fits. Slow (a process); RenderingFailed where it is too much."""
    order = {"drawing": drawing.decode(errors="replace"), "width": width, "height": height, "seconds": SECONDS}
    try:
        ran = subprocess.run(  # noqa: S603 - our own words only
            [sys.executable, "-c", BEGIN.replace("pdf.renderer import serve", "pdf.dots import serve")],
            input=json.dumps(order).encode(),
            capture_output=True,
            cwd=PROJECT,
            env=_environment(),
            timeout=SECONDS * 4,
        )
    except subprocess.TimeoutExpired as late:
        raise RenderingFailed(FAILED) from late
    if ran.returncode or not ran.stdout.startswith(b"\x89PNG"):
        raise RenderingFailed(FAILED)
    return ran.stdout


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve() -> None:
    """Runs in the other process."""
    import resvg_py

    order = json.loads(sys.stdin.buffer.read())
    _limit(order["seconds"])
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    sides = {"width": order["width"], "height": order["height"]}
    sys.stdout.buffer.write(resvg_py.svg_to_bytes(order["drawing"], skip_system_fonts=True, **sides))
