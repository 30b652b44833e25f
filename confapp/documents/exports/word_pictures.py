"""Pictures in files for word processors: PNG as it is; a drawing (SVG) beside a picture, as word processors keep it.

Newer programs show the drawing, others the picture beside it, which is made from the drawing.
"""

import io
from functools import lru_cache
from typing import Any

from confapp.foundation.pdf import dots

DRAWING = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # what the format calls the part that names a drawing
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
WIDEST = 4  # times as wide as high


def place(line: Any, data: bytes, *, height: int, alt: str) -> None:
    """Adds it to a line, with what stands in its place for those who do not see it."""
    from docx.oxml.ns import qn

    is_drawing = not data.startswith(b"\x89PNG")
    shown = _dots(data) if is_drawing else data
    picture = line.add_run().add_picture(io.BytesIO(shown), height=_height(shown, height))
    picture._inline.find(qn("wp:docPr")).set("descr", alt)
    if is_drawing:
        _beside(line, picture, data)


def _beside(line: Any, picture: Any, data: bytes) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    part = Part(PackURI("/word/media/emblem.svg"), "image/svg+xml", data, line.part.package)
    named = line.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    drawing = f'<asvg:svgBlip xmlns:asvg="{SVG}" r:embed="{named}"/>'
    extension = f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{DRAWING}">{drawing}</a:ext></a:extLst>'
    next(picture._inline.iter(qn("a:blip"))).append(parse_xml(extension))


@lru_cache(maxsize=4)
def _dots(data: bytes) -> bytes:
    """Once for all languages of an issue."""
    return dots.dots(data)


def _height(picture: bytes, height: int) -> int:
    """Less where it would be wider than the page has room for; both sides stand at the beginning of every PNG."""
    wide, high = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    return min(height, height * WIDEST * high // wide)
