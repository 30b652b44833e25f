"""Two people at one paragraph: drafts and claims are of a language, and neither overwrites the other."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from confapp.documents import actions, queries
from confapp.documents.actions import Conflict
from confapp.documents.models import BlockClaim, BlockDraft, BlockText
from confapp.documents.rules import WorkState
from confapp.foundation import clock
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.people.rules import Role
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/"


@pytest.fixture
def ref(conference, by):
    return making.document(conference, by, languages=["en", "id", "ar"])


@pytest.fixture
def translators(conference):
    return [build.staff(conference, Role.TRANSLATOR) for _ in range(3)]


@pytest.fixture
def block(conference, ref):
    with in_conference(conference.id):
        return queries.draft(queries.document(ref)).rows[4].block.ref


def forms(client, ref, language, block):
    return f"{DESK}translations/{ref}/{language}/blocks/{block}"


def sent(conference, ref, block, language, words):
    with in_conference(conference.id):
        text = queries.row(queries.document(ref), block).texts.get(language)
    return {f"text_{language}": words, f"base_{language}": text.sha256 if text else ""}


def test_two_translators_write_one_paragraph_at_once(app, conference, by, ref, translators, block):
    """All start together with the same text, twice each: one of the two is saved, and of each there is one claim."""
    conference_id, waiting = conference.id, [build.actor(one) for one in translators[:2]] * 2
    with in_conference(conference_id):
        base = queries.row(queries.document(ref), block).texts["id"].sha256
    db.session.rollback()

    def one():
        actor = waiting.pop()
        words, bases = {"id": f"Teks {actor.account_id}"}, {"id": base}
        with in_conference(conference_id), writing():
            document = queries.document(ref)
            here = queries.block(document, block)
            actions.claim(document, here, language="id", by=actor)
            actions.keep_typed(document, here, words, bases=bases, language="id", by=actor)
        with in_conference(conference_id), writing():
            document = queries.document(ref)
            actions.write_texts(document, queries.block(document, block), words, bases=bases, by=actor)

    answers = build.at_once(app, one, len(waiting))
    assert [a for a in answers if isinstance(a, Exception) and not isinstance(a, Conflict)] == []
    with in_conference(conference_id):
        here = queries.block(queries.document(ref), block)
        texts = db.session.scalars(select(BlockText).where(BlockText.block == here, BlockText.language == "id")).all()
        assert len(texts) == 2, answers  # the one of the making and that of the quicker one
        assert {type(a) for a in answers} == {type(None), Conflict}
        drafts, claims = (db.session.scalars(select(kind)).all() for kind in (BlockDraft, BlockClaim))
        assert {draft.texts["id"] for draft in drafts} <= {f"Teks {one.id}" for one in translators[:2]}
        assert all(draft.texts["id"] == f"Teks {draft.account_id}" for draft in drafts)
        assert sorted((row.account_id, row.language) for row in claims) == [(one.id, "id") for one in translators[:2]]


def test_who_left_a_language_as_it_was_stands_against_nobody(conference, by, ref, block):
    """The secretariat's form has every language: what a translator saved meanwhile is no conflict with the others."""
    with in_conference(conference.id):
        row = queries.row(queries.document(ref), block)
        markups = {code: making.inline_of(row, code) for code in ("en", "id")} | {"ar": ""}
        bases = {code: row.texts[code].sha256 for code in ("en", "id")} | {"ar": ""}
    making.write(conference, ref, 4, "id", "*Menegaskan* lain;", by)
    making.write(conference, ref, 4, "ar", "نص;", by)
    with writing_in(conference):
        document = queries.document(ref)
        here = queries.block(document, block)
        actions.write_texts(document, here, markups | {"en": "*Affirm* new;"}, bases=bases, by=by)
    with in_conference(conference.id):
        row = queries.row(queries.document(ref), block)
        now = [making.inline_of(row, code) for code in ("en", "id", "ar")]
    assert now == ["*Affirm* new;", "*Menegaskan* lain;", "نص;"]
    with pytest.raises(Conflict), writing_in(conference):
        document = queries.document(ref)
        here = queries.block(document, block)
        actions.write_texts(document, here, markups | {"id": "*Menegaskan* mine;"}, bases=bases, by=by)


