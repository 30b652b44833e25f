"""The shape of a draft: paragraphs under others and out again, divided, joined, of another kind."""

from datetime import timedelta

import pytest

from confapp.documents import actions, queries
from confapp.documents.rules import BlockKind, inline
from confapp.foundation import clock
from confapp.foundation.db import in_conference
from confapp.foundation.lifecycle import Refused
from confapp.people.rules import Role
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/documents/"


@pytest.fixture
def ref(conference, by):
    return making.document(conference, by)


def shape(document):
    return [
        (row.number, row.kind.value, inline.to_plain(row.texts["en"].inline)[:8])
        for row in queries.draft(document).rows
    ]


def at(document, number):
    return queries.draft(document).rows[number].block


def bases(document, number):
    return {code: one.sha256 for code, one in queries.draft(document).rows[number].texts.items()}


def test_a_paragraph_goes_under_the_one_before_and_out_again(conference, by, ref):
    with writing_in(conference):
        document = queries.document(ref)
        before = queries.draft(document)
        actions.indent(document, at(document, 7), by=by)
        assert shape(document)[6:8] == [("2 (a)", "list_item", "one <thi"), ("2 (a) (i)", "list_item", "a second")]
        with pytest.raises(Refused, match="two levels"):
            actions.indent(document, at(document, 5), by=by)
        actions.outdent(document, at(document, 7), by=by)
        assert queries.draft(document).sha256 == before.sha256
        actions.outdent(document, at(document, 7), by=by)
        assert shape(document)[7] == ("3", "operative", "a second")
        actions.indent(document, at(document, 7), by=by)
        assert queries.draft(document).sha256 == before.sha256
        with pytest.raises(Refused, match="no paragraph before"):
            actions.indent(document, at(document, 3), by=by)


def test_a_paragraph_is_divided_in_every_language_and_joined_again(conference, by, ref):
    with writing_in(conference):
        document = queries.document(ref)
        block = at(document, 5)
        texts = {"en": "*Agree* that\r\n\r\nthis is on:", "id": "*Sepakat* bahwa\n \nini atas:"}
        made = actions.divide(document, block, texts, bases=bases(document, 5), by=by)
        assert [row[0] for row in shape(document)[4:9]] == ["1", "2", "3", "3 (a)", "3 (b)"]
        joined = actions.join(document, made[0], by=by)
        row = queries.row(document, joined.ref)
        assert inline.to_markup(row.texts["id"].inline) == "*Sepakat* bahwa ini atas:"
        assert [number for number, _kind, _text in shape(document)[5:8]] == ["2", "2 (a)", "2 (b)"]
        with pytest.raises(Refused, match="different numbers"):
            actions.divide(document, block, texts | {"id": "satu"}, bases=bases(document, 5), by=by)


def test_a_joined_translation_stays_behind_its_original(conference, by, ref):
    making.write(conference, ref, 4, "en", "*Affirm* anew;", by)
    with writing_in(conference):
        document = queries.document(ref)
        into = actions.join(document, at(document, 5), by=by)
        assert queries.row(document, into.ref).behind == ["id"]


def test_another_kind_leaves_kept_versions_as_they_are(conference, by, ref):
    with writing_in(conference):
        document = queries.document(ref)
        kept = actions.freeze(document, by=by)
        actions.change_kind(document, at(document, 4), BlockKind.PARAGRAPH, by=by)
        frozen = queries.reading(document, kept, "en")
        assert next(p.kind for p in frozen.paragraphs if p.label) == BlockKind.OPERATIVE
        assert queries.draft(document).rows[4].label == ""
        assert queries.fingerprint(queries.places(queries.place_rows(kept)), queries.texts(kept)) == kept.sha256
        with pytest.raises(Refused, match="keeps its title"):
            actions.change_kind(document, at(document, 0), BlockKind.NOTE, by=by)


def test_the_forms_do_it_without_scripts(client, conference, editor, by, ref):
    desk = client.sign_in(editor)
    with in_conference(conference.id):
        document = queries.document(ref)
        first, block, item = (at(document, number).ref for number in (4, 5, 7))
        base = bases(document, 5)
    path = DESK + f"{ref}/blocks/"
    sent = {"text_en": "*Agree*\n\non:", "text_id": "*Sepakat*\n\natas:", "divide": "yes"}
    sent |= {f"base_{code}": value for code, value in base.items()}
    assert desk.send(path + block, **(sent | {"text_id": "satu"})).status_code == 422
    assert desk.send(path + block, **sent).status_code == 303
    assert desk.send(path + f"{item}/indent").status_code == 303
    assert desk.send(path + f"{item}/kind", kind="paragraph").status_code == 303
    assert desk.send(path + f"{item}/kind", kind="nonsense").status_code == 404
    assert desk.send(path + f"{block}/join").status_code == 303
    assert desk.send(path + f"{first}/outdent").status_code == 409
    with in_conference(conference.id):
        kinds = [row.kind for row in queries.draft(queries.document(ref)).rows]
    assert kinds.count(BlockKind.PARAGRAPH) == 2


def test_others_see_who_is_writing_until_the_claim_runs_out(client, conference, editor, by, ref, monkeypatch):
    with in_conference(conference.id):
        block = at(queries.document(ref), 4).ref
    other = build.staff(conference, Role.ORGANIZER)
    desk = client.sign_in(editor)
    for _again in range(2):
        assert desk.send(DESK + f"{ref}/blocks/{block}/claim").status_code == 204
    assert desk.get(DESK + f"{ref}/writing").json == {}
    client.sign_in(other)
    assert list(client.get(DESK + f"{ref}/writing").json) == [f"p-{block[:8]}"]
    later = clock.now() + timedelta(seconds=91)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get(DESK + f"{ref}/writing").json == {}
