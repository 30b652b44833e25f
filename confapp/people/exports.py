"""What is known of somebody, for that person to take away: JSON and PDF in one ZIP, with the files."""

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import render_template
from sqlalchemy import inspect as inspect_row

from confapp.foundation import clock, languages, pdf
from confapp.foundation.db import Data
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import speaking
from confapp.people.models import Account, Mandate, SignIn

CSS = """
body { font-family: var(--sans); font-size: 10pt }
h1, h2 { font-family: var(--serif) }
table { width: 100%; border-collapse: collapse }
th, td { text-align: start; vertical-align: top; padding: 2pt 6pt 2pt 0; border-bottom: .3pt solid #999 }
th { width: 35%; font-weight: 500 }
"""


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
        page = render_template("people/me/own_data.pdf.html", title=title, record=record)
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
