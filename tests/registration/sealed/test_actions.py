"""Deleting on the day, asking again when a text changed, and erasing what somebody wants erased."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, erasure, files, jobs, sealing, vault
from confapp.foundation.access import Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import Data, across_conferences, db, in_conference
from confapp.foundation.files import StoredFile
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Mail, MailState
from confapp.foundation.sealing import Unreadable
from confapp.foundation.transactions import writing
from confapp.people import actions as people
from confapp.people.models import Account, Consent, ConsentText, ErasureRequest, Mandate, Person, SignIn
from confapp.people.rules import Role
from confapp.registration import actions, tasks
from confapp.registration.actions.consents import note_consents
from confapp.registration.models import (
    Answer,
    Letter,
    Question,
    QuestionVersion,
    Registration,
    RegistrationMove,
    Remark,
)
from confapp.registration.queries import agreements
from confapp.registration.queries import privacy as kept
from confapp.registration.rules import ConsentKind, Status
from confapp.registration.rules.letters import LetterKind
from confapp.registration.rules.privacy import BY_NAME, written_diet
from confapp.registration.rules.questions import DataClass, QuestionKind
from tests import build
from tests.registration.sealed.conftest import at_work, looking

VALUES = {
    "passport_number": "X1234567",
    "birth_date": "1980-02-29",
    "diet": written_diet("halal", "no nuts"),
    "access_needs": "step-free way",
}


def seal(conference: Conference, registration: Registration, **values: str) -> None:
    with at_work(conference, registration) as row:
        for name, value in (values or VALUES).items():
            setattr(row.person, name, value)


def kept_of(conference: Conference, registration: Registration) -> set[str]:
    with looking(conference, registration) as row:
        return {name for name in VALUES if getattr(row.person, f"{name}_sealed") is not None}


def over_since(conference: Conference, days: int) -> None:
    """The conference ended so many days ago."""
    last = clock.local(clock.now(), conference.zone).date() - timedelta(days=days + 1)
    build.change(conference, starts_on=last - timedelta(days=2), ends_on=last)


def special_key() -> Any:
    return select(sealing.DataKey).where(sealing.DataKey.data_class == "special")


def verbs(conference: Conference) -> list[tuple[str, str]]:
    with in_conference(conference.id):
        rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        return [(row.verb, row.facts.get("what", "")) for row in rows]


def answer(conference: Conference, registration: Registration, data_class: DataClass, days: int = 400) -> Answer:
    question = build.save(
        Question(
            conference_id=conference.id,
            code=f"{data_class}-{days}",
            kind=QuestionKind.TEXT,
            data_class=data_class,
            kept_days=days,
        )
    )
    version = build.save(
        QuestionVersion(conference_id=conference.id, question_id=question.id, number=1, label={"en": "Flight"})
    )
    made = build.save(
        Answer(
            conference_id=conference.id,
            registration_id=registration.id,
            question_id=question.id,
            version_id=version.id,
            plain="GA 881" if data_class == DataClass.PERSONAL else None,
        )
    )
    if data_class != DataClass.PERSONAL:
        with in_conference(conference.id), writing():
            db.session.get_one(Answer, made.id).value = "GA 881"
    return made


def photo(conference: Conference, registration: Registration) -> StoredFile:
    with in_conference(conference.id):
        face = vault.keep(b"\xff\xd8\xff a face", conference_id=conference.id, data_class=Data.HIGH)
        with writing():
            stored = vault.register(face, "image/jpeg", "Siti Rahayu.jpg")
            db.session.flush()
            db.session.get_one(Person, registration.person_id).photo_id = stored.id
        db.session.refresh(stored)
    return stored


# --- on its day -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (6, set(VALUES)),
        (7, {"passport_number", "birth_date"}),
        (29, {"passport_number", "birth_date"}),
        (30, set()),
    ],
)
def test_each_kind_goes_on_its_day(
    conference: Conference, registration: Registration, days: int, left: set[str]
) -> None:
    seal(conference, registration)
    over_since(conference, days)
    tasks.purge_sealed()
    tasks.purge_sealed()
    assert kept_of(conference, registration) == left
    with in_conference(conference.id):
        assert sealing.is_shredded(conference.id, "special") == (days >= 7)
        assert sealing.is_shredded(conference.id, "high") == (days >= 30)
    said = verbs(conference)
    assert len(said) == len(set(said))


def test_a_photo_is_unreadable_and_its_bytes_are_gone(
    app: Flask, conference: Conference, registration: Registration
) -> None:
    stored = photo(conference, registration)
    over_since(conference, 30)
    tasks.purge_sealed()
    assert not files.path_of(stored.sha256).exists() or jobs.run_due()
    assert not files.path_of(stored.sha256).exists()
    with looking(conference, registration) as row:
        assert row.person.photo_id is None
        with pytest.raises(Unreadable):
            vault.keep(b"again", conference_id=conference.id)


@pytest.mark.parametrize(
    ("data_class", "days", "after", "is_kept"),
    [
        (DataClass.HIGH, 400, 29, True),
        (DataClass.HIGH, 400, 30, False),
        (DataClass.HIGH, 14, 14, False),
        (DataClass.SPECIAL, 400, 7, False),
        (DataClass.PERSONAL, 400, 89, True),
        (DataClass.PERSONAL, 400, 90, False),
        (DataClass.PERSONAL, 3, 3, False),
    ],
)
def test_answers_go_as_their_question_says(
    conference: Conference, registration: Registration, data_class: DataClass, days: int, after: int, is_kept: bool
) -> None:
    made = answer(conference, registration, data_class, days)
    over_since(conference, after)
    tasks.purge_sealed()
    with in_conference(conference.id):
        row = db.session.get_one(Answer, made.id)
        values = [row.plain, row.high_sealed, row.special_sealed]
    assert any(value is not None for value in values) == is_kept


def test_the_ways_to_reach_people_go_after_three_months(conference: Conference, registration: Registration) -> None:
    over_since(conference, 90)
    tasks.purge_sealed()
    with looking(conference, registration) as row:
        assert (row.person.email, row.person.phone) == ("", "")
        assert "mail.example" not in row.person.folded
        assert row.person.printed_name == "Siti Rahayu"


def test_what_is_left_is_counted(conference: Conference, registration: Registration) -> None:
    seal(conference, registration, passport_number="X1", diet="vegan")
    with in_conference(conference.id):
        counted = {one.field.name: one.number for one in kept.left(conference)}
    assert {name: counted[name] for name in ("passport_number", "diet", "birth_date", "photo")} == {
        "passport_number": 1,
        "diet": 1,
        "birth_date": 0,
        "photo": 0,
    }


def test_the_organizer_deletes_before_the_day(
    conference: Conference, registration: Registration, organizer: Actor
) -> None:
    seal(conference, registration)
    for typed in ("", "another"):
        with pytest.raises(Refused, match="Type pdp-2027"), at_work(conference, registration):
            actions.purge_early(organizer, conference, BY_NAME["diet"], typed=typed)
    with pytest.raises(Refused, match="not over yet"), at_work(conference, registration):
        actions.purge_early(organizer, conference, BY_NAME["diet"], typed="pdp-2027")
    over_since(conference, 1)
    fresh = db.session.merge(conference)
    for name in ("diet", "access_needs"):
        with at_work(conference, registration):
            actions.purge_early(organizer, fresh, BY_NAME[name], typed="pdp-2027")
        with in_conference(conference.id):
            assert sealing.is_shredded(conference.id, "special") == (name == "access_needs")
    assert kept_of(conference, registration) == {"passport_number", "birth_date"}


def test_others_do_not(conference: Conference, registration: Registration) -> None:
    officer = build.actor(build.staff(conference, Role.ACCREDITATION_OFFICER))
    with pytest.raises(Forbidden), at_work(conference, registration):
        actions.purge_early(officer, conference, BY_NAME["diet"], typed="pdp-2027")


def test_after_a_restore_the_key_is_destroyed_again(conference: Conference, registration: Registration) -> None:
    seal(conference, registration)
    with in_conference(conference.id):
        wrapped = (
            db.session.scalars(select(sealing.DataKey).where(sealing.DataKey.data_class == "special")).one().wrapped
        )
    over_since(conference, 7)
    tasks.purge_sealed()
    with in_conference(conference.id), writing():  # as an old backup has it
        row = db.session.scalars(special_key()).one()
        row.wrapped, row.destroyed_at = wrapped, None
    with writing():
        erasure.replay()
    with in_conference(conference.id):
        assert sealing.is_shredded(conference.id, "special")


def test_meals_are_numbers(conference: Conference, registration: Registration) -> None:
    seal(conference, registration, diet=written_diet("halal", "no nuts"))
    other = build.registration(conference)
    seal(conference, other, diet="vegan")
    build.change(other, status=Status.ACCREDITED)
    left = build.registration(conference, status=Status.WITHDRAWN)
    seal(conference, left, diet="kosher")
    seal(conference, build.registration(conference, organization="Example"), diet="kosher")  # address not confirmed
    with in_conference(conference.id):
        counted = kept.meals(conference)
    assert (counted.accredited, counted.undecided) == (1, 1)
    assert (counted.by_kind, counted.in_words) == ({"halal": 1, "vegan": 1}, 1)


# --- consents ---------------------------------------------------------------------------------------------------------


def agree(conference: Conference, registration: Registration, kind: ConsentKind) -> None:
    with at_work(conference, registration) as row:
        note_consents(row.person, {kind}, by=Actor(), via="form")


def reword(conference: Conference, organizer: Actor, english: str) -> ConsentText:
    with in_conference(conference.id), writing():
        return actions.word_consent(
            organizer, conference.id, ConsentKind.PHOTOGRAPHS, {"en": english, "id": f"{english} (id)"}
        )


def test_a_changed_text_is_a_new_version_and_asks_again(
    conference: Conference, registration: Registration, holder: Account, person: Actor, organizer: Actor
) -> None:
    agree(conference, registration, ConsentKind.PHOTOGRAPHS)
    assert reword(conference, organizer, "Only from the hall.").version == 2
    jobs.run_due()
    jobs.run_due()
    with looking(conference, registration) as row:
        mails = db.session.scalars(select(Mail).where(Mail.subject.contains("changed text"))).all()
        assert [mail.recipient for mail in mails] == ["siti@mail.example"]
        one = agreements.standing(row.person)["photographs"]
        assert one.is_outdated
        assert one.agreed
        (counted,) = [one for one in agreements.agreements() if one.kind == ConsentKind.PHOTOGRAPHS]
        assert (counted.agreed, counted.earlier, counted.not_agreed) == (0, 1, 0)
    with at_work(conference, registration) as row:
        actions.change_consent(row, ConsentKind.PHOTOGRAPHS, True, by=person)
        actions.change_consent(row, ConsentKind.PHOTOGRAPHS, True, by=person)
    with looking(conference, registration) as row:
        one = agreements.standing(row.person)["photographs"]
        assert not one.is_outdated
        assert [text.version for text, _given in one.history] == [1, 2]
    with at_work(conference, registration) as row:
        actions.change_consent(row, ConsentKind.PHOTOGRAPHS, False, by=person)
    with looking(conference, registration) as row:
        assert not agreements.standing(row.person)["photographs"].agreed
        assert db.session.scalar(select(func.count(Consent.id)).where(Consent.withdrawn_at.is_not(None))) == 2


def test_the_use_of_data_can_be_agreed_to_again_but_not_taken_back(
    conference: Conference, registration: Registration, person: Actor, organizer: Actor
) -> None:
    agree(conference, registration, ConsentKind.DATA_USE)
    for given in (True, False):
        with pytest.raises(Refused, match="withdraw"), at_work(conference, registration) as row:
            actions.change_consent(row, ConsentKind.DATA_USE, given, by=person)
    with in_conference(conference.id), writing():
        actions.word_consent(organizer, conference.id, ConsentKind.DATA_USE, {"en": "New", "id": "Baru"})
    with at_work(conference, registration) as row:
        actions.change_consent(row, ConsentKind.DATA_USE, True, by=person)
        assert not agreements.standing(row.person)["data_use"].is_outdated


@pytest.mark.parametrize("words", [{"en": "Only English"}, {"id": "Hanya Indonesia"}, {}])
def test_both_languages_are_needed(conference: Conference, organizer: Actor, words: dict[str, str]) -> None:
    with pytest.raises(Refused, match="English and in Indonesian"), in_conference(conference.id), writing():
        actions.word_consent(organizer, conference.id, ConsentKind.PHOTOGRAPHS, words)


def test_the_same_words_are_no_new_version(conference: Conference, organizer: Actor) -> None:
    reword(conference, organizer, "From the hall.")
    with pytest.raises(Refused, match="Nothing"):
        reword(conference, organizer, "From the hall.")


def test_two_who_change_a_text_at_once_make_one_version(app: Flask, conference: Conference, organizer: Actor) -> None:
    reword(conference, organizer, "First.")
    where = conference.id

    def again() -> ConsentText:
        with in_conference(where), writing():
            return actions.word_consent(organizer, where, ConsentKind.PHOTOGRAPHS, {"en": "Second", "id": "Kedua"})

    outcomes = build.at_once(app, again, 4)
    assert sum(isinstance(one, ConsentText) for one in outcomes) == 1
    assert all(isinstance(one, ConsentText | Refused) for one in outcomes), outcomes


# --- erasure ----------------------------------------------------------------------------------------------------------


def ask(conference: Conference, registration: Registration, by: Actor) -> None:
    with at_work(conference, registration) as row:
        actions.ask_erasure(row, by=by, typed="pdp27-0001")


def with_everything(conference: Conference, registration: Registration) -> None:
    seal(conference, registration)
    photo(conference, registration)
    answer(conference, registration, DataClass.PERSONAL)
    answer(conference, registration, DataClass.HIGH)
    agree(conference, registration, ConsentKind.LIST_OF_PARTICIPANTS)
    companion = build.registration(conference, accompanies_id=registration.id)
    by_her = {"conference_id": conference.id, "became": "submitted", "acting_name": "Siti Rahayu"}
    build.save(RegistrationMove(registration_id=companion.id, verb="register", **by_her))
    build.save(
        Remark(conference_id=conference.id, registration_id=registration.id, text="I, Siti, ask", acting_name="Siti"),
        RegistrationMove(
            conference_id=conference.id,
            registration_id=registration.id,
            verb="return",
            became="returned",
            reason="Rahayu is spelt otherwise",
            acting_name="Siti Rahayu",
        ),
    )


def tell(conference: Conference, registration: Registration, person: Actor) -> None:
    with at_work(conference, registration) as row:
        actions.send_link_again(person, row)
    with across_conferences("test"), writing():
        db.session.execute(db.update(Mail).values(state=MailState.SENT))


def last_mails_leave() -> None:
    """They name the person once more, and are forgotten when they were sent."""
    with across_conferences("test"), writing():
        db.session.execute(db.update(Mail).values(state=MailState.SENT))
    tasks.erase_due()


def everything_said(*left_out: str) -> str:
    """All text of the database, but for the tables that are evidence."""
    found = []
    with db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            if table.name not in ("audit_entry", *left_out):
                found += [str(tuple(row)) for row in connection.execute(select(table))]
    return "\n".join(found)


def test_an_erasure_is_asked_once_and_its_clock_runs(
    conference: Conference, registration: Registration, person: Actor
) -> None:
    with pytest.raises(Refused, match="Type PDP27-0001"), at_work(conference, registration) as row:
        actions.ask_erasure(row, by=person, typed="yes")
    ask(conference, registration, person)
    ask(conference, registration, person)
    with looking(conference, registration) as row:
        (request,) = db.session.scalars(select(ErasureRequest)).all()
        assert request.due_at - request.asked_at == timedelta(hours=72)
        assert kept.open_request(row.person) is not None
        assert [of.number for _request, of in kept.open_requests(conference)] == ["PDP27-0001"]
        assert (
            db.session.scalars(select(Mail).where(Mail.subject.contains("Erasure"))).one().recipient
            == "siti@mail.example"
        )


def test_it_can_be_taken_back(conference: Conference, registration: Registration, person: Actor) -> None:
    ask(conference, registration, person)
    with at_work(conference, registration) as row:
        actions.keep_after_all(row, by=person)
        actions.keep_after_all(row, by=person)
    with looking(conference, registration) as row:
        assert kept.open_request(row.person) is None
    build.change(registration, functional_title="Still there")
    tasks.erase_due()
    with looking(conference, registration) as row:
        assert row.person.printed_name == "Siti Rahayu"


def test_at_the_end_of_the_clock_it_is_done(
    monkeypatch: pytest.MonkeyPatch, conference: Conference, registration: Registration, person: Actor
) -> None:
    ask(conference, registration, person)
    tasks.erase_due()
    with looking(conference, registration) as row:
        assert row.person.erased_at is None
    later = clock.now() + timedelta(hours=73)
    monkeypatch.setattr(clock, "now", lambda: later)
    tasks.erase_due()
    tasks.erase_due()
    with looking(conference, registration) as row:
        assert row.person.erased_at is not None
        assert row.person.printed_name == "PDP27-0001"


def test_nothing_of_a_person_is_left_and_the_record_stands(
    conference: Conference, registration: Registration, holder: Account, person: Actor, organizer: Actor
) -> None:
    with_everything(conference, registration)
    tell(conference, registration, person)
    ask(conference, registration, person)
    with at_work(conference, registration) as row:
        actions.erase_now(row, by=organizer)
    with at_work(conference, registration) as row:
        actions.erase_now(row, by=organizer)  # once more changes nothing
    last_mails_leave()
    jobs.run_due()
    said = everything_said()
    for word in ("Siti", "Rahayu", "siti@", "rahayu", "0811", "811 0000", "GA 881", "Director", "no nuts"):
        assert word not in said, word
    with looking(conference, registration) as row:
        assert (row.number, row.status) == ("PDP27-0001", Status.WITHDRAWN)
        assert [move.verb for move in row.moves][:1] == ["return"]
        assert row.moves[0].acting_name == "PDP27-0001"
        assert db.session.scalar(select(func.count(Consent.id))) == 1
        assert db.session.scalars(select(Mandate).where(Mandate.person_id == row.person_id)).one().revoked_at
    account = db.session.get_one(Account, holder.id)
    assert account.disabled_at
    assert account.email == ""
    folder = db.session.scalars(select(StoredFile)).all()
    assert all(not files.path_of(one.sha256).exists() for one in folder)
    assert not audit.verify()


def test_mails_with_its_letters_are_forgotten_as_well(
    conference: Conference, registration: Registration, person: Actor, organizer: Actor
) -> None:
    letter = Letter(conference_id=conference.id, registration_id=registration.id, kind=LetterKind.VISA_SUPPORT)
    build.save(letter)
    tell(conference, registration, person)
    with across_conferences("test"), writing():
        mail = db.session.scalars(select(Mail).order_by(Mail.id.desc())).first()
        assert mail is not None
        mail.dedupe_key, mail.text = f"letter:{letter.ref}:siti@mail.example", "Dear Siti Rahayu"
    ask(conference, registration, person)
    with at_work(conference, registration) as row:
        actions.erase_now(row, by=organizer)
    assert "Dear Siti" not in everything_said()


def test_a_restore_does_it_again(
    conference: Conference, registration: Registration, person: Actor, organizer: Actor
) -> None:
    with_everything(conference, registration)
    tell(conference, registration, person)
    before = _rows()
    ask(conference, registration, person)
    with at_work(conference, registration) as row:
        actions.erase_now(row, by=organizer)
    last_mails_leave()
    _put_back(before)
    assert "Rahayu" in everything_said()
    with writing():
        erasure.replay()
    said = everything_said("account")
    for word in ("Siti", "Rahayu", "siti@", "GA 881", "Director"):
        assert word not in said, word
    with looking(conference, registration) as row:
        assert row.status != Status.WITHDRAWN  # the backup knows no better
    tasks.erase_due()
    with looking(conference, registration) as row:
        assert row.status == Status.WITHDRAWN


def test_the_mailbox_from_before_a_change_of_address_goes_as_well(
    conference: Conference, registration: Registration, holder: Account, person: Actor, organizer: Actor
) -> None:
    ask(conference, registration, person)
    with at_work(conference, registration) as row:
        people.revoke_record_links(organizer, row.person)
        row.person.email = "siti@new.example"
        actions.erase_now(row, by=organizer)
    assert db.session.get_one(Account, holder.id).email == ""


def test_after_the_conference_the_seat_stays(
    conference: Conference, registration: Registration, person: Actor, organizer: Actor
) -> None:
    build.change(registration, status=Status.ACCREDITED)
    over_since(conference, 1)
    ask(conference, registration, person)
    with at_work(conference, registration) as row:
        actions.erase_now(row, by=organizer)
    with looking(conference, registration) as row:
        assert row.status == Status.ACCREDITED


def test_a_mailbox_with_another_role_keeps_it(
    conference: Conference, registration: Registration, holder: Account, person: Actor, organizer: Actor
) -> None:
    build.mandate(holder, Role.VIEWER, conference)
    ask(conference, registration, person)
    with at_work(conference, registration) as row:
        actions.erase_now(row, by=organizer)
    assert db.session.get_one(Account, holder.id).email == "siti@mail.example"


@pytest.mark.parametrize("verb", [actions.keep_after_all, actions.erase_now])
def test_only_the_person_and_the_office_may(
    conference: Conference, registration: Registration, person: Actor, verb: Callable[..., Any]
) -> None:
    focal_point = build.actor(build.account())
    with pytest.raises(Forbidden), at_work(conference, registration) as row:
        actions.ask_erasure(row, by=focal_point, typed="PDP27-0001")
    ask(conference, registration, person)
    with pytest.raises(Forbidden), at_work(conference, registration) as row:
        verb(row, by=focal_point)


def test_nothing_is_erased_that_nobody_asked_for(
    conference: Conference, registration: Registration, organizer: Actor
) -> None:
    with pytest.raises(Refused, match="Nobody asked"), at_work(conference, registration) as row:
        actions.erase_now(row, by=organizer)


ABOUT_PEOPLE = ("person", "registration", "registration_move", "remark", "answer", "mail", "mailed_link", "stored_file")


def _rows() -> dict[str, list[Any]]:
    """The tables about people as they are, as a backup would keep them."""
    with db.engine.connect() as connection:
        return {
            name: [dict(row._mapping) for row in connection.execute(select(db.metadata.tables[name]))]
            for name in (
                "person",
                "registration",
                "registration_move",
                "remark",
                "answer",
                "mail",
                "mailed_link",
                "stored_file",
            )
        }


def _put_back(before: dict[str, list[Any]]) -> None:
    with db.engine.begin() as connection:
        for name, rows in before.items():
            table = db.metadata.tables[name]
            for row in rows:
                connection.execute(table.update().where(table.c.id == row["id"]).values(**row))


def test_sign_ins_by_the_link_end(
    app: Flask, conference: Conference, registration: Registration, holder: Account, person: Actor, organizer: Actor
) -> None:
    build.save(
        SignIn(
            account_id=holder.id,
            token_hash="0" * 64,
            person_id=registration.person_id,
            acting_name="Siti",
            address="10.0.0.0",
            agent="Firefox",
            expires_at=clock.now() + timedelta(days=1),
        )
    )
    ask(conference, registration, person)
    with at_work(conference, registration) as row:
        actions.erase_now(row, by=organizer)
    (left,) = db.session.scalars(select(SignIn)).all()
    assert (left.acting_name, left.address, left.agent) == ("", "", "")
    assert left.ended_at
