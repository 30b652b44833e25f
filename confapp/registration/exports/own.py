"""Everything that is known of one person in one conference, for that person, with the files.

Columns are taken from the tables themselves, so that a new one is never forgotten. What the offices wrote for each
other is not in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from confapp.conferences.models import Conference
from confapp.foundation import clock, vault
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import speaking
from confapp.foundation.mail import Mail
from confapp.foundation.sealing import Reading, Unreadable
from confapp.people import exports as people
from confapp.people.exports import columns, plain
from confapp.people.models import Consent, ConsentText
from confapp.people.rules import consent_names
from confapp.registration import queries
from confapp.registration.models import Answer, Letter, Registration
from confapp.registration.rules import INTERNAL, Status
from confapp.registration.rules.answers import in_words
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
    doubles: Sequence[Registration] = ()  # registrations that became one with this one


def archive(known: Known, language: str) -> bytes:
    told = record(known)
    with speaking(language):
        title = _("Data of registration %(number)s", number=known.registration.number)
        page = render_template(
            "registration/me/own_data.pdf.html",
            title=title,
            data=known,
            record=told,
            rows_of=people.rows,
            answer_words=lambda answer: _in_words(answer, known.conference.zone),
            ledger_of=lambda registration: queries.ledger_of(registration, for_office=False),
            consent_name=lambda kind: _(consent_names[kind]) if kind in consent_names else kind,
            made_at=clock.now(),
        )
        return people.archive(told, page, title, language, _files(known))


def record(known: Known) -> dict[str, Any]:
    """The same as one structure, by English names."""
    return {
        "made_at": plain(clock.now()),
        "conference": {"name": known.conference.name, "address": known.conference.slug},
        **_told_of(known.registration),
        "consents": [
            {"kind": text.kind, "version": text.version, "text": text.text, "sha256": text.sha256} | columns(given)
            for text, given in known.consents
        ],
        "letters": [columns(one) for one in known.letters],
        "mails": [{"subject": one.subject, "text": one.text, "sent_at": plain(one.sent_at)} for one in known.mails],
        "looked_at_by": [columns(one) for one in known.readings],
        "merged_registrations": [_told_of(one) for one in known.doubles],
    }


def _told_of(registration: Registration) -> dict[str, Any]:
    """One registration with its person and all that stands under it."""
    person = registration.person
    return {
        "registration": _as_told(columns(registration))
        | {
            "category": registration.category.name,
            "delegation": registration.delegation.name if registration.delegation else {},
        },
        "person": columns(person) | {name: _opened(person, name) for name in OF_PERSON},
        "answers": [
            {"question": one.version.label, "answer": one.known_value, "answered_at": plain(one.answered_at)}
            for one in registration.answers
        ],
        "ledger": [_as_told(columns(move)) for move in registration.moves if move.verb not in INTERNAL],
        "conversation": [columns(one) for one in registration.remarks if not one.is_internal],
        "papers": [columns(one) for one in registration.credentials],
    }


def _as_told(values: dict[str, Any]) -> dict[str, Any]:
    """That the offices put something aside is their own affair: for the person it is under review, as on the pages."""
    aside, told = Status.ON_HOLD.value, Status.UNDER_REVIEW.value
    return {name: told if value == aside else value for name, value in values.items()}


def _in_words(answer: Answer, zone: str) -> str:
    """For its giver nothing is closed but what was deleted for good."""
    try:
        name = answer.file.name if answer.file is not None else ""
        value = None if answer.file is not None else answer.value
        return in_words(answer.question.kind, answer.version, value, zone=zone, file_name=name)
    except Unreadable:
        return ""


def _opened(person: Any, name: str) -> str:
    try:
        value: str = getattr(person, name)
    except Unreadable:
        return ""
    return diet_said(value) if name == "diet" and value else value


def _files(known: Known) -> Iterator[tuple[str, bytes]]:
    named = [*_files_of(known.registration), *_numbered("letter", known.letters)]
    for double in known.doubles:
        named += [(f"{double.number}-{name}", stored) for name, stored in _files_of(double)]
    for name, stored in named:
        if stored is not None and (content := _content(stored)) is not None:
            yield f"{name}.{ENDINGS.get(stored.media_type, 'bin')}", content


def _files_of(registration: Registration) -> list[tuple[str, StoredFile | None]]:
    own: list[tuple[str, StoredFile | None]] = [("photo", registration.person.photo)]
    return own + _numbered("paper", registration.credentials) + _numbered("answer", registration.answers)


def _numbered(kind: str, rows: Sequence[Any]) -> list[tuple[str, StoredFile | None]]:
    return [(f"{kind}-{number}", one.file) for number, one in enumerate(rows, 1)]


def _content(stored: StoredFile) -> bytes | None:
    """None for what was deleted for good in the meantime."""
    try:
        return vault.read(stored)
    except (Unreadable, FileNotFoundError):
        return None
