"""One language of one version, ready to be set: all that its files print, as plain values, and the words around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from confapp.documents.rules import DISTRIBUTION_NAMES, Access, BlockKind, layouts, wording
from confapp.documents.rules.beside import (
    NOTHING,
    Beside,
    OralRevision,
    StatementFacts,
    paragraphs,
    quorum_line,
    statement_line,
)
from confapp.documents.rules.composition import Paragraph
from confapp.documents.rules.inline import Inline
from confapp.documents.rules.issuing import ISSUE_KIND_NAMES, IssueKind
from confapp.foundation.languages import best, joined, language
from confapp.foundation.languages import gettext as _


@dataclass(frozen=True)
class AdoptionFacts:
    manner: str
    adopted_on: date
    meeting: dict[str, str] = field(default_factory=dict)
    presiding: dict[str, str] = field(default_factory=dict)
    number: str = ""
    symbol_of_record: str = ""
    present: int | None = None
    quorum: int | None = None


@dataclass(frozen=True)
class IssueFacts:
    number: int
    code: str
    fingerprint: str
    issued_at: datetime
    kind: str = IssueKind.ORIGINAL


@dataclass(frozen=True)
class Masthead:
    """What stands above a paper beside its symbol; `access` is who may read it."""

    access: str = Access.PUBLIC
    body: dict[str, str] = field(default_factory=dict)
    session: dict[str, str] = field(default_factory=dict)
    agenda_item: str = ""
    job_number: str = ""


@dataclass(frozen=True)
class Emblem:
    """The organizer's, as it is printed: cleaned SVG, or PNG, and what is read out in its place."""

    name: str
    data: bytes
    alt: dict[str, str]


@dataclass(frozen=True)
class Reading:
    symbol: str
    kind: str
    nature: str
    title: str
    language: str
    languages: tuple[str, ...]
    original_language: str
    authentic_languages: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    conference: dict[str, str]
    conference_slug: str
    city: dict[str, str]
    held: tuple[date, date]
    zone: str
    submitted_by: dict[str, str] = field(default_factory=dict)
    masthead: Masthead = Masthead()
    version: int | None = None
    adoption: AdoptionFacts | None = None
    issue: IssueFacts | None = None
    layout: str | None = None
    emblem: Emblem | None = None
    beside: Beside = NOTHING

    @property
    def is_authentic(self) -> bool:
        return self.language in self.authentic_languages

    def said(self, value: dict[str, str]) -> str:
        return best(value, self.language, (self.original_language,))

    def listed(self, names: list[dict[str, str]]) -> str:
        return joined([self.said(name) for name in names], self.language)

    def oral_line(self, one: OralRevision) -> str:
        """Which paragraphs it changed and who announced it."""
        about = paragraphs([name for _paragraph, name in self.named(one.blocks)], self.language)
        mover = self.said(one.announced_by)
        said = [about if one.blocks else "", _("announced by %(name)s", name=mover) if mover else ""]
        return joined(filter(None, said), self.language)

    @property
    def notes(self) -> list[tuple[int, Paragraph, Inline]]:
        """Number, the paragraph in which it stands, its words."""
        return [(number, p, words) for p in self.paragraphs for number, words in p.notes]

    @property
    def has_place_for_endorsements(self) -> bool:
        """Whether the text itself has a heading under which they stand."""
        return any(p.kind == BlockKind.SIGNATURES for p in self.paragraphs)

    def named(self, blocks: tuple[str, ...]) -> list[tuple[Paragraph, str]]:
        """In reading order with what they are called: 3 (a), PP2, or by first words where there is no number."""
        return [(p, self._name(p)) for p in self.paragraphs if p.block in blocks]

    def _name(self, p: Paragraph) -> str:
        if p.number:
            return p.number
        if p.kind == BlockKind.PREAMBULAR:
            return f"PP{[one.block for one in self.paragraphs if one.kind == p.kind].index(p.block) + 1}"
        words = p.plain.split()
        return f"“{' '.join(words[:4])}{' …' if len(words) > 4 else ''}”"

    def statement_line(self, one: StatementFacts) -> str:
        names = [name for _paragraph, name in self.named(one.blocks)]
        return statement_line(one.kind, self.said(one.delegation), names, self.language)


def said_in(facts: Any) -> str:
    """Every word of plain values such as a reading, whatever it is for."""
    if is_dataclass(facts) and not isinstance(facts, type):
        return " ".join(said_in(getattr(facts, one.name)) for one in fields(facts))
    if isinstance(facts, Mapping):
        return " ".join(map(said_in, facts.values()))
    if isinstance(facts, tuple | list):
        return " ".join(map(said_in, facts))
    return facts if isinstance(facts, str) else ""


@dataclass(frozen=True)
class Sheet:
    """The words of masthead, foot and colophon, in the document's language; `record` is who presided, and where.

    `facts` are label and value, in the order of `fact_names`, by which programs know them.
    """

    conference: str
    held: str
    look: str
    over: str
    under: str
    emblem_alt: str
    issued: str
    facts: tuple[tuple[str, str], ...]
    fact_names: tuple[str, ...]
    adoption: str
    record: tuple[tuple[str, str], ...]
    foot: str
    pages: tuple[str, str, str]
    check_heading: str
    check_text: str
    check_without_square: str
    qr_alt: str
    language: str
    mark: str = ""
    watermark: str = ""  # on every page


