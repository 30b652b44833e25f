"""Reminding delegations of what they owe: their answer, a focal point, their members."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.addresses import absolute
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import outbox
from confapp.registration import queries
from confapp.registration.actions.issuing import spoken
from confapp.registration.actions.nominations import nomination_address
from confapp.registration.mails import letters as mails
from confapp.registration.models import Delegation, ReminderText
from confapp.registration.queries import letters as found
from confapp.registration.rules import INVITE
from confapp.registration.rules import letters as rules
from confapp.registration.rules.letters import Owing

PAUSE = timedelta(hours=20)  # nobody is reminded twice in a day, by two colleagues or by two clicks


def remind(actor: Actor, conference: Conference, what: Owing, delegations: Sequence[Delegation]) -> int:
    """Mails those of the delegations that owe it still and were not reminded today; returns how many."""
    if not INVITE.allows(actor, conference):
        raise Forbidden
    owing = {row.id for row in found.owing(actor, conference, what)}
    reminded = [row for row in delegations if row.id in owing and _remind(conference, what, row)]
    if reminded:
        audit.record(actor, "remind", conference, what=what.name, delegations=[row.ref for row in reminded])
    return len(reminded)


def write_text(
    actor: Actor, conference: Conference, what: Owing, *, subject: dict[str, str], body: dict[str, str], revision: str
) -> None:
    """The organizers' own words of a reminder; a language that is left empty has ours."""
    if not INVITE.allows(actor, conference):
        raise Forbidden
    for name, words in (("body", body), ("subject", subject)):
        for one in words.values():
            if fault := rules.reminder_fault(one) if name == "body" else rules.text_fault(one, rules.OF_REMINDER):
                raise Refused(fault, 422, name)
    row = found.reminder_text(what.name)
    if revision != (str(row.revision) if row is not None else ""):
        raise Refused(_("Somebody changed this text in the meantime. Open it again; what you typed is still here."))
    if row is None:
        row = ReminderText(conference_id=conference.id, what=what.name)
        db.session.add(row)
    row.subject, row.body = subject, body
    changed = audit.changes(row)
    db.session.flush()
    if changed:
        audit.record(actor, "write_reminder_text", row, what=what.name, fields=sorted({*changed} & {"subject", "body"}))


def is_due(delegation: Delegation) -> bool:
    return delegation.reminded_at is None or delegation.reminded_at < clock.now() - PAUSE


def has_address(delegation: Delegation) -> bool:
    return bool(delegation.contact_email or queries.focal_point_mandates([delegation.id]))


def _remind(conference: Conference, what: Owing, delegation: Delegation) -> bool:
    """One update decides who of two colleagues reminds."""
    mandates = queries.focal_point_mandates([delegation.id])
    if not mandates and not delegation.contact_email:
        return False
    was = Delegation.reminded_at.is_(None) | (Delegation.reminded_at < clock.now() - PAUSE)
    changed = db.session.execute(
        update(Delegation)
        .where(Delegation.id == delegation.id, was)
        .values(reminded_at=clock.now(), reminders=Delegation.reminders + 1)
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        return False
    db.session.refresh(delegation)
    if mandates:
        for account in (mandate.account for mandate in mandates):
            url = absolute(f"/me/{conference.slug}/delegations/{delegation.ref}", account.language)
            outbox.queue(
                mails.reminder(delegation, conference, account.email, account.language, what.name, url, is_link=False)
            )
    else:
        language = _language_of(delegation, conference)
        url = nomination_address(delegation, conference, delegation.contact_email, language)
        outbox.queue(
            mails.reminder(delegation, conference, delegation.contact_email, language, what.name, url, is_link=True)
        )
    return True


def _language_of(delegation: Delegation, conference: Conference) -> str:
    """The first language of the letter that the delegation got."""
    letters = found.letters_of(delegation)
    return spoken((letters[0].languages if letters and letters[0].languages else conference.languages)[0])
