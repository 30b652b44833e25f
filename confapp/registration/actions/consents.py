"""What people agree to: texts with versions, each agreement to one of them, and asking again when a text changed."""

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people.actions import consents
from confapp.people.models import ConsentText, Person
from confapp.people.rules import WORD_CONSENTS
from confapp.registration import queries
from confapp.registration.mails import privacy as mails
from confapp.registration.models import Registration
from confapp.registration.queries import agreements as texts
from confapp.registration.rules import ANSWER_FOR, CONSENT_TEXTS, ConsentKind


def note_consents(person: Person, kinds: frozenset[str] | set[ConsentKind], *, by: Actor, via: str) -> None:
    known = queries.consent_texts() if kinds else {}
    given = [kind for kind in ConsentKind if kind in kinds]
    agreed = [known.get(kind) or consent_text(person.conference_id, kind) for kind in given]
    consents.agree(person, agreed, by=by, via=via)


def change_consent(registration: Registration, kind: ConsentKind, given: bool, *, by: Actor) -> None:
    """Gives or takes back what is voluntary; the use of data ends by withdrawing the registration.

    Who agreed to an earlier version may agree to the present one; what was agreed before stays on record.
    """
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden
    person = registration.person
    standing = texts.standing(person)[kind]
    if kind == ConsentKind.DATA_USE and not (given and standing.is_outdated):
        raise Refused(_("To end the use of your data, withdraw the registration."))
    if given and (not standing.agreed or standing.is_outdated):
        note_consents(person, {kind}, by=by, via="own page")
    elif not given and standing.agreed:
        consents.take_back(standing)
    else:
        return
    db.session.flush()
    audit.record(by, "give_consent" if given else "withdraw_consent", registration, kind=kind)


def word_consent(actor: Actor, conference_id: int, kind: ConsentKind, words: dict[str, str]) -> ConsentText:
    """A changed text is a new version: those who agreed to an earlier one are asked again."""
    if not WORD_CONSENTS.allows(actor, queries.conference(conference_id)):
        raise Forbidden
    first = CONSENT_TEXTS[kind]
    return consents.reword(actor, conference_id, kind, first, words, ask="registration.ask_consents")


def ask_to_agree(text: ConsentText, after: int, number: int) -> int:
    """Mails the next `number` of those who agreed to an earlier version; returns the last of them, 0 when all are."""
    from confapp.registration.actions.telling import tell_person

    asked = texts.agreed_before(text, after, number)
    for registration in asked:
        if registration.person.email:
            tell_person(registration, lambda *about: mails.agree_again(text, *about))
    return asked[-1].id if asked else 0


def consent_text(conference_id: int, kind: ConsentKind) -> ConsentText:
    """The present version of a text."""
    return consents.text_in_force(conference_id, kind, CONSENT_TEXTS[kind])
