from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confapp.conferences.models import Conference, ConferencePage
from confapp.conferences.rules import Status
from confapp.foundation import clock, files, jobs
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.erasure import replay
from confapp.foundation.mail import Kind, Message, outbox
from confapp.foundation.sealing import Unreadable
from confapp.foundation.transactions import reading, writing
from confapp.people import actions as people_actions
from confapp.people.models import Account, MailedLink, Mandate, Person
from confapp.people.rules import Role
from confapp.registration.models import Credential
from confapp.registration.rules import CredentialKind
from tests import build

NEW: dict[str, object] = {
    "name-en": "Conference on Roads",
    "name-id": "Konferensi Jalan",
    "slug": "roads-2027",
    "starts_on": "2027-05-03",
    "ends_on": "2027-05-05",
    "zone": "Asia/Jayapura",
    "format": "hybrid",
    "languages": ["en", "id"],
    "contact_email": "office@roads.example",
}


def form_of(conference: Conference, **changes: str) -> dict[str, object]:
    """What the page of settings sends when nothing is changed but these."""
    values: dict[str, object] = {
        "revision": str(conference.revision),
        "name-en": conference.name["en"],
        "name-id": conference.name["id"],
        "acronym": conference.acronym,
        "theme-en": conference.theme.get("en", ""),
        "theme-id": conference.theme.get("id", ""),
        **{f"{field}-{code}": getattr(conference, field)[code] for field in ("venue", "city") for code in ("en", "id")},
        "starts_on": conference.starts_on.isoformat(),
        "ends_on": conference.ends_on.isoformat(),
        "zone": conference.zone,
        "format": conference.format.value,
        "languages": ["en", "id"],
        "accent": conference.accent,
        "contact_email": conference.contact_email,
    }
    return values | changes


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference()


@pytest.fixture
def organizer(conference: Conference, client: FlaskClient) -> FlaskClient:
    return client.sign_in(build.staff(conference, Role.ORGANIZER))


def fresh(conference: Conference) -> Conference:
    with reading():
        return db.session.scalars(
            select(Conference).where(Conference.id == conference.id).execution_options(populate_existing=True)
        ).one()


def test_an_administrator_makes_a_conference(app: Flask, client: FlaskClient) -> None:
    client.sign_in(build.administrator())
    assert client.get("/desk/new").status_code == 200
    assert client.send("/desk/new", **NEW).headers["Location"] == "/desk/roads-2027/conference/first-steps"
    assert client.get("/desk/roads-2027/conference").status_code == 200
    assert app.test_client().get("/roads-2027/").status_code == 404, "a draft is for staff only"
    assert client.get("/roads-2027/").status_code == 200, "who see it as the public will"
    again = client.send("/desk/new", **NEW)
    assert again.status_code == 422
    assert "Another conference has this address" in again.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name-en": "", "name-id": ""},
        {"slug": "desk"},
        {"slug": ""},
        {"starts_on": ""},
        {"ends_on": "2027-05-01"},
        {"zone": "Mars/Olympus"},
        {"format": "by letter"},
        {"contact_email": "nobody"},
        {"acronym": "x" * 41},
    ],
)
def test_bad_conferences_are_refused(client: FlaskClient, wrong: dict[str, str]) -> None:
    client.sign_in(build.administrator())
    answer = client.send("/desk/new", **(NEW | wrong))
    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_only_administrators_make_conferences(organizer: FlaskClient) -> None:
    assert organizer.get("/desk/new").status_code == 403
    assert organizer.send("/desk/new", **NEW).status_code == 403


def test_settings_are_saved_recorded_and_shown_at_once(organizer: FlaskClient, conference: Conference) -> None:
    url = f"/desk/{conference.slug}/conference"
    assert "Conference on Testing" in organizer.get(f"/en/{conference.slug}/").text
    fields = form_of(conference, **{"name-en": "Conference on Proof", "accent": "#7A1F2B"})
    assert organizer.send(url, **fields).status_code == 303
    assert "Conference on Proof" in organizer.get(f"/en/{conference.slug}/").text
    assert fresh(conference).accent == "#7a1f2b"
    with reading():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "change")).one()
    assert entry.facts["changes"]["accent"] == ["#0b5a6f", "#7a1f2b"]


