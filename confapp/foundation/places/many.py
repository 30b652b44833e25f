"""Places for many new holders at once: one conditional update for each quota, one insert for all. All or none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert, update

from confapp.foundation import clock
from confapp.foundation.db import db, new_ref
from confapp.foundation.places.models import Full, Place, PlaceState, Quota

Wanted = Iterable[tuple[int, Sequence[int]]]  # the id of a holder that has no place yet, and those of its quotas


def take_for_many(kind: str, wanted: Wanted, conference_id: int) -> None:
    """Raises Full, for the caller to roll back, when one of the quotas has too few places left."""
    holders = [(number, quotas) for number, quotas in wanted if quotas]
    needed = Counter(quota for _number, quotas in holders for quota in quotas)
    for quota_id, number in sorted(needed.items()):
        fits = Quota.capacity.is_(None) | (Quota.taken + number <= Quota.capacity)
        changed = db.session.execute(
            update(Quota)
            .where(Quota.id == quota_id, fits)
            .values(taken=Quota.taken + number)
            .execution_options(synchronize_session=False)
        )
        if not changed.rowcount:  # type: ignore[attr-defined]
            raise Full
    rows: list[dict[str, Any]] = []
    for number, quotas in holders:
        bundle = new_ref()
        rows += [
            {
                "ref": new_ref(),
                "conference_id": conference_id,
                "quota_id": quota_id,
                "holder_kind": kind,
                "holder_id": number,
                "bundle": bundle,
                "state": PlaceState.HELD,
                "taken_at": clock.now(),
            }
            for quota_id in quotas
        ]
    if rows:
        db.session.execute(insert(Place.__table__), rows)
    db.session.expire_all()
