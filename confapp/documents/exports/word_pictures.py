"""Pictures in files for word processors: PNG as it is; a drawing (SVG) beside a picture, as word processors keep it.

A drawing is shown by the newer ones. Others show the picture beside it, which is empty: the program has
nothing that turns a drawing into dots, and a wrong emblem would be worse than none.
"""

import io
import re
from typing import Any

DRAWING = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # what the format calls the part that names a drawing
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
WIDEST = 4  # times as wide as high


def place(line: Any, data: bytes, *, height: int, alt: str) -> None:
    """Adds it to a line, with what stands in its place for those who do not see it."""
    from docx.oxml.ns import qn

    is_drawing = not data.startswith(b"\x89PNG")
    dots = _empty(_proportion(data)) if is_drawing else data
    picture = line.add_run().add_picture(io.BytesIO(dots), height=height)
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


def _proportion(data: bytes) -> float:
    """Width by height, of what our own cleaning wrote down."""
    head = data[: data.find(b">") + 1].decode(errors="replace")
    box = re.search(r'viewBox="\s*\S+?[\s,]+\S+?[\s,]+([\d.]+)[\s,]+([\d.]+)', head)
    sides = box.groups() if box else [_length(head, name) for name in ("width", "height")]
    try:
        width, height = (float(side) for side in sides)
        return min(max(width / height, 1 / WIDEST), WIDEST)
    except (ValueError, ZeroDivisionError):
        return 1


def _length(head: str, name: str) -> str:
    found = re.search(rf'\b{name}="([\d.]+)', head)
    return found[1] if found else ""


def _empty(proportion: float) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    Image.new("LA", (round(60 * proportion), 60), (255, 0)).save(made, "PNG")
    return made.getvalue()
