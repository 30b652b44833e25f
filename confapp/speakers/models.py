from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    Revised,
    Translated,
    column,
    db,
    evidence,
    link,
    personal,
)


class Speaker(Referenced, Revised, InConference, db.Model):
    """A person who speaks: rights and a mark beside the registration, with what the public may read of them."""

    __public__ = True

    person_id: Mapped[int] = link("person", nullable=False, unique=True)
    affiliation: Mapped[dict[str, str]] = personal(Translated, nullable=False, default=dict)
    biography: Mapped[dict[str, str]] = personal(Translated, nullable=False, default=dict)
    photo_id: Mapped[int | None] = link("stored_file", data=Data.PERSONAL)
    country: Mapped[str] = personal(String(3), nullable=False, default="")
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    public_from: Mapped[datetime | None] = column(Moment)

    person: Mapped[Any] = relationship("Person")
