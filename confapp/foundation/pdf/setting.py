"""Draws a title as a picture. Runs only in a process of its own: Pango, reached by its C interface, sets the lines."""

import ctypes
import io
import sys
from ctypes import POINTER, Structure, byref, c_char_p, c_double, c_int, c_ubyte, c_uint, c_ushort, c_void_p, cast
from typing import Any

from PIL import Image, ImageDraw

from confapp.foundation.pdf.apart import MISSING, received

WIDTH, HEIGHT, MARGIN = 1200, 630, 84
PAPER, INK, SOFT = (251, 250, 247), (28, 28, 26), (92, 92, 86)
SERIF = "Source Serif 4, Amiri, Noto Serif SC, Noto Sans Math"
SANS = "Noto Sans, Amiri, Noto Serif SC, Noto Sans Math"
TITLE_SIZES = (74, 66, 58, 50, 44, 38)
SCALE = 1024  # of Pango's units
RTL, LTR, RIGHT, LEFT, END, WORD_CHAR, SEMIBOLD = 1, 0, 2, 0, 3, 2, 600
GRAY = 2


class Bitmap(Structure):
    """FT_Bitmap."""

    _fields_ = [
        ("rows", c_uint),
        ("width", c_uint),
        ("pitch", c_int),
        ("buffer", POINTER(c_ubyte)),
        ("num_grays", c_ushort),
        ("pixel_mode", c_ubyte),
        ("palette_mode", c_ubyte),
        ("palette", c_void_p),
    ]


class Pango:
    def __init__(self, fonts: list[str], language: str, *, is_rtl: bool) -> None:
        fontconfig = ctypes.CDLL("libfontconfig.so.1")
        self.pango, self.ft2 = ctypes.CDLL("libpango-1.0.so.0"), ctypes.CDLL("libpangoft2-1.0.so.0")
        for library, name in (
            (self.ft2, "pango_ft2_font_map_new"),
            (self.pango, "pango_font_map_create_context"),
            (self.pango, "pango_layout_new"),
            (self.pango, "pango_font_description_from_string"),
            (self.pango, "pango_language_from_string"),
        ):
            getattr(library, name).restype = c_void_p
        fontconfig.FcConfigAppFontAddFile.argtypes = [c_void_p, c_char_p]
        for font in fonts:
            fontconfig.FcConfigAppFontAddFile(None, font.encode())
        self.is_rtl = is_rtl
        self.context = c_void_p(self.pango.pango_font_map_create_context(c_void_p(self.ft2.pango_ft2_font_map_new())))
        self.pango.pango_context_set_base_dir(self.context, RTL if is_rtl else LTR)
        spoken = self.pango.pango_language_from_string(c_char_p(language.encode()))
        self.pango.pango_context_set_language(self.context, c_void_p(spoken))

    def layout(self, text: str, family: str, size: int, *, weight: int = 400, lines: int = 0) -> c_void_p:
        pango, made = self.pango, c_void_p(self.pango.pango_layout_new(self.context))
        font = c_void_p(pango.pango_font_description_from_string(c_char_p(family.encode())))
        pango.pango_font_description_set_absolute_size(font, c_double(size * SCALE))
        pango.pango_font_description_set_weight(font, c_int(weight))
        pango.pango_layout_set_font_description(made, font)
        pango.pango_layout_set_auto_dir(made, c_int(0))
        pango.pango_layout_set_alignment(made, c_int(RIGHT if self.is_rtl else LEFT))
        pango.pango_layout_set_width(made, c_int((WIDTH - 2 * MARGIN) * SCALE))
        pango.pango_layout_set_wrap(made, c_int(WORD_CHAR))
        if lines:
            pango.pango_layout_set_height(made, c_int(-lines))
            pango.pango_layout_set_ellipsize(made, c_int(END))
        raw = text.encode()
        pango.pango_layout_set_text(made, c_char_p(raw), c_int(len(raw)))
        return made

    def lines(self, layout: c_void_p) -> int:
        return int(self.pango.pango_layout_get_line_count(layout))

    def height(self, layout: c_void_p) -> int:
        width, height = c_int(), c_int()
        self.pango.pango_layout_get_pixel_size(layout, byref(width), byref(height))
        return height.value

    def draw(self, picture: Image.Image, layout: c_void_p, y: int, colour: tuple[int, int, int]) -> None:
        content = (c_ubyte * (WIDTH * HEIGHT))()
        bitmap = Bitmap(HEIGHT, WIDTH, WIDTH, cast(content, POINTER(c_ubyte)), 256, GRAY, 0, None)
        self.ft2.pango_ft2_render_layout(byref(bitmap), layout, c_int(MARGIN), c_int(y))
        picture.paste(Image.new("RGB", picture.size, colour), mask=Image.frombytes("L", picture.size, bytes(content)))


def draw(order: dict[str, Any]) -> bytes:
    pango = Pango(order["fonts"], order["language"], is_rtl=order["is_rtl"])
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen, accent = ImageDraw.Draw(picture), order["accent"]
    bar = (WIDTH - 24, 0, WIDTH, HEIGHT) if order["is_rtl"] else (0, 0, 24, HEIGHT)
    pen.rectangle(bar, fill=accent)
    over = pango.layout(order["over"], SANS, 30, lines=2)
    pango.draw(picture, over, 64, SOFT)
    top = 64 + pango.height(over) + 40
    foot = [pango.layout(line, SANS, 30, lines=1) for line in order["under"]]
    bottom = HEIGHT - 64 - sum(pango.height(line) + 8 for line in foot)
    for size in TITLE_SIZES:
        title = pango.layout(order["title"], SERIF, size, weight=SEMIBOLD)
        if top + pango.height(title) <= bottom - 36:
            break
    else:
        title = pango.layout(order["title"], SERIF, TITLE_SIZES[-1], weight=SEMIBOLD, lines=4)
    pango.draw(picture, title, top, INK)
    pen.line((MARGIN, bottom - 20, WIDTH - MARGIN, bottom - 20), fill=(214, 210, 200), width=2)
    for line in foot:
        pango.draw(picture, line, bottom, SOFT)
        bottom += pango.height(line) + 8
    written = io.BytesIO()
    picture.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def serve() -> None:
    order = received()
    try:
        ctypes.CDLL("libpangoft2-1.0.so.0")
    except OSError:
        sys.exit(MISSING)
    sys.stdout.buffer.write(draw(order))
