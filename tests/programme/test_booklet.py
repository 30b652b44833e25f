"""The printed programme: made with a release in each language, to both standards, with the text that was released."""

import io
import re
from collections import Counter
from datetime import timedelta

import openpyxl
import page
import pikepdf
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import clock, jobs
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.pdf.drawing import flat_lists
from confapp.foundation.text import html
from confapp.foundation.transactions import reading, writing
from confapp.people.rules import Role
from confapp.programme import imports, queries
from confapp.programme.actions import rooms, sessions, timetable
from confapp.programme.actions.corrections import correct_title
from confapp.programme.exports import workbook
from confapp.programme.exports.gathering import gather
from confapp.programme.models import Booklet, Session
from confapp.programme.pdfs import booklet, plan
from confapp.programme.rules import Details, Kind, PrintKind, SessionRoleKind
from tests import build
from tests.build import Client
from tests.foundation.test_pdf import extracted
from tests.programme.conftest import Maker, hour

ARABIC = "إعلان عينة بشأن التعاون الدولي"
DESCRIPTION = (
    "How *warnings* reach everyone.\n\n## Questions\n\n1. Who is warned\n2. Who is not\n\n- islands\n\n  - small ones"
)


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture
def released(app: Flask, conference: Conference) -> Session:
    """A release of two sessions; the first has everything that a session can have."""
    build.change(conference, languages=["en", "ar"], contact_email="office@conference.example")
    person = build.person(conference, honorific="H.E. Ms", printed_name="Dewi Contoh", family_name="Contoh")
    delegation = build.delegation(conference, name={"en": "Exampleland"})
    with in_conference(conference.id), writing():
        hall = rooms.add_room(SYSTEM, conference, {"en": "Hall", "ar": "القاعة"}, capacity=120)
        title = {"en": "Early warnings 😀", "ar": ARABIC}
        first = sessions.create_session(
            SYSTEM, conference, Details(Kind.PANEL, title, 60, description={"en": DESCRIPTION})
        )
        sessions.add_role(SYSTEM, first, SessionRoleKind.CHAIR, person=db.session.merge(person))
        sessions.add_item(SYSTEM, first, {"en": "Statement"}, minutes=5, delegation=db.session.merge(delegation))
        second = sessions.create_session(SYSTEM, conference, Details(Kind.PLENARY, {"en": "Closing"}, 30))
        for one, starts in ((first, hour(9)), (second, hour(9, day=13))):
            timetable.place(SYSTEM, one, [hall], starts)
        timetable.cancel(SYSTEM, second)
        timetable.release(SYSTEM, conference)
    return first


def later() -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        jobs.run_due()


def files(conference: Conference) -> dict[str, Booklet]:
    with in_conference(conference.id):
        rows = db.session.scalars(select(Booklet).where(Booklet.kind == PrintKind.BOOKLET))
        return {row.language: row for row in rows}


def test_the_booklets_keep_both_standards_and_say_what_was_released(
    app: Flask, conference: Conference, released: Session
) -> None:
    later()
    for language in ("en", "ar"):
        content = Client(app).get(f"/{conference.slug}/programme/booklet.{language}.pdf").data
        for profile in ("ua1", "3a"):
            assert page.validate_pdf_bytes(content, profile=profile).failures == []
        with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
            assert opened.Root.Lang == language
            assert len(outline.root[0].children) == 5  # contents, two days, rooms, index
            assert len(outline.root[0].children[1].children) == 1
        said = letters(extracted(content))
        for words in ("H.E.MsDewiContoh", "Howwarningsreacheveryone.", "1.Whoiswarned", "2.Whoisnot", "•islands"):
            assert words in said
        assert "Statement:Exampleland" in said
        if language == "en":
            for words in ("Earlywarnings?", "Tuesday,12January2027", "120seats", "WITA(UTC+8)", "09:00–10:00Hall"):
                assert words in said
            assert said.count("Cancelled") == 2  # in the overview and at the session
            assert re.search(r"IndexofspeakersH\.E\.MsDewiContoh\.+3", said)
        else:
            assert not Counter(letters(ARABIC)) - Counter(said)
    _who_may_read_and_print(app, conference)


