"""DOCX in: paragraphs with bold and italic, their styles and numbering; the rest is dropped and named.

lxml is loaded when a file comes, for the process that serves pages should stay small.
"""

import io
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from confapp.documents.rules.importing import LONGEST_PARAGRAPH, MOST_PARAGRAPHS, SHORT, Raw
from confapp.documents.rules.inline import Inline, of_spans, to_markup
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.text import CONTROLS

MOST_PARTS, LARGEST_PART, LARGEST_SUM = 2_000, 12_000_000, 60_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OLD_WORD = b"\xd0\xcf\x11\xe0"
FORMATS = {
    "decimal": "decimal",
    "lowerLetter": "letter",
    "upperLetter": "letter",
    "lowerRoman": "roman",
    "bullet": "bullet",
    "arabicAbjad": "letter",
    "arabicAlpha": "letter",
    "russianLower": "letter",
}
DROPPED: dict[str, str] = {
    "tables": N_("Tables: their cells came as paragraphs, one after another"),
    "pictures": N_("Pictures and drawings"),
    "footnotes": N_("Footnotes and endnotes whose words are not in the file"),
    "comments": N_("Comments"),
    "links": N_("Links: their words stayed"),
    "deleted": N_("Tracked deletions: the text is as if they were accepted"),
    "inserted": N_("The marks of tracked insertions: their words stayed"),
    "underlined": N_("Underlining"),
    "raised": N_("Raised and lowered letters: they stand on the line"),
    "struck": N_("Text that was struck through or hidden"),
    "formulas": N_("Formulas"),
    "margins": N_("Headers and footers"),
}
LOST = {
    "drawing": "pictures",
    "pict": "pictures",
    "object": "pictures",
    "commentReference": "comments",
    "oMath": "formulas",
    "oMathPara": "formulas",
    "del": "deleted",
    "moveFrom": "deleted",
}
NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}
SPACES = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": ""}


class Fault(ValueError):
    """Why a file cannot be read, in words for whoever sent it."""


