"""The vetting list of an office: out as a table, results back in after a look at every row."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for

from confapp.foundation import audit, exporting, files
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Forbidden
from confapp.foundation.sealing import note_reading
from confapp.foundation.web import identity
from confapp.foundation.web.guard import prepare, requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS, table_of
from confapp.registration import actions, queries
from confapp.registration.actions import vetting as vetting_actions
from confapp.registration.actions.vetting import AT_A_TIME
from confapp.registration.exports import vetting as lists
from confapp.registration.imports import vetting as imports
from confapp.registration.imports.reading import BadTable
from confapp.registration.rules import ACCREDIT, CLEAR_STEPS, CLEARS, OFFICE_NAMES, OPEN_PASSPORTS, Office, offices_of
from confapp.registration.rules.vetting import LARGEST_FILE, Row
from confapp.registration.views.desk.blueprint import Page, registration_desk

FORMATS = ("xlsx", "csv")


@dataclass(frozen=True)
class Taken:
    """A list that was written before the lock: its bytes, and whose sealed data stand in it."""

    content: bytes
    file_format: str
    office: Office
    reason: str
    people: Sequence[Any]
    opened: bool


@dataclass(frozen=True)
class Brought:
    """A file that was read before the lock: its rows, or why it cannot be read."""

    rows: Sequence[Row] = ()
    fault: str = ""


def _asked_office(offices: Sequence[Office]) -> Office | None:
    """The office that the form names, when it is one of these."""
    word = request.form.get("office", "")
    return next((office for office in offices if office == word), None)


def _own() -> list[Office]:
    return offices_of(g.actor, g.conference)


def _listed() -> list[Office]:
    """Whose lists the asker takes: those of the own offices; whoever decides, those of every office that has steps."""
    mine = _own()
    if not ACCREDIT.allows(g.actor, g.conference):
        return mine
    return [*mine, *(office for office in queries.offices_with_steps() if office not in mine)]


def _write() -> Taken | None:
    """For @prepare: unsealing and writing the table take their time, and hold no lock."""
    office, reason = _asked_office(_listed()), request.form.get("reason", "").strip()[:500]
    file_format = request.form.get("format", "xlsx")
    opened = request.form.get("sealed") == "y"
    if office is None or file_format not in FORMATS or not reason:
        return None
    if opened and not OPEN_PASSPORTS.allows(g.actor, g.conference):
        return None
    registrations = queries.to_vet(g.actor, g.conference, office)
    title = _("Vetting list: %(office)s", office=_(OFFICE_NAMES[office]))
    table = table_of(title, lists.columns(opened), lists.rows(registrations, office, opened))
    content = b"".join(exporting.written(table, file_format))
    return Taken(content, file_format, office, reason, [one.person_id for one in registrations], opened)


def _read() -> Brought:
    """For @prepare: the file as rows."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return Brought(fault=_("Choose a file."))
    content = sent.stream.read(LARGEST_FILE + 1)
    sent.stream.seek(0)
    if len(content) > LARGEST_FILE:
        return Brought(fault=_("The file is too large. Bring the results in parts."))
    try:
        return Brought(imports.rows(content))
    except BadTable as bad:
        return Brought(fault=bad.message)


@registration_desk.get("/registrations/vetting")
@requires(CLEAR_STEPS)
def vetting() -> Page:
    return _page()


@registration_desk.post("/registrations/vetting/list")
@requires(CLEAR_STEPS)
@limited(EXPORTS)
@prepare(_write)
def take_vetting_list() -> Any:
    """Everybody who waits for the office. Each passport that stands in it is recorded as a look at it."""
    taken: Taken | None = g.prepared
    if not request.form.get("office"):
        return _page(fault=_("Choose an office.")), 422
    if _asked_office(_listed()) is None:
        abort(403)
    if request.form.get("sealed") == "y" and not OPEN_PASSPORTS.allows(g.actor, g.conference):
        raise Forbidden
    if taken is None:
        return _page(fault=_("Give the reason for taking the list; the persons see it.")), 422
    if taken.opened:
        _note_readings(taken)
    audit.record(
        g.actor,
        "export",
        g.conference,
        what="vetting",
        office=taken.office,
        format=taken.file_format,
        rows=len(taken.people),
        sealed=taken.opened or None,
    )
    name = f"{g.conference.slug}-vetting-{taken.office}.{taken.file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(taken.content, mimetype=exporting.MEDIA_TYPES[taken.file_format].partition(";")[0], headers=headers)


