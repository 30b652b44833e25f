"""How a paper looks when it is printed: a layout is data, and each kind of paper has one that nobody has to choose."""

from dataclasses import dataclass
from enum import StrEnum

from confapp.documents.rules.kinds import DocumentKind, Nature
from confapp.foundation.languages import N_


class LayoutName(StrEnum):
    MESSAGE = "message"
    DECLARATION = "declaration"
    RESOLUTION = "resolution"
    SUMMARY = "summary"
    AGENDA = "agenda"
    JOURNAL = "journal"
    LETTER = "letter"
    PAPER = "paper"


LAYOUT_NAMES: dict[str, str] = {
    LayoutName.MESSAGE: N_("Message"),
    LayoutName.DECLARATION: N_("Declaration"),
    LayoutName.RESOLUTION: N_("Resolution"),
    LayoutName.SUMMARY: N_("Summary by the Chair"),
    LayoutName.AGENDA: N_("Agenda"),
    LayoutName.JOURNAL: N_("Journal"),
    LayoutName.LETTER: N_("Letter"),
    LayoutName.PAPER: N_("Conference paper"),
}
MASTHEAD = (
    "distribution",
    "body",
    "session",
    "agenda_item",
    "kind",
    "issued",
    "text",
    "original",
    "languages",
    "submitted_by",
    "presiding",
    "quorum",
    "symbol_of_record",
    "job_number",
)
UNTITLED = tuple(fact for fact in MASTHEAD if fact != "kind")  # the line above the title says it
SHORT = ("distribution", "body", "session", "issued", "text", "original", "languages", "job_number")


@dataclass(frozen=True)
class Layout:
    """`facts` are the lines of the masthead, `over` is a line above the title, `under` a sentence below it.

    `look` names the rules of the style sheets: centred (a solemn text), plain (a working paper) or letter.
    """

    look: str
    facts: tuple[str, ...] = MASTHEAD
    over: str = ""
    under: str = ""


LAYOUTS: dict[str, Layout] = {
    LayoutName.MESSAGE: Layout("centred"),
    LayoutName.DECLARATION: Layout("centred"),
    LayoutName.RESOLUTION: Layout("centred", UNTITLED, over=N_("Resolution")),
    LayoutName.SUMMARY: Layout(
        "centred",
        UNTITLED,
        over=N_("Summary by the Chair"),
        under=N_("Issued by the Chair; this text was not negotiated."),
    ),
    LayoutName.AGENDA: Layout("plain", SHORT, over=N_("Agenda")),
    LayoutName.JOURNAL: Layout("plain", ("issued", "languages", "job_number"), over=N_("Journal")),
    LayoutName.LETTER: Layout("letter", ()),
    LayoutName.PAPER: Layout("plain"),
}
BY_NATURE = {
    Nature.VOLUNTARY_MESSAGE: LayoutName.MESSAGE,
    Nature.DECLARATION: LayoutName.DECLARATION,
    Nature.RESOLUTION: LayoutName.RESOLUTION,
    Nature.CHAIRS_SUMMARY: LayoutName.SUMMARY,
    Nature.NONE: LayoutName.MESSAGE,
}
BY_KIND = {
    DocumentKind.AGENDA: LayoutName.AGENDA,
    DocumentKind.PROGRAMME_OF_WORK: LayoutName.AGENDA,
    DocumentKind.JOURNAL: LayoutName.JOURNAL,
    DocumentKind.CIRCULAR: LayoutName.LETTER,
}


def layout(chosen: str | None, kind: str, nature: str) -> Layout:
    """The one chosen for a document, else the one of its kind."""
    return LAYOUTS[chosen or usual(kind, nature)]


def usual(kind: str, nature: str) -> LayoutName:
    if kind == DocumentKind.OUTCOME:
        return BY_NATURE[Nature(nature)]
    return BY_KIND.get(DocumentKind(kind), LayoutName.PAPER)
