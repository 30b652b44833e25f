"""A text for word processors (DOCX): real headings, the language of every run, its direction, numbers as text.

The bytes depend on the text alone: the zip has one fixed time, and the properties carry the time of the issue. The mark
of verification is stored without compression, so that it is found in the file as it is.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC
from itertools import chain
from typing import Any

from confapp.documents.rules import BlockKind, after, inline
from confapp.documents.rules.composition import Paragraph
from confapp.documents.rules.inline import Inline
from confapp.documents.rules.reading import Reading, Sheet, sheet
from confapp.foundation import languages
from confapp.foundation.codes import CODE_MARK, DRAFT_MARK
from confapp.foundation.languages import printing

EPOCH = (1980, 1, 1, 0, 0, 0)
# What Word calls a language; it checks spelling by it.
TAGS = {"en": "en-GB", "id": "id-ID", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN"}
HEADINGS = (BlockKind.HEADING, BlockKind.SIGNATURES, BlockKind.ANNEX)
STYLES = {
    BlockKind.ORGAN: "Organ",
    BlockKind.PREAMBULAR: "Preambular",
    BlockKind.OPERATIVE: "Operative",
    BlockKind.NOTE: "Note",
    BlockKind.PARAGRAPH: "Body Text",
}
BESIDE = {
    "vote": "Body Text",
    "statement": "Body Text",
    "statement-head": "Statement Head",
    "beside-note": "Beside Note",
    "endorsement": "Endorsement",
}


# Word wants to know how the notes are parted from the text.
SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
    for number, kind, mark in (
        (-1, "separator", "separator"),
        (0, "continuationSeparator", "continuationSeparator"),
    )
)


def as_docx(reading: Reading, address: str) -> bytes:
    """One language of a text; `address` is where it is verified."""
    from docx import Document

    with printing(reading.language):
        words = sheet(reading, address)
        writer = _Writer(Document(), reading, words)
        writer.write()
        made = io.BytesIO()
        writer.document.save(made)
    return _fixed(made.getvalue(), CODE_MARK + reading.issue.code if reading.issue else DRAFT_MARK)


def _bookmark(number: str) -> str:
    return f"paragraph_{number}"


def _fixed(content: bytes, mark: str) -> bytes:
    """The same parts in the same order at one fixed time."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(target, "w") as fixed:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            is_read_as_it_is = name == "docProps/core.xml"
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if is_read_as_it_is else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            fixed.writestr(entry, made.read(name))
        fixed.comment = mark.encode()
    return target.getvalue()


