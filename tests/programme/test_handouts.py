"""Links and materials of sessions: for those entitled alone, in their time to the second, and never by a kept page."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock, files
from confapp.foundation.access import SYSTEM
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db, in_conference, new_ref
from confapp.foundation.files import StoredFile
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import reading, writing
from confapp.foundation.web import cache
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.programme import tasks
from confapp.programme.actions import handouts, rooms, sessions, sign_ups, timetable
from confapp.programme.models import Material, Placement, Session, SessionLink, SessionRole
from confapp.programme.rules import Access, Details, Kind, LinkKind, MaterialKind, RoleStatus, SessionRoleKind
from confapp.programme.rules import handouts as rules
from confapp.registration.models import Registration
from confapp.registration.rules import Status
from confapp.speakers.models import Speaker
from tests import build
from tests.build import Client

SECOND = timedelta(seconds=1)
PDF = b"%PDF-1.7\n" + b"slides " * 20_000


class Scene:
    """A released session of today with one link for each kind of reader, all of them for the next hour."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        today = clock.today("Asia/Makassar")
        self.conference = build.conference(starts_on=today, ends_on=today + timedelta(days=2))
        self.opens = (clock.now() + timedelta(minutes=2)).replace(microsecond=0)
        self.closes = self.opens + timedelta(minutes=10)
        with self.at_work():
            room = rooms.add_room(SYSTEM, self.conference, {"en": "Hall"})
            made = sessions.create_session(SYSTEM, self.conference, Details(Kind.PANEL, {"en": "North"}, 60))
            timetable.place(SYSTEM, made, [room], self.opens.replace(second=0) + timedelta(minutes=20))
            timetable.release(SYSTEM, self.conference)
            self.ref, self.id = made.ref, made.id
        self.links = {access.value: self.link(access) for access in Access}

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with in_conference(self.conference.id), writing():
            db.session.add(self.conference)
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with in_conference(self.conference.id), reading():
            yield

    @property
    def session(self) -> Session:
        return db.session.get_one(Session, self.id)

    def link(self, access: Access, **values: Any) -> str:
        usual = {"kind": LinkKind.STREAM, "url": f"https://{access}.example/room", "access": access}
        window = {"opens_at": self.opens, "closes_at": self.closes}
        with self.at_work():
            return handouts.add_link(SYSTEM, self.session, **(usual | window | values)).ref

    def material(self, access: Access = Access.OPEN, **values: Any) -> str:
        with self.at_work():
            file = files.store(PDF, rules.PDF, "slides.pdf", conference_id=self.conference.id)
            usual = {"kind": MaterialKind.SLIDES, "title": {"en": "Ways ahead"}, "access": access}
            return handouts.add_material(SYSTEM, self.session, file, **(usual | values)).ref

    def browser(self, account: Account | None = None) -> Client:
        client: Client = self.app.test_client()  # type: ignore[assignment]
        return client.sign_in(account) if account is not None else client

    def participant(self, **changes: Any) -> tuple[Registration, Account]:
        values = {"organization": "Sample Institute", "status": Status.ACCREDITED, "confirmed_at": clock.now()}
        if "delegation_id" in changes:
            values.pop("organization")
        row = build.registration(self.conference, **(values | changes))
        holder = build.account()
        build.mandate(holder, Role.DELEGATE, self.conference, person_id=row.person_id)
        return row, holder

    def speaker(self, status: RoleStatus = RoleStatus.CONFIRMED) -> tuple[str, Account]:
        """The reference of the part, and the mailbox of the person."""
        person, holder = build.person(self.conference), build.account()
        build.mandate(holder, Role.SPEAKER, self.conference, person_id=person.id)
        with self.at_work():
            kept = db.session.merge(person)
            role = sessions.add_role(SYSTEM, self.session, SessionRoleKind.SPEAKER, person=kept, status=status)
            return role.ref, holder

    def url(self, path: str = "") -> str:
        return f"/{self.conference.slug}/sessions/{self.ref}{path}"

    def mine(self, path: str = "") -> str:
        return f"/me/{self.conference.slug}/sessions{path}"

    def desk(self, path: str = "") -> str:
        return f"/desk/{self.conference.slug}/sessions/{self.ref}{path}"

    def found_by(self, account: Account) -> set[str]:
        """The links that somebody's own page offers, by whom they are for; each of them leads on, no other does."""
        client, names = self.browser(account), {ref: name for name, ref in self.links.items()}
        page = client.get(self.mine()).text
        offered = {names[ref] for ref in re.findall(r"/links/([\w-]+)\"", page)}
        for name, ref in self.links.items():
            answer = client.get(self.mine(f"/{self.ref}/links/{ref}"))
            assert answer.status_code == (303 if name in offered else 404)
            assert answer.headers["Cache-Control"] == "no-store"
            assert f"{name}.example" not in page
        return offered


