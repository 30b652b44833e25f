"""Documents for these tests, made by the same actions that people use."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from confapp.conferences.models import Conference
from confapp.conferences.rules import Status as ConferenceStatus
from confapp.documents import actions, queries
from confapp.documents.models import Block, Document, Issue
from confapp.documents.rules import BlockKind, DocumentKind, Manner, Nature, WorkState, inline
from confapp.foundation import jobs
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.people.models import Account

TITLE = {"en": "Message of the Test", "id": "Pesan Uji"}


@contextmanager
def writing_in(conference: Conference) -> Iterator[None]:
    with in_conference(conference.id), writing():
        yield


def document(conference: Conference, by: Actor, *, symbol: str = "TEST/1/L.1", **changes: Any) -> str:
    """A small complete outcome with every kind of block; returns its ref."""
    values: dict[str, Any] = {
        "symbol": symbol,
        "kind": DocumentKind.OUTCOME,
        "nature": Nature.VOLUNTARY_MESSAGE,
        "title": TITLE,
        "languages": ["en", "id"],
        "authentic_languages": ["en"],
    }
    with writing_in(conference):
        made = actions.create(conference, by=by, **(values | changes))
        for kind, en, id_ in TEXT:
            actions.add_block(made, kind, {"en": en, "id": id_}, after=_last(made), by=by)
        return made.ref


def empty(conference: Conference, by: Actor) -> str:
    """One that has its title and an empty paragraph."""
    with writing_in(conference):
        made = actions.create(
            conference, symbol="TEST/9", kind=DocumentKind.OUTCOME, title=TITLE, languages=["en", "id"], by=by
        )
        actions.add_block(made, BlockKind.PARAGRAPH, {}, by=by)
        return made.ref


def _last(document: Document) -> Block:
    return queries.draft(document).rows[-1].block


TEXT = (
    (BlockKind.ORGAN, "We, who test,", "Kami, yang menguji,"),
    (BlockKind.PREAMBULAR, "*Recalling* earlier tests,", "*Mengingat* uji terdahulu,"),
    (BlockKind.HEADING, "I. Principles", "I. Prinsip"),
    (BlockKind.OPERATIVE, "*Affirm* that tests help;", "*Menegaskan* bahwa uji membantu;"),
    (BlockKind.OPERATIVE, "*Agree* on:", "*Sepakat* atas:"),
    (BlockKind.LIST_ITEM, "one <thing> & another;", "satu <hal> & lainnya;"),
    (BlockKind.LIST_ITEM, "a **second** one.", "yang **kedua**."),
    (BlockKind.ANNEX, "Annex: Steps", "Lampiran: Langkah"),
    (BlockKind.PARAGRAPH, "The steps are few.", "Langkahnya sedikit."),
)


def adopt(conference: Conference, ref: str, by: Actor) -> None:
    with writing_in(conference):
        actions.adopt(
            queries.document(ref),  # type: ignore[arg-type]
            manner=Manner.CONSENSUS,
            meeting={"en": "closing session", "id": "sesi penutupan"},
            adopted_on=date(2027, 4, 22),
            presiding={"en": "Chair"},
            by=by,
        )


def prepare(conference: Conference, ref: str, by: Actor) -> int:
    with writing_in(conference):
        return actions.prepare_publication(queries.document(ref), by=by).id  # type: ignore[arg-type]


def publish(conference: Conference, ref: str, by: Actor) -> int:
    """Prepares an issue and lets the worker finish it; returns its number."""
    prepare(conference, ref, by)
    jobs.run_due()
    release(conference, ref)
    with in_conference(conference.id):
        return issues(ref)[-1].number


def release(conference: Conference, ref: str, by: Actor | None = None, at: datetime | None = None) -> None:
    """As another person than the one who prepared it."""
    with writing_in(conference):
        actions.release(issues(ref)[-1], at=at, by=by or replace(SYSTEM, name="Test Person"))


def take_back(conference: Conference) -> None:
    """Makes the conference a draft again."""
    with writing_in(conference):
        db.session.get_one(Conference, conference.id).status = ConferenceStatus.DRAFT


def issues(ref: str) -> list[Issue]:
    found = queries.document(ref)
    assert found is not None
    return list(found.issues)


def write(conference: Conference, ref: str, number: int, language: str, markup: str, by: Actor) -> None:
    """Writes the text of the block that stands at a place of the draft."""
    with writing_in(conference):
        found = queries.document(ref)
        assert found is not None
        row = queries.draft(found).rows[number]
        base = row.texts[language].sha256 if language in row.texts else ""
        actions.write_text(found, row.block, language, markup, base=base, by=by)


def inline_of(row: queries.Row, language: str) -> str:
    """What a person would find in the form."""
    return inline.to_markup(row.texts[language].inline)


def give(
    conference: Conference,
    ref: str,
    by: Actor,
    language: str = "id",
    *,
    to: Account | None = None,
    checks: Account | None = None,
    state: WorkState = WorkState.IN_HAND,
) -> None:
    """A language of a document into the hands of a translator and a reviser."""
    with writing_in(conference):
        actions.set_work(
            queries.document(ref),
            language,
            state=state,
            due_at=None,
            assignee_id=to.id if to else None,
            reviser_id=checks.id if checks else None,
            note="soon",
            by=by,
        )
