"""Side events from the call to a place in the programme. Who applied is told of every decision."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from confapp.foundation import audit, clock
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.addresses import absolute
from confapp.foundation.db import db
from confapp.foundation.languages import best, joined, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import outbox
from confapp.people.rules import token_hash
from confapp.programme import queries
from confapp.programme.actions import require_unchanged
from confapp.programme.actions.sessions import create_session, remove_session
from confapp.programme.mails import side_events as mails
from confapp.programme.mails.side_events import Reader
from confapp.programme.models import SideEvent, SideEventCall, SideEventSponsor
from confapp.programme.queries import side_events as found
from confapp.programme.rules import Details, Kind
from confapp.programme.rules.side_events import (
    LED,
    LIFE,
    MOST_SPONSORS,
    Application,
    Status,
    closed_fault,
    is_never_written,
    length_fault,
    missing,
)
from confapp.registration import queries as registrations
from confapp.registration.models import Delegation

SAME = (
    *("title", "description", "organization", "contact_name", "language", "minutes", "audience", "format", "layout"),
    *("equipment", "preferred_days"),
)


def set_call(
    actor: Actor,
    conference: Any,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    guidance: dict[str, str],
    each_may_lead: int,
    longest_minutes: int,
    places: int | None,
    revision: int | None = None,
) -> SideEventCall:
    """Opens, changes or closes the call; more places are given to those who wait, in their order."""
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise Refused(_("It must close after it opens."), 422, "closes_at")
    call = found.held_call()
    before = call.places if call is not None else None
    if call is None:
        call = SideEventCall(conference_id=conference.id)
        db.session.add(call)
    else:
        require_unchanged(call, revision)
    call.opens_at, call.closes_at, call.places = opens_at, closes_at, places
    call.guidance = {code: text for code, text in guidance.items() if text}
    call.each_may_lead, call.longest_minutes = each_may_lead, longest_minutes
    audit.record(actor, "call_for_side_events", call, changes=audit.changes(call))
    if before is not None and places is not None:
        _promote(conference, places - before)
    return call


# --- applying ---------------------------------------------------------------------------------------------------------


def begin(conference: Any, email: str, language: str) -> None:
    """Mails the link by which an organization writes its application; asked again, a new link to the same draft."""
    _require_open()
    event = found.unfinished_of(email)
    if event is None:
        event = SideEvent(conference_id=conference.id, title={}, contact_email=email, language=language, sponsors=[])
        db.session.add(event)
        db.session.flush()
        audit.record(Actor(email=email), "begin_side_event", event)
    event.submitted_at = clock.now()  # an empty one is kept for a month from the newest link
    send_link(event, conference, language)


def forget_unwritten(number: int) -> None:
    """Deletes a draft of which nothing was written in its time. Its mailbox goes with it."""
    event = db.session.get(SideEvent, number)
    if event is None or not is_never_written(event, clock.now()):
        return
    audit.record(SYSTEM, "forget_side_event", event)
    db.session.flush()
    db.session.delete(event)


def send_link(event: SideEvent, conference: Any, language: str) -> None:
    """A new link to the contact's mailbox; earlier ones end."""
    token = secrets.token_urlsafe(32)
    event.link_hash = token_hash(token)
    url = absolute(f"/{conference.slug}/side-events/at/{token}", language)
    outbox.queue(mails.link(event, Reader(event.contact_email, event.contact_name, language, url), conference))


def apply_for(actor: Actor, delegation: Delegation, said: Application) -> SideEvent:
    """A delegation begins an application, as a draft."""
    _require_open()
    event = SideEvent(
        conference_id=delegation.conference_id, lead=delegation, account_id=actor.account_id, title={}, sponsors=[]
    )
    db.session.add(event)
    _write(event, said)
    audit.record(actor, "begin_side_event", event, title=said.title)
    return event


def change(actor: Actor, event: SideEvent, said: Application, *, revision: int | None = None) -> None:
    """While the window is open; what is decided stays as it was decided."""
    require_unchanged(event, revision)
    _require_open()
    if event.status not in (Status.DRAFT, Status.SUBMITTED):
        raise Refused(_("This application has been decided and cannot be changed any more."))
    _write(event, said)
    if event.status == Status.SUBMITTED:
        _require_complete(event)
    fields = [name for name in audit.changes(event) if name not in ("contact_name", "contact_email")]
    audit.record(actor, "change_side_event", event, fields=fields)


