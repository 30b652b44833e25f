"""Delegations, members and applicants of the sample conference, each brought into its status by the people it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from confapp.conferences.models import Conference
from confapp.demo import content
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people import queries as people_queries
from confapp.registration import actions, queries
from confapp.registration.actions.substitution import offered
from confapp.registration.actions.undelivered import change_contact
from confapp.registration.actions.waiting import set_waiting
from confapp.registration.models import Category, Delegation, Registration
from confapp.registration.rules import (
    ACCREDITATION,
    Capacity,
    CredentialKind,
    DelegationStatus,
    Entry,
    HostPlace,
    Outcome,
    PhotoNeed,
    Status,
    Track,
    needs_release,
    open_steps,
)
from confapp.registration.rules import Office as OfficeName
from confapp.registration.rules.order import Rule
from confapp.registration.rules.ways import Invited, Ways

PLACES = 8
CONSENTS = frozenset({"data_use", "list_of_participants"})
MOVES = {
    Status.DRAFT: (),
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

    organizer: Actor
    protocol: Actor
    accreditation: Actor
    security: Actor
    press: Actor

    def of(self, office: OfficeName) -> Actor:
        """Who clears the steps of an office."""
        found: Actor = getattr(self, office.value)
        return found


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
        if each.groups or each.tags:
            groups, tags = list(each.groups), list(each.tags)
            actions.describe_delegation(office.protocol, delegation, kind=delegation.kind, groups=groups, tags=tags)
        if each.contact:
            change_contact(office.protocol, delegation, each.contact)
        for note in NOTES[DelegationStatus(each.standing)]:
            note(office.protocol, delegation)
        if each.focal_point:
            person = people[each.focal_point]
            address = mailboxes.get(person.key, person.email)
            actions.invite_delegation(office.protocol, delegation, address, f"{person.given} {person.family}")


def put_in_order(conference: Conference, delegations: Mapping[str, Delegation], host: str, by: Actor) -> None:
    """By the alphabet from a seat that the program draws, the host first; it draws again when it draws the host."""
    drawn = actions.draw_first_seat(by, conference)
    while drawn is delegations[host]:
        drawn = actions.draw_first_seat(by, conference)
    rule = Rule("en", HostPlace.FIRST, host=delegations[host].id, first=drawn.id)
    actions.apply_order(by, conference, rule)


def add_categories(conference: Conference, described: content.Conference, by: Actor) -> None:
    """One that is there already, made with the first delegation, keeps its name and gets its ways."""
    for each in described.categories:
        category = queries.category_by_code(each.code) or actions.add_category(
            by,
            conference,
            each.code,
            each.name,
            hint=each.hint,
            track=Track(each.track),
            letter=each.letter,
            capacity=each.capacity,
        )
        ways = Ways(
            for_delegations=each.for_delegations,
            members_fill_in=each.members_fill_in,
            open_to_all=each.open_to_all,
            accompanying=each.accompanying,
            photo=PhotoNeed(each.photo),
        )
        actions.set_ways(by, category, ways)
        set_waiting(by, category, takes_waiting=each.takes_waiting, offer_hours=each.offer_hours)
        for name in each.steps:
            actions.add_step(by, category, OfficeName(name))
        actions.set_four_eyes(by, category, each.four_eyes)


class Registering:
    """Registers everybody first and then brings each into their status, so that queues form as they would."""

    def __init__(
        self,
        conference: Conference,
        delegations: Mapping[str, Delegation],
        described: content.Conference,
        mailboxes: Mapping[str, str],
        office: Office,
    ) -> None:
        self.conference, self.delegations, self.described = conference, delegations, described
        self.mailboxes, self.office = mailboxes, office
        self.categories = {category.code: category for category in queries.categories()}
        self.made: dict[str, Registration] = {}

    def everybody(self) -> dict[str, Registration]:
        """Everybody, by the key in the content."""
        for each in self.described.delegations:
            _hand_in_paper(each, self.delegations[each.party], self.described, self.office)
        for person in self.described.people:
            if not person.replaces:
                self.made[person.key] = self._register(person)
        replaced = {person.replaces for person in self.described.people}
        for person in self.described.people:
            if person.replaces:
                self.made[person.key] = self._replace(person)
            elif person.key not in replaced:
                _bring_to(self.made[person.key], person, self.office)
        return self.made

    def _register(self, person: content.Participant) -> Registration:
        entry, category = self._entry(person), self.categories[person.category]
        if person.accompanies:
            member = self.made[person.accompanies]
            return actions.register_companion(acts_for(member.delegation, self.office), member, entry, category)
        if not person.delegation:
            return self._register_oneself(person, entry, category)
        delegation = self.delegations[person.delegation]
        by = acts_for(delegation, self.office)
        if person.invited:
            line = Invited(entry.printed, entry.email, entry.capacity)
            return actions.invite_members(by, delegation, [line], category, "en")[0]
        return actions.register_member(by, delegation, entry, category)

    def _register_oneself(self, person: content.Participant, entry: Entry, category: Category) -> Registration:
        link = None
        if person.invited:
            _, label, places = self.described.office.private_link
            link = actions.make_link(self.office.organizer, category, label, places)
        registration = actions.self_register(self.conference, category, entry, via=link)
        actions.confirm(registration)
        return registration

    def _replace(self, person: content.Participant) -> Registration:
        old = self.made[person.replaces]
        taken_over = {one.key for one in offered(old)}
        by = acts_for(old.delegation, self.office)
        return actions.substitute(old, self._entry(person), by=by, taken_over=taken_over)

    def _entry(self, person: content.Participant) -> Entry:
        return Entry(
            given_name=person.given,
            family_name=person.family,
            honorific=person.honorific,
            email=self.mailboxes.get(person.key, person.email),
            organization=person.organization,
            functional_title=person.function,
            capacity=Capacity(person.capacity) if person.capacity else Capacity.DELEGATE,
            passport_number=person.passport or None,
            access_needs=person.access_needs or None,
            consents=CONSENTS,
        )


def acts_for(delegation: Delegation | None, office: Office) -> Actor:
    """Its focal point, or the office where there is none."""
    mandates = queries.focal_point_mandates([delegation.id]) if delegation is not None else []
    return people_queries.actor_of(mandates[0].account) if mandates else office.accreditation


def clear_steps(registration: Registration, office: Office) -> None:
    for step in open_steps(registration):
        actions.clear(registration, step, Outcome.CLEARED, by=office.of(step.office))
    db.session.flush()


def _hand_in_paper(
    described: content.Delegation, delegation: Delegation, conference: content.Conference, office: Office
) -> None:
    if not any(person.delegation == described.party for person in conference.people):
        return
    number = f"NV-{delegation.code}/2026/1 (sample)"
    by = acts_for(delegation, office)
    paper = actions.receive_credential(by, delegation, CredentialKind.NOTE_VERBALE, number)
    if described.paper == "checked":
        actions.check_credential(office.accreditation, paper)
    elif described.paper == "objected":
        actions.object_to_credential(office.accreditation, paper, described.objection)


def _bring_to(registration: Registration, person: content.Participant, office: Office) -> None:
    """What is to be under review with a cleared step is taken up by the office that clears it, later."""
    if registration.status == person.status:
        return
    for verb in MOVES[Status(person.status)]:
        move = ACCREDITATION.named(verb)
        assert move is not None
        if verb == "accredit":
            clear_steps(registration, office)
        reason = person.reason if move.asks_reason else ""
        defects = [{"field": field, "text": text} for field, text in person.defects] if verb == "return" else []
        if needs_release(registration, verb):
            prepared = actions.prepare(registration, move, by=office.accreditation, reason=reason)
            actions.release(prepared, by=office.organizer)
        else:
            actions.change_status(registration, move, by=office.accreditation, reason=reason, defects=defects)
