"""What a person has in the programme, for whoever takes the person's place: items of orders and parts in sessions."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import N_, best
from confapp.foundation.languages import gettext as _
from confapp.programme.actions.sessions import change_item, change_role
from confapp.programme.models import BilateralMember, Debate, Item, Session, SessionRole, Statement
from confapp.programme.rules import ROLE_NAMES
from confapp.registration.actions.substitution import Held, Holding


def _items(registration: Any) -> list[Item]:
    wanted = select(Item).join(Item.session).options(joinedload(Item.session)).order_by(Item.id)
    return list(
        db.session.scalars(wanted.where(Item.person_id == registration.person_id, Session.removed_at.is_(None)))
    )


def _roles(registration: Any) -> list[SessionRole]:
    wanted = select(SessionRole).join(SessionRole.session).options(joinedload(SessionRole.session))
    mine = wanted.where(SessionRole.person_id == registration.person_id, Session.removed_at.is_(None))
    return list(db.session.scalars(mine.order_by(SessionRole.id)))


def _statements(registration: Any) -> list[Statement]:
    """Those still to be delivered."""
    wanted = select(Statement).join(Statement.debate).join(Debate.session).options(joinedload(Statement.debate))
    mine = wanted.where(Statement.person_id == registration.person_id, Session.removed_at.is_(None))
    open_ones = mine.where(Statement.withdrawn_at.is_(None), Statement.started_at.is_(None))
    return list(db.session.scalars(open_ones.order_by(Statement.id)))


def _statements_held(old: Any) -> list[Held]:
    return [Held(one.ref, _said(_("Statement"), one.debate.session)) for one in _statements(old)]


def _move_statements(keys: Collection[str], old: Any, new: Any, by: Actor) -> None:
    """Taken over with place, topic and text; what is left behind waits for the name of a speaker."""
    for one in _statements(old):
        taken = one.ref in keys
        one.person = new.person if taken else None
        one.speaker_name = new.person.full_name if taken else ""
        one.speaker_title = new.functional_title if taken else ""
        audit.record(by, "substitute_speaker", one, taken=taken)


def _items_held(old: Any) -> list[Held]:
    return [Held(one.ref, _said(best(one.title) or _("Item"), one.session)) for one in _items(old)]


def _roles_held(old: Any) -> list[Held]:
    return [Held(one.ref, _said(_(ROLE_NAMES[one.role]), one.session)) for one in _roles(old)]


def _said(what: str, session: Session) -> str:
    return _("%(item)s in “%(session)s”", item=what, session=best(session.title))


def _move_items(keys: Collection[str], old: Any, new: Any, by: Actor) -> None:
    for one in _items(old):
        if one.ref in keys:
            change_item(by, one, one.title, one.minutes, None, new.person)


def _move_roles(keys: Collection[str], old: Any, new: Any, by: Actor) -> None:
    for one in _roles(old):
        if one.ref in keys:
            change_role(
                by,
                one,
                one.role,
                one.status,
                person=new.person,
                delegation=None,
                printed_function=one.printed_function,
            )


def _meetings_held(old: Any) -> list[Held]:
    """Not listed: who looks at the page may not know of a meeting. It is taken over in any case."""
    return []


def _move_meetings(keys: Collection[str], old: Any, new: Any, by: Actor) -> None:
    """Where the old one was named for the delegation; its head is found by capacity, whoever has it."""
    for one in db.session.scalars(select(BilateralMember).where(BilateralMember.person_id == old.person_id)):
        one.person_id = new.person_id


HOLDINGS = (
    Holding("meetings", N_("Bilateral meeting"), _meetings_held, _move_meetings),
    Holding("items", N_("Statement or item of a session"), _items_held, _move_items),
    Holding("statements", N_("Statement in a debate"), _statements_held, _move_statements),
    Holding("roles", N_("Part in a session"), _roles_held, _move_roles),
)
