"""Which session comes before which."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager

from confapp.foundation.db import db
from confapp.programme.models import Precedence, Session


def orders() -> Sequence[Precedence]:
    """With both sessions, by the title of the first; none of a session that was removed."""
    first, then = aliased(Session), aliased(Session)
    return db.session.scalars(
        select(Precedence)
        .join(first, Precedence.first_id == first.id)
        .join(then, Precedence.then_id == then.id)
        .where(first.removed_at.is_(None), then.removed_at.is_(None))
        .order_by(first.code, first.id, then.code, then.id)
        .options(contains_eager(Precedence.first.of_type(first)), contains_eager(Precedence.then.of_type(then)))
    ).all()


def order(ref: str) -> Precedence | None:
    return db.session.scalar(select(Precedence).where(Precedence.ref == ref))


def links() -> dict[int, set[int]]:
    """What comes right after each session, by rule."""
    found: dict[int, set[int]] = {}
    rows = select(Precedence.first_id, Precedence.then_id).where(Precedence.is_rule)
    for first, then in db.session.execute(rows):
        found.setdefault(first, set()).add(then)
    return found
