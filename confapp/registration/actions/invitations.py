"""A focal point invites members of its delegation, who fill in themselves: a draft that holds a place meanwhile."""

from collections.abc import Sequence
from functools import partial

from confapp.foundation import audit, clock
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.registration import queries, rules
from confapp.registration.actions.accreditation import change_status, refuse_second_head
from confapp.registration.actions.consents import note_consents
from confapp.registration.actions.places import seat
from confapp.registration.actions.registrations import (
    make_registration,
    note_registered,
    who_was_faster,
    write_entry,
)
from confapp.registration.actions.telling import tell_person
from confapp.registration.mails import people as mails
from confapp.registration.models import Category, Delegation, Registration
from confapp.registration.rules import (
    ACCREDITATION,
    ANSWER_FOR,
    NAME_MEMBERS,
    ConsentKind,
    DelegationStatus,
    Entry,
    Status,
    Track,
    ways,
)
from confapp.registration.rules.ways import Invited


def invite_members(
    actor: Actor, delegation: Delegation, lines: Sequence[Invited], category: Category, language: str
) -> list[Registration]:
    """Holds a place for each and mails the link to fill in; all of them or, when the places do not suffice, none."""
    if not NAME_MEMBERS.allows(actor, delegation):
        raise Forbidden
    if fault := rules.deadline_fault(queries.conference_of(delegation), actor, clock.now()):
        raise Refused(fault)
    if delegation.status == DelegationStatus.DECLINED:
        raise Refused(_("This delegation declined the invitation. Accept it first."))
    if not category.members_fill_in:
        raise Refused(_("In this category the focal point fills in for the members."), 422, "category")
    if fault := ways.delegation_fault(category, delegation):
        raise Refused(fault, 422, "category")
    return [_invite(actor, delegation, line, category, language) for line in lines]


def _invite(actor: Actor, delegation: Delegation, line: Invited, category: Category, language: str) -> Registration:
    refuse_second_head(delegation, line.capacity)
    entry = Entry("", printed_name=line.name, email=line.email, language=language, capacity=line.capacity)
    registration = make_registration(
        actor,
        queries.conference_of(delegation),
        category,
        entry,
        delegation=delegation,
        capacity=line.capacity,
        status=Status.DRAFT,
    )
    try:
        seat(registration)
    except Refused as refusal:
        raise Refused(f"{line.name}: {refusal.message}") from None
    note_registered(registration, by=actor)
    tell_person(registration, partial(mails.invited, by=actor.name or actor.email))
    return registration


def remind_member(actor: Actor, registration: Registration) -> None:
    """Mails a new link to who has not filled in yet."""
    if not ANSWER_FOR.allows(actor, registration):
        raise Forbidden
    if registration.status != Status.DRAFT:
        raise Refused(_("This registration has been submitted already."))
    tell_person(registration, partial(mails.invited, by=actor.name or actor.email, again=True))
    audit.record(actor, "remind_member", registration)


def complete(registration: Registration, entry: Entry, *, by: Actor, version: str, submit: bool) -> None:
    """What an invited member fills in, or somebody who answers for the member; it counts once it is submitted."""
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden
    if registration.status != Status.DRAFT:
        raise Refused(_("This registration has been submitted already."))
    if fault := rules.deadline_fault(queries.conference_of(registration), by, clock.now()):
        raise Refused(fault)
    if registration.version != version:
        raise Refused(who_was_faster(registration))
    if submit and ConsentKind.DATA_USE not in entry.consents:
        raise Refused(_("Without this the registration cannot be looked at."), 422, ConsentKind.DATA_USE)
    write_entry(registration, entry)
    changed = {*audit.changes(registration), *audit.changes(registration.person)}
    db.session.flush()
    if changed:
        audit.record(by, "complete", registration, fields=sorted(changed))
    if submit:
        _submit(registration, entry, by)


def _submit(registration: Registration, entry: Entry, by: Actor) -> None:
    is_own = registration.person_id in by.persons(registration.conference_id)
    note_consents(registration.person, entry.consents, by=by, via="own page" if is_own else "focal point")
    submit, admit = ACCREDITATION.named("submit"), ACCREDITATION.named("accredit")
    assert submit is not None
    assert admit is not None
    change_status(registration, submit, by=by)
    if registration.category.track == Track.ADMISSION and registration.confirmed_at is not None:
        change_status(registration, admit, by=SYSTEM)
