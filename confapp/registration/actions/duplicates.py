"""Two who look like one person and are not: said once, and taken back when it was a mistake."""

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people.models import Person
from confapp.registration.models import TwoPeople
from confapp.registration.queries import duplicates as queries
from confapp.registration.rules import ACCREDIT


def keep_apart(one: Person, other: Person, *, by: Actor) -> None:
    """Twice is as good as once."""
    if not ACCREDIT.allows(by, one):
        raise Forbidden
    if one.id == other.id or one.merged_into_id or other.merged_into_id:
        raise Refused(_("These were merged already."))
    first, second = sorted((one, other), key=lambda row: row.id)
    made = db.session.scalar(
        inserting(TwoPeople)
        .values(
            ref=new_ref(),
            conference_id=first.conference_id,
            one_id=first.id,
            other_id=second.id,
            said_by=by.account_id,
        )
        .on_conflict_do_nothing()
        .returning(TwoPeople.id)
    )
    if made is not None:
        audit.record(by, "keep_apart", first, other=second.ref)


def suggest_again(one: Person, other: Person, *, by: Actor) -> None:
    if not ACCREDIT.allows(by, one):
        raise Forbidden
    first, second = sorted((one, other), key=lambda row: row.id)
    said = queries.said_apart(first).get((first.id, second.id))
    if said is not None:
        db.session.delete(said)
        audit.record(by, "suggest_again", first, other=second.ref)
