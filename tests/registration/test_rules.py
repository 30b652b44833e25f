"""The lifecycle: every status × every move × who asks; and the plain computations beside it."""

from datetime import UTC, datetime, timedelta
from itertools import product
from types import SimpleNamespace

import pytest

from confapp.foundation.access import ANONYMOUS, SYSTEM, Actor, Grant
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people.rules import Role
from confapp.registration import rules
from confapp.registration.rules import ACCREDITATION, LIVING, Office, Outcome, Status, Track

HERE, ELSEWHERE = 1, 2
OPEN = {Status.SUBMITTED, Status.UNDER_REVIEW}
LEGAL = {
    "submit": {Status.DRAFT, Status.RETURNED},
    "take_up": {Status.SUBMITTED},
    "accredit": OPEN,
    "accredit_anyway": OPEN,
    "return": OPEN | {Status.ON_HOLD},
    "refuse": OPEN | {Status.ON_HOLD},
    "hold": OPEN,
    "resume": {Status.ON_HOLD},
    "review": {Status.ACCREDITED},
    "reopen": {Status.ACCREDITED, Status.REFUSED, Status.REVOKED},
    "revoke": {Status.ACCREDITED},
    "restore": {Status.WITHDRAWN},
    "withdraw": OPEN | {Status.DRAFT, Status.ON_HOLD, Status.RETURNED, Status.ACCREDITED},
    "replace": OPEN | {Status.ON_HOLD, Status.RETURNED, Status.ACCREDITED},
}
TARGETS = {
    "submit": Status.SUBMITTED,
    "take_up": Status.UNDER_REVIEW,
    "accredit": Status.ACCREDITED,
    "accredit_anyway": Status.ACCREDITED,
    "return": Status.RETURNED,
    "refuse": Status.REFUSED,
    "hold": Status.ON_HOLD,
    "resume": Status.UNDER_REVIEW,
    "review": Status.UNDER_REVIEW,
    "reopen": Status.UNDER_REVIEW,
    "revoke": Status.REVOKED,
    "restore": Status.SUBMITTED,
    "withdraw": Status.WITHDRAWN,
    "replace": Status.WITHDRAWN,
}
WITH_REASON = {"accredit_anyway", "return", "refuse", "hold", "reopen", "revoke", "restore"}


def holding(role: Role, conference: int = HERE, **record: int) -> Actor:
    return Actor(account_id=9, grants=(Grant(role.value, conference, **record),))


OWN = {Role.FOCAL_POINT: {"delegation_id": 5}, Role.DELEGATE: {"person_id": 7}, Role.SPEAKER: {"person_id": 8}}
ACTORS = {
    **{role.value: holding(role, **OWN.get(role, {})) for role in Role if role != Role.ADMINISTRATOR},
    "administrator": Actor(account_id=9, grants=(Grant(Role.ADMINISTRATOR.value),)),
    "focal point of another delegation": holding(Role.FOCAL_POINT, delegation_id=6),
    "another delegate": holding(Role.DELEGATE, person_id=8),
    "officer of another conference": holding(Role.ACCREDITATION_OFFICER, ELSEWHERE),
    "focal point of another conference": holding(Role.FOCAL_POINT, ELSEWHERE, delegation_id=5),
    "nobody": ANONYMOUS,
    "the program itself": SYSTEM,
}
DECIDES = {"accreditation_officer", "organizer", "administrator", "the program itself"}
ANSWERS = DECIDES | {"focal_point", "delegate"}
REVIEWS = DECIDES | {"protocol_officer", "security_officer", "press_desk"}
REPLACES = DECIDES | {"focal_point", "protocol_officer"}
MAY = {"replace": REPLACES, "submit": ANSWERS, "review": ANSWERS, "withdraw": ANSWERS, "take_up": REVIEWS}
PROTOCOL, SECURITY = (
    SimpleNamespace(id=number, office=office, name={})
    for number, office in enumerate((Office.PROTOCOL, Office.SECURITY), 1)
)


