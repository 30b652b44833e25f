"""What is typed and not saved is kept for the one who typed it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from confapp.documents import queries, tasks
from confapp.documents.models import BlockDraft
from confapp.foundation import clock
from confapp.foundation.db import db, in_conference
from confapp.people.rules import Role
from tests import build
from tests.documents import making

DESK = "/desk/test-2027/documents/"


@pytest.fixture
def ref(conference, by):
    return making.document(conference, by)


@pytest.fixture
def block(conference, ref):
    with in_conference(conference.id):
        return queries.draft(queries.document(ref)).rows[4]


def form_of(row, **texts):
    sent = {f"text_{code}": making.inline_of(row, code) for code in ("en", "id")}
    sent |= {f"base_{code}": row.texts[code].sha256 for code in ("en", "id")}
    return sent | texts


def kept(conference):
    with in_conference(conference.id):
        return [row.texts["en"] for row in db.session.scalars(select(BlockDraft))]


def test_it_comes_back_to_its_writer_alone_and_goes_when_it_is_saved(client, conference, editor, ref, block):
    desk = client.sign_in(editor)
    path = DESK + f"{ref}/blocks/{block.block.ref}"
    for words in ("*Affirm* a", "*Affirm* a half"):
        answer = desk.send(f"{path}/typed", **form_of(block, text_en=words))
        assert (answer.status_code, answer.json["said"][:18]) == (200, "Kept as your draft")
    assert kept(conference) == ["*Affirm* a half"]
    shown = desk.get(path).text
    assert "You had not saved this" in shown
    assert "*Affirm* a half" in shown
    client.sign_in(build.staff(conference, Role.ORGANIZER))
    assert "*Affirm* a half" not in client.get(path).text
    desk = client.sign_in(editor)
    assert desk.send(path, **form_of(block, text_en="*Affirm* a whole;")).status_code == 303
    assert kept(conference) == []
    assert "You had not saved this" not in desk.get(path).text


def test_a_draft_that_began_before_another_saved_overwrites_nothing(client, conference, editor, by, ref, block):
    desk = client.sign_in(editor)
    path = DESK + f"{ref}/blocks/{block.block.ref}"
    desk.send(f"{path}/typed", **form_of(block, text_en="*Affirm* mine;"))
    making.write(conference, ref, 4, "en", "*Affirm* theirs;", by)
    shown = desk.get(path).text
    assert "*Affirm* mine;" in shown
    assert f'value="{block.texts["en"].sha256}"' in shown
    refused = desk.send(path, **form_of(block, text_en="*Affirm* mine;"))
    assert refused.status_code == 409
    assert "<em>Affirm</em> theirs;" in refused.text
    assert "*Affirm* mine;" in refused.text


def test_what_equals_the_saved_text_or_is_thrown_away_or_old_is_not_kept(
    client, conference, editor, ref, block, monkeypatch
):
    desk = client.sign_in(editor)
    path = DESK + f"{ref}/blocks/{block.block.ref}"
    assert desk.send(f"{path}/typed", **form_of(block)).json == {"said": "Saved."}
    desk.send(f"{path}/typed", **form_of(block, text_en="one"))
    assert desk.send(f"{path}/typed/forget").status_code == 303
    assert kept(conference) == []
    desk.send(f"{path}/typed", **form_of(block, text_en="two"))
    tasks.prune()
    assert kept(conference) == ["two"]
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    tasks.prune()
    assert kept(conference) == []


def test_save_and_next_leads_to_the_next_paragraph(client, conference, editor, ref, block):
    with in_conference(conference.id):
        after = queries.draft(queries.document(ref)).rows[5].block.ref
    desk = client.sign_in(editor)
    answer = desk.send(DESK + f"{ref}/blocks/{block.block.ref}", **form_of(block, text_en="x"), onward="yes")
    assert answer.location.endswith(f"/blocks/{after}")