class _Writer:
    """One document being written."""

    def __init__(self, document: Any, reading: Reading, words: Sheet) -> None:
        self.document, self.reading, self.words = document, reading, words
        self.notes: list[Any] = []
        shown = {ref for p in reading.paragraphs for ref in p.shown}
        self.targets = [p.block for p in reading.paragraphs if p.block in shown]

    def write(self) -> None:
        from confapp.documents.exports import word_styles

        word_styles.prepare(
            self.document, TAGS.get(self.reading.language, self.reading.language), self.words.look == "centred"
        )
        self._properties()
        self._page()
        self._masthead()
        if self.words.over:
            self._line(self.words.over, "Over Title")
        self._line(self.reading.title, "Title")
        if self.words.under:
            self._line(self.words.under, "Subtitle")
        if self.words.mark:
            self._line(self.words.mark, "Subtitle")
        if self.words.adoption:
            self._line(self.words.adoption, "Subtitle")
        for paragraph in self.reading.paragraphs:
            self._block(paragraph)
            if paragraph.kind == BlockKind.SIGNATURES:
                self._entries(after.endorsements(self.reading))
        for part in after.parts(self.reading):
            self._line(part.heading, "Heading 1")
            self._entries(part.entries)
        self._colophon()
        self._file_notes()

    def _properties(self) -> None:
        reading, core = self.reading, self.document.core_properties
        moment = reading.issue.issued_at.astimezone(UTC).replace(tzinfo=None) if reading.issue else None
        core.title = f"{reading.symbol} {reading.title}"
        core.author = core.last_modified_by = self.words.conference
        core.language = reading.language
        core.subject, core.comments, core.category = reading.symbol, "", ""
        core.keywords = f"{reading.symbol}, {CODE_MARK + reading.issue.code if reading.issue else DRAFT_MARK}"
        core.identifier = reading.issue.fingerprint if reading.issue else ""
        core.revision = 1
        if moment:
            core.created = core.modified = moment

    def _page(self) -> None:
        from docx.shared import Mm

        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(33)
        section.top_margin, section.bottom_margin = Mm(27), Mm(30)
        section.header_distance = section.footer_distance = Mm(14)
        section.different_first_page_header_footer = True
        head = section.header.paragraphs[0]
        self._run(head, self.reading.symbol, is_strong=True, is_ltr=True)
        self._run(head, "  " + self.reading.title, is_emphatic=True)
        self._direct(head)
        self._foot(section.first_page_footer)
        self._foot(section.footer)

    def _foot(self, footer: Any) -> None:
        first, *others = self.words.foot.split("\n")
        line = footer.paragraphs[0]
        self._run(line, first)
        for other in others:
            line.add_run().add_break()
            self._run(line, other)
        pages = footer.add_paragraph(style="Footer")
        parts = self.words.pages
        self._run(pages, parts[0])
        self._field(pages, "PAGE")
        self._run(pages, parts[1])
        self._field(pages, "NUMPAGES")
        if parts[2]:
            self._run(pages, parts[2])
        self._direct(line)
        self._direct(pages)

    def _masthead(self) -> None:
        self._emblem()
        self._line(self.words.conference, "Masthead")
        if self.words.held:
            self._line(self.words.held, "Masthead Detail")
        symbol = self.document.add_paragraph(style="Masthead Symbol")
        self._run(symbol, self.reading.symbol, is_strong=True, is_ltr=True)
        self._direct(symbol)
        for label, value in self.words.facts:
            fact = self.document.add_paragraph(style="Masthead Detail")
            self._run(fact, f"{label}: ", is_emphatic=True)
            self._run(fact, value)
            self._direct(fact)
        if not self.words.facts and self.words.issued:
            self._line(self.words.issued, "Masthead Detail")

    def _emblem(self) -> None:
        from docx.shared import Mm

        from confapp.documents.exports import word_pictures

        emblem = self.reading.emblem
        if emblem is None:
            return
        line = self.document.add_paragraph(style="Masthead")
        word_pictures.place(line, emblem.data, height=Mm(15), alt=self.words.emblem_alt)
        self._direct(line)

    def _colophon(self) -> None:
        if self.reading.issue:
            self._line(self.words.check_heading, "Colophon Heading")
            self._line(self.words.check_without_square, "Colophon")
            code = self.document.add_paragraph(style="Colophon")
            self._run(code, self.reading.issue.code, is_strong=True, is_ltr=True)
            self._direct(code)

    def _block(self, paragraph: Paragraph) -> None:
        if paragraph.kind in HEADINGS:
            level = 2 if paragraph.is_in_annex and paragraph.kind != BlockKind.ANNEX else 1
            line = self.document.add_paragraph(style=f"Heading {level}")
            if paragraph.kind == BlockKind.ANNEX:
                line.paragraph_format.page_break_before = True
        elif paragraph.kind == BlockKind.LIST_ITEM:
            line = self.document.add_paragraph(style=f"List Item {min(paragraph.level, 2)}")
        else:
            line = self.document.add_paragraph(style=STYLES.get(paragraph.kind, "Body Text"))
        if paragraph.label:
            self._run(line, paragraph.label + "\t", language=paragraph.language)
        self._say(line, paragraph)
        self._mark(line, paragraph.block)
        self._direct(line, paragraph.language)

    def _say(self, line: Any, paragraph: Paragraph) -> None:
        notes = iter(paragraph.notes)
        for span in paragraph.inline:
            for kind, words in span.items():
                if kind == "ref":
                    self._reference(line, words, paragraph)
                elif kind == "note":
                    self._note(line, *next(notes), paragraph.language)
                else:
                    self._words(line, kind, words, paragraph.language)

    def _words(self, line: Any, kind: str, words: str, language: str) -> None:
        self._run(line, words, is_emphatic=kind == "em", is_strong=kind == "strong", language=language)

    def _mark(self, line: Any, block: str) -> None:
        """A bookmark where something refers to the paragraph."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        if block not in self.targets:
            return
        begins, ends = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        number = str(self.targets.index(block) + 1)
        for mark in (begins, ends):
            mark.set(qn("w:id"), number)
        begins.set(qn("w:name"), _bookmark(number))
        about = line._p.pPr
        about.addnext(begins)
        line._p.append(ends)

    def _reference(self, line: Any, target: str, paragraph: Paragraph) -> None:
        """A link within the file; its words are the number of today, as everywhere in a file that never changes."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        name = paragraph.shown.get(target) or inline.lost(target)
        run = self._run(line, name, language=paragraph.language)
        if target in self.targets:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _bookmark(str(self.targets.index(target) + 1)))
            link.set(qn("w:history"), "1")
            run._r.addprevious(link)
            link.append(run._r)

    def _note(self, line: Any, number: int, words: Inline, language: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        call = self._run(line, "", language=language)
        call.font.superscript = True
        sign = OxmlElement("w:footnoteReference")
        sign.set(qn("w:id"), str(number))
        call._r.append(sign)
        # A paragraph is made where the library makes them, and goes into the part of the notes.
        note = self.document.add_paragraph(style="Footnote Text")
        mark = self._run(note, "", language=language)
        mark.font.superscript = True
        mark._r.append(OxmlElement("w:footnoteRef"))
        self._run(note, " ", language=language)
        for kind, said in ((kind, said) for span in words for kind, said in span.items()):
            self._words(note, kind, said, language)
        self._direct(note, language)
        holder = OxmlElement("w:footnote")
        holder.set(qn("w:id"), str(number))
        holder.append(note._p)
        self.notes.append(holder)

    def _file_notes(self) -> None:
        """The library knows no part for notes."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls
        from docx.oxml.parser import etree

        if not self.notes:
            return
        root = parse_xml(f"<w:footnotes {nsdecls('w')}>{SEPARATORS}</w:footnotes>")
        root.extend(self.notes)
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = self.document.part
        made = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, content, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.FOOTNOTES)

    def _entries(self, entries: Iterable[after.Entry]) -> None:
        """What stands beside the adopted text, each line in its own language."""
        for one in chain.from_iterable(entries):
            line = self.document.add_paragraph(style=BESIDE[one.kind])
            if one.lead:
                self._run(line, f"{one.lead} " if one.words else one.lead, is_strong=True, language=one.language)
            if one.words:
                self._run(line, one.words, language=one.language)
            self._direct(line, one.language)

    # --- lines and runs -----------------------------------------------------------------------------------------------

    def _line(self, words: str, style: str) -> None:
        line = self.document.add_paragraph(style=style)
        self._run(line, words)
        self._direct(line)

    def _direct(self, line: Any, language: str = "") -> None:
        from docx.oxml import OxmlElement

        if languages.language(language or self.reading.language).direction == "rtl":
            line._p.get_or_add_pPr().append(OxmlElement("w:bidi"))

    def _run(
        self,
        line: Any,
        words: str,
        *,
        is_emphatic: bool = False,
        is_strong: bool = False,
        is_ltr: bool = False,
        language: str = "",
    ) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        code = language or self.reading.language
        run = line.add_run(words)
        is_rtl = languages.language(code).direction == "rtl" and not is_ltr
        marks = run._r.get_or_add_rPr()
        if is_emphatic and code not in ("ar", "zh", "ja", "ko"):
            run.italic = True
        if is_strong:
            run.bold = True
            marks.append(OxmlElement("w:bCs"))
        if is_rtl:
            marks.append(OxmlElement("w:rtl"))
        tag = OxmlElement("w:lang")
        for attribute in ("w:val", "w:eastAsia", "w:bidi"):
            tag.set(qn(attribute), TAGS.get(code, code))
        marks.append(tag)
        return run

    def _field(self, line: Any, name: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        run = OxmlElement("w:r")
        words = OxmlElement("w:t")
        words.text = "1"
        run.append(words)
        field.append(run)
        line._p.append(field)
