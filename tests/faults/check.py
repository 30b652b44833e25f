"""Looks at the database of a kill test from outside its processes; prints what is there, as JSON."""

import json
import sys
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, text, update

from confapp import create_app
from confapp.foundation import audit, clock, places
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db
from confapp.foundation.mail import Mail, MailState
from confapp.foundation.places import Quota
from confapp.foundation.transactions import writing
from confapp.people.models import Person
from confapp.registration.models import Registration

ON_THEIR_WAY = (MailState.QUEUED, MailState.LEASED, MailState.HANDING_OVER)


def let_time_pass() -> dict[str, Any]:
    """The leases of the dead lapse; nobody wants to wait a minute for it."""
    with writing():
        db.session.execute(
            update(Mail).where(Mail.leased_until.is_not(None)).values(leased_until=clock.now() - timedelta(seconds=1))
        )
        db.session.execute(update(Mail).where(Mail.state == MailState.QUEUED).values(due_at=clock.now()))
    return {}


def waiting() -> dict[str, Any]:
    return {"mails": db.session.scalar(select(func.count(Mail.id)).where(Mail.state.in_(ON_THEIR_WAY)))}


def compare() -> dict[str, Any]:
    rows = db.session.scalars(select(Person.given_name).where(Person.given_name.like("K%"))).all()
    numbers = db.session.scalars(select(Registration.number)).all()
    registered = db.session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.verb == "register"))
    wrong = [f"{fault.chain} {fault.number}: {fault.what}" for fault in audit.verify()]
    if len(numbers) != len(set(numbers)):
        wrong.append("a number was given twice")
    if registered != len(rows):
        wrong.append(f"{registered} entries in the record for {len(rows)} registrations")
    for quota in db.session.scalars(select(Quota)):
        if quota.taken != places.counted(quota) or quota.taken > (quota.capacity or quota.taken):
            wrong.append(f"a quota says {quota.taken} of {quota.capacity}, its rows {places.counted(quota)}")
    if sum(q.taken for q in db.session.scalars(select(Quota).where(Quota.owner_kind == "delegation"))) != len(rows):
        wrong.append("places and registrations differ in number")
    if db.engine.dialect.name == "sqlite" and db.session.scalar(text("PRAGMA integrity_check")) != "ok":
        wrong.append("the database file is damaged")
    mails = db.session.scalars(select(Mail)).all()
    addressed = {mail.recipient.split("@")[0] for mail in mails}
    if unmailed := {name for name in rows if name not in addressed}:
        wrong.append(f"registered without a mail: {sorted(unmailed)}")
    return {
        "rows": list(rows),
        "wrong": wrong,
        "mails": [{"message_id": m.message_id, "state": m.state, "kind": m.kind} for m in mails],
        "quotas": [[q.taken, q.capacity] for q in db.session.scalars(select(Quota).order_by(Quota.id))],
    }


def main() -> None:
    work = {"let time pass": let_time_pass, "waiting": waiting, "compare": compare}[sys.argv[1]]
    with create_app().app_context(), across_conferences("a test looks at everything"):
        print(json.dumps(work()))


if __name__ == "__main__":
    main()