def test_a_translator_s_draft_comes_back_to_them_alone(client, conference, by, editor, ref, translators, block):
    one, two, _third = translators
    making.give(conference, ref, by, "id", to=one, checks=two)
    making.give(conference, ref, by, "ar", to=two)
    page = forms(client, ref, "id", block)
    client.sign_in(one)
    kept = client.send(f"{page}/typed", **sent(conference, ref, block, "id", "*Menegaskan* separuh"))
    assert (kept.status_code, kept.json["said"][:18]) == (200, "Kept as your draft")
    shown = client.get(page).text
    assert "You had not saved this" in shown
    assert "*Menegaskan* separuh" in shown
    for other in (two, editor):
        client.sign_in(other)
        place = page if other is two else f"{DESK}documents/{ref}/blocks/{block}"
        assert "separuh" not in client.get(place).text
    making.write(conference, ref, 4, "id", "*Menegaskan* cepat;", by)
    client.sign_in(one)
    shown = client.get(page).text
    base = shown.partition('name="base_id"')[2].partition('value="')[2].partition('"')[0]
    refused = client.send(page, text_id="*Menegaskan* separuh", base_id=base)
    assert refused.status_code == 409
    assert "<em>Menegaskan</em> cepat;" in refused.text
    assert "*Menegaskan* separuh" in refused.text
    assert "You had not saved this" in client.get(page).text  # a refusal forgets nothing
    assert client.send(page, **sent(conference, ref, block, "id", "*Menegaskan* penuh;")).status_code == 303
    assert "You had not saved this" not in client.get(page).text
    client.send(f"{page}/typed", **sent(conference, ref, block, "id", "lagi"))
    assert client.send(f"{page}/typed/forget").location.endswith(page)
    assert "lagi" not in client.get(page).text
    assert client.send(f"{page}/typed", **sent(conference, ref, block, "id", "x" * 20_001)).status_code == 422
    making.give(conference, ref, by, "id", to=one, state=WorkState.FINAL)
    late = client.send(f"{page}/typed", **sent(conference, ref, block, "id", "lagi"))
    assert late.status_code == 409
    assert "called this language final" in late.json["said"]


def test_who_writes_is_said_to_whoever_it_concerns(
    client, conference, by, editor, ref, translators, block, monkeypatch
):
    one, two, outsider = translators
    making.give(conference, ref, by, "id", to=one, checks=outsider)
    making.give(conference, ref, by, "ar", to=two)
    anchor = f"p-{block[:8]}"
    claim = {
        "id": f"{forms(client, ref, 'id', block)}/claim",
        "ar": f"{forms(client, ref, 'ar', block)}/claim",
        "": f"{DESK}documents/{ref}/blocks/{block}/claim",
    }
    poll = {language: f"{DESK}translations/{ref}/{language}/writing" for language in ("id", "ar")}
    poll[""] = f"{DESK}documents/{ref}/writing"

    def said(who, language):
        return client.sign_in(who).get(poll[language]).json

    for times in range(2):
        assert client.sign_in(one).send(claim["id"]).status_code == 204, times
    assert said(one, "id") == {}
    assert said(outsider, "id") == {anchor: f"{one.name} is writing here"}
    assert said(two, "ar") == {}
    assert said(editor, "") == {anchor: f"{one.name} is writing in Indonesian"}
    assert client.sign_in(editor).send(claim[""]).status_code == 204
    assert said(two, "ar") == {anchor: f"{editor.name} is writing here"}
    assert said(one, "id") == {anchor: f"{editor.name} is writing here"}
    # What was not given is not there, whatever is asked.
    client.sign_in(two)
    assert client.get(poll["id"]).status_code == 404
    assert client.send(claim["id"]).status_code == 404
    for end in ("/typed", "/typed/forget"):
        assert client.send(forms(client, ref, "id", block) + end, text_id="x").status_code == 404
    assert client.send(f"{forms(client, ref, 'ar', 'nothing-here')}/claim").status_code == 404
    with in_conference(conference.id):
        assert [row.account_id for row in db.session.scalars(select(BlockDraft))] == []
    later = clock.now() + timedelta(seconds=91)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert said(outsider, "id") == {}


def test_the_page_of_a_language_asks_as_often_for_two_writers_as_for_one(
    client, conference, by, ref, translators, block, statements
):
    one, two, third = translators
    making.give(conference, ref, by, "id", to=one, checks=two)
    claims = f"{forms(client, ref, 'id', block)}/claim"
    client.sign_in(one).send(claims)
    poll = f"{DESK}translations/{ref}/id/writing"
    client.sign_in(two)
    asked = statements(lambda: client.get(poll))
    with writing_in(conference):
        document = queries.document(ref)
        for row in queries.draft(document).rows[:4]:
            actions.claim(document, row.block, language="id", by=build.actor(third))
    assert statements(lambda: client.get(poll)) == asked
    assert len(client.get(poll).json) == 5
