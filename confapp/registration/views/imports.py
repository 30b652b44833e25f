"""The steps by which a table is brought in, the same for the office and for a focal point; each has its own addresses.

Upload, meaning of the columns, dry run, and then all or the sound rows. A short table is read and tried before the
write lock of the request, a long one by a job.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, g, redirect, render_template, request, url_for
from sqlalchemy import select

from confapp.foundation import images, vault
from confapp.foundation.db import db
from confapp.foundation.exporting import Column, downloads
from confapp.foundation.languages import N_, best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.web.guard import found
from confapp.foundation.web.tables import table_of, taken_out
from confapp.registration import queries
from confapp.registration.actions import imports as actions
from confapp.registration.forms.imports import ApplyForm, PhotosForm, UploadForm
from confapp.registration.imports import columns, photos, reading, working
from confapp.registration.imports.checking import FAULT, SOUND, THERE, Line
from confapp.registration.imports.reading import BadTable, Rows
from confapp.registration.models import Category, Delegation, Import
from confapp.registration.rules import CONSENT_TEXTS, NAME_MEMBERS, ConsentKind
from confapp.registration.rules.imports import ImportKind, ImportState
from confapp.registration.views.desk.blueprint import looked_at_again

SHOWN = 100
OUTCOMES: dict[str, tuple[str, str]] = {
    SOUND: ("neutral", N_("Sound")),
    FAULT: ("bad", N_("Cannot be brought in")),
    THERE: ("neutral", N_("Already there")),
}
PHOTO_OUTCOMES: dict[str, tuple[str, str]] = {
    photos.MATCHED: ("neutral", N_("Found")),
    photos.UNMATCHED: ("attention", N_("Nobody found")),
    photos.BAD: ("bad", N_("Cannot be used")),
}
Address = Callable[..., str]


@dataclass(frozen=True)
class Where:
    """Whose table it is and where its pages stand."""

    address: Address  # address("show", ref=…)
    template: str
    delegation: Delegation | None = None

    @property
    def for_office(self) -> bool:
        return self.delegation is None


# --- before the write lock --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """What was uploaded: why it is no table, or its rows and where they were kept sealed."""

    fault: str = ""
    rows: Rows | None = None
    kept: vault.Kept | None = None
    name: str = ""


def read_upload() -> Sent | None:
    """For @prepare: the rows of the file or of what was pasted."""
    if request.method != "POST" or not _may_send():
        return None
    sent = request.files.get("file")
    pasted = request.form.get("pasted", "")
    if sent is not None and sent.filename:
        content, name = sent.stream.read(reading.LARGEST_FILE + 1), sent.filename
        sent.stream.seek(0)
    elif pasted.strip():
        content, name = pasted.encode("utf-8", "replace"), _("pasted")
    else:
        return Sent(_("Choose a file, or paste the cells of a spreadsheet."))
    encoding = request.form.get("encoding", "")
    try:
        rows = reading.table(content, encoding if encoding in reading.ENCODINGS else "")
    except BadTable as bad:
        return Sent(bad.message)
    return Sent("", rows, working.keep(rows, g.conference.id), name)


def _may_send() -> bool:
    """Nothing is kept for whoever does not answer for the delegation; the desk's permit was asked before."""
    ref = (request.view_args or {}).get("delegation")
    delegation = queries.delegation(g.actor, g.conference, ref) if ref else None
    return ref is None or (delegation is not None and NAME_MEMBERS.allows(g.actor, delegation))


def allow_size(endpoint: str | None) -> None:
    """Before the form is read: the pages that take tables and photographs take more than others."""
    name = (endpoint or "").rpartition(".")[2]
    if name == "imports":
        request.max_content_length = reading.LARGEST_FILE + 256 * 1024
        request.max_form_memory_size = reading.LARGEST_FILE
    elif name == "photo_imports":
        request.max_content_length = photos.LARGEST_FILE + 256 * 1024


def look_before() -> list[Line] | None:
    """For @prepare: the dry run of a short table; a long one is left to a job."""
    batch = _batch()
    if batch is None or batch.rows > working.AT_ONCE or batch.state not in working.OPEN:
        return None
    try:
        return working.look(g.actor, g.conference, batch, _chosen(batch))
    except Forbidden:
        return None


def prepare_before() -> working.Applied | Refused | None:
    """For @prepare: everything that is brought in, made ready."""
    batch = _batch()
    if batch is None or batch.rows > working.AT_ONCE or batch.state != ImportState.CHECKED:
        return None
    try:
        return working.prepare(g.actor, g.conference, batch, only_sound="sound" in request.form)
    except Refused as refusal:
        return refusal


def _batch() -> Import | None:
    if request.method != "POST":
        return None
    return db.session.scalar(select(Import).where(Import.ref == (request.view_args or {}).get("ref", "")))


# --- the pages --------------------------------------------------------------------------------------------------------


