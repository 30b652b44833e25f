"""Letters over HTTP: what each page does, who is turned away, what bad input gets, and what is sent twice."""

import io
import re
import zipfile

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock
from confapp.foundation.db import across_conferences, db
from confapp.foundation.mail import Mail, MailState
from confapp.people.models import Mandate
from confapp.people.rules import Role
from confapp.registration.actions import letters as actions
from confapp.registration.models import Delegation, Letter, LetterText
from confapp.registration.pdfs import letters as pdfs
from confapp.registration.rules.letters import LetterStatus
from tests import build
from tests.registration.letters import Scene, run_jobs

KEY = "k" * 24


@pytest.fixture
def scene(app: Flask) -> Scene:
    made = Scene(app)
    made.ready()
    return made


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "letter", lambda words, code, created: b"%PDF " + code.encode())


def desk(scene: Scene, path: str) -> str:
    return f"/desk/{scene.conference.slug}/{path}"


def me(scene: Scene, path: str) -> str:
    return f"/me/{scene.conference.slug}/{path}"


def invite(scene: Scene, *names: str) -> list[Delegation]:
    delegations = scene.delegations(*names)
    client = scene.as_(scene.protocol)
    sent = {"which": "all", "count": len(names), "languages": "en"}
    assert client.send(desk(scene, "letters/invitations"), **sent).status_code == 303
    run_jobs()
    return delegations


# --- texts ------------------------------------------------------------------------------------------------------------


def test_a_text_begins_neutral_and_says_what_is_missing(app):
    scene = Scene(app, languages=["en", "id", "fr"])
    client = scene.as_(scene.protocol)
    assert client.get(desk(scene, "letters/texts")).text.count("Missing") == 15
    client.send(desk(scene, "letters/texts/visa_support/start"))
    page = client.get(desk(scene, "letters/texts")).text
    assert (page.count("Missing"), page.count("Blanks to fill in")) == (13, 2)


def test_an_unknown_placeholder_is_an_error_beside_the_text_and_nothing_typed_is_lost(scene):
    client = scene.as_(scene.protocol)
    with scene.looking():
        revision = db.session.scalars(select(LetterText.revision).where(LetterText.kind == "note_verbale")).one()
    sent = {
        "subject-en": "Mine",
        "body-en": "Dear {minister} <b>{{ 7 * 7 }}</b>",
        "signatory-en": "",
        "number_form": "A/{number}",
        "revision": revision,
    }
    answer = client.send(desk(scene, "letters/texts/note_verbale"), **sent)
    assert answer.status_code == 422
    assert "There is no placeholder {minister}" in answer.text
    assert re.search(r'id="body-en-error"', answer.text)
    assert "Dear {minister} &lt;b&gt;{{ 7 * 7 }}&lt;/b&gt;" in answer.text
    with scene.looking():
        assert "Mine" not in str(db.session.scalars(select(LetterText.subject)).all())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number_form": "A/1"}, "Write {number}"),
        ({"number_form": "{acronym}/{year}/INV/{number}"}, "Another kind of letter"),
        ({"revision": "0"}, "Somebody changed this text"),
        ({"revision": "x"}, "Somebody changed this text"),
        ({"body-en": "x" * 6001}, "At most 6000"),
    ],
)
def test_other_faults_of_a_text(scene, changes, words):
    with scene.looking():
        text = db.session.scalars(select(LetterText).where(LetterText.kind == "note_verbale")).one()
        sent = {"subject-en": "S", "body-en": "B", "number_form": text.number_form, "revision": text.revision}
    answer = scene.as_(scene.protocol).send(desk(scene, "letters/texts/note_verbale"), **(sent | changes))
    assert answer.status_code in (409, 422)
    assert words in answer.text


def test_a_text_is_saved(scene):
    with scene.looking():
        text = db.session.scalars(select(LetterText).where(LetterText.kind == "note_verbale")).one()
        sent = {"subject-en": "New", "body-en": "B", "number_form": text.number_form, "revision": text.revision}
    assert scene.as_(scene.protocol).send(desk(scene, "letters/texts/note_verbale"), **sent).status_code == 303
    with scene.looking():
        assert scene.here(text).subject == {"en": "New"}


def test_a_preview_is_a_pdf_without_number(scene):
    (delegation,) = scene.delegations("Alfa")
    client = scene.as_(scene.protocol)
    answer = client.get(desk(scene, f"letters/texts/note_verbale/preview?about={delegation.ref}"))
    assert (answer.mimetype, answer.data) == ("application/pdf", b"%PDF ")
    assert scene.letters() == []


