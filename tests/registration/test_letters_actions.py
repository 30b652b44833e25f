"""Letters on a real database: numbers, issuing once, mails with the file, links of nomination, reminders, addresses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock, files, jobs
from confapp.foundation.access import Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Mail, MailAttachment, MailState
from confapp.foundation.mail.delivery import Courier
from confapp.foundation.pdf import RenderingFailed
from confapp.people import actions as people
from confapp.people.models import Mandate
from confapp.people.queries import link_by_token
from confapp.people.rules import LinkPurpose, Role
from confapp.registration import actions as registration
from confapp.registration import tasks
from confapp.registration.actions import contacts, issuing, letters, nominations, reminders, sending, undelivered
from confapp.registration.actions.nominations import Nominee
from confapp.registration.models import Delegation, Letter, Registration
from confapp.registration.pdfs import letters as pdfs
from confapp.registration.queries import letters as queries
from confapp.registration.rules import ACCREDITATION
from confapp.registration.rules.letters import LetterKind, LetterStatus, owing_named
from tests import build
from tests.registration.letters import Scene, run_jobs
from tests.sink import Sink, listening

NOTE = LetterKind.NOTE_VERBALE


@pytest.fixture
def scene(app: Flask) -> Scene:
    made = Scene(app)
    made.ready()
    return made


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The paper itself is looked at in its own tests; here a few bytes stand for it."""
    if "real_paper" not in request.keywords:
        monkeypatch.setattr(pdfs, "letter", lambda words, code, created: b"%PDF " + code.encode())


def order(scene: Scene, *delegations: Delegation, languages: tuple[str, ...] = ("en",)) -> jobs.Job:
    by = scene.by
    with scene.at_work():
        rows = [scene.here(row) for row in delegations]
        return issuing.order_invitations(by, scene.here(scene.conference), rows, languages)


def issue(scene: Scene, *delegations: Delegation) -> list[Letter]:
    order(scene, *delegations)
    run_jobs()
    return scene.letters()


# --- issuing ----------------------------------------------------------------------------------------------------------


def test_each_delegation_gets_its_numbered_letter_with_the_mail(scene):
    first, second = scene.delegations("Alfa", "Beta")
    found = issue(scene, first, second)
    year = clock.today(scene.conference.zone).year
    assert [letter.number for letter in found] == [f"CT/{year}/NV/001", f"CT/{year}/NV/002"]
    assert {letter.status for letter in found} == {LetterStatus.ISSUED}
    assert {letter.dated_on for letter in found} == {clock.today(scene.conference.zone)}
    assert [letter.sent_to for letter in found] == ["alfa@mission.example", "beta@mission.example"]
    mails = scene.mails()
    assert [mail.recipient for mail in mails] == ["alfa@mission.example", "beta@mission.example"]
    assert all(
        "/nomination/" in mail.text and letter.number in mail.text for mail, letter in zip(mails, found, strict=True)
    )
    with scene.looking():
        rows = db.session.scalars(select(MailAttachment).order_by(MailAttachment.id)).all()
        assert [row.name for row in rows] == [letter.name for letter in found]
        assert [files.read(row.file) for row in rows] == [b"%PDF " + letter.code.encode() for letter in found]
        assert scene.here(first).invited_at is not None


def test_an_organization_gets_a_letter(scene):
    (body,) = scene.delegations("Union", kind="organization")
    (letter,) = issue(scene, body)
    assert letter.kind == LetterKind.INVITATION
    assert "/INV/001" in letter.number


def test_what_was_printed_stays_when_the_text_changes(scene):
    (delegation,) = scene.delegations("Alfa")
    (letter,) = issue(scene, delegation)
    by = scene.by
    with scene.at_work():
        text = queries.letter_text(NOTE)
        letters.write_text(
            by,
            text,
            subject={"en": "Other"},
            body={"en": "Other"},
            signatory={},
            number_form=text.number_form,
            revision=text.revision,
        )
    (part,) = scene.letters()[0].printed["parts"]
    assert part["subject"] == "Subject en"
    assert part["number"] == letter.number
    assert ["Alfa", "", True] in part["paragraphs"][0]["runs"]


def test_ordered_twice_nothing_is_issued_twice(scene):
    (delegation,) = scene.delegations("Alfa")
    job = order(scene, delegation)
    with pytest.raises(Refused, match="already"):
        order(scene, delegation)
    run_jobs()
    run_task(scene, job)
    assert len(scene.letters()) == 1
    assert len(scene.mails()) == 1


