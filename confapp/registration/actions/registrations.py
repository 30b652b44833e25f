"""Registering oneself or a member, correcting it, and agreeing to what is asked."""

import hashlib
import json

from confapp.conferences.models import Conference
from confapp.conferences.rules import purge_moment
from confapp.foundation import audit, clock, places, text
from confapp.foundation.access import ANONYMOUS, SYSTEM, Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.places import Full
from confapp.people import actions as people
from confapp.people.models import Consent, ConsentText, Person
from confapp.registration import mails, queries, rules
from confapp.registration.actions.accreditation import change_status, note_move, quotas_over, refuse_second_head
from confapp.registration.actions.clearances import ask_again
from confapp.registration.actions.telling import tell, tell_person
from confapp.registration.models import Category, Delegation, Registration, Series
from confapp.registration.rules import (
    ACCREDIT,
    ACCREDITATION,
    ANSWER_FOR,
    CONSENT_TEXTS,
    LIVING,
    NAME_MEMBERS,
    Capacity,
    ConsentKind,
    DelegationStatus,
    Entry,
    Status,
    Track,
)


def register_member(
    actor: Actor, delegation: Delegation, entry: Entry, category: Category | None = None
) -> Registration:
    """Registers somebody for a delegation and takes the places; raises Full when the delegation has none left."""
    if not NAME_MEMBERS.allows(actor, delegation):
        raise Forbidden
    conference = queries.conference_of(delegation)
    if fault := rules.deadline_fault(conference, actor, clock.now()):
        raise Refused(fault)
    if delegation.status == DelegationStatus.DECLINED:
        raise Refused(_("This delegation declined the invitation. Accept it first."))
    category = category or _usual_category()
    refuse_second_head(delegation, entry.capacity)
    registration = _new(actor, conference, category, entry, delegation=delegation, capacity=entry.capacity)
    try:
        places.take(quotas_over(registration), registration)
    except Full:
        raise Refused(_full(registration)) from None
    _note_consents(registration.person, entry.consents, by=actor, via="focal point")
    tell(registration, mails.registered)
    return registration


def self_register(conference: Conference, category: Category, entry: Entry) -> Registration:
    """Somebody registers for themselves; it counts, and a place is held, once the address is confirmed by its link."""
    if fault := rules.deadline_fault(conference, ANONYMOUS, clock.now()):
        raise Refused(fault)
    if not category.is_open_to_all:
        raise Refused(_("This category is registered by the delegations or the office."), 422, "category")
    if not entry.email:
        raise Refused(_("An e-mail address is needed: the answer goes there."), 422, "email")
    if not entry.organization:
        raise Refused(_("Write the organization as it should be printed, or “Independent”."), 422, "organization")
    if ConsentKind.DATA_USE not in entry.consents:
        raise Refused(_("Without this the registration cannot be looked at."), 422, ConsentKind.DATA_USE)
    by = Actor(name=entry.printed)
    registration = _new(by, conference, category, entry, organization=entry.organization)
    _note_consents(registration.person, entry.consents, by=by, via="registration form")
    tell(registration, mails.registered)
    return registration


def confirm(registration: Registration) -> None:
    """The address was reached by its link: a place is held, and a category without accreditation admits at once."""
    if registration.confirmed_at is not None or registration.status not in LIVING:
        return
    registration.confirmed_at = clock.now()
    by = Actor(account_id=None, name=registration.person.printed_name)
    note_move(registration, "confirm", registration.status, by=by)
    audit.record(by, "confirm", registration)
    try:
        places.take(quotas_over(registration), registration)
    except Full:
        return  # it waits for the office, which sees that no place is held
    if registration.category.track == Track.ADMISSION and registration.status == Status.SUBMITTED:
        admit = ACCREDITATION.named("accredit")
        assert admit is not None
        change_status(registration, admit, by=SYSTEM)


def correct(
    registration: Registration, entry: Entry, *, by: Actor, version: str, category: Category | None = None
) -> None:
    """Changes what was typed. A stale form is refused; a change that matters brings an accredited one to review."""
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden
    conference = queries.conference_of(registration)
    if fault := rules.correction_fault(registration, conference, by, clock.now()):
        raise Refused(fault)
    if registration.version != version:
        raise Refused(_who_was_faster(registration))
    if registration.delegation is not None and entry.capacity != registration.capacity:
        refuse_second_head(registration.delegation, entry.capacity, registration)
    was_address = registration.person.email
    _write(registration, entry)
    changed = {*audit.changes(registration), *audit.changes(registration.person)}
    if _change_category(registration, category):
        changed.add("category")
    if not changed:
        return
    registration.person.folded = _folded(registration)
    db.session.flush()
    # Names are personal: the record says which fields changed, the ledger and the row hold what they say.
    audit.record(by, "correct", registration, fields=sorted(changed))
    if registration.status == Status.ACCREDITED and not ACCREDIT.allows(by, registration):
        _review_again(registration, changed, by)
    if registration.status != Status.ACCREDITED:
        ask_again(registration, changed, by=by)
    if was_address and was_address.casefold() != registration.person.email.casefold():
        _address_changed(registration, by)


def send_link_again(by: Actor, registration: Registration) -> None:
    """Mails the person a new link to the own record."""
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden
    tell_person(registration, mails.link)
    audit.record(by, "send_link", registration)


def change_consent(registration: Registration, kind: ConsentKind, given: bool, *, by: Actor) -> None:
    """Gives or takes back what is voluntary; the use of data ends by withdrawing the registration."""
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden
    if kind == ConsentKind.DATA_USE:
        raise Refused(_("To end the use of your data, withdraw the registration."))
    person = registration.person
    in_force = queries.consents_in_force(person).get(kind)
    if given and in_force is None:
        _note_consents(person, {kind}, by=by, via="own page")
    elif not given and in_force is not None:
        in_force[1].withdrawn_at = clock.now()
    else:
        return
    audit.record(by, "give_consent" if given else "withdraw_consent", registration, kind=kind)


