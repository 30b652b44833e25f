"""A picture of a title, for links that others show: `share_picture`. Set by Pango in our fonts, so that every script of
the publications is shaped as in their files; in a process of its own, as documents are."""

from confapp.foundation import languages
from confapp.foundation.pdf import fonts
from confapp.foundation.pdf.apart import drawn

SIZE = (1200, 630)
SECONDS = 30
MEMORY = 1 << 30


def share_picture(*, language: str, accent: str, over: str, title: str, under: list[str]) -> bytes:
    """PNG of 1200 × 630: `over` small at the top, the title as large as it fits, the lines `under` it at the foot."""
    order = {
        "language": language,
        "is_rtl": languages.language(language).direction == "rtl",
        "accent": accent,
        "over": over,
        "title": title,
        "under": under,
        "fonts": [str(face.decoded) for face in (*fonts.FACES, *fonts.needed(" ".join((over, title, *under))))],
    }
    failed = "The picture for links could not be drawn."
    return drawn("setting", order, cpu=SECONDS, memory=MEMORY, wait=SECONDS, failed=failed)