def _arguments(scene: Scene, job: jobs.Job) -> dict[str, Any]:
    with scene.looking():
        return dict(db.session.get_one(jobs.Job, job.id).arguments)


def run_task(scene: Scene, job: jobs.Job) -> None:
    arguments = _arguments(scene, job)

    with in_conference(scene.id):
        tasks.issue_letters(**arguments)


def test_a_worker_that_dies_between_two_letters_leaves_each_whole_or_not_begun(scene, monkeypatch):
    """It dies while the second file is made; the next run goes on there, under the number that was given."""
    delegations = scene.delegations("Alfa", "Beta", "Gamma")
    job = order(scene, *delegations)
    made: list[str] = []

    def dying(words: Any, code: str, created: Any) -> bytes:
        if len(made) == 1:
            raise KeyboardInterrupt
        made.append(code)
        return b"%PDF " + code.encode()

    with monkeypatch.context() as patch:
        patch.setattr(pdfs, "letter", dying)
        with pytest.raises(KeyboardInterrupt):
            run_task(scene, job)
    found = scene.letters()
    assert [letter.status for letter in found] == [LetterStatus.ISSUED, LetterStatus.CHECKED, LetterStatus.CHECKED]
    assert [bool(letter.file_id) for letter in found] == [True, False, False]
    assert len(scene.mails()) == 1
    given = found[1].number
    run_task(scene, job)
    again = scene.letters()
    assert {letter.status for letter in again} == {LetterStatus.ISSUED}
    assert again[1].number == given
    assert len({letter.number for letter in again}) == 3
    assert len(scene.mails()) == 3


def test_a_letter_that_cannot_be_printed_says_why_and_holds_up_no_other(scene, monkeypatch):
    first, second = scene.delegations("Alfa", "Beta")
    order(scene, first, second)
    real = pdfs.letter

    def failing(words: Any, code: str, created: Any) -> bytes:
        if words["parts"][0]["to"] == ["Alfa"]:
            raise RenderingFailed("No installed font can print this.")
        return real(words, code, created)

    with monkeypatch.context() as patch:
        patch.setattr(pdfs, "letter", failing)
        run_jobs()
    alfa, beta = scene.letters()
    assert (alfa.status, alfa.reason) == (LetterStatus.CHECKED, "No installed font can print this.")
    assert beta.status == LetterStatus.ISSUED
    by = scene.by
    with scene.at_work():
        issuing.try_again(by, scene.here(scene.conference), scene.here(alfa))
    run_jobs()
    assert {letter.status for letter in scene.letters()} == {LetterStatus.ISSUED}


def test_numbers_are_unique_however_many_issue_at_once(app, scene):
    delegations = scene.delegations("A", "B", "C", "D", "E", "F")
    job = order(scene, *delegations)
    arguments = _arguments(scene, job)
    waiting = iter(arguments["letters"])

    def one() -> None:

        with in_conference(scene.id):
            tasks.issue_letters(letters=[next(waiting)], job=arguments["job"])

    outcomes = build.at_once(app, one)
    assert not [error for error in outcomes if error is not None]
    found = scene.letters()
    assert sorted(letter.number[-3:] for letter in found) == ["001", "002", "003", "004", "005", "006"]
    assert len({letter.code for letter in found}) == 6


def test_the_same_letter_issued_by_several_workers_is_issued_once(app, scene):
    (delegation,) = scene.delegations("Alfa")
    arguments = _arguments(scene, order(scene, delegation))

    def one() -> None:

        with in_conference(scene.id):
            tasks.issue_letters(**arguments)

    assert not [error for error in build.at_once(app, one) if error is not None]
    (letter,) = scene.letters()
    assert letter.number.endswith("/001")
    assert len(scene.mails()) == 1


def test_two_offices_that_order_at_once_make_one_letter(app, scene):
    (delegation,) = scene.delegations("Alfa")
    outcomes = build.at_once(app, lambda: order(scene, delegation))
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 5
    assert len(scene.letters()) == 1


