"""A document in two languages as a word processor's table, for a translator; and what comes back. Pure.

One row is one paragraph: its label, the original, the translation, how far it is. Hidden in the first cell stand the
paragraph's permanent id and the beginnings of the hashes of both texts, so that what changed here meanwhile is noticed;
a bookmark carries the id as well, for programs that drop hidden words. The same rows give the same bytes.
"""

import io
import re
import zipfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from confapp.documents.rules import inline
from confapp.documents.rules.inline import Inline
from confapp.foundation.codes import DRAFT_MARK
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language as language_of
from confapp.foundation.text import CONTROLS

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LARGEST_FILE, LARGEST_UNPACKED, LARGEST_TEXT, MOST_PARTS = 2 << 20, 60 << 20, 12 << 20, 300
LONGEST = 20_000
SHORT = 16  # characters of a hash
HEAD = re.compile(r"\[\[confapp-bilingual 1 ([\w-]{8,32}) ([A-Za-z-]{2,12})\]\]")
MARK = re.compile(r"\[\[([\w-]{8,32}) ([0-9a-f]{16}|-) ([0-9a-f]{16}|-)\]\]")
WIDTHS = (1100, 6200, 6200, 1500)


@dataclass(frozen=True)
class Line:
    """A paragraph as it goes out; the hashes are whole ones, or empty where there is no text."""

    block: str
    label: str
    original: Inline
    original_sha256: str
    translation: Inline
    translation_sha256: str
    state: str
    shown: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})  # what references are called in either language


@dataclass(frozen=True)
class Incoming:
    """A row that came back; `source` and `base` are the beginnings of hashes, empty where there was none or no mark."""

    block: str
    inline: Inline
    source: str = ""
    base: str = ""


@dataclass(frozen=True)
class Returned:
    """What a file holds; `remarks` say what was left aside."""

    document: str
    language: str
    rows: Sequence[Incoming]
    remarks: Sequence[str] = field(default=())


class BadFile(Exception):
    """Why a file cannot be read; the message is for whoever sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


# --- out --------------------------------------------------------------------------------------------------------------


def written(
    document: str, codes: tuple[str, str], heads: Sequence[str], above: Sequence[str], lines: Sequence[Line]
) -> bytes:
    """`codes`: the languages of original and translation; `heads`: of the four columns; `above`: lines over them."""
    source, target = codes
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="Instruction"/></w:pPr>{_run(said)}</w:p>' for said in above)
    rows = [_head(f"[[confapp-bilingual 1 {document} {target}]]", heads)]
    rows += [_row(number, line, source, target) for number, line in enumerate(lines, 1)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="999999"/>' for side in ("top", "bottom", "insideH"))
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(WIDTHS)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
    page = (
        '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="900" w:right="900" w:bottom="900" w:left="900" w:header="400" w:footer="400" w:gutter="0"/>'
        "</w:sectPr>"
    )
    whole = f'{XML}<w:document xmlns:w="{W}"><w:body>{body}{table}<w:p/>{page}</w:body></w:document>'
    return _packed({**PARTS, "word/document.xml": whole})


def _head(mark: str, heads: Sequence[str]) -> str:
    cells = [_cell(width, _paragraph(_run(said, "<w:b/>"))) for width, said in zip(WIDTHS[1:], heads[1:], strict=True)]
    first = _cell(WIDTHS[0], _paragraph(_hidden(mark) + _run(heads[0], "<w:b/>")))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{first}{''.join(cells)}</w:tr>"


def _row(number: int, line: Line, source: str, target: str) -> str:
    mark = f"[[{line.block} {line.original_sha256[:SHORT] or '-'} {line.translation_sha256[:SHORT] or '-'}]]"
    name = _bookmark(line.block)
    begins = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>' if name else ""
    ends = f'<w:bookmarkEnd w:id="{number}"/>' if name else ""
    cells = (
        _paragraph(f"{begins}{_hidden(mark)}{_run(line.label)}{ends}"),
        _text(line.original, source, line.shown[0]),
        _text(line.translation, target, line.shown[1]),
        _paragraph(_run(line.state)),
    )
    return f"<w:tr>{''.join(_cell(width, said) for width, said in zip(WIDTHS, cells, strict=True))}</w:tr>"


def _cell(width: int, said: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{said}</w:tc>'


def _paragraph(runs: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def _text(spans: Inline, code: str, shown: Mapping[str, str]) -> str:
    """References and notes stand in it as they are typed, for a translator moves them with the words."""
    is_rtl = language_of(code).direction == "rtl"
    spoken = f'<w:lang w:bidi="{code}"/>' if is_rtl else f'<w:lang w:val="{code}"/>'
    runs = ""
    for span in spans:
        for kind, words in span.items():
            look = {"em": "<w:i/><w:iCs/>", "strong": "<w:b/><w:bCs/>"}.get(kind, "")
            typed = inline.shielded(words) if kind in inline.MARKS else inline.to_markup([{kind: words}], shown)
            runs += _run(typed, look + ("<w:rtl/>" if is_rtl else "") + spoken)
    mark = f"<w:rPr>{'<w:rtl/>' if is_rtl else ''}{spoken}</w:rPr>"
    return _paragraph(runs, f"{'<w:bidi/>' if is_rtl else ''}{mark}")


def _run(words: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(CONTROLS.sub("", words))}</w:t></w:r>'


def _hidden(words: str) -> str:
    return _run(words, "<w:vanish/>")


def _bookmark(block: str) -> str:
    """A bookmark's name knows letters, digits and underscores only, at most 40."""
    try:
        return f"b_{urlsafe_b64decode(block + '==').hex()}" if len(block) == 22 else ""
    except ValueError:
        return ""


