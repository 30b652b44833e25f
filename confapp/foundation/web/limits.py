"""Rate limits as token buckets in the database, so that they hold over all processes and restarts."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from flask import abort, current_app, request
from sqlalchemy import update

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


def spend(limits: Iterable[Limit]) -> None:
    """Takes a token of each; aborts with 429 when one has none left. LIMITS in the configuration raises numbers."""
    asked = [(limit, whose) for limit in limits if (whose := limit.whose()) is not None]
    if not asked:
        return
    asked.sort(key=lambda one: one[0].name)  # everybody locks the counters in the same order
    raised = current_app.config.get("LIMITS", {})
    with writing():
        waits = [_take(f"{one.name}:{whose}", raised.get(one.name, one.number), one.per) for one, whose in asked]
    if wait := max(waits):
        abort(429, response=None, description=str(max(1, round(wait))))


def _take(bucket: str, number: int, per: timedelta) -> float:
    """0 when a token was there, else the seconds until there is one."""
    moment = clock.now()
    full = inserting(Attempts).values(bucket=bucket, tokens=float(number), at=moment)
    row = db.session.execute(
        full.on_conflict_do_update(index_elements=["bucket"], set_={"bucket": bucket}).returning(
            Attempts.id, Attempts.tokens, Attempts.at
        )
    ).one()
    rate = number / per.total_seconds()
    tokens = min(float(number), row.tokens + (moment - row.at).total_seconds() * rate)
    left = tokens - 1 if tokens >= 1 else tokens
    db.session.execute(update(Attempts).where(Attempts.id == row.id).values(tokens=left, at=moment))
    return 0.0 if tokens >= 1 else (1 - tokens) / rate
