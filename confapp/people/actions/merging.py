"""Two rows that were one person: one lives on, the other points to it. Nothing is deleted."""

from collections.abc import Callable

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people.actions.links import revoke_record_links
from confapp.people.models import Person

# What other features keep of a person follows: called with who acts, the row that ends and the one that lives on.
followers: list[Callable[[Actor, Person, Person], None]] = []


def merge_into(actor: Actor, ended: Person, living: Person) -> None:
    """Ends the links to the record that is no more, and hands over what features keep of the person."""
    for follow in followers:
        follow(actor, ended, living)
    revoke_record_links(actor, ended)
    ended.merged_into_id = living.id
    db.session.flush()
    audit.record(actor, "merge_person", ended, into=living.ref)
