"""The fonts of the publications: which ones, where they lie, and which characters they can print.

The packages carry WOFF2, which would have to be decoded for every document; `python -m confapp.foundation.pdf.fonts`
decodes what is needed to TrueType once. Families have names of our own, so that no font of the machine can take part.
"""

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
SOURCES = STATIC / "node_modules" / "@fontsource"
DECODED = STATIC / "node_modules" / ".fonts"

STYLES = (("400", "normal"), ("400", "italic"), ("600", "normal"), ("600", "italic"))
ALPHABETS = ("latin", "latin-ext", "cyrillic", "greek", "vietnamese")


@dataclass(frozen=True)
class Face:
    """One style of one alphabet of one family, as the packages cut it."""

    package: str
    alphabet: str
    weight: str
    style: str

    @property
    def stem(self) -> str:
        return f"{self.package}-{self.alphabet}-{self.weight}-{self.style}"

    @property
    def family(self) -> str:
        return f"{self.package} {self.alphabet}"

    @property
    def source(self) -> Path:
        return SOURCES / self.package / "files" / f"{self.stem}.woff2"

    @property
    def decoded(self) -> Path:
        return DECODED / f"{self.stem}.ttf"


FACES = (
    *(Face("source-serif-4", alphabet, *style) for alphabet in ALPHABETS for style in STYLES),
    *(Face("noto-sans", alphabet, *style) for alphabet in ALPHABETS for style in STYLES),
    *(Face("amiri", "arabic", weight, "normal") for weight in ("400", "700")),
    Face("noto-sans-math", "latin", "400", "normal"),
)


def _stack(*packages: str) -> str:
    families = dict.fromkeys(face.family for package in packages for face in FACES if face.package == package)
    return ", ".join(f'"{family}"' for family in families)


# What a style sheet may ask for: `font-family: var(--serif)`. Arabic and signs such as ≤ come last in both.
SERIF = _stack("source-serif-4", "amiri", "noto-sans-math")
SANS = _stack("noto-sans", "amiri", "noto-sans-math")


def style_sheet() -> str:
    """The @font-face rules of all faces, for the renderer alone."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; src: url(font:{face.stem});'
        f" font-weight: {face.weight}; font-style: {face.style} }}"
        for face in FACES
    )


def missing() -> list[Face]:
    return [face for face in FACES if not face.decoded.is_file()]


def installed() -> bool:
    return (DECODED / "index.json").is_file() and not missing()


def unprintable(text: str) -> list[str]:
    """The characters of a text that none of our fonts can print, each once, in order of appearance."""
    covered = _index().covered
    return [char for char in dict.fromkeys(text) if ord(char) not in covered and not _is_layout(char)]


def digests() -> frozenset[str]:
    """SHA-256 of each of our font files."""
    return _index().digests


DIRECTIONS_AND_JOINERS = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u00ad\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def _is_layout(char: str) -> bool:
    # Control and direction characters are consumed by the layout and never drawn.
    return ord(char) < 0x20 or char.isspace() or char in DIRECTIONS_AND_JOINERS


@dataclass(frozen=True)
class _Index:
    covered: frozenset[int]
    digests: frozenset[str]


_cached: dict[Path, _Index] = {}


def _index() -> _Index:
    if DECODED not in _cached:
        stored = json.loads((DECODED / "index.json").read_text())
        covered = frozenset(code for first, last in stored["characters"] for code in range(first, last + 1))
        _cached[DECODED] = _Index(covered, frozenset(stored["digests"]))
    return _cached[DECODED]


def decode() -> int:
    """Decode every face that is not there yet; returns how many were made. Safe to repeat and to interrupt."""
    from fontTools.ttLib import TTFont, woff2

    DECODED.mkdir(parents=True, exist_ok=True)
    waiting = missing()
    for face in waiting:
        partial = face.decoded.with_suffix(".partial")
        woff2.decompress(str(face.source), str(partial))
        os.replace(partial, face.decoded)
    if waiting or not installed():
        opened = [TTFont(face.decoded, lazy=True) for face in FACES]
        index = {
            "digests": [sha256(face.decoded.read_bytes()).hexdigest() for face in FACES],
            "characters": _ranges({code for font in opened for code in font.getBestCmap()}),
        }
        partial = DECODED / "index.partial"
        partial.write_text(json.dumps(index))
        os.replace(partial, DECODED / "index.json")
    return len(waiting)


def _ranges(codes: Iterable[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


if __name__ == "__main__":
    absent = [face.source.name for face in missing() if not face.source.is_file()]
    if absent:
        sys.exit(f"The font packages are not installed ({absent[0]} is missing). Run: python3 manage.py fonts")
    print(f"{decode()} fonts decoded, {len(FACES)} ready")
