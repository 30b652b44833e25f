"""The work on languages: what was checked, the terms of the conference, and what it wants of translations."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.documents.models.text import BlockText
from confapp.documents.rules.glossary import GlossaryVerb
from confapp.documents.rules.languages import CheckState
from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    Revised,
    Translated,
    choice,
    column,
    db,
    evidence,
    key,
    link,
    one_of,
)


class TextCheck(InConference, db.Model):
    """That a text was checked or made final. It hangs on this very text: another text begins without one."""

    __table_args__ = (one_of(CheckState, "state"), UniqueConstraint("text_id"))

    id: Mapped[int] = key()
    text_id: Mapped[int] = link("block_text", nullable=False, index=False)
    state: Mapped[CheckState] = choice(CheckState, "state", nullable=False)
    checked_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    checked_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")

    text: Mapped[BlockText] = relationship()


class GlossaryTerm(Referenced, Revised, InConference, db.Model):
    """A term as the conference writes it: by language, several wordings parted by semicolons; and what not to write."""

    words: Mapped[dict[str, str]] = column(Translated, nullable=False, copy=True)
    forbidden: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict, copy=True)
    note: Mapped[str] = column(String(500), nullable=False, default="", copy=True)
    changed_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)


class GlossaryChange(Referenced, InConference, db.Model):
    """One act on the glossary: each term with what it was and what it became, None where it was not there."""

    __table_args__ = (one_of(GlossaryVerb, "verb"),)

    verb: Mapped[GlossaryVerb] = choice(GlossaryVerb, "verb", nullable=False)
    terms: Mapped[list[Any]] = column(JSON, nullable=False)
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    made_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    undone_at: Mapped[datetime | None] = evidence(Moment)


class TranslationRules(Referenced, Revised, InConference, db.Model):
    """What a conference wants of its translations; one row, or none where nobody has said anything."""

    __table_args__: Any = (UniqueConstraint("conference_id"),)

    wants_checks: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
    four_eyes: Mapped[bool] = column(Boolean, nullable=False, default=False, copy=True)
