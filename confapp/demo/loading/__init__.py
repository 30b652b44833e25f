"""Brings the written content into the database, through the actions that people use and by the people who may."""

from collections.abc import Iterator
from contextlib import contextmanager

from confapp.conferences import queries
from confapp.conferences.models import Conference
from confapp.demo import content, icdd2021, rcdd2019, roles, sample2027
from confapp.demo.loading import conference as conferences
from confapp.demo.loading import decisions, documents, handouts, programme, registration, requests, translations
from confapp.demo.loading import office as offices
from confapp.demo.portraits import Faces
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, in_conference
from confapp.people.rules import STAFF, Role
from confapp.registration import actions
from confapp.registration.models import Delegation

PAST = (rcdd2019.CONFERENCE, icdd2021.CONFERENCE)
TOOK_PART = (rcdd2019.CONFERENCE.slug,)  # of the other, reports say only who was invited


def is_loaded() -> bool:
    return queries.by_slug(sample2027.CONFERENCE.slug) is not None


def load_all(faces: Faces) -> None:
    """Inside a write transaction: everything or nothing."""
    administrator = roles.make_administrator()
    actions.load_catalogue()
    for described in PAST:
        _load_past(described, administrator)
    _load_sample(sample2027.CONFERENCE, administrator, faces)


def release_documents() -> None:
    """By the organizer, who prepared none of them: the files of past papers and of the sample, made by then."""
    by = roles.actor(Role.ORGANIZER)
    for described in (*PAST, sample2027.CONFERENCE):
        conference = queries.by_slug(described.slug)
        if conference is not None:
            with _within(conference):
                if described is sample2027.CONFERENCE:
                    documents.tell(conference, by)
                documents.release(by)


@contextmanager
def _within(conference: Conference) -> Iterator[None]:
    with in_conference(conference.id):
        yield
        db.session.flush()


def _load_past(described: content.Conference, by: Actor) -> None:
    conference = conferences.make(described, by)
    roles.appoint(conference, [Role.ORGANIZER], by)
    with _within(conference):
        delegations = registration.add_delegations(conference, described.states, by)
        for delegation in delegations.values():
            _note_what_is_known(delegation, described, by)
        programme.load(conference, described, delegations, {}, by)
        for document in described.documents:
            documents.load(conference, document, by)
    conferences.move(conference, "close", by)


def _note_what_is_known(delegation: Delegation, described: content.Conference, by: Actor) -> None:
    """Without a focal point or members: no person of the real conferences is in here."""
    actions.note_invited(by, delegation)
    if described.slug in TOOK_PART:
        actions.accept(by, delegation)


def _load_sample(described: content.Conference, administrator: Actor, faces: Faces) -> None:
    opens = sample2027.registration_period(clock.now())
    conference = conferences.make(described, administrator, opens)
    roles.appoint(conference, STAFF, administrator)
    office = registration.Office(
        organizer=roles.actor(Role.ORGANIZER),
        protocol=roles.actor(Role.PROTOCOL_OFFICER),
        accreditation=roles.actor(Role.ACCREDITATION_OFFICER),
        security=roles.actor(Role.SECURITY_OFFICER),
        press=roles.actor(Role.PRESS_DESK),
    )
    work = described.office
    with _within(conference):
        registration.add_categories(conference, described, office.organizer)
        offices.prepare(conference, work, office.organizer)
        codes = described.states + described.organizations
        delegations = registration.add_delegations(conference, codes, office.protocol)
        registration.answer(delegations, described, roles.mailboxes(), office)
        decisions.add_own_states(conference, office.protocol)
        registration.put_in_order(conference, delegations, work.host, office.protocol)
        made = registration.Registering(conference, delegations, described, roles.mailboxes(), office).everybody()
        offices.review(work, made, office)
        offices.write_letters(conference, work, delegations, made, office)
        people = {key: row.person for key, row in made.items()}
        roles.appoint_speaker(conference, people[roles.PERSON_OF[Role.SPEAKER]], administrator)
        by = roles.actor(Role.PROGRAMME_OFFICER)
        sessions = programme.load(conference, described, delegations, people, by, faces)
        offices.sign_up(work, made, sessions, by)
        handouts.load(conference, sessions, by)
        requests.load_side_events(conference, delegations, by, clock.now())
        requests.load_meetings(conference, delegations, office.organizer, office.protocol)
        editor = roles.actor(Role.SECRETARIAT_EDITOR)
        documents.open_register(conference, editor)
        for document in described.documents:
            documents.load(conference, document, editor)
        translations.load(conference, editor, office.organizer, roles.actor(Role.TRANSLATOR))
