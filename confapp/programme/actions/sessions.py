"""What a session is: its words, its order, and who takes part. Any change makes a page opened before it old."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy.orm.attributes import flag_modified

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.text import fold
from confapp.people.models import Person
from confapp.programme import queries
from confapp.programme.actions import require_not_reserved, require_unchanged
from confapp.programme.actions.corrections import correct_title
from confapp.programme.actions.sign_ups import refuse_two_of_a_group
from confapp.programme.actions.timetable import unplace
from confapp.programme.models import ChoiceGroup, Item, Session, SessionRole
from confapp.programme.queries import debate as debates
from confapp.programme.rules import Details, RoleStatus, SessionRoleKind
from confapp.programme.rules.removed import restore_fault
from confapp.registration.models import Delegation
from confapp.speakers.actions import make_speaker

Texts = dict[str, str]
PLAIN = (
    *("minutes", "code", "access", "own_kind", "theme", "format"),
    *("audience", "layout", "needs_step_free", "is_alone", "slides_until"),
)
Ordered = TypeVar("Ordered", Item, SessionRole)


def create_session(actor: Actor, conference: Any, details: Details, choice_group: ChoiceGroup | None = None) -> Session:
    session = Session(conference_id=conference.id, items=[], roles=[])
    db.session.add(session)
    _write(session, details, choice_group)
    audit.record(actor, "create_session", session, kind=details.kind, title=details.title, minutes=details.minutes)
    return session


def change_session(
    actor: Actor, session: Session, details: Details, choice_group: ChoiceGroup | None, *, revision: int | None = None
) -> None:
    require_unchanged(session, revision)
    require_not_reserved([session])
    refuse_two_of_a_group(session, choice_group)
    was = session.title
    _write(session, details, choice_group)
    audit.record(actor, "change_session", session, changes=audit.changes(session))
    if session.title != was:
        correct_title(actor, session)


def _write(session: Session, details: Details, choice_group: ChoiceGroup | None) -> None:
    for name in PLAIN:
        setattr(session, name, getattr(details, name))
    for name in ("title", "description", "note"):
        setattr(session, name, _filled(getattr(details, name)))
    for name in ("languages", "interpretation", "equipment", "preferred_days"):
        setattr(session, name, list(getattr(details, name)))
    session.kind = details.own_kind.nature if details.own_kind is not None else details.kind
    session.choice_group = choice_group
    index(session)


def add_choice_group(actor: Actor, conference: Any, name: Texts) -> ChoiceGroup:
    group = ChoiceGroup(conference_id=conference.id, name=name, position=len(queries.choice_groups()) + 1)
    db.session.add(group)
    audit.record(actor, "add_choice_group", group, name=name)
    return group


def remove_session(actor: Actor, session: Session) -> None:
    """Takes a session out of the draft and the lists; what was released stays as it was printed."""
    if session.removed_at is not None:
        raise Refused(_("This session is removed already."))
    require_not_reserved([session])
    if queries.placement(session) is not None:
        unplace(actor, session)
    session.removed_at = clock.now()
    audit.record(actor, "remove_session", session)


def restore_session(actor: Actor, session: Session) -> None:
    """Brings a removed session back, without a time and a room."""
    if fault := restore_fault(session.removed_at, clock.now()):
        raise Refused(fault)
    session.removed_at = None
    audit.record(actor, "restore_session", session)


# --- its order --------------------------------------------------------------------------------------------------------


def add_item(
    actor: Actor,
    session: Session,
    title: Texts,
    *,
    minutes: int | None = None,
    delegation: Delegation | None = None,
    person: Person | None = None,
) -> Item:
    item = Item(conference_id=session.conference_id, position=len(session.items) + 1)
    _write_item(actor, item, title, minutes, delegation, person)
    session.items.append(item)
    _touch(session)
    audit.record(actor, "add_item", session, item=item.ref, title=title)
    return item


def change_item(
    actor: Actor, item: Item, title: Texts, minutes: int | None, delegation: Delegation | None, person: Person | None
) -> None:
    if delegation is not item.delegation or person is not item.person:
        _refuse_listed(item)
    _write_item(actor, item, title, minutes, delegation, person)
    _touch(item.session)
    audit.record(actor, "change_item", item.session, item=item.ref, changes=audit.changes(item))


def _write_item(
    actor: Actor, item: Item, title: Texts, minutes: int | None, delegation: Delegation | None, person: Person | None
) -> None:
    if delegation is not None and person is not None:
        raise Refused(_("An item is for a delegation or for a person, not for both."), 422, "delegation")
    if not any(title.values()) and delegation is None and person is None:
        raise Refused(_("Give the item a title, a delegation or a person."), 422, "title")
    if person is not None:
        make_speaker(actor, person)
    item.title, item.minutes, item.delegation, item.person = _filled(title), minutes, delegation, person


def add_delegations(
    actor: Actor, session: Session, delegations: Sequence[Delegation], title: Texts, minutes: int | None
) -> list[Item]:
    """One item for each delegation that has none here yet, in the order given: a general debate in one step."""
    there = {item.delegation_id for item in session.items}
    wanted = [delegation for delegation in delegations if delegation.id not in there]
    if not wanted:
        raise Refused(_("Every delegation is in the order of this session already."))
    first = len(session.items) + 1
    items = [
        Item(
            conference_id=session.conference_id,
            position=first + number,
            title=_filled(title),
            minutes=minutes,
            delegation=delegation,
        )
        for number, delegation in enumerate(wanted)
    ]
    session.items.extend(items)
    _touch(session)
    audit.record(actor, "add_delegations", session, delegations=[delegation.ref for delegation in wanted])
    return items


def remove_item(actor: Actor, item: Item) -> None:
    _refuse_listed(item)
    session = item.session
    session.items.remove(item)
    db.session.delete(item)
    _renumber(session.items)
    _touch(session)
    audit.record(actor, "remove_item", session, item=item.ref, title=item.title)


def _refuse_listed(item: Item) -> None:
    """What stands in a list of speakers is withdrawn there, so that the statement is kept."""
    if debates.of_item(item) is not None:
        raise Refused(_("This item stands in the list of speakers. Withdraw the statement there."))


def move_item(actor: Actor, item: Item, step: int) -> None:
    _move(item.session.items, item, step)
    _touch(item.session)
    audit.record(actor, "move_item", item.session, item=item.ref, position=item.position)


# --- who takes part ---------------------------------------------------------------------------------------------------


def add_role(
    actor: Actor,
    session: Session,
    role: SessionRoleKind,
    *,
    person: Person | None = None,
    delegation: Delegation | None = None,
    printed_function: Texts | None = None,
    status: RoleStatus = RoleStatus.CONFIRMED,
    language: str = "",
) -> SessionRole:
    """A part in the session: of a person, of a delegation, or of whoever holds the printed function."""
    row = SessionRole(
        conference_id=session.conference_id, role=role, language=language, position=len(session.roles) + 1
    )
    _write_role(actor, row, status, person, delegation, printed_function or {})
    session.roles.append(row)
    index(session)
    _touch(session)
    audit.record(actor, "add_role", session, part=row.ref, role=role)
    return row


def change_role(
    actor: Actor,
    row: SessionRole,
    role: SessionRoleKind,
    status: RoleStatus,
    *,
    person: Person | None,
    delegation: Delegation | None,
    printed_function: Texts,
    language: str | None = None,
) -> None:
    row.role, row.language = role, row.language if language is None else language
    _write_role(actor, row, status, person, delegation, printed_function)
    index(row.session)
    _touch(row.session)
    audit.record(actor, "change_role", row.session, part=row.ref, changes=audit.changes(row))


def _write_role(
    actor: Actor,
    row: SessionRole,
    status: RoleStatus,
    person: Person | None,
    delegation: Delegation | None,
    function: Texts,
) -> None:
    if person is not None and delegation is not None:
        raise Refused(_("A part is of a person or of a delegation, not of both."), 422, "delegation")
    if person is None and delegation is None and not any(function.values()):
        raise Refused(_("Name a person, a delegation or a function to print."), 422, "printed_function")
    if person is not None:
        make_speaker(actor, person)
    row.status, row.person, row.delegation, row.printed_function = status, person, delegation, _filled(function)


def remove_role(actor: Actor, row: SessionRole) -> None:
    session = row.session
    session.roles.remove(row)
    db.session.delete(row)
    _renumber(session.roles)
    index(session)
    _touch(session)
    audit.record(actor, "remove_role", session, part=row.ref, role=row.role)


def move_role(actor: Actor, row: SessionRole, step: int) -> None:
    _move(row.session.roles, row, step)
    _touch(row.session)
    audit.record(actor, "move_role", row.session, part=row.ref, position=row.position)


def _move(rows: list[Ordered], row: Ordered, step: int) -> None:
    was = rows.index(row)
    order = [one for one in rows if one is not row]
    order.insert(min(max(was + step, 0), len(order)), row)
    rows[:] = order
    _renumber(order)


def _renumber(rows: Iterable[Item | SessionRole]) -> None:
    for position, one in enumerate(rows, 1):
        one.position = position


def _filled(texts: Texts) -> Texts:
    """As the database keeps it: without languages that say nothing."""
    return {code: text for code, text in texts.items() if text}


def _touch(session: Session) -> None:
    """A change of what belongs to a session is a change of the session."""
    require_not_reserved([session])
    flag_modified(session, "minutes")


def index(session: Session) -> None:
    words = [session.code, *session.title.values()]
    for role in session.roles:
        words += [role.person.full_name if role.person else "", *role.printed_function.values()]
        words += role.delegation.name.values() if role.delegation else ()
    session.folded = fold(*words)[:1000]
