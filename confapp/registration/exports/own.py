"""Everything that is known of one person in one conference, for that person: JSON and PDF in one ZIP with the files.

Columns are taken from the tables themselves, so that a new one is never forgotten. What the offices wrote for each other
is not in it.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import render_template
from sqlalchemy import inspect as inspect_row

from confapp.conferences.models import Conference
from confapp.foundation import clock, languages, pdf, vault
from confapp.foundation.db import Data
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Mail
from confapp.foundation.sealing import Reading, Unreadable
from confapp.people.models import Consent, ConsentText
from confapp.registration.models import Answer, Letter, Registration
from confapp.registration.rules import CONSENT_NAMES, INTERNAL
from confapp.registration.rules.privacy import OF_PERSON, diet_said

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True)
class Known:
    """What is read about one person before it is written."""

    registration: Registration
    conference: Conference
    consents: Sequence[tuple[ConsentText, Consent]]
    readings: Sequence[Reading]
    letters: Sequence[Letter]
    mails: Sequence[Mail]


def archive(known: Known, language: str) -> bytes:
    """data.json, record.pdf (record.html where no PDF can be made) and the person's files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("data.json", json.dumps(record(known), ensure_ascii=False, indent=2))
        name, page = _page(known, language)
        out.writestr(name, page)
        for name, stored in _files(known):
            try:
                out.writestr(name, vault.read(stored))
            except (Unreadable, FileNotFoundError):
                continue  # deleted for good since
    return content.getvalue()


def record(known: Known) -> dict[str, Any]:
    """The same as one structure, by English names."""
    registration = known.registration
    person = registration.person
    return {
        "made_at": _plain(clock.now()),
        "conference": {"name": known.conference.name, "address": known.conference.slug},
        "registration": columns(registration)
        | {
            "category": registration.category.name,
            "delegation": registration.delegation.name if registration.delegation else {},
        },
        "person": columns(person) | {name: _opened(person, name) for name in OF_PERSON},
        "answers": [
            {"question": one.version.label, "answer": answer_of(one), "answered_at": _plain(one.answered_at)}
            for one in registration.answers
        ],
        "consents": [
            {"kind": text.kind, "version": text.version, "text": text.text, "sha256": text.sha256} | columns(given)
            for text, given in known.consents
        ],
        "ledger": [columns(move) for move in told(registration)],
        "conversation": [columns(one) for one in registration.remarks if not one.is_internal],
        "papers": [columns(one) for one in registration.credentials],
        "letters": [columns(one) for one in known.letters],
        "mails": [{"subject": one.subject, "text": one.text, "sent_at": _plain(one.sent_at)} for one in known.mails],
        "looked_at_by": [columns(one) for one in known.readings],
    }


def columns(row: Any) -> dict[str, Any]:
    """The columns of a row that say something about somebody: no keys, nothing sealed, nothing of the program itself."""
    mapper = inspect_row(type(row))
    return {
        column.name: _plain(getattr(row, mapper.get_property_by_column(column).key))
        for column in row.__table__.columns
        if column.info["data"] in (Data.PERSONAL, Data.CONTENT, Data.EVIDENCE) and not column.foreign_keys
    }


def told(registration: Registration) -> list[Any]:
    return [move for move in registration.moves if move.verb not in INTERNAL]


def answer_of(answer: Answer) -> Any:
    try:
        return answer.plain if answer.plain is not None else answer.high or answer.special
    except Unreadable:
        return None


def _opened(person: Any, name: str) -> str:
    try:
        value: str = getattr(person, name)
    except Unreadable:
        return ""
    return diet_said(value) if name == "diet" and value else value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _page(known: Known, language: str) -> tuple[str, bytes]:
    with speaking(language):
        title = _("Data of registration %(number)s", number=known.registration.number)
        html = render_template(
            "registration/me/own_data.pdf.html",
            title=title,
            data=known,
            record=record(known),
            answers=[(best(one.version.label), answer_of(one)) for one in known.registration.answers],
            consent_name=lambda kind: _(CONSENT_NAMES[kind]) if kind in CONSENT_NAMES else kind,
            made_at=clock.now(),
        )
        try:
            return "record.pdf", pdf.render(
                html,
                language=language,
                title=title,
                created=clock.now(),
                css="body { font-family: var(--sans); font-size: 10pt } table { width: 100%; border-collapse: collapse }"
                " th, td { text-align: left; vertical-align: top; padding: 2pt 6pt 2pt 0; border-bottom: .3pt solid #999 }"
                " h1, h2 { font-family: var(--serif) } th { width: 35% }",
                profile="plain",
            )
        except pdf.RenderingFailed:
            head = f'<!doctype html><html lang="{language}" dir="{languages.language(language).direction}">'
            return "record.html", f'{head}<meta charset="utf-8"><title>{title}</title>{html}</html>'.encode()


def _files(known: Known) -> Iterator[tuple[str, StoredFile]]:
    registration = known.registration
    if registration.person.photo is not None:
        yield f"photo.{_ending(registration.person.photo)}", registration.person.photo
    for kind, rows in (("letter", known.letters), ("paper", registration.credentials), ("answer", registration.answers)):
        for number, row in enumerate(rows, 1):
            if row.file is not None:
                yield f"{kind}-{number}.{_ending(row.file)}", row.file


def _ending(stored: StoredFile) -> str:
    return ENDINGS.get(stored.media_type, "bin")