def _write(event: SideEvent, said: Application) -> None:
    for name in SAME:
        value = getattr(said, name)
        if isinstance(value, dict):
            value = {code: text for code, text in value.items() if text}
        setattr(event, name, list(value) if isinstance(value, tuple) else value)
    if event.lead_id is not None or event.lead is not None:  # the other way in is a link to the mailbox itself
        event.contact_email = said.contact_email
        event.organization = ""
    if fault := length_fault(event, found.call()):
        raise Refused(fault, 422, "minutes")


def submit(actor: Actor, event: SideEvent, conference: Any) -> None:
    call = found.held_call()
    if fault := closed_fault(call, clock.now()):
        raise Refused(fault)
    _require_complete(event)
    assert call is not None
    if found.led_by(event) >= call.each_may_lead:
        raise Refused(
            _("Each may lead %(number)d. Withdraw another one first, or be a co-sponsor.", number=call.each_may_lead)
        )
    _move("submit", event, actor)
    event.submitted_at = clock.now()
    audit.record(actor, "submit_side_event", event, title=event.title)
    _tell(event, conference, mails.handed_in)
    for sponsor in event.sponsors:
        _ask(event, sponsor, conference)


def _require_complete(event: SideEvent) -> None:
    if fault := missing(event):
        raise Refused(fault[1], 422, fault[0])


def _require_open() -> None:
    if fault := closed_fault(found.call(), clock.now()):
        raise Refused(fault)


def withdraw(actor: Actor, event: SideEvent, conference: Any) -> None:
    """By whoever applied, at any time; what becomes free goes to the first who waits."""
    found.held_call()
    was = _move("withdraw", event, actor)
    _leave_places(actor, event)
    audit.record(actor, "withdraw_side_event", event, was=was)
    if was != Status.DRAFT:
        _tell(event, conference, mails.decided)
    _promote(conference, was == Status.ACCEPTED)


# --- co-sponsors ------------------------------------------------------------------------------------------------------


def add_sponsor(
    actor: Actor, event: SideEvent, conference: Any, *, delegation: Delegation | None = None, organization: str = ""
) -> SideEventSponsor:
    """A delegation is asked itself; an organization stands as typed. Naming one twice changes nothing."""
    _require_standing(event)
    if (delegation is None) == (not organization):
        raise Refused(_("Choose a delegation or write an organization."), 422, "delegation")
    if delegation is not None and delegation.id == event.lead_id:
        raise Refused(_("The lead is no co-sponsor of its own."), 422, "delegation")
    for one in event.sponsors:
        if (one.delegation_id, one.organization) == (delegation.id if delegation else None, organization):
            return one
    if len(event.sponsors) >= MOST_SPONSORS:
        raise Refused(_("At most %(number)d co-sponsors.", number=MOST_SPONSORS))
    sponsor = SideEventSponsor(conference_id=event.conference_id, delegation=delegation, organization=organization)
    event.sponsors.append(sponsor)
    _touch(event)
    audit.record(actor, "name_sponsor", event, sponsor=delegation.ref if delegation else organization)
    if event.status != Status.DRAFT:
        _ask(event, sponsor, conference)
    return sponsor


def remove_sponsor(actor: Actor, event: SideEvent, sponsor: SideEventSponsor) -> None:
    _require_standing(event)
    event.sponsors.remove(sponsor)
    _touch(event)
    who = sponsor.delegation.ref if sponsor.delegation else sponsor.organization
    audit.record(actor, "remove_sponsor", event, sponsor=who)


def answer_sponsorship(
    actor: Actor, event: SideEvent, sponsor: SideEventSponsor, conference: Any, *, confirms: bool
) -> None:
    """The named delegation says itself whether it stands behind an event; the same answer twice changes nothing."""
    if (sponsor.confirmed_at if confirms else sponsor.declined_at) is not None:
        return
    _require_standing(event)
    sponsor.confirmed_at = clock.now() if confirms else None
    sponsor.declined_at = None if confirms else clock.now()
    _touch(event)
    audit.record(actor, "confirm_sponsorship" if confirms else "decline_sponsorship", event, sponsor=sponsor.ref)
    for reader in _readers(event, conference):
        outbox.queue(mails.sponsor_answered(event, sponsor, reader, conference))


