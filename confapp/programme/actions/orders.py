"""Which session comes before which, as a rule or as a wish."""

from typing import Any

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme.models import Precedence, Session
from confapp.programme.queries import orders as queries


def add(actor: Actor, conference: Any, first: Session, then: Session, minutes: int, *, is_rule: bool) -> Precedence:
    """Refused when nothing could ever fit, or when the two have an order already."""
    if first.id == then.id:
        raise Refused(_("A session cannot come before itself."), 422, "then")
    if is_rule and _leads(then.id, first.id):
        raise Refused(_("By the other rules it comes the other way round."), 422, "then")
    values = {"first_id": first.id, "then_id": then.id, "minutes": minutes, "is_rule": is_rule}
    statement = inserting(Precedence).values(conference_id=conference.id, ref=new_ref(), **values)
    row: Precedence | None = db.session.scalar(statement.on_conflict_do_nothing().returning(Precedence))
    if row is None:
        raise Refused(_("These two have an order already. Remove it first."), 409, "then")
    audit.record(actor, "add_precedence", row, first=first.ref, then=then.ref, minutes=minutes, is_rule=is_rule)
    return row


def remove(actor: Actor, row: Precedence) -> None:
    audit.record(actor, "remove_precedence", row, first=row.first.ref, then=row.then.ref)
    db.session.delete(row)


def _leads(first: int, then: int) -> bool:
    """Whether by rule, over any number of steps, one comes before another."""
    after, asked, seen = queries.links(), [first], {first}
    while asked:
        for one in after.get(asked.pop(), set()) - seen:
            if one == then:
                return True
            seen.add(one)
            asked.append(one)
    return False
