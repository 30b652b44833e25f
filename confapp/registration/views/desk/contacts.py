"""The addresses for letters of all delegations, pasted from a list: looked at first, then kept."""

from flask import flash, g, redirect, render_template, request, url_for
from wtforms.validators import ValidationError

from confapp.foundation.languages import ngettext
from confapp.foundation.web.forms import checked_address
from confapp.foundation.web.guard import requires
from confapp.registration.actions import contacts as actions
from confapp.registration.forms.letters import ContactsForm
from confapp.registration.queries import letters as queries
from confapp.registration.rules import INVITE
from confapp.registration.rules import contacts as rules
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import settled


@registration_desk.route("/letters/addresses", methods=["GET", "POST"])
@requires(INVITE)
def contacts() -> Page:
    rows = queries.delegations_of(g.actor, g.conference)
    form = ContactsForm()
    if not form.is_sent():
        page = render_template("registration/desk/contacts.html", form=form, rows=rows)
        return page, settled(form, 200)
    read = rules.read(form.table.data or "", rules.known_names(rows), _checked)
    new = [(row, read.addresses.get(row.ref, row.contact_email)) for row in rows]
    changes = [(row, becomes) for row, becomes in new if becomes != row.contact_email]
    seen = "\n".join(f"{row.ref} {row.contact_email} {becomes}" for row, becomes in changes)
    if request.form.get("do") == "save" and request.form.get("seen", "").split() == seen.split():
        number = actions.set_contacts(g.actor, g.conference, read.addresses)
        flash(ngettext("%(num)d address was kept.", "%(num)d addresses were kept.", number), "good")
        waiting = any(row.delegation and row.delegation.contact_email for row in queries.unsent(g.actor, g.conference))
        return redirect(url_for(".unsent" if waiting else ".contacts"), 303)
    return render_template(
        "registration/desk/contacts_check.html",
        changes=changes,
        faults=read.faults,
        same=len(read.addresses) - len(changes),
        content=form.table.data,
        seen=seen,
        changed_meanwhile=request.form.get("do") == "save",
    )


def _checked(address: str) -> str | None:
    try:
        return checked_address(address)
    except ValidationError:
        return None