def test_a_withdrawn_letter_keeps_its_number_and_the_next_gets_another(scene):
    (delegation,) = scene.delegations("Alfa")
    (letter,) = issue(scene, delegation)
    by = scene.by
    with scene.at_work():
        letters.withdraw_letter(by, scene.here(letter), "Wrong addressee")
    old, new = issue(scene, delegation)
    assert (old.status, old.number[-3:], old.reason) == (LetterStatus.WITHDRAWN, "001", "Wrong addressee")
    assert new.number[-3:] == "002"


def test_without_an_address_the_letter_is_issued_and_nobody_counts_as_invited(scene):
    (delegation,) = scene.delegations("Alfa", contact_email="")
    (letter,) = issue(scene, delegation)
    assert (letter.status, letter.sent_at, letter.mail_id) == (LetterStatus.ISSUED, None, None)
    with scene.looking():
        assert scene.here(delegation).invited_at is None
    assert scene.mails() == []


def test_what_could_not_be_mailed_goes_out_once_there_is_an_address_or_is_noted_as_sent(scene):
    first, second = scene.delegations("Alfa", "Beta", contact_email="")
    issue(scene, first, second)
    by = scene.by
    with scene.at_work():
        waiting = queries.unsent(by, scene.here(scene.conference))
        assert [row.delegation.name["en"] for row in waiting] == ["Alfa", "Beta"]
        assert contacts.set_contacts(by, scene.here(scene.conference), {first.ref: "alfa@mission.example"}) == 1
        assert sending.mail_unsent(by, waiting) == 1
        assert sending.note_sent(by, [waiting[1]]) == 1
        assert queries.unsent(by, scene.here(scene.conference)) == []
        assert all(scene.here(row).invited_at for row in (first, second))
    assert [mail.recipient for mail in scene.mails()] == ["alfa@mission.example"]
    with scene.at_work(), pytest.raises(Forbidden):
        contacts.set_contacts(build.actor(scene.officer), scene.here(scene.conference), {})


def test_a_text_with_blanks_is_not_issued(app):
    scene = Scene(app)
    by = scene.by
    with scene.at_work():
        letters.start_text(by, scene.here(scene.conference), NOTE)
    (delegation,) = scene.delegations("Alfa")
    with pytest.raises(Refused, match="not ready"):
        order(scene, delegation)


def test_the_office_alone_writes_and_issues(scene):
    by = build.actor(scene.officer)
    (delegation,) = scene.delegations("Alfa")
    with scene.at_work(), pytest.raises(Forbidden):
        issuing.order_invitations(by, scene.here(scene.conference), [scene.here(delegation)], ("en",))
    with scene.at_work(), pytest.raises(Forbidden):
        text = queries.letter_text(NOTE)
        letters.write_text(
            by, text, subject={}, body={}, signatory={}, number_form="A/{number}", revision=text.revision
        )


# --- on demand --------------------------------------------------------------------------------------------------------


def ask(
    scene: Scene, member: Registration, kind: LetterKind = LetterKind.VISA_SUPPORT, purpose: str = "Embassy"
) -> Letter:
    by = build.actor(scene.officer)
    with scene.at_work():
        return letters.request_letter(by, scene.here(member), kind, ["en", "id"], purpose)


def test_a_letter_on_demand_is_checked_issued_and_mailed(scene):
    member = scene.member()
    asked = ask(scene, member)
    by = build.actor(scene.officer)
    with scene.at_work():
        letters.issue_letters(by, scene.here(scene.conference), [scene.here(asked)])
    run_jobs()
    (letter,) = scene.letters()
    assert (letter.status, letter.languages) == (LetterStatus.ISSUED, ["en", "id"])
    assert "/VS/001" in letter.number
    assert [["Embassy", "", True] in part["paragraphs"][0]["runs"] for part in letter.printed["parts"]] == [True, True]
    (mail,) = scene.mails()
    assert letter.number in mail.text


def test_asked_twice_is_one_request(scene):
    member = scene.member()
    assert ask(scene, member).id == ask(scene, member).id


def test_asked_again_before_it_is_checked_it_says_what_was_asked_last(scene):
    member = scene.member()
    ask(scene, member)
    by = build.actor(scene.officer)
    with scene.at_work():
        kind = LetterKind.VISA_SUPPORT
        first = letters.request_letter(by, scene.here(member), kind, ["en"], "Embassy in one town")
        again = letters.request_letter(by, scene.here(member), kind, ["id"], "Embassy in another")
        assert (again.id, again.purpose, again.languages) == (first.id, "Embassy in another", ["id"])
        again.status = LetterStatus.CHECKED
        with pytest.raises(Refused, match="is being issued"):
            letters.request_letter(by, scene.here(member), kind, ["id"], "Embassy in a third")