@dataclass
class FromFile:
    paragraphs: list[Raw] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def read_docx(content: bytes) -> FromFile:
    if content[:4] == OLD_WORD:
        raise Fault(_("This is an old DOC file, or one with a password. Save it as DOCX without a password."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, Fault):
            raise
        raise Fault(_("This is not a sound DOCX file.")) from error
    body = parts["word/document.xml"].find(f"{W}body")
    if body is None:
        raise Fault(_("This is not a sound DOCX file."))
    styles, made = _Styles(parts.get("word/styles.xml"), parts.get("word/numbering.xml")), FromFile()
    styles.notes = {(sign, _id(one)): one for sign, part in NOTES.items() if part in parts for one in parts[part]}
    for paragraph in _paragraphs(body, made):
        raw = styles.raw(paragraph, made)
        if raw is not None:
            made.paragraphs.append(raw)
        if len(made.paragraphs) > MOST_PARAGRAPHS:
            raise Fault(_("At most %(count)d paragraphs can be brought in at once.", count=MOST_PARAGRAPHS))
    if any(name.startswith(("word/header", "word/footer")) for name in parts["names"]):
        made.dropped["margins"] += 1
    return made


def _parts(archive: zipfile.ZipFile) -> dict[str, Any]:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_SUM:
        raise Fault(_("This file is far larger inside than it looks. It was not read."))
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names:
        raise Fault(_("This is not a sound DOCX file."))
    parts: dict[str, Any] = {"names": names}
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml", *NOTES.values()):
        if name in names:
            parts[name] = _xml(archive, name)
    return parts


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    """The sizes that a file states may be lies, so no more is unpacked than is taken."""
    from lxml import etree

    with archive.open(name) as stream:
        content = stream.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise Fault(_("This file is far larger inside than it looks. It was not read."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Fault(_("This is not a sound DOCX file.")) from error
    if root.getroottree().docinfo.doctype:
        raise Fault(_("This file declares entities, which no word processor does. It was not read."))
    return root


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _paragraphs(body: Any, made: FromFile) -> Iterator[Any]:
    for element in body.iter(f"{W}p", f"{W}tbl"):
        if _name(element) == "tbl":
            made.dropped["tables"] += 1
        elif not any(_name(above) in ("drawing", "pict", "object") for above in element.iterancestors()):
            yield element


class _Styles:
    """What styles and numbering say of a paragraph."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        found = {one.get(f"{W}styleId"): one for one in styles.iter(f"{W}style")} if styles is not None else {}
        self.named = {key: _value(one, "name").lower() for key, one in found.items()}
        self.elements = found
        self.formats: dict[tuple[str, int], str] = {}
        self.notes: dict[tuple[str, str], Any] = {}
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Any) -> None:
        abstract = {one.get(f"{W}abstractNumId"): one for one in numbering.iter(f"{W}abstractNum")}
        for number in numbering.iter(f"{W}num"):
            levels = abstract.get(_value(number, "abstractNumId"))
            for level in levels.iter(f"{W}lvl") if levels is not None else ():
                depth = _whole(level.get(f"{W}ilvl"))
                self.formats[number.get(f"{W}numId") or "", depth] = FORMATS.get(_value(level, "numFmt"), "")

    def raw(self, paragraph: Any, made: FromFile) -> Raw | None:
        text = of_spans(_trimmed(list(_spans(paragraph, self, made))))
        if sum(len(words) for span in text for words in span.values()) > LONGEST_PARAGRAPH:
            raise Fault(_("One paragraph has more than %(count)d letters.", count=LONGEST_PARAGRAPH))
        if not text:
            return None
        about = paragraph.find(f"{W}pPr")
        style = _value(about, "pStyle")
        number, depth = self._number(about, style)
        return Raw(text, self._kind(style, about, text), number, depth)

    def _kind(self, style: str, about: Any, text: Inline) -> str:
        name = self.named.get(style, style.lower())
        if name in ("title", "judul"):
            return "title"
        is_heading = name.startswith(("heading", "judul ", "titre", "überschrift")) or _value(about, "outlineLvl") != ""
        is_bold = len(text) == 1 and len(text[0].get("strong", "x" * SHORT)) < SHORT
        return "heading" if is_heading or is_bold else ""

    def _number(self, about: Any, style: str) -> tuple[str, int]:
        numbered = about.find(f"{W}numPr") if about is not None else None
        if numbered is None and style in self.elements:
            numbered = self.elements[style].find(f"{W}pPr/{W}numPr")
        if numbered is None:
            return "", 0
        depth = _whole(_value(numbered, "ilvl"))
        return self.formats.get((_value(numbered, "numId"), depth), ""), depth

    def note(self, sign: Any, made: FromFile) -> str:
        """The words of a note as markup; several paragraphs become one."""
        spans: list[tuple[str, str]] = []
        for paragraph in self.notes.pop((_name(sign), _id(sign)), ()):
            spans += [("t", " "), *((kind, words) for kind, words in _spans(paragraph, self, made) if kind != "note")]
        return to_markup(of_spans(_trimmed(spans)))

    def look(self, run: Any) -> str:
        about = run.find(f"{W}rPr")
        name = self.named.get(_value(about, "rStyle"), "")
        if _is_on(about, "b", name in ("strong", "intense emphasis")):
            return "strong"
        return "em" if _is_on(about, "i", name == "emphasis") else "t"


def _spans(element: Any, styles: _Styles, made: FromFile, look: str = "t") -> Iterator[tuple[str, str]]:
    for child in element:
        name = _name(child)
        if name in LOST:
            made.dropped[LOST[name]] += 1
        elif name == "r":
            about = child.find(f"{W}rPr")
            _note(about, made)
            if not any(_is_on(about, sign) for sign in ("strike", "dstrike", "vanish")):
                yield from _spans(child, styles, made, styles.look(child))
        elif name in NOTES:
            words = styles.note(child, made)
            made.dropped["footnotes"] += not words
            yield "note", words
        elif name == "t":
            yield look, child.text or ""
        elif name in SPACES:
            yield look, SPACES[name]
        elif name not in ("pPr", "rPr", "instrText", "p", "tbl", "footnoteRef", "endnoteRef"):
            made.dropped["links"] += name == "hyperlink"
            made.dropped["inserted"] += name in ("ins", "moveTo")
            yield from _spans(child, styles, made, look)


def _note(about: Any, made: FromFile) -> None:
    made.dropped["underlined"] += _value(about, "u") not in ("", "none")
    made.dropped["raised"] += _value(about, "vertAlign") in ("superscript", "subscript")
    made.dropped["struck"] += any(_is_on(about, sign) for sign in ("strike", "dstrike", "vanish"))


def _trimmed(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """One space between words, none at the ends, and none just inside an emphasis."""
    joined: list[tuple[str, str]] = []
    last = " "
    for kind, words in spans:
        if kind == "note":
            joined += [(kind, words)] if words else []
            continue
        for letter in unicodedata.normalize("NFC", CONTROLS.sub("", words)):
            space = letter.isspace() and letter != "\u00a0"
            if not (space and last == " "):
                joined.append((kind, " " if space else letter))
            last = " " if space else letter
    while joined and joined[-1][1] == " ":
        joined.pop()
    for at, (kind, letter) in enumerate(joined):
        if letter == " " and kind in ("em", "strong") and (joined[at - 1][0] != kind or joined[at + 1][0] != kind):
            joined[at] = ("t", " ")
    return joined


def _id(element: Any) -> str:
    return element.get(f"{W}id") or ""


def _value(element: Any, name: str) -> str:
    found = element.find(f"{W}{name}") if element is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""


def _is_on(about: Any, name: str, otherwise: bool = False) -> bool:
    found = about.find(f"{W}{name}") if about is not None else None
    return otherwise if found is None else found.get(f"{W}val") not in ("0", "false", "off")


def _whole(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 3 else 0
