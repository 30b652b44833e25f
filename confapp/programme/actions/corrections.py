"""A title put right after a release: readers see it at once, and what it was is kept."""

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.programme import queries
from confapp.programme.actions import booklets
from confapp.programme.models import Correction, Placement, Session


def correct_title(actor: Actor, session: Session) -> None:
    """Puts the title into the newest release where it is printed; time, room and people stay as they were released."""
    release = queries.newest_release()
    wanted = select(Placement).where(Placement.session_id == session.id)
    row = db.session.scalar(wanted.where(Placement.schedule_id == release.id)) if release is not None else None
    if release is None or row is None or row.printed["title"] == session.title:
        return
    correction = Correction(
        conference_id=session.conference_id,
        schedule_id=release.id,
        session_id=session.id,
        was=row.printed["title"],
        became=session.title,
        made_by=actor.account_id,
    )
    corrected = {"title": session.title, "corrected": clock.now().isoformat()}
    row.printed = row.printed | corrected
    release.table = [
        line | {"words": line["words"] | corrected} if line["ref"] == session.ref else line for line in release.table
    ]
    db.session.add(correction)
    audit.record(actor, "correct_title", correction, was=correction.was, became=correction.became)
    booklets.order(db.session.get_one(Conference, session.conference_id), release)