def _require_standing(event: SideEvent) -> None:
    if event.status not in (Status.DRAFT, *LED):
        raise Refused(_("This application does not stand any more."))


def _ask(event: SideEvent, sponsor: SideEventSponsor, conference: Any) -> None:
    if sponsor.delegation is None or sponsor.confirmed_at or sponsor.declined_at:
        return
    db.session.flush()
    for reader in _of_delegation(sponsor.delegation, conference):
        outbox.queue(mails.asked_to_sponsor(event, sponsor, reader, conference))


def _touch(event: SideEvent) -> None:
    """A page opened before a sponsor came or went is old."""
    flag_modified(event, "minutes")


# --- deciding ---------------------------------------------------------------------------------------------------------


def accept(actor: Actor, event: SideEvent, conference: Any) -> None:
    """It becomes a session that waits for its time and room, with all that it needs."""
    call = found.held_call()
    if call is not None and call.places is not None and found.accepted_count() >= call.places:
        raise Refused(_("All %(number)d places are given. Put it on the waiting list.", number=call.places))
    _accept(actor, event, conference)


def _accept(actor: Actor, event: SideEvent, conference: Any) -> None:
    was = _move("accept", event, actor)
    event.waiting_position = None
    _decide(actor, event)
    event.session = create_session(actor, conference, _details(event, conference))
    audit.record(actor, "accept_side_event", event, was=was, session=event.session.ref)
    _tell(event, conference, mails.decided)


def _details(event: SideEvent, conference: Any) -> Details:
    return Details(
        kind=Kind.SIDE_EVENT,
        title=event.title,
        minutes=event.minutes,
        description=event.description,
        note=organizers(event, conference),
        languages=(event.language,) if event.language else (),
        format=event.format,
        audience=event.audience,
        layout=event.layout,
        equipment=tuple(event.equipment),
        preferred_days=tuple(event.preferred_days),
    )


def organizers(event: SideEvent, conference: Any) -> dict[str, str]:
    """Who holds it, for readers: the lead and those who stand behind it, in each language of the conference."""
    standing = [one for one in event.sponsors if one.delegation is None or one.confirmed_at]
    said = {}
    for code in conference.languages:
        with speaking(code):
            names = [found.lead_name(event, code), *(found.sponsor_name(one, code) for one in standing)]
            said[code] = _("Organized by %(names)s", names=joined(names, code))
    return said


def wait(actor: Actor, event: SideEvent, conference: Any) -> None:
    found.held_call()
    _move("wait", event, actor)
    event.waiting_position = len(found.waiting()) + 1
    _decide(actor, event)
    audit.record(actor, "put_side_event_on_waiting_list", event, position=event.waiting_position)
    _tell(event, conference, mails.decided)


def decline(actor: Actor, event: SideEvent, conference: Any, reason: str) -> None:
    found.held_call()
    was = _move("decline", event, actor, reason)
    event.reason = reason
    _leave_places(actor, event)
    _decide(actor, event)
    audit.record(actor, "decline_side_event", event, was=was, reason=reason)
    _tell(event, conference, mails.decided)
    _promote(conference, was == Status.ACCEPTED)


def move_in_queue(actor: Actor, event: SideEvent, by: int) -> None:
    """One step up (-1) or down (1) among those who wait."""
    found.held_call()
    rows = list(found.waiting())
    if event not in rows:
        raise Refused(_("This application is not on the waiting list any more."))
    at = rows.index(event)
    to = min(max(at + by, 0), len(rows) - 1)
    if to == at:
        return
    rows.insert(to, rows.pop(at))
    _number(rows)
    audit.record(actor, "move_in_waiting_list", event, position=to + 1)


