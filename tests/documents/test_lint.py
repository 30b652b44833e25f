"""Remarks on a draft, and the gate before adoption."""

import pytest

from confapp.documents import actions, queries
from confapp.documents.rules import BlockKind, DocumentKind, Status, inline
from confapp.documents.rules.composition import Place, paragraphs
from confapp.documents.rules.lint import Checked, Rule, findings
from confapp.foundation.db import in_conference
from confapp.foundation.languages import speaking
from confapp.foundation.lifecycle import Refused
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/documents/"
GOOD = [
    (BlockKind.PREAMBULAR, "*Recalling* earlier work,"),
    (BlockKind.PREAMBULAR, "*Deeply concerned* about floods,"),
    (BlockKind.OPERATIVE, "*Affirms* paragraph 2;"),
    (BlockKind.OPERATIVE, "*Also decides* to meet."),
]


def found(rows, language="en"):
    places = [Place(str(number), kind, number) for number, (kind, _words) in enumerate(rows)]
    texts = {str(number): {language: inline.parse(words)} for number, (_kind, words) in enumerate(rows)}
    with speaking("en"):
        return [
            (one.rule, one.block) for one in findings([Checked(language, paragraphs(places, texts, language))], {}, {})
        ]


def test_a_text_in_good_form_has_no_remarks_and_other_forms_are_not_refused():
    assert found(GOOD) == []
    assert found([(BlockKind.ORGAN, "We, the ministers,"), (BlockKind.OPERATIVE, "The sea is ours to keep.")]) == []
    assert (
        found([(BlockKind.PREAMBULAR, "*Mengingat* hal itu,"), (BlockKind.OPERATIVE, "*Memutuskan* ini.")], "id") == []
    )


def test_what_is_marked():
    rows = [
        (BlockKind.PREAMBULAR, "The floods came."),
        (BlockKind.HEADING, "Empty"),
        (BlockKind.HEADING, "Full"),
        (BlockKind.OPERATIVE, "*Affirms* paragraph 9."),
        (BlockKind.OPERATIVE, "Decides this;"),
    ]
    assert found(rows) == [
        (Rule.HEADING, "1"),
        (Rule.REFERENCE, "3"),
        (Rule.LEAD, "0"),
        (Rule.CHAIN, "0"),
        (Rule.CHAIN, "3"),
        (Rule.LEAD, "4"),
        (Rule.CHAIN, "4"),
    ]


def test_an_old_translation_asks_for_a_reason_which_is_kept(client, conference, editor, by):
    ref = making.document(conference, by)
    making.write(conference, ref, 4, "en", "*Affirm* that tests help all;", by)
    desk = client.sign_in(editor)
    page = desk.get(DESK + f"{ref}/remarks").text
    assert "The original changed after this was translated." in page
    sent = {"manner": "consensus", "adopted_on": "2027-04-22"}
    refused = desk.send(DESK + f"{ref}/adopt", **sent)
    assert refused.status_code == 422
    assert "1 serious remark is open" in refused.text
    assert desk.send(DESK + f"{ref}/adopt", **sent, override="Checked by the Chair.").status_code == 303


def test_no_caller_passes_the_gate_by(conference, by):
    ref = making.document(conference, by)
    making.write(conference, ref, 4, "en", "*Affirm* that tests help all;", by)
    with pytest.raises(Refused, match="serious remark"):
        making.adopt(conference, ref, by)
    with in_conference(conference.id):
        assert queries.document(ref).status == Status.DRAFT
    paper = making.document(conference, by, symbol="TEST/1/INF/1", kind=DocumentKind.PAPER)
    making.write(conference, paper, 4, "en", "*Affirm* that tests help all;", by)
    with pytest.raises(Refused, match="serious remark"):
        making.prepare(conference, paper, by)
    with writing_in(conference):
        issue = actions.prepare_publication(queries.document(paper), override="Checked by the Chair.", by=by)
        assert issue.version.number == 1


def test_nothing_serious_asks_for_nothing(conference, by):
    ref = making.document(conference, by)
    with in_conference(conference.id):
        assert actions.serious(queries.document(ref)) == []
    with writing_in(conference):
        actions.pass_gate(queries.document(ref), "", by=by)


def test_letters_without_a_font_are_refused_before_anything_is_made_of_them(conference, by, client, editor):
    """In the text and in what is printed around it; no reason lets them pass."""
    ref = making.document(conference, by)
    making.write(conference, ref, 9, "en", "The steps are 𓀀.", by)
    making.write(conference, ref, 9, "id", "Langkahnya sedikit.", by)
    desk = client.sign_in(editor)
    sent = {"manner": "consensus", "adopted_on": "2027-04-22", "override": "As it is."}
    refused = desk.send(DESK + f"{ref}/adopt", **sent)
    assert refused.status_code == 422
    assert "No font of the files can print: 𓀀 (U+13000). They stand in: Paragraph without number." in refused.text
    making.write(conference, ref, 9, "en", "The steps are few.", by)
    making.write(conference, ref, 9, "id", "Langkahnya sedikit saja.", by)
    making.adopt(conference, ref, by)
    with writing_in(conference):
        queries.document(ref).submitted_by = {"en": "The Chair 𓀀"}
    with pytest.raises(Refused, match="printed around the text"):
        making.prepare(conference, ref, by)
    with in_conference(conference.id):
        assert queries.document(ref).issues == []
