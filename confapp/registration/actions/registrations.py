"""Registering oneself or a member, correcting it, and agreeing to what is asked."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, text
from confapp.foundation.access import ANONYMOUS, Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people import actions as people
from confapp.people.models import Person
from confapp.registration import mails, queries, rules
from confapp.registration.actions.accreditation import change_status, note_move, refuse_second_head
from confapp.registration.actions.clearances import ask_again
from confapp.registration.actions.consents import note_consents
from confapp.registration.actions.places import follow_category, refuse_when_full, seat
from confapp.registration.actions.sealed import seal_entry
from confapp.registration.actions.series import next_in_series
from confapp.registration.actions.telling import readers, tell, tell_person
from confapp.registration.actions.waiting import admit_when_due, tell_waiting
from confapp.registration.actions.ways import refuse_spent
from confapp.registration.models import Category, Delegation, PrivateLink, Question, Registration
from confapp.registration.rules import (
    ACCREDITATION,
    ANSWER_FOR,
    LIVING,
    NAME_MEMBERS,
    Capacity,
    ConsentKind,
    DelegationStatus,
    Entry,
    Status,
    ways,
)


def register_member(
    actor: Actor, delegation: Delegation, entry: Entry, category: Category | None = None, *, waits: bool = False
) -> Registration:
    """Registers somebody for a delegation and takes the places; refused when none is left, unless the member waits."""
    if not NAME_MEMBERS.allows(actor, delegation):
        raise Forbidden
    conference = queries.conference_of(delegation)
    if fault := rules.deadline_fault(conference, actor, clock.now()):
        raise Refused(fault)
    if delegation.status == DelegationStatus.DECLINED:
        raise Refused(_("This delegation declined the invitation. Accept it first."))
    category = category or _usual_category(delegation)
    if fault := ways.delegation_fault(category, delegation):
        raise Refused(fault, 422, "category")
    refuse_second_head(delegation, entry.capacity)
    registration = make_registration(actor, conference, category, entry, delegation=delegation, capacity=entry.capacity)
    is_seated = seat(registration, waits=waits)
    with db.session.no_autoflush:  # consents and the link are written in one go
        note_consents(registration.person, entry.consents, by=actor, via="focal point")
        to = readers(registration, conference) if is_seated else []
    note_registered(registration, by=actor)
    if is_seated:
        tell(registration, mails.registered, to)
    else:
        tell_waiting(registration, "registered")
    return registration


def self_register(
    conference: Conference, category: Category, entry: Entry, *, via: PrivateLink | None = None
) -> Registration:
    """Somebody registers for themselves; it counts, and a place is held, once the address is confirmed by its link.

    A private link opens a category that is not open to all; its own places are held by the same rule.
    """
    if fault := rules.deadline_fault(conference, ANONYMOUS, clock.now()):
        raise Refused(fault)
    if via is None and not category.is_open_to_all:
        raise Refused(_("This category is registered by the delegations or the office."), 422, "category")
    if via is None and category.needs_link:
        raise Refused(_("This category is open only to those who were sent a link to it."), 422, "category")
    if not entry.email:
        raise Refused(_("An e-mail address is needed: the answer goes there."), 422, "email")
    if not entry.organization:
        raise Refused(
            _("Write the organization as it should be printed, or “%(word)s”.", word=_(ways.INDEPENDENT)),
            422,
            "organization",
        )
    if ConsentKind.DATA_USE not in entry.consents:
        raise Refused(_("Without this the registration cannot be looked at."), 422, ConsentKind.DATA_USE)
    if via is not None:
        refuse_spent(via)
    by = Actor(name=entry.printed)
    registration = make_registration(by, conference, category, entry, organization=entry.organization)
    if via is not None:
        registration.private_link = via
    refuse_when_full(registration)
    with db.session.no_autoflush:  # consents and the link are written in one go
        note_consents(registration.person, entry.consents, by=by, via="registration form")
        to = readers(registration, conference)
    note_registered(registration, by=by)
    tell(registration, mails.registered, to)
    return registration


def confirm(registration: Registration) -> None:
    """The address was reached by its link: a place is held, and a category without accreditation admits at once."""
    if registration.confirmed_at is not None or registration.status not in LIVING:
        return
    registration.confirmed_at = clock.now()
    by = Actor(account_id=None, name=registration.person.printed_name)
    try:
        is_seated = seat(registration, waits=True)
    except Refused:
        is_seated = False  # there is no waiting list: it waits for the office, which sees that no place is held
    note_move(registration, "confirm", registration.status, by=by)
    audit.record(by, "confirm", registration)
    if is_seated:
        admit_when_due(registration)
    elif registration.category.takes_waiting:
        tell_waiting(registration, "waits")


def correct(
    registration: Registration, entry: Entry, *, by: Actor, version: str, category: Category | None = None
) -> None:
    """Changes what was typed. A stale form is refused; a change that matters brings an accredited one to review."""
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden
    conference = queries.conference_of(registration)
    if fault := rules.closed_fault(registration) or rules.correction_fault(registration, conference, by, clock.now()):
        raise Refused(fault)
    if registration.version != version:
        raise Refused(who_was_faster(registration))
    if registration.delegation is not None and entry.capacity != registration.capacity:
        refuse_second_head(registration.delegation, entry.capacity, registration)
    was_address = registration.person.email
    write_entry(registration, entry)
    changed = {*audit.changes(registration), *audit.changes(registration.person)}
    if _change_category(registration, category):
        changed.add("category")
    if not changed:
        return
    db.session.flush()
    # Names are personal: the record says which fields changed, the ledger and the row hold what they say.
    audit.record(by, "correct", registration, fields=sorted(changed))
    look_again(registration, changed, by)
    if was_address and was_address.casefold() != registration.person.email.casefold():
        address_changed(registration, by)


def look_again(
    registration: Registration, changed: Collection[str], by: Actor, questions: Sequence[Question] = ()
) -> None:
    """A change that matters brings an accredited registration to review, and asks the offices that looked at it.

    `changed` are fields, `questions` those of which a changed answer matters.
    """
    if registration.status == Status.ACCREDITED and rules.brings_back(registration, by, changed, questions):
        _review_again(registration, [*rules.deciding(changed), *(one.code for one in questions)], by)
    if registration.status != Status.ACCREDITED:
        ask_again(registration, changed, by=by, questions=questions)


def send_link_again(by: Actor, registration: Registration) -> None:
    """Mails the person a new link to the own record."""
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden
    if fault := rules.closed_fault(registration):
        raise Refused(fault)
    tell_person(registration, mails.link)
    audit.record(by, "send_link", registration)


# --- parts ------------------------------------------------------------------------------------------------------------


def make_registration(
    actor: Actor,
    conference: Conference,
    category: Category,
    entry: Entry,
    *,
    delegation: Delegation | None = None,
    organization: str = "",
    capacity: Capacity = Capacity.DELEGATE,
    status: Status = Status.SUBMITTED,
    accompanies: Registration | None = None,
) -> Registration:
    """The rows alone, without a number: places are taken, and links made, before anything is numbered or recorded."""
    person = Person(conference_id=conference.id, given_name=entry.given_name, printed_name=entry.printed)
    registration = Registration(
        conference_id=conference.id,
        person=person,
        category=category,
        delegation=delegation,
        organization=organization,
        capacity=capacity,
        status=status,
        accompanies=accompanies,
        submitted_at=clock.now() if status != Status.DRAFT else None,
        submitted_by=actor.account_id if status != Status.DRAFT else None,
    )
    db.session.add(registration)
    with db.session.no_autoflush:  # the row is complete when all is written
        write_entry(registration, entry)
    db.session.flush()
    return registration


def note_registered(registration: Registration, *, by: Actor) -> None:
    """Gives the number and records it. Others wait for both until the commit: whatever can be done before, is."""
    number = _next_number(queries.conference_of(registration))
    db.session.connection().execute(_NUMBERED, {"of": registration.id, "given": number})
    set_committed_value(registration, "number", number)
    verb = "register" if registration.status == Status.SUBMITTED else "invite"
    note_move(registration, verb, "", by=by)
    audit.record(by, verb, registration, number=registration.number, category=registration.category.code)


# One column of a row that nobody else has seen yet: written without looking for what else of it changed.
_NUMBERED = (
    update(Registration.__table__)
    .where(Registration.__table__.c.id == bindparam("of"))
    .values(number=bindparam("given"))
)


def write_entry(registration: Registration, entry: Entry) -> None:
    person = registration.person
    person.honorific, person.given_name, person.family_name = entry.honorific, entry.given_name, entry.family_name
    person.printed_name = entry.printed
    person.badge_name = entry.badge_name or entry.printed[:120]
    person.email, person.country, person.language = entry.email, entry.country, entry.language
    person.phone, person.phone_e164 = entry.phone, entry.phone_e164
    registration.functional_title = entry.functional_title
    registration.rank = entry.rank or registration.rank
    if registration.delegation is None:
        registration.organization = entry.organization
    else:
        registration.capacity = entry.capacity
    person.folded = folded(registration)
    seal_entry(registration, entry)


def folded(registration: Registration) -> str:
    """What a person is found by; the number is looked for in its own column."""
    person = registration.person
    words = (
        person.printed_name,
        person.family_name,
        person.given_name,
        registration.organization,
        person.email,
    )
    return text.fold(*words)[:600]


def _next_number(conference: Conference) -> str:
    """The next number of the conference; whoever asks at the same time waits for this transaction."""
    last = next_in_series(conference, "registration")
    return rules.number(conference.acronym or conference.slug, conference.starts_on.year, last)


def _usual_category(delegation: Delegation) -> Category:
    found = queries.categories_for(delegation)
    if not found:
        raise Refused(_("The organizers have not yet named a category for members of delegations."))
    return found[0]


def _change_category(registration: Registration, category: Category | None) -> bool:
    """Moves a registration, and the places it holds, to another category; False when it is in that one already."""
    if category is None or category.id == registration.category_id:
        return False
    was, registration.category = registration.category, category
    follow_category(registration, was)
    return True


def who_was_faster(registration: Registration) -> str:
    latest = queries.facts(registration)[:1]
    if not latest:
        return _("Somebody changed this registration in the meantime. Open it again; what you typed is still here.")
    return _(
        "%(name)s changed this registration in the meantime (%(what)s). Open it again; what you typed is still here.",
        name=latest[0].acting_name or _("Somebody"),
        what=", ".join(latest[0].facts.get("fields", [])) or latest[0].verb,
    )


def _review_again(registration: Registration, fields: Sequence[str], by: Actor) -> None:
    review = ACCREDITATION.named("review")
    if fields and review is not None:
        change_status(registration, review, by=by, defects=[{"field": one, "text": ""} for one in fields])


def address_changed(registration: Registration, by: Actor) -> None:
    """The old mailbox reaches the record no more; the new one gets its own link."""
    people.revoke_record_links(by, registration.person)
    if registration.delegation_id is None:
        registration.confirmed_at = None
    if registration.person.email:
        tell_person(registration, mails.link)