def test_saving_without_a_change_records_nothing(organizer: FlaskClient, conference: Conference) -> None:
    fields = form_of(conference)
    url = f"/desk/{conference.slug}/conference"
    organizer.send(url, **fields)  # the form leaves the hours of registration empty
    organizer.send(url, **form_of(fresh(conference)))
    with reading():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "change")).one()
    assert set(entry.facts["changes"]) == {"registration_opens_at", "registration_closes_at"}


def test_a_stale_form_overwrites_nothing(organizer: FlaskClient, conference: Conference) -> None:
    url = f"/desk/{conference.slug}/conference"
    old = form_of(conference)
    organizer.send(url, **(old | {"acronym": "ONE"}))
    answer = organizer.send(url, **(old | {"acronym": "TWO"}))
    assert answer.status_code == 422
    assert "Somebody has changed" in answer.text
    assert fresh(conference).acronym == "ONE"


@pytest.mark.parametrize(
    "wrong",
    [
        {"accent": "#ffee00"},
        {"accent": "blue"},
        {"languages": []},
        {"languages": ["tlh"]},
        {"registration_opens_at": "2027-01-05T09:00", "registration_closes_at": "2027-01-04T09:00"},
        {"registration_opens_at": "tomorrow"},
        {"zone": "Europe/Paris", "registration_opens_at": "2027-03-28T02:30"},
        {"zone": "Europe/Paris", "registration_opens_at": "2027-10-31T02:30"},
        {"ends_on": "2001-01-01"},
        {"theme-en": "x" * 201},
    ],
)
def test_bad_settings_are_refused_and_what_was_typed_is_kept(
    organizer: FlaskClient, conference: Conference, wrong: dict[str, object]
) -> None:
    answer = organizer.send(f"/desk/{conference.slug}/conference", **(form_of(conference, acronym="KEPT") | wrong))
    assert answer.status_code == 422
    assert 'value="KEPT"' in answer.text
    assert fresh(conference).acronym == "CT"


def test_hours_are_meant_in_the_chosen_zone(organizer: FlaskClient, conference: Conference) -> None:
    fields = form_of(conference, zone="Asia/Jayapura", registration_opens_at="2027-01-05T09:00")
    assert organizer.send(f"/desk/{conference.slug}/conference", **fields).status_code == 303
    opens = fresh(conference).registration_opens_at
    assert opens is not None
    assert opens.isoformat() == "2027-01-05T00:00:00+00:00"


def test_a_colour_is_tried_without_being_saved(organizer: FlaskClient, conference: Conference) -> None:
    page = organizer.send(f"/desk/{conference.slug}/conference", **form_of(conference, accent="#7a1f2b", do="preview"))
    assert page.status_code == 200
    assert "/accent/7a1f2b.css" in page.text
    assert fresh(conference).accent == "#0b5a6f"


def test_its_life(organizer: FlaskClient, conference: Conference, app: Flask) -> None:
    url = f"/desk/{conference.slug}/conference/life"
    page = organizer.get(url).text
    assert "Back to draft" in page
    assert "nobody can register before" not in page
    build.change(conference, registration_opens_at=None)
    assert "nobody can register before" in organizer.get(url).text
    assert "Archive" not in page.partition("<main")[2].replace("Archived", "")
    assert organizer.send(f"{url}/withdraw").status_code == 303
    assert app.test_client().get(f"/{conference.slug}/").status_code == 404
    assert organizer.send(f"{url}/withdraw").status_code == 409
    assert organizer.send(f"{url}/announce").status_code == 303
    assert app.test_client().get(f"/{conference.slug}/").status_code == 200
    assert organizer.send(f"{url}/close").status_code == 303
    assert organizer.send(f"{url}/archive", typed_name=conference.slug).status_code == 403
    assert organizer.send(f"{url}/explode").status_code == 404
    with reading():
        verbs = db.session.scalars(
            select(AuditEntry.verb).where(AuditEntry.conference_id == conference.id).order_by(AuditEntry.number)
        ).all()
    assert verbs[-3:] == ["withdraw", "announce", "close"]


