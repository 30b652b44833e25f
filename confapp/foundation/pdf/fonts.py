"""The fonts of the publications: which ones, where they lie, and which characters they can print.

The packages carry WOFF2, which would have to be decoded for every document; `python -m confapp.foundation.pdf.fonts`
decodes what is needed to TrueType once. Families have names of our own, so that no font of the machine can take part.

The renderer opens FACES when it starts. MORE are opened when a document needs them: the scripts in which names of
states and persons are written beside the languages of the texts, and Chinese, larger than all the rest.
"""

import json
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
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
    """One style of one alphabet of one family, as the packages cut it.

    `is_cut` says that rarer characters lie in numbered slices of the same package; `only` keeps these characters alone.
    """

    package: str
    alphabet: str
    weight: str = "400"
    style: str = "normal"
    is_cut: bool = False
    only: str = ""

    @property
    def stem(self) -> str:
        return f"{self.package}-{self.alphabet}-{self.weight}-{self.style}{'-signs' if self.only else ''}"

    @property
    def family(self) -> str:
        return f"{self.package} {self.alphabet}{' signs' if self.only else ''}"

    @property
    def source(self) -> Path:
        return SOURCES / self.package / "files" / f"{self.stem.removesuffix('-signs')}.woff2"

    @property
    def slices(self) -> list[Path]:
        """In the order of their numbers."""
        found = (
            self.source.parent.glob(f"{self.package}-[0-9]*-{self.weight}-{self.style}.woff2") if self.is_cut else ()
        )
        return sorted(found, key=lambda file: int(file.name.removeprefix(f"{self.package}-").partition("-")[0]))

    @property
    def decoded(self) -> Path:
        return DECODED / f"{self.stem}.ttf"


FACES = (
    *(Face("source-serif-4", alphabet, *style) for alphabet in ALPHABETS for style in STYLES),
    *(Face("noto-sans", alphabet, *style) for alphabet in ALPHABETS for style in STYLES),
    *(Face("amiri", "arabic", weight, "normal") for weight in ("400", "700")),
    Face("noto-sans-math", "latin", "400", "normal"),
)
# Chinese has quotation marks and dots as wide as its characters where other languages have narrow ones.
HANZI_SIGNS = Face("noto-serif-sc", "latin", only=" “”‘’—…")
HANZI, HANZI_STRONG = (Face("noto-serif-sc", "chinese-simplified", weight, is_cut=True) for weight in ("400", "600"))
KANJI = Face("hina-mincho", "japanese")
MORE = (
    *(Face("noto-serif-thai", "thai", weight) for weight in ("400", "600")),
    *(Face("noto-sans-lao", "lao", weight) for weight in ("400", "600")),
    *(Face("noto-serif-khmer", "khmer", weight) for weight in ("400", "600")),
    *(Face("noto-serif-myanmar", "myanmar", weight) for weight in ("400", "600")),
    *(Face("noto-serif-devanagari", "devanagari", weight) for weight in ("400", "600")),
    Face("gowun-batang", "korean"),
    HANZI,
    HANZI_STRONG,
    HANZI_SIGNS,
    KANJI,
)
ALL = FACES + MORE


def _stack(*packages: str) -> str:
    return ", ".join(f'"{family}"' for package in packages for family in _families(package))


def _families(package: str) -> dict[str, None]:
    return dict.fromkeys(face.family for face in ALL if face.package == package and not face.only)


OTHERS = tuple(dict.fromkeys(face.package for face in MORE))
JAPANESE_FIRST = (*(name for name in OTHERS if name != HANZI.package), HANZI.package)

# What a style sheet may ask for: `font-family: var(--serif)`. Arabic and signs such as ≤ come late in both.
SERIF = _stack("source-serif-4", "amiri", "noto-sans-math", *OTHERS)
SANS = _stack("noto-sans", "amiri", "noto-sans-math", *OTHERS)


def roots() -> str:
    """The families by language: Japanese and Chinese write different shapes under the same numbers of Unicode."""
    japanese = _stack("source-serif-4", "amiri", "noto-sans-math", *JAPANESE_FIRST)
    return (
        f":root {{ --serif: {SERIF}; --sans: {SANS}; font-family: var(--serif) }}\n"
        f':lang(zh) {{ --serif: "{HANZI_SIGNS.family}", {SERIF}; font-family: var(--serif) }}\n'
        f":lang(ja) {{ --serif: {japanese}; font-family: var(--serif) }}\n"
        ":is(:lang(zh), :lang(ja), :lang(ko), :lang(ar)) em { font-style: normal }"
    )


