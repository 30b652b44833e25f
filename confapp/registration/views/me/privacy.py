"""The own data: what is kept of somebody, all of it to take away, and its erasure."""

from flask import Response, flash, g, redirect, render_template, url_for

from confapp.foundation import audit
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside, found
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS
from confapp.foundation.web.transactions import in_record
from confapp.people import queries as people
from confapp.registration import actions, queries
from confapp.registration.exports import own
from confapp.registration.forms.privacy import ConfirmForm
from confapp.registration.models import Registration
from confapp.registration.queries import agreements as consent_queries
from confapp.registration.queries import privacy as kept
from confapp.registration.rules import privacy
from confapp.registration.views.marks import settled
from confapp.registration.views.me.blueprint import Page, own_registration, registration_me


@registration_me.get("/registrations/<ref>/data")
@checks_inside
def own_data(ref: str) -> Page:
    return _page(own_registration(ref), ConfirmForm(formdata=None))


@registration_me.get("/registrations/<ref>/data.zip")
@checks_inside
@limited(EXPORTS)
def own_data_archive(ref: str) -> Response:
    """Handed to its subject only, and on record."""
    row, actor = _own(ref), g.actor
    content = own.archive(_known(row), g.language)
    in_record(lambda: _note_taken(actor, row))
    name = f"{g.conference.slug}-{row.number or row.ref[:8]}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype="application/zip", headers=headers)


@registration_me.post("/registrations/<ref>/data/erase")
@checks_inside
def ask_erasure(ref: str) -> Page:
    row, form = _own(ref), ConfirmForm()
    if form.is_sent():
        try:
            actions.ask_erasure(row, by=g.actor, typed=form.typed.data or "")
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your data will be erased. You can take this back until then."), "good")
            return redirect(_address(row), 303)
    return _page(row, form)


@registration_me.post("/registrations/<ref>/data/keep")
@checks_inside
def keep_data(ref: str) -> Page:
    row = _own(ref)
    actions.keep_after_all(row, by=g.actor)
    flash(_("Nothing is erased; the request was taken back."), "good")
    return redirect(_address(row), 303)


# --- parts ---


def _own(ref: str) -> Registration:
    row = own_registration(ref)
    return found(row if privacy.is_own_record(g.actor, row) else None)


def _known(row: Registration) -> own.Known:
    person = row.person
    return own.Known(
        row,
        g.conference,
        queries.consents(person),
        queries.readings(person),
        kept.letters_of(row),
        [mail for mail in kept.mails_about(row) if mail.recipient.casefold() == person.email.casefold()],
        [one.registration for one in people.doubles(person) if one.registration is not None],
    )


def _address(row: Registration) -> str:
    return url_for("registration_me.own_data", ref=row.ref)


def _page(row: Registration, form: ConfirmForm) -> Page:
    page = render_template(
        "registration/me/own_data.html",
        registration=row,
        fields=[one for one in privacy.FIELDS if not one.rolling and one.name != "account"],
        purged_at=lambda field: field.purged_at(g.conference),
        class_name=lambda one: _(privacy.CLASS_NAMES[one.data_class]),
        asked=kept.open_request(row.person),
        is_own=privacy.is_own_record(g.actor, row),
        agreements=consent_queries.standing(row.person),
        readings=queries.readings(row.person),
        form=form,
    )
    return page, settled(form)


def _note_taken(actor: object, row: Registration) -> None:
    audit.record(actor, "take_own_data", row)  # type: ignore[arg-type]