def test_a_refusal_is_mailed_with_its_reason(scene):
    asked = ask(scene, scene.member())
    by = build.actor(scene.officer)
    with scene.at_work():
        letters.refuse_letter(by, scene.here(asked), "The name differs.")
    (mail,) = scene.mails()
    assert "The name differs." in mail.text
    assert scene.letters()[0].status == LetterStatus.REFUSED


@pytest.mark.parametrize("verb", ["withdraw", "revoke"])
def test_letters_end_with_the_registration(scene, verb):
    member = scene.member(status="accredited" if verb == "revoke" else "submitted")
    asked = ask(scene, member)
    by = build.actor(scene.officer)
    with scene.at_work():
        letters.issue_letters(by, scene.here(scene.conference), [scene.here(asked)])
    run_jobs()
    ask(scene, member, LetterKind.PERSONAL_INVITATION)
    with scene.at_work():
        move = ACCREDITATION.named(verb)
        registration.change_status(scene.here(member), move, by=by, reason="It ended.")
    assert [letter.status for letter in scene.letters()] == [LetterStatus.WITHDRAWN, LetterStatus.WITHDRAWN]
    assert scene.letters()[0].withdrawn_at is not None


def test_the_purpose_stands_in_no_audit_entry(scene):
    ask(scene, scene.member(), purpose="Embassy in Canaryville")
    with scene.looking():
        entries = db.session.scalars(select(AuditEntry)).all()
        assert not [entry for entry in entries if "Canaryville" in str(entry.facts)]


# --- over SMTP --------------------------------------------------------------------------------------------------------


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as made:
        yield made


def deliver(app: Flask, sink: Sink) -> None:
    Courier(replace(app.extensions["confapp"], smtp_url=sink.url)).deliver_due()


def test_the_letter_arrives_as_a_pdf_beside_the_text(app, scene, sink):
    (delegation,) = scene.delegations("Alfa")
    (letter,) = issue(scene, delegation)
    deliver(app, sink)
    (received,) = sink.messages
    assert received.get_content_type() == "multipart/mixed"
    text, enclosed = list(received.iter_parts())
    assert letter.number in text.get_content()
    assert enclosed.get_content_type() == "application/pdf"
    assert enclosed.get_filename() == letter.name
    assert enclosed.get_content() == b"%PDF " + letter.code.encode()
    (mail,) = scene.mails()
    assert (mail.state, mail.text) == (MailState.SENT, "")


# --- nomination -------------------------------------------------------------------------------------------------------


def link_in(mail: Mail) -> str:
    return mail.text.partition("/nomination/")[2].split()[0]


def answer(scene: Scene, token: str, verb: str, *nominees: Nominee, signer: str = "Ms Secretary") -> Any:
    with scene.at_work():
        link = link_by_token(token, LinkPurpose.NOMINATION)
        row = queries.delegation_of_link(link)
        return nominations.answer_by_link(link, row, verb, signer, nominees)


@pytest.fixture
def invited(scene) -> tuple[Delegation, str]:
    (delegation,) = scene.delegations("Alfa")
    issue(scene, delegation)
    return delegation, link_in(scene.mails()[0])


def test_accepting_names_focal_points_and_spends_the_link(scene, invited):
    delegation, token = invited
    answer(scene, token, "accept", Nominee("dewi@mission.example", "Dewi"), Nominee("office@mission.example"))
    with scene.looking():
        row = scene.here(delegation)
        assert (row.status, row.focal_point_named_at is not None) == ("accepted", True)
        held = db.session.scalars(select(Mandate).where(Mandate.delegation_id == row.id)).all()
        assert {(one.account.email, one.role) for one in held} == {
            ("dewi@mission.example", Role.FOCAL_POINT),
            ("office@mission.example", Role.FOCAL_POINT),
        }
        said = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "accept")).one()
        assert said.acting_name == "Ms Secretary"
    assert {mail.recipient for mail in scene.mails()[1:]} == {"dewi@mission.example", "office@mission.example"}
    with pytest.raises(Refused) as refused:
        answer(scene, token, "accept", Nominee("other@mission.example"))
    assert refused.value.status == 410


