"""Letters of one's own registration or delegation, and the handing over of a focal point's role."""

from flask import Response, abort, flash, g, redirect, render_template, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import checks_inside, found
from confapp.registration.actions import letters as actions
from confapp.registration.actions import nominations
from confapp.registration.forms.letters import HandOverForm, LetterRequestForm
from confapp.registration.queries import letters as queries
from confapp.registration.rules import letters as rules
from confapp.registration.rules.letters import TO_PERSONS, LetterKind
from confapp.registration.views.desk.letters import download
from confapp.registration.views.lettering import letter_words
from confapp.registration.views.marks import settled
from confapp.registration.views.me.blueprint import Page, address, own_delegation, own_registration, registration_me

registration_me.context_processor(lambda: letter_words(for_office=False))


@registration_me.route("/registrations/<ref>/letters", methods=["GET", "POST"])
@checks_inside
def letters(ref: str) -> Page:
    """What was asked for and issued, and a form to ask for another."""
    row = own_registration(ref)
    texts = queries.letter_texts()
    ready = {kind: rules.ready_languages(texts.get(kind), g.conference.languages) for kind in TO_PERSONS}
    open_kinds = [kind for kind in TO_PERSONS if ready[kind] and rules.request_fault(row, kind) is None]
    form, status = LetterRequestForm(), 200
    form.offer(
        open_kinds, sorted({code for kind in open_kinds for code in ready[kind]}, key=g.conference.languages.index)
    )
    if not form.is_submitted():
        form.languages.data = [code for code, _name in form.languages.choices if code == row.person.language] or [
            code for code, _name in form.languages.choices[:1]
        ]
    elif form.is_sent():
        try:
            kind = LetterKind(form.kind.data)
            actions.request_letter(g.actor, row, kind, form.languages.data, form.purpose.data or "")
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The office checks it next; the letter comes by mail and can be downloaded here."), "good")
            return redirect(url_for(".letters", ref=row.ref), 303)
    page = render_template(
        "registration/me/letters.html",
        registration=row,
        letters=queries.letters_of(row),
        form=form,
        open_kinds=open_kinds,
        faults={kind: fault for kind in TO_PERSONS if (fault := rules.request_fault(row, kind))},
    )
    return page, settled(form, status)


@registration_me.get("/letters/<ref>")
@checks_inside
def letter_file(ref: str) -> Response:
    """A letter of one's own; the scope of the query says whose it is."""
    return download(found(queries.letter(g.actor, g.conference, ref)))


@registration_me.route("/delegations/<ref>/hand-over", methods=["GET", "POST"])
@checks_inside
def hand_over(ref: str) -> Page:
    row = own_delegation(ref)
    if row.id not in g.actor.delegations(g.conference.id):
        abort(404)
    form, status = HandOverForm(language=g.language), 200
    if form.is_sent():
        to = nominations.Nominee(form.email.data, form.name.data, form.language.data)
        try:
            nominations.hand_over(g.actor, row, to, keep=form.keep.data)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("%(address)s was invited to answer for the delegation.", address=form.email.data), "good")
            return redirect(address(row) if form.keep.data else url_for("people.home"), 303)
    return render_template("registration/me/hand_over.html", delegation=row, form=form), settled(form, status)
