"""States present and the quorum: recorded when somebody enters them, and then in every file."""

import json
from dataclasses import replace

from lxml import etree

from confapp.documents import queries
from confapp.documents.exports import as_html, as_json
from confapp.documents.exports.akoma import as_akoma, schema
from confapp.documents.rules.beside import quorum_line
from confapp.foundation.db import in_conference
from confapp.foundation.languages import speaking
from tests.documents import making, readings

DESK = "/desk/test-2027/documents/"
SENT = {"manner": "consensus", "adopted_on": "2027-04-22"}
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def counted(**numbers):
    whole = readings.reading("en")
    return replace(whole, adoption=replace(whole.adoption, **numbers))


def test_the_line_says_what_was_entered_and_nothing_else():
    with speaking("en"):
        said = [quorum_line(*one) for one in ((None, None), (1, None), (None, 97), (0, 97), (112, 97))]
    assert said == [
        "",
        "1 state present",
        "97 needed",
        "0 states present, 97 needed",
        "112 states present, 97 needed",
    ]


def test_files_carry_what_was_entered(app):
    whole = counted(present=112, quorum=97)
    parsed = etree.fromstring(as_akoma(whole))
    assert schema().validate(parsed)
    verified = parsed.find(f".//{AKN}quorumVerification")
    assert [(one.tag.removeprefix(AKN), one.get("value")) for one in verified] == [("quorum", "97"), ("count", "112")]
    known = json.loads(as_json(whole))["adoption"]
    assert (known["states_present"], known["quorum"]) == (112, 97)
    assert "112 states present, 97 needed" in as_html(whole, readings.ADDRESS).decode()


def test_nothing_of_it_stands_in_files_where_it_was_not_entered(app):
    whole = counted()
    assert etree.fromstring(as_akoma(whole)).find(f".//{AKN}quorumVerification") is None
    assert "Quorum" not in as_html(whole, readings.ADDRESS).decode()


def test_it_is_entered_at_the_adoption_and_corrected_until_the_issue(conference, by, client, editor):
    ref = making.document(conference, by)
    desk = client.sign_in(editor)
    wrong = desk.send(f"{DESK}{ref}/adopt", **SENT, present="many", quorum="-1")
    assert wrong.status_code == 422
    assert "many" in wrong.text
    assert desk.send(f"{DESK}{ref}/adopt", **SENT, present="90", quorum="97").status_code == 303
    page = desk.get(f"{DESK}{ref}/adoption").text
    assert "90 states present, 97 needed" in page
    assert "Fewer states than that were present" in page
    with in_conference(conference.id):
        base = queries.adoption_of(queries.document(ref)).revision
    sent = SENT | {"present": "112", "quorum": "", "base": base}
    assert desk.send(f"{DESK}{ref}/adoption/record", **sent).status_code == 303
    with in_conference(conference.id):
        found = queries.adoption_of(queries.document(ref))
        assert (found.present, found.quorum) == (112, None)
