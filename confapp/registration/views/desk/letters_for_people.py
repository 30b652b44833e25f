"""Letters about several people at once, said with their number before they are issued; and one of them on paper."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.pdf import RenderingFailed
from confapp.foundation.web.guard import found, requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS
from confapp.registration import queries
from confapp.registration.actions import issuing
from confapp.registration.forms.letters import PeopleLettersForm
from confapp.registration.models import Registration
from confapp.registration.pdfs import letters as pdfs
from confapp.registration.queries import Filter
from confapp.registration.queries import letters as letter_queries
from confapp.registration.rules import letters as rules
from confapp.registration.rules.letter_printing import About, printed
from confapp.registration.rules.letters import (
    ISSUE_LETTERS,
    LETTER_KIND_NAMES,
    LONGEST_PURPOSE,
    TO_PERSONS,
    LetterKind,
    LetterStatus,
)
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import settled

MOST = 200


@registration_desk.route("/letters/people", methods=["GET", "POST"])
@requires(ISSUE_LETTERS)
def letters_for_people() -> Page:
    """GET names who gets a letter and who does not; POST issues just these, unless the list has changed since."""
    kept = _kept()
    rows, number = _asked_for(kept)
    if not rows:
        flash(_("Tick at least one registration."), "attention")
        return redirect(url_for(".registrations"), 303)
    kind, texts = _kind(), letter_queries.letter_texts()
    ready = rules.ready_languages(texts.get(kind), g.conference.languages)
    faults = issuing.left_out(g.conference, rows, kind, ready)
    due = [row for row in rows if row.id not in faults]
    form, status = PeopleLettersForm(), 200
    form.languages.offer(ready)
    if not rules.asks_purpose(kind, texts.get(kind)):
        del form.purpose
    if request.method == "GET":
        form.languages.data = ready
    elif form.is_sent():
        try:
            if request.form.get("count") != str(len(due)):
                raise Refused(_("The list has changed in the meantime. Look at it again before the letters go out."))
            purpose = form.purpose.data or "" if "purpose" in form else ""
            job = issuing.order_for_people(g.actor, g.conference, due, kind, form.languages.data, purpose)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            return redirect(url_for(".letters_work", ref=job.ref), 303)
    page = render_template(
        "registration/desk/letters_for_people.html",
        form=form,
        kind=kind,
        kinds=[_choice(one, kind, kept) for one in TO_PERSONS],
        ready=ready,
        due=due,
        without=[(row, faults[row.id]) for row in rows if row.id in faults],
        kept=[(name, one) for name, value in kept.items() for one in (value if isinstance(value, list) else [value])],
        more=number - len(rows),
        purpose=(form.purpose.data or None) if "purpose" in form else None,
        without_address=sum(not row.person.email and row.delegation is None for row in due),
    )
    return page, settled(form, status)


@registration_desk.get("/letters/people/preview")
@requires(ISSUE_LETTERS)
@limited(EXPORTS)
def preview_for_person() -> Page:
    """The letter about one person on paper, without number and code, before it is issued."""
    text = letter_queries.letter_text(_kind())
    if text is None or "about" not in request.args:
        return redirect(url_for(".letters"), 303)
    row = found(queries.registration(g.actor, g.conference, request.args["about"]))
    typed = request.args.get("purpose", "")[:LONGEST_PURPOSE].strip() or None
    return _paper(
        replace(issuing.sample(text, g.conference, row), purpose=typed),
        rules.ready_languages(text, g.conference.languages),
    )


@registration_desk.get("/letters/<ref>/preview")
@requires(ISSUE_LETTERS)
@limited(EXPORTS)
def preview_request(ref: str) -> Page:
    """What was asked for on paper, in its languages and with its purpose, while it waits to be checked."""
    row = found(letter_queries.letter(g.actor, g.conference, ref))
    text = letter_queries.letter_text(row.kind)
    if text is None or row.status != LetterStatus.REQUESTED:
        return redirect(url_for(".letter", ref=row.ref), 303)
    return _paper(issuing.about(row, text, g.conference), row.languages)


# --- parts ------------------------------------------------------------------------------------------------------------


def _kept() -> dict[str, Any]:
    """Whom it is about, as a link and a form carry it on: a delegation, all that the list finds, or those ticked."""
    words = request.values
    if words.get("delegation"):
        return {"delegation": words["delegation"]}
    if words.get("all"):
        return {"all": words["all"], **Filter.read(words).words}
    return {"ref": words.getlist("ref")[:MOST]}


def _asked_for(kept: dict[str, Any]) -> tuple[Sequence[Registration], int]:
    """Only whom the asker may see: at most as many as are issued at once, and how many there are in all."""
    if "delegation" in kept:
        of = found(queries.delegation(g.actor, g.conference, kept["delegation"]))
        return queries.living_of(g.actor, g.conference, of, MOST), queries.living_members(of)
    if "all" in kept:
        ids = queries.ids_found(g.actor, g.conference, Filter.read(request.values))
    else:
        ids = queries.ids_of(g.actor, g.conference, kept["ref"])
    return queries.by_ids(g.actor, g.conference, ids[:MOST]), len(ids)


def _kind() -> LetterKind:
    name = request.values.get("letter", "")
    return LetterKind(name) if name in TO_PERSONS else LetterKind.PERSONAL_INVITATION


def _choice(one: LetterKind, chosen: LetterKind, kept: dict[str, Any]) -> dict[str, Any]:
    address = url_for(".letters_for_people", letter=one.value, **kept)
    return {"label": _(LETTER_KIND_NAMES[one]), "url": address, "current": one == chosen}


def _paper(about: About, codes: Sequence[str]) -> Response:
    if not codes:
        raise Refused(_("Write the subject and the text in one language first."), 422)
    try:
        content = pdfs.letter(printed(about, list(codes)), "", clock.now())
    except RenderingFailed as failed:
        raise Refused(str(failed), 422) from failed
    headers = {
        "Content-Disposition": f'inline; filename="preview-{about.kind}.pdf"',
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype="application/pdf", headers=headers)
