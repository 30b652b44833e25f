"""Photographs that people send: decoded, turned upright, cropped and written anew, so that nothing but pixels stays.

    content = images.portrait(upload, images.Crop(left=10, top=0, width=60))   # BadImage says what to do, in words

JPEG and PNG in, JPEG of 600 × 800 out, without EXIF, place of taking, comments or whatever hung at the end of the file.
Never call it under the write lock: decoding takes tenths of a second. The library that decodes is loaded by the first
picture: most processes that serve pages never see one.
"""

from dataclasses import dataclass

from confapp.foundation.languages import gettext as _

WIDTH, HEIGHT = 600, 800
SMALL_WIDTH = 192
LARGEST_FILE = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
SMALLEST = (240, 320)
FORMATS = ("JPEG", "PNG")
MEDIA_TYPE = "image/jpeg"


class BadImage(Exception):
    """Why an upload is no photograph that can be kept; the message is for whoever sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Crop:
    """A part of the upright picture, in per cent of its width and height; its height follows, for it is 3 to 4."""

    left: float
    top: float
    width: float


def portrait(content: bytes, crop: Crop | None = None) -> bytes:
    """The photograph as it is kept; without a crop the middle of it."""
    if len(content) > LARGEST_FILE:
        raise BadImage(_("This file is larger than %(size)d MB.", size=LARGEST_FILE >> 20))
    from confapp.foundation import pixels

    return pixels.portrait(content, crop)


def small(content: bytes, width: int = SMALL_WIDTH) -> bytes:
    """A kept photograph made smaller, for lists."""
    from confapp.foundation import pixels

    return pixels.resized(content, width, width * HEIGHT // WIDTH)


def box(width: int, height: int, crop: Crop | None) -> tuple[float, float, float, float]:
    """The pixels of a crop, moved and made smaller until it lies inside the picture."""
    widest = min(float(width), height * WIDTH / HEIGHT)
    if crop is None:
        chosen, left, top = widest, (width - widest) / 2, (height - widest * HEIGHT / WIDTH) / 2
    else:
        chosen = min(max(width * crop.width / 100, 1.0), widest)
        left, top = width * crop.left / 100, height * crop.top / 100
    tall = chosen * HEIGHT / WIDTH
    left, top = min(max(left, 0.0), width - chosen), min(max(top, 0.0), height - tall)
    return left, top, left + chosen, top + tall
