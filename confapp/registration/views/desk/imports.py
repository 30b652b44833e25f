"""Tables of people that the office brings in, for any delegation and category."""

from typing import Any

from flask import url_for

from confapp.foundation.web.guard import prepare, requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS
from confapp.registration.rules import ACCREDIT
from confapp.registration.views import imports as steps
from confapp.registration.views.desk.blueprint import registration_desk
from confapp.registration.views.imports import Where

ENDPOINTS = {
    "index": "imports",
    "show": "import_batch",
    "choose": "import_columns",
    "apply": "apply_import",
    "drop": "drop_import",
    "report": "import_report",
}


def _where() -> Where:
    return Where(lambda step, **about: url_for(f"registration_desk.{ENDPOINTS[step]}", **about), "layouts/desk.html")


@registration_desk.url_value_preprocessor
def allow_size(endpoint: str | None, values: dict[str, Any] | None) -> None:
    steps.allow_size(endpoint)


@registration_desk.route("/imports", methods=["GET", "POST"])
@requires(ACCREDIT)
@prepare(steps.read_upload)
def imports() -> Any:
    return steps.index(_where())


@registration_desk.get("/imports/<ref>")
@requires(ACCREDIT)
def import_batch(ref: str) -> Any:
    return steps.show(_where(), ref)


@registration_desk.post("/imports/<ref>/columns")
@requires(ACCREDIT)
@prepare(steps.look_before)
def import_columns(ref: str) -> Any:
    return steps.choose(_where(), ref)


@registration_desk.post("/imports/<ref>/apply")
@requires(ACCREDIT)
@prepare(steps.prepare_before)
def apply_import(ref: str) -> Any:
    return steps.apply(_where(), ref)


@registration_desk.post("/imports/<ref>/drop")
@requires(ACCREDIT)
def drop_import(ref: str) -> Any:
    return steps.drop(_where(), ref)


@registration_desk.get("/imports/<ref>/report.csv")
@requires(ACCREDIT)
@limited(EXPORTS)
def import_report(ref: str) -> Any:
    return steps.report(_where(), ref)


# --- photographs ------------------------------------------------------------------------------------------------------


@registration_desk.route("/photo-imports", methods=["GET", "POST"])
@requires(ACCREDIT)
@prepare(steps.read_archive)
def photo_imports() -> Any:
    return steps.photo_index()


@registration_desk.get("/photo-imports/<ref>")
@requires(ACCREDIT)
def photo_import(ref: str) -> Any:
    return steps.photo_page(ref)


@registration_desk.post("/photo-imports/<ref>/apply")
@requires(ACCREDIT)
def apply_photos(ref: str) -> Any:
    return steps.apply_photos(ref)


@registration_desk.post("/photo-imports/<ref>/drop")
@requires(ACCREDIT)
def drop_photos(ref: str) -> Any:
    return steps.drop_photos(ref)
