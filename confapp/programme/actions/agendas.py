"""Agendas: made, filled, given another address, thrown away. Who holds one without a person's name is not known."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, func, select

from confapp.conferences.models import Conference
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.people.models import Person
from confapp.programme.models import Agenda, Session, Star
from confapp.programme.queries import agendas as queries
from confapp.programme.rules.agendas import MOST_STARS, hash_of, hash_of_feed, is_token, new_token


def make(conference: Conference, token: str, language: str) -> Agenda:
    """An agenda without a person; the same token leads to the same one."""
    if not is_token(token):
        raise Refused(_("This form has lost its key. Open the page again and send it from there."), 400)
    found = queries.by_token(token)
    return found if found is not None else _add(conference, hash_of(token), language)


def of_person(conference: Conference, person: Person, language: str) -> Agenda:
    """The agenda of a registered person, made when it is needed; its calendar has no address yet."""
    found = queries.of_person(person.id)
    return found if found is not None else _add(conference, hash_of(new_token()), language, person.id)


def _add(conference: Conference, token_hash: str, language: str, person_id: int | None = None) -> Agenda:
    """Two requests at once make one."""
    about = {"ref": new_ref(), "conference_id": conference.id, "language": language}
    wanted = inserting(Agenda).values(token_hash=token_hash, person_id=person_id, **about)
    db.session.execute(wanted.on_conflict_do_nothing())
    same = Agenda.token_hash == token_hash if person_id is None else Agenda.person_id == person_id
    return db.session.scalars(select(Agenda).where(same)).one()


def add(agenda: Agenda, refs: Iterable[str]) -> int:
    """Stars sessions of the newest release; what is none is left out. Returns how many are new."""
    ids = queries.ids_released(list(refs))
    new = set(ids.values()) - set(db.session.scalars(select(Star.session_id).where(Star.agenda_id == agenda.id)))
    _refuse_too_many(agenda, len(new))
    for session_id in sorted(new):
        values = {"conference_id": agenda.conference_id, "agenda_id": agenda.id, "session_id": session_id}
        db.session.execute(inserting(Star).values(**values).on_conflict_do_nothing())
    return len(new)


def remove(agenda: Agenda, refs: Collection[str]) -> None:
    """Also what is in no release any more."""
    if refs:
        _forget(Star.agenda_id == agenda.id, Star.session_id.in_(select(Session.id).where(Session.ref.in_(refs))))


def choose(agenda: Agenda, among: Collection[str], chosen: Collection[str]) -> None:
    """Of the sessions that a page showed those that were ticked, and no other."""
    remove(agenda, set(among) - set(chosen))
    add(agenda, set(among) & set(chosen))


def renew(agenda: Agenda, token: str) -> None:
    """Another address, for the agenda and its calendar: the former ones lead nowhere."""
    if not is_token(token):
        raise Refused(_("This form has lost its key. Open the page again and send it from there."), 400)
    agenda.token_hash = hash_of(token)
    db.session.flush()


def give_address(actor: Actor, agenda: Agenda, feed: str) -> None:
    """An address for the calendar of a person's agenda; an earlier one leads nowhere. Given twice it stays the same."""
    if not is_token(feed):
        raise Refused(_("This form has lost its key. Open the page again and send it from there."), 400)
    if agenda.token_hash != hash_of_feed(feed):
        agenda.token_hash = hash_of_feed(feed)
        db.session.flush()
        audit.record(actor, "give_calendar_address", agenda)


def take_address(actor: Actor, agenda: Agenda) -> None:
    """No address leads to the calendar any more."""
    give_address(actor, agenda, new_token())


def throw_away(agenda: Agenda) -> None:
    _forget(Star.agenda_id == agenda.id)
    db.session.execute(delete(Agenda).where(Agenda.id == agenda.id).execution_options(synchronize_session=False))


def purge(conference: Conference) -> int:
    """Everything starred in a conference, once it is over for some time."""
    number = db.session.scalar(select(func.count(Agenda.id))) or 0
    _forget(Star.conference_id == conference.id)
    everything = delete(Agenda).where(Agenda.conference_id == conference.id)
    db.session.execute(everything.execution_options(synchronize_session=False))
    return number


def follow_person(ended: Person, living: Person) -> None:
    """Two rows were one person: what was starred under either stands in one agenda."""
    theirs, its = queries.of_person(ended.id), queries.of_person(living.id)
    if theirs is None:
        return
    if its is None:
        theirs.person_id = living.id
        db.session.flush()
        return
    add(its, queries.starred(theirs))
    throw_away(theirs)


def _refuse_too_many(agenda: Agenda, new: int) -> None:
    there = db.session.scalar(select(func.count(Star.id)).where(Star.agenda_id == agenda.id)) or 0
    if there + new > MOST_STARS:
        raise Refused(_("An agenda holds %(number)d sessions at most.", number=MOST_STARS), 422)


def _forget(*which: Any) -> None:
    db.session.execute(delete(Star).where(*which).execution_options(synchronize_session=False))
