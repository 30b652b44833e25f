"""Rows the web layer keeps: answered forms (idempotency), drafts, and counters of attempts (rate limits)."""

from datetime import datetime

from sqlalchemy import Float, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from confapp.foundation import clock
from confapp.foundation.db import Moment, Referenced, db, key, link, personal, technical


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


class FormDraft(Referenced, db.Model):
    """What was typed into a form when the sign-in had ended: sealed, for one account and one address, for a day."""

    __table_args__ = (UniqueConstraint("account_id", "address"), {"info": {"unscoped": True}})

    account_id: Mapped[int] = link("account", nullable=False)
    conference_id: Mapped[int] = link("conference", nullable=False)
    address: Mapped[str] = technical(String(300), nullable=False)
    content: Mapped[bytes | None] = personal(LargeBinary)
    kept_at: Mapped[datetime] = technical(Moment, nullable=False, default=clock.now, index=True)


class Attempts(db.Model):
    """A token bucket: how much of a limit one mailbox or address has left."""

    __table_args__ = (UniqueConstraint("bucket"),)

    id: Mapped[int] = key()
    bucket: Mapped[str] = technical(String(120), nullable=False)
    tokens: Mapped[float] = technical(Float, nullable=False)
    at: Mapped[datetime] = technical(Moment, nullable=False)
