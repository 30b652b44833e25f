"""Two rows were one person: what hung on the one goes on under the one that lives on."""

from sqlalchemy import select

from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people.models import Person
from confapp.programme.actions import agendas
from confapp.programme.models import BilateralMember, Item, Material, SessionRole, Statement


def follow_person(actor: Actor, ended: Person, living: Person) -> None:
    rows: list[Item | Material | SessionRole | Statement] = [
        *db.session.scalars(select(SessionRole).where(SessionRole.person_id == ended.id)),
        *db.session.scalars(select(Item).where(Item.person_id == ended.id)),
        *db.session.scalars(select(Material).where(Material.person_id == ended.id)),
        *db.session.scalars(select(Statement).where(Statement.person_id == ended.id)),
    ]
    for row in rows:
        row.person_id = living.id
        audit.record(actor, "follow_person", row, person=living.ref)
    for named in db.session.scalars(select(BilateralMember).where(BilateralMember.person_id == ended.id)).all():
        if any(one.person_id == living.id for one in named.bilateral.members):
            db.session.delete(named)
        else:
            named.person_id = living.id
    agendas.follow_person(ended, living)
    db.session.flush()