def test_acknowledging_leaves_the_link_open(scene, invited):
    delegation, token = invited
    answer(scene, token, "acknowledge")
    answer(scene, token, "decline")
    with scene.looking():
        assert scene.here(delegation).status == "declined"
    with pytest.raises(Refused):
        answer(scene, token, "accept", Nominee("late@mission.example"))


def test_accepting_without_a_focal_point_is_refused(scene, invited):
    with pytest.raises(Refused, match="at least one"):
        answer(scene, invited[1], "accept")


def test_of_two_who_answer_at_once_one_is_refused(app, scene, invited):
    _delegation, token = invited
    emails = iter(f"focal{number}@mission.example" for number in range(6))
    outcomes = build.at_once(app, lambda: answer(scene, token, "accept", Nominee(next(emails))))
    assert len([one for one in outcomes if not isinstance(one, Exception)]) == 1
    with scene.looking():
        assert len(db.session.scalars(select(Mandate).where(Mandate.role == Role.FOCAL_POINT)).all()) == 1


def test_the_office_renews_the_link_and_the_one_before_ends(scene, invited):
    delegation, token = invited
    by = scene.by
    with scene.at_work():
        assert nominations.renew_nomination(by, scene.here(delegation), "id") == "alfa@mission.example"
    fresh = link_in(scene.mails()[-1])
    with pytest.raises(Refused):
        answer(scene, token, "decline")
    answer(scene, fresh, "acknowledge")


def test_a_link_ends_after_thirty_days(scene, invited):
    with scene.looking():
        link = link_by_token(invited[1], LinkPurpose.NOMINATION)
        assert link.expires_at - clock.now() > timedelta(days=29)
        assert not link.is_open(clock.now() + timedelta(days=30))


# --- handing over -----------------------------------------------------------------------------------------------------


@pytest.fixture
def focal(scene) -> tuple[Delegation, Actor]:
    delegation, account = scene.delegations("Alfa")[0], build.account("first@mission.example")
    build.mandate(account, Role.FOCAL_POINT, scene.conference, delegation_id=delegation.id)
    return delegation, build.actor(account)


def holders(scene: Scene, delegation: Delegation) -> set[str]:
    with scene.looking():
        rows = db.session.scalars(
            select(Mandate).where(Mandate.delegation_id == delegation.id, Mandate.revoked_at.is_(None))
        )
        return {row.account.email for row in rows}


@pytest.mark.parametrize(
    ("keep", "left"), [(False, {"next@mission.example"}), (True, {"first@mission.example", "next@mission.example"})]
)
def test_the_role_is_handed_over_in_one_step(scene, focal, keep, left):
    delegation, by = focal
    with scene.at_work():
        nominations.hand_over(by, scene.here(delegation), Nominee("next@mission.example", "Next"), keep=keep)
    assert holders(scene, delegation) == left
    assert sorted(mail.recipient for mail in scene.mails()) == ["first@mission.example", "next@mission.example"]
    with scene.looking():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "hand_over")).one()
        assert entry.account_id == by.account_id


def test_who_answers_for_another_delegation_hands_nothing_over(scene, focal):
    _delegation, by = focal
    (other,) = scene.delegations("Beta")
    with scene.at_work(), pytest.raises(Forbidden):
        nominations.hand_over(by, scene.here(other), Nominee("next@mission.example"))


def test_to_the_own_mailbox_nothing_is_handed(scene, focal):
    delegation, by = focal
    with scene.at_work(), pytest.raises(Refused, match="your own mailbox"):
        nominations.hand_over(by, scene.here(delegation), Nominee("First@mission.example"))


def test_a_shared_mailbox_takes_the_role(scene, focal):
    delegation, by = focal
    build.account("registry@mission.example", is_shared=True, name="")
    with scene.at_work():
        nominations.hand_over(by, scene.here(delegation), Nominee("registry@mission.example", "Whoever"))
    assert holders(scene, delegation) == {"registry@mission.example"}


# --- reminders --------------------------------------------------------------------------------------------------------


def remind(scene: Scene, what: str, *delegations: Delegation) -> int:
    by, owing = scene.by, owing_named(what)
    assert owing is not None
    with scene.at_work():
        rows = [scene.here(row) for row in delegations]
        return reminders.remind(by, scene.here(scene.conference), owing, rows)