def sheet(reading: Reading, address: str) -> Sheet:
    """`address` is where the code of its issue is verified; call inside `speaking(reading.language)`."""
    issue, layout = reading.issue, layouts.layout(reading.layout, reading.kind, reading.nature)
    code = issue.code if issue else ""
    known = _facts(reading)
    told = tuple(name for name in layout.facts if known[name][1])
    return Sheet(
        conference=reading.said(reading.conference),
        held=_joined(reading, reading.said(reading.city), wording.days(*reading.held, reading.language)),
        look=layout.look,
        over=_(layout.over),
        under=_(layout.under),
        emblem_alt=reading.said(reading.emblem.alt) if reading.emblem else "",
        issued=known["issued"][1],
        facts=tuple(known[name] for name in told),
        fact_names=told,
        adoption=adoption_line(reading),
        record=tuple(known[name] for name in ("presiding", "quorum", "symbol_of_record") if known[name][1]),
        mark=mark_of(reading),
        watermark=mark_of(reading) if issue and issue.kind == IssueKind.ADVANCE else "",
        foot=_foot(reading, address),
        pages=tuple(_("Page %(page)s of %(pages)s", page="\0", pages="\0").split("\0")),  # type: ignore[arg-type]
        check_heading=_("Is this document genuine?"),
        check_text=_(
            "Scan the square or open %(address)s to compare this file with what was published. "
            "The comparison needs no account, and the file is not kept.",
            address=address,
        ),
        check_without_square=_(
            "Open %(address)s to compare this file with what was published. "
            "The comparison needs no account, and the file is not kept.",
            address=address,
        ),
        qr_alt=_("Square code that opens the verification of %(code)s", code=code),
        language=_joined(reading, wording.language_name(reading.language, reading.language), _standing(reading)),
    )


def mark_of(reading: Reading) -> str:
    """What a reader must know before the text: an unedited copy, or why the paper comes a second time."""
    issue = reading.issue
    if issue is not None and issue.kind == IssueKind.ADVANCE:
        return _(ISSUE_KIND_NAMES[IssueKind.ADVANCE])
    if issue is not None and issue.kind == IssueKind.REISSUE:
        when = wording.day(issue.issued_at, reading.language, reading.zone)
        return "* " + _("Reissued for technical reasons on %(day)s.", day=when)
    return ""


def adoption_line(reading: Reading) -> str:
    adoption = reading.adoption
    if adoption is None:
        return ""
    sentence = wording.adoption(adoption.manner, adoption.adopted_on, reading.language)
    number = _("meeting %(number)s", number=adoption.number) if adoption.number else ""
    revised = _("as orally revised") if reading.beside.oral_revisions else ""
    return _joined(reading, sentence, reading.said(adoption.meeting), number, revised)


def _joined(reading: Reading, *parts: str) -> str:
    return joined(filter(None, parts), reading.language)


def _facts(reading: Reading) -> dict[str, tuple[str, str]]:
    issue, adoption, masthead = reading.issue, reading.adoption, reading.masthead
    return {
        "distribution": (_("Distribution"), _(DISTRIBUTION_NAMES[masthead.access])),
        "body": (_("Body"), reading.said(masthead.body)),
        "session": (_("Session"), reading.said(masthead.session)),
        "agenda_item": (_("Item of the agenda"), masthead.agenda_item),
        "kind": (_("Kind"), wording.kind_and_nature(reading.kind, reading.nature)),
        "issued": (_("Issued"), wording.day(issue.issued_at, reading.language, reading.zone) if issue else ""),
        "text": (_("Text"), _standing(reading)),
        "original": (_("Original"), _original(reading)),
        "languages": (_("Languages"), wording.language_names(reading.languages, reading.language)),
        "submitted_by": (_("Submitted by"), reading.said(reading.submitted_by)),
        "presiding": (_("Presiding"), reading.said(adoption.presiding) if adoption else ""),
        "quorum": (_("Quorum"), quorum_line(adoption.present, adoption.quorum) if adoption else ""),
        "symbol_of_record": (_("Symbol of the record"), adoption.symbol_of_record if adoption else ""),
        "job_number": (_("Job number"), masthead.job_number),
    }


def _original(reading: Reading) -> str:
    """Only beside authentic texts: every other version names the original already where it says what it is."""
    is_said = not reading.authentic_languages or len(reading.languages) < 2
    return "" if is_said else wording.language_name(reading.original_language, reading.language)


def _standing(reading: Reading) -> str:
    return wording.standing(reading.authentic_languages, reading.original_language, reading.language)


def _foot(reading: Reading, address: str) -> str:
    issue = reading.issue
    if issue is None:
        return _("Draft. Not published.")
    first = _(
        "%(symbol)s, issue %(number)d, text %(fingerprint)s",
        symbol=_left_to_right(reading, reading.symbol),
        number=issue.number,
        fingerprint=_left_to_right(reading, issue.fingerprint),
    )
    mark = mark_of(reading)
    first = f"{mark} · {first}" if mark else first
    return first + "\n" + _("Verify: %(address)s", address=_left_to_right(reading, address))


def _left_to_right(reading: Reading, words: str) -> str:
    """A symbol or an address inside a line that runs from right to left."""
    return f"\u2066{words}\u2069" if language(reading.language).direction == "rtl" else words


def beside_line(reading: Reading) -> str:
    """What a file of two languages says of itself; call inside `printing(reading.language)`."""
    return _("Two language versions side by side. Each is also issued as a file of its own.")