def _block_of(bookmark: str) -> str:
    found = re.fullmatch(r"b_([0-9a-f]{32})", bookmark)
    return urlsafe_b64encode(bytes.fromhex(found[1])).decode().rstrip("=") if found else ""


def _packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            packed.writestr(info, content.encode())
        packed.comment = DRAFT_MARK.encode()  # verification answers that nobody published it
    return out.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/>'
        '<Override PartName="/word/styles.xml" ContentType="'
        'application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/styles" '
        'Target="styles.xml"/></Relationships>'
    ),
    "word/styles.xml": (
        f'{XML}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:szCs w:val="24"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Instruction"><w:name w:val="Instruction"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/></w:style></w:styles>'
    ),
}

# --- in ---------------------------------------------------------------------------------------------------------------

NOTES = {f"{{{W}}}footnoteReference": "word/footnotes.xml", f"{{{W}}}endnoteReference": "word/endnotes.xml"}
Notes = Mapping[tuple[str, str], Any]


def read(content: bytes) -> Returned:
    """The rows of a file that was made here. Raises BadFile."""
    body, notes = _parts(content)
    head: tuple[str, str] | None = None
    rows: dict[str, Incoming] = {}
    remarks: list[str] = []
    for row in (row for table in body.findall(f"{{{W}}}tbl") for row in table.findall(f"{{{W}}}tr")):
        cells = [cell for cell in row.iter(f"{{{W}}}tc") if next(cell.iterancestors(f"{{{W}}}tr")) is row]
        marks = "".join(_words(cells[0], hidden=True)) if cells else ""
        if found := HEAD.search(marks):
            head = (found[1], found[2])
        elif row.find(f"{{{W}}}trPr/{{{W}}}del") is None:
            _take(cells, marks, rows, notes, remarks)
    if head is None:
        raise BadFile(_("This file was not made here: its table does not say of which document it is."))
    if outside := _outside(body):
        remarks.append(_("Text outside the table was left aside: “%(words)s”", words=outside[:200]))
    return Returned(*head, list(rows.values()), list(dict.fromkeys(remarks)))


def _take(cells: Sequence[Any], marks: str, rows: dict[str, Incoming], notes: Notes, remarks: list[str]) -> None:
    found = MARK.search(marks)
    named = next((_block_of(one) for one in _bookmarks(cells) if _block_of(one)), "")
    block = found[1] if found else named
    if not block or len(cells) < 3:
        said = " ".join(" ".join(_words(cell)) for cell in cells).strip()
        if said:
            remarks.append(_("A row without its mark was left aside: “%(words)s”", words=said[:200]))
    elif block in rows:
        remarks.append(_("A paragraph stands twice in the table; its first row counts."))
    else:
        source, base = ("" if one == "-" else one for one in (found[2], found[3])) if found else ("", "")
        spans = [*_spans(cells[2], notes)]
        if any(not words for kind, words in spans if kind == "note"):
            remarks.append(_("A footnote without words was left aside."))
        rows[block] = Incoming(block, inline.parse("".join(_typed(spans))), source, base)


def _bookmarks(cells: Sequence[Any]) -> Iterator[str]:
    for cell in cells[:1]:
        for one in cell.iter(f"{{{W}}}bookmarkStart"):
            yield one.get(f"{{{W}}}name", "")


def _parts(content: bytes) -> tuple[Any, Notes]:
    """The body, and the notes at its foot and its end by the kind and the number of their sign."""
    if len(content) > LARGEST_FILE:
        raise BadFile(_("The file is larger than %(size)d MB.", size=LARGEST_FILE >> 20))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise BadFile(_("The file is too large when it is unpacked."))
            body = _root(packed, "word/document.xml").find(f"{{{W}}}body")
            names = {part.filename for part in parts}
            notes = {
                (sign, one.get(f"{{{W}}}id", "")): one
                for sign, part in NOTES.items()
                if part in names
                for one in _root(packed, part)
            }
    except BadFile:
        raise
    except Exception as error:  # a damaged file fails in as many ways as there are
        raise BadFile(_("The file is damaged, locked or no DOCX.")) from error
    if body is None:
        raise BadFile(_("The file holds something that a text does not need."))
    return body, notes