def over(conference: Conference) -> Conference:
    today = clock.now().date()
    changed: Conference = build.change(
        conference, status=Status.CLOSED, starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=7)
    )
    return changed


def test_archiving_asks_for_the_name_and_purges(app: Flask, client: FlaskClient, conference: Conference) -> None:
    other = build.person(build.conference(), email="elsewhere@mail.example")
    person = build.person(conference, email="sari@mail.example", phone="+62 21 555")
    with across_conferences("test"), writing():
        row = db.session.get_one(Person, person.id)
        row.passport_number = "X1234567"
        sealed = row.passport_number_sealed
        link = people_actions.record_link(row, db.session.get_one(Conference, conference.id))
    conference = over(conference)
    client.sign_in(build.administrator())
    url = f"/desk/{conference.slug}/conference/life"
    assert "Type" in client.get(url).text
    assert client.send(f"{url}/archive", typed_name="yes").status_code == 422
    assert client.send(f"{url}/archive", typed_name=conference.slug).status_code == 303
    assert fresh(conference).is_archived
    with reading(), in_conference(conference.id):
        kept = db.session.scalars(select(Person).execution_options(populate_existing=True)).one()
        assert (kept.email, kept.phone, kept.passport_number_sealed) == ("", "", None)
        assert (kept.printed_name, kept.folded) == (person.printed_name, kept.folded)
        assert "sari@" not in kept.folded
        assert kept.family_name.casefold() in kept.folded
        kept.passport_number_sealed = sealed
        with pytest.raises(Unreadable):
            assert kept.passport_number
    assert app.test_client().get(link.removeprefix("http://localhost")).status_code == 410
    with reading():
        assert db.session.scalar(select(Account.id).where(Account.email == "sari@mail.example")) is None
        assert {m.email for m in db.session.scalars(select(MailedLink))} == {""}
        assert all(m.revoked_at for m in db.session.scalars(select(Mandate).where(Mandate.role == Role.DELEGATE)))
    with reading(), across_conferences("test"):
        assert db.session.get_one(Person, other.id).email == "elsewhere@mail.example"
    assert client.send(f"/desk/{conference.slug}/conference", **form_of(fresh(conference))).status_code == 409
    assert client.get(f"/{conference.slug}/").status_code == 200, "the public pages stay"


def test_a_restore_purges_again(app: Flask, client: FlaskClient, conference: Conference) -> None:
    person = build.person(conference, email="sari@mail.example")
    conference = over(conference)
    client.sign_in(build.administrator())
    client.send(f"/desk/{conference.slug}/conference/life/archive", typed_name=conference.slug)
    build.change(person, email="sari@mail.example")
    with writing():
        assert replay()
    with reading(), in_conference(conference.id):
        assert db.session.scalars(select(Person.email)).all() == [""]
        assert db.session.scalars(select(Person.printed_name)).all() == [person.printed_name]


def test_no_archive_while_mail_waits(client: FlaskClient, conference: Conference) -> None:
    conference = over(conference)
    with writing():
        outbox.add(Message(Kind.NOTICE, "a@mail.example", "S", "T", "k", conference_id=conference.id))
    client.sign_in(build.administrator())
    answer = client.send(f"/desk/{conference.slug}/conference/life/archive", typed_name=conference.slug)
    assert answer.status_code == 409
    assert "still on their way" in answer.text
    assert fresh(conference).status == Status.CLOSED


