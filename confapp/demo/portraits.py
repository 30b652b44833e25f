"""Portraits of people who do not exist: drawn, so that they are nobody's likeness and nobody else's picture."""

import io
from collections.abc import Iterable

from PIL import Image, ImageDraw

from confapp.demo.speakers2027 import Profile
from confapp.foundation import images

Faces = dict[str, tuple[bytes, bytes]]  # the photograph and the small one, by the key of a profile
SKIN = ("#c99a76", "#e3bf9d", "#b98560", "#d9ae8a")


def drawn(profiles: Iterable[Profile]) -> Faces:
    """Not under the write lock: drawing takes tenths of a second."""
    found: Faces = {}
    for number, each in enumerate(profiles):
        large = _portrait(*each.colours, SKIN[number % len(SKIN)])
        found[each.key] = (large, images.small(large))
    return found


def _portrait(ground: str, dress: str, hair: str, skin: str) -> bytes:
    """Head and shoulders at twice the size, made smaller for smooth edges."""
    picture = Image.new("RGB", (images.WIDTH * 2, images.HEIGHT * 2), ground)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((330, 270, 870, 1010), fill=hair)
    pen.rounded_rectangle((500, 880, 700, 1180), 80, fill=skin)
    pen.ellipse((110, 1080, 1090, 2100), fill=dress)
    pen.polygon(((470, 1085), (730, 1085), (600, 1330)), fill=skin)
    pen.ellipse((390, 380, 810, 960), fill=skin)
    pen.chord((370, 320, 830, 760), 190, 350, fill=hair)
    for left in (490, 660):
        pen.ellipse((left, 640, left + 46, 676), fill="#2a211d")
        pen.arc((left - 25, 585, left + 71, 660), 205, 335, fill=hair, width=12)
    pen.arc((520, 740, 680, 850), 20, 160, fill="#7d3f38", width=14)
    out = io.BytesIO()
    picture.resize((images.WIDTH, images.HEIGHT), Image.Resampling.LANCZOS).save(out, "JPEG", quality=82)
    return out.getvalue()
