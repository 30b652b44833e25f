"""The styles of the files for word processors: what they are called there, and how they look."""

from dataclasses import dataclass
from typing import Any

SERIF, EAST, COMPLEX = "Source Serif 4", "Noto Serif SC", "Amiri"


@dataclass(frozen=True)
class Look:
    """Sizes in points, indents in millimetres; `hangs` is how far the number stands out before the text."""

    size: float = 11
    before: float = 7
    after: float = 0
    indent: float = 0
    hangs: float = 0
    is_bold: bool = False
    is_italic: bool = False
    is_centred: bool = False
    keeps_with_next: bool = False
    base: str = "Normal"


LOOKS = {
    "Normal": Look(before=0),
    "Body Text": Look(),
    "Over Title": Look(before=30, is_bold=True, is_centred=True, keeps_with_next=True),
    "Title": Look(size=20, before=34, after=4, is_centred=True, keeps_with_next=True),
    "Subtitle": Look(size=11, before=6, after=12, is_italic=True, is_centred=True),
    "Heading 1": Look(size=13, before=18, after=4, is_bold=True, keeps_with_next=True),
    "Heading 2": Look(size=11.5, before=14, after=3, is_bold=True, is_italic=True, keeps_with_next=True),
    "Organ": Look(before=18),
    "Preambular": Look(),
    "Operative": Look(indent=0, hangs=10),
    "Note": Look(size=9.5, before=14, indent=8),
    "List Item 1": Look(before=4, indent=10, hangs=10),
    "List Item 2": Look(before=4, indent=20, hangs=10),
    "Statement Head": Look(before=12, keeps_with_next=True),
    "Beside Note": Look(size=9, before=4),
    "Endorsement": Look(before=3),
    "Masthead": Look(size=12, before=0, is_bold=True),
    "Masthead Symbol": Look(size=12, before=4, after=6, is_bold=True),
    "Masthead Detail": Look(size=9, before=1),
    "Colophon Heading": Look(size=9, before=26, is_bold=True, keeps_with_next=True),
    "Colophon": Look(size=8.5, before=2),
    "Footnote Text": Look(size=9, before=0),
    "Header": Look(size=8.5, before=0),
    "Footer": Look(size=8, before=0),
}


def prepare(document: Any, tag: str, is_centred: bool) -> None:
    """Our styles, and the language of the whole document."""
    from docx.enum.style import WD_STYLE_TYPE

    present = {style.name for style in document.styles}
    for name, look in LOOKS.items():
        style = document.styles[name] if name in present else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name not in present:
            style.base_style = document.styles["Normal"]
        _dress(style, look)
        if look.is_centred and not is_centred:
            style.paragraph_format.alignment = None
    _speak(document.styles["Normal"], tag)


def _dress(style: Any, look: Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    _undress(style.element)
    font, form = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.is_bold, look.is_italic
    font.cs_bold = look.is_bold  # what is bold in Arabic is said apart
    font.color.rgb = RGBColor(0x11, 0x11, 0x11)
    marks = style.element.get_or_add_rPr()
    families = marks.get_or_add_rFonts()
    for attribute, family in (("ascii", SERIF), ("hAnsi", SERIF), ("eastAsia", EAST), ("cs", COMPLEX)):
        families.set(qn(f"w:{attribute}"), family)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(round(look.size * 2.3)))  # Arabic letters are smaller in the same size
    marks.append(size)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.left_indent, form.first_line_indent = Mm(look.indent), Mm(-look.hangs)
    form.keep_with_next, form.widow_control = look.keeps_with_next, True
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.is_centred else None


def _undress(element: Any) -> None:
    """What the template of the library says is forgotten, but for what makes a heading one."""
    from docx.oxml.ns import qn

    for part in (element.rPr, element.pPr):
        for child in list(part) if part is not None else ():
            if child.tag != qn("w:outlineLvl"):
                part.remove(child)


def _speak(style: Any, tag: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    spoken = OxmlElement("w:lang")
    for attribute in ("w:val", "w:eastAsia", "w:bidi"):
        spoken.set(qn(attribute), tag)
    style.element.get_or_add_rPr().append(spoken)
