"""The small sheet that sets a conference's accent colour; its address names the colour, so it never changes."""

import re

from flask import Flask, Response, abort

from confapp.foundation.colour import NIGHT, at_night
from confapp.foundation.web.guard import public


def address(colour: str) -> str:
    return f"/accent/{colour.lstrip('#')}.css"


def sheet(colour: str) -> str:
    return (
        f":root{{--accent:{colour};--accent-ink:#fff}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{at_night(colour)};--accent-ink:{NIGHT}}}}}"
    )


@public
def show(colour: str) -> Response:
    if not re.fullmatch("[0-9a-f]{6}", colour):
        abort(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(sheet(f"#{colour}"), mimetype="text/css", headers=headers)


def install(app: Flask) -> None:
    app.add_url_rule("/accent/<colour>.css", "accent", show)
