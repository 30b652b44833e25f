"""The conversation on one's own registration: a question to the office, or an answer to it, at any time."""

from datetime import timedelta

from flask import flash, g, redirect

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside
from confapp.foundation.web.limits import Limit, limited
from confapp.registration import actions
from confapp.registration.forms.accreditation import RemarkForm
from confapp.registration.views.me.blueprint import Page, address, own_registration, registration_me
from confapp.registration.views.me.registrations import registration_page

QUESTIONS = Limit("message", 20, timedelta(hours=1), lambda: str(g.actor.account_id or ""))


@registration_me.post("/registrations/<ref>/messages")
@checks_inside
@limited(QUESTIONS)
def message(ref: str) -> Page:
    row, form = own_registration(ref), RemarkForm()
    typed = form.text.data or ""
    if not form.is_sent():
        return registration_page(row, Refused(str(form.text.errors[0]), 422), typed=typed), 422
    try:
        actions.ask_office(row, typed, by=g.actor)
    except Refused as refusal:
        return registration_page(row, refusal, typed=typed), refusal.status
    flash(_("Your message is with the office. The answer comes by mail, and stands on this page."), "good")
    return redirect(address(row) + "#messages", 303)
