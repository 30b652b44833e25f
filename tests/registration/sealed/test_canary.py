"""A raw search for planted values: database and journal, dump, backup, logs, mails, temporary files, pages, exports."""

import io
import logging
import re
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp import backup
from confapp.conferences.models import Conference
from confapp.foundation import clock, jobs, vault
from confapp.foundation.db import Data, across_conferences, db, in_conference
from confapp.foundation.sealing import DataKey
from confapp.foundation.transactions import writing
from confapp.people.models import Account, Person
from confapp.people.rules import Role
from confapp.registration import actions, tasks
from confapp.registration.models import Answer, Delegation, Question, QuestionVersion, Registration
from confapp.registration.rules.questions import DataClass, QuestionKind
from tests import build
from tests.access.pages import crawl

PASSPORT, BORN = "CANARYX7654321", "1931-05-17"
DIET, NEEDS = "canary-without-walnuts", "canary-needs-a-ramp"
TRAVEL = "canary flight GA 88117"
FACE = b"\xff\xd8\xff canary face 0123456789 \xff\xd9"
CANARIES = [PASSPORT.encode(), BORN.encode(), DIET.encode(), NEEDS.encode(), TRAVEL.encode(), b"canary face"]
Browser = Any


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def delegation(conference: Conference) -> Delegation:
    build.category(conference)
    return build.delegation(conference)


@pytest.fixture
def focal_point(app: Flask, conference: Conference, delegation: Delegation) -> Browser:
    holder: Account = build.account("focal@mission.example")
    build.mandate(holder, Role.FOCAL_POINT, conference, delegation_id=delegation.id)
    return app.test_client().sign_in(holder)  # type: ignore[attr-defined]


@pytest.fixture
def registered(conference: Conference, delegation: Delegation, focal_point: Browser) -> Registration:
    """Somebody whose sealed data went through the pages, with a travel answer and a photo."""
    answer = focal_point.send(f"/me/pdp-2027/delegations/{delegation.ref}/members/new", **typed())
    assert answer.status_code == 303, re.findall(r"field-error[^<]*<?[^<]*", answer.get_data(as_text=True))
    with across_conferences("test"):
        row = db.session.scalars(select(Registration)).one()
    _travel(conference, row)
    _photo(conference, row)
    return row


def typed() -> dict[str, str]:
    return {
        "given_name": "Budi",
        "family_name": "Contoh",
        "capacity": "delegate",
        "rank": "other",
        "language": "en",
        "email": "budi@mail.example",
        "passport_number": PASSPORT,
        "birth_date": BORN,
        "diet": "other",
        "diet_note": DIET,
        "access_needs": NEEDS,
        "data_use": "y",
    }


def _travel(conference: Conference, row: Registration) -> None:
    question = build.save(
        Question(
            conference_id=conference.id,
            code="flight",
            kind=QuestionKind.TEXT,
            data_class=DataClass.HIGH,
            kept_days=14,
            readers=["protocol_officer"],
        )
    )
    version = build.save(
        QuestionVersion(conference_id=conference.id, question_id=question.id, number=1, label={"en": "Flight"})
    )
    with in_conference(conference.id), writing():
        answer = Answer(
            registration_id=row.id, question_id=question.id, version_id=version.id, conference_id=conference.id
        )
        answer.high = TRAVEL
        db.session.add(answer)


def _photo(conference: Conference, row: Registration) -> None:
    with in_conference(conference.id):
        kept = vault.keep(FACE, conference_id=conference.id, data_class=Data.HIGH)
        with writing():
            stored = vault.register(kept, "image/jpeg", "face.jpg")
            db.session.flush()
            db.session.get_one(Person, row.person_id).photo_id = stored.id


# --- where to look ----------------------------------------------------------------------------------------------------


