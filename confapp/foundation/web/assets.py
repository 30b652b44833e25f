"""The style sheets joined in a fixed order into hashed, compressed files at start, and the scripts.

Public pages load app.css and app.js alone; the desk loads desk.css as well, and a page of it may load one more script.
"""

import gzip
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from confapp.config import Settings

STATIC = Path(__file__).resolve().parents[3] / "static"
FIRST = ("tokens.css", "type.css", "layout.css")


def sources() -> dict[str, bytes]:
    """Served name without hash -> content."""
    css = STATIC / "css"
    return {
        "app.css": _joined([*(css / name for name in FIRST), *sorted((css / "components").glob("*.css"))]),
        "desk.css": _joined(sorted((css / "desk").glob("*.css"))),
        **{script.name: script.read_bytes() for script in sorted((STATIC / "js").glob("*.js"))},
    }


def _joined(sheets: list[Path]) -> bytes:
    return b"\n".join(sheet.read_bytes() for sheet in sheets)


def install(app: Flask, settings: Settings) -> None:
    folder = settings.data / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    names = {name: _keep(folder, name, content) for name, content in sources().items()}
    app.extensions["assets"] = folder

    def asset(name: str) -> str:
        return f"/static/{names[name]}"

    app.jinja_env.globals["asset"] = asset


def serve(app: Flask, settings: Settings) -> None:
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(app.extensions["assets"]),
        prefix="static/",
        immutable_file_test=lambda path, url: True,
        add_headers_function=_headers,
    )


def _headers(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _keep(folder: Path, name: str, content: bytes) -> str:
    stem, suffix = name.rsplit(".", 1)
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    for ending, packed in (
        ("", content),
        (".gz", gzip.compress(content, 9, mtime=0)),
        (".br", brotli.compress(content, quality=11)),
    ):
        target = folder / (hashed + ending)
        if not target.exists():
            descriptor, temporary = tempfile.mkstemp(dir=folder)
            with os.fdopen(descriptor, "wb") as out:
                out.write(packed)
            os.replace(temporary, target)
    return hashed
