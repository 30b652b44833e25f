"""An account that is no longer wanted: asked for by its holder, done at the end of a clock, taken back before."""

from datetime import timedelta

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.people import queries
from confapp.people.actions.forgetting import forget_account
from confapp.people.models import Account, ErasureRequest

DONE_WITHIN = timedelta(hours=72)


def ask_erasure(actor: Actor, account: Account, *, typed: str) -> None:
    """The address is typed so that nobody slips. Asked once."""
    if typed.strip().casefold() != account.email_folded:
        raise Refused(_("Type %(address)s to confirm.", address=account.email), 422, "typed")
    _refuse_last_administrator(account)
    now = clock.now()
    made = db.session.scalar(
        inserting(ErasureRequest)
        .values(ref=new_ref(), account_id=account.id, asked_at=now, asked_by=actor.account_id, due_at=now + DONE_WITHIN)
        .on_conflict_do_nothing()
        .returning(ErasureRequest.id)
    )
    if made is not None:
        audit.record(actor, "ask_erasure", account)


def keep_after_all(actor: Actor, account: Account) -> None:
    request = queries.open_erasure(account.id)
    if request is not None:
        request.cancelled_at = clock.now()
        audit.record(actor, "keep_data", account)


def erase_account(actor: Actor, request: ErasureRequest) -> None:
    """Does what was asked. What the account did stays on record, by a number."""
    account = request.account
    if account is None or not request.is_open:
        return
    _refuse_last_administrator(account)
    request.done_at, request.done_by = clock.now(), actor.account_id
    forget_account(actor, account)
    audit.record(actor, "erase_account", account)


def _refuse_last_administrator(account: Account) -> None:
    if queries.administrator_mandate(account.id) and len(queries.administrators(clock.now())) < 2:
        raise Refused(_("This is the last administrator. Name another one first."))
