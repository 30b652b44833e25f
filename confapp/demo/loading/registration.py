"""Delegations, members and applicants of the sample conference, each brought into its status by the people it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from confapp.conferences.models import Conference
from confapp.demo import content
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people import queries as people_queries
from confapp.people.models import Person
from confapp.registration import actions, queries
from confapp.registration.models import Category, Delegation, Registration
from confapp.registration.rules import ACCREDITATION, Capacity, CredentialKind, DelegationStatus, Entry, Status, Track

PLACES = 8
CONSENTS = frozenset({"data_use", "list_of_participants"})
MOVES = {
    Status.SUBMITTED: (),
    Status.UNDER_REVIEW: ("take_up",),
    Status.ON_HOLD: ("hold",),
    Status.ACCREDITED: ("accredit",),
    Status.RETURNED: ("return",),
    Status.REFUSED: ("refuse",),
    Status.WITHDRAWN: ("withdraw",),
    Status.REVOKED: ("accredit", "revoke"),
}
NOTES = {
    DelegationStatus.INVITED: (actions.note_invited,),
    DelegationStatus.ACKNOWLEDGED: (actions.note_invited, actions.acknowledge),
    DelegationStatus.ACCEPTED: (actions.note_invited, actions.acknowledge, actions.accept),
    DelegationStatus.DECLINED: (actions.note_invited, actions.decline),
}


@dataclass(frozen=True)
class Office:
    """Who acts for the organizers."""

    protocol: Actor
    accreditation: Actor


def add_delegations(conference: Conference, codes: tuple[str, ...], by: Actor) -> dict[str, Delegation]:
    parties = queries.parties_by_code()
    made = {code: actions.add_delegation(by, conference, parties[code], PLACES) for code in codes}
    db.session.flush()
    return made


def answer(
    delegations: Mapping[str, Delegation], described: content.Conference, mailboxes: Mapping[str, str], office: Office
) -> None:
    """What each delegation has answered, and who answers for it."""
    people = {person.key: person for person in described.people}
    for each in described.delegations:
        delegation = delegations[each.party]
        for note in NOTES[DelegationStatus(each.standing)]:
            note(office.protocol, delegation)
        if each.focal_point:
            person = people[each.focal_point]
            address = mailboxes.get(person.key, person.email)
            actions.invite_delegation(office.protocol, delegation, address, f"{person.given} {person.family}")


def add_categories(conference: Conference, described: content.Conference, by: Actor) -> None:
    for each in described.categories:
        if queries.category_by_code(each.code) is None:
            actions.add_category(
                by,
                conference,
                each.code,
                each.name,
                hint=each.hint,
                track=Track(each.track),
                for_delegations=each.for_delegations,
                open_to_all=each.open_to_all,
                letter=each.letter,
                capacity=each.capacity,
            )


def register(
    conference: Conference,
    delegations: Mapping[str, Delegation],
    described: content.Conference,
    mailboxes: Mapping[str, str],
    office: Office,
) -> dict[str, Person]:
    """Everybody, by the key in the content."""
    categories = {category.code: category for category in queries.categories()}
    people: dict[str, Person] = {}
    for each in described.people:
        entry = _entry(each, mailboxes.get(each.key, each.email))
        if each.delegation:
            registration = _register_member(delegations[each.delegation], entry, office)
        else:
            registration = _register_oneself(conference, categories[each.category], entry)
        _bring_to(registration, Status(each.status), each.reason, office)
        people[each.key] = registration.person
    return people


def _entry(described: content.Participant, address: str) -> Entry:
    return Entry(
        given_name=described.given,
        family_name=described.family,
        honorific=described.honorific,
        email=address,
        organization=described.organization,
        functional_title=described.function,
        capacity=Capacity(described.capacity) if described.capacity else Capacity.DELEGATE,
        passport_number=described.passport or None,
        access_needs=described.access_needs or None,
        consents=CONSENTS,
    )


def _register_member(delegation: Delegation, entry: Entry, office: Office) -> Registration:
    mandates = queries.focal_point_mandates([delegation.id])
    by = people_queries.actor_of(mandates[0].account) if mandates else office.accreditation
    if not delegation.credentials:
        number = f"NV-{delegation.code}/2026/1 (sample)"
        paper = actions.receive_credential(by, delegation, CredentialKind.NOTE_VERBALE, number)
        actions.check_credential(office.accreditation, paper)
    return actions.register_member(by, delegation, entry)


def _register_oneself(conference: Conference, category: Category, entry: Entry) -> Registration:
    registration = actions.self_register(conference, category, entry)
    actions.confirm(registration)
    return registration


def _bring_to(registration: Registration, status: Status, reason: str, office: Office) -> None:
    if registration.status == status:
        return
    for verb in MOVES[status]:
        move = ACCREDITATION.named(verb)
        assert move is not None
        actions.change_status(registration, move, by=office.accreditation, reason=reason if move.asks_reason else "")
