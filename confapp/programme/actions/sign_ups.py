"""Signing up for sessions. Of the sessions in one choice group a participant has one at most, chosen or waited for."""

from functools import partial

from confapp.foundation import audit, clock, places
from confapp.foundation.access import Actor
from confapp.foundation.languages import best, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.places import Full, PlaceState, Quota
from confapp.programme import mails
from confapp.programme.models import ChoiceGroup, Session
from confapp.programme.queries import sign_ups as queries
from confapp.programme.rules.sign_ups import person_fault, session_fault
from confapp.registration.actions.telling import tell
from confapp.registration.models import Registration
from confapp.registration.queries.places import bundle
from confapp.registration.rules import ANSWER_FOR, LIVING


def choose(registration: Registration, session: Session, *, by: Actor) -> PlaceState:
    """Takes a place in a session or the next position in its queue; choosing it twice is as good as once.

    Another session of the same group is left in the same step, and only when the new one can be had: nobody loses both.
    """
    _refuse_stranger(registration, by)
    queries.hold(registration)
    quota = places.find_quota(session)
    fault = person_fault(registration) or session_fault(
        session, queries.released_placement(session), quota, clock.now()
    )
    if fault or quota is None:
        raise Refused(fault or "")
    others = _others(registration, session)
    try:
        taken = places.move(registration, others, [quota], waits=True)
    except Full:
        raise Refused(_stays(others)) from None
    state = next(place.state for place in taken if place.quota_id == quota.id)
    audit.record(by, "choose_session", registration, session=session.ref, state=state, left=len(others))
    return state


def leave(registration: Registration, session: Session, *, by: Actor) -> None:
    """Gives the place, or the position in the queue, to the next. Leaving twice changes nothing."""
    _refuse_stranger(registration, by)
    queries.hold(registration)
    quota = places.find_quota(session)
    if quota is None or quota.id not in _living(registration):
        return
    places.move(registration, [quota], [])
    audit.record(by, "leave_session", registration, session=session.ref)


def set_sign_up(actor: Actor, session: Session, *, is_open: bool, capacity: int | None) -> None:
    """Opens a session to sign-up for so many, or lets nobody else sign up; those who have a place keep it."""
    quota = places.find_quota(session)
    if quota is None and not is_open:
        return
    quota = quota or places.quota_for(session, capacity)
    was = quota.capacity
    if was != capacity:
        places.set_capacity(quota, capacity)
    if is_open != (quota.closed_at is None):
        quota.closed_at = None if is_open else clock.now()
    audit.record(actor, "set_sign_up", session, open=is_open, capacity=[was, capacity])


def refuse_two_of_a_group(session: Session, group: ChoiceGroup | None) -> None:
    """A session joins a group only while nobody has chosen it beside another one of the group."""
    if group is None or group.id is None or session.id is None or session.choice_group_id == group.id:
        return
    if both := queries.chose_both(session, group):
        raise Refused(
            ngettext(
                "%(num)d participant has chosen this session beside another one of this group.",
                "%(num)d participants have chosen this session beside another one of this group.",
                both,
            ),
            422,
            "choice_group",
        )


def tell_given(key: str) -> None:
    """After a promotion, in a transaction of its own."""
    registration, rows = bundle(key)
    living = [row for row in rows if row.state in places.COUNTED]
    session = queries.session_of(living[0].quota) if living else None
    if registration is None or session is None or registration.status not in LIVING:
        return
    placement = queries.released_placement(session)
    tell(registration, partial(mails.place_given, event=f"place:{key}:held", session=session, placement=placement))


# --- parts ------------------------------------------------------------------------------------------------------------


def _refuse_stranger(registration: Registration, by: Actor) -> None:
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden


def _living(registration: Registration) -> set[int]:
    return {one.place.quota_id for one in places.of_holder(registration)}


def _others(registration: Registration, session: Session) -> list[Quota]:
    """What this registration has in the other sessions of the group."""
    has = _living(registration)
    return [quota for quota in queries.quotas_in_group(session) if quota.id in has]


def _stays(others: list[Quota]) -> str:
    kept = queries.session_of(others[0]) if others else None
    return _(
        "This session is full, and you keep your place in “%(title)s”. To wait for this one, leave that one first.",
        title=best(kept.title) if kept is not None else "",
    )