def merge(
    actor: Actor, main: SideEvent, others: Sequence[SideEvent], conference: Any, *, revision: int | None = None
) -> None:
    """Several become one: their leads stand behind it, their sponsors come along, and they point to it."""
    require_unchanged(main, revision)
    found.held_call()
    if main.status not in LED or not others or main in others:
        raise Refused(_("Choose at least two applications that still stand."))
    for other in others:
        _move("merge", other, actor)
        other.merged_into, other.waiting_position = main, None
        _decide(actor, other)
        for sponsor in _coming_along(main, other):
            main.sponsors.append(sponsor)
        audit.record(actor, "merge_side_event", other, into=main.ref)
    _number(found.waiting())
    _touch(main)
    if main.session is not None:
        main.session.note = organizers(main, conference)
    audit.record(actor, "take_in_side_events", main, merged=[one.ref for one in others])
    for other in others:
        for reader in {one.email: one for event in (main, other) for one in _readers(event, conference)}.values():
            outbox.queue(mails.merged(other, main, reader, conference))


def _coming_along(main: SideEvent, other: SideEvent) -> Iterator[SideEventSponsor]:
    known = {(main.lead_id, main.organization), *((one.delegation_id, one.organization) for one in main.sponsors)}
    now = clock.now()
    lead = SideEventSponsor(delegation=other.lead, organization=other.organization, confirmed_at=now)
    theirs = [
        SideEventSponsor(
            delegation=one.delegation,
            organization=one.organization,
            confirmed_at=one.confirmed_at,
            declined_at=one.declined_at,
        )
        for one in other.sponsors
    ]
    for one in (lead, *theirs):
        who = (one.delegation.id if one.delegation else None, one.organization)
        if who not in known:
            known.add(who)
            one.conference_id = main.conference_id
            yield one


# --- parts ------------------------------------------------------------------------------------------------------------


def _move(verb: str, event: SideEvent, actor: Actor, reason: str = "") -> str:
    move = LIFE.named(verb)
    assert move is not None
    return str(move.apply(event, by=actor, reason=reason))


def _decide(actor: Actor, event: SideEvent) -> None:
    event.decided_at, event.decided_by = clock.now(), actor.account_id


def _leave_places(actor: Actor, event: SideEvent) -> None:
    """Out of the programme and the queue; what was printed is told to readers by the next release."""
    if event.session is not None and event.session.removed_at is None:
        remove_session(actor, event.session)
    event.session = None
    if event.waiting_position is not None:
        event.waiting_position = None
        db.session.flush()
        _number(found.waiting())


def _number(rows: Sequence[SideEvent]) -> None:
    for position, row in enumerate((one for one in rows if one.status == Status.WAITING), 1):
        if row.waiting_position != position:
            row.waiting_position = position


def _promote(conference: Any, number: int) -> None:
    """So many places as became free go to those who wait, in their order; the program does it, and nobody is passed
    over."""
    call = found.call()
    db.session.flush()
    if call is None or call.places is None:
        return
    free = min(number, call.places - found.accepted_count())
    for event in list(found.waiting())[: max(free, 0)]:
        _accept(SYSTEM, event, conference)
    db.session.flush()
    _number(found.waiting())


def _tell(event: SideEvent, conference: Any, mail: Any) -> None:
    db.session.flush()
    more = {"placement": queries.placement(event.session)} if mail is mails.decided and event.session else {}
    for reader in _readers(event, conference):
        outbox.queue(mail(event, reader, conference, **more))


def _readers(event: SideEvent, conference: Any) -> list[Reader]:
    """Who leads: the focal points of a delegation and its contact, or the contact of an organization."""
    if event.lead is None:
        code = event.language if event.language in conference.languages else str(conference.languages[0])
        return [Reader(event.contact_email, event.contact_name, code)] if event.contact_email else []
    readers = _of_delegation(event.lead, conference)
    if event.contact_email and event.contact_email.casefold() not in {one.email.casefold() for one in readers}:
        language = readers[0].language if readers else str(conference.languages[0])
        readers.append(Reader(event.contact_email, event.contact_name, language))
    return readers


def _of_delegation(delegation: Delegation, conference: Any) -> list[Reader]:
    return [
        Reader(row.email, row.name, row.language, mails.page_of(delegation, conference, row.language))
        for row in registrations.focal_points(delegation)
    ]


def title_of(event: SideEvent) -> str:
    return best(event.title) or _("Side event")