def test_information_pages(organizer: FlaskClient, conference: Conference, app: Flask) -> None:
    url = f"/desk/{conference.slug}/conference/pages"
    assert "Not written yet" in organizer.get(url).text
    assert 'value="Akses' in organizer.get(f"{url}/accessibility").text or "Accessibility" in organizer.get(url).text
    fields = {
        "title-en": "Venue",
        "title-id": "Tempat",
        "text-en": "# Hall\n\n<script>alert(1)</script> [map](javascript:alert(1))",
        "text-id": "Balai",
        "as_of": "2026-11-01",
    }
    preview = organizer.send(f"{url}/venue", **fields, do="preview")
    assert preview.status_code == 200
    assert "not saved yet" in preview.text
    assert "<script>alert" not in preview.text
    assert 'href="javascript' not in preview.text
    with reading(), in_conference(conference.id):
        assert db.session.scalars(select(ConferencePage)).all() == []
    assert organizer.send(f"{url}/venue", **fields).status_code == 303
    public = app.test_client().get(f"/en/{conference.slug}/pages/venue")
    assert public.status_code == 200
    assert "<script>alert" not in public.text
    assert "1 November 2026" in public.text
    assert organizer.send(f"{url}/venue/remove").status_code == 303
    assert app.test_client().get(f"/en/{conference.slug}/pages/venue").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"title-en": ""}, {"as_of": ""}, {"as_of": "soon"}, {"name": "New Page"}, {"name": "venue"}, {"name": ""}]
)
def test_bad_pages_are_refused(organizer: FlaskClient, conference: Conference, wrong: dict[str, str]) -> None:
    url = f"/desk/{conference.slug}/conference/pages"
    fields = {"name": "side-events", "title-en": "Side events", "text-en": "…", "as_of": "2026-11-01"}
    organizer.send(f"{url}/venue", **{"title-en": "Venue", "text-en": "x", "as_of": "2026-11-01"})
    assert organizer.send(f"{url}/new", **(fields | wrong)).status_code == 422
    assert organizer.send(f"{url}/new", **fields).status_code == 303


def test_others_reach_nothing(client: FlaskClient, conference: Conference) -> None:
    for role in (Role.VIEWER, Role.PROGRAMME_OFFICER, Role.FOCAL_POINT):
        client.sign_in(build.staff(conference, role))
        assert client.get(f"/desk/{conference.slug}/conference").status_code == 403
    client.sign_in(build.staff(build.conference(), Role.ORGANIZER))
    for path in ("conference", "conference/life", "conference/pages", "conference/pages/venue"):
        assert client.get(f"/desk/{conference.slug}/{path}").status_code == 404
    assert client.send(f"/desk/{conference.slug}/conference/life/close").status_code == 404
    assert client.get(f"/desk/{conference.slug}/conference/pages/nothing").status_code == 404


def test_a_conference_can_begin_on_a_day_without_midnight(app: Flask, client: FlaskClient) -> None:
    """In Cairo clocks are set forward at the first midnight of the conference."""
    skipped = date(2027, 4, 30)
    build.conference("cairo-2027", zone="Africa/Cairo", starts_on=skipped, ends_on=skipped)
    assert client.get("/cairo-2027/").status_code == 200
    assert client.get("/cairo-2027/programme").status_code == 200


@pytest.mark.parametrize("last", ["9999-12-31", "2199-12-31", "2027-09-30"])
def test_a_conference_does_not_last_for_ever(app: Flask, client: FlaskClient, last: str) -> None:
    client.sign_in(build.administrator())  # type: ignore[attr-defined]
    answer = client.send("/desk/new", **(NEW | {"ends_on": last}))  # type: ignore[attr-defined]
    assert answer.status_code == 422
    assert db.session.scalar(select(Conference.id)) is None


def test_archiving_removes_letters_and_leaves_documents(app: Flask, client: FlaskClient) -> None:
    conference = over(build.conference())
    delegation = build.delegation(conference)
    with in_conference(conference.id), writing():
        letter = files.store(b"%PDF-names people", "application/pdf", "Note verbale.pdf", conference_id=conference.id)
        document = files.store(b"%PDF-text", "application/pdf", "Message.pdf", conference_id=conference.id)
        db.session.flush()
        db.session.add(
            Credential(delegation_id=delegation.id, kind=CredentialKind.LETTER, number="1", file_id=letter.id)
        )
        paths = [files.path_of(one.sha256) for one in (letter, document)]
    client.sign_in(build.administrator())  # type: ignore[attr-defined]
    client.send(f"/desk/{conference.slug}/conference/life/archive", typed_name=conference.slug)  # type: ignore[attr-defined]
    while jobs.run_due():
        pass
    assert [path.exists() for path in paths] == [False, True]
    with reading(), in_conference(conference.id):
        assert db.session.scalars(select(Credential.file_id)).one() is None
        assert set(db.session.scalars(select(files.StoredFile.name))) == {"", "Message.pdf"}
