"""Letters: their kinds and life, the placeholders of their texts, their numbers, and who may issue them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from confapp.foundation.access import by_roles
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Lifecycle, Move
from confapp.people.rules import Role


class LetterKind(StrEnum):
    NOTE_VERBALE = "note_verbale"
    INVITATION = "invitation"
    PERSONAL_INVITATION = "personal_invitation"
    VISA_SUPPORT = "visa_support"
    CONFIRMATION = "confirmation"


class LetterStatus(StrEnum):
    """Checked is a letter that somebody decided to issue and whose file is being made."""

    REQUESTED = "requested"
    CHECKED = "checked"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


LETTER_KIND_NAMES: dict[str, str] = {
    LetterKind.NOTE_VERBALE: N_("Note verbale of invitation"),
    LetterKind.INVITATION: N_("Letter of invitation"),
    LetterKind.PERSONAL_INVITATION: N_("Personal letter of invitation"),
    LetterKind.VISA_SUPPORT: N_("Visa support letter"),
    LetterKind.CONFIRMATION: N_("Confirmation of participation"),
}
LETTER_STATUS_NAMES: dict[str, str] = {
    LetterStatus.REQUESTED: N_("To check"),
    LetterStatus.CHECKED: N_("Being made"),
    LetterStatus.ISSUED: N_("Issued"),
    LetterStatus.REFUSED: N_("Refused"),
    LetterStatus.WITHDRAWN: N_("Withdrawn"),
}
TO_DELEGATIONS = (LetterKind.NOTE_VERBALE, LetterKind.INVITATION)
TO_PERSONS = (LetterKind.PERSONAL_INVITATION, LetterKind.VISA_SUPPORT, LetterKind.CONFIRMATION)
NEEDS_PURPOSE = (LetterKind.VISA_SUPPORT,)

ISSUE_LETTERS = by_roles(
    "issue_letters",
    N_("Check and issue letters"),
    Role.ORGANIZER,
    Role.PROTOCOL_OFFICER,
    Role.ACCREDITATION_OFFICER,
)


def kind_for(delegation: Any) -> LetterKind:
    """States are invited by note verbale, all others by letter."""
    return LetterKind.NOTE_VERBALE if delegation.kind == "state" else LetterKind.INVITATION


# --- the life of a letter ---------------------------------------------------------------------------------------------

LIVE = ("draft", "submitted", "under_review", "on_hold", "returned", "accredited")  # a registration that has not ended


def request_fault(registration: Any, kind: LetterKind) -> str | None:
    """Why a person cannot ask for a letter of this kind now, or None."""
    if kind not in TO_PERSONS:
        return _("This letter is sent by the organizers.")
    if registration.status not in LIVE or registration.status == "draft":
        return _("Letters are issued while a registration is in force.")
    if not registration.is_confirmed:
        return _("Confirm the e-mail address first, by the link in the mail.")
    if kind == LetterKind.CONFIRMATION and registration.status != "accredited" and registration.attended_at is None:
        return _("A confirmation is issued once the registration has been accredited.")
    return None


def _stands(letter: Any) -> str | None:
    return request_fault(letter.registration, letter.kind) if letter.registration is not None else None


LETTERS = Lifecycle(
    Move("issue", {LetterStatus.REQUESTED}, LetterStatus.CHECKED, ISSUE_LETTERS, N_("Issue"), guard=_stands),
    Move("refuse", {LetterStatus.REQUESTED}, LetterStatus.REFUSED, ISSUE_LETTERS, N_("Refuse"), asks_reason=True),
    Move("made", {LetterStatus.CHECKED}, LetterStatus.ISSUED, ISSUE_LETTERS),  # follows when the file is there
    Move(
        "withdraw",
        {LetterStatus.REQUESTED, LetterStatus.CHECKED, LetterStatus.ISSUED},
        LetterStatus.WITHDRAWN,
        ISSUE_LETTERS,
        N_("Withdraw"),
        asks_reason=True,
    ),
)


def move_named(verb: str) -> Move:
    found = LETTERS.named(verb)
    assert found is not None
    return found


# --- placeholders -----------------------------------------------------------------------------------------------------

OF_CONFERENCE: dict[str, str] = {
    "conference": N_("The name of the conference"),
    "dates": N_("Its days, such as 9–11 March 2027"),
    "city": N_("Its city"),
    "venue": N_("Its venue"),
    "host": N_("Who holds it"),
    "contact": N_("The e-mail address of the organizers"),
    "deadline": N_("When registration closes, with the time zone"),
    "number": N_("The number of the letter"),
    "date": N_("The date of the letter"),
}
OF_DELEGATION: dict[str, str] = {
    "delegation": N_("The name of the delegation"),
    "delegation_formal": N_("Its formal name, or its name where there is none"),
    "addressee": N_("Whom its letters are addressed to; the competent authorities of … where nothing is typed"),
}
OF_PERSON: dict[str, str] = {
    "person": N_("The person's name with the style of address"),
    "name": N_("Given name and family name, without the style of address"),
    "given_name": N_("Given name"),
    "family_name": N_("Family name"),
    "function": N_("Functional title"),
    "capacity": N_("Capacity in the delegation"),
    "body": N_("The delegation or organization"),
    "category": N_("Category of participants"),
    "reference": N_("The reference of the registration"),
    "country": N_("Country"),
    "purpose": N_("What was asked for: the consulate, and the days of travel"),
}
OF_REMINDER: dict[str, str] = {
    "delegation": N_("The name of the delegation"),
    "conference": N_("The name of the conference"),
    "deadline": N_("The sentence that says when registration closes; nothing where no day is set"),
    "link": N_("The address to open; a text without it is not kept"),
    "contact": N_("The e-mail address of the organizers"),
}
PLACEHOLDER = re.compile(r"\{([^{}\n]{0,60})\}")
BLANK = re.compile(r"\[[^\[\]\n]{1,200}\]")
LONGEST_SUBJECT, LONGEST_BODY, LONGEST_SIGNATORY, LONGEST_PURPOSE = 200, 6000, 500, 500


def placeholders(kind: LetterKind) -> dict[str, str]:
    """The placeholders that a text of this kind may use, with their meanings."""
    return OF_CONFERENCE | (OF_PERSON if kind in TO_PERSONS else OF_DELEGATION)


def text_fault(text: str, known: Mapping[str, str]) -> str | None:
    """Why a text cannot be kept: it names a placeholder that there is not."""
    unknown = [name for name in PLACEHOLDER.findall(text) if name not in known]
    if unknown:
        return _(
            "There is no placeholder {%(name)s}. The list beside the text names those that there are.", name=unknown[0]
        )
    return None


def reminder_fault(text: str) -> str | None:
    """Why the words of a reminder cannot be kept."""
    if text and "{link}" not in text:
        return _("Put {link} where the address to open stands.")
    return text_fault(text, OF_REMINDER)


def blanks(text: str) -> list[str]:
    """What is still to be filled in by hand, in square brackets."""
    return BLANK.findall(text)


def standing(subject: Mapping[str, str], body: Mapping[str, str], signatory: Mapping[str, str], code: str) -> str:
    """Where a text stands in one language: "missing", "blanks" (to be filled in by hand) or "ready"."""
    parts = [part.get(code, "") for part in (subject, body, signatory)]
    if not (parts[0] and parts[1]):
        return "missing"
    return "blanks" if any(blanks(part) for part in parts) else "ready"


def ready_languages(text: Any, languages: Sequence[str]) -> list[str]:
    """The languages in which a text can be issued, in the conference's order."""
    if text is None:
        return []
    return [code for code in languages if standing(text.subject, text.body, text.signatory, code) == "ready"]


