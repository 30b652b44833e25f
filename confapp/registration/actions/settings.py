"""Categories of participants: their names, their track and how many places they have."""

from confapp.conferences.models import Conference
from confapp.foundation import audit, places, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.registration import queries
from confapp.registration.models import Category
from confapp.registration.rules import Track

DELEGATE = {"en": "Delegate", "id": "Delegasi", "ar": "مندوب"}


def add_category(
    actor: Actor,
    conference: Conference,
    code: str,
    name: dict[str, str],
    *,
    hint: dict[str, str] | None = None,
    track: Track = Track.ACCREDITATION,
    for_delegations: bool = False,
    open_to_all: bool = False,
    letter: str = "",
    capacity: int | None = None,
) -> Category:
    code = text.slug(code or next(iter(name.values()), ""), 40)
    if not code:
        raise Refused(_("Give a short name of letters and digits."), 422, "code")
    if queries.category_by_code(code) is not None:
        raise Refused(_("There is a category of this short name already."), 422, "code")
    category = Category(
        conference_id=conference.id,
        code=code,
        name=name,
        hint=hint or {},
        track=track,
        is_for_delegations=for_delegations,
        is_open_to_all=open_to_all,
        letter=letter,
        position=len(queries.categories()) + 1,
    )
    db.session.add(category)
    db.session.flush()
    if capacity is not None:
        places.quota_for(category, capacity)
    audit.record(actor, "add_category", category, code=code, name=name, capacity=capacity)
    return category


def ensure_category_for_members(actor: Actor, conference: Conference) -> None:
    """A conference that lists its first delegation has a category to register members in; it can be renamed."""
    if not queries.categories(for_delegations=True):
        add_category(actor, conference, "delegate", dict(DELEGATE), letter="D", for_delegations=True)


def change_category(
    actor: Actor,
    category: Category,
    *,
    name: dict[str, str],
    hint: dict[str, str],
    track: Track,
    for_delegations: bool,
    open_to_all: bool,
    capacity: int | None,
) -> None:
    category.name, category.hint, category.track = name, hint, track
    category.is_for_delegations, category.is_open_to_all = for_delegations, open_to_all
    changed = audit.changes(category)
    quota = places.find_quota(category)
    if quota is None and capacity is not None:
        _count_holders(places.quota_for(category), category, capacity)
        changed["capacity"] = [None, capacity]
    elif quota is not None and quota.capacity != capacity:
        changed["capacity"] = [quota.capacity, capacity]
        places.set_capacity(quota, capacity)
    if changed:
        audit.record(actor, "change_category", category, **changed)


def _count_holders(quota: places.Quota, category: Category, capacity: int) -> None:
    """A category that becomes limited counts those who are in it already."""
    for registration in queries.holders_of(category):
        places.take([quota], registration)
    places.set_capacity(quota, capacity)
