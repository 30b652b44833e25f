"""Tables of members that a focal point brings in, for the own delegation."""

from typing import Any

from flask import url_for

from confapp.foundation.web.guard import checks_inside, prepare
from confapp.registration.views import imports as steps
from confapp.registration.views.imports import Where
from confapp.registration.views.me.blueprint import own_delegation, registration_me

ENDPOINTS = {
    "index": "imports",
    "show": "import_batch",
    "choose": "import_columns",
    "apply": "apply_import",
    "drop": "drop_import",
    "report": "import_report",
}


def _where(delegation: str) -> Where:
    def address(step: str, **about: Any) -> str:
        return url_for(f"registration_me.{ENDPOINTS[step]}", delegation=delegation, **about)

    return Where(address, "layouts/me.html", own_delegation(delegation))


@registration_me.url_value_preprocessor
def allow_size(endpoint: str | None, values: dict[str, Any] | None) -> None:
    steps.allow_size(endpoint)


@registration_me.route("/delegations/<delegation>/imports", methods=["GET", "POST"])
@checks_inside
@prepare(steps.read_upload)
def imports(delegation: str) -> Any:
    return steps.index(_where(delegation))


@registration_me.get("/delegations/<delegation>/imports/<ref>")
@checks_inside
def import_batch(delegation: str, ref: str) -> Any:
    return steps.show(_where(delegation), ref)


@registration_me.post("/delegations/<delegation>/imports/<ref>/columns")
@checks_inside
@prepare(steps.look_before)
def import_columns(delegation: str, ref: str) -> Any:
    return steps.choose(_where(delegation), ref)


@registration_me.post("/delegations/<delegation>/imports/<ref>/apply")
@checks_inside
@prepare(steps.prepare_before)
def apply_import(delegation: str, ref: str) -> Any:
    return steps.apply(_where(delegation), ref)


@registration_me.post("/delegations/<delegation>/imports/<ref>/drop")
@checks_inside
def drop_import(delegation: str, ref: str) -> Any:
    return steps.drop(_where(delegation), ref)


@registration_me.get("/delegations/<delegation>/imports/<ref>/report.csv")
@checks_inside
def import_report(delegation: str, ref: str) -> Any:
    return steps.report(_where(delegation), ref)
