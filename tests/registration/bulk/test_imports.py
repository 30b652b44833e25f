"""Tables of people that are brought in: read whatever their form, tried row by row, registered all or none."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select

from confapp.foundation import jobs, places
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db
from confapp.foundation.files import StoredFile
from confapp.foundation.mail import Mail
from confapp.foundation.places import Quota
from confapp.foundation.transactions import writing
from confapp.people.models import Consent, Person
from confapp.people.rules import Role
from confapp.registration.imports import reading, working
from confapp.registration.imports.columns import FIELDS, guessed
from confapp.registration.imports.reading import BadTable
from confapp.registration.models import Answer, Import, Registration, RegistrationMove
from confapp.registration.rules import Status, Track
from confapp.registration.rules.questions import DataClass, QuestionKind
from tests import build
from tests.registration.bulk.test_tables import read_csv
from tests.registration.questions.making import answers, question, questionnaire

HEADS = ["Given name", "Family name", "Delegation", "E-mail", "Capacity", "Country"]


def as_csv(*rows: Any, heads: Any = HEADS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode()


def as_xlsx(*rows: Any) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Scene:
    """A conference with an office and two delegations, the first with a focal point."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference("tables-2027", acronym="TB")
        self.category = build.category(self.conference, code="delegate", name={"en": "Delegate", "id": "Delegasi"})
        self.media = build.category(
            self.conference, code="media", name={"en": "Media"}, is_for_delegations=False, track=Track.ADMISSION
        )
        self.officer = build.staff(self.conference, Role.ACCREDITATION_OFFICER)
        self.first, self.second = build.delegation(self.conference), build.delegation(self.conference)
        self.focal_point = build.account()
        build.mandate(self.focal_point, Role.FOCAL_POINT, self.conference, delegation_id=self.first.id)
        self.desk, self.own = "/desk/tables-2027/imports", f"/me/tables-2027/delegations/{self.first.ref}/imports"

    def as_(self, account: Any) -> Any:
        return self.app.test_client().sign_in(account)

    def upload(self, client: Any, content: bytes, where: str = "", **fields: Any) -> Any:
        file = (io.BytesIO(content), "people.csv")
        return client.send(where or self.desk, file=file, delegation="", category="", encoding="", **fields)

    def checked(self, client: Any, content: bytes, where: str = "", **fields: Any) -> str:
        """The page of a table whose columns were taken as guessed."""
        page = str(self.upload(client, content, where, **fields).headers["Location"])
        chosen = {f"column-{number}": name for number, name in enumerate(self.batch().mapping["columns"])}
        assert client.send(f"{page}/columns", **chosen).status_code == 303
        jobs.run_due()
        return page

    def batch(self) -> Import:
        with across_conferences("a test looks at an import"):
            return db.session.scalars(select(Import).order_by(Import.id.desc())).first()  # type: ignore[return-value]

    def registrations(self) -> list[Registration]:
        with across_conferences("a test looks at registrations"):
            return list(db.session.scalars(select(Registration).order_by(Registration.id)))

    def count(self, model: Any) -> int:
        with across_conferences("a test counts"):
            return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def people(scene: Scene, number: int) -> list[list[str]]:
    code = scene.first.code
    return [[f"Given{n}", "Contoh", code, f"p{n}@mail.example", "Delegate", "Indonesia"] for n in range(1, number + 1)]


# --- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize(
    "content",
    [
        "Name;Country\r\nZoë;Österreich\r\n".encode("utf-8-sig"),
        "Name\tCountry\nZoë\tÖsterreich\n".encode(),
        "Name,Country\nZoë,Österreich\n".encode("windows-1252"),
        "Name\tCountry\nZoë\tÖsterreich\n".encode("utf-16"),
        '"Name","Country"\n"Zoë","Österreich"\n'.encode(),
        as_xlsx(["Name", "Country"], ["Zoë", "Österreich"]),
    ],
    ids=["semicolons and mark", "pasted", "windows", "utf-16", "quoted", "workbook"],
)
def test_a_table_is_read_whatever_its_form(content: bytes) -> None:
    assert reading.table(content) == [["Name", "Country"], ["Zoë", "Österreich"]]