def test_the_page_of_a_letter_to_persons_offers_them_for_a_preview(scene):
    member = scene.member()
    page = scene.as_(scene.protocol).get(desk(scene, "letters/texts/visa_support"))
    assert f'<option value="{member.ref}">' in page.text
    assert f"({member.number})" in page.text


def test_a_preview_about_nobody_is_said(scene):
    answer = scene.as_(scene.protocol).get(desk(scene, "letters/texts/note_verbale/preview"))
    assert answer.status_code == 422
    assert "Choose whom the preview is about" in answer.text


def test_a_test_goes_to_whoever_asks_for_it(scene):
    scene.delegations("Alfa")
    assert scene.as_(scene.protocol).send(desk(scene, "letters/texts/note_verbale/test")).status_code == 303
    (mail,) = scene.mails()
    assert mail.recipient == scene.protocol.email
    assert "no number was used" in mail.text
    assert scene.letters() == []


# --- invitations ------------------------------------------------------------------------------------------------------


def test_what_will_happen_is_said_before_it_does(scene):
    empty = scene.as_(scene.protocol).get(desk(scene, "letters/invitations")).text
    assert "No delegation has been added yet" in empty
    scene.delegations("Alfa", "Beta")
    (body,) = scene.delegations("Union", kind="organization", contact_email="")
    client = scene.as_(scene.protocol)
    answer = client.send(desk(scene, "letters/invitations"), which="all")
    assert answer.status_code == 200
    assert "Issue 3 letters of invitation?" in answer.text
    assert "1 delegation has no address for letters" in answer.text
    assert scene.letters() == []
    ticked = client.send(desk(scene, "letters/invitations"), which="ticked", delegation=body.ref)
    assert "Issue 1 letter of invitation?" in ticked.text


def test_a_letter_with_a_gap_is_not_issued(scene):
    scene.delegations("Alfa")
    with scene.at_work():
        text = db.session.scalars(select(LetterText).where(LetterText.kind == "note_verbale")).one()
        text.body = text.body | {"en": "Come to {venue}."}
        scene.here(scene.conference).venue = {}
    client = scene.as_(scene.protocol)
    asked = client.send(desk(scene, "letters/invitations"), which="all")
    assert "there is nothing to put in for {venue}" in asked.text
    assert "Issue and mail" not in asked.text
    sent = {"which": "all", "count": 1, "languages": "en"}
    assert client.send(desk(scene, "letters/invitations"), **sent).status_code == 422
    assert scene.letters() == []


def test_what_another_language_would_stand_for_is_said(scene):
    scene.delegations("Alfa", "Beta")
    answer = scene.as_(scene.protocol).send(desk(scene, "letters/invitations"), which="all").text
    assert "Not written in Bahasa Indonesia, so that another language stands there: {host}" in answer
    assert "2 delegations have no name in Bahasa Indonesia." in answer
    assert "no name in English" not in answer


def test_one_click_twice_issues_once(scene):
    scene.delegations("Alfa")
    client = scene.as_(scene.protocol)
    sent = {"which": "all", "count": 1, "languages": "en"}
    first = client.send(desk(scene, "letters/invitations"), _key=KEY, **sent)
    again = client.send(desk(scene, "letters/invitations"), _key=KEY, **sent)
    assert (first.status_code, again.location) == (303, first.location)
    assert len(scene.letters()) == 1
    assert "0 of 1 issued" in client.get(first.location).text
    run_jobs()
    assert "1 of 1 issued" in client.get(first.location).text


def test_a_list_that_changed_is_asked_again(scene):
    scene.delegations("Alfa", "Beta")
    sent = {"which": "all", "count": 1, "languages": "en"}
    answer = scene.as_(scene.protocol).send(desk(scene, "letters/invitations"), **sent)
    assert answer.status_code == 422
    assert "The list has changed" in answer.text
    assert scene.letters() == []


@pytest.mark.parametrize("languages", [[], ["ar"], ["xx", "<script>"]])
def test_a_language_without_a_text_is_refused(scene, languages):
    scene.delegations("Alfa")
    sent = {"which": "all", "count": 1, "languages": languages}
    answer = scene.as_(scene.protocol).send(desk(scene, "letters/invitations"), **sent)
    assert answer.status_code == 422
    assert scene.letters() == []


