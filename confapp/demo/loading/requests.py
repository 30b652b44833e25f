"""Side events and meetings that the sample's delegations ask for, through the actions that they use."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from confapp.conferences.models import Conference
from confapp.demo import requests2027 as asked
from confapp.foundation import clock
from confapp.foundation.access import Actor, Grant
from confapp.foundation.db import db
from confapp.people.rules import Role
from confapp.programme.actions import bilaterals, side_events
from confapp.programme.actions.rooms import add_room
from confapp.programme.models import SideEvent
from confapp.programme.queries import bilaterals as found
from confapp.programme.rules.side_events import Application
from confapp.registration.models import Delegation

Delegations = Mapping[str, Delegation]


def load_side_events(conference: Conference, delegations: Delegations, by: Actor, now: datetime) -> None:
    side_events.set_call(
        by,
        conference,
        opens_at=now - timedelta(days=10),
        closes_at=now + timedelta(days=20),
        guidance=asked.GUIDANCE,
        each_may_lead=1,
        longest_minutes=60,
        places=6,
    )
    for one in asked.SIDE_EVENTS:
        _decide(_apply(conference, delegations, one), one, conference, by)


def _apply(conference: Conference, delegations: Delegations, one: asked.Applied) -> SideEvent:
    lead = delegations.get(one.lead)
    said = Application(
        one.title,
        one.description,
        one.organization,
        one.contact[0],
        one.contact[1],
        minutes=one.minutes,
        audience=one.audience,
        layout=one.layout,
        equipment=one.equipment,
    )
    if lead is not None:
        by = speaking_for(lead)
        event = side_events.apply_for(by, lead, said)
    else:
        by = Actor(email=one.contact[1], name=one.contact[0])
        event = SideEvent(conference_id=conference.id, title={}, contact_email=by.email, sponsors=[])
        db.session.add(event)
        side_events.change(by, event, said)
    for code in one.sponsors:
        side_events.add_sponsor(by, event, conference, delegation=delegations[code])
    for name in one.partners:
        side_events.add_sponsor(by, event, conference, organization=name)
    side_events.submit(by, event, conference)
    for sponsor in event.sponsors:
        if sponsor.delegation is not None and one.end == "accept":
            side_events.answer_sponsorship(speaking_for(sponsor.delegation), event, sponsor, conference, confirms=True)
    return event


def _decide(event: SideEvent, one: asked.Applied, conference: Conference, by: Actor) -> None:
    if one.end == "accept":
        side_events.accept(by, event, conference)
    elif one.end == "wait":
        side_events.wait(by, event, conference)
    elif one.end == "decline":
        side_events.decline(by, event, conference, one.reason)
    db.session.flush()


def load_meetings(conference: Conference, delegations: Delegations, organizer: Actor, protocol: Actor) -> None:
    """Into a room for a few; the others wait for an answer or for the protocol office."""
    room = add_room(organizer, conference, asked.SMALL_ROOM, capacity=10)
    db.session.flush()
    for one in asked.MEETINGS:
        asking, other = delegations[one.asking], delegations[one.asked]
        wishes = [
            (clock.instant(begin, conference.zone), clock.instant(end, conference.zone)) for begin, end in one.wishes
        ]
        row = bilaterals.ask(
            speaking_for(asking),
            conference,
            asking,
            other,
            subject=one.subject,
            minutes=one.minutes,
            people=one.people,
            wishes=wishes,
        )
        if one.end:
            bilaterals.accept(speaking_for(other), row, conference)
        if one.end == "place":
            first = found.suggestions(row, conference, [room], most=1)[0]
            bilaterals.place(protocol, row, conference, room, first.starts)


def speaking_for(delegation: Delegation) -> Actor:
    """The focal point of a delegation, as the record names them."""
    grant = Grant(Role.FOCAL_POINT, delegation.conference_id, delegation_id=delegation.id)
    return Actor(name="Focal point", grants=(grant,))
