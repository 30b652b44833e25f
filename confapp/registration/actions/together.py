"""Something done for many registrations: noted first, then done some at a time, each of them once."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select, update

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import outbox
from confapp.people import actions as people
from confapp.registration import mails, queries
from confapp.registration.actions.registrations import send_link_again
from confapp.registration.mails.together import written
from confapp.registration.models import BulkAct, Registration
from confapp.registration.rules import ACCREDIT
from confapp.registration.rules.imports import ActKind
from confapp.registration.rules.together import MOST_AT_ONCE, text_fault


def begin(
    actor: Actor,
    conference: Conference,
    kind: ActKind,
    ids: Sequence[int],
    *,
    subject: Mapping[str, str] | None = None,
    text: Mapping[str, str] | None = None,
    tag: str = "",
) -> BulkAct:
    """Notes what is to be done and for whom. A few are done at once; many by a job that can be watched.

    Links are sent by whoever answers for a person, which is asked for each; the rest is the office's.
    """
    if kind != ActKind.LINKS and not ACCREDIT.allows(actor, conference):
        raise Forbidden
    if not ids:
        raise Refused(_("Tick at least one registration."), 422)
    for words, field in ((subject or {}, "subject"), (text or {}, "text")):
        for one in words.values():
            if fault := text_fault(one):
                raise Refused(fault, 422, field)
    act = BulkAct(
        conference_id=conference.id,
        kind=kind,
        subject=dict(subject or {}),
        text=dict(text or {}),
        tag=tag,
        chosen=list(ids),
        made_by=actor.account_id,
        acting_name=actor.name or actor.email,
    )
    db.session.add(act)
    db.session.flush()
    audit.record(actor, f"bulk_{kind}", act, people=len(ids), tag=tag)
    if len(ids) <= MOST_AT_ONCE:
        go_on(act, actor)
    else:
        jobs.enqueue("registration.together", {"act": act.ref}, conference_id=conference.id, key=f"act:{act.ref}")
    return act


def go_on(act: BulkAct, actor: Actor) -> bool:
    """Does the next some of an act, in the present transaction, and writes their lines; False when it is over."""
    part = act.chosen[act.done : act.done + MOST_AT_ONCE]
    if not part:
        return False
    conference = queries.conference(act.conference_id)
    do = DEEDS[act.kind]
    rows = {row.id: row for row in queries.by_ids(actor, conference, part)}
    lines = [[row.number, do(act, row, actor)] if (row := rows.get(number)) else ["", "gone"] for number in part]
    act.done += len(part)
    act.report = [*act.report, *lines]
    if act.done >= len(act.chosen):
        act.done_at = clock.now()
    db.session.flush()
    return act.done_at is None


def hold(ref: str) -> BulkAct:
    """The act, for one worker at a time."""
    return db.session.scalars(select(BulkAct).where(BulkAct.ref == ref).with_for_update()).one()


def reader_of(act: BulkAct, row: Registration, conference: Conference) -> mails.Reader:
    """The person; a link of their own only where the text has one."""
    person, url = row.person, ""
    is_private = any("{link}" in one for one in act.text.values())
    if is_private:
        url = people.record_link(person, conference, next_path=f"/me/{conference.slug}/registrations/{row.ref}")
    name = person.full_name if row.is_confirmed else ""
    return mails.Reader(person.email, name, person.language, url, is_private=is_private)


# --- what is done for one; each answers how it went -------------------------------------------------------------------


def _mail(act: BulkAct, row: Registration, actor: Actor) -> str:
    if not row.person.email:
        return "no_address"
    conference = queries.conference(act.conference_id)
    added = outbox.add(written(act, row, reader_of(act, row, conference), conference))
    return "queued" if added is not None else "there"


def _link(act: BulkAct, row: Registration, actor: Actor) -> str:
    if not row.person.email:
        return "no_address"
    send_link_again(actor, row)
    return "queued"


def _tag(act: BulkAct, row: Registration, actor: Actor) -> str:
    return _tagged(row, {*row.tags, act.tag})


def _untag(act: BulkAct, row: Registration, actor: Actor) -> str:
    return _tagged(row, {*row.tags} - {act.tag})


def _tagged(row: Registration, tags: set[str]) -> str:
    """Without a new revision: a tag is no reason to refuse a form that somebody has open."""
    if tags == {*row.tags}:
        return "there"
    changed = update(Registration).where(Registration.id == row.id).values(tags=sorted(tags))
    db.session.execute(changed.execution_options(synchronize_session=False))
    return "done"


DEEDS: dict[ActKind, Callable[[BulkAct, Registration, Actor], str]] = {
    ActKind.MAIL: _mail,
    ActKind.LINKS: _link,
    ActKind.TAG: _tag,
    ActKind.UNTAG: _untag,
}
