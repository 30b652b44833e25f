"""Views of lists that people keep."""

from collections.abc import Mapping
from urllib.parse import urlencode

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people.rules import MANAGE_STAFF
from confapp.registration.models import SavedView

MOST_VIEWS = 20
LONGEST = 1000


def view_query(words: Mapping[str, str]) -> str:
    """The words of a filter as one address has them, always in the same order."""
    return urlencode(sorted(words.items()))


def save_view(
    actor: Actor, conference: Conference, list_name: str, name: str, words: Mapping[str, str], *, is_shared: bool
) -> SavedView:
    """Keeps a filter under a name; the same name again replaces what it meant."""
    query = view_query(words)
    if not query or len(query) > LONGEST:
        raise Refused(_("Narrow or sort the list first; the view keeps how."), 422, "name")
    mine = db.session.scalars(
        select(SavedView).where(SavedView.account_id == actor.account_id, SavedView.list_name == list_name)
    ).all()
    if len(mine) >= MOST_VIEWS and name not in {one.name for one in mine}:
        raise Refused(_("At most %(number)d views are kept; delete one first.", number=MOST_VIEWS), 422, "name")
    values = {"query": query, "is_shared": is_shared}
    about = {"conference_id": conference.id, "list_name": list_name, "account_id": actor.account_id, "name": name}
    statement = inserting(SavedView).values(ref=new_ref(), **about, **values)
    kept: SavedView = db.session.scalars(
        statement.on_conflict_do_update(
            index_elements=["conference_id", "list_name", "account_id", "name"], set_=values
        ).returning(SavedView),
        execution_options={"populate_existing": True},
    ).one()
    audit.record(actor, "save_view", kept, shared=is_shared)
    return kept


def delete_view(actor: Actor, view: SavedView) -> None:
    """One's own; what others share is taken away by who manages the staff."""
    if view.account_id != actor.account_id and not MANAGE_STAFF.allows(actor, view):
        raise Forbidden
    audit.record(actor, "delete_view", view)
    db.session.delete(view)
