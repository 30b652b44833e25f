"""Every mail that the demonstration sends, shown to everybody on this machine. Nowhere else does this page exist."""

import io
from typing import Any

from flask import Response, abort, current_app, render_template, send_file

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


@reports.get("/mailbox/<name>/<int:number>")
@public
def enclosed(name: str, number: int) -> Response:
    """A file that came with a mail, always as a download."""
    file_name, content = found(box.enclosed(_folder(), name, number))
    answer = send_file(io.BytesIO(content), "application/octet-stream", as_attachment=True, download_name=file_name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _folder() -> Any:
    settings = current_app.extensions["confapp"]
    if not settings.is_demo:
        abort(404)
    return settings.mailbox
