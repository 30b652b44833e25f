"""How a text was adopted."""

from datetime import date, datetime

from sqlalchemy import Date
from sqlalchemy.orm import Mapped, relationship

from confapp.documents.models.text import Version
from confapp.documents.rules import (
    Manner,
)
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
)


class Adoption(Referenced, InConference, db.Model):
    """How, when and where a frozen version was adopted, and who presided."""

    __public__ = True

    __table_args__ = (one_of(Manner, "manner"),)

    document_id: Mapped[int] = link("document", nullable=False)
    version_id: Mapped[int] = link("version", nullable=False, unique=True)
    manner: Mapped[Manner] = choice(Manner, "manner", nullable=False)
    meeting: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    adopted_on: Mapped[date] = column(Date, nullable=False)
    presiding: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    recorded_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    recorded_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    version: Mapped[Version] = relationship(back_populates="adoption")
