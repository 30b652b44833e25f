from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries
from confapp.programme.models import Bilateral


def require_not_reserved(sessions: Iterable[Any]) -> None:
    """What keeps a room for two delegations is moved and ended by the protocol office alone, on its own page."""
    quiet = [one.id for one in sessions if one.is_quiet]
    if quiet and db.session.scalar(select(Bilateral.id).where(Bilateral.session_id.in_(quiet)).limit(1)) is not None:
        raise Refused(_("This time is reserved by the protocol office. Ask there to move it."))


def require_unchanged(row: Any, revision: int | None, *, of: Any = None) -> None:
    """Refuses what was decided on a page that somebody else has made old, and names them; None does not ask. `of`: the
    record of whoever changes it is kept of this one."""
    if revision is None or row.revision == revision:
        return
    name = queries.last_to_change((of or row).ref) or _("Somebody")
    raise Refused(_("%(name)s changed this while your page was open. Look at it again and decide anew.", name=name))
