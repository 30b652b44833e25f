"""Programmes of other programs come in leniently and go out as published; a round trip changes nothing."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confapp.conferences.models import Conference
from confapp.foundation import files, jobs
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import reading, writing
from confapp.people.rules import Role
from confapp.programme import imports, queries
from confapp.programme.actions import bringing_in, commands, sessions, timetable
from confapp.programme.exports import FORMATS, written
from confapp.programme.exports.gathering import gather
from confapp.programme.models import OwnKind, Room, Session, SessionRole, Theme
from confapp.programme.rules import Kind, SessionRoleKind
from confapp.programme.rules import exchange as odd
from confapp.programme.rules.exchange import Who, minutes_in
from confapp.speakers.actions import add_speaker
from tests import build
from tests.programme.conftest import ZONE, Maker, hour

# As real files are: a talk with an odd guid, one without any, one twice, late subtitles, unknown elements, a session
# after midnight of its conference day, a length in minutes, a language nobody knows, an hour that is none.
ODD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE schedule>
<schedule>
  <generator name="elsewhere" version="1"/>
  <version>Plan 7</version>
  <conference>
    <title>Somewhere Else</title><acronym>se</acronym>
    <start>2027-01-12</start><end>2027-01-13</end><days>2</days>
    <timeslot_duration>00:05</timeslot_duration>
    <time_zone_name>Asia/Jakarta</time_zone_name>
    <sponsor>Nobody</sponsor>
    <track name="Trust"/>
  </conference>
  <day index="1" date="2027-01-12" start="2027-01-12T09:00:00+07:00" end="2027-01-13T03:00:00+07:00">
    <room name="Hall A" guid="3f2504e0-4f89-41d3-9a0c-0305e82c3301">
      <event id="1" guid="8f14e45f-ceea-467f-a0e6-1c3b5a2d9f10">
        <start>09:00</start><duration>01:30</duration><title>Opening</title><type>Ceremony</type>
        <mood>solemn</mood>
        <persons><person id="5" guid="p-5">Dewi  Contoh</person><person id="6">Budi Misal</person></persons>
        <abstract>Short.</abstract><description>Long.</description>
        <language>en-GB</language><track>Trust</track>
        <subtitle>With a speech</subtitle>
      </event>
      <event id="2" guid="not-a-uuid">
        <date>2027-01-12T11:00:00+07:00</date><start>11:00</start><duration>45</duration><title>Panel</title>
        <type>Round table</type><language>klingon</language>
        <persons><person id="5" guid="p-5">Dewi Contoh</person></persons>
      </event>
    </room>
    <room name="Hall B">
      <event id="3" guid="not-a-uuid"><start>23:30</start><duration>long</duration><title>Twice</title></event>
      <event id="4"><start>00:15</start><duration>0:30</duration><title>After midnight</title></event>
      <event id="5" guid="8f14e45f-ceea-467f-a0e6-1c3b5a2d9f11"><start>later</start><title>Some time</title></event>
      <event id="6" guid="8f14e45f-ceea-467f-a0e6-1c3b5a2d9f12"><start>10:00</start><title> </title></event>
    </room>
  </day>
</schedule>
"""