def used(texts: Iterable[str]) -> set[str]:
    """The placeholders that some texts use."""
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def asks_purpose(kind: LetterKind, text: Any) -> bool:
    """Whether a letter cannot be printed well without the consulate and the days of travel."""
    parts = (text.subject, text.body, text.signatory) if text is not None else ()
    return kind in NEEDS_PURPOSE or "purpose" in used(words for part in parts for words in part.values())


def holes(texts: Iterable[str], values: Mapping[str, str]) -> set[str]:
    """Placeholders that would leave a gap in a sentence. Items without a value are left out of a letter."""
    lines = [line for text in texts for line in text.splitlines() if not _is_empty_item(line, values)]
    return {name for line in lines for name in PLACEHOLDER.findall(line) if not values.get(name)}


def hole_fault(kind: str, names: Iterable[str]) -> str:
    """Why a letter cannot go out, in the words for whoever can fill the hole."""
    return _(
        "“%(kind)s” would be printed with a gap: there is nothing to put in for %(names)s. Give it in the settings or "
        "the registration, or take it out of the text.",
        kind=_(LETTER_KIND_NAMES[kind]),
        names=", ".join(f"{{{name}}}" for name in sorted(names)),
    )


# --- composing --------------------------------------------------------------------------------------------------------

EMPHASIS = re.compile(r"\*\*([^*\s](?:[^*\n]*[^*\s])?)\*\*|\*([^*\s](?:[^*\n]*[^*\s])?)\*")


@dataclass(frozen=True)
class Run:
    """Words of one appearance; a value that was filled in is set apart, for its direction may be another."""

    text: str
    style: str = ""  # "", "strong" or "em"
    is_value: bool = False

    def plain(self) -> list[Any]:
        return [self.text, self.style, self.is_value]