def test_the_office_sees_the_letter_and_the_link_on_the_page_of_the_delegation(scene):
    (delegation,) = invite(scene, "Alfa")
    page = scene.as_(scene.protocol).get(desk(scene, f"delegations/{delegation.ref}")).text
    (letter,) = scene.letters()
    assert letter.number in page
    assert "Not used yet" in page


# --- the page of the nomination link ----------------------------------------------------------------------------------


def token_of(scene: Scene) -> str:
    return scene.mails()[0].text.partition("/nomination/")[2].split()[0]


def nomination(scene: Scene) -> str:
    return f"/{scene.conference.slug}/nomination/{token_of(scene)}"


ANSWER = {
    "answer": "accept",
    "signer": "Ms Secretary, First Secretary",
    "first_email": "focal@mission.example",
    "first_name": "Dewi",
    "first_language": "id",
    "second_email": "",
    "second_name": "",
    "second_language": "en",
}


def test_the_mission_answers_without_an_account(scene):
    (delegation,) = invite(scene, "Alfa")
    url, client = nomination(scene), scene.as_(None)
    page = client.get(url)
    assert page.status_code == 200
    assert "Alfa" in page.text
    assert scene.letters()[0].number in page.text
    with scene.looking():
        assert scene.here(delegation).status == "invited"  # opening it changed nothing
    answer = client.send(url, **ANSWER)
    assert answer.status_code == 303
    done = client.get(answer.location).text
    assert "focal@mission.example" in done
    assert "Accepted" in done
    with across_conferences("a test looks"):
        held = db.session.scalars(select(Mandate).where(Mandate.role == Role.FOCAL_POINT)).one()
        assert (held.account.email, held.account.language) == ("focal@mission.example", "id")
    assert client.get(url).status_code == 410
    assert client.send(url, **ANSWER).status_code == 410


def test_the_answer_sent_twice_is_one(scene):
    invite(scene, "Alfa")
    url, client = nomination(scene), scene.as_(None)
    first, again = client.send(url, _key=KEY, **ANSWER), client.send(url, _key=KEY, **ANSWER)
    assert (first.status_code, again.status_code, again.location) == (303, 303, first.location)
    assert len(scene.mails()) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first_email": ""}, "Name at least one focal point"),
        ({"first_email": "nobody"}, "Write an e-mail address"),
        ({"signer": ""}, "Please fill this in"),
        ({"answer": "perhaps"}, "Choose one from the list"),
        ({"answer": ""}, "Choose one."),
    ],
)
def test_a_wrong_answer_is_said_and_nothing_typed_is_lost(scene, changes, words):
    invite(scene, "Alfa")
    answer = scene.as_(None).send(nomination(scene), **(ANSWER | changes | {"second_name": "Kept as typed"}))
    assert answer.status_code == 422
    assert words in answer.text
    assert "Kept as typed" in answer.text


@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "é" * 10, "a" * 2000])
def test_an_unknown_link_tells_nothing(scene, token):
    (_delegation,) = invite(scene, "Alfa")
    answer = scene.as_(None).get(f"/{scene.conference.slug}/nomination/{token}")
    assert answer.status_code in (404, 410)
    assert "Alfa" not in answer.text


def test_a_link_works_in_its_own_conference_only(scene):
    invite(scene, "Alfa")
    other = build.conference()
    assert scene.as_(None).get(f"/{other.slug}/nomination/{token_of(scene)}").status_code == 410


def test_a_draft_conference_is_known_to_the_holder_of_its_link_alone(scene):
    invite(scene, "Alfa")
    url = nomination(scene)
    build.change(scene.conference, status="draft")
    assert scene.as_(None).get(url).status_code == 200
    assert scene.as_(None).get(f"/{scene.conference.slug}/nomination/{'x' * 43}").status_code == 404


def test_the_office_renews_the_link(scene):
    (delegation,) = invite(scene, "Alfa")
    url = nomination(scene)
    assert scene.as_(scene.protocol).send(desk(scene, f"delegations/{delegation.ref}/nomination")).status_code == 303
    assert scene.as_(None).get(url).status_code == 410


# --- handing over -----------------------------------------------------------------------------------------------------


@pytest.fixture
def focal(scene):
    (delegation,) = scene.delegations("Alfa")
    account = build.account("first@mission.example")
    build.mandate(account, Role.FOCAL_POINT, scene.conference, delegation_id=delegation.id)
    return delegation, account