def registration(status: Status = Status.SUBMITTED, **changes: object) -> SimpleNamespace:
    category = SimpleNamespace(track=Track.ACCREDITATION, steps=[PROTOCOL, SECURITY], needs_four_eyes=False)
    person = SimpleNamespace(merged_into_id=None, erased_at=None)
    values = {"category": category, "person": person, "clearances": [], "replaced_by": [], "accompanies": None}
    return SimpleNamespace(id=1, conference_id=HERE, delegation_id=5, person_id=7, status=status, **(values | changes))


def cleared(step: SimpleNamespace, outcome: Outcome = Outcome.CLEARED) -> SimpleNamespace:
    return SimpleNamespace(step_id=step.id, step=step, outcome=outcome)


def ready_for(verb: str, status: Status) -> SimpleNamespace:
    """A registration that nothing but its status keeps from this move."""
    steps = [] if verb == "accredit_anyway" else [cleared(PROTOCOL), cleared(SECURITY)]
    return registration(status, clearances=steps)


def test_the_table_of_moves_is_this_one() -> None:
    assert {move.verb: set(move.sources) for move in ACCREDITATION} == LEGAL
    assert {move.verb: move.target for move in ACCREDITATION} == TARGETS
    assert {move.verb for move in ACCREDITATION if move.asks_reason} == WITH_REASON


def test_each_status_is_living_registered_or_ended() -> None:
    assert set(Status) - set(LIVING) == {Status.REFUSED, Status.WITHDRAWN, Status.REVOKED}
    assert set(LIVING) - set(rules.REGISTERED) == {Status.DRAFT}
    assert set(rules.STATUS_NAMES) == set(Status)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", list(ACCREDITATION), ids=lambda move: move.verb)
def test_only_the_listed_moves_are_possible_for_those_who_may(status: Status, move: object) -> None:
    for who, actor in ACTORS.items():
        record = ready_for(move.verb, status)
        may = who in MAY.get(move.verb, DECIDES)
        possible = status in LEGAL[move.verb]
        assert (move in ACCREDITATION.open_to(record, actor)) == (may and possible), who
        if may and possible:
            assert move.apply(record, by=actor, reason="Because.") == status, who
            assert record.status == TARGETS[move.verb], who
        else:
            with pytest.raises(Refused) as refusal:
                move.apply(record, by=actor, reason="Because.")
            assert refusal.value.status == (409 if may else 403), who
            assert isinstance(refusal.value, Forbidden) != may, who
            assert record.status == status, who


@pytest.mark.parametrize(
    ("clearances", "missing"),
    [
        ([], "Not cleared yet: Protocol, Security."),
        ([cleared(PROTOCOL)], "Not cleared yet: Security."),
        ([cleared(PROTOCOL), cleared(SECURITY, Outcome.OBJECTED)], "Not cleared yet: Security."),
        ([cleared(PROTOCOL), cleared(SECURITY)], None),
    ],
)
def test_every_step_is_cleared_before_accrediting_or_passed_over_with_a_reason(clearances: list, missing: str) -> None:
    officer = ACTORS["accreditation_officer"]
    accredit, anyway = ACCREDITATION.named("accredit"), ACCREDITATION.named("accredit_anyway")
    record = registration(clearances=clearances)
    assert rules.open_steps_fault(record) == missing
    assert accredit.is_open_to(record, officer) == (missing is None)
    assert anyway.is_open_to(record, officer) == (missing is not None)
    if missing:
        with pytest.raises(Refused, match=missing):
            accredit.apply(record, by=officer)


def test_a_category_that_admits_has_no_steps() -> None:
    open_to_all = SimpleNamespace(track=Track.ADMISSION, steps=[PROTOCOL], needs_four_eyes=True)
    record = registration(category=open_to_all)
    assert rules.open_steps(record) == []
    assert not rules.needs_release(record, "accredit")


@pytest.mark.parametrize("move", list(ACCREDITATION), ids=lambda move: move.verb)
def test_accrediting_and_refusing_take_two_persons_where_the_category_says_so(move: object) -> None:
    two = SimpleNamespace(track=Track.ACCREDITATION, steps=[], needs_four_eyes=True)
    assert rules.needs_release(registration(category=two), move.verb) == (
        move.verb in {"accredit", "accredit_anyway", "refuse"}
    )
    assert not rules.needs_release(registration(), move.verb)


