"""The glossary: what is found in texts of many scripts, and terms that are kept, taken out and brought in."""

import csv
import io
import json
from datetime import date

import pytest

from confapp.conferences import actions as conferences
from confapp.documents import actions, queries
from confapp.documents.models import GlossaryTerm
from confapp.documents.rules import glossary
from confapp.documents.rules.glossary import Glossary, Term, folded, spans
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.people.rules import Role
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/documents/"
REDUCTION = Term(
    {"en": "disaster risk reduction", "id": "pengurangan risiko bencana", "ar": "الحد من أخطار الكوارث"},
    {"id": "pengurangan resiko bencana; mitigasi"},
)
RISK = Term({"en": "disaster risk; risk of disaster", "id": "risiko bencana"})


def add(conference, by, **values):
    given = {"words": REDUCTION.words, "forbidden": REDUCTION.forbidden, "note": "Sendai"} | values
    with writing_in(conference):
        return actions.add_term(conference, **given, by=by).ref


@pytest.mark.parametrize(
    ("phrase", "text", "language", "times"),
    [
        ("art", "Art is a start; party art-house", "en", 2),
        ("delegation", "the delegations’ and delegational", "en", 1),
        ("risiko", "Risikonya berisiko", "id", 1),
        ("réduction", "La re\u0301duction", "fr", 1),
        ("ภัยพิบัติ", "การลดความเสี่ยงภัยพิบัติในเมือง", "th", 1),
        ("กา", "ก้าวกาี", "th", 0),
        ("灾害", "减轻灾害风险，灾害", "zh", 2),
        ("تنمية", "وبالتنميةِ للتنمية تنميـة", "ar", 3),
        ("مية", "التنمية", "ar", 0),
        ("कि", "किताब कि", "hi", 1),
        ("", "anything", "en", 0),
        ("a.b*", "A.B* axb*", "en", 1),
    ],
)
def test_a_term_is_found_as_a_whole_word(phrase, text, language, times):
    assert len(spans(folded(phrase), folded(text), language)) == times


def test_what_is_warned_of():
    known = Glossary([REDUCTION, RISK])

    def warned(source, text, language="id"):
        return [(one.wanted, one.variant) for one in known.warnings(source, "en", text, language)]

    source = "Disaster Risk Reduction matters"
    assert warned(source, "Pengurangan risiko bencana penting") == []
    assert warned(source, "Itu penting") == [("pengurangan risiko bencana", "")]
    wanted = "pengurangan risiko bencana"
    assert warned(source, "Pengurangan resiko bencana") == [(wanted, "pengurangan resiko bencana")]
    assert warned("a risk of disaster", "penting") == [("risiko bencana", "")]
    assert warned("nothing", "mitigasi") == [("pengurangan risiko bencana", "mitigasi")]
    assert warned("a disaster risk", "شيء", "ar") == []  # the term has no Arabic
    assert warned(source, "والحدّ من أخطار الكوارث", "ar") == []


def test_remarks_and_pages_tell_of_terms_and_refuse_nothing(client, conference, editor, by):
    ref = making.document(conference, by)
    add(conference, by, words={"en": "test", "id": "pengujian"}, forbidden={"id": "uji"})
    desk = client.sign_in(editor)
    assert (
        "Glossary: write “\u2068pengujian\u2069” and not “\u2068uji\u2069”." in desk.get(DESK + f"{ref}/remarks").text
    )
    assert "Glossary: write" in desk.get(DESK + f"{ref}/languages").text
    with in_conference(conference.id):
        found = queries.document(ref)
        block = queries.draft(found).rows[4].block.ref
        assert actions.serious(found) == []
    page = desk.get(DESK + f"{ref}/blocks/{block}").text
    assert "Terms of the glossary in this paragraph" in page
    making.adopt(conference, ref, by)


def test_a_term_is_added_once_changed_and_removed(client, conference, editor, by):
    desk = client.sign_in(editor)
    assert "There is no term yet" in desk.get(DESK + "glossary").text
    sent = {"words-en": "host country", "words-id": "negara tuan rumah", "forbidden-id": "negeri tuan rumah"}
    assert desk.send(DESK + "glossary/new", **sent).status_code == 303
    again = desk.send(DESK + "glossary/new", **sent | {"words-en": "Host  Country"})
    assert again.status_code == 422
    assert "stands in the glossary already" in again.text
    assert desk.send(DESK + "glossary/new", note="x" * 501).status_code == 422
    with in_conference(conference.id):
        row = db.session.query(GlossaryTerm).one()
        path = DESK + f"glossary/{row.ref}"
    assert "negara tuan rumah" in desk.get(DESK + "glossary?q=NEGERI").text
    assert "No term holds these words" in desk.get(DESK + "glossary?q=zzz").text
    assert desk.send(path, **sent | {"words-id": "tuan rumah"}, revision="1").status_code == 303
    assert desk.send(path, **sent, revision="1").status_code == 409
    assert desk.send(path, **sent, revision="x").status_code == 409
    assert desk.send(path + "/remove").status_code == 303
    assert desk.get(path).status_code == 404
    viewer = client.sign_in(build.staff(conference, Role.VIEWER))
    assert viewer.get(DESK + "glossary").status_code == 200
    assert viewer.get(DESK + "glossary/new").status_code == 403


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_table_that_is_taken_out_comes_in_again_and_changes_nothing(client, conference, editor, by, file_format):
    add(conference, by, note="=1+1")
    desk = client.sign_in(editor)
    content = desk.get(DESK + f"glossary.{file_format}").data
    told = desk.send(DESK + "glossary/import", file=(io.BytesIO(content), f"glossary.{file_format}"))
    assert told.status_code == 200
    assert "0 new, 0 changed, 1 as they are, 0 with a fault." in told.text


