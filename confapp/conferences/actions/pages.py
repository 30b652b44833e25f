from datetime import date

from confapp.conferences import queries, rules
from confapp.conferences.models import Conference, ConferencePage
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused


def put_page(
    actor: Actor,
    conference: Conference,
    name: str,
    *,
    title: dict[str, str],
    text: dict[str, str],
    as_of: date,
    revision: int | None = None,
) -> ConferencePage:
    """Writes a page of information, new or again, in the conference's scope; `text` is Markdown by language."""
    if fault := rules.page_name_fault(name):
        raise Refused(fault, 422, "name")
    page = queries.page(name)
    if page is None:
        page = ConferencePage(conference_id=conference.id, name=name, position=rules.page_position(name))
        db.session.add(page)
    elif revision is not None and revision != page.revision:
        raise Refused(_("Somebody has changed this page since you opened it. Copy your text and open it again."))
    with db.session.no_autoflush:
        page.title, page.text, page.as_of = title, text, as_of
        changed = audit.changes(page)
    audit.record(
        actor, "write_page", page, name=name, changes={field: changed[field] for field in changed if field != "text"}
    )
    return page


def remove_page(actor: Actor, page: ConferencePage) -> None:
    audit.record(actor, "remove_page", page, name=page.name, title=page.title, text=page.text)
    db.session.delete(page)
