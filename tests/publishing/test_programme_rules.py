"""What a reader looks for in a programme, and what runs now."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from confapp.publishing.rules import Printed, Wanted, now_and_next, texts_of

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)


def printed(ref: str, start: int = 0, minutes: int = 60, rooms: tuple[int, ...] = (7,), **words: Any) -> Printed:
    starts = NOON + timedelta(minutes=start)
    about = {"title": {"en": f"Título {ref}"}, "kind": "panel", "access": "open", "note": {}} | words
    return Printed(ref, starts, starts + timedelta(minutes=minutes), rooms, about, about.pop("cancelled", False))


ONE = printed("a", rooms=(9,), theme_ref="t1", kind_name={"en": "Countries' review"}, languages=["en", "id"])
OLD = printed("b")  # of a release that said less


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["a", "b"]),
        ({"theme": "t1"}, ["a"]),
        ({"theme": "none of ours"}, []),
        ({"kind": "panel"}, ["b"]),
        ({"kind": "own:countries' review"}, ["a"]),
        ({"room": "1"}, ["b"]),
        ({"room": "2"}, ["a"]),
        ({"room": "3"}, []),
        ({"room": "x"}, []),
        ({"language": "id"}, ["a"]),
        ({"q": "titulo"}, ["a", "b"]),
        ({"q": " DEWI  contoh "}, ["b"]),
        ({"q": "nobody"}, []),
        ({"q": "titulo", "theme": "t1"}, ["a"]),
    ],
)
def test_what_fits_is_shown(asked: dict[str, str], expected: list[str]) -> None:
    wanted = Wanted.of(asked)
    texts = texts_of(
        [("b", {"description": {}, "roles": [{"name": "Ms Dewi Contoh"}], "items": [{"title": {"en": "X"}}]})]
    )
    assert wanted.is_narrow == bool(asked)
    assert [one.ref for one in (ONE, OLD) if wanted.fits(one, [7, 9], texts)] == expected


def test_now_and_next_and_when_that_changes() -> None:
    rows = [
        printed("a", -30),
        printed("b", 0, 30),
        printed("c", 60),
        printed("d", 60),
        printed("e", 90),
        printed("f", -5, cancelled=True),
    ]
    running, coming, until = now_and_next(rows, NOON)
    assert [one.ref for one in running] == ["a", "b"]
    assert [one.ref for one in coming] == ["c", "d"]
    assert until == NOON + timedelta(minutes=30)
    assert now_and_next(rows, NOON + timedelta(hours=9)) == ([], [], None)
    running, coming, until = now_and_next(rows, NOON - timedelta(hours=9))
    assert (running, [one.ref for one in coming], until) == ([], ["a"], NOON - timedelta(minutes=30))
