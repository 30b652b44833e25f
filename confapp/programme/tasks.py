"""Jobs of the programme."""

from collections.abc import Sequence

from confapp.conferences.models import Conference
from confapp.foundation import jobs
from confapp.foundation.db import db
from confapp.foundation.places import Place
from confapp.foundation.transactions import reading, writing
from confapp.programme import queries
from confapp.programme.actions import sign_ups, telling
from confapp.programme.queries import affected
from confapp.programme.rules.sign_ups import SESSION

AT_ONCE = 50


def places_given(given: Sequence[Place]) -> None:
    """Those who waited for a session have a place now: their mails follow in a job."""
    mine = [row for row in given if row.quota.owner_kind == SESSION]
    if mine:
        bundles = sorted({row.bundle for row in mine})
        jobs.enqueue("programme.tell_given", {"bundles": bundles}, conference_id=mine[0].conference_id)


@jobs.task("programme.tell_released")
def tell_released(number: int) -> None:
    """In steps, so that nobody waits long for the lock."""
    with reading():
        readers = affected.affected(affected.of_release(number))
    for start in range(0, len(readers), AT_ONCE):
        with writing():
            release = queries.release(number)
            assert release is not None
            conference = db.session.get_one(Conference, release.conference_id)
            telling.tell(release, conference, affected.of_release(number), readers[start : start + AT_ONCE])


@jobs.task("programme.tell_given")
def tell_given(bundles: list[str]) -> None:
    for bundle in bundles:
        with writing():
            sign_ups.tell_given(bundle)
