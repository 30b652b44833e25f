"""The copy of a whole conference: what it holds, what never stands in it, and who gets it."""

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import audit, jobs
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db
from confapp.people.rules import Role
from confapp.reports import archive
from tests import build
from tests.access import world
from tests.access.world import World


@pytest.fixture
def alpha(app: Flask) -> World:
    world.make(app, "OTHER7", "other-2027")
    return world.make(app, "ALPHA7", "alpha-2027")


def taken_out(app: Flask, alpha: World) -> tuple[zipfile.ZipFile, dict[str, Any]]:
    client = app.test_client().sign_in(alpha.holders[Role.ORGANIZER])  # type: ignore[attr-defined]
    page = client.send("/desk/alpha-2027/copy", reason="The ministry's own archive").headers["Location"]
    while jobs.run_due():
        pass
    assert "The file is ready" in client.get(page).text
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{page}/file").data))
    return packed, json.loads(packed.read("manifest.json"))


def test_it_holds_every_table_and_file_and_says_their_hashes(app: Flask, alpha: World) -> None:
    packed, manifest = taken_out(app, alpha)
    assert {*packed.namelist()} == {"manifest.json", *manifest["parts"]}
    for name, part in manifest["parts"].items():
        content = packed.read(name)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (part["sha256"], part["size"])
    assert {f"data/{table.name}.json" for table in archive.archived_tables()} < {*manifest["parts"]}
    (registration,) = json.loads(packed.read("data/registration.json"))
    delegation, _neighbour = json.loads(packed.read("data/delegation.json"))
    assert registration["delegation"] == delegation["ref"]
    assert delegation["name"] == world.both("ALPHA7", "delegation")
    assert "data/bilateral.json" not in manifest["parts"]  # known to the protocol office alone
    assert b"subject of two" not in b"".join(packed.read(name) for name in packed.namelist())
    assert b"ALPHA7" in packed.read("lists/registrations.csv")
    assert any(name.startswith("files/credential/") for name in manifest["parts"])
    with across_conferences("a test reads the record"):
        assert manifest["audit_head"] == audit.head(alpha.conference.id)


def test_nothing_sealed_and_nothing_of_another_conference_stands_in_it(app: Flask, alpha: World) -> None:
    packed, _manifest = taken_out(app, alpha)
    content = b"".join(packed.read(name) for name in packed.namelist())
    for canary in (b"ALPHA7-passport", b"ALPHA7-needs", b"OTHER7"):
        assert canary not in content


@pytest.mark.once
def test_no_column_that_is_sealed_or_a_key_is_ever_taken(whole_app: Flask) -> None:
    for table in archive.archived_tables():
        for column in archive.archived_columns(table):
            assert column.info["data"] not in archive.SEALED
            assert not column.foreign_keys
            assert not column.primary_key


def test_a_column_that_is_added_is_in_it_by_itself(app: Flask, alpha: World) -> None:
    """By its description alone: no list of columns is kept anywhere."""
    packed, _manifest = taken_out(app, alpha)
    for table in archive.archived_tables():
        rows = json.loads(packed.read(f"data/{table.name}.json"))
        for column in archive.archived_columns(table):
            assert all(column.name in row for row in rows), f"{table.name}.{column.name}"


def test_it_is_recorded_with_its_reason(app: Flask, alpha: World) -> None:
    taken_out(app, alpha)
    with across_conferences("a test reads the record"):
        (facts,) = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.verb == "export")).all()
    assert (facts["what"], facts["reason"]) == ("archive", "The ministry's own archive")


def test_without_a_reason_or_the_right_nothing_is_made(app: Flask, alpha: World) -> None:
    organizer = app.test_client().sign_in(alpha.holders[Role.ORGANIZER])  # type: ignore[attr-defined]
    assert organizer.send("/desk/alpha-2027/copy", reason=" ").status_code == 422
    for role, status in ((Role.ACCREDITATION_OFFICER, 403), (Role.VIEWER, 403), (Role.FOCAL_POINT, 403)):
        client = app.test_client().sign_in(alpha.holders[role])  # type: ignore[attr-defined]
        assert client.send("/desk/alpha-2027/copy", reason="x").status_code == status
    stranger = app.test_client().sign_in(build.account())  # type: ignore[attr-defined]
    assert stranger.send("/desk/alpha-2027/copy", reason="x").status_code == 404
    with across_conferences("a test reads the record"):
        assert db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "export")).all() == []
