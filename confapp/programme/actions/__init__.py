from typing import Any

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries


def require_unchanged(row: Any, revision: int | None) -> None:
    """Refuses what was decided on a page that somebody else has made old, and names them; None does not ask."""
    if revision is None or row.revision == revision:
        return
    name = queries.last_to_change(row.ref) or _("Somebody")
    raise Refused(_("%(name)s changed this while your page was open. Look at it again and decide anew.", name=name))
