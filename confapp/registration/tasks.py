"""What the worker and other features call when something happened that concerns registrations."""

from datetime import timedelta

from confapp.conferences.actions.archive import purge_sealed as purge_sealed_of
from confapp.foundation import clock, jobs
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, in_conference
from confapp.foundation.transactions import reading, writing
from confapp.registration import actions, queries


def address_reached(person_id: int) -> None:
    """Somebody opened the link that was mailed to a person."""
    for registration in queries.registrations_of(person_id):
        actions.confirm(registration)


@jobs.task("registration.purge_sealed")
def purge_sealed() -> None:
    """Each conference in a transaction of its own."""
    with across_conferences("sealed data of every conference that is long over"), reading():
        due = [conference.id for conference in queries.with_sealed_data_past(clock.now())]
    for conference_id in due:
        with in_conference(conference_id), writing():
            purge_sealed_of(SYSTEM, queries.conference(conference_id))


jobs.every(timedelta(days=1), "registration.purge_sealed")
