"""Lists that people work with: views they saved, and tables they brought in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    Translated,
    choice,
    column,
    db,
    evidence,
    link,
    one_of,
    personal,
    technical,
)
from confapp.foundation.files import StoredFile
from confapp.registration.rules.imports import ActKind, ImportKind, ImportState


class SavedView(Referenced, InConference, db.Model):
    """A filter of a list under a name, for its owner or for all who see the list."""

    __table_args__ = (UniqueConstraint("conference_id", "list_name", "account_id", "name"),)

    account_id: Mapped[int] = link("account", nullable=False)
    list_name: Mapped[str] = technical(String(40), nullable=False)
    name: Mapped[str] = column(String(80), nullable=False)
    query: Mapped[str] = column(String(1000), nullable=False, default="")
    is_shared: Mapped[bool] = column(Boolean, nullable=False, default=False)
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)


class Import(Referenced, InConference, db.Model):
    """A table of people that was brought in: its file, how its columns were read, and what became of each row."""

    __tablename__ = "import_batch"
    __table_args__ = (one_of(ImportState, "state"), one_of(ImportKind, "kind"))

    kind: Mapped[ImportKind] = choice(ImportKind, "kind", nullable=False, default=ImportKind.PEOPLE)
    state: Mapped[ImportState] = choice(ImportState, "state", nullable=False, default=ImportState.UPLOADED)
    file_id: Mapped[int | None] = link("stored_file", data=Data.PERSONAL)
    source: Mapped[str] = personal(String(200), nullable=False, default="")
    delegation_id: Mapped[int | None] = link("delegation")
    category_id: Mapped[int | None] = link("category")
    mapping: Mapped[dict[str, Any]] = column(JSON, nullable=False, default=dict)
    report: Mapped[list[dict[str, Any]]] = personal(JSON, nullable=False, default=list)
    rows: Mapped[int] = column(Integer, nullable=False, default=0)
    sound: Mapped[int] = column(Integer, nullable=False, default=0)
    added: Mapped[int] = column(Integer, nullable=False, default=0)
    fault: Mapped[str] = column(Text, nullable=False, default="")
    job_ref: Mapped[str] = technical(String(32), nullable=False, default="")
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    made_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    done_at: Mapped[datetime | None] = evidence(Moment)

    file: Mapped[StoredFile | None] = relationship()


class BulkAct(Referenced, InConference, db.Model):
    """Something done for many registrations at once: for whom, with which words, and what became of each line."""

    __table_args__ = (one_of(ActKind, "kind"),)

    kind: Mapped[ActKind] = choice(ActKind, "kind", nullable=False)
    subject: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    text: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    tag: Mapped[str] = column(String(60), nullable=False, default="")
    chosen: Mapped[list[int]] = technical(JSON, nullable=False, default=list)
    done: Mapped[int] = column(Integer, nullable=False, default=0)
    report: Mapped[list[list[str]]] = personal(JSON, nullable=False, default=list)
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    made_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    done_at: Mapped[datetime | None] = evidence(Moment)
