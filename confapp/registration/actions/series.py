"""Numbers that are given once."""

from functools import cache
from typing import Any

from confapp.conferences.models import Conference
from confapp.foundation.db import db, inserting, new_ref
from confapp.registration.models import Series


def next_in_series(conference: Conference, name: str) -> int:
    """The next number of a series; whoever asks at the same time waits for this transaction."""
    db.session.flush()  # what can be written before others wait, is
    row = {"conference_id": conference.id, "name": name, "last": 1, "ref": new_ref()}
    last: int = db.session.connection().execute(_drawing(db.engine.dialect.name), row).scalar_one()
    return last


@cache
def _drawing(dialect: str) -> Any:
    """Built once: every registration and letter asks it."""
    table = Series.__table__
    adding = inserting(table).on_conflict_do_update(
        index_elements=["conference_id", "name"], set_={"last": table.c.last + 1}
    )
    return adding.returning(table.c.last)