def test_an_odd_file_is_read_and_each_oddity_is_told_by_its_line() -> None:
    found = imports.read(ODD.encode(), ZONE)
    assert [talk.title for talk in found.talks] == ["Opening", "Panel", "Twice", "After midnight", "Some time"]
    opening, panel, twice, late, some = found.talks
    assert (opening.minutes, opening.language, opening.subtitle, opening.text) == (
        90,
        "en",
        "With a speech",
        "Short.\n\nLong.",
    )
    assert opening.people == (Who("Dewi Contoh", "p-5"), Who("Budi Misal", "id:6"))
    assert (panel.guid, panel.minutes, panel.language) == ("not-a-uuid", 45, "")
    assert twice.guid != panel.guid
    assert (late.guid, f"{late.starts:%Y-%m-%d %H:%M %Z}") == ("id:4", "2027-01-13 00:15 WIB")
    assert (some.starts, some.minutes) == (None, 30)
    assert found.zone == "Asia/Jakarta"
    told = [(one.where, one.sentence, one.said.get("value")) for one in found.oddities]
    assert sorted(told) == sorted(
        [
            ("24", odd.ODD_LANGUAGE, "klingon"),
            ("31", odd.NO_LENGTH, "long"),
            ("32", odd.AFTER_MIDNIGHT, "00:15"),
            ("33", odd.NO_START, "later"),
            ("33", odd.NO_LENGTH, ""),
            ("34", odd.NO_TITLE, None),
            ("34", odd.NO_LENGTH, ""),
            ("24", odd.ODD_GUID, "not-a-uuid"),
            ("31", odd.ODD_GUID, "not-a-uuid"),
            ("31", odd.SAME_GUID, "not-a-uuid"),
            ("32", odd.NO_GUID, None),
            ("", odd.UNKNOWN, "mood"),
            ("", odd.UNKNOWN, "sponsor"),
        ]
    )


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body/></html>",
        b"<schedule><day>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><schedule><version>&a;</version></schedule>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><schedule>&a;</schedule>',
        b"{}",
        b"[1, 2]",
        b'{"schedule": {"conference": []}}',
        b'{"schedule": ' + b"[" * 5000,
        b"only one line",
        b"a,b\n1,2",
        b"",
        b"\x00\xff\xfe",
        b"\xef\xbb\xbf<",
    ],
)
def test_what_is_no_programme_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(imports.Unreadable) as refused:
        imports.read(content, ZONE)
    assert refused.value.message


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1:30", 90), ("01:30:00", 90), ("90", 90), ("PT1H30M", 90), ("PT45M", 45), ("", None), ("0", None), ("x", None)],
)
def test_lengths_are_read_in_the_ways_they_are_written(text: str, minutes: int | None) -> None:
    assert minutes_in(text) == minutes


def test_a_table_is_known_by_its_heads_in_either_language() -> None:
    heads = "Judul;Tanggal;Mulai;Selesai;Ruang;Pembicara;Kode;Warna"
    rows = f"{heads}\nPembukaan;2027-01-12;09.00;;;;;x\nPanel;2027-01-12;10:00;11:15;Aula;Dewi Contoh; P1;\n"
    found = imports.read(rows.encode(), ZONE)
    panel = found.talks[1]
    assert (panel.title, panel.minutes, panel.room, panel.guid) == ("Panel", 75, "Aula", "code:P1")
    assert panel.people == (Who("Dewi Contoh"),)
    assert panel.starts == hour(10)
    assert found.talks[0].starts is None
    assert [one.said.get("value") for one in found.oddities if "passed over" in one.sentence] == ["Warna"]


# --- into the draft ---------------------------------------------------------------------------------------------------

pytestmark = pytest.mark.usefixtures("app")


def brought_in(actor: Actor, conference: Conference, content: bytes, language: str = "en") -> dict[str, int]:
    exchange = imports.read(content, conference.zone)
    return bringing_in.carry_out(actor, conference, bringing_in.plan(exchange, language)).figures


def rows_of(*models: Any) -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(model)) or 0 for model in models]


def test_a_second_time_nothing_is_added_and_a_changed_file_brings_up_to_date(
    officer: Actor, inside: None, conference: Conference
) -> None:
    first = brought_in(officer, conference, ODD.encode())
    assert (first["new"], first["moved"], first["rooms"], first["people"], first["themes"]) == (5, 4, 2, 2, 1)
    assert first["kinds"] == 1, "“Ceremony” is a kind of the program, “Round table” is not"
    counts = rows_of(Session, Room, Theme, OwnKind, SessionRole)
    second = brought_in(officer, conference, ODD.encode())
    assert (second["new"], second["changed"], second["moved"]) == (0, 0, 0)
    assert rows_of(Session, Room, Theme, OwnKind, SessionRole) == counts
    changed = (
        ODD.replace("<title>Panel</title>", "<title>Panel discussion</title>")
        .replace("<start>11:00</start>", "")
        .replace("2027-01-12T11:00:00+07:00", "2027-01-12T14:00:00+07:00")
        .replace('<person id="6">Budi Misal</person>', "")
    )
    third = brought_in(officer, conference, changed.encode())
    assert (third["new"], third["changed"], third["moved"]) == (0, 2, 1)
    panel = db.session.scalars(select(Session).where(Session.external_id == "not-a-uuid")).one()
    assert panel.title == {"en": "Panel discussion"}
    assert queries.placement(panel).starts_at == hour(15)  # 14:00 in Jakarta
    opening = queries.sessions("opening")[0]
    assert [role.person.printed_name for role in opening.roles] == ["Dewi Contoh"]
    commands.undo(officer, conference)
    assert queries.placement(panel).starts_at == hour(12), "an import is one command and can be taken back"


