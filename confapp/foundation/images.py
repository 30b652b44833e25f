"""Photographs that people send: decoded, turned upright, cropped and written anew, so that nothing but pixels stays.

    content = images.portrait(upload, images.Crop(left=10, top=0, width=60))   # BadImage says what to do, in words

JPEG and PNG in, JPEG of 600 × 800 out, without EXIF, place of taking, comments or whatever hung at the end of the file.
Never call it under the write lock: decoding takes tenths of a second.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from confapp.foundation.languages import gettext as _

WIDTH, HEIGHT = 600, 800
SMALL_WIDTH = 192
LARGEST_FILE = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
SMALLEST = (240, 320)
FORMATS = ("JPEG", "PNG")
MEDIA_TYPE = "image/jpeg"

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


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
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            return _written(_cropped(_upright(picture), crop))
    except BadImage:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadImage(_too_many_pixels()) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BadImage(_("This file is not a JPEG or PNG picture, or it is damaged.")) from error


def small(content: bytes, width: int = SMALL_WIDTH) -> bytes:
    """A kept photograph made smaller, for lists."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
        return _written(picture.resize((width, width * HEIGHT // WIDTH), Image.Resampling.LANCZOS))


def _upright(picture: Image.Image) -> Image.Image:
    """Measured before it is decoded: a small file can hold a picture of a gigabyte."""
    if picture.width * picture.height > MOST_PIXELS:
        raise BadImage(_too_many_pixels())
    picture.draft("RGB", (WIDTH * 2, HEIGHT * 2))  # a large JPEG is decoded at a smaller scale
    picture.load()
    return ImageOps.exif_transpose(picture)


def _too_many_pixels() -> str:
    return _("This picture has more than %(number)d million pixels.", number=MOST_PIXELS // 1_000_000)


def _cropped(picture: Image.Image, crop: Crop | None) -> Image.Image:
    left, top, right, bottom = box(picture.width, picture.height, crop)
    if right - left < SMALLEST[0] or bottom - top < SMALLEST[1]:
        width, height = SMALLEST
        raise BadImage(
            _(
                "This picture, or the chosen part of it, is smaller than %(width)d × %(height)d pixels.",
                width=width,
                height=height,
            )
        )
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box=(left, top, right, bottom))


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


def _written(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    _on_white(picture).save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Only pixels go on: a new image carries no profile, comment or place."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    paper = Image.new("RGB", picture.size)
    paper.paste(picture.convert("RGB"))
    return paper
