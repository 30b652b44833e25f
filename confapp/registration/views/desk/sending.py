"""Letters that were issued and have not gone out: mailed, downloaded as one archive, or noted as sent another way."""

import io
import zipfile

from flask import Response, abort, flash, g, redirect, render_template, request, url_for

from confapp.foundation import files
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.web.guard import requires
from confapp.registration.actions import sending as actions
from confapp.registration.queries import letters as queries
from confapp.registration.rules.letters import ISSUE_LETTERS
from confapp.registration.views.desk.blueprint import Page, registration_desk


@registration_desk.route("/letters/unsent", methods=["GET", "POST"])
@requires(ISSUE_LETTERS)
def unsent() -> Page:
    rows = queries.unsent(g.actor, g.conference)
    if request.method != "POST":
        return render_template("registration/desk/unsent.html", rows=rows)
    refs = set(request.form.getlist("ref"))
    ticked = [row for row in rows if row.ref in refs]
    if request.form.get("do") == "noted":
        number = actions.note_sent(g.actor, ticked)
        words = ngettext("%(num)d letter was noted as sent.", "%(num)d letters were noted as sent.", number)
    else:
        number = actions.mail_unsent(g.actor, ticked)
        words = ngettext("%(num)d letter was mailed.", "%(num)d letters were mailed.", number)
    if number:
        flash(words, "good")
    else:
        flash(_("Nothing was done: tick at least one letter, and to mail it give it an address first."), "attention")
    return redirect(url_for(".unsent"), 303)


@registration_desk.get("/letters/unsent.zip")
@requires(ISSUE_LETTERS)
def unsent_files() -> Response:
    """The files of all that are listed, to be printed and sent."""
    rows = [(row.name, row.file) for row in queries.unsent(g.actor, g.conference) if row.file is not None]
    if not rows:
        abort(404)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, file in rows:
            archive.writestr(name, files.read(file))
    headers = {
        "Content-Disposition": f'attachment; filename="{g.conference.slug}-letters.zip"',
        "Cache-Control": "no-store",
    }
    return Response(packed.getvalue(), mimetype="application/zip", headers=headers)
