"""Two rows were one person: roles and items go on under the one that lives on."""

from sqlalchemy import select

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people.models import Person
from confapp.programme.models import Item, SessionRole


def follow_person(actor: Actor, ended: Person, living: Person) -> None:
    for kind in (SessionRole, Item):
        for row in db.session.scalars(select(kind).where(kind.person_id == ended.id)):
            row.person_id = living.id
            audit.record(actor, "follow_person", row, person=living.ref)
    db.session.flush()