@registration_desk.post("/registrations/vetting/results")
@requires(CLEAR_STEPS)
@prepare(_read)
def vetting_results() -> Page:
    """A dry run: every row with what it would do."""
    brought: Brought = g.prepared
    if not request.form.get("office"):
        return _page(upload_fault=_("Choose an office.")), 422
    office = _asked_office(_own())
    if office is None:
        abort(403)
    if brought.fault or not brought.rows:
        return _page(upload_fault=brought.fault or _("No row of this file has a result yet.")), 422
    return _report(office, brought.rows)


@registration_desk.post("/registrations/vetting/apply")
@requires(CLEAR_STEPS)
def apply_vetting() -> Page:
    """Records the rows of the dry run: all of them, or the sound ones where that was chosen."""
    office = _asked_office(_own())
    if office is None or not CLEARS[office].allows(g.actor, g.conference):
        abort(403)
    rows = _sent_rows()
    found = actions.findings(g.actor, g.conference, office, rows)
    if any(one.fault for one in found) and request.form.get("part") != "sound":
        return _report(office, rows, refused=True), 409
    if sum(one.is_new for one in found) > AT_A_TIME:
        content = _written([one.row for one in found if one.is_new]).encode("utf-8", "replace")
        stored = files.store(
            content, "application/json", "vetting.json", conference_id=g.conference.id, by=g.actor.account_id
        )
        vetting_actions.record_later(g.actor, g.conference, office, stored)
        flash(_("The results are being recorded. This takes a moment; the number below falls as it goes on."), "good")
        return redirect(url_for(".vetting"), 303)
    number = actions.record_results(g.actor, g.conference, office, found)
    flash(ngettext("%(num)d result was recorded.", "%(num)d results were recorded.", number), "good")
    return redirect(url_for(".vetting"), 303)


# --- parts ------------------------------------------------------------------------------------------------------------


def _note_readings(taken: Taken) -> None:
    """In the transaction of the answer: without its readings the list does not leave."""
    address = identity.address()
    for person in queries.persons(taken.people):
        for name, _label in lists.SEALED:
            if getattr(person, f"{name}_sealed") is not None:
                db.session.add(note_reading(g.actor, person, name, taken.reason, address))


def _sent_rows() -> list[Row]:
    try:
        return vetting_actions.rows_of(request.form.get("rows", ""))
    except (ValueError, TypeError):
        abort(400)


def _written(rows: Sequence[Row]) -> str:
    """Rows as the form and the job hand them on."""
    return json.dumps([list(asdict(row).values()) for row in rows], ensure_ascii=False)


def _report(office: Office, rows: Sequence[Row], *, refused: bool = False) -> str:
    found = actions.findings(g.actor, g.conference, office, rows)
    return render_template(
        "registration/desk/vetting_report.html",
        office=office,
        findings=found,
        new=sum(one.is_new for one in found),
        faults=sum(bool(one.fault) for one in found),
        refused=refused,
        rows=_written(rows),
    )


def _page(fault: str = "", upload_fault: str = "") -> str:
    return render_template(
        "registration/desk/vetting.html",
        offices=_own(),
        lists=_listed(),
        left=queries.left_by_vetting(g.actor, g.conference, _own()),
        outrun=queries.outrun_by_vetting(g.actor, g.conference, _own()),
        waiting={office: queries.waiting_for(office) for office in _listed()},
        asked=queries.offices_with_steps(),
        may_open=OPEN_PASSPORTS.allows(g.actor, g.conference),
        fault=fault,
        upload_fault=upload_fault,
        typed=request.form,
    )
