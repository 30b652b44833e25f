"""Jobs of the programme."""

from collections.abc import Sequence

from confapp.foundation import jobs
from confapp.foundation.places import Place
from confapp.foundation.transactions import writing
from confapp.programme.actions import sign_ups
from confapp.programme.rules.sign_ups import SESSION


def places_given(given: Sequence[Place]) -> None:
    """Those who waited for a session have a place now: their mails follow in a job."""
    mine = [row for row in given if row.quota.owner_kind == SESSION]
    if mine:
        bundles = sorted({row.bundle for row in mine})
        jobs.enqueue("programme.tell_given", {"bundles": bundles}, conference_id=mine[0].conference_id)


@jobs.task("programme.tell_given")
def tell_given(bundles: list[str]) -> None:
    for bundle in bundles:
        with writing():
            sign_ups.tell_given(bundle)
