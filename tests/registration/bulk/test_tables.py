"""Tables taken out: what they hold, that no spreadsheet runs them, who may, and the large ones made by a job."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from confapp.foundation import clock, exporting, jobs
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db
from confapp.foundation.exporting import Column, Table
from confapp.foundation.exporting.downloads import Download, forget
from confapp.people.rules import Role
from confapp.registration.models import Answer, Question, QuestionVersion
from confapp.registration.rules.questions import DataClass, QuestionKind
from tests import build

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "|calc", "%1", " =1", "#N/A")


class Scene:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference("tables-2027", acronym="TB")
        self.category = build.category(self.conference, code="delegate")
        self.organizer = build.staff(self.conference, Role.ORGANIZER)
        self.exampleland = build.delegation(self.conference)

    def as_(self, account: Any) -> Any:
        return self.app.test_client().sign_in(account)

    def registers(self, number: int = 1, **person: Any) -> Any:
        made = [
            build.registration(
                self.conference,
                person_id=build.person(self.conference, **person).id,
                category_id=self.category.id,
                delegation_id=self.exampleland.id,
                number=f"TB27-{count:04d}",
            )
            for count in range(1, number + 1)
        ]
        return made[0]

    def exports(self) -> list[dict[str, Any]]:
        with across_conferences("a test reads the record"):
            return list(db.session.scalars(select(AuditEntry.facts).where(AuditEntry.verb == "export")))


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def table(*values: Any) -> Table:
    return Table(
        "List",
        [Column("value", "Value", lambda row: row)],
        list(values),
        "Asia/Makassar",
        "en",
        "Conference",
        "Test Person",
        datetime(2027, 3, 9, 1, 30, tzinfo=UTC),
    )


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content))["List"].iter_rows()]


@pytest.mark.once
@pytest.mark.parametrize("text", FORMULAS)
def test_no_format_holds_a_formula(text: str) -> None:
    cell = read_csv(b"".join(exporting.written(table(text), "csv")))[1][0]
    assert cell == f"'{text}" or text == "#N/A"
    content = b"".join(exporting.written(table(text), "xlsx"))
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="e"' not in sheet


@pytest.mark.once
def test_each_format_writes_days_hours_and_truths_in_its_own_way() -> None:
    values = (datetime(2027, 3, 9, 1, 30, tzinfo=UTC), date(2027, 3, 9), True, None, 7)
    assert read_csv(b"".join(exporting.written(table(*values), "csv"))) == [
        ["Value"],
        ["2027-03-09 09:30"],
        ["2027-03-09"],
        ["yes"],
        [""],
        ["7"],
    ]
    cells = [row[0] for row in read_xlsx(b"".join(exporting.written(table(*values), "xlsx")))]
    assert cells == ["Value", datetime(2027, 3, 9, 9, 30), datetime(2027, 3, 9), "yes", None, 7]


@pytest.mark.once
def test_a_workbook_keeps_its_head_in_sight_and_takes_control_characters_out() -> None:
    content = b"".join(exporting.written(table("A\x00B\x0b", "x" * 40_000), "xlsx"))
    sheet = load_workbook(io.BytesIO(content))["List"]
    assert sheet.freeze_panes == "A2"
    assert (sheet["A2"].value, len(sheet["A3"].value)) == ("AB", 32_000)


@pytest.mark.once
def test_a_list_on_paper_can_be_printed_whatever_it_holds() -> None:
    content = b"".join(exporting.written(table("محمد الفاسي", "👩🏽‍🚀", "<b>A</b>", "A\x00B"), "pdf"))
    assert content.startswith(b"%PDF-")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_taken_out_and_recorded_with_its_number_of_rows(scene: Scene, kind: str) -> None:
    scene.registers(2, family_name="=cmd")
    answer = scene.as_(scene.organizer).get(f"/desk/tables-2027/registrations.{kind}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert scene.exports() == [{"what": "registrations", "format": kind, "rows": 2}]


@pytest.mark.parametrize("subject", ["delegations", "categories", "parties"])
def test_other_lists_are_taken_out_as_well(scene: Scene, subject: str) -> None:
    scene.registers()
    answer = scene.as_(scene.organizer).get(f"/desk/tables-2027/{subject}.csv")
    assert len(read_csv(answer.data)) == 2


def test_only_those_who_were_ticked(scene: Scene) -> None:
    ref = scene.registers(3).ref
    rows = read_csv(scene.as_(scene.organizer).get(f"/desk/tables-2027/registrations.csv?ref={ref}").data)
    assert [row[0] for row in rows] == ["Number", "TB27-0001"]


def test_columns_that_others_add_stand_at_the_end(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from confapp.registration import exports

    more = [Column("seat", "Seat", lambda row: f"seat {row.number}")]
    monkeypatch.setattr(exports.registrations, "more_columns", [lambda actor, conference, ids: more])
    scene.registers()
    rows = read_csv(scene.as_(scene.organizer).get("/desk/tables-2027/registrations.csv").data)
    assert [row[-1] for row in rows] == ["Seat", "seat TB27-0001"]


def test_who_may_not_export_gets_no_table(scene: Scene) -> None:
    viewer = build.staff(scene.conference, Role.VIEWER)
    assert scene.as_(viewer).get("/desk/tables-2027/registrations.csv").status_code == 403
    assert scene.as_(build.account()).get("/desk/tables-2027/registrations.xlsx").status_code == 404
    assert scene.exports() == []


def test_a_large_table_is_made_by_a_job_for_its_asker_alone(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(exporting.AT_ONCE, "xlsx", 1)
    scene.registers(2)
    client = scene.as_(scene.organizer)
    answer = client.get("/desk/tables-2027/registrations.xlsx?status=submitted")
    assert answer.status_code == 303
    order = answer.headers["Location"]
    assert order == "/desk/tables-2027/downloads/registrations.xlsx?status=submitted"
    assert "Take out 2 lines as XLSX?" in client.get(order).text
    page = client.send(order).headers["Location"]
    assert "It is being made" in client.get(page).text
    assert client.get(f"{page}/file").status_code == 404
    assert jobs.run_due() == 1
    jobs.run_due()
    assert "The file is ready" in client.get(page).text
    rows = load_workbook(io.BytesIO(client.get(f"{page}/file").data)).active
    assert rows is not None
    assert rows.max_row == 3
    colleague = scene.as_(build.staff(scene.conference, Role.ORGANIZER))
    assert colleague.get(page).status_code == colleague.get(f"{page}/file").status_code == 404
    assert [facts["rows"] for facts in scene.exports()] == [2]


def test_a_file_is_removed_after_its_day(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(exporting.AT_ONCE, "xlsx", 0)
    scene.registers()
    client = scene.as_(scene.organizer)
    page = client.send("/desk/tables-2027/downloads/registrations.xlsx").headers["Location"]
    jobs.run_due()
    later = clock.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    client = scene.as_(scene.organizer)
    assert client.get(f"{page}/file").status_code == 404
    forget()
    folder = scene.app.extensions["confapp"].data / "files"
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert "was removed after its day" in client.get(page).text
    with across_conferences("a test counts"):
        assert db.session.scalar(select(func.count(Download.id)).where(Download.file_id.is_not(None))) == 0


def test_a_list_asks_the_same_number_of_questions_for_any_number_of_rows(scene: Scene) -> None:
    client = scene.as_(scene.organizer)
    scene.registers()
    client.get("/desk/tables-2027/registrations.csv")
    with build.count_queries() as one:
        client.get("/desk/tables-2027/registrations.csv")
    for number in (2, 3):
        build.registration(scene.conference, category_id=scene.category.id, number=f"X{number}")
    with build.count_queries() as three:
        client.get("/desk/tables-2027/registrations.csv")
    assert three.number == one.number


def test_answers_stand_in_the_table_unless_they_are_sealed(scene: Scene) -> None:
    registration = scene.registers()
    for number, data_class in enumerate((DataClass.PERSONAL, DataClass.SPECIAL), 1):
        about = {"conference_id": scene.conference.id}
        question = build.save(
            Question(
                code=f"q{number}",
                kind=QuestionKind.TEXT,
                data_class=data_class,
                position=number,
                readers=["organizer"],
                **about,
            )
        )
        version = build.save(
            QuestionVersion(question_id=question.id, number=1, label={"en": f"Question {number}"}, **about)
        )
        given = Answer(registration_id=registration.id, question_id=question.id, version_id=version.id, **about)
        if data_class == DataClass.PERSONAL:
            given.plain = "=a window seat"
        else:
            with across_conferences("a test seals"):
                given.special = "CANARY"
        build.save(given)
    content = scene.as_(scene.organizer).get("/desk/tables-2027/registrations.csv").data
    head, row = read_csv(content)
    assert (head[-1], row[-1]) == ("Question 1", "'=a window seat")
    assert b"CANARY" not in content
    assert b"Question 2" not in content
