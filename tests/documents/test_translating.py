"""Translators and revisers: they reach what was given to them, write one language of it, and say only what they may."""

import io
import re

import pytest
from sqlalchemy import select

from confapp.documents import actions, queries
from confapp.documents.rules import WorkState, bilingual
from confapp.documents.rules.languages import CellState, CheckState
from confapp.documents.rules.translating import reason_not_to_say, reason_not_to_write
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.mail.outbox import Mail
from confapp.people.rules import Role
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/"


@pytest.fixture
def ref(conference, by):
    return making.document(conference, by)


@pytest.fixture
def translator(conference):
    return build.staff(conference, Role.TRANSLATOR)


@pytest.fixture
def reviser(conference):
    return build.staff(conference, Role.TRANSLATOR)


def mails():
    with across_conferences("a test reads mails"):
        return [(mail.recipient, mail.text) for mail in db.session.scalars(select(Mail).order_by(Mail.id))]


def row(conference, ref, number=4):
    with in_conference(conference.id):
        return queries.draft(queries.document(ref)).rows[number]


def state(conference, ref, number=4):
    with in_conference(conference.id):
        return queries.sheet(queries.document(ref)).lines[number].cells["id"].state


def test_what_stops_a_translator_and_who_may_call_a_text_checked():
    assert reason_not_to_write("draft", WorkState.IN_HAND) is None
    assert "withdrawn" in reason_not_to_write("withdrawn", WorkState.IN_HAND)
    assert "final" in reason_not_to_write("draft", WorkState.FINAL)
    assert reason_not_to_say(CheckState.CHECKED, revises=True) is None
    assert "Another person" in reason_not_to_say(None, revises=False)
    assert "secretariat" in reason_not_to_say(CheckState.FINAL, revises=True)


def test_who_is_given_a_language_gets_one_mail_each_time(conference, by, ref, translator, reviser):
    before = len(mails())
    making.give(conference, ref, by, to=translator, checks=reviser)
    making.give(conference, ref, by, to=translator, checks=reviser, state=WorkState.CHECKED)
    (first, asked), (second, checks) = mails()[before:]
    assert (first, second) == (translator.email, reviser.email)
    assert "write this text in Indonesian" in asked
    assert f"/translations/{ref}/id" in asked
    assert "soon" in asked
    assert "check this text in Indonesian" in checks
    making.give(conference, ref, by, to=reviser, checks=reviser)
    assert [to for to, _text in mails()[before + 2 :]] == [reviser.email]
    making.give(conference, ref, by, to=translator, checks=reviser)
    assert [to for to, _text in mails()[before + 3 :]] == [translator.email]


def test_a_translator_sees_and_writes_only_the_language_given(client, conference, by, ref, translator):
    client.sign_in(translator)
    other = making.document(conference, by, symbol="TEST/2")
    base = f"{DESK}translations/{ref}"
    assert "Nothing was given to you yet" in client.get(f"{DESK}translations/").text
    assert client.get(f"{base}/id").status_code == 404
    making.give(conference, ref, by, to=translator)
    making.give(conference, ref, by, to=translator, language="en")  # an original is never a translator's
    assert "TEST/1/L.1" in client.get(f"{DESK}translations/").text
    assert "Affirm" in client.get(f"{base}/id").text
    for path in (f"{base}/en", f"{DESK}translations/{other}/id", f"{base}/ar"):
        assert client.get(path).status_code == 404
    for path in ("", f"{ref}/", f"{ref}/languages", f"{ref}/publish", "glossary/new"):
        assert client.get(f"{DESK}documents/{path}").status_code == 403
    assert client.get(f"{DESK}documents/glossary").status_code == 200
    paragraph = row(conference, ref)
    page = f"{base}/id/blocks/{paragraph.block.ref}"
    assert 'name="text_en"' not in client.get(page).text
    sent = {"text_id": "*Menegaskan* uji;", "base_id": paragraph.texts["id"].sha256, "text_en": "Changed"}
    assert client.send(page, **sent).status_code == 303
    now = row(conference, ref)
    assert making.inline_of(now, "id") == "*Menegaskan* uji;"
    assert now.texts["en"].sha256 == paragraph.texts["en"].sha256
    stale = client.send(page, **(sent | {"text_id": "Lain"}))
    assert stale.status_code == 409
    assert "Lain" in stale.text
    making.give(conference, ref, by, to=translator, state=WorkState.FINAL)
    late = client.send(page, **(sent | {"text_id": "Lain", "base_id": now.texts["id"].sha256}))
    assert late.status_code == 409
    assert "called this language final" in late.text
    making.give(conference, ref, by)
    assert client.get(page).status_code == 404


