"""The organizer's emblem on what a conference prints."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation.db import InConference, Referenced, Revised, Translated, column, db, link
from confapp.foundation.files import StoredFile


class Emblem(Referenced, Revised, InConference, db.Model):
    """One for a conference; `alt` is what is read out in its place."""

    __public__ = True

    __table_args__ = (UniqueConstraint("conference_id"),)

    file_id: Mapped[int] = link("stored_file", nullable=False)
    alt: Mapped[dict[str, str]] = column(Translated, nullable=False)

    file: Mapped[StoredFile] = relationship()
