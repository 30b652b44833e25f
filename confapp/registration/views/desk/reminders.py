"""Reminding delegations, and correcting addresses that mail could not reach."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from confapp.foundation.languages import INTERFACE, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.registration.actions import nominations, undelivered
from confapp.registration.actions import reminders as actions
from confapp.registration.forms.letters import AddressForm, ContactForm, ReminderTextForm
from confapp.registration.mails import letters as mails
from confapp.registration.queries import delegation as delegation_named
from confapp.registration.queries import letters as queries
from confapp.registration.rules import INVITE
from confapp.registration.rules.letters import ISSUE_LETTERS, OF_REMINDER, OWINGS, owing_named
from confapp.registration.views.desk.blueprint import Page, asked, registration_desk
from confapp.registration.views.marks import settled


@registration_desk.route("/letters/reminders", methods=["GET", "POST"])
@requires(INVITE)
def reminders() -> Page:
    """Who owes what; the button says how many are written to before it does."""
    what = owing_named(asked("what") or request.form.get("what", "")[:40]) or OWINGS[0]
    rows = queries.owing(g.actor, g.conference, what)
    due = [row for row in rows if actions.is_due(row) and actions.has_address(row)]
    if request.method == "POST":
        refs = set(request.form.getlist("delegation"))
        sent = actions.remind(g.actor, g.conference, what, [row for row in due if row.ref in refs])
        words = ngettext("%(num)d delegation was reminded.", "%(num)d delegations were reminded.", sent)
        flash(
            words if sent else _("Nobody was reminded: tick at least one delegation."), "good" if sent else "attention"
        )
        return redirect(url_for(".reminders", what=what.name), 303)
    return render_template(
        "registration/desk/reminders.html",
        what=what,
        rows=rows,
        due=due,
        items=_items(what.name),
        is_due=actions.is_due,
        any_invited=bool(rows) or queries.has_invited(g.actor, g.conference),
    )


@registration_desk.route("/letters/reminders/<what>/text", methods=["GET", "POST"])
@requires(INVITE)
def reminder_text(what: str) -> Page:
    """The words of one reminder; what was not written yet begins with ours."""
    owing = found(owing_named(what))
    row = queries.reminder_text(owing.name)
    ours = {code: mails.reminder_words(owing.name, code) for code in g.conference.languages if code in INTERFACE}
    own_subject, own_body = (row.subject, row.body) if row is not None else ({}, {})
    kept = {
        "subject": {code: words[0] for code, words in ours.items()} | own_subject,
        "body": {code: words[1] for code, words in ours.items()} | own_body,
        "version": str(row.revision) if row is not None else "",
    }
    form, status = ReminderTextForm(data=kept), 200
    if form.is_sent():
        try:
            actions.write_text(
                g.actor,
                g.conference,
                owing,
                subject=form.subject.data,
                body=form.body.data,
                revision=form.version.data or "",
            )
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The text was saved."), "good")
            return redirect(url_for(".reminders", what=owing.name), 303)
    page = render_template(
        "registration/desk/reminder_text.html",
        what=owing,
        form=form,
        placeholders={name: _(meaning) for name, meaning in OF_REMINDER.items()},
    )
    return page, settled(form, status)


@registration_desk.post("/delegations/<ref>/nomination")
@requires(INVITE)
def renew_nomination(ref: str) -> Page:
    row = found(delegation_named(g.actor, g.conference, ref))
    address = nominations.renew_nomination(g.actor, row, g.language)
    flash(_("A new link was mailed to %(address)s; the link sent before has ended.", address=address), "good")
    return redirect(url_for(".delegation", ref=row.ref), 303)


@registration_desk.route("/delegations/<ref>/contact", methods=["GET", "POST"])
@requires(INVITE)
def contact(ref: str) -> Page:
    """The address to which a delegation's letters and reminders go."""
    row = found(delegation_named(g.actor, g.conference, ref))
    form = ContactForm(data={"email": row.contact_email})
    if form.is_sent():
        undelivered.change_contact(g.actor, row, form.email.data)
        flash(_("The address was changed."), "good")
        return redirect(url_for(".delegation", ref=row.ref), 303)
    page = render_template("registration/desk/contact.html", delegation=row, form=form)
    return page, 422 if form.errors else 200


# --- undelivered ------------------------------------------------------------------------------------------------------


@registration_desk.get("/letters/undelivered")
@requires(ISSUE_LETTERS)
def undelivered_mails() -> Page:
    rows = queries.undelivered(g.conference)
    reached = undelivered.holders(g.conference, [mail.recipient for mail in rows])
    about = {mail.id: reached.get(mail.recipient.lower(), []) for mail in rows}
    return render_template("registration/desk/undelivered.html", mails=rows, about=about)


@registration_desk.route("/letters/undelivered/<ref>", methods=["GET", "POST"])
@requires(ISSUE_LETTERS)
def correct_undelivered(ref: str) -> Page:
    mail = found(queries.undelivered_mail(g.conference, ref))
    holders = undelivered.holders_of(g.conference, mail.recipient)
    form, status = AddressForm(), 200
    form.holders.choices = [(one.key, one.words) for one in holders]
    if request.method == "GET":
        form.email.data, form.holders.data = mail.recipient, [one.key for one in holders]
    if form.is_sent():
        try:
            undelivered.correct_address(g.actor, g.conference, mail, form.email.data, form.holders.data)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(
                _("The address was corrected to %(address)s, and the mail goes there.", address=form.email.data), "good"
            )
            return redirect(url_for(".undelivered_mails"), 303)
    page = render_template("registration/desk/undelivered_mail.html", mail=mail, holders=holders, form=form)
    return page, status if status != 200 else 422 if form.errors else 200


@registration_desk.post("/letters/undelivered/<ref>/<any(again,settle):verb>")
@requires(ISSUE_LETTERS)
def settle_undelivered(ref: str, verb: str) -> Page:
    mail = found(queries.undelivered_mail(g.conference, ref))
    if verb == "again":
        undelivered.send_again(g.actor, g.conference, mail)
        flash(_("The mail is on its way once more."), "good")
    else:
        undelivered.settle(g.actor, g.conference, mail)
        flash(_("This was noted as settled another way."), "good")
    return redirect(url_for(".undelivered_mails"), 303)


def _items(current: str) -> list[dict[str, Any]]:
    return [
        {
            "label": _(one.label),
            "url": url_for(".reminders", what=one.name),
            "current": one.name == current,
            "count": len(queries.owing(g.actor, g.conference, one)),
        }
        for one in OWINGS
    ]