def _root(packed: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    with packed.open(name) as opened:
        words = opened.read(LARGEST_TEXT + 1)
    if len(words) > LARGEST_TEXT:
        raise BadFile(_("The file is too large when it is unpacked."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(words, parser)
    if root.getroottree().docinfo.doctype:
        raise BadFile(_("The file holds something that a text does not need."))
    return root


def _outside(body: Any) -> str:
    """What somebody wrote beside the table; the lines that we wrote over it have a style of their own."""
    said = []
    for paragraph in body.iterchildren(f"{{{W}}}p", f"{{{W}}}sdt"):
        style = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        if style is None or style.get(f"{{{W}}}val") != "Instruction":
            said += list(_words(paragraph))
    return " ".join("".join(said).split())


def _spans(element: Any, notes: Notes) -> Iterator[tuple[str, str]]:
    """Words with their italics and bolds, and the words of notes as markup; several paragraphs become one."""
    for paragraph in element.iter(f"{{{W}}}p"):
        if any(above.tag in LEFT_OUT for above in paragraph.iterancestors()):
            continue
        yield "t", " "
        for run in _runs(paragraph):
            if not _is_on(run, "vanish"):
                kind = _kind(run)
                for child in run:
                    sign = (child.tag, child.get(f"{{{W}}}id", "")) if child.tag in NOTES else None
                    yield (kind, _of_child(child)) if sign is None else ("note", _note(notes.get(sign)))


def _note(element: Any) -> str:
    if element is None:
        return ""
    spans = [span for span in _spans(element, {}) if span[0] != "note"]
    return inline.to_markup(inline.of_words(inline.to_markup(inline.of_spans([*_without_outer_space(spans)]))))


def _typed(spans: Sequence[tuple[str, str]]) -> Iterator[str]:
    """As markup; what was typed as a reference or a note is one."""
    for kind, words in _without_outer_space(spans):
        mark = inline.MARKS.get(kind, "")
        yield inline.to_markup([{"note": words}]) if kind == "note" else mark + inline.live(words) + mark


def _without_outer_space(spans: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Spaces at the ends of what is marked stand outside it, and what is marked in two runs is marked once."""
    merged: list[tuple[str, str]] = []
    for kind, words in spans:
        if merged and merged[-1][0] == kind != "note":
            merged[-1] = (kind, merged[-1][1] + words)
        elif words:
            merged.append((kind, words))
    for kind, words in merged:
        inner = words.strip()
        if kind in ("t", "note") or not inner:
            yield ("t" if kind != "note" else kind), words
        else:
            start = words.index(inner[0])
            yield from (("t", words[:start]), (kind, inner), ("t", words[start + len(inner) :]))


def _words(element: Any, *, hidden: bool = False) -> Iterator[str]:
    for run in _runs(element):
        if hidden or not _is_on(run, "vanish"):
            yield "".join(_of_run(run))


LEFT_OUT = {f"{{{W}}}{name}" for name in ("del", "moveFrom", "txbxContent", "instrText")}


def _runs(element: Any) -> Iterator[Any]:
    """As a person reads it who has taken every tracked change; boxes are left out."""
    for child in element:
        if child.tag in LEFT_OUT or not isinstance(child.tag, str) or child.tag.endswith("}Fallback"):
            continue
        if child.tag == f"{{{W}}}r":
            yield child
        else:
            yield from _runs(child)


def _of_run(run: Any) -> Iterator[str]:
    yield from map(_of_child, run)


def _of_child(child: Any) -> str:
    if child.tag == f"{{{W}}}t":
        return child.text or ""
    if child.tag in (f"{{{W}}}tab", f"{{{W}}}br", f"{{{W}}}cr"):
        return " "
    return "\u2011" if child.tag == f"{{{W}}}noBreakHyphen" else ""


def _kind(run: Any) -> str:
    """Bold counts where something is both."""
    is_rtl = _is_on(run, "rtl")
    if _is_on(run, "b") or (is_rtl and _is_on(run, "bCs")):
        return "strong"
    return "em" if _is_on(run, "i") or (is_rtl and _is_on(run, "iCs")) else "t"


def _is_on(run: Any, name: str) -> bool:
    found = run.find(f"{{{W}}}rPr/{{{W}}}{name}")
    return found is not None and found.get(f"{{{W}}}val", "1") not in ("0", "false", "off", "none")


# --- what it would change ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Planned:
    """What a row does. `verb`: same, new, changed, kept (the text changed here since), empty, long or unknown."""

    incoming: Incoming
    verb: str
    is_of_earlier_original: bool = False

    @property
    def is_taken_at_first(self) -> bool:
        return self.verb in ("new", "changed")

    @property
    def can_be_taken(self) -> bool:
        return self.verb in ("new", "changed", "kept")


def planned(row: Incoming, original: str, present: str | None) -> Planned:
    """`original` and `present` are the whole hashes of what stands here now; None where the paragraph is unknown."""
    if present is None:
        return Planned(row, "unknown")
    earlier = row.source != original[:SHORT]
    if inline.digest(row.inline) == present:
        return Planned(row, "same", earlier)
    if not row.inline:
        return Planned(row, "empty" if present not in ("", inline.digest([])) else "same", earlier)
    if len(inline.to_markup(row.inline)) > LONGEST:
        return Planned(row, "long", earlier)
    if row.base != present[:SHORT]:
        return Planned(row, "kept", earlier)
    return Planned(row, "changed" if present else "new", earlier)
