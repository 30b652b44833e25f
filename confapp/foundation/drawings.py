"""Emblems and other marks that people send as drawings: taken apart, and only what draws is written down again.

    content, ending = drawings.clean(upload)   # BadImage says what to do, in words

SVG keeps its shapes, colours and gradients and nothing that could run, load or refer; PNG is decoded and written anew.
Never call it under the write lock.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from confapp.foundation.images import BadImage
from confapp.foundation.languages import gettext as _

LARGEST_FILE = 1 << 20
MOST_SHAPES = 4_000
DEEPEST = 100  # groups in groups
LARGEST_SIDE = 1_600
SVG = "http://www.w3.org/2000/svg"
SHAPES = re.compile(
    r"(svg|g|path|rect|circle|ellipse|line|polyline|polygon|defs|linearGradient|radialGradient|stop|clipPath)\Z"
)
SILENT = ("title", "desc", "metadata")  # left out: they draw nothing
ATTRIBUTES = re.compile(
    r"(id|d|x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|fx|fy|width|height|points|viewBox|preserveAspectRatio|transform|offset"
    r"|gradientUnits|gradientTransform|spreadMethod|clipPathUnits|fill|fill-rule|fill-opacity|stroke|stroke-width"
    r"|stroke-linecap|stroke-linejoin|stroke-miterlimit|stroke-dasharray|stroke-dashoffset|stroke-opacity|opacity"
    r"|clip-path|clip-rule|stop-color|stop-opacity|color)\Z"
)
PLAIN_VALUE = re.compile(r"[\w\s.,%#()+\-;]{0,100000}\Z")
OWN_PART = re.compile(r"url\(#[\w.-]+\)\Z")


def clean(content: bytes) -> tuple[bytes, str]:
    """What is kept of a drawing, and its ending: svg or png."""
    if len(content) > LARGEST_FILE:
        raise BadImage(_("This file is larger than %(size)d MB.", size=LARGEST_FILE >> 20))
    if content.startswith(b"\x89PNG"):
        from confapp.foundation import pixels

        return pixels.drawing(content, LARGEST_SIDE), "png"
    if b"<svg" in content[:4096]:
        return _shapes(content), "svg"
    raise BadImage(_("This file is neither an SVG drawing nor a PNG picture."))


def _shapes(content: bytes) -> bytes:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(content, forbid_dtd=False)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadImage(_("This SVG drawing is damaged, or it refers to something outside it.")) from error
    drawn = _copied(root, [0])
    if drawn is None or drawn.tag != "svg":
        raise BadImage(_("This file is neither an SVG drawing nor a PNG picture."))
    if "viewBox" not in drawn.attrib and not {"width", "height"} <= set(drawn.attrib):
        raise BadImage(_("This SVG drawing does not say how large it is (viewBox)."))
    drawn.set("xmlns", SVG)
    return bytes(tostring(drawn, encoding="utf-8"))


def too_intricate() -> str:
    return _("This drawing is too intricate. Send it with fewer or simpler shapes, or as a PNG picture.")


def _copied(element: Element, count: list[int], depth: int = 0) -> Element | None:
    """The element with what is allowed of it; None where it draws nothing. Raises where something would be missing."""
    space, _brace, name = element.tag.rpartition("}")
    if space.lstrip("{") not in ("", SVG) or name in SILENT:
        return None
    if not SHAPES.match(name):
        raise BadImage(
            _("This drawing contains <%(name)s>. Turn it into plain paths and send it again.", name=name[:40])
        )
    count[0] += 1
    if count[0] > MOST_SHAPES:
        raise BadImage(_("This drawing has more than %(number)d shapes.", number=MOST_SHAPES))
    if depth > DEEPEST:
        raise BadImage(too_intricate())
    copied = Element(name, {key: value for key, value in _attributes(element) if _is_harmless(key, value)})
    for child in element:
        if (inner := _copied(child, count, depth + 1)) is not None:
            copied.append(inner)
    return copied


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    """Its attributes, and the declarations of its style as attributes."""
    for key, value in element.attrib.items():
        if key == "style":
            for declaration in value.split(";"):
                name, _colon, said = declaration.partition(":")
                yield name.strip(), said.strip()
        else:
            yield key, value.strip()


def _is_harmless(key: str, value: str) -> bool:
    if not ATTRIBUTES.match(key):
        return False
    return bool(OWN_PART.match(value) if "url" in value.lower() else PLAIN_VALUE.match(value))