def test_who_owes_is_reminded_once_a_day(app, scene):
    silent, answered, later = scene.delegations("Alfa", "Beta", "Gamma", invited_at=clock.now() - timedelta(days=9))
    build.change(answered, accepted_at=clock.now())
    assert remind(scene, "answer", silent, answered, later) == 2
    assert remind(scene, "answer", silent, answered, later) == 0
    mails = scene.mails()
    assert [mail.recipient for mail in mails] == ["alfa@mission.example", "gamma@mission.example"]
    assert all("/nomination/" in mail.text for mail in mails)
    with scene.looking():
        assert [scene.here(row).reminders for row in (silent, answered, later)] == [1, 0, 1]
    build.change(silent, reminded_at=clock.now() - timedelta(days=2))
    outcomes = build.at_once(app, lambda: remind(scene, "answer", silent))
    assert sorted(outcomes) == [0, 0, 0, 0, 0, 1]


def test_a_focal_point_is_reminded_with_the_page_of_the_delegation(scene, focal):
    delegation, _by = focal
    build.change(delegation, invited_at=clock.now(), accepted_at=clock.now())
    assert remind(scene, "members", delegation) == 1
    (mail,) = scene.mails()
    assert mail.recipient == "first@mission.example"
    assert f"/me/{scene.conference.slug}/delegations/{delegation.ref}" in mail.text


# --- addresses that mail could not reach ------------------------------------------------------------------------------


def fail(scene: Scene) -> None:
    with scene.at_work():
        for mail in db.session.scalars(select(Mail)):
            mail.state, mail.last_answer = MailState.FAILED, "550 no such mailbox"


def correct(scene: Scene, address: str = "right@mission.example") -> None:
    by = scene.by
    with scene.at_work():
        conference = scene.here(scene.conference)
        (mail,) = queries.undelivered(conference)
        keys = [one.key for one in undelivered.holders_of(conference, mail.recipient)]
        undelivered.correct_address(by, conference, mail, address, keys)


def test_a_letter_goes_to_the_corrected_address(app, scene, sink):
    (delegation,) = scene.delegations("Alfa")
    issue(scene, delegation)
    sink.answers = ["550 no such mailbox"]
    deliver(app, sink)
    with scene.looking():
        (mail,) = queries.undelivered(scene.conference)
        assert (mail.recipient, mail.last_answer) == ("alfa@mission.example", "550 no such mailbox")
    correct(scene)
    deliver(app, sink)
    assert sink.recipients == [["right@mission.example"]]
    with scene.looking():
        assert scene.here(delegation).contact_email == "right@mission.example"
        assert queries.undelivered_number(scene.conference) == 0


def test_a_focal_point_gets_an_own_invitation_at_the_right_address(scene):
    (delegation,) = scene.delegations("Alfa", contact_email="")
    by = scene.by
    with scene.at_work():
        registration.invite_delegation(by, scene.here(delegation), "wrong@mission.example", "Dewi")
    build.change(delegation, contact_email="")
    fail(scene)
    correct(scene)
    assert holders(scene, delegation) == {"right@mission.example"}
    old, new = scene.mails()
    assert (old.state, old.recipient) == (MailState.GIVEN_UP, "wrong@mission.example")
    assert (new.state, new.recipient) == (MailState.QUEUED, "right@mission.example")


def test_a_person_gets_a_new_link_and_the_letter_again(scene):
    member = scene.member()
    asked = ask(scene, member)
    by = build.actor(scene.officer)
    with scene.at_work():
        letters.issue_letters(by, scene.here(scene.conference), [scene.here(asked)])
    run_jobs()
    fail(scene)
    correct(scene)
    states = [(mail.state, mail.recipient) for mail in scene.mails()[1:]]
    assert states == [(MailState.QUEUED, "right@mission.example")] * 2
    with scene.looking():
        assert scene.here(member).person.email == "right@mission.example"


def test_the_invitation_of_a_member_of_staff_is_never_sent_elsewhere(scene):
    """It holds a link that gives a role: whoever corrects an address of a delegation must not receive it."""
    by = scene.by
    (delegation,) = scene.delegations("Alfa", contact_email="shared@mission.example")
    with scene.at_work():
        people.invite(by, "shared@mission.example", Role.ORGANIZER, scene.here(scene.conference))
    fail(scene)
    correct(scene)
    (mail,) = scene.mails()
    assert (mail.recipient, mail.state) == ("shared@mission.example", MailState.FAILED)
    with scene.looking():
        assert scene.here(delegation).contact_email == "right@mission.example"
