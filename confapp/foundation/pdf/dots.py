"""A drawing as dots, for programs that show no drawings: `dots`. In a process of its own, which before it reads the
drawing gives up opening anything: no file, no address."""

import resource
import sys

from confapp.foundation.pdf.apart import drawn, received

SECONDS = 5
MEMORY = 512 << 20
FAILED = "The emblem could not be drawn. Send it again as simple shapes, or as a PNG picture."


def dots(drawing: bytes, *, width: int = 1440, height: int = 360) -> bytes:
    """PNG on a clear ground, as large as fits. Slow (a process); RenderingFailed where it is too much."""
    order = {"drawing": drawing.decode(errors="replace"), "width": width, "height": height}
    return drawn("dots", order, cpu=SECONDS, memory=MEMORY, wait=SECONDS * 4, failed=FAILED)


def serve() -> None:
    """Runs in the other process."""
    import resvg_py

    order = received()
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    sides = {"width": order["width"], "height": order["height"]}
    sys.stdout.buffer.write(resvg_py.svg_to_bytes(order["drawing"], skip_system_fonts=True, **sides))