def style_sheet(faces: Iterable[Face] = FACES) -> str:
    """The @font-face rules of faces, for the renderer alone."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; src: url(font:{face.stem});'
        f" font-weight: {face.weight}; font-style: {face.style} }}"
        for face in faces
    )


def needed(text: str) -> list[Face]:
    """Those of MORE that could print something in this text which FACES cannot: the choice depends on nothing else."""
    strange = {ord(char) for char in text} - _index().common
    wanted = [face for face in MORE if not face.only and not strange.isdisjoint(_index().faces[face.stem])]
    return [*wanted, HANZI_SIGNS] if HANZI in wanted else wanted


def missing() -> list[Face]:
    return [face for face in ALL if not face.decoded.is_file()]


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
    faces: dict[str, frozenset[int]]
    common: frozenset[int]
    covered: frozenset[int]
    digests: frozenset[str]


_cached: dict[Path, _Index] = {}


def _index() -> _Index:
    if DECODED not in _cached:
        stored = json.loads((DECODED / "index.json").read_text())
        faces = {stem: _codes(ranges) for stem, ranges in stored["characters"].items()}
        common = frozenset().union(*(faces[face.stem] for face in FACES))
        covered = common.union(*faces.values())
        _cached[DECODED] = _Index(faces, common, covered, frozenset(stored["digests"]))
    return _cached[DECODED]


def _codes(ranges: list[list[int]]) -> frozenset[int]:
    return frozenset(code for first, last in ranges for code in range(first, last + 1))


def decode() -> int:
    """Decode every face that is not there yet; returns how many were made. Safe to repeat and to interrupt."""
    from fontTools.ttLib import TTFont

    DECODED.mkdir(parents=True, exist_ok=True)
    waiting = missing()
    with ProcessPoolExecutor() as processes:
        list(processes.map(_decode, sorted(waiting, key=lambda face: -face.source.stat().st_size)))
    if waiting or not (DECODED / "index.json").is_file():
        index = {
            "digests": [sha256(face.decoded.read_bytes()).hexdigest() for face in ALL],
            "characters": {face.stem: _ranges(TTFont(face.decoded, lazy=True).getBestCmap()) for face in ALL},
        }
        partial = DECODED / "index.partial"
        partial.write_text(json.dumps(index))
        os.replace(partial, DECODED / "index.json")
    return len(waiting)


def _decode(face: Face) -> None:
    from fontTools.ttLib import woff2

    partial = face.decoded.with_suffix(".partial")
    if face.only:
        _keep_only(face, partial)
    elif face.is_cut:
        _join_slices(face, partial)
    else:
        woff2.decompress(str(face.source), str(partial))
    os.replace(partial, face.decoded)


def _keep_only(face: Face, target: Path) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(face.source, recalcTimestamp=False)
    options = subset.Options(layout_features=[], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=face.only)
    cutter.subset(font)
    font.flavor = None
    font.save(target)


# Where characters stand alone, these tables only serve other ways of writing: vertical, in ruby, by language.
LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "prep")


def _join_slices(face: Face, target: Path) -> None:
    """One font of the slices, 13,500 characters for Chinese; the file of the common ones alone has 7,900."""
    from fontTools.ttLib import TTFont

    first, *rest = face.slices
    font = TTFont(first, recalcTimestamp=False)
    spaced = HANZI_SIGNS.source  # the space after a character is set in the font of the character
    for tag in LAYOUT_TABLES:
        if tag in font:
            del font[tag]
    order, codes, outlines, widths = list(font.getGlyphOrder()), dict(font.getBestCmap()), font["glyf"], font["hmtx"]
    for file in (*rest, spaced):
        part = TTFont(file)
        for code, name in part.getBestCmap().items():
            if code not in codes and (file is not spaced or code == 0x20) and not part["glyf"][name].isComposite():
                codes[code] = f"u{code:05X}"
                order.append(codes[code])
                outlines.glyphs[codes[code]], widths.metrics[codes[code]] = part["glyf"][name], part["hmtx"][name]
    font.setGlyphOrder(order)
    outlines.glyphOrder = order
    for table in font["cmap"].tables:
        if table.format != 14:
            table.cmap = {code: name for code, name in codes.items() if code < 0x10000 or table.format == 12}
    font["post"].formatType = 3.0
    font.flavor = None
    font.save(target)


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
        sys.exit(f"The font packages are not installed ({absent[0]} is missing). Run: python3 manage.py setup")
    print(f"{decode()} fonts decoded, {len(ALL)} ready")
