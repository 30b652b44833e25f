"""Numbers that are given once."""

from confapp.conferences.models import Conference
from confapp.foundation.db import db, inserting, new_ref
from confapp.registration.models import Series


def next_in_series(conference: Conference, name: str) -> int:
    """The next number of a series; whoever asks at the same time waits for this transaction."""
    statement = (
        inserting(Series)
        .values(conference_id=conference.id, name=name, last=1, ref=new_ref())
        .on_conflict_do_update(index_elements=["conference_id", "name"], set_={"last": Series.last + 1})
        .returning(Series.last)
    )
    last: int = db.session.execute(statement).scalar_one()
    return last
