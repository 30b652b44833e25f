"""The own address and language."""

from flask import flash, g, redirect, render_template

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside
from confapp.registration import actions
from confapp.registration.forms import AddressForm
from confapp.registration.views.marks import settled
from confapp.registration.views.me.blueprint import Page, address, own_registration, registration_me


@registration_me.route("/registrations/<ref>/address", methods=["GET", "POST"])
@checks_inside
def change_address(ref: str) -> Page:
    row = own_registration(ref)
    form, status = AddressForm(row), 200
    if form.is_sent():
        try:
            actions.change_language(row, form.language.data, by=g.actor)
            asked = actions.ask_address(row, form.email.data, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            words = _("A link was mailed to %(address)s. The address holds once it is opened.", address=form.email.data)
            flash(words if asked else _("Saved."), "good")
            return redirect(address(row), 303)
    page = render_template("registration/me/address.html", registration=row, form=form)
    return page, settled(form, status)