def _who_may_read_and_print(app: Flask, conference: Conference) -> None:
    anybody, url = Client(app), f"/{conference.slug}/programme/booklet"
    first = anybody.get(f"{url}.en.pdf?version=1")
    assert first.content_type == "application/pdf"
    assert anybody.get(f"{url}.en.pdf", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert "booklet.ar.pdf" in anybody.get(f"/{conference.slug}/programme").text
    for wrong in (".en.pdf?version=2", ".en.pdf?version=99999", ".fr.pdf", ".%00.pdf"):
        assert anybody.get(url + wrong).status_code == 404
    assert anybody.get(f"{url}.en.pdf?version=%F0%9F%98%80").status_code == 200
    printing = f"/desk/{conference.slug}/programme/releases/1/print"
    viewer = Client(app).sign_in(build.staff(conference, Role.VIEWER))
    assert viewer.send(printing).status_code == 403
    outsider = Client(app).sign_in(build.staff(build.conference(), Role.ORGANIZER))
    assert outsider.send(printing).status_code == 404


def test_lists_and_headings_of_a_description_become_paragraphs() -> None:
    flat = flat_lists(html(DESCRIPTION + "\n\n> said\n\n* loose\n\n  more of it\n\n* last"))
    assert "<li>" not in flat
    assert flat.count("<p") == flat.count("</p>")
    assert '<p class="heading">Questions</p>' in flat
    assert '<p class="item level-1">2. Who is not</p>' in flat
    assert '<p class="item level-2">• small ones' in flat
    assert '<p class="item more">more of it</p>' in flat
    assert '<p class="text">said</p>' in flat


def test_a_correction_prints_again_and_the_same_release_gives_the_same_bytes(
    app: Flask, conference: Conference, released: Session
) -> None:
    later()
    before = files(conference)["en"].file.sha256
    staff = Client(app).sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    url = f"/desk/{conference.slug}/programme/releases/1"
    assert staff.send(f"{url}/print").status_code == 303
    assert "are being made" in staff.get(url).text
    later()
    assert files(conference)["en"].file.sha256 == before
    with in_conference(conference.id), writing():
        session = db.session.get_one(Session, released.id)
        session.title = session.title | {"en": "Earlier warnings"}
        correct_title(SYSTEM, session)
    later()
    after = files(conference)["en"]
    assert after.file.sha256 != before
    assert "Earlierwarnings" in letters(extracted(Client(app).get(f"/{conference.slug}/programme/booklet.en.pdf").data))
    shown = staff.get(url).text
    assert "booklet.en.pdf?version=1" in shown
    assert "booklet.ar.pdf?version=1" in shown


def test_queries_do_not_grow_with_the_sessions(app: Flask, conference: Conference, released: Session) -> None:
    def counted() -> int:
        with in_conference(conference.id), reading(), build.count_queries() as found:
            release = queries.newest_release()
            assert release is not None
            booklet.gather(db.session.get_one(Conference, conference.id), release, "en")
        return found.number

    once = counted()
    with in_conference(conference.id), writing():
        hall = queries.rooms()[0]
        for number in range(3):
            made = sessions.create_session(SYSTEM, conference, Details(Kind.PANEL, {"en": f"P{number}"}, 30))
            timetable.place(SYSTEM, made, [hall], hour(13 + number))
        timetable.release(SYSTEM, conference)
    assert counted() == once


def test_the_draft_comes_out_as_plan_and_workbook_for_whoever_asked(
    app: Flask, conference: Conference, released: Session
) -> None:
    with in_conference(conference.id), writing():
        session = db.session.get_one(Session, released.id)
        session.title = {"en": "=HYPERLINK(1)", "ar": ARABIC}
    staff = Client(app).sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    url = f"/desk/{conference.slug}/programme/files"
    for kind in ("plan", "table"):
        assert staff.send(f"{url}/{kind}").status_code == 303
    waiting = staff.get(url)
    assert waiting.headers["Refresh"]
    later()
    found = re.findall(rf'href="({url}/[^".]+)"', staff.get(url).text)
    assert len(found) == 2
    table, plan = (staff.get(one) for one in found)
    assert page.validate_pdf_bytes(plan.data, profile="ua1").failures == []
    assert page.validate_pdf_bytes(plan.data, profile="3a").failures == []
    said = letters(extracted(plan.data))
    for words in ("=HYPERLINK(1)", "Draft,notpublic", "Tuesday,12January2027", "WITA", "09:00–10:00", "Closing"):
        assert words in said

    book = openpyxl.load_workbook(io.BytesIO(table.data))
    assert book.sheetnames == ["Sessions", "2027-01-12", "2027-01-13"]
    rows = list(book["Sessions"].iter_rows())
    assert [cell.value for cell in rows[1]][1:5] == ["09:00", "10:00", 60, "=HYPERLINK(1)"]
    assert rows[1][4].data_type == "s"
    assert [cell.value for cell in rows[1]][9:13] == ["Hall", "H.E. Ms Dewi Contoh", None, "WITA"]
    assert rows[2][11].value == "Cancelled"
    assert [cell.value for cell in next(book["2027-01-12"].iter_rows())] == ["WITA", "Hall"]
    assert "=HYPERLINK(1) (until 10:00)" in [cell.value for row in book["2027-01-12"].iter_rows() for cell in row]
    assert [talk.title for talk in imports.read(table.data, "Asia/Makassar").talks] == ["=HYPERLINK(1)", "Closing"]

    other = Client(app).sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    assert other.get(found[0]).status_code == 404
    assert staff.get(f"{url}/nothing").status_code == 404
    assert other.send(f"{url}/booklet").status_code in (404, 405)
    assert Client(app).get(f"/{conference.slug}/programme/plan.en.pdf").data[:5] == b"%PDF-"
    assert Client(app).get(f"/{conference.slug}/programme/table.en.xlsx").data[:2] == b"PK"
    assert Client(app).get(f"/{conference.slug}/programme/table.en.pdf").status_code == 404


def test_the_command_writes_workbook_and_plan(app: Flask, conference: Conference, released: Session) -> None:
    run = app.test_cli_runner()
    for file_format, begins in (("xlsx", b"PK"), ("pdf", b"%PDF-")):
        made = run.invoke(args=["programme", "export", "--conference", conference.slug, "--format", file_format])
        assert made.exit_code == 0, made.output
        assert made.stdout_bytes.startswith(begins)


def test_a_session_in_several_rooms_stands_under_each_of_them(conference: Conference, make: Maker) -> None:
    with in_conference(conference.id), writing():
        db.session.add(conference)
        north, middle, south = (make.room(name) for name in ("North", "Middle", "South"))
        for title, where, starts in (
            ("Apart", [north, south], 9),
            ("Beside", [north, middle], 11),
            ("Alone", [middle], 13),
        ):
            timetable.place(SYSTEM, make.session(title), where, hour(starts))
    with in_conference(conference.id), reading():
        gathered = gather(conference, None, "en")
    (sheet,) = plan._sheets(gathered)
    assert sheet.rooms == ["North", "Middle", "South"]
    laid = [[([one.talk.title for one in cell.sessions], cell.across) for cell in row.cells] for row in sheet.rows]
    assert laid == [
        [(["Apart"], 1), ([], 1), (["Apart"], 1)],
        [(["Beside"], 2), ([], 1)],
        [([], 1), (["Alone"], 1), ([], 1)],
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook.written(gathered, "test")))
    day = list(book["2027-01-12"].iter_rows(values_only=True))
    assert day[0] == ("WITA", "North", "Middle", "South")
    assert [[bool(cell) for cell in row[1:]] for row in day[1:]] == [
        [True, False, True],
        [True, True, False],
        [False, True, False],
    ]
    assert [row[-1] for row in book["Sessions"].iter_rows(min_row=2, values_only=True)] == ["South", "Middle", None]
    again = imports.read(workbook.written(gathered, "test"), "Asia/Makassar")
    assert [talk.room for talk in again.talks] == ["North", "North", "Middle"]
    assert "Further rooms" not in [one.said.get("value") for one in again.oddities]
