"""What is recorded around an adopted text: silence, votes, statements, endorsements. Plain values only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from confapp.documents.rules import PUBLISH
from confapp.documents.rules.beside import CAST_NAMES, Cast
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Lifecycle, Move
from confapp.foundation.text import fold


class Showing(StrEnum):
    """What readers see of the statements: their words, or only who stated what on which paragraphs."""

    IN_FULL = "in_full"
    LISTED = "listed"


class Listing(StrEnum):
    """In which order endorsements are listed."""

    PROTOCOL = "protocol"
    ALPHABETICAL = "alphabetical"


class StatementState(StrEnum):
    RECEIVED = "received"
    RETURNED = "returned"
    SHOWN = "shown"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class EndorsementState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SilenceState(StrEnum):
    """Derived from the server's clock and what was received before the expiry; never stored."""

    OPEN = "open"
    BROKEN = "broken"
    HELD = "held"
    STOPPED = "stopped"


SHOWING_NAMES: dict[str, str] = {
    Showing.IN_FULL: N_("In full, as they were handed in"),
    Showing.LISTED: N_("Only listed: which delegation, what, on which paragraphs"),
}
LISTING_NAMES: dict[str, str] = {
    Listing.PROTOCOL: N_("In the order of the conference, organizations after states"),
    Listing.ALPHABETICAL: N_("By the alphabet of each language"),
}
# How a state looks (a kind of ui.status) and what it is called.
STATEMENT_STATES: dict[str, tuple[str, str]] = {
    StatementState.RECEIVED: ("attention", N_("Received, not shown yet")),
    StatementState.RETURNED: ("waiting", N_("The delegation was asked")),
    StatementState.SHOWN: ("good", N_("Shown with the text")),
    StatementState.REPLACED: ("neutral", N_("Replaced by a correction")),
    StatementState.WITHDRAWN: ("neutral", N_("Withdrawn")),
}
ENDORSEMENT_STATES: dict[str, tuple[str, str]] = {
    EndorsementState.PROPOSED: ("attention", N_("To be confirmed")),
    EndorsementState.CONFIRMED: ("good", N_("Confirmed")),
    EndorsementState.DECLINED: ("neutral", N_("Not taken")),
    EndorsementState.WITHDRAWN: ("neutral", N_("Withdrawn")),
}
SILENCE_STATES: dict[str, tuple[str, str]] = {
    SilenceState.OPEN: ("waiting", N_("Silence runs")),
    SilenceState.BROKEN: ("bad", N_("Silence was broken")),
    SilenceState.HELD: ("good", N_("Silence was kept")),
    SilenceState.STOPPED: ("neutral", N_("Stopped")),
}

STATEMENTS = Lifecycle(
    Move(
        "show",
        {StatementState.RECEIVED, StatementState.RETURNED},
        StatementState.SHOWN,
        PUBLISH,
        N_("Show it with the text"),
    ),
    Move(
        "return",
        {StatementState.RECEIVED},
        StatementState.RETURNED,
        PUBLISH,
        N_("Ask the delegation"),
        asks_reason=True,
    ),
    Move(
        "withdraw",
        {StatementState.RECEIVED, StatementState.RETURNED, StatementState.SHOWN},
        StatementState.WITHDRAWN,
        PUBLISH,
        N_("The delegation withdrew it"),
    ),
)
ENDORSEMENTS = Lifecycle(
    Move("confirm", {EndorsementState.PROPOSED}, EndorsementState.CONFIRMED, PUBLISH, N_("Confirm")),
    Move(
        "decline",
        {EndorsementState.PROPOSED},
        EndorsementState.DECLINED,
        PUBLISH,
        N_("Do not take it"),
        asks_reason=True,
    ),
    Move(
        "withdraw",
        {EndorsementState.CONFIRMED},
        EndorsementState.WITHDRAWN,
        PUBLISH,
        N_("Record a withdrawal"),
        asks_reason=True,
    ),
)
LIVING = (StatementState.RECEIVED, StatementState.RETURNED, StatementState.SHOWN)
STANDING = (EndorsementState.PROPOSED, EndorsementState.CONFIRMED)


