from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, relationship

from confapp.conferences.rules import Format
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
    link,
    one_of,
    personal,
    technical,
)
from confapp.foundation.files import StoredFile


class Speaker(Referenced, Revised, InConference, db.Model):
    """A person who speaks: rights and a mark beside the registration, with what the public may read of them.

    `mode` and `zone` say how and from where they take part, `needs` what they ask of the room, for the organizers.
    `availability` has triples: two instants (ISO 8601, UTC) and whether the person is free between them. Where some
    are free, the person is so then only; without any, always. `printed` is what the newest release says of them to the
    public, with their sessions; empty while they stand in none. `small_photo` is the photo again, for lists.
    `consents_at` is when they last said to what they agree.
    """

    __public__ = True

    __table_args__ = (one_of(Format, "mode"),)

    person_id: Mapped[int] = link("person", nullable=False, unique=True)
    affiliation: Mapped[dict[str, str]] = personal(Translated, nullable=False, default=dict)
    biography: Mapped[dict[str, str]] = personal(Translated, nullable=False, default=dict)
    photo_id: Mapped[int | None] = link("stored_file", data=Data.PERSONAL)
    small_photo_id: Mapped[int | None] = link("stored_file", data=Data.PERSONAL)
    country: Mapped[str] = personal(String(3), nullable=False, default="")
    created_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    public_from: Mapped[datetime | None] = column(Moment)
    mode: Mapped[Format] = choice(Format, "mode", nullable=False, default=Format.IN_PERSON)
    zone: Mapped[str] = personal(String(60), nullable=False, default="")
    availability: Mapped[list[list[Any]]] = personal(JSON, nullable=False, default=list)
    needs: Mapped[str] = personal(Text, nullable=False, default="")
    printed: Mapped[dict[str, Any]] = personal(JSON, nullable=False, default=dict)
    external_id: Mapped[str] = technical(String(120), nullable=False, default="")
    invited_at: Mapped[datetime | None] = evidence(Moment)
    answered_at: Mapped[datetime | None] = evidence(Moment)
    consents_at: Mapped[datetime | None] = evidence(Moment)

    person: Mapped[Any] = relationship("Person")
    photo: Mapped[StoredFile | None] = relationship(foreign_keys=[photo_id])
    small_photo: Mapped[StoredFile | None] = relationship(foreign_keys=[small_photo_id])

    @property
    def waits(self) -> bool:
        """Asked, and the answer is still to come."""
        return self.invited_at is not None and (self.answered_at is None or self.answered_at < self.invited_at)
