"""The style sheets joined in a fixed order into hashed, compressed files at start, and the scripts.

Public pages load app.css and app.js alone, the programme's the script of its stars too; agendas and the programme in a
frame of another page have a small sheet of their own; the desk loads desk.css as well, and a page of it may load one
more script; the timetable's editor has a sheet with its board and the lines of the board's grid.
"""

import gzip
import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from confapp.config import Settings

STATIC = Path(__file__).resolve().parents[3] / "static"
ROWS, COLUMNS = 362, 80  # of a board: thirty hours in steps of five minutes below its head, and rooms with their lanes
FIRST = ("tokens.css", "type.css", "layout.css")


def sources() -> dict[str, bytes]:
    """Served name without hash -> content."""
    css = STATIC / "css"
    return {
        "app.css": _joined([*(css / name for name in FIRST), *sorted((css / "components").glob("*.css"))]),
        "agenda.css": _joined(sorted((css / "agenda").glob("*.css"))),
        "desk.css": _joined(sorted((css / "desk").glob("*.css"))),
        "board.css": _joined(sorted((css / "board").glob("*.css"))) + _lines_of_a_board(),
        **{script.name: script.read_bytes() for script in sorted((STATIC / "js").glob("*.js"))},
    }


def _lines_of_a_board() -> bytes:
    """Places on a board to scale: pages carry no styles of their own, so each line of its grid has a class."""
    rules = [f".r{n}{{grid-row-start:{n}}}.h{n}{{grid-row-end:span {n}}}" for n in range(1, ROWS + 1)]
    rules += [f".c{n}{{grid-column-start:{n}}}.w{n}{{grid-column-end:span {n}}}" for n in range(1, COLUMNS + 2)]
    rules += [f".lanes-{n}{{--lanes:{n}}}" for n in range(1, COLUMNS + 1)]
    return "\n".join(rules).encode()


COMMENTS = re.compile(rb"/\*.*?\*/\n?", re.DOTALL)


def _joined(sheets: list[Path]) -> bytes:
    """As they are written, without the words that are for their readers here."""
    return COMMENTS.sub(b"", b"\n".join(sheet.read_bytes() for sheet in sheets))


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
