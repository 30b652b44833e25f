"""What is done for those who were ticked, or for all that the list finds: said with its number before it is done."""

from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for

from confapp.foundation import exporting, languages
from confapp.foundation.exporting import Column
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.forms import Form
from confapp.foundation.web.guard import found, requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS, exported
from confapp.registration import mails, queries
from confapp.registration.actions import together as acts
from confapp.registration.forms.together import MailForm, TagForm
from confapp.registration.mails.together import written
from confapp.registration.models import BulkAct, Registration
from confapp.registration.queries import Filter
from confapp.registration.rules import ACCREDIT
from confapp.registration.rules.imports import ACT_NAMES, ActKind
from confapp.registration.rules.together import PLACEHOLDERS
from confapp.registration.views.desk.blueprint import Page, looked_at_again, registration_desk
from confapp.registration.views.desk.lists import list_address

NAMED = 20
OUTCOMES: dict[str, tuple[str, str]] = {
    "queued": ("neutral", N_("On its way")),
    "done": ("neutral", N_("Done")),
    "there": ("neutral", N_("Nothing to do")),
    "no_address": ("attention", N_("No e-mail address")),
    "gone": ("attention", N_("No longer there")),
}


@registration_desk.route("/registrations/together", methods=["GET", "POST"])
@requires(ACCREDIT)
def together() -> Page:
    """GET names whom and what; POST does it, unless the list has changed since."""
    words = request.form if request.method == "POST" else request.args
    kind = ActKind(words["act"]) if words.get("act") in set(ActKind) else None
    ids = _chosen(words)
    if kind is None or not ids:
        flash(_("Tick at least one registration."), "attention")
        return redirect(list_address(Filter.read(words)), 303)
    form = _form(kind)
    if request.method == "GET":
        return _page(kind, ids, form)
    if words.get("number") != str(len(ids)):
        refusal = Refused(_("The list has changed since: look again at whom it concerns."))
        return _page(kind, ids, form, refusal=refusal, status=409)
    if "preview" in words:
        return _page(kind, ids, form, previewed=form.validate(), status=200 if not form.errors else 422)
    if form.is_sent():
        try:
            act = acts.begin(g.actor, g.conference, kind, ids, **_typed(form))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".act", ref=act.ref), 303)
    return _page(kind, ids, form, status=422)


@registration_desk.get("/together")
@requires(ACCREDIT)
def acts_done() -> str:
    """What was done for many, the newest first."""
    return render_template("registration/desk/acts.html", acts=queries.bulk_acts(), name=_name)


@registration_desk.get("/together/<ref>")
@requires(ACCREDIT)
def act(ref: str) -> Response:
    row = found(queries.bulk_act(ref))
    counts: dict[str, int] = {}
    for _number, outcome in row.report:
        counts[outcome] = counts.get(outcome, 0) + 1
    page = render_template(
        "registration/desk/act.html",
        act=row,
        name=_name(row),
        counts=[(*OUTCOMES[outcome], number) for outcome, number in counts.items()],
        lines=row.report[:200],
        outcomes=OUTCOMES,
    )
    return looked_at_again(page, row.done_at is None)


@registration_desk.get("/together/<ref>.csv")
@requires(ACCREDIT)
@limited(EXPORTS)
def act_report(ref: str) -> Response:
    row = found(queries.bulk_act(ref))
    columns = [
        Column("number", N_("Number"), lambda line: line[0]),
        Column("outcome", N_("What became of it"), lambda line: _(OUTCOMES[line[1]][1])),
    ]
    table = exporting.Table(
        _name(row), columns, list(row.report), g.conference.zone, g.language, "", g.actor.name, row.made_at
    )
    return exported(exporting.written(table, "csv"), "together", len(row.report))


# --- parts ------------------------------------------------------------------------------------------------------------


def _chosen(words: Any) -> list[int]:
    """All that the filter finds, or those who were ticked: in either case only whom the asker may see."""
    if words.get("all"):
        return queries.ids_found(g.actor, g.conference, Filter.read(words))
    return queries.ids_of(g.actor, g.conference, words.getlist("ref")[:200])


def _form(kind: ActKind) -> Form:
    if kind == ActKind.MAIL:
        return MailForm()
    return TagForm() if kind in (ActKind.TAG, ActKind.UNTAG) else Form()


def _typed(form: Form) -> dict[str, Any]:
    """What was typed, by the names that an act has for it. (The list is narrowed by a tag, so the field is `word`.)"""
    names = {"subject": "subject", "text": "text", "word": "tag"}
    return {known: form._fields[name].data for name, known in names.items() if name in form._fields}


def _name(act: BulkAct) -> str:
    if act.kind == ActKind.MAIL:
        return languages.best(act.subject)
    return f"{_(ACT_NAMES[act.kind])}: {act.tag}" if act.tag else _(ACT_NAMES[act.kind])


def _page(
    kind: ActKind,
    ids: list[int],
    form: Form,
    *,
    previewed: bool = False,
    refusal: Refused | None = None,
    status: int = 200,
) -> Page:
    words = request.form if request.method == "POST" else request.args
    rows = queries.by_ids(g.actor, g.conference, ids[:NAMED])
    page = render_template(
        "registration/desk/together.html",
        act=kind.value,
        name=_(ACT_NAMES[kind]),
        form=form,
        rows=rows,
        number=len(ids),
        reach=queries.reach(ids) if kind in (ActKind.MAIL, ActKind.LINKS) else None,
        language_names={code: languages.language(code).name for code in languages.INTERFACE},
        placeholders={name: _(about) for name, about in PLACEHOLDERS.items()},
        preview=_preview(form, rows) if previewed else None,
        tags=queries.lists.tags(g.actor, g.conference) if isinstance(form, TagForm) else [],
        refs=[] if words.get("all") else words.getlist("ref")[:200],
        kept=Filter.read(words).words if words.get("all") else {},
        is_all=bool(words.get("all")),
        refusal=refusal,
    )
    return page, status


def _preview(form: Form, rows: list[Registration]) -> Any:
    """The mail as the first of those with an address would get it; its link is not made for a preview."""
    row = next((one for one in rows if one.person.email), None)
    if row is None:
        return None
    draft = BulkAct(conference_id=g.conference.id, kind=ActKind.MAIL, **_typed(form))
    address = url_for("registration_me.registration", ref=row.ref)
    reader = mails.Reader(row.person.email, row.person.full_name, row.person.language, address, is_private=False)
    return written(draft, row, reader, g.conference)