def index(where: Where) -> Any:
    """What was brought in before, and the form for a new table."""
    form = UploadForm()
    _offer(form, where)
    if request.method == "POST":
        sent: Sent | None = g.prepared
        assert sent is not None
        if sent.fault or sent.rows is None or sent.kept is None:
            form.validate()
            form.refuse(Refused(sent.fault, 422, "file"))
        elif form.validate():
            batch = working.begin(
                g.actor,
                g.conference,
                sent.rows,
                sent.kept,
                source=sent.name,
                delegation=where.delegation or _named(form),
                category=queries.category_by_code(form.category.data) if form.category.data else None,
                offered=list(columns.offered(for_office=where.for_office)),
            )
            return redirect(where.address("show", ref=batch.ref), 303)
    page = render_template(
        "registration/imports/index.html",
        layout=where.template,
        where=where,
        form=form,
        batches=queries.imports(g.actor, g.conference, where.delegation, ImportKind.PEOPLE),
        most=reading.MOST_ROWS,
        size=reading.LARGEST_FILE >> 20,
    )
    return page, 422 if request.method == "POST" else 200


def show(where: Where, ref: str) -> Response | tuple[Response, int]:
    """Where an import stands: its columns, what the dry run found, how far the job is, or what was brought in."""
    return _page(where, own(where, ref))


def choose(where: Where, ref: str) -> Any:
    """The meaning of each column; the dry run follows."""
    batch = own(where, ref)
    chosen = _chosen(batch)
    if fault := _fault(chosen):
        return _page(where, batch, fault=fault, chosen=chosen, status=422)
    if g.prepared is None:
        working.choose(g.actor, batch, chosen)
    else:
        working.note(g.actor, batch, chosen, g.prepared)
    return redirect(where.address("show", ref=ref), 303)


def apply(where: Where, ref: str) -> Any:
    """All, or only the sound ones, as the button says."""
    batch, form = own(where, ref), ApplyForm()
    _word(form)
    if not form.is_sent():
        return _page(where, batch, form=form, status=422)
    only_sound, links = "sound" in request.form, bool(form.links.data)
    try:
        if isinstance(g.prepared, Refused):
            raise g.prepared
        if g.prepared is None:
            working.order(g.actor, batch, only_sound=only_sound, links=links)
        else:
            working.apply(g.actor, g.conference, batch, g.prepared, links=links)
    except Refused as refusal:
        db.session.rollback()
        return _page(where, own(where, ref), form=form, fault=refusal.message, status=refusal.status)
    return redirect(where.address("show", ref=ref), 303)


def drop(where: Where, ref: str) -> Any:
    actions.drop(g.actor, own(where, ref))
    return redirect(where.address("index"), 303)


def report(where: Where, ref: str) -> Response:
    """What the dry run or the import says of each row, as CSV."""
    batch = own(where, ref)
    labels = [
        Column("row", N_("Row"), lambda line: line["row"]),
        Column("name", N_("Name"), lambda line: line["name"]),
        Column("outcome", N_("What became of it"), lambda line: _outcome(line)),
        Column("number", N_("Number"), lambda line: line.get("number", "")),
        Column("faults", N_("To be mended"), lambda line: _joined(line["faults"])),
        Column("warnings", N_("To be looked at"), lambda line: _joined(line["warnings"])),
    ]
    lines = list(batch.report)
    return taken_out(table_of(batch.ref, labels, lines), "import", "csv")


# --- photographs in a ZIP ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Archive:
    fault: str = ""
    names: tuple[str, ...] = ()
    kept: vault.Kept | None = None
    name: str = ""


def read_archive() -> Archive | None:
    """For @prepare: the names in the archive; its bytes are kept sealed, no picture is opened yet."""
    if request.method != "POST":
        return None
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return Archive(_("Choose a ZIP file."))
    content = sent.stream.read(photos.LARGEST_FILE + 1)
    sent.stream.seek(0)
    try:
        names = photos.pictures(content)
    except photos.BadArchive as bad:
        return Archive(bad.message)
    return Archive("", tuple(names), vault.keep(content, conference_id=g.conference.id), sent.filename)


def photo_index() -> Any:
    form = PhotosForm()
    if request.method == "POST":
        sent: Archive | None = g.prepared
        assert sent is not None
        if sent.kept is not None:
            batch = photos.begin(g.actor, g.conference, sent.kept, list(sent.names), sent.name)
            return redirect(url_for("registration_desk.photo_import", ref=batch.ref), 303)
        form.validate()
        form.file.errors = []
        form.refuse(Refused(sent.fault, 422, "file"))
    page = render_template(
        "registration/imports/photos.html",
        form=form,
        batches=queries.imports(g.actor, g.conference, None, ImportKind.PHOTOS),
        most=photos.MOST_PICTURES,
        size=photos.LARGEST_FILE >> 20,
        each=images.LARGEST_FILE >> 20,
    )
    return page, 422 if request.method == "POST" else 200


