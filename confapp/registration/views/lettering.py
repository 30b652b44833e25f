"""Words and shapes by which pages show letters."""

from typing import Any

from flask import g

from confapp.foundation import languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import MailState
from confapp.registration.models import Letter
from confapp.registration.queries import letters as queries
from confapp.registration.rules.letters import (
    ISSUE_LETTERS,
    LETTER_KIND_NAMES,
    LETTER_STATUS_NAMES,
    LetterStatus,
)

KINDS = {
    LetterStatus.REQUESTED: "waiting",
    LetterStatus.CHECKED: "waiting",
    LetterStatus.ISSUED: "neutral",
    LetterStatus.REFUSED: "bad",
    LetterStatus.WITHDRAWN: "bad",
}


def letter_mark(letter: Letter) -> tuple[str, str]:
    """(kind, word) for `ui.status`. A letter whose file could not be made asks for somebody."""
    if letter.status == LetterStatus.CHECKED and letter.reason:
        return "attention", _("Could not be made")
    return KINDS[letter.status], _(LETTER_STATUS_NAMES[letter.status])


def own_letter_mark(letter: Letter) -> tuple[str, str]:
    """As `letter_mark`, in the words of those who wait for it."""
    if letter.status in (LetterStatus.REQUESTED, LetterStatus.CHECKED):
        return "waiting", _("Asked for")
    return letter_mark(letter)


def mail_mark(letter: Letter) -> tuple[str, str]:
    """What became of its mail."""
    mail = letter.mail
    if mail is None and letter.sent_at is not None:
        return "neutral", _("Sent another way")
    if mail is None:
        return "attention", _("Not mailed: no address")
    if mail.state == MailState.SENT:
        return "neutral", _("Sent")
    if mail.state in (MailState.FAILED, MailState.IN_DOUBT):
        return "bad", _("Not delivered")
    return "waiting", _("On its way")


def letter_words(*, for_office: bool = True) -> dict[str, Any]:
    return {
        "letter_mark": letter_mark if for_office else own_letter_mark,
        "mail_mark": mail_mark,
        "letter_kind": lambda kind: _(LETTER_KIND_NAMES[kind]),
        "may_issue": ISSUE_LETTERS.allows(g.actor, g.conference),
        "languages_of_conference": [languages.language(code) for code in g.conference.languages],
        "letters_of": queries.letters_of,
        "letters_of_members": queries.letters_of_members,
        "invitation_of": lambda delegation: (queries.letters_of(delegation), queries.nomination_links(delegation)),
    }