def test_a_table_is_tried_first_and_then_its_sound_lines_come_in(client, conference, editor, by):
    add(conference, by)
    table = io.StringIO()
    lines = [
        ["EN", "id", "id_not", "other", "note"],
        ["Disaster risk reduction", "", "mitigasi", "x", "changed"],
        ["sea", "laut", "", "", ""],
        ["Sea", "samudra", "", "", ""],
        ["", "darat", "", "", ""],
        ["", "", "", "", ""],
    ]
    csv.writer(table).writerows(lines)
    desk = client.sign_in(editor)
    told = desk.send(DESK + "glossary/import", file=(io.BytesIO(table.getvalue().encode()), "terms.csv"))
    assert "1 new, 1 changed, 0 as they are, 2 with a fault." in told.text
    with in_conference(conference.id):
        assert len(queries.term_rows(["en"])) == 1
    lines[2][1] = "la\x00ut\ud800"  # nobody types that
    rows = json.dumps(lines)
    assert desk.send(DESK + "glossary/import", rows=rows, do="import").status_code == 303
    assert desk.send(DESK + "glossary/import", rows=rows, do="import").status_code == 303
    with in_conference(conference.id):
        kept = queries.terms_by_key("en")
        assert sorted(kept) == ["disaster risk reduction", "sea"]
        assert kept["sea"].words["id"] == "laut"
        row = kept["disaster risk reduction"]
        assert (row.words["id"], row.forbidden["id"], row.note) == (REDUCTION.words["id"], "mitigasi", "changed")


@pytest.mark.parametrize("bad", ['"', "[]", "[[1]]", "{}", '[["id"],["x"]]', '["en"]'])
def test_nonsense_is_told_and_not_kept(client, conference, editor, bad):
    desk = client.sign_in(editor)
    assert desk.send(DESK + "glossary/import", rows=bad, do="import").status_code == 422
    assert desk.send(DESK + "glossary/import", file=(io.BytesIO(b"PK\x03\x04 nothing"), "x.xlsx")).status_code == 422
    assert desk.send(DESK + "glossary/import").status_code == 422


def test_a_copied_conference_takes_its_glossary_and_rules(conference, by):
    add(conference, by)
    with writing_in(conference):
        actions.want_of_translations(conference, wants_checks=True, four_eyes=True, revision=0, by=by)
    about = {"name": {"en": "Copy"}, "starts_on": date(2028, 3, 1), "ends_on": date(2028, 3, 2)}
    administrator = build.actor(build.administrator())
    with writing_in(conference):
        made, counts = conferences.copy_conference(administrator, conference, "copy-2028", ["glossary"], **about)
    assert counts == {"glossary": 2}
    with in_conference(made.id):
        assert queries.terms().terms[0].words == REDUCTION.words
        assert queries.wants().four_eyes


def test_a_term_is_refused_where_another_holds_it(conference, by):
    add(conference, by)
    with pytest.raises(Refused, match="already"):
        add(conference, by)
    assert glossary.parted("a; b؛ c；;") == ["a", "b", "c"]


def test_what_was_done_to_the_glossary_is_kept_and_taken_back_as_one_act(client, conference, editor, by):
    add(conference, by)
    desk = client.sign_in(editor)
    with in_conference(conference.id):
        row = queries.terms_by_key("en")["disaster risk reduction"]
    rows = json.dumps([["en", "id"], ["Disaster risk reduction", "mitigasi"], ["sea", "laut"]])
    desk.send(DESK + "glossary/import", rows=rows, do="import")
    with in_conference(conference.id):
        brought, added = queries.changes_of_terms()
    page = desk.get(DESK + "glossary/history").text
    assert "Brought in from a table" in page
    assert "mitigasi" in page
    take_back = f"{DESK}glossary/history/{{}}/take-back".format
    assert desk.send(take_back(added.ref)).status_code == 409  # the table changed it since
    for _again in range(2):
        assert desk.send(take_back(brought.ref)).status_code == 303
    with in_conference(conference.id):
        now = queries.terms_by_key("en")
        assert list(now) == ["disaster risk reduction"]
        assert now["disaster risk reduction"].words == row.words
        undone = queries.changes_of_terms()[0]
        assert (undone.verb, len(queries.changes_of_terms())) == ("taken_back", 3)
    assert desk.send(take_back(undone.ref)).status_code == 303  # the table once more
    with in_conference(conference.id):
        assert sorted(queries.terms_by_key("en")) == ["disaster risk reduction", "sea"]


def test_a_removed_term_comes_back_unless_its_word_was_given_to_another(client, conference, editor, by):
    add(conference, by)
    desk = client.sign_in(editor)
    with in_conference(conference.id):
        row = queries.terms_by_key("en")["disaster risk reduction"]
        db.session.expunge(row)  # as it was
    assert desk.send(f"{DESK}glossary/{row.ref}/remove").status_code == 303
    with in_conference(conference.id):
        removed = queries.changes_of_terms()[0]
    assert desk.send(f"{DESK}glossary/history/{removed.ref}/take-back").status_code == 303
    with in_conference(conference.id):
        again = queries.terms_by_key("en")["disaster risk reduction"]
        assert (again.ref, again.words, again.forbidden) == (row.ref, row.words, row.forbidden)
    assert "Removed" in desk.get(f"{DESK}glossary/history?term={row.ref}").text
    with writing_in(conference):
        actions.remove_term(queries.term(row.ref), by=by)
        removed = queries.changes_of_terms()[0]
    add(conference, by)
    assert desk.send(f"{DESK}glossary/history/{removed.ref}/take-back").status_code == 409
    stranger = build.staff(conference, Role.VIEWER)
    assert client.sign_in(stranger).send(f"{DESK}glossary/history/{removed.ref}/take-back").status_code == 403
