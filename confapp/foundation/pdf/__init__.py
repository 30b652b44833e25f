"""Tagged, archivable PDF from HTML: `render`. No database and no Flask; called in the worker and in commands."""

import atexit
import hashlib
import json
import os
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from confapp.foundation import languages
from confapp.foundation.pdf.frames import MADE, NO_PANGO, READY, receive, send

PROJECT = Path(__file__).resolve().parents[3]
GRACE = 10

# The renderer takes this package without the program around it: 50 MB less, and no key of it beside foreign text.
BEGIN = """
import sys, types
program = sys.modules["confapp"] = types.ModuleType("confapp")
program.__path__ = ["confapp"]
from confapp.foundation.pdf.renderer import serve
serve()
"""


class RenderingFailed(Exception):
    """The document was not made; the message is a sentence for the person who ordered it."""


class PangoMissing(RenderingFailed):
    """The machine lacks the text layout library."""

    def __init__(self) -> None:
        super().__init__(
            "PDF files cannot be made because the system library Pango is missing. "
            "Install it (on Debian and Ubuntu: apt-get install libpangoft2-1.0-0); waiting publications then continue."
        )


@dataclass(frozen=True)
class PdfAttachment:
    """A file inside the file. `relationship` is ISO 32000's: Source, Data, Alternative, Supplement or Unspecified."""

    name: str
    data: bytes
    description: str
    relationship: str = "Source"


@dataclass(frozen=True)
class Limits:
    """Seconds of computing, seconds by the clock, bytes of memory, bytes of the result."""

    cpu: int = 20
    wall: int = 30
    memory: int = 1 << 30
    size: int = 50 << 20


def render(
    html: str,
    *,
    language: str,
    title: str,
    created: datetime,
    css: str = "",
    assets: Mapping[str, bytes] | None = None,
    attachments: Sequence[PdfAttachment] = (),
    author: str = "",
    keywords: Sequence[str] = (),
    profile: Literal["archive", "plain"] = "archive",
    limits: Limits | None = None,
) -> bytes:
    """The content of <body> as PDF; the same input gives the same bytes, in every process.

    "archive" is PDF/A-3a and PDF/UA-1 in one file, "plain" an ordinary PDF. The style sheet chooses `var(--serif)` or
    `var(--sans)`; pictures are named `asset:<name>`; any other address, a character without a font, and a limit that is
    reached raise RenderingFailed. Write list numbers as text: `li` with blocks inside it breaks PDF/UA.
    """
    if created.tzinfo is None:
        raise ValueError("the date of a document needs its time zone")
    order = {
        "html": html,
        "css": css,
        "language": language,
        "direction": languages.language(language).direction,
        "title": title,
        "author": author,
        "keywords": ", ".join(keywords),
        "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "profile": profile,
        "assets": {name: b64encode(data).decode() for name, data in (assets or {}).items()},
        "attachments": [asdict(item) | {"data": b64encode(item.data).decode()} for item in attachments],
    }
    order["identifier"] = hashlib.sha256(json.dumps(order, sort_keys=True).encode()).hexdigest()[:32]
    answer = _renderer().ask(json.dumps(order | asdict(limits or Limits())).encode())
    if answer[:1] != MADE:
        raise RenderingFailed(answer[1:].decode(errors="replace"))
    return answer[1:]


class _Renderer:
    """One renderer process; it makes one document at a time and is started again when it has died."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, order: bytes) -> bytes:
        with self.lock:
            process = self._running()
            # The renderer keeps the limits itself; this only frees us when the renderer is stuck as well.
            watch = threading.Timer(json.loads(order)["wall"] + GRACE, process.kill)
            watch.start()
            try:
                send(process.stdin, order)  # type: ignore[arg-type]
                answer = receive(process.stdout)  # type: ignore[arg-type]
            except BrokenPipeError:
                answer = None
            finally:
                watch.cancel()
            if not answer:
                self.stop()
                raise RenderingFailed("The renderer stopped unexpectedly; please try again.")
            return answer

    def _running(self) -> "subprocess.Popen[bytes]":
        if self.process is None or self.process.poll() is not None:
            self.process = _start()
        return self.process

    def stop(self) -> None:
        if self.process is not None and self.owner == os.getpid():
            self.process.kill()
            self.process.communicate()
            self.process = None


def _start() -> "subprocess.Popen[bytes]":
    from confapp.foundation.pdf import fonts  # also a command (python -m …), so not imported with the package

    if not fonts.installed():
        raise RenderingFailed("The fonts of the publications are not installed. Run: python3 manage.py setup")
    process = subprocess.Popen(  # noqa: S603 - our own words only
        [sys.executable, "-c", BEGIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        env=_environment(),
        start_new_session=True,
    )
    greeting = receive(process.stdout) if process.stdout else None
    if greeting == READY:
        return process
    process.kill()
    process.communicate()
    if greeting and greeting[:1] == NO_PANGO:
        raise PangoMissing
    raise RenderingFailed("The renderer could not be started.")


def _environment() -> dict[str, str]:
    """Nothing of ours: no keys, no addresses. The hash seed is fixed so that the order of sets is."""
    names = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPYCACHEPREFIX")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    fontconfig = str(Path(__file__).with_name("fontconfig.xml"))
    return kept | {"FONTCONFIG_FILE": fontconfig, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}


_current: _Renderer | None = None
_choosing = threading.Lock()


def _renderer() -> _Renderer:
    global _current
    with _choosing:
        if _current is None or _current.owner != os.getpid():
            _current = _Renderer()
            atexit.register(_current.stop)
        return _current
