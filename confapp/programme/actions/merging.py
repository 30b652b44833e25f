"""Two rows were one person: roles and items go on under the one that lives on."""

from sqlalchemy import select

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people.models import Person
from confapp.programme.models import Item, SessionRole


def follow_person(actor: Actor, ended: Person, living: Person) -> None:
    rows: list[Item | SessionRole] = [
        *db.session.scalars(select(SessionRole).where(SessionRole.person_id == ended.id)),
        *db.session.scalars(select(Item).where(Item.person_id == ended.id)),
    ]
    for row in rows:
        row.person_id = living.id
        audit.record(actor, "follow_person", row, person=living.ref)
    db.session.flush()
