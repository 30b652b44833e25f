"""A copy of the whole conference, for the organizers' own archive: ordered with a reason, made by a job."""

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import validators

from confapp.conferences.rules import MANAGE_CONFERENCE
from confapp.foundation.exporting import downloads
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, LongTextField
from confapp.foundation.web.guard import requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS
from confapp.reports.views.blueprint import reports


class ReasonForm(Form):
    reason = LongTextField(
        lazy("What the copy is for"), [validators.DataRequired(lazy("Please fill this in."))], longest=1000
    )


@reports.get("/desk/<conference>/copy")
@requires(MANAGE_CONFERENCE)
def copy() -> str:
    return render_template("reports/desk/copy.html", form=ReasonForm(formdata=None))


@reports.post("/desk/<conference>/copy")
@requires(MANAGE_CONFERENCE)
@limited(EXPORTS)
def order_copy() -> Response | tuple[str, int]:
    form = ReasonForm()
    if not form.is_sent():
        return render_template("reports/desk/copy.html", form=form), 422
    row = downloads.order(
        g.actor,
        g.conference,
        "reports.archive",
        subject="archive",
        file_format="zip",
        language=g.language,
        reason=form.reason.data or "",
    )
    return redirect(url_for("registration_desk.download", ref=row.ref), 303)


order_copy.in_archive = True  # type: ignore[attr-defined]
