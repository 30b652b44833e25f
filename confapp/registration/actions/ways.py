"""The ways into a category: which are open, to which delegations, and by which private links."""

from datetime import datetime

from confapp.foundation import audit, clock, places
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.registration.models import Category, PrivateLink
from confapp.registration.queries.places import left_of
from confapp.registration.rules import ways
from confapp.registration.rules.ways import Ways


def set_ways(actor: Actor, category: Category, chosen: Ways) -> None:
    """Who registers in a category from now on; who is in it stays in it."""
    if chosen.accompanying and (chosen.open_to_all or chosen.for_delegations or chosen.members_fill_in):
        raise Refused(
            _("Who accompanies a member is registered from the member's page; choose no other way beside it."),
            422,
            "accompanying",
        )
    category.is_for_delegations, category.members_fill_in = chosen.for_delegations, chosen.members_fill_in
    category.is_open_to_all, category.needs_link = chosen.open_to_all, chosen.needs_link
    category.is_accompanying, category.photo = chosen.accompanying, chosen.photo
    if list(category.groups) != list(chosen.groups):
        category.groups = list(chosen.groups)
    changed = audit.changes(category)
    if changed:
        audit.record(actor, "set_ways", category, **changed)


def make_link(
    actor: Actor, category: Category, label: str, capacity: int | None = None, ends_at: datetime | None = None
) -> PrivateLink:
    """An address that opens the form of a category to those who are given it; so many registrations, until then."""
    if ends_at is not None and ends_at <= clock.now():
        raise Refused(_("This moment has passed already."), 422, "ends_at")
    link = PrivateLink(
        conference_id=category.conference_id,
        category=category,
        label=label,
        ends_at=ends_at,
        made_by=actor.account_id,
    )
    db.session.add(link)
    db.session.flush()
    places.quota_for(link, capacity)
    audit.record(actor, "make_private_link", link, category=category.code, capacity=capacity, ends_at=ends_at)
    return link


def close_link(actor: Actor, link: PrivateLink) -> None:
    """The address opens nothing any more; who registered by it stays registered. Twice is as good as once."""
    if link.closed_at is None:
        link.closed_at = clock.now()
        audit.record(actor, "close_private_link", link)


def reopen_link(actor: Actor, link: PrivateLink) -> None:
    """The same address opens the form again, where its end and its places allow it."""
    if link.closed_at is None:
        return
    if fault := ways.limit_fault(link, left_of(link), clock.now()):
        raise Refused(fault)
    link.closed_at = None
    audit.record(actor, "reopen_private_link", link)


def refuse_spent(link: PrivateLink) -> None:
    """Nothing is held before the address is confirmed; who comes too late is told at once."""
    if fault := ways.link_fault(link, left_of(link), clock.now()):
        raise Refused(fault, 410)
