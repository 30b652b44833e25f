"""The accent colour of a conference: its contrast, its lighter twin for dark screens, and the small sheet that sets both."""

import re
from typing import Any

from flask import Flask, Response, abort, url_for

DEFAULT = "#0b5563"
PAPER, DARK_PAPER = "#fcfbf8", "#161512"  # as in static/css/tokens.css
ENOUGH = 4.5

Colour = tuple[int, int, int]


def parse(colour: str) -> Colour:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"not a colour: {colour}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    dark, light = sorted((_luminance(parse(one)), _luminance(parse(other))))
    return (light + 0.05) / (dark + 0.05)


def is_readable(colour: str) -> bool:
    """True when the colour can be text on the light paper and carry white text; the dark twin is derived and always readable."""
    return contrast(colour, PAPER) >= ENOUGH


def for_dark(colour: str) -> str:
    """The same hue, lightened until it can be read on the dark paper."""
    red, green, blue = parse(colour)
    for step in range(21):
        share = step / 20
        lighter = "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in (red, green, blue))
        if contrast(lighter, DARK_PAPER) >= ENOUGH + 1.5:
            return lighter
    return "#ffffff"


def sheet(colour: str) -> str:
    twin = for_dark(colour)
    ink = "#ffffff" if contrast(colour, "#ffffff") >= ENOUGH else "#1b1a17"
    return (
        f":root{{--accent:{colour};--accent-ink:{ink}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{twin};--accent-ink:{DARK_PAPER}}}}}"
    )


def address(colour: str | None) -> str:
    return url_for("accent", colour=(colour or DEFAULT).lstrip("#").lower())


def install(app: Flask) -> None:
    app.add_url_rule("/accent/<colour>.css", "accent", _serve)


def _serve(colour: str) -> Any:
    try:
        body = sheet(f"#{colour.lower()}")
    except ValueError:
        abort(404)
    return Response(body, mimetype="text/css", headers={"Cache-Control": "public, max-age=31536000, immutable"})


def _luminance(colour: Colour) -> float:
    linear = [(part / 255) / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