def test_another_language_of_the_same_programme_joins_the_texts(
    officer: Actor, inside: None, conference: Conference
) -> None:
    brought_in(officer, conference, ODD.encode())
    brought_in(officer, conference, ODD.replace("<title>Opening</title>", "<title>Pembukaan</title>").encode(), "id")
    assert queries.sessions("pembukaan")[0].title == {"en": "Opening", "id": "Pembukaan"}


# --- and out again ----------------------------------------------------------------------------------------------------


@pytest.fixture
def empty(app: Flask) -> Conference:
    return build.conference("empty-2027", zone=ZONE, starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 14))


@pytest.fixture
def programme(officer: Actor, inside: None, conference: Conference, make: Maker) -> Conference:
    hall, annex = make.room("Hall & <Annex>"), make.room("Annex")
    theme = Theme(conference_id=conference.id, name={"en": "Trust"})
    kind = OwnKind(conference_id=conference.id, nature=Kind.GENERAL_DEBATE, name={"en": "Countries' review"})
    db.session.add_all([theme, kind])
    opening = make.placed("Opening “ﷺ” 开幕", hall, hour(9), 45)
    late = make.placed("Late <b>panel</b>", annex, hour(23, 30), 90)
    opening.theme, late.own_kind, late.languages, late.code = theme, kind, ["id", "en"], "P/1"
    late.description, late.note = {"en": "One.\n\nTwo & three."}, {"en": "A note"}
    person = add_speaker(officer, conference, "Dewi Contoh", honorific="H.E. Ms").person
    sessions.add_role(officer, late, SessionRoleKind.PANELLIST, person=person)
    make.placed("Closing", hall, hour(9, day=13), 30)
    timetable.cancel(officer, opening)
    timetable.release(officer, conference, "First")
    return conference


@pytest.mark.parametrize("file_format", FORMATS)
def test_what_goes_out_reads_back_as_the_same_and_changes_nothing(
    file_format: str, programme: Conference, officer: Actor
) -> None:
    given = gather(programme, queries.newest_release(), "en")
    content = written(given, file_format)
    assert content == written(gather(programme, queries.newest_release(), "en"), file_format), "same bytes"
    read = imports.read(content, "UTC")
    assert read.oddities == []
    assert [replace(talk, where="") for talk in read.talks] == given.talks
    assert (read.rooms, read.themes, read.zone, read.title) == (given.rooms, given.themes, given.zone, given.title)
    figures = brought_in(officer, programme, content)
    assert (figures["same"], figures["new"], figures["changed"], figures["people"]) == (3, 0, 0, 0)


@pytest.mark.parametrize("file_format", FORMATS)
def test_brought_into_an_empty_conference_it_goes_out_as_the_same_programme(
    file_format: str, empty: Conference, programme: Conference
) -> None:
    given = gather(programme, queries.newest_release(), "en")
    content = written(given, file_format)
    with in_conference(empty.id):
        conference = db.session.merge(empty)
        brought_in(SYSTEM, conference, content)
        again = gather(conference, None, "en")
    assert [replace(talk, url="") for talk in again.talks] == [replace(talk, url="") for talk in given.talks]
    assert (again.rooms, again.themes) == (given.rooms, given.themes)


def test_the_structure_is_that_of_the_published_schema(programme: Conference) -> None:
    root = ElementTree.fromstring(written(gather(programme, queries.newest_release(), "en"), "xml"))
    assert [child.tag for child in root] == ["generator", "version", "conference", "day", "day"]
    about = root.find("conference")
    assert about is not None
    assert [child.tag for child in about][:2] == ["acronym", "title"]
    events = root.findall("day/room/event")
    assert len(events) == 3
    wanted = [
        "room",
        "title",
        "subtitle",
        "type",
        "date",
        "start",
        "duration",
        "abstract",
        "slug",
        "track",
        "recording",
    ]
    for event in events:
        assert [child.tag for child in event][: len(wanted)] == wanted
        assert set(event.attrib) == {"id", "guid"}
        assert int(event.attrib["id"]) > 0
        assert event.find("persons") is not None
    for name in ("id", "guid"):
        assert len({event.attrib[name] for event in events}) == 3
    assert len({event.findtext("slug") for event in events}) == 3
    assert [day.attrib["date"] for day in root.findall("day")] == ["2027-01-12", "2027-01-13"]
    assert [day.attrib["index"] for day in root.findall("day")] == ["1", "2"]


