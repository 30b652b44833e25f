"""What people agree to: texts with versions, each agreement to one of them, and asking again when a text changed."""

import hashlib
import json

from confapp.foundation import audit, clock, jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people.models import Consent, ConsentText, Person
from confapp.registration import queries
from confapp.registration.mails import privacy as mails
from confapp.registration.models import Registration
from confapp.registration.queries import agreements as texts
from confapp.registration.rules import ANSWER_FOR, CONSENT_TEXTS, ConsentKind
from confapp.registration.rules.privacy import WORD_CONSENTS

NEEDED = ("en", "id")  # both are equal, so neither may be missing


def note_consents(person: Person, kinds: frozenset[str] | set[ConsentKind], *, by: Actor, via: str) -> None:
    known = queries.consent_texts() if kinds else {}
    for kind in ConsentKind:
        if kind in kinds:
            wording = known.get(kind) or _first_text(person.conference_id, kind)
            db.session.add(
                Consent(
                    conference_id=person.conference_id,
                    person_id=person.id,
                    text_id=wording.id,
                    language=person.language,
                    given_by=by.account_id,
                    via=via,
                )
            )


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
        for one in standing.agreed:
            one.withdrawn_at = clock.now()
    else:
        return
    db.session.flush()
    audit.record(by, "give_consent" if given else "withdraw_consent", registration, kind=kind)


def word_consent(actor: Actor, conference_id: int, kind: ConsentKind, words: dict[str, str]) -> ConsentText:
    """A changed text is a new version: those who agreed to an earlier one are asked again."""
    if not WORD_CONSENTS.allows(actor, queries.conference(conference_id)):
        raise Forbidden
    words = {code: text for code, text in words.items() if text}
    if missing := [code for code in NEEDED if not words.get(code)]:
        raise Refused(_("The text is needed in English and in Indonesian."), 422, f"text-{missing[0]}")
    before = queries.consent_texts().get(kind)
    if words == (before.text if before else CONSENT_TEXTS[kind]):
        raise Refused(_("Nothing in the text was changed."), 422, "text")
    made = _add_text(conference_id, kind, before.version + 1 if before else 1, words)
    if made is None:
        raise Refused(_("Somebody changed this text at the same moment. Open the page again."), 409)
    audit.record(actor, "word_consent", made, kind=kind, version=made.version)
    if before is not None:
        jobs.enqueue("registration.ask_consents", {"ref": made.ref}, conference_id=conference_id, key=f"ask:{made.ref}")
    return made


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
    return queries.consent_texts().get(kind) or _first_text(conference_id, kind)


def _first_text(conference_id: int, kind: ConsentKind) -> ConsentText:
    """The first version of a text is written down when somebody first agrees to it."""
    made = _add_text(conference_id, kind, 1, dict(CONSENT_TEXTS[kind]))
    return made or queries.consent_texts()[kind]


def _add_text(conference_id: int, kind: ConsentKind, version: int, words: dict[str, str]) -> ConsentText | None:
    """None when somebody else wrote this version at the same moment."""
    canonical = json.dumps(words, ensure_ascii=False, sort_keys=True).encode()
    statement = inserting(ConsentText).values(
        conference_id=conference_id,
        ref=new_ref(),
        kind=kind,
        version=version,
        text=words,
        sha256=hashlib.sha256(canonical).hexdigest(),
        created_at=clock.now(),
    )
    made: ConsentText | None = db.session.scalar(statement.on_conflict_do_nothing().returning(ConsentText))
    return made
