"""A debate from end to end: a delegation asks and hands in, what is missing is seen, a record is drafted."""

import io
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.models import Document
from confapp.documents.rules import inline
from confapp.foundation import clock
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.programme.actions import debate as debates
from confapp.programme.actions import sessions
from confapp.programme.models import Statement
from confapp.programme.rules import Details, Kind, SessionRoleKind
from tests import build
from tests.build import Client

RECORD = ["Opening", "In the chair: Chair of the meeting.", "Statements", "1 delegation made a statement:"]


def client(app: Flask, who: Account) -> Client:
    made: Client = app.test_client()  # type: ignore[assignment]
    return made.sign_in(who)


def test_from_the_request_to_the_record(app: Flask, conference: Conference, editor: Account) -> None:
    row, holder = build.delegation(conference), build.account()
    build.mandate(holder, Role.FOCAL_POINT, conference, delegation_id=row.id)
    with in_conference(conference.id), writing():
        session = sessions.create_session(SYSTEM, conference, Details(Kind.GENERAL_DEBATE, {"en": "Review"}, 60))
        chair = {"en": "Chair of the meeting", "id": "Ketua rapat"}
        sessions.add_role(SYSTEM, session, SessionRoleKind.CHAIR, printed_function=chair)
        db.session.flush()
        debates.set_up(SYSTEM, session, debates.Wanted(opens_at=clock.now() - timedelta(days=1)))
        ref = session.ref
    focal, desk = client(app, holder), client(app, editor)
    own, base = f"/me/{conference.slug}/statements/{row.ref}/{ref}", f"/desk/{conference.slug}/sessions/{ref}"
    records = f"/desk/{conference.slug}/documents/record"
    asked: dict[str, Any] = {
        "who": "other",
        "name": "H.E. Ms *Sample*",
        "title": "Minister",
        "rank": "minister",
        "mode": "recorded",
        "language": "en",
        "may_publish": "y",
    }
    assert focal.send(own, **asked).status_code == 303
    page = desk.get(f"{base}/speakers").text
    assert "Text of the statement" in page
    assert "Recording" in page
    handed = {"file": (io.BytesIO(b"%PDF-1.7 sample"), "s.pdf"), "recording_url": "https://video.example/1"}
    assert focal.send(f"{own}/text", **handed).status_code == 303
    wanted: dict[str, Any] = {"debate": ref, "symbol": "TEST/2027/SR.1", "languages": ["en", "id"]}
    assert desk.send(records, **wanted).status_code == 409
    with in_conference(conference.id):
        statement = db.session.scalars(select(Statement.ref)).one()
    for verb in ("begin", "end"):
        assert desk.send(f"{base}/speakers/{statement}/{verb}").status_code == 303
    assert desk.send(f"{base}/speakers/publish").status_code == 303
    assert desk.send(records, **(wanted | {"symbol": "small letters"})).status_code == 422
    assert desk.send(records, **(wanted | {"debate": "nothing"})).status_code == 422
    assert desk.send(records, **wanted).status_code == 303
    assert desk.send(records, **wanted).status_code == 422  # the symbol is taken: not drafted twice
    with in_conference(conference.id):
        document = db.session.scalars(select(Document)).one()
        rows = queries.draft(document).rows
        texts = [inline.to_plain(row.texts["en"].inline) for row in rows]
        codes = {code for row in rows for code in row.texts}
    assert codes == {"en", "id"}
    assert [one for one in texts if one in RECORD] == RECORD
    assert any(one.startswith("“Review” was held on") for one in texts)
    line = next(one for one in texts if "*Sample*" in one)
    assert line.startswith(f"{row.name['en']}: H.E. Ms *Sample*, Minister (")
    assert "recorded statement" in line
    assert f"/{conference.slug}/sessions/{ref}/statements/{statement}" in line


def test_others_draft_no_record(app: Flask, conference: Conference) -> None:
    viewer = client(app, build.staff(conference, Role.VIEWER))
    assert viewer.get(f"/desk/{conference.slug}/documents/record").status_code == 403
