"""Verification of letters: what a stranger is told of one, and that it is never a name."""

import hashlib
import io

import pytest
from sqlalchemy import delete

from confapp.foundation import files, known
from confapp.foundation.db import db
from confapp.registration.actions import letters as actions
from confapp.registration.models import Letter
from confapp.registration.rules.letters import LetterKind
from tests import build
from tests.registration.letters import Scene, run_jobs

NAME = "Dewi Contoh"


@pytest.fixture
def scene(app) -> Scene:
    made = Scene(app)
    made.ready()
    return made


@pytest.fixture
def issued(scene) -> Letter:
    """A real letter on real paper."""
    member, by = scene.member(), build.actor(scene.officer)
    with scene.at_work():
        letter = actions.request_letter(by, scene.here(member), LetterKind.VISA_SUPPORT, ["en"], "Embassy")
        actions.issue_letters(by, scene.here(scene.conference), [letter])
    run_jobs()
    return scene.letters()[0]


def content(scene, letter) -> bytes:
    with scene.looking():
        return files.read(scene.here(letter).file)


def ask(client, sent: bytes) -> str:
    answer = client.post("/en/verify", data={"file": (io.BytesIO(sent), "letter.pdf")})
    assert answer.status_code == 200
    return answer.text


def withdraw(scene, letter) -> None:
    by = build.actor(scene.officer)
    with scene.at_work():
        actions.withdraw_letter(by, scene.here(letter), "Issued by mistake")


def test_the_file_is_genuine_and_nobody_is_named(client, scene, issued):
    said = ask(client, content(scene, issued))
    assert "This file is exactly the letter that was issued" in said
    assert issued.number in said
    assert "Visa support letter" in said
    assert NAME not in said
    assert "Embassy" not in said


def test_an_altered_file_says_so(client, scene, issued):
    changed = bytearray(content(scene, issued))
    changed[-30] ^= 1
    said = ask(client, bytes(changed))
    assert "This file is not the letter that was issued" in said
    assert NAME not in said


def test_a_withdrawn_letter_says_so_without_the_reason(client, scene, issued):
    kept = content(scene, issued)
    withdraw(scene, issued)
    for said in (ask(client, kept), client.get(f"/en/verify/{issued.code}").text):
        assert "has been withdrawn since" in said
        assert "Issued by mistake" not in said


def test_a_code_is_known_and_the_name_is_asked_for(client, scene, issued):
    said = client.get(f"/en/verify/{issued.code}").text
    assert "This code belongs to a letter that was issued and is valid" in said
    assert NAME not in said


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Dewi Contoh", "Yes:"),
        ("dewi  CONTOH", "Yes:"),
        ("Contoh Dewi", "Yes:"),
        ("Dewi", "No:"),
        ("%", "No:"),
        ("Dewi Contoh Lain", "No:"),
    ],
)
def test_a_name_that_is_typed_is_compared(client, issued, typed, answer):
    said = client.post(f"/en/verify/{issued.code}", data={"name": typed})
    assert said.status_code == 200
    assert answer in said.text


def test_an_empty_name_is_an_error_beside_the_field(client, issued):
    assert client.post(f"/en/verify/{issued.code}", data={"name": ""}).status_code == 422


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "x", "0"])
def test_names_are_compared_with_known_codes_only(client, issued, code):
    assert client.post(f"/en/verify/{code}", data={"name": NAME}).status_code == 404


def test_a_letter_that_was_only_asked_for_is_not_known(client, scene):
    member, by = scene.member(), build.actor(scene.officer)
    with scene.at_work():
        actions.request_letter(by, scene.here(member), LetterKind.VISA_SUPPORT, ["en"], "Embassy")
    assert "never issued this code" in client.get("/en/verify/0000-0000-0000").text


def test_after_the_purge_the_hash_still_proves_the_letter(client, scene, issued):
    kept = content(scene, issued)
    build.change(issued, file_id=None, printed={})
    assert "This file is exactly the letter that was issued" in ask(client, kept)
    assert "This file is not the letter that was issued" in ask(client, kept[:-9] + b"%" + kept[-8:])


def test_where_no_hash_is_known_nothing_is_called_altered(client, scene, issued):
    kept = content(scene, issued)
    build.change(issued, file_id=None, printed={})
    with scene.at_work():
        db.session.execute(delete(known.KnownFile))
    said = ask(client, kept)
    assert "the letter itself is kept no longer" in said
    assert "is not the letter" not in said


def test_the_file_is_found_by_its_hash(client, scene, issued):
    sha256 = hashlib.sha256(content(scene, issued)).hexdigest()
    said = client.get(f"/en/verify/file/{sha256}").text
    assert "A file with this hash was published" in said
    assert issued.number in said
    assert NAME not in said


def test_an_extended_letter_says_so(client, scene, issued):
    assert "Something was added to this file" in ask(client, content(scene, issued) + b"%%EOF")