@pytest.mark.parametrize(("office", "who"), list(product(Office, ACTORS)))
def test_a_step_is_cleared_by_its_own_office_alone(office: Office, who: str) -> None:
    role = {
        Office.PROTOCOL: "protocol_officer",
        Office.SECURITY: "security_officer",
        Office.PRESS: "press_desk",
        Office.ACCREDITATION: "accreditation_officer",
    }[office]
    assert rules.CLEARS[office].allows(ACTORS[who], registration()) == (who == role)


@pytest.mark.parametrize(
    ("changed", "asked_again"),
    [
        ({"passport_number_sealed"}, {Office.SECURITY}),
        ({"birth_date_sealed"}, {Office.SECURITY}),
        ({"photo_file_id"}, {Office.SECURITY}),
        ({"rank"}, {Office.PROTOCOL}),
        ({"functional_title"}, {Office.PROTOCOL}),
        ({"family_name"}, {Office.PROTOCOL, Office.SECURITY}),
        ({"email", "language", "honorific"}, set()),
    ],
)
def test_a_correction_asks_again_the_offices_that_looked_at_it(changed: set, asked_again: set) -> None:
    record = registration(clearances=[cleared(PROTOCOL), cleared(SECURITY)])
    assert {one.step.office for one in rules.looked_at_again(record, changed)} == asked_again


def test_who_was_replaced_comes_back_when_the_replacement_has_gone() -> None:
    newer = SimpleNamespace(number="CT27-0009", status=Status.SUBMITTED)
    record = registration(Status.WITHDRAWN, replaced_by=[newer])
    restore = ACCREDITATION.named("restore")
    with pytest.raises(Refused, match="CT27-0009"):
        restore.apply(record, by=ACTORS["organizer"], reason="An error.")
    newer.status = Status.WITHDRAWN
    restore.apply(record, by=ACTORS["organizer"], reason="An error.")
    assert record.status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("about", "why"), [({"merged_into_id": 8}, "brought together"), ({"erased_at": "today"}, "erased")]
)
def test_who_became_one_with_another_or_was_erased_never_comes_back(about: dict[str, object], why: str) -> None:
    person = SimpleNamespace(**({"merged_into_id": None, "erased_at": None} | about))
    restore = ACCREDITATION.named("restore")
    assert restore is not None
    with pytest.raises(Refused, match=why):
        restore.check(registration(Status.WITHDRAWN, person=person), by=ACTORS["organizer"], reason="By mistake")


@pytest.mark.parametrize("move", [move for move in ACCREDITATION if move.asks_reason], ids=lambda move: move.verb)
@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_a_decision_against_somebody_needs_its_reason(move: object, reason: str) -> None:
    record = ready_for(move.verb, next(iter(move.sources)))
    with pytest.raises(Refused) as refusal:
        move.apply(record, by=ACTORS["accreditation_officer"], reason=reason)
    assert (refusal.value.status, refusal.value.field) == (422, "reason")
    assert record.status in move.sources


@pytest.mark.parametrize("who", ACTORS)
def test_passports_are_opened_by_the_accreditation_officer_alone(who: str) -> None:
    assert rules.OPEN_PASSPORTS.allows(ACTORS[who], registration()) == (who == "accreditation_officer")


def conference(opens: int | None, closes: int | None, ends: int = 60) -> SimpleNamespace:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    day = timedelta(days=1)
    return SimpleNamespace(
        id=HERE,
        takes_registrations=opens is not None and opens <= 0 and (closes is None or closes > 0),
        registration_opens_at=None if opens is None else now + opens * day,
        registration_closes_at=None if closes is None else now + closes * day,
        ends_at=now + ends * day,
        zone="Asia/Jayapura",
        contact_email="office@conference.example",
    )


NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        (-10, 10, None),
        (-10, None, None),
        (5, 10, "not open yet"),
        (None, None, "not open yet"),
        (-10, -1, "closed on 20 November 2026, 09:00 WIT. "),
    ],
)
def test_the_dates_bind_everybody_but_the_office(opens: int | None, closes: int | None, sentence: str | None) -> None:
    here = conference(opens, closes)
    assert rules.deadline_fault(here, ACTORS["organizer"], NOW) is None
    for who in ("focal_point", "delegate", "nobody"):
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
