"""Small things that several printed documents need: a square code, and words inside a style sheet."""

import io
import re

import segno


def square_code(address: str) -> bytes:
    """A QR code as SVG."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, omitsize=True)
    return drawn.getvalue()


def css_string(words: str) -> str:
    """Words as a string of a style sheet, whatever they hold."""
    return '"' + re.sub(r'[\\"\n<]', lambda found: f"\\{ord(found[0]):x} ", words) + '"'
