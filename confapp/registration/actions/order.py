"""The order of delegations: by a rule, from a drawn seat, by hand, and back. Positions are always 1 to n, each once."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, select, update

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.registration import queries
from confapp.registration.models import Delegation, DelegationOrder
from confapp.registration.queries.order import DRAW, hold_order, order_of_ids, ordered_delegations
from confapp.registration.rules import DelegationStatus, HostPlace
from confapp.registration.rules.order import ORDER, Rule, arranged, drawn, fingerprint, moved, restored


def move_delegation(actor: Actor, delegation: Delegation, step: int) -> None:
    """One place up (-1) or down (+1); at the end of the list nothing changes."""
    _move(actor, delegation, step=step)


def place_delegation(actor: Actor, delegation: Delegation, position: int) -> None:
    """To a position counted from 1; those between move by one. Beyond the end is the end."""
    _move(actor, delegation, to=position)


def _move(actor: Actor, delegation: Delegation, *, step: int = 0, to: int | None = None) -> None:
    order = _held(actor, delegation.conference_id)
    ids = order_of_ids()
    was = ids.index(delegation.id) + 1
    became = moved(ids, delegation.id, was + step if to is None else to)
    _store(became)
    if became == ids:
        return
    order.moved_by_hand += 1
    order.moved_at = clock.now()
    audit.record(actor, "move_delegation", delegation, was=was, position=became.index(delegation.id) + 1)


def preview_order(conference: Conference, rule: Rule) -> list[Delegation]:
    """How the delegations would stand; nothing is changed."""
    rows = ordered_delegations()
    _refuse_unfit(rule, rows)
    return arranged(rows, rule)


def apply_order(actor: Actor, conference: Conference, rule: Rule, seen: str = "") -> DelegationOrder:
    """Puts the delegations in the order of a rule. `seen` is the fingerprint of the preview that was looked at."""
    order = _held(actor, conference.id)
    rows = ordered_delegations()
    _refuse_unfit(rule, rows)
    ids = [row.id for row in arranged(rows, rule)]
    if seen and seen != fingerprint(ids):
        raise Refused(_("The list of delegations has changed since this preview. Look at the new one, then apply it."))
    refs = {row.id: row.ref for row in rows}
    order.previous = _snapshot(order, refs)
    order.language, order.kinds_apart = rule.language, rule.kinds_apart
    order.host_place, order.host_id, order.first_id = rule.host_place, rule.host, rule.first
    order.ordered_at, order.ordered_by = clock.now(), actor.account_id
    order.moved_by_hand, order.moved_at = 0, None
    _store(ids)
    audit.record(
        actor,
        "order_delegations",
        conference,
        language=rule.language,
        kinds_apart=rule.kinds_apart,
        host_place=rule.host_place,
        host=refs.get(rule.host or 0),
        first=refs.get(rule.first or 0),
        order=[refs[one] for one in ids],
    )
    return order


def order_by_name(actor: Actor, conference: Conference, language: str) -> None:
    """Alphabetical by the printed names in one language, nothing more."""
    apply_order(actor, conference, Rule(language, kinds_apart=False))


def undo_order(actor: Actor, conference: Conference) -> None:
    """Back to what stood before the rule applied last; who has come since stands at the end."""
    order = _held(actor, conference.id)
    before = order.previous
    if not before:
        raise Refused(_("There is no order to go back to."))
    by_ref = {row.ref: row.id for row in ordered_delegations()}
    _store([by_ref[ref] for ref in restored(list(by_ref), before["refs"])])
    order.language, order.kinds_apart = before["language"], before["kinds_apart"]
    order.host_place = HostPlace(before["host_place"])
    order.host_id, order.first_id = by_ref.get(before["host"]), by_ref.get(before["first"])
    order.ordered_at = _moment(before["ordered_at"])
    order.ordered_by = before["ordered_by"]
    order.moved_by_hand, order.moved_at = before["moved_by_hand"], _moment(before["moved_at"])
    order.previous = {}
    audit.record(actor, "undo_order", conference)


def draw_first_seat(actor: Actor, conference: Conference) -> Delegation:
    """The program draws who sits first, among those who have not declined. The record keeps seed, list and result."""
    order = _held(actor, conference.id)
    rows = {row.ref: row for row in ordered_delegations() if row.status != DelegationStatus.DECLINED}
    if len(rows) < 2:
        raise Refused(_("A draw needs at least two delegations."))
    seed = secrets.token_hex(16)
    row, now = rows[drawn(seed, rows)], clock.now()
    order.draw = {"by": "program", "seed": seed, "number": len(rows)}
    return _note_draw(actor, order, row, now, by="program", seed=seed, among=sorted(rows))


def note_draw(actor: Actor, delegation: Delegation, at: datetime) -> Delegation:
    """A seat that was drawn by hand, at a moment."""
    order = _held(actor, delegation.conference_id)
    if at > clock.now():
        raise Refused(_("This moment has not come yet."), 422, "drawn_at")
    order.draw = {"by": "hand"}
    return _note_draw(actor, order, delegation, at, by="hand")


def _note_draw(actor: Actor, order: DelegationOrder, delegation: Delegation, at: datetime, **how: object) -> Delegation:
    order.drawn_id, order.drawn_at = delegation.id, at
    audit.record(actor, DRAW, order, drawn=delegation.ref, name=delegation.name, drawn_at=at, **how)
    return delegation


def forget_in_order(delegation: Delegation) -> None:
    """For a delegation that is taken off the list: the order no longer names it, and the others close the gap."""
    order = hold_order(delegation.conference_id)
    for name in ("host_id", "first_id", "drawn_id"):
        if getattr(order, name) == delegation.id:
            setattr(order, name, None)
    _store([one for one in order_of_ids() if one != delegation.id])


def next_position(conference_id: int) -> int:
    """After the last; whoever asks holds the order until the end."""
    hold_order(conference_id)
    _store(order_of_ids())
    return queries.last_position() + 1


def plan_order(actor: Actor, conference: Conference, language: str, *, kinds_apart: bool) -> None:
    """The rule that the page of the order offers first; nothing is put in order yet."""
    order = _held(actor, conference.id)
    order.language, order.kinds_apart = language, kinds_apart
    audit.record(actor, "plan_order", conference, language=language, kinds_apart=kinds_apart)


def _held(actor: Actor, conference_id: int) -> DelegationOrder:
    order = hold_order(conference_id)
    if not ORDER.allows(actor, order):
        raise Forbidden
    return order


def _refuse_unfit(rule: Rule, rows: Sequence[Delegation]) -> None:
    ids = {row.id for row in rows}
    if rule.host_place != HostPlace.IN_ORDER and rule.host not in ids:
        raise Refused(_("Say which delegation is the host."), 422, "host")
    if rule.first is not None and rule.first not in ids:
        raise Refused(_("The delegation that was drawn is no longer in the list. Draw again."), 422, "begin")
    if rule.first is not None and rule.first == rule.host and rule.host_place != HostPlace.IN_ORDER:
        raise Refused(
            _("The host was drawn. Leave it in its place in the alphabet, or begin without the draw."), 422, "begin"
        )


def _store(ids: Sequence[int]) -> None:
    """Writes the positions that are different, in one statement."""
    now = dict(db.session.execute(select(Delegation.id, Delegation.position)).all())
    new = {one: place for place, one in enumerate(ids, 1) if now.get(one) != place}
    if new:
        db.session.execute(
            update(Delegation)
            .where(Delegation.id.in_(new))
            .values(position=case(new, value=Delegation.id))
            .execution_options(synchronize_session=False)
        )
        for row in list(db.session.identity_map.values()):
            if isinstance(row, Delegation) and row.id in new:
                db.session.expire(row, ["position"])


def _snapshot(order: DelegationOrder, refs: dict[int, str]) -> dict[str, object]:
    """By references: SQLite gives the number of a row that was deleted to another."""
    return {
        "refs": list(refs.values()),
        "language": order.language,
        "kinds_apart": order.kinds_apart,
        "host_place": order.host_place.value,
        "host": refs.get(order.host_id or 0, ""),
        "first": refs.get(order.first_id or 0, ""),
        "ordered_at": order.ordered_at.isoformat() if order.ordered_at else None,
        "ordered_by": order.ordered_by,
        "moved_by_hand": order.moved_by_hand,
        "moved_at": order.moved_at.isoformat() if order.moved_at else None,
    }


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
