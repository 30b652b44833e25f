"""The lifecycle: every status × every move × who asks; and the plain computations beside it."""

from datetime import UTC, datetime, timedelta
from itertools import product
from types import SimpleNamespace

import pytest

from confapp.foundation.access import ANONYMOUS, SYSTEM, Actor, Grant
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people.rules import Role
from confapp.registration import rules
from confapp.registration.rules import ACCREDITATION, LIVING, Status

HERE, ELSEWHERE = 1, 2
OFFICE = ("accredit", "return", "refuse", "reopen", "restore")
LEGAL = {
    "accredit": {Status.SUBMITTED},
    "return": {Status.SUBMITTED},
    "refuse": {Status.SUBMITTED},
    "submit": {Status.RETURNED},
    "review": {Status.ACCREDITED},
    "reopen": {Status.ACCREDITED, Status.REFUSED},
    "restore": {Status.WITHDRAWN},
    "withdraw": {Status.SUBMITTED, Status.RETURNED, Status.ACCREDITED},
}
TARGETS = {
    "accredit": Status.ACCREDITED,
    "return": Status.RETURNED,
    "refuse": Status.REFUSED,
    "submit": Status.SUBMITTED,
    "review": Status.SUBMITTED,
    "reopen": Status.SUBMITTED,
    "restore": Status.SUBMITTED,
    "withdraw": Status.WITHDRAWN,
}


def holding(role: Role, conference: int = HERE, **record: int) -> Actor:
    return Actor(account_id=9, grants=(Grant(role.value, conference, **record),))


ACTORS = {
    "accreditation officer": holding(Role.ACCREDITATION_OFFICER),
    "organizer": holding(Role.ORGANIZER),
    "focal point": holding(Role.FOCAL_POINT, delegation_id=5),
    "delegate": holding(Role.DELEGATE, person_id=7),
    "focal point of another delegation": holding(Role.FOCAL_POINT, delegation_id=6),
    "another delegate": holding(Role.DELEGATE, person_id=8),
    "officer of another conference": holding(Role.ACCREDITATION_OFFICER, ELSEWHERE),
    "focal point of another conference": holding(Role.FOCAL_POINT, ELSEWHERE, delegation_id=5),
    "viewer": holding(Role.VIEWER),
    "press desk": holding(Role.PRESS_DESK),
    "programme officer": holding(Role.PROGRAMME_OFFICER),
    "nobody": ANONYMOUS,
    "the program itself": SYSTEM,
}
DECIDES = {"accreditation officer", "organizer", "the program itself"}
ANSWERS = DECIDES | {"focal point", "delegate"}


def registration(status: Status = Status.SUBMITTED) -> SimpleNamespace:
    return SimpleNamespace(id=1, conference_id=HERE, delegation_id=5, person_id=7, status=status)


def test_the_table_of_moves_is_this_one() -> None:
    assert {move.verb: set(move.sources) for move in ACCREDITATION} == LEGAL
    assert {move.verb: move.target for move in ACCREDITATION} == TARGETS
    assert {move.verb for move in ACCREDITATION if move.asks_reason} == {"return", "refuse", "reopen", "restore"}


@pytest.mark.parametrize(("status", "move", "who"), list(product(Status, ACCREDITATION, ACTORS)))
def test_only_the_listed_moves_are_possible_for_those_who_may(status: Status, move: object, who: str) -> None:
    record, actor = registration(status), ACTORS[who]
    may = who in (DECIDES if move.verb in OFFICE else ANSWERS)
    possible = status in LEGAL[move.verb]
    assert (move in ACCREDITATION.open_to(record, actor)) == (may and possible)
    if may and possible:
        assert move.apply(record, by=actor, reason="Because.") == status
        assert record.status == TARGETS[move.verb]
    else:
        with pytest.raises(Refused) as refusal:
            move.apply(record, by=actor, reason="Because.")
        assert refusal.value.status == (409 if may else 403)
        assert isinstance(refusal.value, Forbidden) != may
        assert record.status == status