def paragraphs(text: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """A text as paragraphs of runs: empty lines part them, "- " begins an item, **strong** and *em* are marks.

    Values are looked up in a fixed dict and filled in after the marks were read, so that nothing in them is a mark.
    An item whose values are all empty is left out.
    """
    found: list[dict[str, Any]] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        words: list[str] = []
        for line in block.splitlines():
            if _is_empty_item(line, values):
                continue
            if line.startswith("- "):
                found += _paragraph("p", words, values) + _paragraph("item", [line[2:]], values)
                words = []
            else:
                words.append(line)
        found += _paragraph("p", words, values)
    return found


def _is_empty_item(line: str, values: Mapping[str, str]) -> bool:
    names = PLACEHOLDER.findall(line) if line.startswith("- ") else []
    return bool(names) and not any(values.get(name, name) for name in names)


def filled(text: str, values: Mapping[str, str]) -> str:
    """One line or more with its placeholders filled in, without marks."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def _paragraph(kind: str, lines: list[str], values: Mapping[str, str]) -> list[dict[str, Any]]:
    if not lines:
        return []
    return [{"kind": kind, "runs": [run.plain() for run in _runs("\n".join(lines), values)]}]


def _runs(text: str, values: Mapping[str, str]) -> list[Run]:
    found, end = [], 0
    for mark in EMPHASIS.finditer(text):
        found += _filled_runs(text[end : mark.start()], "", values)
        style = "strong" if mark[1] is not None else "em"
        found += _filled_runs(mark[1] or mark[2], style, values)
        end = mark.end()
    return [run for run in [*found, *_filled_runs(text[end:], "", values)] if run.text]


def _filled_runs(text: str, style: str, values: Mapping[str, str]) -> list[Run]:
    found, end = [], 0
    for name in PLACEHOLDER.finditer(text):
        found += [Run(text[end : name.start()], style), Run(values.get(name[1], name[0]), style, True)]
        end = name.end()
    return [*found, Run(text[end:], style)]


# --- numbers ----------------------------------------------------------------------------------------------------------

NUMBER_MARKS = {
    LetterKind.NOTE_VERBALE: "NV",
    LetterKind.INVITATION: "INV",
    LetterKind.PERSONAL_INVITATION: "PI",
    LetterKind.VISA_SUPPORT: "VS",
    LetterKind.CONFIRMATION: "CP",
}
OF_NUMBER: dict[str, str] = {
    "acronym": N_("The short name of the conference"),
    "year": N_("The year of the letter"),
    "number": N_("The number in the series of its kind: 001, 002, …"),
}
LONGEST_FORM = 60


def usual_form(kind: LetterKind) -> str:
    return "{acronym}/{year}/" + NUMBER_MARKS[kind] + "/{number}"


def letter_number(form: str, acronym: str, year: int, number: int) -> str:
    """CT/2027/NV/001: unique in a conference, and never given twice."""
    short = re.sub(r"[^A-Za-z0-9.-]", "", acronym)[:16] or "LETTER"
    return filled(form, {"acronym": short.upper(), "year": str(year), "number": f"{number:03d}"})


def form_fault(form: str, others: Iterable[str]) -> str | None:
    """Why numbers cannot be made like this. Two kinds of letter never share a form: no number is given twice."""
    if fault := text_fault(form, OF_NUMBER):
        return fault
    if "{number}" not in form:
        return _("Write {number} where the number stands.")
    if not re.fullmatch(r"[\w./()-]*", PLACEHOLDER.sub("", form)):
        return _("Use letters, digits, slashes, hyphens and full stops.")
    if form in others:
        return _("Another kind of letter is numbered like this. Let the forms differ.")
    return None


# --- reminders --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Owing:
    """What a delegation may still owe: who is reminded of it, and the words of the choice."""

    name: str
    label: str
    applies: Callable[[Any, bool, int], bool]


def _answer(delegation: Any, has_focal_point: bool, members: int) -> bool:
    return delegation.status in ("invited", "acknowledged")


def _focal_point(delegation: Any, has_focal_point: bool, members: int) -> bool:
    return delegation.status in ("invited", "acknowledged", "accepted") and not has_focal_point


def _members(delegation: Any, has_focal_point: bool, members: int) -> bool:
    return delegation.status != "declined" and has_focal_point and not members


OWINGS = (
    Owing("answer", N_("Invited, and no answer yet"), _answer),
    Owing("focal_point", N_("No focal point named yet"), _focal_point),
    Owing("members", N_("Nobody registered yet"), _members),
)


def owing_named(name: str) -> Owing | None:
    return next((one for one in OWINGS if one.name == name), None)
