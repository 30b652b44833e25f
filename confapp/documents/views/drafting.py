"""Papers that are drafted from the programme and the statements."""

from flask import flash, g

from confapp.documents import actions
from confapp.documents.forms import (
    RecordForm,
)
from confapp.documents.rules import EDIT
from confapp.documents.views.desk import Answer, desk, page, to_editor
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import requires
from confapp.programme.queries import debate as debates


@desk.route("/record", methods=["GET", "POST"])
@requires(EDIT)
def new_record() -> Answer:
    """A summary record, drafted from the programme and the statements of a debate."""
    known = debates.debates()
    form = RecordForm.of(known)
    if form.is_sent():
        chosen = next(one for one in known if one.session.ref == form.debate.data)
        wanted = [code for code in g.conference.languages if code in form.languages.data]
        try:
            document = actions.draft_record(g.conference, chosen, symbol=form.symbol.data, languages=wanted, by=g.actor)
        except Refused as refusal:
            form.refuse(refusal)
            return page("documents/desk/record.html", form, refusal.status, debates=known)
        flash(_("The record was drafted. Read it, and write what is missing."), "good")
        return to_editor(document)
    return page("documents/desk/record.html", form, debates=known)