def test_after_handing_over_the_page_is_no_longer_mine(scene, focal):
    delegation, account = focal
    client = scene.as_(account)
    page = client.get(me(scene, f"delegations/{delegation.ref}"))
    assert "Hand over to a colleague" in page.text
    sent = {"email": "next@mission.example", "name": "Next", "language": "en"}
    assert client.send(me(scene, f"delegations/{delegation.ref}/hand-over"), **sent).status_code == 303
    assert client.get(me(scene, f"delegations/{delegation.ref}")).status_code == 404


def test_a_wrong_address_keeps_what_was_typed(scene, focal):
    delegation, account = focal
    sent = {"email": "next at mission", "name": "Next One", "language": "en"}
    answer = scene.as_(account).send(me(scene, f"delegations/{delegation.ref}/hand-over"), **sent)
    assert answer.status_code == 422
    assert "next at mission" in answer.text
    assert "Next One" in answer.text


def test_nobody_else_hands_over(scene, focal):
    delegation, _account = focal
    sent = {"email": "next@mission.example", "name": "", "language": "en"}
    url = me(scene, f"delegations/{delegation.ref}/hand-over")
    for account in (scene.officer, build.account(), scene.protocol):
        assert scene.as_(account).send(url, **sent).status_code == 404
    assert scene.as_(None).send(url, **sent).status_code == 303  # to the sign-in page


# --- letters on demand ------------------------------------------------------------------------------------------------


@pytest.fixture
def member(scene):
    row = scene.member()
    account = build.account("dewi@mail.example")
    build.mandate(account, Role.DELEGATE, scene.conference, person_id=row.person_id)
    return row, account


VISA = {"kind": "visa_support", "purpose": "Embassy, 7 to 13 March", "languages": "en"}


