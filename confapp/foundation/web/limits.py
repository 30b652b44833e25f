"""Rate limits as token buckets in the database, so that they hold over all processes and restarts."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from flask import abort, current_app, request
from sqlalchemy import select

from confapp.foundation import clock
from confapp.foundation.db import db, inserting
from confapp.foundation.transactions import writing
from confapp.foundation.web import identity
from confapp.foundation.web.models import Attempts

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Limit:
    """At most `number` attempts in `per`, for whatever `whose` returns (None: not limited this time)."""

    name: str
    number: int
    per: timedelta
    whose: Callable[[], str | None]


def by_address() -> str | None:
    """Of IPv6 the half that a provider gives to one customer, who could use every address below it."""
    return identity.network(32, 64) if request.method == "POST" else None


def by_field(name: str) -> Callable[[], str | None]:
    def whose() -> str | None:
        value = request.form.get(name, "").strip().casefold() if request.method == "POST" else ""
        return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:32] if value else None

    return whose


def limited(*limits: Limit) -> Callable[[View], View]:
    """Declares the limits of a view; they are spent in the entry transaction, before anything else happens."""

    def declare(view: View) -> View:
        view.limited = limits  # type: ignore[attr-defined]
        return view

    return declare


def spend(limit: Limit) -> None:
    """Takes one token; aborts with 429 when none is left. LIMITS in the configuration may raise a number by name."""
    whose = limit.whose()
    if whose is None:
        return
    number = current_app.config.get("LIMITS", {}).get(limit.name, limit.number)
    with writing():
        wait = _take(f"{limit.name}:{whose}", number, limit.per)
    if wait is not None:
        abort(429, response=None, description=str(max(1, round(wait))))


def _take(bucket: str, number: int, per: timedelta) -> float | None:
    """None when a token was there, else the seconds until there is one."""
    moment = clock.now()
    db.session.execute(
        inserting(Attempts).values(bucket=bucket, tokens=float(number), at=moment).on_conflict_do_nothing()
    )
    row = db.session.scalars(select(Attempts).where(Attempts.bucket == bucket).with_for_update()).one()
    rate = number / per.total_seconds()
    tokens = min(float(number), row.tokens + (moment - row.at).total_seconds() * rate)
    row.at = moment
    row.tokens = tokens - 1 if tokens >= 1 else tokens
    return None if tokens >= 1 else (1 - tokens) / rate
