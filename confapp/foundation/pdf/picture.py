"""A picture of a title, for links that others show: `share_picture`. Set by Pango in our fonts, so that every script of
the publications is shaped as in their files; in a process of its own, as documents are."""

import json
import resource
import subprocess
import sys

from confapp.foundation import languages
from confapp.foundation.pdf import BEGIN, PROJECT, PangoMissing, RenderingFailed, _environment, fonts

SIZE = (1200, 630)
SECONDS = 30
MEMORY = 1 << 30
MISSING = 3  # how the other process ends without Pango


def share_picture(*, language: str, accent: str, over: str, title: str, under: list[str]) -> bytes:
    """PNG of 1200 × 630: `over` small at the top, the title as large as it fits, the lines `under` it at the foot."""
    order = {
        "language": language,
        "is_rtl": languages.language(language).direction == "rtl",
        "accent": accent,
        "over": over,
        "title": title,
        "under": under,
        "fonts": [str(face.decoded) for face in (*fonts.FACES, *fonts.needed(" ".join((over, title, *under))))],
    }
    ran = subprocess.run(  # noqa: S603 - our own words only
        [sys.executable, "-c", BEGIN.replace("pdf.renderer import serve", "pdf.setting import serve")],
        input=json.dumps(order).encode(),
        capture_output=True,
        cwd=PROJECT,
        env=_environment(),
        timeout=SECONDS,
        preexec_fn=_limits,
    )
    if ran.returncode == MISSING:
        raise PangoMissing
    if ran.returncode or not ran.stdout.startswith(b"\x89PNG"):
        raise RenderingFailed("The picture for links could not be drawn.")
    return ran.stdout


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