@pytest.mark.once
def test_an_encoding_that_was_chosen_is_used() -> None:
    content = "الاسم\nمحمد\n".encode("windows-1256")
    assert reading.table(content, "windows-1256") == [["الاسم"], ["محمد"]]
    with pytest.raises(BadTable):
        reading.table(content, "utf-8")


@pytest.mark.once
def test_a_workbook_gives_values_and_no_formulas() -> None:
    content = as_xlsx(
        ["a", "b", "c", "d", "e", "f"], ["=1+1", 7.0, True, datetime(1980, 5, 4), datetime(2027, 1, 2, 9, 30), None]
    )
    assert reading.table(content)[1] == ["", "7", "yes", "1980-05-04", "2027-01-02 09:30"]


@pytest.mark.once
def test_rows_keep_their_numbers_and_cells_are_cleaned() -> None:
    assert reading.table(b"Name\n\nA\x00\xe2\x80\xaeB\n'=1+1\n\n\n")[1:] == [[], ["A\u202eB"], ["=1+1"]]


@pytest.mark.once
@pytest.mark.parametrize(
    "content",
    [
        as_xlsx(["Delegates of the Testland, as agreed"], [], ["Name", "Country"], ["Zoë", "Österreich"]),
        "Delegates of the Testland, as agreed\n\nName;Country\nZoë;Österreich\n".encode("windows-1252"),
        "sep=;\n\nName;Country\nZoë;Österreich\n".encode(),
    ],
    ids=["title in a workbook", "title in a text", "separator that is said"],
)
def test_what_stands_above_the_names_of_the_columns_is_passed_over_and_counted(content: bytes) -> None:
    assert reading.table(content) == [["Name", "Country"], [], [], ["Zoë", "Österreich"]]


@pytest.mark.once
def test_words_in_another_alphabet_tell_their_encoding() -> None:
    assert reading.table("الاسم;الوفد\nأحمد;مصر\n".encode("windows-1256")) == [["الاسم", "الوفد"], ["أحمد", "مصر"]]


