"""Photographs in a ZIP by file name: whose they are, what cannot be used, and then each set as if uploaded."""

import io
import zipfile
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from confapp.foundation import jobs, vault
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db
from confapp.foundation.transactions import writing
from confapp.people.models import Person
from confapp.people.rules import Role
from confapp.registration.imports import photos
from confapp.registration.imports.photos import BadArchive
from confapp.registration.models import Import, Registration
from confapp.registration.rules import Status
from tests import build


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 400)) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    Image.new("RGB", size, "teal").save(out, kind, exif=exif)
    return out.getvalue()


def archive(**named: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in named.items():
            packed.writestr(name, content)
    return out.getvalue()


class Scene:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference("photos-2027", acronym="PH")
        self.category = build.category(self.conference, code="delegate")
        self.delegation = build.delegation(self.conference)
        self.officer = build.staff(self.conference, Role.ACCREDITATION_OFFICER)
        self.desk = "/desk/photos-2027/photo-imports"
        for number, (given, family) in enumerate((("Ani", "Sari"), ("Budi", "Contoh"), ("Ani", "Sari")), 1):
            person = build.person(self.conference, given_name=given, family_name=family)
            build.registration(
                self.conference,
                person_id=person.id,
                category_id=self.category.id,
                delegation_id=self.delegation.id,
                number=f"PH27-{number:04d}",
            )

    def as_(self, account: Any) -> Any:
        return self.app.test_client().sign_in(account)

    def batch(self) -> Import:
        with across_conferences("a test looks at an import"):
            return db.session.scalars(select(Import)).one()


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def test_pictures_find_their_people_and_are_written_anew(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    content = archive(
        **{
            "photos/PH27-0001.jpg": picture(),
            "../../Contoh, Budi.PNG": picture("PNG"),
            "ani_sari.jpg": picture(),
            "nobody.jpg": picture(),
            "PH27-0003.jpg": b"no picture at all",
            "ph27-0001.jpeg": picture(),
            "\u202egpj.1000-72HP.jpg": picture(),
            "__MACOSX/._PH27-0001.jpg": b"x",
            "notes.txt": b"x",
        }
    )
    page = client.send(scene.desk, file=(io.BytesIO(content), "photos.zip")).headers["Location"]
    assert "Working" in client.get(page).text
    jobs.run_due()
    found = {line["name"]: line["outcome"] for line in scene.batch().report}
    assert found == {
        "PH27-0001.jpg": "matched",
        "Contoh, Budi.PNG": "matched",
        "ani_sari.jpg": "unmatched",
        "nobody.jpg": "unmatched",
        "PH27-0003.jpg": "bad",
        "ph27-0001.jpeg": "unmatched",
        "gpj.1000-72HP.jpg": "unmatched",
    }
    shown = client.get(page).text
    for words in ("Set 2 photographs", "Several registrations have this name", "No registration has this number"):
        assert words in shown
    with across_conferences("a test looks at people"):
        assert all(person.photo_id is None for person in db.session.scalars(select(Person)))
    client.send(f"{page}/apply")
    jobs.run_due()
    assert "2 photographs were set" in client.get(page).text
    with across_conferences("a test looks at photographs"):
        kept = [person.photo for person in db.session.scalars(select(Person).order_by(Person.id))]
        assert [one is not None for one in kept] == [True, True, False]
        assert all(one.sealed_class for one in kept if one)
        content = vault.read(kept[0])
    assert b"CANARY" not in content
    assert Image.open(io.BytesIO(content)).size == (600, 800)


def test_a_picture_that_is_there_already_changes_nothing(scene: Scene) -> None:
    """A job that is done again, or the same archive once more, sends nobody who is accredited back to review."""
    with across_conferences("a test accredits"):
        ids = db.session.scalars(select(Registration.id).where(Registration.number == "PH27-0001")).all()
    client, content = scene.as_(scene.officer), archive(**{"PH27-0001.jpg": picture()})
    focal_point = build.account()
    build.mandate(focal_point, Role.FOCAL_POINT, scene.conference, delegation_id=scene.delegation.id)

    def bring_in() -> None:
        page = client.send(scene.desk, file=(io.BytesIO(content), "photos.zip")).headers["Location"]
        jobs.run_due()
        with across_conferences("a test names the focal point as the one who sent it"), writing():
            newest = db.session.scalars(select(Import).order_by(Import.id.desc())).first()
            assert newest is not None
            newest.made_by = focal_point.id
        client.send(f"{page}/apply")
        jobs.run_due()

    bring_in()
    with across_conferences("a test accredits"), writing():
        db.session.get_one(Registration, ids[0]).status = Status.ACCREDITED
    bring_in()
    with across_conferences("a test looks at the record"):
        row = db.session.get_one(Registration, ids[0])
        assert row.status == Status.ACCREDITED
        assert row.person.photo_id is not None
        verbs = db.session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_ref == row.ref)).all()
    assert verbs.count("set_photo") == 1


@pytest.mark.once
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", archive(**{"a.txt": b"x"}), archive(**{"a.jpg/": b""})])
def test_what_is_no_archive_of_pictures_is_refused(content: bytes) -> None:
    with pytest.raises(BadArchive):
        photos.pictures(content)


def test_a_picture_that_unpacks_to_more_than_it_may_is_refused(scene: Scene) -> None:
    content = archive(**{"PH27-0001.jpg": b"\xff\xd8\xff" + b"\x00" * (30 * 1024 * 1024)})
    client = scene.as_(scene.officer)
    page = client.send(scene.desk, file=(io.BytesIO(content), "bomb.zip")).headers["Location"]
    jobs.run_due()
    assert [line["outcome"] for line in scene.batch().report] == ["bad"]
    assert "is larger than" in client.get(page).text


def test_a_bad_archive_is_refused_beside_the_field_and_others_may_not(scene: Scene) -> None:
    answer = scene.as_(scene.officer).send(scene.desk, file=(io.BytesIO(b"x"), "x.zip"))
    assert answer.status_code == 422
    assert "This is no ZIP file" in answer.text
    viewer = scene.as_(build.staff(scene.conference, Role.VIEWER))
    assert viewer.send(scene.desk, file=(io.BytesIO(archive(**{"a.jpg": picture()})), "x.zip")).status_code == 403
    with across_conferences("a test counts"):
        assert db.session.scalars(select(Import)).all() == []