def photo_page(ref: str) -> Response:
    batch = _photo_batch(ref)
    job = downloads.job_of(batch)
    is_busy = job is not None and not job.is_over
    page = render_template(
        "registration/imports/photo_import.html",
        batch=batch,
        job=job,
        is_busy=is_busy,
        lines=sorted(batch.report, key=lambda line: line["outcome"] == photos.MATCHED)[: SHOWN * 2],
        outcomes=PHOTO_OUTCOMES,
    )
    return looked_at_again(page, is_busy)


def apply_photos(ref: str) -> Any:
    photos.order(g.actor, _photo_batch(ref))
    return redirect(url_for("registration_desk.photo_import", ref=ref), 303)


def drop_photos(ref: str) -> Any:
    actions.drop(g.actor, _photo_batch(ref))
    return redirect(url_for("registration_desk.photo_imports"), 303)


def _photo_batch(ref: str) -> Import:
    batch = queries.import_batch(g.actor, g.conference, None, ref)
    return found(batch if batch is not None and batch.kind == ImportKind.PHOTOS else None)


# --- parts ------------------------------------------------------------------------------------------------------------


def own(where: Where, ref: str) -> Import:
    batch = queries.import_batch(g.actor, g.conference, where.delegation, ref)
    return found(batch if batch is not None and batch.kind == ImportKind.PEOPLE else None)


def _page(
    where: Where,
    batch: Import,
    *,
    form: ApplyForm | None = None,
    fault: str = "",
    chosen: list[str] | None = None,
    status: int = 200,
) -> Any:
    job = downloads.job_of(batch)
    is_busy = job is not None and not job.is_over
    form = form or ApplyForm(formdata=None)
    _word(form)
    is_reading = batch.state in working.OPEN and not is_busy and batch.file is not None
    is_choosing = is_reading and (batch.state == ImportState.UPLOADED or "columns" in request.args or chosen)
    table = working.table_of(batch) if is_choosing else []
    told = [line for line in batch.report if line["faults"] or line["warnings"]]
    page = render_template(
        "registration/imports/import.html",
        layout=where.template,
        where=where,
        batch=batch,
        job=job,
        is_busy=is_busy,
        is_choosing=bool(is_choosing),
        fault=fault or batch.fault or (job.message if job is not None and job.state == "failed" else ""),
        fields=columns.offered(for_office=where.for_office),
        chosen=chosen or batch.mapping["columns"],
        heads=table[0] if table else [],
        sample=list(reading.sample(table)) if table else [],
        told=told[:SHOWN],
        more=max(0, len(told) - SHOWN),
        counts={name: sum(line["outcome"] == name for line in batch.report) for name in OUTCOMES},
        outcome=lambda line: OUTCOMES[line["outcome"]],
        form=form,
    )
    return looked_at_again(page, is_busy) if status == 200 else (page, status)


def _chosen(batch: Import) -> list[str]:
    """The field that was chosen for each column, those that are not offered left out."""
    offered = columns.offered(for_office=batch.delegation_id is None)
    number = len(batch.mapping["columns"])
    chosen = [request.form.get(f"column-{position}", "") for position in range(number)]
    return [one if one in offered else "" for one in chosen]


def _fault(chosen: list[str]) -> str:
    twice = sorted({one for one in chosen if one and chosen.count(one) > 1})
    if twice:
        return _("“%(field)s” was chosen for two columns.", field=columns.label(twice[0]))
    if "given_name" not in chosen:
        return _("Choose the column that holds the given name.")
    return ""


def _offer(form: UploadForm, where: Where) -> None:
    form.encoding.choices = [(one, one.upper() if one else _("recognize it")) for one in reading.ENCODINGS]
    categories: list[Category]
    if where.delegation is not None:
        categories = list(queries.categories_for(where.delegation))
        del form.delegation
    else:
        categories = list(queries.categories())
        names = queries.delegation_names(g.actor, g.conference)
        form.delegation.choices = [("", _("as a column says")), *((ref, best(name)) for ref, name in names)]
    form.category.choices = [
        ("", _("as a column says, else the usual one")),
        *((one.code, best(one.name)) for one in categories),
    ]


def _named(form: UploadForm) -> Delegation | None:
    if not form.delegation.data:
        return None
    return queries.delegation(g.actor, g.conference, form.delegation.data)


def _word(form: ApplyForm) -> None:
    words = queries.consent_texts().get(ConsentKind.DATA_USE)
    told = best(words.text if words is not None else CONSENT_TEXTS[ConsentKind.DATA_USE])
    form.data_use.label.text = _("Each person in the table has agreed: “%(text)s”", text=told)


def _outcome(line: dict[str, Any]) -> str:
    return _("Registered") if line.get("number") else _(OUTCOMES[line["outcome"]][1])


def _joined(said: list[list[str]]) -> str:
    return " ".join(f"{label}: {sentence}" if label else sentence for label, sentence in said)