def _bomb(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(f"{name}.xml", content)
    return out.getvalue()


@pytest.mark.once
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"only heads\n",
        b"\x00\x01\x02\xff\xfe binary" * 50,
        b"PK\x03\x04 not a workbook",
        as_xlsx(["a"], ["b"])[:-200],
        _bomb(big=b"\x00" * (90 * 1024 * 1024)),
        _bomb(sheet=b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
        _bomb(**{f"part{number}": b"" for number in range(500)}),
        b"Name\n" + b"x\n" * (reading.MOST_ROWS + 1),
        b"a," * 200 + b"\nx,",
        b"a" * (reading.LARGEST_FILE + 1),
        b'Name,Other\n"never closed' + b"x" * 200_000,
    ],
    ids=[
        "nothing",
        "only heads",
        "binary",
        "no workbook",
        "cut off",
        "bomb",
        "entities",
        "many parts",
        "too many rows",
        "too many columns",
        "too large",
        "open quotation",
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(BadTable):
        reading.table(content)


@pytest.mark.once
def test_a_workbook_with_a_row_far_below_is_read_no_further() -> None:
    sheet = b'<row r="2000000"><c r="A2000000" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    source, out = zipfile.ZipFile(io.BytesIO(as_xlsx(["a"], ["b"]))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for part in source.infolist():
            content = source.read(part).replace(b"</sheetData>", sheet)
            packed.writestr(part.filename, content)
    with pytest.raises(BadTable):
        reading.table(out.getvalue())


@pytest.mark.once
@pytest.mark.parametrize(
    "heads",
    [
        ["First name", "Last name", "E-mail", "Position", "Country"],
        ["Nama depan", "Nama keluarga", "Alamat surel", "Jabatan", "Negara"],
        ["الاسم الأول", "اسم العائلة", "البريد الإلكتروني", "المنصب", "البلد"],
    ],
)
def test_columns_are_guessed_in_three_languages(heads: list[str]) -> None:
    assert guessed(heads, list(FIELDS)) == ["given_name", "family_name", "email", "functional_title", "country"]


# --- from a table to people -------------------------------------------------------------------------------------------


def test_the_office_brings_in_a_table(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    rows = [
        ["Dewi", "Sari", scene.first.code, "dewi@mail.example", "Head of delegation", "Indonesia"],
        ["Budi", "Contoh", scene.second.name["en"], "", "penasihat", "IDN"],
    ]
    page = scene.checked(client, as_csv(*rows))
    assert scene.registrations() == []
    assert "Bring in all 2 persons" in client.get(page).text
    assert client.send(f"{page}/apply", data_use="y").headers["Location"] == page
    assert "2 persons were registered" in client.get(page).text
    head, other = scene.registrations()
    assert [head.capacity, head.status, head.number, head.delegation_id] == [
        "head",
        "submitted",
        "TB27-0001",
        scene.first.id,
    ]
    assert [other.number, other.delegation_id] == ["TB27-0002", scene.second.id]
    with across_conferences("a test looks at people"):
        assert [
            (one.printed_name, one.country, one.folded)
            for one in db.session.scalars(select(Person).order_by(Person.id))
        ] == [
            ("Dewi Sari", "IDN", "dewi sari sari dewi dewi@mail.example"),
            ("Budi Contoh", "IDN", "budi contoh contoh budi"),
        ]
    assert scene.count(RegistrationMove) == scene.count(Consent) == 2
    assert scene.count(Mail) == 0
    with across_conferences("a test reads the record"):
        (facts,) = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.verb == "import_people")).all()
    assert facts == {"people": 2, "first": "TB27-0001", "last": "TB27-0002"}
    for words in ("dewi", "tb27-0001"):
        listed = client.get(f"/desk/tables-2027/registrations?q={words}").text
        assert (listed.count("TB27-0001</td>"), listed.count("TB27-0002</td>")) == (1, 0)


def test_a_second_time_nothing_is_added(scene: Scene) -> None:
    client, content = scene.as_(scene.officer), as_csv(*people(scene, 3), *people(scene, 1))
    page = scene.checked(client, content)
    assert "The same as row 2." in client.get(page).text
    client.send(f"{page}/apply", data_use="y")
    client.send(f"{page}/apply", data_use="y")
    assert len(scene.registrations()) == 3
    page = scene.checked(client, content)
    assert "This person was brought in before." in client.get(page).text
    assert client.send(f"{page}/apply", data_use="y").status_code == 409
    assert len(scene.registrations()) == 3


def test_of_two_tables_at_once_the_second_adds_only_who_is_new(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is brought in after the second was looked at for the last time."""
    first, second = (
        scene.checked(scene.as_(scene.officer), as_csv(*people(scene, number))).rpartition("/")[2] for number in (3, 4)
    )
    looks_once_more = working.prepare

    def overtaken(*about: Any, **more: Any) -> working.Applied:
        monkeypatch.setattr(working, "prepare", looks_once_more)
        applied = looks_once_more(*about, **more)
        db.session.rollback()
        working.run_apply(first, lambda percent: None)
        return applied

    monkeypatch.setattr(working, "prepare", overtaken)
    with across_conferences("a test runs two jobs"):
        working.run_apply(second, lambda percent: None)
    assert len(scene.registrations()) == 4
    assert scene.batch().added == 1


def test_all_or_none_or_only_the_sound_ones(scene: Scene) -> None:
    bad = [["", "Contoh", scene.first.code, "", "", ""], ["A", "B", "NOWHERE", "no address", "emperor", "Atlantis"]]
    client = scene.as_(scene.officer)
    page = scene.checked(client, as_csv(*people(scene, 2), *bad))
    shown = client.get(page).text
    assert "Bring in only the 2 sound rows" in shown
    for words in ("Given name: Please fill this in.", "Write an e-mail address such as", "This country is not known"):
        assert words in shown
    assert client.send(f"{page}/apply", data_use="y").status_code == 409
    assert scene.registrations() == []
    assert client.send(f"{page}/apply", data_use="y", sound="yes").status_code == 303
    assert len(scene.registrations()) == 2
    report = read_csv(client.get(f"{page}/report.csv").data)
    assert [row[:1] + row[2:4] for row in report[1:]] == [
        ["2", "Registered", "TB27-0001"],
        ["3", "Registered", "TB27-0002"],
        ["4", "Cannot be brought in", ""],
        ["5", "Cannot be brought in", ""],
    ]


def test_many_bad_rows_are_each_reported_by_number(scene: Scene) -> None:
    rows = people(scene, 1000)
    for number in range(0, 1000, 20):
        rows[number][3] = "no address"
    client = scene.as_(scene.officer)
    page = scene.checked(client, as_csv(*rows))
    batch = scene.batch()
    assert (batch.rows, batch.sound) == (1000, 950)
    faulty = [line["row"] for line in batch.report if line["outcome"] == "fault"]
    assert faulty == [number + 2 for number in range(0, 1000, 20)]
    client.send(f"{page}/apply", data_use="y", sound="yes")
    assert scene.registrations() == []
    jobs.run_due()
    assert len(scene.registrations()) == 950
    assert {one.number for one in scene.registrations()} == {f"TB27-{number:04d}" for number in range(1, 951)}


def test_a_worker_that_died_does_nothing_twice(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    client = scene.as_(scene.officer)
    page = scene.checked(client, as_csv(*people(scene, 250)))
    client.send(f"{page}/apply", data_use="y")
    real = working.apply

    def dies(*about: Any, **more: Any) -> None:
        real(*about, **more)
        raise RuntimeError("the worker died before its transaction ended")

    monkeypatch.setattr(working, "apply", dies)
    jobs.run_due(1)
    assert scene.registrations() == []
    monkeypatch.setattr(working, "apply", real)
    with writing():
        db.session.execute(jobs.Job.__table__.update().values(run_at=datetime(2020, 1, 1, tzinfo=UTC)))  # type: ignore[attr-defined]
    jobs.run_due()
    assert len(scene.registrations()) == 250
    ref = page.rpartition("/")[2]
    with across_conferences("a test runs a job once more"):
        working.run_apply(ref, lambda percent: None)
    assert len(scene.registrations()) == 250


def test_places_are_taken_and_never_oversold(scene: Scene) -> None:
    with across_conferences("a test sets places"), writing():
        places.quota_for(db.session.merge(scene.first), 2)
    client = scene.as_(scene.officer)
    page = scene.checked(client, as_csv(*people(scene, 3)))
    assert "has 2 places left." in client.get(page).text
    client.send(f"{page}/apply", data_use="y", sound="yes")
    with across_conferences("a test counts"):
        quota = db.session.scalars(select(Quota)).one()
        assert (quota.taken, places.counted(quota), len(scene.registrations())) == (2, 2, 2)


def test_places_lost_between_the_check_and_the_end_leave_nothing(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    page = scene.checked(client, as_csv(*people(scene, 3)))
    with across_conferences("a test sets places"), writing():
        places.quota_for(db.session.merge(scene.first), 1)
    assert client.send(f"{page}/apply", data_use="y").status_code == 409
    assert scene.registrations() == []


def test_a_delegation_gets_one_head(scene: Scene) -> None:
    rows = people(scene, 2)
    for row in rows:
        row[4] = "head"
    page = scene.checked(scene.as_(scene.officer), as_csv(*rows))
    assert "This delegation has a head already" in scene.as_(scene.officer).get(page).text


def test_people_without_a_delegation_are_vouched_for_by_the_office(scene: Scene) -> None:
    heads = ["Given name", "Family name", "Organization", "Category"]
    page = scene.checked(scene.as_(scene.officer), as_csv(["Ani", "Pers", "Daily Example", "Media"], heads=heads))
    scene.as_(scene.officer).send(f"{page}/apply", data_use="y")
    (row,) = scene.registrations()
    assert (row.organization, row.status, row.is_confirmed) == ("Daily Example", Status.ACCREDITED, True)


def test_sealed_columns_are_sealed_and_the_table_is_forgotten(scene: Scene) -> None:
    heads = [*HEADS, "Passport", "Date of birth"]
    row = [*people(scene, 1)[0], "CANARY-4711", "1980-05-04"]
    client = scene.as_(scene.officer)
    page = scene.checked(client, as_csv(row, heads=heads))
    folder = scene.app.extensions["confapp"].data
    client.send(f"{page}/apply", data_use="y")
    with across_conferences("a test opens what is sealed"):
        person = db.session.scalars(select(Person)).one()
        assert (person.passport_number, person.birth_date) == ("CANARY-4711", date(1980, 5, 4).isoformat())
        stored = db.session.scalars(select(StoredFile)).one()
        assert stored.erased_at is not None
        assert stored.sealed_class
    for path in folder.rglob("*"):
        assert not path.is_file() or b"CANARY" not in path.read_bytes(), path


def test_each_gets_a_link_when_that_was_asked_for(scene: Scene) -> None:
    client = scene.as_(scene.focal_point)
    rows = [row[:2] + row[3:] for row in people(scene, 2)]
    heads = [head for head in HEADS if head != "Delegation"]
    page = scene.checked(client, as_csv(*rows, heads=heads), scene.own)
    assert client.send(f"{page}/apply", data_use="y", links="y").status_code == 303
    assert scene.count(Mail) == 2


def test_consent_is_needed(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    page = scene.checked(client, as_csv(*people(scene, 1)))
    assert client.send(f"{page}/apply").status_code == 422
    assert scene.registrations() == []


def test_a_focal_point_brings_in_own_members_only(scene: Scene) -> None:
    client = scene.as_(scene.focal_point)
    rows = people(scene, 1)
    rows[0][2] = scene.second.code
    page = scene.checked(client, as_csv(*rows), scene.own)
    client.send(f"{page}/apply", data_use="y")
    (row,) = scene.registrations()
    assert row.delegation_id == scene.first.id
    assert (
        scene.upload(client, as_csv(*rows), f"/me/tables-2027/delegations/{scene.second.ref}/imports").status_code
        == 404
    )
    assert scene.upload(client, as_csv(*rows)).status_code in (403, 404)
    assert scene.count(Import) == 1
    assert scene.count(StoredFile) == 1


def test_others_find_nothing(scene: Scene) -> None:
    page = scene.checked(scene.as_(scene.focal_point), as_csv(*people(scene, 1)), scene.own)
    desk = f"{scene.desk}/{page.rpartition('/')[2]}"
    viewer, stranger = build.staff(scene.conference, Role.VIEWER), build.account()
    other = build.account()
    build.mandate(other, Role.FOCAL_POINT, scene.conference, delegation_id=scene.second.id)
    for account in (viewer, stranger, other):
        client = scene.as_(account)
        for address in (page, desk, f"{page}/report.csv", scene.desk):
            assert client.get(address).status_code in (403, 404)
        for address in (f"{page}/apply", f"{desk}/apply", f"{page}/columns", f"{page}/drop"):
            assert client.send(address, data_use="y").status_code in (403, 404)
    assert scene.registrations() == []
    assert scene.as_(scene.officer).get(desk).status_code == 200


@pytest.mark.parametrize("content", [b"", b"x", b"\x00" * 100, _bomb(sheet=b"x")])
def test_a_bad_file_is_refused_beside_the_field(scene: Scene, content: bytes) -> None:
    answer = scene.upload(scene.as_(scene.officer), content)
    assert answer.status_code == 422
    assert "field needs attention" in answer.text
    assert scene.count(Import) == 0


def test_cells_are_pasted(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    pasted = "Nama depan\tNama keluarga\nDewi\tSari"
    answer = client.send(scene.desk, pasted=pasted, delegation=scene.first.ref, category="", encoding="")
    assert "Dewi" in client.get(answer.headers["Location"]).text
    assert scene.batch().mapping["columns"] == ["given_name", "family_name"]


def test_columns_can_be_changed_and_are_remembered(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    content = as_csv(["Dewi", "Sari", scene.first.code], heads=["Vorname", "Nachname", "Land"])
    page = scene.upload(client, content).headers["Location"]
    assert "Choose the column that holds the given name." in client.send(f"{page}/columns").text
    chosen = {"column-0": "given_name", "column-1": "family_name", "column-2": "delegation_code"}
    twice = chosen | {"column-1": "given_name"}
    assert client.send(f"{page}/columns", **twice).status_code == 422
    client.send(f"{page}/columns", **chosen)
    client.send(f"{page}/apply", data_use="y")
    scene.upload(client, content)
    assert scene.batch().mapping["columns"] == ["given_name", "family_name", "delegation_code"]


def test_somebodys_data_in_the_place_of_heads_is_not_kept_in_the_open(scene: Scene) -> None:
    row = ["Dewi Lestari", "dewi@x.example", "X1234567", "1980-02-03"]
    client = scene.as_(scene.officer)
    page = scene.upload(client, as_csv(["Eka", "", "", ""], heads=row)).headers["Location"]
    assert not [cell for cell in row if cell in str(scene.batch().mapping)]
    assert "Dewi Lestari" in client.get(page).text, "the page has them from the sealed table, to choose by"


def test_a_table_is_dropped(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    page = scene.checked(client, as_csv(*people(scene, 1)))
    assert client.send(f"{page}/drop").status_code == 303
    assert client.send(f"{page}/apply", data_use="y").status_code == 409
    assert scene.registrations() == []


def test_what_was_taken_out_comes_in_again(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    rows = [["=Dewi", "Sari", scene.first.code, "dewi@mail.example", "Head of delegation", "Indonesia"]]
    page = scene.checked(client, as_csv(*rows))
    client.send(f"{page}/apply", data_use="y")
    for kind in ("csv", "xlsx"):
        content = client.get(f"/desk/tables-2027/registrations.{kind}").data
        scene.checked(client, content)
        (line,) = scene.batch().report
        assert (line["name"], line["outcome"]) == ("=Dewi Sari", "there"), line


# --- answers to questions ---------------------------------------------------------------------------------------------


def test_answers_come_in_as_columns_under_the_rules_of_the_form(scene: Scene) -> None:
    """Guessed by the label, read by the words of the options, refused by row, left out where they are not asked."""
    conference = scene.conference
    visa = question(conference, "visa", QuestionKind.ONE_OF, label={"en": "Visa needed", "id": "Perlu visa"})
    mission = question(conference, "mission", data_class=DataClass.HIGH)
    nights = question(conference, "nights", QuestionKind.NUMBER, settings={"max": "9"})
    several, file = (
        question(conference, "fruit", QuestionKind.SEVERAL_OF),
        question(conference, "paper", QuestionKind.FILE),
    )
    asked_if = {"condition": {"field": "visa", "operator": "equals", "value": "a"}}
    questionnaire(conference, visa, (mission, asked_if), (nights, {"is_required": True}), several, file)
    client = scene.as_(scene.officer)
    heads = [*HEADS[:4], "Perlu visa", "Question mission", "Question nights", "Question fruit"]
    code = scene.first.code
    content = as_csv(
        ["Ani", "Sari", code, "a@x.example", "APEL", "Jakarta", "3", "Apple; Pisang"],
        ["Budi", "Misal", code, "b@x.example", "b", "Jakarta", "", ""],
        ["Citra", "Contoh", code, "c@x.example", "Cherry", "", "12", "Apple"],
        heads=heads,
    )
    page = scene.checked(client, content)
    chosen = scene.batch().mapping["columns"]
    assert chosen[4:] == ["question:visa", "question:mission", "question:nights", "question:fruit"]
    shown = client.get(page).text
    assert "not asked of this person" in shown
    said = {line["row"]: dict(line["faults"]) for line in scene.batch().report}
    assert said[2] == said[3] == {}
    assert said[4] == {"Visa needed": "Choose from the list.", "Question nights": "At most 9."}
    offered = client.get(f"{page}?columns=yes").text
    assert 'value="question:nights"' in offered
    assert 'value="question:paper"' not in offered
    assert client.send(f"{page}/apply", data_use="y", sound="y").status_code == 303
    jobs.run_due()
    ani, budi = scene.registrations()
    assert answers(ani) == {"visa": "a", "mission": "Jakarta", "nights": "3", "fruit": ["a", "b"]}
    assert answers(budi) == {"visa": "b"}
    with across_conferences("a test looks at what is sealed"):
        kept = db.session.scalars(select(Answer).where(Answer.question_id == mission.id)).one()
        assert kept.plain is None
        assert b"Jakarta" not in (kept.high_sealed or b"")


def test_a_focal_point_brings_in_answers_too_and_one_column_for_a_question(scene: Scene) -> None:
    asked = question(scene.conference, "hotel")
    questionnaire(scene.conference, asked)
    client = scene.as_(scene.focal_point)
    content = as_csv(
        ["Ani", "Sari", "Example Hotel", "Other"], heads=["Given name", "Family name", "Question hotel", "x"]
    )
    page = scene.checked(client, content, scene.own)
    twice = {"column-0": "given_name", "column-2": "question:hotel", "column-3": "question:hotel"}
    answer = client.send(f"{page}/columns", **twice)
    assert (answer.status_code, "“Question hotel” was chosen for two columns" in answer.text) == (422, True)
    client.send(f"{page}/apply", data_use="y")
    (row,) = scene.registrations()
    assert answers(row) == {"hotel": "Example Hotel"}
