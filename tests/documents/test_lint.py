"""Remarks on a draft, and the gate before adoption."""

from confapp.documents import actions, queries
from confapp.documents.rules import BlockKind, inline
from confapp.documents.rules.composition import Place, paragraphs
from confapp.documents.rules.lint import Checked, Rule, findings
from confapp.foundation.db import in_conference
from confapp.foundation.languages import speaking
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


def test_nothing_serious_asks_for_nothing(conference, by):
    ref = making.document(conference, by)
    with in_conference(conference.id):
        assert actions.serious(queries.document(ref)) == []
    with writing_in(conference):
        actions.pass_gate(queries.document(ref), "", by=by)
