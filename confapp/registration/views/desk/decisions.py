"""Decisions on several at once: the selection, what is prepared, its mails, and its release."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Move, Refused
from confapp.foundation.web.guard import found, requires
from confapp.registration import actions, queries
from confapp.registration.forms import ReasonForm
from confapp.registration.models import PreparedDecision, Registration
from confapp.registration.rules import (
    ACCREDIT,
    ACCREDITATION,
    OFFICE_NAMES,
    REVIEW,
    UNDECIDED,
    Outcome,
    Status,
    mark_of,
    needs_release,
    offices_of,
    waits_for_another,
)
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import decision_name

MOST = 200


# --- what is prepared -------------------------------------------------------------------------------------------------


@registration_desk.get("/registrations/prepared")
@requires(ACCREDIT)
def prepared_decisions() -> Page:
    return _prepared_page(queries.prepared(g.actor, g.conference))


@registration_desk.get("/registrations/prepared/release")
@requires(ACCREDIT)
def ask_release() -> Page:
    """Says how many decisions and mails it is before anything goes out."""
    rows = queries.prepared(g.actor, g.conference, request.args.getlist("ref") or None)
    for_another = [row for row in rows if waits_for_another(row, g.actor)]
    rows = [row for row in rows if row not in for_another]
    left = max(0, len(rows) - MOST)
    rows = rows[:MOST]
    if not rows:
        flash(_for_another(len(for_another)) if for_another else _("Nothing is prepared."), "attention")
        return redirect(url_for(".prepared_decisions"), 303)
    mails = queries.mails_to(row.registration for row in rows)
    return render_template(
        "registration/desk/release.html",
        rows=rows,
        verbs=_by_verb(rows),
        mails=sum(mails.values()),
        told=mails,
        left=left,
        for_another=_for_another(len(for_another)) if for_another else "",
    )


@registration_desk.post("/registrations/prepared/release")
@requires(ACCREDIT)
def release_decisions() -> Page:
    """Each for itself; those that could not be released are named with the reason."""
    rows = queries.prepared(g.actor, g.conference, request.form.getlist("ref")[:MOST])
    lines = actions.release_several(rows, by=g.actor)
    released = sum(not line.fault for line in lines)
    if released == len(lines) and lines:
        flash(ngettext("%(num)d decision was released.", "%(num)d decisions were released.", released), "good")
        return redirect(url_for(".prepared_decisions"), 303)
    if not lines:
        flash(_("These decisions were released or taken out in the meantime."), "attention")
        return redirect(url_for(".prepared_decisions"), 303)
    return render_template("registration/desk/released.html", lines=lines, released=released)


@registration_desk.get("/registrations/prepared/<ref>")
@requires(ACCREDIT)
def prepared_decision(ref: str) -> Page:
    """One prepared decision with the mails as they will go out."""
    row = next(iter(queries.prepared(g.actor, g.conference, [ref])), None)
    if row is None:
        return _was_ended(ref)
    return render_template(
        "registration/desk/prepared_one.html",
        prepared=row,
        mails=actions.preview(row),
        for_another=waits_for_another(row, g.actor),
    )


@registration_desk.post("/registrations/prepared/<ref>/drop")
@requires(ACCREDIT)
def drop_decision(ref: str) -> Page:
    row = next(iter(queries.prepared(g.actor, g.conference, [ref])), None)
    if row is None:
        return _was_ended(ref)
    actions.drop(row, by=g.actor)
    flash(_("%(number)s: the prepared decision was taken out.", number=row.registration.number), "good")
    return redirect(url_for(".prepared_decisions"), 303)


# --- several at once --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deed:
    """Something that can be done for all who were ticked: its verb, its words, and whether it asks for a reason."""

    verb: str
    label: str
    asks_reason: bool = False


@registration_desk.get("/registrations/selection")
@requires(REVIEW)
def selection() -> Page:
    """Names those who were ticked, and for how many each deed is possible, before anything happens."""
    if request.args.get("all"):
        found_by = queries.Filter.read(request.args)
        rows = queries.with_steps(g.actor, g.conference, ids=queries.ids_found(g.actor, g.conference, found_by, MOST))
        left = queries.number_found(g.actor, g.conference, found_by) - len(rows)
    else:
        rows = queries.with_steps(g.actor, g.conference, request.args.getlist("ref")[:MOST])
        left = len(request.args.getlist("ref")[MOST:])
    if not rows:
        flash(_("Tick at least one registration."), "attention")
        return redirect(url_for(".registrations"), 303)
    return _selection_page(rows, request.args.get("do", ""), left=left)


@registration_desk.post("/registrations/selection")
@requires(REVIEW)
def act_on_selection() -> Page:
    """For all that it is possible for when the box says so; otherwise for all or for none."""
    rows = queries.with_steps(g.actor, g.conference, request.form.getlist("ref")[:MOST])
    deed = next((one for one in _deeds() if one.verb == request.form.get("do")), None)
    reason = ReasonForm().reason.data or ""
    if deed is None or not rows:
        abort(400)
    if deed.asks_reason and not reason:
        refusal = Refused(_("Please give a reason."), 422)
        return _selection_page(rows, deed.verb, refusal), 422
    is_part = request.form.get("part") == "possible"
    changed = _changed(rows, request.form.getlist("seen")) if deed.verb not in ("take", "leave") else []
    with db.session.begin_nested() as attempt:
        done, faults = _do([row for row in rows if row not in changed], deed, reason)
        faults += [(row, _("It was changed since you ticked it. Look at it again.")) for row in changed]
        if faults and not is_part:
            attempt.rollback()
    if faults and not is_part:
        words = _("Nothing was changed. %(number)s of those ticked cannot take part:", number=len(faults))
        return _selection_page(rows, deed.verb, Refused(words), faults, reason), 409
    flash(ngettext("Done for %(num)d registration.", "Done for %(num)d registrations.", done), "good")
    if faults:
        flash(ngettext("%(num)d was left out.", "%(num)d were left out.", len(faults)), "attention")
    return redirect(url_for(".registrations"), 303)


@registration_desk.post("/registrations/accredit")
@requires(ACCREDIT)
def accredit_several() -> Page:
    """All or none: one that cannot be accredited any more is named, and nothing is changed."""
    rows = queries.with_steps(g.actor, g.conference, request.form.getlist("ref")[:MOST])
    actions.hold_places(rows)
    for row in rows:
        try:
            actions.change_status(row, _move("accredit"), by=g.actor)
        except Refused as refusal:
            raise Refused(f"{row.number}, {row.person.full_name}: {refusal.message}", refusal.status) from refusal
    flash(ngettext("%(num)d person was accredited.", "%(num)d persons were accredited.", len(rows)), "good")
    return redirect(url_for(".registrations", status=Status.SUBMITTED.value), 303)


# --- parts ------------------------------------------------------------------------------------------------------------


def _prepared_page(rows: Sequence[PreparedDecision]) -> str:
    return render_template(
        "registration/desk/prepared.html",
        rows=rows,
        verbs=_by_verb(rows),
        for_another=[row for row in rows if waits_for_another(row, g.actor)],
        told=queries.mails_to(row.registration for row in rows),
    )


def _was_ended(ref: str) -> Page:
    """Somebody else was quicker: their decision stands on the page of the registration."""
    row = found(queries.ended_decision(g.actor, g.conference, ref))
    flash(_("This decision was released or taken out in the meantime."), "attention")
    return redirect(url_for(".registration", ref=row.registration.ref), 303)


def _for_another(number: int) -> str:
    return ngettext(
        "You prepared %(num)d of these decisions yourself; in its category somebody else releases it.",
        "You prepared %(num)d of these decisions yourself; in their categories somebody else releases them.",
        number,
    )


def _by_verb(rows: Sequence[PreparedDecision]) -> list[tuple[str, int]]:
    return [(decision_name(verb), number) for verb, number in Counter(row.verb for row in rows).items()]


def _move(verb: str) -> Move:
    move = ACCREDITATION.named(verb)
    assert move is not None
    return move


def _deeds() -> list[Deed]:
    """What the asker may do for several; a return needs its own words for each, and is not among them."""
    found = []
    if ACCREDIT.allows(g.actor, g.conference):
        found += [
            Deed("accredit", _("Accredit now")),
            Deed("prepare-accredit", _("Prepare: accredit")),
            Deed("prepare-refuse", _("Prepare: refuse"), asks_reason=True),
            Deed("hold", _("Put on hold"), asks_reason=True),
            Deed("resume", _("Go on with those on hold")),
        ]
    for office in offices_of(g.actor, g.conference):
        found.append(Deed(f"clear-{office}", _("Clear: %(office)s", office=_(OFFICE_NAMES[office]))))
    found += [Deed("take", _("Take them myself")), Deed("leave", _("Give them to nobody"))]
    return found


def _work(deed: Deed, reason: str) -> Callable[[Registration], Any]:
    """What a deed does with one registration; raises Refused where it is not possible."""
    kind, _dash, rest = deed.verb.partition("-")
    if kind == "clear":
        return lambda row: _clear(row, rest)
    if kind == "prepare":
        return lambda row: actions.prepare(row, _move(rest), by=g.actor, reason=reason)
    if kind in ("take", "leave"):
        account = next((one for one in queries.reviewers() if one.id == g.actor.account_id), None)
        if kind == "take" and account is None:
            raise Refused(_("You work for no office that looks at registrations."), 403)
        return lambda row: actions.assign(row, account if kind == "take" else None, by=g.actor)
    return lambda row: actions.change_status(row, _move(deed.verb), by=g.actor, reason=reason)


def _clear(row: Registration, office: str) -> None:
    steps = [step for step in row.category.steps if step.office == office]
    if not steps:
        raise Refused(_("Its category has no step of this office."))
    for step in steps:
        actions.clear(row, step, Outcome.CLEARED, by=g.actor)


def _changed(rows: Sequence[Registration], seen: Sequence[str]) -> list[Registration]:
    """Those in which what is decided on is not what the page showed."""
    shown = dict(one.rpartition(".")[::2] for one in seen)
    return [row for row in rows if shown.get(row.ref, mark_of(row)) != mark_of(row)]


def _do(rows: Sequence[Registration], deed: Deed, reason: str) -> tuple[int, list[tuple[Registration, str]]]:
    work, done, faults = _work(deed, reason), 0, []
    actions.hold_places(rows)
    for row in rows:
        try:
            with db.session.begin_nested():
                work(row)
                db.session.flush()
        except Refused as refusal:
            faults.append((row, refusal.message))
        else:
            done += 1
    return done, faults


def _possible(row: Registration, deed: Deed) -> str | None:
    """Why a deed is not possible for one, as far as it can be told without doing it."""
    kind, _dash, rest = deed.verb.partition("-")
    if kind in ("take", "leave"):
        return None
    if kind == "clear":
        asked = [step for step in row.category.steps if step.office == rest]
        if not asked:
            return _("Its category has no step of this office.")
        return None if row.status in UNDECIDED else _("The offices are not asked at present.")
    if kind == "prepare" and row.prepared is not None:
        return _("A decision is prepared already.")
    move = _move(rest or deed.verb)
    if kind != "prepare" and needs_release(row, move.verb):
        return _("Two persons decide in this category.")
    try:
        move.check(row, by=g.actor, reason="-")
    except Refused as refusal:
        return refusal.message
    return None


def _selection_page(
    rows: Sequence[Registration],
    chosen: str,
    refusal: Refused | None = None,
    faults: Sequence[tuple[Registration, str]] = (),
    reason: str = "",
    left: int = 0,
) -> str:
    deeds = _deeds()
    possible = {deed.verb: [row for row in rows if _possible(row, deed) is None] for deed in deeds}
    first = next((deed.verb for deed in deeds if possible[deed.verb]), "")
    return render_template(
        "registration/desk/selection.html",
        rows=rows,
        deeds=deeds,
        possible=possible,
        chosen=chosen if chosen in possible else first,
        refusal=refusal,
        faults=faults,
        reason=reason,
        mails=sum(queries.mails_to(possible["accredit"]).values()) if "accredit" in possible else 0,
        seen=mark_of,
        left=left,
        most=MOST,
    )
