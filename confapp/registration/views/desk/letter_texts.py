"""The texts of letters: what is written in which language, a preview on paper, and a test to oneself."""

import secrets
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for

from confapp.foundation import clock, files
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import Attachment, outbox
from confapp.foundation.pdf import RenderingFailed
from confapp.foundation.web.guard import found, prepare, requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS
from confapp.registration import queries as registration
from confapp.registration.actions import issuing
from confapp.registration.actions import letters as actions
from confapp.registration.forms.letters import LetterTextForm
from confapp.registration.mails import letters as mails
from confapp.registration.models import LetterText
from confapp.registration.pdfs import letters as pdfs
from confapp.registration.queries import letters as queries
from confapp.registration.rules import INVITE, sort_name
from confapp.registration.rules import letters as rules
from confapp.registration.rules.letter_printing import printed
from confapp.registration.rules.letters import LETTER_KIND_NAMES, LetterKind
from confapp.registration.views.desk.blueprint import Page, asked, registration_desk


@registration_desk.get("/letters/texts")
@requires(INVITE)
def letter_texts() -> Page:
    texts = queries.letter_texts()
    return render_template(
        "registration/desk/letter_texts.html", texts=texts, kinds=list(LetterKind), standing=_standing
    )


@registration_desk.route("/letters/texts/<kind>", methods=["GET", "POST"])
@requires(INVITE)
def letter_text(kind: str) -> Page:
    named = _kind(kind)
    text = queries.letter_text(named)
    if text is None:
        return render_template("registration/desk/letter_text_new.html", kind=named)
    form, status = _form(text), 200
    if form.is_sent():
        try:
            if not form.mark_faults(named):
                raise Refused(_("A text names a placeholder that there is not."), 422)
            actions.write_text(
                g.actor,
                text,
                subject=form.subject.data,
                body=form.body.data,
                signatory=form.signatory.data,
                number_form=form.number_form.data,
                revision=int(form.revision.data) if (form.revision.data or "").isdecimal() else 0,
            )
        except Refused as refusal:
            if form.errors.keys() <= {"number_form"} or refusal.field:
                form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The text was saved. Letters that were issued keep the words they were printed with."), "good")
            return redirect(_address(named), 303)
    return _page(named, text, form), status if status != 200 else 422 if form.errors else 200


@registration_desk.post("/letters/texts/<kind>/start")
@requires(INVITE)
def start_letter_text(kind: str) -> Page:
    actions.start_text(g.actor, g.conference, _kind(kind))
    return redirect(_address(_kind(kind)), 303)


@registration_desk.get("/letters/texts/<kind>/preview")
@requires(INVITE)
@limited(EXPORTS)
def preview_letter(kind: str) -> Response | Page:
    """The saved text on paper, about a delegation or registration of the conference. It has no number and no code."""
    text = found(queries.letter_text(_kind(kind)))
    content, fault = _preview(text)
    if fault:
        form = _form(text)
        form.form_errors = [fault]
        return _page(text.kind, text, form), 422
    headers = {
        "Content-Disposition": f'inline; filename="preview-{text.kind}.pdf"',
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype="application/pdf", headers=headers)


def _prepare_test() -> tuple[str, int, str] | None:
    """Made before the lock: (where it is kept, its size, "") or ("", 0, why it cannot be made)."""
    kind = (request.view_args or {}).get("kind", "")
    text = queries.letter_text(LetterKind(kind)) if kind in set(LetterKind) else None
    if text is None or not INVITE.allows(g.actor, g.conference):
        return None
    content, fault = _preview(text)
    return ("", 0, fault) if fault else (files.keep(content), len(content), "")


@registration_desk.post("/letters/texts/<kind>/test")
@requires(INVITE)
@limited(EXPORTS)
@prepare(_prepare_test)
def test_letter(kind: str) -> Page:
    """Mails the preview to whoever asks for it."""
    text = found(queries.letter_text(_kind(kind)))
    sha256, size, fault = found(g.prepared)
    if fault:
        raise Refused(fault, 422)
    name = f"test-{text.kind}.pdf"
    stored = files.register(sha256, size, "application/pdf", name, conference_id=g.conference.id, by=g.actor.account_id)
    message = mails.test(
        g.conference,
        g.actor.email,
        g.language,
        Attachment(stored, name),
        text.kind,
        f"letter-test:{secrets.token_hex(8)}",
    )
    outbox.add(message)
    flash(_("A test was mailed to %(address)s.", address=g.actor.email), "good")
    return redirect(_address(text.kind), 303)


# --- parts ------------------------------------------------------------------------------------------------------------


def _kind(name: str) -> LetterKind:
    return found(LetterKind(name) if name in set(LetterKind) else None)


def _address(kind: LetterKind) -> str:
    return url_for("registration_desk.letter_text", kind=kind.value)


def _standing(text: LetterText | None, code: str) -> tuple[str, str]:
    """(kind, word) of a text in one language, for `ui.status`."""
    where = rules.standing(text.subject, text.body, text.signatory, code) if text is not None else "missing"
    return {
        "ready": ("neutral", _("Ready")),
        "blanks": ("attention", _("Blanks to fill in")),
        "missing": ("attention", _("Missing")),
    }[where]


def _form(text: LetterText) -> LetterTextForm:
    return LetterTextForm(
        data={
            "subject": text.subject,
            "body": text.body,
            "signatory": text.signatory,
            "number_form": text.number_form,
            "revision": text.revision,
        }
    )


def _page(kind: LetterKind, text: LetterText, form: LetterTextForm) -> str:
    return render_template(
        "registration/desk/letter_text.html",
        kind=kind,
        text=text,
        form=form,
        kind_name=_(LETTER_KIND_NAMES[kind]),
        placeholders={name: _(meaning) for name, meaning in rules.placeholders(kind).items()},
        of_number={name: _(meaning) for name, meaning in rules.OF_NUMBER.items()},
        standing=_standing,
        written=[code for code in g.conference.languages if text.subject.get(code) and text.body.get(code)],
        samples=_samples(kind),
    )


def _samples(kind: LetterKind) -> list[tuple[str, str]]:
    """(reference, name) of what a preview can be about."""
    if kind in rules.TO_PERSONS:
        rows = registration.find(g.actor, g.conference, registration.Filter()).rows
        return [(row.ref, f"{sort_name(row)} ({row.number})") for row in rows]
    delegations = registration.standings(g.actor, g.conference)
    chosen = [one.delegation for one in delegations if rules.kind_for(one.delegation) == kind]
    return [(row.ref, row.name.get(g.language) or next(iter(row.name.values()), row.code)) for row in chosen]


def _preview(text: LetterText) -> tuple[bytes, str]:
    """The PDF of a text, or why there is none."""
    codes = [code for code in g.conference.languages if text.subject.get(code) and text.body.get(code)]
    wanted = [code for code in codes if code in request.values.getlist("language")] or codes
    owner = _owner(text.kind)
    if owner is None:
        return b"", _("Choose whom the preview is about; add a delegation or a registration first where there is none.")
    if not codes:
        return b"", _("Write the subject and the text in one language first.")
    try:
        words = printed(issuing.sample(text, g.conference, owner), wanted)
        return pdfs.letter(words, "", clock.now()), ""
    except RenderingFailed as failed:
        return b"", str(failed)


def _owner(kind: LetterKind) -> Any:
    """The one that was chosen, else the first that there is."""
    ref = asked("about")
    find = registration.registration if kind in rules.TO_PERSONS else registration.delegation
    if not ref and (samples := _samples(kind)):
        ref = samples[0][0]
    return find(g.actor, g.conference, ref) if ref else None