def lying(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, and what is inside those that are archives."""
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            yield str(path), content
            yield from inside(str(path), content)


def inside(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                part = archive.read(member)
                yield f"{name}!{member}", part
                yield from inside(f"{name}!{member}", part)


def database(app: Flask) -> Iterator[tuple[str, bytes]]:
    """SQLite's files as they lie, or PostgreSQL's dump with its bytes decoded; and every value of every row."""
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        file = Path(str(db.engine.url.database))
        yield from ((part.name, part.read_bytes()) for part in file.parent.glob(file.name + "*"))
    elif shutil.which("pg_dump"):
        url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        dump = subprocess.run(["pg_dump", "--dbname", url], capture_output=True, check=True).stdout
        yield "dump", dump
        for found in re.findall(rb"\\\\x((?:[0-9a-f]{2})+)", dump):
            yield "dump", bytes.fromhex(found.decode())
    with db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            for row in connection.execute(table.select()):
                yield table.name, repr(tuple(row)).encode()


def hits(places: Iterator[tuple[str, bytes]], words: list[bytes] = CANARIES) -> list[str]:
    return [f"{name}: {word!r}" for name, content in places for word in words if word in content]


def downloads(browser: Browser, pages: dict[str, tuple[int, str]]) -> Iterator[tuple[str, bytes]]:
    """Pages that were read, and what was linked there and is not text."""
    for url, (status, text) in pages.items():
        content = text.encode() if text or status != 200 else browser.get(url).data
        yield url, content
        yield from inside(url, content)


# --- the search -------------------------------------------------------------------------------------------------------


def test_the_search_finds_what_is_there(app: Flask, temporary: Path, tmp_path: Path, registered: Registration) -> None:
    """What is planted in the open is found: in the journal and the rows, inside archives, and inside the backup."""
    assert hits(database(app), [b"Contoh"])
    assert hits(lying(app.extensions["confapp"].data), [b"Contoh"]) == []
    build.change(registered, functional_title=PASSPORT)
    where = {line.partition(":")[0] for line in hits(database(app))}
    assert "registration" in where
    if db.engine.dialect.name == "sqlite":
        assert [name for name in where if name.endswith("-wal")]
    with zipfile.ZipFile(temporary / "table.xlsx", "w") as workbook:
        workbook.writestr("xl/sheet.xml", DIET)
    assert len(hits(lying(temporary))) == 2  # as it lies there, and unpacked
    with tarfile.open(tmp_path / "planted.tar", "w") as archive:
        archive.add(temporary / "table.xlsx")
    assert hits(lying_in_tar(tmp_path / "planted.tar"))


def test_no_sealed_value_lies_anywhere(
    app: Flask, temporary: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, registered: Registration
) -> None:
    caplog.set_level(logging.DEBUG, "confapp")
    settings = app.extensions["confapp"]
    jobs.run_due()
    assert hits(database(app)) == []
    assert hits(lying(settings.data)) == []
    backup.back_up(settings, tmp_path / "backup.tar")
    assert hits(lying_in_tar(tmp_path / "backup.tar")) == []
    assert hits(iter([("log", caplog.text.encode())])) == []
    assert hits(lying(temporary)) == []


def lying_in_tar(path: Path) -> Iterator[tuple[str, bytes]]:
    yield path.name, path.read_bytes()
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            if (part := archive.extractfile(member)) is not None:
                yield member.name, part.read()


def test_no_page_and_no_export_shows_a_sealed_value(
    app: Flask, conference: Conference, registered: Registration, focal_point: Browser
) -> None:
    for role, start in ((Role.ORGANIZER, "/desk/pdp-2027/"), (Role.PROTOCOL_OFFICER, "/desk/pdp-2027/registrations")):
        browser: Browser = app.test_client().sign_in(build.staff(conference, role))  # type: ignore[attr-defined]
        site = crawl(browser, [start], most=110)
        assert len(site.pages) > 20
        assert hits(downloads(browser, site.pages)) == []
    jobs.run_due()
    assert hits(lying(app.extensions["confapp"].data)) == []
    own = crawl(focal_point, ["/me/pdp-2027/"], most=60)
    assert hits(iter([(url, text.encode()) for url, (_status, text) in own.pages.items()])) == []


def test_a_fault_while_it_is_typed_leaves_no_trace(
    app: Flask,
    temporary: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    delegation: Delegation,
    focal_point: Browser,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(actions, "register_member", fail)
    answer = focal_point.send(f"/me/pdp-2027/delegations/{delegation.ref}/members/new", **typed())
    assert answer.status_code == 500
    out, err = capfd.readouterr()
    said = [("page", answer.data), ("log", caplog.text.encode()), ("output", (out + err).encode())]
    assert hits(iter(said)) == []
    assert hits(database(app)) == []
    assert hits(lying(temporary)) == []


def test_after_its_day_not_even_its_sealed_bytes_are_left(
    app: Flask, conference: Conference, registered: Registration
) -> None:
    with across_conferences("test"):
        person = db.session.get_one(Person, registered.person_id)
        sealed = [
            person.passport_number_sealed,
            person.birth_date_sealed,
            person.diet_sealed,
            person.access_needs_sealed,
        ]
        sealed.append(db.session.scalars(select(Answer)).one().high_sealed)
        keys = [row.wrapped for row in db.session.scalars(select(DataKey))]
        face = db.session.get_one(Person, registered.person_id).photo.sha256
    remembered = [value for value in (*sealed, *keys) if value]
    assert len(remembered) == 7
    if db.engine.dialect.name == "sqlite":
        assert hits(database(app), remembered)
    last = clock.now().date() - timedelta(days=40)
    build.change(conference, starts_on=last - timedelta(days=2), ends_on=last)
    tasks.purge_sealed()
    jobs.run_due()
    assert hits(database(app), remembered) == []
    assert not (app.extensions["confapp"].data / "files" / face[:2] / face[2:]).exists()
