"""What is known of somebody, for that person to take away: JSON and PDF in one ZIP, with the files."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import render_template
from sqlalchemy import inspect as inspect_row

from confapp.foundation import clock, languages, pdf
from confapp.foundation.db import Data
from confapp.foundation.languages import N_, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.web import filters
from confapp.people.models import Account, Mandate, SignIn
from confapp.people.rules import ROLE_NAMES

CSS = """
body { font-family: var(--sans); font-size: 10pt }
h1, h2 { font-family: var(--serif) }
table { width: 100%; border-collapse: collapse }
th, td { text-align: start; vertical-align: top; padding: 2pt 6pt 2pt 0; border-bottom: .3pt solid #999 }
th { width: 35%; font-weight: 500 }
"""


LABELS: dict[str, str] = {
    "accepted_at": N_("Accepted"),
    "access_needs": N_("Access needs"),
    "agent": N_("Browser"),
    "badge_name": N_("Name on the badge"),
    "birth_date": N_("Date of birth"),
    "capacity": N_("Capacity"),
    "category": N_("Category"),
    "code": N_("Code"),
    "conference": N_("Conference"),
    "confirmed_at": N_("Confirmed"),
    "country": N_("Country"),
    "created_at": N_("Created"),
    "dated_on": N_("Date"),
    "delegation": N_("Delegation"),
    "diet": N_("Diet"),
    "email": N_("E-mail"),
    "ends_at": N_("Until"),
    "family_name": N_("Family name"),
    "functional_title": N_("Functional title"),
    "given_name": N_("Given name"),
    "honorific": N_("Style of address"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "name": N_("Name"),
    "number": N_("Number"),
    "organization": N_("Organization"),
    "passport_number": N_("Passport number"),
    "phone": N_("Mobile telephone"),
    "printed_name": N_("Name as printed"),
    "rank": N_("Rank for protocol"),
    "reason": N_("Reason"),
    "role": N_("Role"),
    "starts_at": N_("From"),
    "status": N_("Status"),
}
TWICE = ("email_folded", "folded", "phone_e164")  # for searching; the same stands beside it as it was typed


def rows(values: Mapping[str, Any], zone: str = "UTC") -> list[tuple[str, str]]:
    """What is printed of a part of a record: the name of each field that says something, and its value in words."""
    told = [(name, value) for name, value in values.items() if value not in ("", None, [], {}) and name not in TWICE]
    return [(_label(name), _(ROLE_NAMES[value]) if name == "role" else said(value, zone)) for name, value in told]


def _label(name: str) -> str:
    return _(LABELS[name]) if name in LABELS else name.removesuffix("_at").replace("_", " ").capitalize()


def said(value: Any, zone: str = "UTC") -> str:
    """A value of a record in words; moments in a zone."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        return languages.best(dict(value))
    if isinstance(value, list | tuple):
        return languages.joined([said(one, zone) for one in value])
    try:
        return (
            filters.moment(datetime.fromisoformat(value), zone)
            if "T" in value
            else filters.day(date.fromisoformat(value))
        )
    except (ValueError, TypeError):
        return str(value)


def columns(row: Any) -> dict[str, Any]:
    """The columns of a row that say something about somebody: no keys, nothing sealed, nothing technical."""
    mapper = inspect_row(type(row))
    return {
        column.name: plain(getattr(row, mapper.get_property_by_column(column).key))
        for column in row.__table__.columns
        if column.info["data"] in (Data.PERSONAL, Data.CONTENT, Data.EVIDENCE) and not column.foreign_keys
    }


def plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def archive(
    record: dict[str, Any], page: str, title: str, language: str, files: Iterable[tuple[str, bytes]] = ()
) -> bytes:
    """data.json, record.pdf (record.html where no PDF can be made) and the files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("data.json", json.dumps(record, ensure_ascii=False, indent=2))
        out.writestr(*_printed(page, title, language))
        for name, one in files:
            out.writestr(name, one)
    return content.getvalue()


def account(of: Account, roles: Iterable[Mandate], sign_ins: Iterable[SignIn], language: str) -> bytes:
    """An account with its roles and sign-ins."""
    record = {
        "made_at": plain(clock.now()),
        "account": columns(of),
        "roles": [
            columns(one) | {"conference": one.conference.name if one.conference is not None else {}} for one in roles
        ],
        "sign_ins": [columns(one) for one in sign_ins],
    }
    with speaking(language):
        title = _("Data of the account %(address)s", address=of.email)
        page = render_template("people/me/own_data.pdf.html", title=title, record=record, rows_of=rows)
        return archive(record, page, title, language)


def _printed(page: str, title: str, language: str) -> tuple[str, bytes]:
    try:
        return "record.pdf", pdf.render(
            page, language=language, title=title, created=clock.now(), css=CSS, profile="plain"
        )
    except pdf.RenderingFailed:
        direction = languages.language(language).direction
        head = f'<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><title>confapp</title>'
        return "record.html", f"{head}{page}</html>".encode()