# --- at the desk ------------------------------------------------------------------------------------------------------


def test_the_desk_sees_first_what_a_file_would_do_and_a_job_does_it(
    client: FlaskClient, conference: Conference
) -> None:
    client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    url = f"/desk/{conference.slug}/programme/import"
    for content, said in ((b"", "Choose a file."), (b"<html/>", "not a programme that can be read")):
        sent = {"file": (BytesIO(content), "x.xml" if content else ""), "language": "en"}
        answer = client.send(url, **sent)
        assert answer.status_code == 422
        assert said in answer.text
    answer = client.send(url, file=(BytesIO(ODD.encode()), "plan.xml"), language="en")
    assert answer.status_code == 303
    page = client.get(answer.location)
    for words in ("Somewhere Else", "plan.xml", "New sessions", "klingon", "Round table"):
        assert words in page.text
    with reading(), in_conference(conference.id):
        assert queries.sessions() == []
    file = answer.location.partition("?")[0]
    key = "k" * 22
    assert client.send(file, language="en", form_key=key).status_code == 303
    assert client.send(file, language="en", form_key=key).status_code == 303
    assert "being brought in" in client.get(answer.location).text
    jobs.run_due()
    assert "Nothing is left to do" in client.get(answer.location).text
    with reading(), in_conference(conference.id):
        assert len(queries.sessions()) == 5


def test_a_file_is_only_for_its_conference_and_for_those_who_schedule(
    app: Flask, client: FlaskClient, conference: Conference
) -> None:
    client.sign_in(build.staff(conference, Role.ORGANIZER))
    sent = {"file": (BytesIO(ODD.encode()), "plan.xml"), "language": "en"}
    path = client.send(f"/desk/{conference.slug}/programme/import", **sent).location.partition("?")[0]
    other = build.conference("other-2027")
    stranger = app.test_client().sign_in(build.staff(other, Role.ORGANIZER))
    assert stranger.get(path).status_code == 404
    assert stranger.get(path.replace(conference.slug, other.slug)).status_code == 404
    viewer = app.test_client().sign_in(build.staff(conference, Role.VIEWER))
    assert viewer.get(path).status_code == 403
    with in_conference(conference.id), writing():
        paper = files.store(b"%PDF", "application/pdf", "letter.pdf", conference_id=conference.id)
        db.session.flush()
        ref = paper.ref
    assert client.get(f"/desk/{conference.slug}/programme/import/{ref}").status_code == 404


# --- by command -------------------------------------------------------------------------------------------------------


def test_the_command_tries_brings_in_and_writes_out(app: Flask, conference: Conference, tmp_path: Path) -> None:
    file = tmp_path / "plan.xml"
    file.write_text(ODD)
    run = app.test_cli_runner().invoke
    command = ["programme", "import", str(file), "--conference", conference.slug]
    tried = run(args=[*command, "--dry-run"])
    assert tried.exit_code == 0
    assert "24: Its language “klingon” is not known" in tried.output
    assert "new 5" in tried.output
    assert "Nothing was changed" in tried.output
    assert "new 5" in run(args=command).output
    assert "new 0, changed 0, same 5" in run(args=command).output
    out = ["programme", "export", "--conference", conference.slug]
    assert "Nothing was released yet" in run(args=out).output
    for file_format, begins in (("xml", b"<?xml"), ("json", b"{")):
        written_out = run(args=[*out, "--draft", "--format", file_format])
        assert written_out.stdout_bytes.startswith(begins)
        assert [talk.title for talk in imports.read(written_out.stdout_bytes, ZONE).talks][:1] == ["Opening"]
    assert "made of a release" in run(args=[*out, "--draft", "--format", "ics"]).output
    assert run(args=["programme", "export", "--conference", "nowhere"]).exit_code == 1
    file.write_text("<html/>")
    assert run(args=command).exit_code == 1
