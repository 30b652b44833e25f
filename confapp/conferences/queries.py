from collections.abc import Sequence

from sqlalchemy import bindparam, select

from confapp.conferences.models import Conference, ConferencePage
from confapp.conferences.rules import Status
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people.rules import WORK_AT_DESK

_BY_SLUG = select(Conference).where(Conference.slug == bindparam("slug"))  # every page asks it


def by_slug(slug: str) -> Conference | None:
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def public_conferences() -> Sequence[Conference]:
    """Conferences that the public may see, the next or newest first."""
    return db.session.scalars(
        select(Conference).where(Conference.status != Status.DRAFT).order_by(Conference.starts_on.desc())
    ).all()


def visible_to(actor: Actor) -> Sequence[Conference]:
    """Conferences in which somebody holds a mandate; an administrator sees all."""
    wanted = select(Conference).order_by(Conference.starts_on.desc())
    if not actor.is_administrator:
        wanted = wanted.where(Conference.id.in_({g.conference_id for g in actor.grants if g.conference_id}))
    return db.session.scalars(wanted).all()


def readable_by(actor: Actor) -> Sequence[Conference]:
    """Conferences whose desk somebody may see; an administrator sees all."""
    return [one for one in visible_to(actor) if actor.is_administrator or WORK_AT_DESK.allows(actor, one)]


def page(name: str) -> ConferencePage | None:
    return db.session.scalar(select(ConferencePage).where(ConferencePage.name == name))


def pages() -> Sequence[ConferencePage]:
    return db.session.scalars(select(ConferencePage).order_by(ConferencePage.position, ConferencePage.id)).all()
