"""Rows the web layer keeps: answered forms (idempotency) and counters of attempts (rate limits)."""

from datetime import datetime

from sqlalchemy import Float, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from confapp.foundation import clock
from confapp.foundation.db import Moment, db, key, technical


class FormKey(db.Model):
    """A submitted form: a repeat gets the first result, another body under the same key a 409."""

    __table_args__ = (UniqueConstraint("form_key", "endpoint"),)

    id: Mapped[int] = key()
    form_key: Mapped[str] = technical(String(64), nullable=False)
    endpoint: Mapped[str] = technical(String(120), nullable=False)
    who: Mapped[str] = technical(String(64), nullable=False, default="")
    body_sha256: Mapped[str] = technical(String(64), nullable=False)
    status: Mapped[int] = technical(nullable=False, default=0)
    location: Mapped[str] = technical(String(500), nullable=False, default="")
    at: Mapped[datetime] = technical(Moment, nullable=False, default=clock.now, index=True)


class Attempts(db.Model):
    """A token bucket: how much of a limit one mailbox or address has left."""

    __table_args__ = (UniqueConstraint("bucket"),)

    id: Mapped[int] = key()
    bucket: Mapped[str] = technical(String(120), nullable=False)
    tokens: Mapped[float] = technical(Float, nullable=False)
    at: Mapped[datetime] = technical(Moment, nullable=False)
