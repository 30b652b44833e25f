"""Hours are typed where the conference is, and kept as instants; an hour that does not exist is not guessed."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from confapp.foundation import clock, languages
from confapp.foundation.db import Moment
from confapp.foundation.web.forms import DayField, Form, MomentField


def filled(app: Flask, zone: str, text: str) -> Form:
    class Hour(Form):
        at = MomentField("Hour", zone=lambda: zone)

    with app.test_request_context(method="POST", data={"at": text}), languages.speaking("en"):
        form = Hour(MultiDict({"at": text}))
        form.validate()
        form.said = [str(error) for error in form.at.errors]
        return form


@pytest.mark.parametrize(
    ("zone", "typed", "instant", "label"),
    [
        ("Asia/Jakarta", "2027-03-09T09:00", "2027-03-09T02:00", "WIB"),
        ("Asia/Pontianak", "2027-03-09T09:00", "2027-03-09T02:00", "WIB"),
        ("Asia/Makassar", "2027-03-09 09:00", "2027-03-09T01:00", "WITA"),
        ("Asia/Jayapura", "2027-03-09T09:00:00", "2027-03-09T00:00", "WIT"),
        ("Asia/Jayapura", "2027-03-09T00:30", "2027-03-08T15:30", "WIT"),
        ("America/New_York", "2027-03-14T01:59", "2027-03-14T06:59", "UTC−5"),
        ("America/New_York", "2027-03-14T03:00", "2027-03-14T07:00", "UTC−4"),
        ("UTC", "2027-03-09T09:00", "2027-03-09T09:00", "UTC"),
    ],
)
def test_a_local_hour_becomes_an_instant_and_back(app: Flask, zone: str, typed: str, instant: str, label: str) -> None:
    form = filled(app, zone, typed)
    assert form.said == []
    assert form.at.data == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert clock.zone_label(zone, form.at.data) == label
    assert f"{clock.local(form.at.data, zone):%Y-%m-%dT%H:%M}" == typed.replace(" ", "T")[:16]


@pytest.mark.parametrize(
    ("zone", "typed", "word"),
    [
        ("America/New_York", "2027-03-14T02:30", "does not exist"),
        ("America/New_York", "2027-11-07T01:30", "twice"),
        ("Europe/London", "2027-03-28T01:30", "does not exist"),
        ("Asia/Makassar", "2027-02-30T09:00", "2027-03-09 14:30"),
        ("Asia/Makassar", "tomorrow", "2027-03-09 14:30"),
        ("Asia/Makassar", "0001-01-01T00:00", ""),
        ("America/New_York", "9999-12-31T23:59", ""),
    ],
)
def test_an_hour_that_cannot_be_used_is_refused_in_words(app: Flask, zone: str, typed: str, word: str) -> None:
    form = filled(app, zone, typed)
    assert word in form.said[0]
    assert form.at.data is None
    assert form.at._value() == typed


def test_an_hour_that_occurs_twice_can_be_said_which(app: Flask) -> None:
    local = datetime(2027, 11, 7, 1, 30)
    first, second = (clock.instant(local, "America/New_York", second=which) for which in (False, True))
    assert (second - first).total_seconds() == 3600


def test_a_naive_value_never_reaches_the_database() -> None:
    with pytest.raises(ValueError):
        Moment().process_bind_param(datetime(2027, 1, 1), None)


def test_a_day_begins_where_its_midnight_is_skipped() -> None:
    assert clock.start_of(date(2027, 4, 30), "Africa/Cairo") == datetime(2027, 4, 29, 22, tzinfo=UTC)
    assert clock.start_of(date(2027, 3, 9), "Asia/Makassar") == datetime(2027, 3, 8, 16, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_that_no_calendar_reckons_with_is_refused(app: Flask, typed: str) -> None:
    class Day(Form):
        on = DayField("Day")

    with app.test_request_context(method="POST", data={"on": typed}), languages.speaking("en"):
        form = Day(MultiDict({"on": typed}))
        assert not form.validate()
        assert [str(error) for error in form.on.errors] == ["This day cannot be used."]
    assert filled(app, "Asia/Tokyo", f"{typed}T00:00").said == ["This day cannot be used."]
