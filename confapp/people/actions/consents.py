"""What people agree to, whichever feature asks: texts with versions, and each agreement to one of them.

A feature names its kinds and has the words of each first version; that is written down when somebody first agrees.
"""

import hashlib
import json
from collections.abc import Iterable

from sqlalchemy import insert

from confapp.foundation import audit, clock, jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.people import queries
from confapp.people.models import Consent, ConsentText, Person
from confapp.people.queries import Standing

NEEDED = ("en", "id")  # both are equal, so neither may be missing

Texts = dict[str, str]


def agree(person: Person, texts: Iterable[ConsentText], *, by: Actor, via: str) -> None:
    """To each of these texts, in the person's language."""
    about = {"conference_id": person.conference_id, "person_id": person.id, "language": person.language}
    if rows := [about | {"text_id": text.id, "given_by": by.account_id, "via": via} for text in texts]:
        db.session.connection().execute(_AGREED, rows)


_AGREED = insert(Consent.__table__)  # several at once, and every registration does


def take_back(standing: Standing) -> None:
    """What was agreed stays on record with the time at which it ended."""
    for one in standing.agreed:
        one.withdrawn_at = clock.now()


def text_in_force(conference_id: int, kind: str, first: Texts) -> ConsentText:
    """The present version of a text."""
    return queries.consent_texts().get(kind) or _first_text(conference_id, kind, first)


def reword(actor: Actor, conference_id: int, kind: str, first: Texts, words: Texts, ask: str = "") -> ConsentText:
    """A changed text is a new version; the job `ask` writes to those who agreed to an earlier one."""
    words = {code: text for code, text in words.items() if text}
    if missing := [code for code in NEEDED if not words.get(code)]:
        raise Refused(_("The text is needed in English and in Indonesian."), 422, f"text-{missing[0]}")
    before = queries.consent_texts().get(kind)
    if words == (before.text if before else first):
        raise Refused(_("Nothing in the text was changed."), 422, "text")
    made = _add_text(conference_id, kind, before.version + 1 if before else 1, words)
    if made is None:
        raise Refused(_("Somebody changed this text at the same moment. Open the page again."), 409)
    audit.record(actor, "word_consent", made, kind=kind, version=made.version)
    if before is not None and ask:
        jobs.enqueue(ask, {"ref": made.ref}, conference_id=conference_id, key=f"ask:{made.ref}")
    return made


def begin_with(actor: Actor, conference_id: int, kind: str, words: Texts) -> None:
    """The first version of a text in a new conference; nobody has agreed to it yet."""
    made = _add_text(conference_id, kind, 1, dict(words))
    if made is not None:
        audit.record(actor, "word_consent", made, kind=kind, version=made.version)


def _first_text(conference_id: int, kind: str, first: Texts) -> ConsentText:
    made = _add_text(conference_id, kind, 1, dict(first))
    return made or queries.consent_texts()[kind]


def _add_text(conference_id: int, kind: str, version: int, words: Texts) -> ConsentText | None:
    """None when somebody else wrote this version at the same moment."""
    canonical = json.dumps(words, ensure_ascii=False, sort_keys=True).encode()
    statement = inserting(ConsentText).values(
        conference_id=conference_id,
        ref=new_ref(),
        kind=kind,
        version=version,
        text=words,
        sha256=hashlib.sha256(canonical).hexdigest(),
        created_at=clock.now(),
    )
    made: ConsentText | None = db.session.scalar(statement.on_conflict_do_nothing().returning(ConsentText))
    return made
