"""What stands beside an adopted text, as plain values, and the words with which pages and files print it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from confapp.foundation.dates import day
from confapp.foundation.languages import N_, best, joined, ngettext
from confapp.foundation.languages import gettext as _
from confapp.registration.rules.order import sort_key


class Cast(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAINING = "abstaining"
    ABSENT = "absent"


class StatementKind(StrEnum):
    RESERVATION = "reservation"
    BEFORE = "explanation_before"
    AFTER = "explanation_after"
    DECLARATION = "declaration"
    DISSOCIATION = "dissociation"


CAST_NAMES: dict[str, str] = {
    Cast.FOR: N_("In favour"),
    Cast.AGAINST: N_("Against"),
    Cast.ABSTAINING: N_("Abstaining"),
    Cast.ABSENT: N_("Absent or not participating"),
}
STATEMENT_NAMES: dict[str, str] = {
    StatementKind.RESERVATION: N_("Reservation"),
    StatementKind.BEFORE: N_("Explanation of position before the adoption"),
    StatementKind.AFTER: N_("Explanation of position after the adoption"),
    StatementKind.DECLARATION: N_("Interpretative declaration"),
    StatementKind.DISSOCIATION: N_("Dissociation"),
}


@dataclass(frozen=True)
class StatementFacts:
    """What a delegation handed in, in the languages in which it did; without words where it is only listed."""

    ref: str
    kind: str
    delegation: dict[str, str]
    text: dict[str, str]
    blocks: tuple[str, ...]
    received_at: datetime

    @property
    def anchor(self) -> str:
        return f"s-{self.ref[:8]}"

    def language(self, wanted: str, original: str) -> str:
        """The language in which a reader sees it: it is never translated for its author."""
        return next((code for code in (wanted, original) if code in self.text), next(iter(self.text), wanted))


@dataclass(frozen=True)
class EndorsementFacts:
    """Who endorses the text: `code` and `is_state` for programs, `authority` is who signed."""

    name: dict[str, str]
    code: str
    is_state: bool
    authority: dict[str, str]
    endorsed_on: date
    withdrawn_on: date | None = None
    reason: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OralRevision:
    """A change that was announced at the adoption and stands in the adopted text."""

    text: dict[str, str]
    announced_by: dict[str, str]
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """All of it: votes as (name, code, cast) in the order of the conference."""

    votes: tuple[tuple[dict[str, str], str, str], ...] = ()
    statements: tuple[StatementFacts, ...] = ()
    endorsements: tuple[EndorsementFacts, ...] = ()
    oral_revisions: tuple[OralRevision, ...] = ()
    is_alphabetical: bool = False

    @property
    def totals(self) -> dict[str, int]:
        counted = Counter(str(cast) for _name, _code, cast in self.votes)
        return {cast.value: counted[cast.value] for cast in Cast}

    def names(self, cast: str) -> list[dict[str, str]]:
        return [name for name, _code, one in self.votes if one == cast]

    def about(self, block: str) -> list[StatementFacts]:
        return [one for one in self.statements if block in one.blocks]

    def standing(self, language: str) -> list[EndorsementFacts]:
        return self._listed([one for one in self.endorsements if one.withdrawn_on is None], language)

    def withdrawn(self, language: str) -> list[EndorsementFacts]:
        return self._listed([one for one in self.endorsements if one.withdrawn_on is not None], language)

    def _listed(self, rows: list[EndorsementFacts], language: str) -> list[EndorsementFacts]:
        """In the order of the conference, or states and then organizations by the alphabet of a language."""
        if not self.is_alphabetical:
            return rows
        return sorted(rows, key=lambda one: (not one.is_state, sort_key(best(one.name, language), language)))


NOTHING = Beside()


def quorum_line(present: int | None, quorum: int | None) -> str:
    """What was counted and what was needed; empty where nobody entered either."""
    here = ngettext("%(num)d state present", "%(num)d states present", present) if present is not None else ""
    return joined(filter(None, (here, _("%(count)d needed", count=quorum) if quorum is not None else "")))


def cast_name(cast: str) -> str:
    return _(CAST_NAMES[cast])


def statement_name(kind: str) -> str:
    return _(STATEMENT_NAMES[kind])


def paragraphs(names: list[str], language: str) -> str:
    return ngettext("paragraph %(list)s", "paragraphs %(list)s", len(names), list=joined(names, language))


def statement_line(kind: str, delegation: str, names: list[str], language: str) -> str:
    """One sentence, such as: the delegation dissociated itself from paragraph 5. Numbers as the reader sees them."""
    about = paragraphs(names, language) if names else _("the whole text")
    said = {
        StatementKind.RESERVATION: N_("%(delegation)s entered a reservation on %(about)s."),
        StatementKind.BEFORE: N_("%(delegation)s explained its position before the adoption on %(about)s."),
        StatementKind.AFTER: N_("%(delegation)s explained its position after the adoption on %(about)s."),
        StatementKind.DECLARATION: N_("%(delegation)s made an interpretative declaration on %(about)s."),
        StatementKind.DISSOCIATION: N_("%(delegation)s dissociated itself from %(about)s."),
    }[StatementKind(kind)]
    return _(said, delegation=delegation, about=about)


def own_words_line(kind: str, delegation: str, names: list[str], language: str) -> str:
    """What stands above a statement that is a paper of its own."""
    own = _("The words are those of the delegation.")
    return f"{statement_line(kind, delegation, names, language)} {own}"


def endorsement_line(one: EndorsementFacts, language: str, *, is_apart: bool = False) -> str:
    """Name, who signed, the day; and the day of a withdrawal with its reason.

    `is_apart` keeps each in its own direction, where a name is written in other letters than the line.
    """

    def said(words: str) -> str:
        return f"\u2068{words}\u2069" if is_apart and words else words

    parts = [said(best(one.name, language)), said(best(one.authority, language)), day(one.endorsed_on, language)]
    if one.withdrawn_on is not None:
        parts.append(_("withdrawn on %(date)s", date=day(one.withdrawn_on, language)))
    line = joined(filter(None, parts), language)
    return f"{line} ({said(best(one.reason, language))})" if one.reason else line


def count_line(found: Beside) -> str:
    return ngettext(
        "%(num)d endorsement", "%(num)d endorsements", len([o for o in found.endorsements if not o.withdrawn_on])
    )


def endorsement_lines(found: Beside, symbol: str, title: str, language: str) -> list[str]:
    """The list as a paper of its own: its title, what it lists, and a line for each."""
    withdrawn = found.withdrawn(language)
    return [
        _("Endorsements of %(symbol)s, %(title)s", symbol=symbol, title=title),
        count_line(found),
        *(endorsement_line(one, language) for one in found.standing(language)),
        *([_("Withdrawn")] if withdrawn else []),
        *(endorsement_line(one, language) for one in withdrawn),
    ]