@pytest.fixture
def scene(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The cache measures how long it keeps a page by a clock that travels with the test."""
    monkeypatch.setattr(cache, "time", SimpleNamespace(monotonic=lambda: clock.now().timestamp()))
    return Scene(app)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with time_machine.travel(moment, tick=False):
        yield


# --- who --------------------------------------------------------------------------------------------------------------


def test_each_finds_exactly_what_is_meant_for_them(scene: Scene) -> None:
    accredited, applicant = scene.participant()[1], scene.participant(status=Status.SUBMITTED)[1]
    media = build.category(scene.conference, code="media")
    press = scene.participant(category_id=media.id)[1]
    waiting_press = scene.participant(category_id=media.id, status=Status.SUBMITTED)[1]
    speaker, declined = scene.speaker()[1], scene.speaker(RoleStatus.DECLINED)[1]
    delegation, other = build.delegation(scene.conference), build.delegation(scene.conference)
    with scene.at_work():
        sessions.add_item(SYSTEM, scene.session, {"en": "Statement"}, delegation=db.session.merge(delegation))
    member = scene.participant(delegation_id=delegation.id)[1]
    stranger = scene.participant(delegation_id=other.id)[1]
    focal_point = build.account()
    build.mandate(focal_point, Role.FOCAL_POINT, scene.conference, delegation_id=delegation.id)
    elsewhere = build.conference(starts_on=scene.conference.starts_on)
    guest = build.account()
    person = build.registration(elsewhere, organization="Other", status=Status.ACCREDITED).person_id
    build.mandate(guest, Role.DELEGATE, elsewhere, person_id=person)
    with at(scene.opens):
        found = {
            "accredited": scene.found_by(accredited),
            "applicant": scene.found_by(applicant),
            "press": scene.found_by(press),
            "waiting_press": scene.found_by(waiting_press),
            "speaker": scene.found_by(speaker),
            "declined": scene.found_by(declined),
            "member": scene.found_by(member),
            "stranger": scene.found_by(stranger),
            "focal_point": scene.found_by(focal_point),
            "outsider": scene.found_by(build.account()),
            "guest": scene.found_by(guest),
        }
    everything = {"open", "invitation", "press", "closed"}
    assert found == {
        "accredited": {"open", "invitation"},
        "applicant": {"open"},
        "press": {"open", "invitation", "press"},
        "waiting_press": {"open"},
        "speaker": everything,
        "declined": {"open"},
        "member": everything,
        "stranger": {"open", "invitation"},
        "focal_point": set(),
        "outsider": set(),
        "guest": set(),
    }


def test_where_places_are_given_only_who_has_one_is_let_in(scene: Scene) -> None:
    (with_place, chose), (_none, without) = scene.participant(), scene.participant()
    with scene.at_work():
        sign_ups.set_sign_up(SYSTEM, scene.session, is_open=True, capacity=1)
        sign_ups.choose(db.session.get_one(Registration, with_place.id), scene.session, by=SYSTEM)
    with at(scene.opens):
        assert scene.found_by(chose) == {"open", "invitation"}
        assert scene.found_by(without) == {"open"}
        base = f"/me/{scene.conference.slug}/registrations/{with_place.ref}/sessions"
        assert scene.links["invitation"] in scene.browser(chose).get(base).text
        agenda = scene.browser(chose).get(f"/me/{scene.conference.slug}/agenda/", follow_redirects=True).text
        assert scene.links["invitation"] in agenda
        assert scene.links["closed"] not in agenda


def test_a_session_that_is_not_open_to_all_lets_no_participant_in_by_default(scene: Scene) -> None:
    holder = scene.participant()[1]
    with scene.at_work():
        scene.session.access = Access.CLOSED
    with at(scene.opens):
        assert scene.found_by(holder) == {"open"}


def test_a_session_of_the_draft_or_a_cancelled_one_gives_nothing(scene: Scene) -> None:
    holder = scene.speaker()[1]
    with scene.at_work():
        draft = sessions.create_session(SYSTEM, scene.conference, Details(Kind.PANEL, {"en": "Later"}, 60))
        db.session.flush()
        early = handouts.add_link(
            SYSTEM, draft, kind=LinkKind.STREAM, url="https://early.example/x", opens_at=scene.opens
        )
        path = f"/{scene.conference.slug}/sessions/{draft.ref}/links/{early.ref}"
    with at(scene.opens):
        assert scene.browser().get(path).status_code == 404
    with scene.at_work():
        timetable.cancel(SYSTEM, scene.session)
        timetable.release(SYSTEM, scene.conference)
    with at(scene.opens):
        assert scene.found_by(holder) == set()
        assert scene.browser().get(scene.url(f"/links/{scene.links['open']}")).status_code == 404


# --- when, and the kept page ------------------------------------------------------------------------------------------


def test_the_public_page_carries_open_links_in_their_time_alone(scene: Scene) -> None:
    public = scene.browser()
    for moment, is_open in (
        (scene.opens - SECOND, False),
        (scene.opens, True),
        (scene.closes - SECOND, True),
        (scene.closes, False),
    ):
        with at(moment):
            page = public.get(scene.url())
            assert "open.example" not in page.text
            for name in ("invitation", "press", "closed"):
                assert f"{name}.example" not in page.text
                assert scene.links[name] not in page.text
            assert (scene.links["open"] in page.text) is is_open
            answer = public.get(scene.url(f"/links/{scene.links['open']}"))
            assert answer.status_code == (303 if is_open else 404)
            if is_open:
                assert answer.location == "https://open.example/room"
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_kept_page_ends_at_the_second_at_which_a_link_opens_or_closes(scene: Scene) -> None:
    public, kept = scene.browser(), scene.app.extensions["public_cache"].entries
    for change, before, after in ((scene.opens, False, True), (scene.closes, True, False)):
        kept.clear()
        with at(change - SECOND):
            assert (scene.links["open"] in public.get(scene.url()).text) is before
            assert len(kept) == 1
            with build.count_queries() as again:
                public.get(scene.url())
            assert again.number <= 2  # its version alone
        with at(change):
            assert (scene.links["open"] in public.get(scene.url()).text) is after


def test_a_change_of_a_link_shows_at_the_next_request(scene: Scene) -> None:
    public = scene.browser()
    with at(scene.opens):
        assert scene.links["open"] in public.get(scene.url()).text
    with scene.at_work():
        row = db.session.scalars(select(SessionLink).where(SessionLink.ref == scene.links["open"])).one()
        values = {"kind": row.kind, "url": row.url, "opens_at": row.opens_at}
        handouts.change_link(SYSTEM, scene.session, row, access=Access.CLOSED, **values)
    with at(scene.opens):
        assert scene.links["open"] not in public.get(scene.url()).text
        asked = public.get(scene.url(f"/links/{scene.links['open']}"))
        assert asked.location.endswith(scene.mine(f"/{scene.ref}/links/{scene.links['open']}"))
        assert public.get(asked.location).location.startswith("/sign-in")


def test_without_times_of_its_own_a_link_follows_its_session(scene: Scene) -> None:
    with scene.at_work():
        begins = db.session.scalars(select(Placement.starts_at)).first()
        assert begins is not None
    join = scene.link(Access.OPEN, opens_at=None, closes_at=None)
    again = scene.link(Access.OPEN, kind=LinkKind.RECORDING, opens_at=None, closes_at=None)
    quarter, ends = timedelta(minutes=15), begins + timedelta(minutes=60)
    public = scene.browser()
    for moment, finds in (
        (begins - quarter - SECOND, set()),
        (begins - quarter, {join}),
        (ends, {join, again}),
        (ends + quarter, {again}),
        (ends + timedelta(days=1), {again}),
    ):
        with at(moment):
            page = public.get(scene.url()).text
            assert {one for one in (join, again) if f"/links/{one}" in page} == finds


# --- the desk ---------------------------------------------------------------------------------------------------------


def test_links_are_added_changed_and_removed_at_the_desk(scene: Scene) -> None:
    desk = scene.browser(build.staff(scene.conference, Role.PROGRAMME_OFFICER))
    sent = {"kind": "join", "url": "https://meet.example/abc?pwd=secret", "language": "id", "access": "closed"}

    def send(path: str, **changed: str) -> int:
        return desk.post(scene.desk(path), data={"form_key": new_ref(), **sent, **changed}).status_code

    for wrong in (
        {"url": "http://meet.example/abc"},
        {"url": "https://user:pass@meet.example/"},
        {"url": "javascript:alert(1)"},
        {"url": "https://[bad"},
        {"access": "everybody"},
        {"opens_at": "2027-02-30T10:00"},
        {"opens_at": "2027-01-02T10:00", "closes_at": "2027-01-02T10:00"},
    ):
        assert send("/links/new", **wrong) == 422
    assert send("/links/new", form_key="same") == 303
    assert send("/links/new", form_key="same") == 303
    with scene.reading():
        rows = db.session.scalars(select(SessionLink).where(SessionLink.kind == LinkKind.JOIN)).all()
        assert len(rows) == 1
        ref = rows[0].ref
        told = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "add_link")).all()
        assert "secret" not in str([one.facts for one in told])
    assert "secret" not in desk.get(scene.desk()).text
    assert "secret" in desk.get(scene.desk(f"/links/{ref}")).text
    assert send(f"/links/{ref}", opens_at="2027-01-02T10:00:07") == 303
    page = desk.get(scene.desk(f"/links/{ref}")).text
    assert "2027-01-02T10:00:07" in page
    seen = re.findall(r'name="revision"[^>]*value="(\d+)"', page)[0]
    assert send(f"/links/{ref}", revision=seen, url="https://meet.example/first") == 303
    late = desk.post(
        scene.desk(f"/links/{ref}"),
        data={"form_key": new_ref(), **sent, "revision": seen, "url": "https://meet.example/second"},
    )
    assert late.status_code == 409
    assert "changed this while your page was open" in late.text
    assert 'value="https://meet.example/second"' in late.text  # nothing typed is lost
    assert "https://meet.example/first" in desk.get(scene.desk(f"/links/{ref}")).text
    viewer = scene.browser(build.staff(scene.conference, Role.VIEWER))
    assert viewer.get(scene.desk()).status_code == 200
    assert viewer.get(scene.desk(f"/links/{ref}")).status_code == 403
    assert desk.send(scene.desk(f"/links/{ref}/remove")).status_code == 303
    assert desk.get(scene.desk(f"/links/{ref}")).status_code == 404


# --- materials --------------------------------------------------------------------------------------------------------


def packed(*names: str, mimetype: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def test_a_file_is_what_is_in_it() -> None:
    assert rules.material_type(PDF) == rules.PDF
    assert rules.material_type(packed("ppt/presentation.xml")) == rules.PPTX
    assert rules.material_type(packed("word/document.xml")) == rules.DOCX
    assert rules.material_type(packed("content.xml", mimetype=rules.ODP)) == rules.ODP
    for other in (
        b"",
        b"<html>",
        b"MZ\x90",
        b"PK\x03\x04broken",
        packed("ppt/presentation.xml", "ppt/vbaProject.bin"),
        packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
        packed("AndroidManifest.xml"),
    ):
        assert rules.material_type(other) is None


def test_a_file_is_withheld_until_the_second_and_from_those_for_whom_it_is_not(scene: Scene) -> None:
    everybodys, closed = scene.material(embargo_until=scene.opens), scene.material(Access.CLOSED)
    public, speaker = scene.browser(), scene.browser(scene.speaker()[1])
    outsider = scene.browser(build.account())
    with at(scene.opens - SECOND):
        page = public.get(scene.url()).text
        assert "Ways ahead" in page
        assert "available from" in page
        assert everybodys not in page
        assert public.get(scene.url(f"/materials/{everybodys}")).status_code == 404
    with at(scene.opens):
        page = public.get(scene.url()).text
        assert f"/materials/{everybodys}" in page
        assert closed not in page
        answer = public.get(scene.url(f"/materials/{everybodys}"))
        assert answer.data == PDF
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert public.get(scene.url(f"/materials/{closed}")).status_code == 404
        assert outsider.get(scene.mine(f"/{scene.ref}/materials/{closed}")).status_code == 404
        assert closed not in outsider.get(scene.mine()).text
        assert speaker.get(scene.mine(f"/{scene.ref}/materials/{closed}")).data == PDF
        assert closed in speaker.get(scene.mine()).text


def test_files_are_uploaded_ordered_replaced_and_removed_at_the_desk(scene: Scene) -> None:
    desk = scene.browser(build.staff(scene.conference, Role.PROGRAMME_OFFICER))
    fields = {"kind": "document", "language": "", "access": "open", "title-en": "Agenda", "title-id": "Acara"}

    def send(path: str, content: bytes | None, **changed: str) -> int:
        file: dict[str, Any] = {"file": (io.BytesIO(content), "a.pdf")} if content is not None else {}
        sent: dict[str, Any] = fields | changed | file
        return desk.send(scene.desk(path), **sent).status_code

    assert send("/materials/new", None) == 422
    assert send("/materials/new", b"") == 422
    assert send("/materials/new", b"#!/bin/sh") == 422
    assert send("/materials/new", PDF, access="everybody") == 422
    assert send("/materials/new", PDF + b"0" * rules.LARGEST_FILE) == 422
    with scene.reading():
        assert db.session.scalar(select(Material.id)) is None
    assert send("/materials/new", PDF) == send("/materials/new", PDF, **{"title-en": "Second"}) == 303
    with scene.reading():
        first, second = db.session.scalars(select(Material.ref).order_by(Material.position)).all()
    page = scene.browser().get(scene.url()).text
    assert page.index("Agenda") < page.index("Second")
    assert "Acara" in scene.browser().get("/id" + scene.url()).text
    assert desk.send(scene.desk(f"/materials/{second}/up")).status_code == 303
    page = scene.browser().get(scene.url()).text
    assert page.index("Second") < page.index("Agenda")
    assert send(f"/materials/{first}", PDF + b"new", **{"title-en": "Agenda 2"}) == 303
    assert scene.browser().get(scene.url(f"/materials/{first}")).data == PDF + b"new"
    seen = re.findall(r'name="revision"[^>]*value="(\d+)"', desk.get(scene.desk(f"/materials/{first}")).text)[0]
    assert send(f"/materials/{first}", None, revision=seen, language="en") == 303
    assert send(f"/materials/{first}", PDF + b"late", revision=seen) == 409
    assert scene.browser().get(scene.url(f"/materials/{first}")).data == PDF + b"new"
    assert desk.send(scene.desk(f"/materials/{second}/fly")).status_code == 404
    for one in (first, second):
        assert desk.send(scene.desk(f"/materials/{one}/remove")).status_code == 303
        assert desk.send(scene.desk(f"/materials/{one}/remove")).status_code == 404
        assert scene.browser().get(scene.url(f"/materials/{one}")).status_code == 404


def test_a_removed_file_comes_back_with_its_bytes_and_goes_for_good_after_30_days(scene: Scene) -> None:
    desk = scene.browser(build.staff(scene.conference, Role.PROGRAMME_OFFICER))
    public, one, other = scene.browser(), scene.material(), scene.material(title={"en": "Other"})
    with scene.reading():
        path = files.path_of(db.session.scalars(select(StoredFile.sha256)).first() or "")
    assert desk.send(scene.desk(f"/materials/{one}/remove")).status_code == 303
    assert "Ways ahead" not in public.get(scene.url()).text
    assert "Ways ahead" not in desk.get(scene.desk()).text
    page = desk.get(f"/desk/{scene.conference.slug}/removed").text
    assert "Ways ahead" in page
    assert "North" in page
    assert desk.send(f"/desk/{scene.conference.slug}/removed/materials/{one}/restore").status_code == 303
    page = public.get(scene.url()).text
    assert page.index("Other") < page.index("Ways ahead")
    assert public.get(scene.url(f"/materials/{one}")).data == PDF
    for ref in (one, other):
        desk.send(scene.desk(f"/materials/{ref}/remove"))
    tasks.forget_removed()
    assert path.exists()
    with at(clock.now() + timedelta(days=30, seconds=1)):
        tasks.forget_removed()
        with scene.reading():
            files.forget()
            assert db.session.scalar(select(Material.id)) is None
            assert all(file.erased_at is not None for file in db.session.scalars(select(StoredFile)))
    assert not path.exists()


# --- what speakers hand in --------------------------------------------------------------------------------------------


def test_a_speaker_hands_in_and_the_desk_looks_before_readers_get_it(scene: Scene) -> None:
    part, holder = scene.speaker()
    speaker, desk = scene.browser(holder), scene.browser(build.staff(scene.conference, Role.PROGRAMME_OFFICER))
    with scene.reading():
        ref = db.session.scalars(select(Speaker.ref)).one()
    base = f"/me/{scene.conference.slug}/speaking/{ref}"
    assert f"parts/{part}/hand-in" in speaker.get(base).text
    assert speaker.get(f"{base}/parts/{part}/hand-in").status_code == 200
    list_of = f"/desk/{scene.conference.slug}/materials"
    assert "Nothing yet" in desk.get(list_of).text
    assert desk.send(f"{list_of}/remind").status_code == 303
    with scene.reading():
        mail = db.session.scalars(select(Mail).where(Mail.topic == "speakers")).one()
        assert "– North" in mail.text

    def send(**changed: Any) -> int:
        until = f"{clock.local(scene.opens, scene.conference.zone):%Y-%m-%dT%H:%M:%S}"
        fields = {"kind": "statement", "language": "en", "embargo_until": until, "check_against_delivery": "y"}
        return speaker.send(f"{base}/parts/{part}/hand-in", **(fields | changed)).status_code

    assert send() == 422
    assert send(file=(io.BytesIO(b"not slides"), "a.pdf")) == 422
    assert send(file=(io.BytesIO(PDF), "a.pdf"), embargo_until="tomorrow") == 422
    assert send(file=(io.BytesIO(PDF), "a.pdf")) == 303
    with scene.reading():
        row = db.session.scalars(select(Material)).one()
        material = row.ref
        assert (row.embargo_until, row.check_against_delivery, row.checked_at) == (scene.opens, True, None)
    outsider = scene.browser(build.account())
    assert outsider.get(f"{base}/materials/{material}").status_code == 404
    assert outsider.get(f"{base}/parts/{part}/hand-in").status_code == 404
    assert outsider.send(f"{base}/parts/{part}/hand-in", file=(io.BytesIO(PDF), "a.pdf")).status_code == 404
    assert speaker.get(f"{base}/materials/{material}").data == PDF
    with at(scene.opens):
        assert scene.browser().get(scene.url(f"/materials/{material}")).status_code == 404
        assert "Statement" not in scene.browser().get(scene.url()).text
    assert "Nothing yet" not in desk.get(list_of).text
    assert "Mark as checked" in desk.get(list_of).text
    checked = desk.send(scene.desk(f"/materials/{material}/check?from=materials"))
    assert checked.location.endswith("/materials")
    assert desk.send(scene.desk(f"/materials/{material}/check")).status_code == 409
    assert speaker.send(f"{base}/materials/{material}/take-back").status_code == 409
    with at(scene.opens - SECOND):
        assert scene.browser().get(scene.url(f"/materials/{material}")).status_code == 404
    with at(scene.opens):
        page = scene.browser().get(scene.url()).text
        assert f"/materials/{material}" in page
        assert "Check against delivery" in page


def test_what_was_handed_in_can_be_taken_back_until_it_is_checked(scene: Scene) -> None:
    part, holder = scene.speaker()
    with scene.at_work():
        row = db.session.scalars(select(SessionRole).where(SessionRole.ref == part)).one()
        file = files.store(PDF, rules.PDF, "a.pdf", conference_id=scene.conference.id)
        values = {"kind": MaterialKind.SLIDES, "title": {}}
        material = handouts.hand_in(SYSTEM, row, file, scene.conference.ends_at, **values).ref
        ref = db.session.scalars(select(Speaker.ref)).one()
    base = f"/me/{scene.conference.slug}/speaking/{ref}"
    assert scene.browser(scene.speaker()[1]).send(f"{base}/materials/{material}/take-back").status_code == 404
    assert scene.browser(holder).send(f"{base}/materials/{material}/take-back").status_code == 303
    with scene.reading():
        assert db.session.scalar(select(Material.id)) is None
        assert db.session.scalars(select(StoredFile)).one().erased_at is not None


def test_the_lists_take_as_many_queries_for_three_as_for_one(scene: Scene) -> None:
    holder = scene.speaker()[1]
    mine, desk = scene.browser(holder), scene.browser(build.staff(scene.conference, Role.PROGRAMME_OFFICER))
    scene.material()
    pages = (
        (mine, scene.mine()),
        (desk, f"/desk/{scene.conference.slug}/materials"),
        (scene.browser(), scene.url()),
    )

    def counts() -> list[int]:
        found = []
        for client, path in pages:
            scene.app.extensions["public_cache"].entries.clear()
            with build.count_queries() as counted:
                assert client.get(path).status_code == 200
            found.append(counted.number)
        return found

    with at(scene.opens):
        counts()  # what is read once in each process
        before = counts()
    for _ in range(2):
        scene.speaker()
        scene.material()
        scene.link(Access.OPEN)
    with at(scene.opens):
        counts()  # the release is kept in the process, and may have made room for another test's meanwhile
        assert counts() == before
