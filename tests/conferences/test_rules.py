from datetime import UTC, datetime, timedelta
from itertools import product
from types import SimpleNamespace

import pytest
import time_machine

from confapp.conferences import rules
from confapp.conferences.rules import LIFE, Phase, Status
from confapp.foundation.access import Actor, Grant
from confapp.foundation.db import Data, db
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people.rules import Role

START = datetime(2027, 3, 9, tzinfo=UTC)
LEGAL = {
    ("draft", "announce"): "announced",
    ("announced", "withdraw"): "draft",
    ("announced", "close"): "closed",
    ("closed", "reopen"): "announced",
    ("closed", "archive"): "archived",
}
ADMINISTRATOR = Actor(1, grants=(Grant(Role.ADMINISTRATOR),))
ORGANIZER = Actor(2, grants=(Grant(Role.ORGANIZER, 1),))
VIEWER = Actor(3, grants=(Grant(Role.VIEWER, 1),))
FOREIGN = Actor(4, grants=(Grant(Role.ORGANIZER, 2),))


def conference(status: Status, **changes: object) -> SimpleNamespace:
    values = {
        "id": 1,
        "status": status,
        "name": {"en": "Name"},
        "contact_email": "office@conference.example",
        "starts_at": START,
        "ends_at": START + timedelta(days=3),
        "registration_opens_at": START - timedelta(days=60),
        "registration_closes_at": START - timedelta(days=10),
    }
    return SimpleNamespace(**(values | changes))


@pytest.mark.parametrize(("status", "move"), list(product(Status, LIFE)))
def test_only_the_listed_moves_are_possible(status: Status, move: rules.Move) -> None:
    record = conference(status)
    with time_machine.travel(START + timedelta(days=10)):
        if wanted := LEGAL.get((status.value, move.verb)):
            assert move.apply(record, by=ADMINISTRATOR) == status
            assert record.status == wanted
        else:
            with pytest.raises(Refused):
                move.apply(record, by=ADMINISTRATOR)
            assert record.status == status


@pytest.mark.parametrize(("actor", "move"), list(product((ORGANIZER, VIEWER, FOREIGN, Actor()), LIFE)))
def test_who_may_move_it(actor: Actor, move: rules.Move) -> None:
    record = conference(next(iter(move.sources)))
    with time_machine.travel(START + timedelta(days=10)):
        if actor is ORGANIZER and move.verb != "archive":
            move.apply(record, by=actor)
        else:
            with pytest.raises(Forbidden):
                move.apply(record, by=actor)


def test_it_is_announced_with_a_name_and_a_contact_only() -> None:
    announce = LIFE.named("announce")
    assert announce
    for missing in ({"name": {}}, {"contact_email": ""}):
        with pytest.raises(Refused):
            announce.apply(conference(Status.DRAFT, **missing), by=ORGANIZER)


def test_it_is_archived_when_it_is_over() -> None:
    archive = LIFE.named("archive")
    assert archive
    with time_machine.travel(START), pytest.raises(Refused):
        archive.apply(conference(Status.CLOSED), by=ADMINISTRATOR)


@pytest.mark.parametrize(
    ("days", "phase"),
    [
        (-70, Phase.ANNOUNCED),
        (-60, Phase.REGISTRATION_OPEN),
        (-10, Phase.REGISTRATION_CLOSED),
        (0, Phase.RUNNING),
        (3, Phase.CLOSED),
    ],
)
def test_the_phase_follows_the_dates(days: int, phase: Phase) -> None:
    assert rules.phase(conference(Status.ANNOUNCED), START + timedelta(days=days)) == phase


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CLOSED, Status.ARCHIVED])
def test_dates_mean_nothing_in_other_statuses(status: Status) -> None:
    for days in (-70, -60, 0, 3):
        at = START + timedelta(days=days)
        assert rules.phase(conference(status), at).value == status.value
        assert not rules.takes_registrations(conference(status), at)


def test_the_page_is_valid_until_the_next_change() -> None:
    record = conference(Status.ANNOUNCED)
    assert rules.next_change(record, START - timedelta(days=100)) == record.registration_opens_at
    assert rules.next_change(record, START) == record.ends_at
    assert rules.next_change(record, record.ends_at) is None


@pytest.mark.parametrize("slug", ["rcdd-2019", "abc", "a1-b2-c3", "x" * 60])
def test_good_addresses(slug: str) -> None:
    assert rules.slug_fault(slug) is None


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "a",
        "ab",
        "en",
        "Desk",
        "desk",
        "sign-in",
        "accounts",
        "-abc",
        "abc-",
        "a b",
        "a/b",
        "a_b",
        "é",
        "x" * 61,
        "new",
    ],
)
def test_bad_addresses(slug: str) -> None:
    assert rules.slug_fault(slug)


@pytest.mark.parametrize("colour", ["#0b5a6f", "#7a1f2b", "#000000"])
def test_good_accents(colour: str) -> None:
    assert rules.accent_fault(colour) is None
    assert all(ratio >= 4.5 for _, ratio in rules.accent_contrasts(colour))


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#ffee00", "#8fc1e3", "#0B5A6F", "#0b5a6f;"])
def test_bad_accents(colour: str) -> None:
    assert rules.accent_fault(colour)


def test_every_personal_column_is_either_purged_or_kept_with_intent() -> None:
    import confapp.programme.models
    import confapp.registration.models
    import confapp.speakers.models  # noqa: F401

    personal = {
        (table.name, column.name)
        for table in db.metadata.tables.values()
        if "conference_id" in table.c
        for column in table.c
        if column.info.get("data") == Data.PERSONAL
    }
    named = {(table, name) for part in (rules.PURGED, rules.KEPT) for table, names in part.items() for name in names}
    assert personal == named


def test_every_word_has_a_name() -> None:
    assert set(rules.PHASE_NAMES) == set(Phase)
    assert set(rules.STATUS_NAMES) == set(Status)
    assert set(rules.FORMAT_NAMES) == set(rules.Format)
    assert set(rules.EFFECTS) == {move.verb for move in LIFE}
    assert "Asia/Jayapura" in rules.zones()