def silence_state(run: Any, now: datetime) -> SilenceState:
    """At the expiry itself silence is over: only what was received before it breaks it."""
    if run.stopped_at is not None:
        return SilenceState.STOPPED
    if any(one.received_at < run.expires_at for one in run.objections):
        return SilenceState.BROKEN
    return SilenceState.OPEN if now < run.expires_at else SilenceState.HELD


def is_open(until: datetime | None, now: datetime) -> bool:
    """Whether delegations can hand in: before the moment that was set, and not when none was."""
    return until is not None and now < until


def unknown_paragraphs(chosen: Iterable[str], known: Mapping[str, Any]) -> list[str]:
    return [ref for ref in chosen if ref not in known]


def withdrawal_fault(endorsed_on: date, withdrawn_on: date, today: date) -> str | None:
    if withdrawn_on < endorsed_on:
        return _("An endorsement is not withdrawn before the day on which it was given.")
    return _("This day has not come yet.") if withdrawn_on > today else None


# --- votes ------------------------------------------------------------------------------------------------------------

# What tables of votes say, beside the names in the page's language.
CAST_WORDS: dict[Cast, tuple[str, ...]] = {
    Cast.FOR: (
        "for",
        "yes",
        "y",
        "f",
        "in favour",
        "in favor",
        "setuju",
        "mendukung",
        "مؤيد",
        "نعم",
        "pour",
        "a favor",
    ),
    Cast.AGAINST: ("against", "no", "n", "tidak setuju", "menolak", "معارض", "لا", "contre", "en contra"),
    Cast.ABSTAINING: ("abstain", "abstaining", "abstention", "a", "0", "abstensi", "abstain", "ممتنع", "abstención"),
    Cast.ABSENT: ("absent", "not voting", "not participating", "x", "tidak hadir", "غائب", "ausente"),
}
SIGNS = {"+": Cast.FOR, "-": Cast.AGAINST, "\u2212": Cast.AGAINST}


def totals(votes: Iterable[str]) -> dict[str, int]:
    counted = Counter(str(vote) for vote in votes)
    return {cast.value: counted[cast.value] for cast in Cast}


def totals_fault(announced: Mapping[str, int | None], counted: Mapping[str, int]) -> str | None:
    """Says where what the presiding officer announced differs from what was entered; empty fields are not compared."""
    differing = [
        _("%(vote)s: announced %(said)d, entered %(count)d", vote=_(CAST_NAMES[cast]), said=said, count=counted[cast])
        for cast, said in announced.items()
        if said is not None and said != counted[cast]
    ]
    return "; ".join(differing) or None


def read_table(pasted: str, delegations: Sequence[Any]) -> tuple[dict[str, str], list[str]]:
    """Votes by the reference of a delegation, and what could not be read. A line is a name or code, then a vote."""
    by_name: dict[str, set[str]] = {}
    for one in delegations:
        for name in filter(None, {fold(name) for name in (one.code, *one.name.values(), *one.formal_name.values())}):
            by_name.setdefault(name, set()).add(one.ref)
    by_word = {fold(word): cast for cast, words in CAST_WORDS.items() for word in (*words, _(CAST_NAMES[cast]))}
    found, faults = dict[str, str](), list[str]()
    for number, line in enumerate(pasted.splitlines(), 1):
        if not line.strip():
            continue
        name, word = _halves(line)
        refs, cast = by_name.get(fold(name), set()), SIGNS.get(word) or by_word.get(fold(word))
        if number == 1 and not refs and cast is None:
            continue  # the heads of a table
        if len(refs) != 1:
            faults.append(
                _("Line %(number)d: no state of this conference is called “%(name)s”.", number=number, name=name[:80])
            )
        elif cast is None:
            faults.append(_("Line %(number)d: “%(word)s” is not a vote.", number=number, word=word[:40]))
        elif refs & found.keys():
            faults.append(_("Line %(number)d: “%(name)s” stands here twice.", number=number, name=name[:80]))
        else:
            found[next(iter(refs))] = cast.value
    return found, faults


def _halves(line: str) -> tuple[str, str]:
    """The last cell is the vote, the first the name; without any sign between cells, the last word is the vote."""
    for sign in ("\t", ";", ","):
        if sign in line:
            name, _sign, word = line.strip().rpartition(sign)
            return name.strip(" \t\"'"), word.strip(" \t\"'")
    name, _gap, word = line.strip().rpartition(" ")
    return name.strip(), word
