"""Every mail that the demonstration sends, shown to everybody on this machine. Nowhere else does this page exist."""

from typing import Any

from flask import abort, current_app, render_template

from confapp.foundation.web.guard import found, public
from confapp.reports import mailbox as box
from confapp.reports.views.blueprint import reports


@reports.get("/mailbox")
@public
def mailbox() -> str:
    return render_template("reports/mailbox/list.html", letters=box.letters(_folder()))


@reports.get("/mailbox/<name>")
@public
def letter(name: str) -> str:
    return render_template("reports/mailbox/letter.html", letter=found(box.letter(_folder(), name)))


def _folder() -> Any:
    settings = current_app.extensions["confapp"]
    if not settings.is_demo:
        abort(404)
    return settings.mailbox
