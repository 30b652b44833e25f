"""What puts a list of speakers in order, its times, what is missing and what may be read."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from confapp.programme.rules import Mode, Ordering
from confapp.programme.rules.debate import (
    DOCX,
    PDF,
    Missing,
    Point,
    address_fault,
    is_public,
    key,
    missing,
    place_for,
    slots,
    statement_type,
    window_fault,
)
from confapp.registration.rules import PartyKind

NINE = datetime(2027, 1, 12, 9, tzinfo=UTC)
LATER = NINE + timedelta(hours=1)


def minute(number: int) -> datetime:
    return NINE + timedelta(minutes=number)


def debate(**changes: Any) -> Any:
    usual = {"ordering": Ordering.RANK, "states_first": True, "topics": [object()], "due_at": None}
    return SimpleNamespace(**(usual | {"opens_at": NINE, "closes_at": None} | changes))


def statement(rank: str = "minister", asked: int | None = 0, number: int = 1, kind: str = "state", **more: Any) -> Any:
    usual: dict[str, Any] = {
        "rank": rank,
        "requested_at": None if asked is None else minute(asked),
        "delegation": SimpleNamespace(kind=PartyKind(kind), position=number, id=number),
        "withdrawn_at": None,
        "is_reply": False,
        "speaker": "Somebody",
        "topic_id": 1,
        "file_id": 1,
        "mode": Mode.IN_PERSON,
        "recording_url": "",
        "may_publish": True,
        "ended_at": NINE,
        "embargo_until": None,
    }
    return SimpleNamespace(**(usual | more))


def order(rows: list[Any], **how: Any) -> list[int]:
    return [one.delegation.id for one in sorted(rows, key=lambda one: key(one, debate(**how)))]


def test_rank_comes_before_the_request_and_states_before_organizations() -> None:
    rows = [
        statement("minister", 5, 1),
        statement("minister", 2, 2),
        statement("head_of_state", 9, 3),
        statement("vice_minister", 0, 4),
        statement("head_of_state", 1, 5, "organization"),
        statement("minister", None, 6),
    ]
    assert order(rows) == [3, 2, 1, 6, 4, 5]
    assert order(rows, states_first=False) == [5, 3, 2, 1, 6, 4]
    assert order(rows, ordering=Ordering.REQUEST) == [4, 2, 1, 3, 6, 5]
    assert order(rows, ordering=Ordering.CONFERENCE) == [1, 2, 3, 4, 6, 5]


def test_a_new_request_goes_behind_its_equals_and_past_what_hands_moved() -> None:
    keys = [key(statement("minister", at, at), debate()) for at in (1, 3, 5)]
    new = key(statement("minister", 4, 9), debate())
    assert place_for(new, [(one, False) for one in keys]) == 2
    assert place_for(new, [(keys[2], True), (keys[0], False), (keys[1], False)]) == 3
    assert place_for(new, []) == 0


def test_hours_follow_one_another_and_follow_what_was_held() -> None:
    plan = [Point(5), Point(5), Point(3)]
    assert [one.starts_at for one in slots(plan, NINE)] == [NINE, minute(5), minute(10)]
    held = [Point(5, NINE, minute(9)), Point(5, minute(9)), Point(3)]
    found = slots(held, NINE)
    assert [(one.starts_at, one.is_actual) for one in found] == [(NINE, True), (minute(9), True), (minute(14), False)]
    assert slots([Point(5)], None)[0].starts_at is None


def test_what_a_delegation_owes() -> None:
    bare = statement(asked=None, speaker="", topic_id=None, file_id=None, mode=Mode.RECORDED)
    assert missing(bare, debate()) == list(Missing)
    assert missing(statement(file_id=None), debate()) == [Missing.STATEMENT]
    assert missing(statement(topic_id=None), debate(topics=[])) == []
    assert missing(statement(speaker="", withdrawn_at=NINE), debate()) == []
    assert missing(statement(speaker="", is_reply=True), debate()) == []


@pytest.mark.parametrize(
    ("at", "is_open"), [(NINE - timedelta(seconds=1), False), (NINE, True), (LATER, False), (None, False)]
)
def test_the_window_opens_and_closes_to_the_second(at: datetime | None, is_open: bool) -> None:
    shut = debate(opens_at=None) if at is None else debate(closes_at=LATER)
    assert (window_fault(shut, at or NINE) is None) is is_open


def test_a_text_is_public_after_delivery_and_embargo_when_the_delegation_agreed() -> None:
    assert is_public(statement(), NINE)
    assert is_public(statement(embargo_until=NINE), NINE)
    for change in (
        {"embargo_until": NINE + timedelta(seconds=1)},
        {"ended_at": None},
        {"may_publish": False},
        {"file_id": None},
        {"withdrawn_at": NINE},
    ):
        assert not is_public(statement(**change), NINE)


def test_a_text_is_known_by_what_is_in_it() -> None:
    def pack(*names: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for name in names:
                made.writestr(name, "x")
        return out.getvalue()

    assert statement_type(b"%PDF-1.7 words") == PDF
    assert statement_type(pack("[Content_Types].xml", "word/document.xml")) == DOCX
    for content in (
        b"",
        b"PK\x03\x04 nothing",
        b"<html>",
        pack("[Content_Types].xml", "xl/workbook.xml"),
        pack("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    ):
        assert statement_type(content) is None


def test_a_recording_is_reached_by_https_alone() -> None:
    assert address_fault("https://video.example/watch?v=1") is None
    for url in (
        "http://video.example",
        "javascript:alert(1)",
        "https://",
        "https://a:b@video.example",
        "https://[",
        "",
    ):
        assert address_fault(url)
