"""Pictures decoded and written anew, pixels only: what images and drawings promise is done here, by Pillow."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from confapp.foundation.images import FORMATS, HEIGHT, MOST_PIXELS, SMALLEST, WIDTH, BadImage, Crop, box
from confapp.foundation.languages import gettext as _

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def portrait(content: bytes, crop: Crop | None) -> bytes:
    """A JPEG of WIDTH × HEIGHT, upright, of the chosen part."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            return _written(_cropped(_upright(picture), crop))
    except BadImage:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadImage(_too_many_pixels()) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BadImage(_what_it_is(content)) from error


def _what_it_is(content: bytes) -> str:
    """iPhones keep HEIC; whoever brings such a file over from one cannot know what else to do."""
    if content[4:8] == b"ftyp":
        return _(
            "This is a HEIC picture, as iPhones keep them. Send it from the telephone itself, or save it as JPEG first."
        )
    return _("This file is not a JPEG or PNG picture, or it is damaged.")


def resized(content: bytes, width: int, height: int) -> bytes:
    """A JPEG of ours in another size."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
        return _written(picture.resize((width, height), Image.Resampling.LANCZOS))


def drawing(content: bytes, largest_side: int) -> bytes:
    """A PNG on white, no side longer than said; BadImage when it is none or is larger than can be decoded."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise BadImage(
                    _("This picture has more than %(number)d million pixels.", number=MOST_PIXELS // 1_000_000)
                )
            picture.load()
            drawn = picture.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, UnidentifiedImageError) as error:
        raise BadImage(_("This file is neither an SVG drawing nor a PNG picture.")) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise BadImage(_("This file is neither an SVG drawing nor a PNG picture.")) from error
    drawn.thumbnail((largest_side, largest_side), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn.getchannel("A"))
    written = io.BytesIO()
    paper.save(written, "PNG", optimize=True)
    return written.getvalue()


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