# --- parts ------------------------------------------------------------------------------------------------------------


def _new(
    actor: Actor,
    conference: Conference,
    category: Category,
    entry: Entry,
    *,
    delegation: Delegation | None = None,
    organization: str = "",
    capacity: Capacity = Capacity.DELEGATE,
) -> Registration:
    person = Person(conference_id=conference.id, given_name=entry.given_name, printed_name=entry.printed)
    registration = Registration(
        conference_id=conference.id,
        person=person,
        category=category,
        delegation=delegation,
        organization=organization,
        capacity=capacity,
        status=Status.SUBMITTED,
        number=_next_number(conference),
        submitted_at=clock.now(),
        submitted_by=actor.account_id,
    )
    _write(registration, entry)
    person.folded = _folded(registration)
    db.session.add(registration)
    db.session.flush()
    note_move(registration, "register", "", by=actor)
    audit.record(actor, "register", registration, number=registration.number, category=category.code)
    return registration


def _write(registration: Registration, entry: Entry) -> None:
    person = registration.person
    person.honorific, person.given_name, person.family_name = entry.honorific, entry.given_name, entry.family_name
    person.printed_name = entry.printed
    person.badge_name = entry.badge_name or entry.printed[:120]
    person.email, person.country, person.language = entry.email, entry.country, entry.language
    registration.functional_title = entry.functional_title
    if registration.delegation is None:
        registration.organization = entry.organization
    else:
        registration.capacity = entry.capacity
    if entry.passport_number or entry.access_needs:
        _refuse_sealing_again(registration)
    if entry.passport_number is not None:
        person.passport_number = entry.passport_number
    if entry.access_needs is not None:
        person.access_needs = entry.access_needs


def _refuse_sealing_again(registration: Registration) -> None:
    """What was deleted for good is not collected again."""
    if purge_moment(queries.conference_of(registration)) <= clock.now():
        raise Refused(_("Passport numbers and access needs of this conference are no longer kept."), 422)


def _folded(registration: Registration) -> str:
    person = registration.person
    words = (
        person.printed_name,
        person.family_name,
        person.given_name,
        registration.organization,
        registration.number,
        person.email,
    )
    return text.fold(*words)[:600]


def _next_number(conference: Conference) -> str:
    """The next number of the conference; whoever asks at the same time waits for this transaction."""
    statement = (
        inserting(Series)
        .values(conference_id=conference.id, name="registration", last=1, ref=new_ref())
        .on_conflict_do_update(index_elements=["conference_id", "name"], set_={"last": Series.last + 1})
        .returning(Series.last)
    )
    last: int = db.session.execute(statement).scalar_one()
    return rules.number(conference.acronym or conference.slug, conference.starts_on.year, last)


def _usual_category() -> Category:
    found = queries.categories(for_delegations=True)
    if not found:
        raise Refused(_("The organizers have not yet named a category for members of delegations."))
    return found[0]


def _change_category(registration: Registration, category: Category | None) -> bool:
    """Moves a registration, and the places it holds, to another category; False when it is in that one already."""
    if category is None or category.id == registration.category_id:
        return False
    held = registration.is_confirmed or registration.status == Status.ACCREDITED
    places.give_back(registration)
    registration.category = category
    if held:
        places.take(quotas_over(registration), registration)
    return True


def _full(registration: Registration) -> str:
    delegation = registration.delegation
    quota = places.find_quota(delegation) if delegation is not None else None
    if quota is not None and quota.left == 0:
        return _(
            "All %(number)s places of this delegation are taken. Withdraw somebody, or ask the office for more.",
            number=quota.capacity,
        )
    return _("No place is left in the category “%(category)s”.", category=best(registration.category.name))


def _who_was_faster(registration: Registration) -> str:
    latest = queries.facts(registration)[:1]
    if not latest:
        return _("Somebody changed this registration in the meantime. Open it again; what you typed is still here.")
    return _(
        "%(name)s changed this registration in the meantime (%(what)s). Open it again; what you typed is still here.",
        name=latest[0].acting_name or _("Somebody"),
        what=", ".join(latest[0].facts.get("fields", [])) or latest[0].verb,
    )


def _review_again(registration: Registration, changed: set[str], by: Actor) -> None:
    fields = rules.deciding(changed)
    review = ACCREDITATION.named("review")
    if fields and review is not None:
        change_status(registration, review, by=by, defects=[{"field": one, "text": ""} for one in fields])


def _address_changed(registration: Registration, by: Actor) -> None:
    """The old mailbox reaches the record no more; the new one gets its own link."""
    people.revoke_record_links(by, registration.person)
    if registration.delegation_id is None:
        registration.confirmed_at = None
    if registration.person.email:
        tell_person(registration, mails.link)


def _note_consents(person: Person, kinds: frozenset[str] | set[ConsentKind], *, by: Actor, via: str) -> None:
    texts = queries.consent_texts() if kinds else {}
    for kind in ConsentKind:
        if kind in kinds:
            wording = texts.get(kind) or _first_text(person.conference_id, kind)
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


def _first_text(conference_id: int, kind: ConsentKind) -> ConsentText:
    """The first version of a text is written down when somebody first agrees to it."""
    words = CONSENT_TEXTS[kind]
    canonical = json.dumps(words, ensure_ascii=False, sort_keys=True).encode()
    made = ConsentText(
        conference_id=conference_id,
        kind=kind,
        version=1,
        text=dict(words),
        sha256=hashlib.sha256(canonical).hexdigest(),
    )
    db.session.add(made)
    db.session.flush()
    return made
