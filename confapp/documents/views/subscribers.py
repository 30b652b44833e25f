"""Who is told of new issues, at the desk."""

from flask import Response, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirection

from confapp.documents import actions
from confapp.documents import queries as document_queries
from confapp.documents.queries import subscribers as queries
from confapp.documents.rules import KIND_NAMES, PUBLISH, SET_ISSUING, names
from confapp.documents.views.desk import desk
from confapp.foundation.exporting import Column
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.web import tables
from confapp.foundation.web.guard import found, requires
from confapp.foundation.web.limits import limited

COLUMNS = (
    Column("email", N_("E-mail"), lambda row: row.email, width=36),
    Column("language", N_("Language"), lambda row: names.language(row.language), width=16),
    Column("kinds", N_("Only documents of these kinds"), lambda row: kinds_of(row), width=40),
    Column("as", N_("Why"), lambda row: why(row), width=20),
    Column("since", N_("Since"), lambda row: row.confirmed_at or row.asked_at, width=20),
)


def kinds_of(row: object) -> str:
    return ", ".join(_(KIND_NAMES[kind]) for kind in getattr(row, "kinds", ()))


def why(row: object) -> str:
    return _("Asked for it") if getattr(row, "confirmed_at", None) else _("Accredited media")


@desk.get("/subscribers")
@requires(PUBLISH)
def subscribers() -> str:
    rows = queries.subscribers()
    rules = document_queries.issuing_rules()
    return render_template(
        "documents/desk/subscribers.html",
        rows=rows,
        asked=sum(1 for row in rows if row.confirmed_at),
        media=len({person.email.casefold() for person in queries.press()}),
        tells_press=rules.tells_press,
        may_set=SET_ISSUING.allows(g.actor, g.conference),
        kinds_of=kinds_of,
        why=why,
    )


@desk.get("/subscribers.<any(csv,xlsx):file_format>")
@requires(PUBLISH)
@limited(tables.EXPORTS)
def subscribers_file(file_format: str) -> Response:
    table = tables.table_of(_("Who is told of new documents"), COLUMNS, queries.subscribers())
    return tables.taken_out(table, "subscribers", file_format)


@desk.post("/subscribers/<ref>/remove")
@requires(PUBLISH)
def remove_subscriber(ref: str) -> Redirection:
    row = found(queries.subscriber(ref))
    actions.end_subscription(row, by=g.actor)
    flash(_("The mailbox is deleted and is not written to any more."), "good")
    return redirect(url_for(".subscribers"), 303)
