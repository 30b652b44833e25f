"""The catalogue of states and organizations: for administrators, for it stands above conferences."""

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from confapp.foundation import audit, languages, text
from confapp.foundation.access import ADMINISTER, Actor
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.forms import labelled
from confapp.foundation.web.guard import found, prepare, requires
from confapp.foundation.web.transactions import in_record
from confapp.registration import actions, queries, states
from confapp.registration.actions.parties import Whole, outcomes
from confapp.registration.exports.catalogue import catalogue_csv
from confapp.registration.forms.catalogue import PartyForm, TableForm
from confapp.registration.models import Party
from confapp.registration.queries import Wanted
from confapp.registration.rules import catalogue
from confapp.registration.rules.catalogue import LONGEST_TABLE, Table
from confapp.registration.views.marks import settled

catalogue_desk = Blueprint("catalogue_desk", __name__, url_prefix="/desk/catalogue")
Page = Redirection | str | tuple[str, int]


@catalogue_desk.context_processor
def words() -> dict[str, Any]:
    return {
        "kind_name": lambda kind: _(catalogue.KIND_NAMES[kind]),
        "un_status_name": lambda status: _(catalogue.UN_STATUS_NAMES.get(status, catalogue.UN_STATUS_NAMES[""])),
        "field_name": lambda name: _(catalogue.FIELD_NAMES[name]),
        "missing_name": missing_name,
        "columns": catalogue.COLUMNS,
    }


def missing_name(what: str) -> str:
    name, _colon, code = what.partition(":")
    if code:
        return _("Name in %(language)s", language=languages.language(code).name)
    return _(catalogue.FIELD_NAMES[name])


@catalogue_desk.get("")
@requires(ADMINISTER)
def index() -> Page:
    wanted = Wanted(*(text.clean_name(request.args.get(name, ""))[:100] for name in ("q", "kind", "group", "lacks")))
    lacking = queries.lacking(states.LANGUAGES)
    return render_template(
        "registration/catalogue/index.html",
        rows=queries.catalogue(wanted, states.LANGUAGES),
        wanted=wanted,
        is_narrowed=wanted != Wanted(),
        kinds=labelled(catalogue.KIND_HEADINGS),
        groups=queries.party_groups(),
        lacking=sorted(lacking.items(), key=lambda one: -one[1]),
    )


@catalogue_desk.get("/all.csv")
@requires(ADMINISTER)
def table() -> Response:
    rows = [row for row, _lacking in queries.catalogue(Wanted())]
    actor = g.actor
    in_record(lambda: _note_export(actor, len(rows)))
    headers = {"Content-Disposition": 'attachment; filename="catalogue.csv"', "Cache-Control": "no-store"}
    return Response(catalogue_csv(rows), mimetype="text/csv", headers=headers)


def _note_export(actor: Actor, rows: int) -> None:
    audit.record(actor, "export", Whole(), what="catalogue", rows=rows)


@catalogue_desk.post("/load")
@requires(ADMINISTER)
@prepare(states.catalogue)
def load() -> Page:
    number = actions.load_catalogue(g.actor, g.prepared)
    words = ngettext(
        "%(num)d new entry; the others are up to date.", "%(num)d new entries; the others are up to date.", number
    )
    flash(words, "good")
    return redirect(url_for(".index"), 303)


@catalogue_desk.route("/new", methods=["GET", "POST"])
@requires(ADMINISTER)
def new() -> Page:
    form = PartyForm()
    if form.is_sent():
        try:
            made = actions.add_party(g.actor, (form.code.data or "").upper(), **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The entry was added. Conferences can invite it now."), "good")
            return redirect(url_for(".entry", ref=made.ref), 303)
    return render_template("registration/catalogue/entry.html", form=form, party=None), _status(form)


@catalogue_desk.route("/<ref>", methods=["GET", "POST"])
@requires(ADMINISTER)
def entry(ref: str) -> Page:
    row = found(queries.party(ref))
    form = PartyForm(row)
    if form.is_sent():
        revision = form.revision.data or ""
        try:
            actions.change_party(
                g.actor,
                row,
                form.values(),
                revision=int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The entry was changed. Conferences keep the names that they copied."), "good")
            return redirect(url_for(".entry", ref=row.ref), 303)
    return _entry_page(row, form), _status(form)


@catalogue_desk.post("/<ref>/remove")
@requires(ADMINISTER)
def remove(ref: str) -> Page:
    actions.remove_party(g.actor, found(queries.party(ref)))
    flash(_("The entry was removed."), "good")
    return redirect(url_for(".index"), 303)


def _entry_page(row: Party, form: PartyForm) -> str:
    return render_template(
        "registration/catalogue/entry.html",
        form=form,
        party=row,
        lacks=catalogue.missing(row, states.LANGUAGES),
        times=queries.times_invited(row),
        is_own=row.code not in states.CODES,
    )


def _status(form: PartyForm | TableForm) -> int:
    return 422 if form.form_errors else settled(form)


# --- a table that is brought in ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """A table as it came, read before the lock."""

    content: str = ""
    table: Table = field(default_factory=Table)
    place: str = "table"


def read_table() -> Sent | None:
    """For @prepare."""
    file = request.files.get("file")
    if file is None or not file.filename:
        content = request.form.get("table", "")
        return Sent(content, catalogue.read(content))
    raw = file.stream.read(LONGEST_TABLE + 1)
    file.stream.seek(0)
    if len(raw) > LONGEST_TABLE:
        return Sent(table=Table(fault=_("This file is larger than 400 KB.")), place="file")
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Sent(table=Table(fault=_("This file is not UTF-8. Save the table as “CSV UTF-8”.")), place="file")
    return Sent(content, catalogue.read(content), "file")


@catalogue_desk.get("/import")
@requires(ADMINISTER)
def import_page() -> Page:
    return render_template("registration/catalogue/import.html", form=TableForm(formdata=None))


@catalogue_desk.post("/import")
@requires(ADMINISTER)
@prepare(read_table)
def import_table() -> Page:
    """A dry run by line; the same table again, with the button below it, brings in the lines without a fault."""
    sent: Sent = g.prepared
    form = TableForm()
    if not form.validate() or sent.table.fault:
        if sent.table.fault:
            form.refuse(Refused(sent.table.fault, 422, sent.place))
        return render_template("registration/catalogue/import.html", form=form), 422
    if request.form.get("do") == "import":
        added, changed = actions.import_parties(g.actor, sent.table.lines)
        flash(_("%(added)s entries were added and %(changed)s changed.", added=added, changed=changed), "good")
        return redirect(url_for(".index"), 303)
    rows = outcomes(sent.table.lines)
    counts = {verb: sum(row.verb == verb for row in rows) for verb in ("added", "changed", "same", "faulty")}
    return render_template(
        "registration/catalogue/dry_run.html",
        rows=[row for row in rows if row.verb != "same"],
        counts=counts,
        content=sent.content,
    )