def test_a_letter_is_asked_for_checked_issued_and_downloaded(scene, member):
    row, account = member
    own = scene.as_(account)
    assert own.send(me(scene, f"registrations/{row.ref}/letters"), **VISA).status_code == 303
    office = scene.as_(scene.officer)
    listed = office.get(desk(scene, "letters?status=requested")).text
    assert "Visa support letter" in listed
    (letter,) = scene.letters()
    page = office.get(desk(scene, f"letters/{letter.ref}")).text
    assert "Compare with the passport" in page
    assert "Dewi" in page
    confirm = office.get(desk(scene, f"letters/selection?ref={letter.ref}")).text
    assert "Issue 1 letter?" in confirm
    assert office.send(desk(scene, "letters/issue"), ref=letter.ref).status_code == 303
    run_jobs()
    (letter,) = scene.letters()
    assert letter.status == LetterStatus.ISSUED
    assert letter.number in own.get(me(scene, f"registrations/{row.ref}/letters")).text
    answer = own.get(me(scene, f"letters/{letter.ref}"))
    assert (answer.mimetype, answer.data) == ("application/pdf", b"%PDF " + letter.code.encode())
    assert letter.name in answer.headers["Content-Disposition"]
    assert office.get(desk(scene, f"letters/{letter.ref}/file")).data == answer.data


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"purpose": ""}, "Name the consulate"),
        ({"kind": "note_verbale"}, "Choose one from the list"),
        ({"kind": "confirmation"}, "Choose one from the list"),
        ({"languages": "zz"}, "Choose at least one language"),
        ({"purpose": "x" * 501}, "At most 500"),
    ],
)
def test_a_wrong_request(scene, member, changes, words):
    row, account = member
    answer = scene.as_(account).send(me(scene, f"registrations/{row.ref}/letters"), **(VISA | changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert scene.letters() == []


def test_a_refusal_needs_a_reason(scene, member):
    row, account = member
    scene.as_(account).send(me(scene, f"registrations/{row.ref}/letters"), **VISA)
    (letter,) = scene.letters()
    office = scene.as_(scene.officer)
    assert office.send(desk(scene, f"letters/{letter.ref}/refuse"), reason="").status_code == 422
    assert office.send(desk(scene, f"letters/{letter.ref}/refuse"), reason="Not as in the passport").status_code == 303
    assert "Not as in the passport" in scene.as_(account).get(me(scene, f"registrations/{row.ref}/letters")).text
    assert office.send(desk(scene, f"letters/{letter.ref}/issue")).status_code == 409


def issued(scene: Scene, member) -> Letter:
    row, account = member
    scene.as_(account).send(me(scene, f"registrations/{row.ref}/letters"), **VISA)
    scene.as_(scene.officer).send(desk(scene, "letters/issue"), ref=scene.letters()[0].ref)
    run_jobs()
    return scene.letters()[0]


def test_a_letter_is_nobody_elses(scene, member, focal):
    """Neither another focal point nor somebody of another conference sees it; the person's own focal point does."""
    letter = issued(scene, member)
    _delegation, foreign = focal
    own = build.account()
    build.mandate(own, Role.FOCAL_POINT, scene.conference, delegation_id=member[0].delegation_id)
    elsewhere = build.staff(build.conference(), Role.ORGANIZER)
    for account in (foreign, elsewhere, build.account()):
        assert scene.as_(account).get(me(scene, f"letters/{letter.ref}")).status_code == 404
        assert scene.as_(account).get(desk(scene, f"letters/{letter.ref}/file")).status_code in (403, 404)
    assert scene.as_(own).get(me(scene, f"letters/{letter.ref}")).status_code == 200
    viewer = build.staff(scene.conference, Role.VIEWER)
    assert scene.as_(viewer).get(me(scene, f"letters/{letter.ref}")).status_code == 404
    assert scene.as_(viewer).get(desk(scene, "letters")).status_code == 403


def test_a_withdrawn_letter_is_not_handed_out(scene, member):
    letter = issued(scene, member)
    office = scene.as_(scene.officer)
    assert office.send(desk(scene, f"letters/{letter.ref}/withdraw"), reason="Issued by mistake").status_code == 303
    assert scene.as_(member[1]).get(me(scene, f"letters/{letter.ref}")).status_code == 404


def test_the_list_asks_the_same_for_one_letter_and_for_many(scene):
    client = scene.as_(scene.protocol)
    counts = []
    for name in ("Alfa", "Beta", "Gamma"):
        invite(scene, name)
        with build.count_queries() as counted:
            assert client.get(desk(scene, "letters")).status_code == 200
        counts.append(counted.number)
    assert counts[0] == counts[2]


# --- addresses --------------------------------------------------------------------------------------------------------


def test_addresses_are_looked_at_before_they_are_kept_and_letters_then_go_out(scene):
    scene.delegations("Alfa", "Beta", contact_email="")
    client = scene.as_(scene.protocol)
    client.send(desk(scene, "letters/invitations"), which="all", count=2, languages="en")
    run_jobs()
    assert "2 letters were issued and have not gone out" in client.get(desk(scene, "letters")).text
    packed = client.get(desk(scene, "letters/unsent.zip"))
    assert zipfile.ZipFile(io.BytesIO(packed.data)).namelist() == [row.name for row in scene.letters()]
    pasted = "State\tAddress\nAlfa\tAlfa@mission.example\nGamma\tgamma@mission.example"
    looked = client.send(desk(scene, "letters/addresses"), table=pasted).text
    assert "Keep 1 address" in looked
    assert "No delegation of this conference is called so." in looked
    late = client.send(desk(scene, "letters/addresses"), table=pasted, do="save", seen="as it was before").text
    assert "Addresses were changed in the meantime" in late
    seen = re.search(r'name="seen"[^>]*>\s*([^<]*)<', looked)
    kept = client.send(desk(scene, "letters/addresses"), table=pasted, do="save", seen=seen[1])
    assert kept.location.endswith("/letters/unsent")
    assert "1 letter can be mailed now." in client.get(kept.location).text
    first, second = (row.ref for row in scene.letters())
    client.send(desk(scene, "letters/unsent"), ref=first, do="mail")
    client.send(desk(scene, "letters/unsent"), ref=second, do="noted")
    assert "Every letter that was issued has gone out." in client.get(desk(scene, "letters/unsent")).text
    assert client.get(desk(scene, "letters/unsent.zip")).status_code == 404
    assert [mail.recipient for mail in scene.mails()] == ["Alfa@mission.example"]


# --- reminders and addresses ------------------------------------------------------------------------------------------


def test_reminders_say_how_many_before_they_go_out(scene):
    assert "No delegation has been invited yet." in scene.as_(scene.protocol).get(desk(scene, "letters/reminders")).text
    alfa, beta = scene.delegations("Alfa", "Beta", invited_at=clock.now())
    client = scene.as_(scene.protocol)
    assert "2 delegations can be reminded now" in client.get(desk(scene, "letters/reminders?what=answer")).text
    sent = {"what": "answer", "delegation": [alfa.ref, beta.ref]}
    client.send(desk(scene, "letters/reminders"), **sent)
    client.send(desk(scene, "letters/reminders"), **sent)
    assert len(scene.mails()) == 2


def test_the_words_of_a_reminder_are_the_organizers_own(scene):
    """Prefilled with ours, by language; what is not written stays ours, and a text without its link is refused."""
    (alfa,) = scene.delegations("Alfa", invited_at=clock.now())
    client, page = scene.as_(scene.protocol), desk(scene, "letters/reminders/answer/text")
    shown = client.get(page).text
    assert "Your answer to the invitation to {conference} has not reached us yet." in shown
    assert 'name="version"' in shown
    own = {
        "subject-en": "From the host: {conference}",
        "body-en": "Dear colleagues of {delegation},\n\n{deadline}\n\n{link}",
    }
    refused = client.send(page, **(own | {"body-en": "Dear {nobody}, {link}"}))
    assert (refused.status_code, "There is no placeholder {nobody}" in refused.text) == (422, True)
    assert "Dear {nobody}" in refused.text
    refused = client.send(page, **(own | {"body-en": "Please answer."}))
    assert (refused.status_code, "Put {link} where" in refused.text) == (422, True)
    assert client.send(page, **own).status_code == 303
    assert client.send(page, **own, version="").status_code == 409, "the version that was open is not the one in force"
    assert client.get(desk(scene, "letters/reminders/nothing/text")).status_code == 404
    assert scene.as_(build.staff(scene.conference, Role.VIEWER)).get(page).status_code == 403
    client.send(desk(scene, "letters/reminders"), what="answer", delegation=[alfa.ref])
    (mail,) = scene.mails()
    assert mail.subject.startswith("From the host: ")
    assert mail.text.startswith("Dear colleagues of Alfa,\n\n")
    assert "/nomination/" in mail.text
    assert "{" not in mail.text
    assert "has not reached us" not in mail.text
    assert "for 30 days" in mail.text


def test_an_undelivered_mail_is_corrected_in_place(scene):
    (_delegation,) = invite(scene, "Alfa")
    with scene.at_work():
        mail = db.session.scalars(select(Mail)).one()
        mail.state, mail.last_answer, ref = MailState.FAILED, "550 5.1.1 unknown <b>user</b>", mail.ref
    client = scene.as_(scene.protocol)
    listed = client.get(desk(scene, "letters/undelivered")).text
    assert "550 5.1.1 unknown &lt;b&gt;user&lt;/b&gt;" in listed
    assert "Contact address of Alfa" in listed
    url = desk(scene, f"letters/undelivered/{ref}")
    holder = re.search(r'value="(delegation:[^"]+)"', client.get(url).text)
    assert holder is not None
    assert client.send(url, email="wrong", holders=holder[1]).status_code == 422
    assert client.send(url, email="alfa@mission.example", holders=holder[1]).status_code == 422
    assert client.send(url, email="right@mission.example").status_code == 422
    assert client.send(url, email="right@mission.example", holders=holder[1]).status_code == 303
    (mail,) = scene.mails()
    assert (mail.state, mail.recipient) == (MailState.QUEUED, "right@mission.example")
    assert client.get(url).status_code == 404


def test_the_list_of_refused_mails_asks_the_same_for_one_and_for_many(scene):
    client = scene.as_(scene.protocol)
    counts = []
    for name in ("Alfa", "Beta", "Gamma"):
        invite(scene, name)
        with scene.at_work():
            for mail in db.session.scalars(select(Mail)):
                mail.state = MailState.FAILED
        with build.count_queries() as counted:
            assert client.get(desk(scene, "letters/undelivered")).status_code == 200
        counts.append(counted.number)
    assert counts[0] == counts[2]


def test_outsiders_do_not_reach_the_desk_of_letters(scene):
    paths = (
        "letters",
        "letters/texts",
        "letters/invitations",
        "letters/reminders",
        "letters/undelivered",
        "letters/texts/invitation",
    )
    for path in paths:
        assert scene.as_(build.account()).get(desk(scene, path)).status_code == 404
        assert scene.as_(None).get(desk(scene, path)).status_code == 303
    for path in ("letters/texts", "letters/invitations", "letters/reminders"):
        assert scene.as_(scene.officer).get(desk(scene, path)).status_code == 403


@pytest.mark.parametrize(
    "path", ["letters/x", "letters/work/x", "letters/texts/x", "letters/undelivered/x", "letters/x/file"]
)
def test_what_is_not_there_is_not_found(scene, path):
    assert scene.as_(scene.protocol).get(desk(scene, path)).status_code == 404


# --- several people at once -------------------------------------------------------------------------------------------


def test_letters_about_several_are_issued_for_just_those_who_were_named(scene):
    (delegation,) = scene.delegations("Alfa")
    members = [scene.member(delegation_id=delegation.id) for _ in range(3)]
    gone, stranger = scene.member(delegation_id=delegation.id, status="withdrawn"), scene.member()
    client, url = scene.as_(scene.officer), desk(scene, "letters/people")
    assert client.get(url).status_code == 303
    first = client.get(url, query_string={"delegation": delegation.ref}).text
    assert "Issue 3 letters?" in first
    assert stranger.number not in first
    sent = {"delegation": delegation.ref, "letter": "personal_invitation", "languages": "en", "purpose": "By air"}
    assert client.send(url, count="2", **sent).status_code == 409
    assert scene.letters() == []
    assert client.send(url, count="3", **sent).status_code == 303
    run_jobs()
    assert {(one.registration_id, one.status) for one in scene.letters()} == {
        (one.id, LetterStatus.ISSUED) for one in members
    }
    ticked = {"ref": [members[0].ref, gone.ref, stranger.ref]}
    again = client.get(url, query_string=ticked).text
    assert "Issue 1 letter?" in again
    assert "There is such a letter already." in again
    assert "Letters are issued while a registration is in force." in again
    visa = {"ref": ticked["ref"], "letter": "visa_support", "languages": ["en", "id"], "count": "2"}
    bare = client.send(url, **visa)
    assert (bare.status_code, "Name the consulate" in bare.text) == (422, True)
    counted = client.send(url, purpose="Embassy in Exampletown", **visa | {"count": "1"}).text
    assert "purpose=Embassy+in+Exampletown" in counted, "what was typed stands in the letter on paper"
    assert client.send(url, purpose="Embassy in Exampletown", **visa).status_code == 303
    every = client.get(url, query_string={"all": "1", "letter": "visa_support", "status": "submitted"}).text
    assert "Issue 2 letters?" in every
    assert client.get(url, query_string={"delegation": "nobody"}).status_code == 404
    for account in (build.staff(scene.conference, Role.VIEWER), build.account()):
        assert scene.as_(account).send(url, count="1", ref=stranger.ref).status_code in (403, 404)


def test_a_letter_is_seen_on_paper_before_it_is_issued(scene, monkeypatch):
    row = scene.member()
    client = scene.as_(scene.officer)
    paper = client.get(desk(scene, f"letters/people/preview?about={row.ref}&letter=confirmation"))
    assert (paper.mimetype, paper.data, scene.letters()) == ("application/pdf", b"%PDF ", [])
    set_on_paper: list[str] = []
    monkeypatch.setattr(pdfs, "letter", lambda words, code, created: set_on_paper.append(str(words)) or b"%PDF")
    for purpose in ("", "Embassy in Exampletown"):
        about = {"about": row.ref, "letter": "visa_support", "purpose": purpose}
        client.get(desk(scene, "letters/people/preview"), query_string=about)
    still_open, typed = set_on_paper
    assert "[consulate and days of travel]" in still_open
    assert "[konsulat dan hari perjalanan]" in still_open, "in the language of each part"
    assert ("[consulate" in typed, "Embassy in Exampletown" in typed) == (False, True)
    asked = {"kind": "visa_support", "languages": "id", "purpose": "Embassy in Exampletown"}
    with scene.at_work():
        actions.request_letter(scene.by, scene.here(row), asked["kind"], ["id"], asked["purpose"])
    (letter,) = scene.letters()
    shown = client.get(desk(scene, f"letters/{letter.ref}/preview"))
    assert (shown.mimetype, scene.letters()[0].number) == ("application/pdf", "")
    assert f"letters/{letter.ref}/preview" in client.get(desk(scene, f"letters/{letter.ref}")).text
    assert scene.as_(build.staff(scene.conference, Role.VIEWER)).get(
        desk(scene, f"letters/{letter.ref}/preview")
    ).status_code in (403, 404)