def test_only_the_reviser_says_that_a_text_is_checked(client, conference, by, ref, translator, reviser):
    with writing_in(conference):
        actions.want_of_translations(conference, wants_checks=True, four_eyes=True, revision=0, by=by)
    making.give(conference, ref, by, to=translator, checks=reviser)
    base = f"{DESK}translations/{ref}/id"
    text = row(conference, ref).texts["id"].ref
    client.sign_in(translator)
    assert "Mark as checked" not in client.get(base).text
    assert client.send(f"{base}/mark", checked=text).status_code == 409
    assert state(conference, ref) == CellState.DRAFT
    client.sign_in(reviser)
    assert "Mark as checked" in client.get(base).text
    assert client.send(f"{base}/mark", checked=row(conference, ref).texts["en"].ref).status_code == 404
    assert client.send(f"{base}/mark", checked=text).status_code == 303
    assert state(conference, ref) == CellState.CHECKED
    assert client.send(f"{base}/mark", back=text).status_code == 303
    assert state(conference, ref) == CellState.DRAFT
    making.write(conference, ref, 4, "id", "*Menegaskan* sendiri;", build.actor(reviser))
    own = client.send(f"{base}/mark", checked=row(conference, ref).texts["id"].ref)
    assert own.status_code == 409
    assert "another person" in own.text
    with writing_in(conference):
        actions.mark(
            queries.document(ref),
            [row(conference, ref, 5).texts["id"].ref],
            CheckState.CHECKED,
            by=build.actor(reviser),
        )
    page = client.get(f"{base}?only=y").text
    assert "sendiri" in page
    assert "Sepakat" not in page


def test_a_translator_takes_a_table_out_and_brings_it_in(client, conference, by, ref, translator):
    making.give(conference, ref, by, to=translator)
    client.sign_in(translator)
    base = f"{DESK}translations/{ref}/id"
    assert client.get(f"{DESK}translations/{ref}/en.docx").status_code == 404
    file = client.get(f"{base}.docx").data
    returned = bilingual.read(file)
    assert (returned.document, returned.language) == (ref, "id")
    dry = client.send(f"{base}/import", file=(io.BytesIO(file), "a.docx"))
    assert dry.status_code == 200
    assert f'href="{base}"' in dry.text
    making.give(conference, ref, by, to=translator, state=WorkState.FINAL)
    assert client.get(f"{base}/import").status_code == 409


def test_the_list_of_work_by_person(client, conference, by, ref, editor, translator, statements):
    making.document(conference, by, symbol="TEST/2")
    making.give(conference, ref, by, to=translator)
    client.sign_in(editor)
    page = client.get(f"{DESK}documents/work?person={translator.ref}").text
    assert "TEST/1/L.1" in page
    assert "TEST/2" not in page
    assert translator.name in page
    assert translator.ref in client.get(f"{DESK}documents/{ref}/work/id").text
    assert translator.ref not in client.get(f"{DESK}documents/{ref}/work/en").text
    client.sign_in(translator)
    assert "Translate TEST/1/L.1" not in client.get(DESK).text
    making.write(conference, ref, 4, "en", "*Affirm* more;", by)
    assert "Translate TEST/1/L.1: Indonesian" in client.get(DESK).text
    one = statements(lambda: client.get(f"{DESK}translations/"))
    for number in (3, 4):
        making.give(conference, making.document(conference, by, symbol=f"TEST/{number}"), by, to=translator)
    assert statements(lambda: client.get(f"{DESK}translations/")) == one


def test_every_page_says_the_way_back(client, conference, by, ref, editor, translator):
    making.give(conference, ref, by, to=translator)
    client.sign_in(editor)
    assert f'href="{DESK}documents/{ref}/"' in client.get(f"{DESK}documents/{ref}/languages").text.partition("<h1")[0]
    client.sign_in(translator)
    above = client.get(f"{DESK}translations/{ref}/id/blocks/{row(conference, ref).block.ref}").text.partition("<h1")[0]
    assert above.count(f'href="{DESK}translations/{ref}/id"') == 1
    assert "/documents/" not in above.partition("<main")[2]


def test_references_stand_as_their_numbers(client, conference, by, ref, translator):
    making.write(conference, ref, 5, "en", "*Agree* as in paragraph {1}:", by)
    making.give(conference, ref, by, to=translator)
    client.sign_in(translator)
    for path in ("", f"/blocks/{row(conference, ref, 5).block.ref}"):
        words = re.sub("<[^>]*>", "", client.get(f"{DESK}translations/{ref}/id{path}").text)
        assert "Agree as in paragraph 1:" in words