@pytest.mark.parametrize("move", [move for move in ACCREDITATION if move.asks_reason], ids=lambda move: move.verb)
@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_a_decision_against_somebody_needs_its_reason(move: object, reason: str) -> None:
    record = registration(next(iter(move.sources)))
    with pytest.raises(Refused) as refusal:
        move.apply(record, by=ACTORS["accreditation officer"], reason=reason)
    assert (refusal.value.status, refusal.value.field) == (422, "reason")
    assert record.status in move.sources


@pytest.mark.parametrize("who", ACTORS)
def test_passports_are_opened_by_the_accreditation_officer_alone(who: str) -> None:
    assert rules.OPEN_PASSPORTS.allows(ACTORS[who], registration()) == (who == "accreditation officer")


def conference(opens: int | None, closes: int | None, ends: int = 60) -> SimpleNamespace:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    day = timedelta(days=1)
    return SimpleNamespace(
        id=HERE,
        takes_registrations=opens is not None and opens <= 0 and (closes is None or closes > 0),
        registration_opens_at=None if opens is None else now + opens * day,
        registration_closes_at=None if closes is None else now + closes * day,
        ends_at=now + ends * day,
        contact_email="office@conference.example",
    )


NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [(-10, 10, None), (-10, None, None), (5, 10, "not open yet"), (None, None, "not open yet"), (-10, -1, "is closed")],
)
def test_the_dates_bind_everybody_but_the_office(opens: int | None, closes: int | None, sentence: str | None) -> None:
    here = conference(opens, closes)
    assert rules.deadline_fault(here, ACTORS["organizer"], NOW) is None
    for who in ("focal point", "delegate", "nobody"):
        fault = rules.deadline_fault(here, ACTORS[who], NOW)
        assert (fault is None) == (sentence is None)
        assert sentence is None or sentence in fault


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("is_open", [True, False])
def test_what_was_returned_can_be_corrected_after_the_closing_date(status: Status, is_open: bool) -> None:
    here = conference(-10, 10 if is_open else -1)
    fault = rules.correction_fault(registration(status), here, ACTORS["delegate"], NOW)
    assert (fault is None) == (status == Status.RETURNED or (is_open and status in LIVING))
    assert rules.correction_fault(registration(status), here, ACTORS["organizer"], NOW) is None
    if status == Status.RETURNED:
        over = conference(-90, -60, ends=-1)
        assert rules.correction_fault(registration(status), over, ACTORS["delegate"], NOW) is not None


@pytest.mark.parametrize(
    ("acronym", "year", "position", "printed"),
    [
        ("SC", 2027, 42, "SC27-0042"),
        ("RCDD", 2019, 1, "RCDD19-0001"),
        ("sample-2027", 2027, 12345, "SAMPLE27-12345"),
        ("مؤتمر", 2030, 7, "R30-0007"),
    ],
)
def test_numbers_can_be_said_on_the_telephone(acronym: str, year: int, position: int, printed: str) -> None:
    assert rules.number(acronym, year, position) == printed


@pytest.mark.parametrize(
    ("given", "family", "honorific", "shown"),
    [
        ("Dewi", "Contoh", "H.E. Ms", "Contoh, H.E. Ms Dewi"),
        ("Jan", "van der Berg", "", "van der Berg, Jan"),
        ("Sukarno", "", "Mr", "Sukarno"),
    ],
)
def test_lists_lead_with_the_family_name_as_typed(given: str, family: str, honorific: str, shown: str) -> None:
    person = SimpleNamespace(given_name=given, family_name=family, honorific=honorific, printed_name="")
    assert rules.sort_name(person) == shown


def test_uploads_are_known_by_their_first_bytes() -> None:
    assert rules.file_type(b"%PDF-1.7 ...") == "application/pdf"
    assert rules.file_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert rules.file_type(b"\x89PNG\r\n\x1a\n") == "image/png"
    assert rules.file_type(b"<svg onload=alert(1)>") is None
    assert rules.file_type(b"") is None
