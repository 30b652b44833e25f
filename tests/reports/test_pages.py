from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from confapp.conferences.models import Conference
from confapp.documents.models import Document
from confapp.documents.rules import DocumentKind
from confapp.foundation import audit, clock
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, db
from confapp.foundation.mail import Kind, Mail, MailState, Message, outbox
from confapp.foundation.transactions import reading, writing
from confapp.people.rules import STAFF, Role
from confapp.programme.models import Session
from confapp.reports import finders
from tests import build


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference()


@pytest.fixture
def organizer(conference: Conference, client: FlaskClient) -> FlaskClient:
    return client.sign_in(build.staff(conference, Role.ORGANIZER))


def a_mail(conference: Conference | None, state: MailState, key: str = "k") -> Mail:
    with writing():
        mail = outbox.add(
            Message(
                Kind.NOTICE,
                "sari@mail.example",
                f"Subject {key}",
                "Text",
                key,
                conference_id=conference and conference.id,
            )
        )
        assert mail
        mail.state = state
    return mail


# --- Today ------------------------------------------------------------------------------------------------------------


def test_today_says_what_to_decide(organizer: FlaskClient, conference: Conference) -> None:
    build.registration(conference)
    build.registration(conference)
    build.delegation(conference, invited_at=clock.now())
    build.save(Session(conference_id=conference.id, title={"en": "Opening"}))
    a_mail(conference, MailState.IN_DOUBT)
    page = organizer.get(f"/desk/{conference.slug}/").text
    for words in (
        "Decide on 2 registrations",
        "Name a focal point for 1 delegation",
        "Give 1 session a time and a room",
        "Decide on 1 mail",
        "Write 7 pages of information",
        "Registration closes",
        "The conference begins",
    ):
        assert words in page


def test_today_asks_nobody_for_what_is_not_theirs(client: FlaskClient, conference: Conference) -> None:
    build.registration(conference)
    build.save(Session(conference_id=conference.id, title={"en": "Opening"}))
    client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    page = client.get(f"/desk/{conference.slug}/").text
    assert "Give 1 session" in page
    assert "registration" not in page.partition("<main")[2].partition("To decide")[2].partition("Next")[0]


@pytest.mark.parametrize("role", STAFF)
def test_every_member_of_staff_has_a_first_page(client: FlaskClient, conference: Conference, role: Role) -> None:
    client.sign_in(build.staff(conference, role))
    assert client.get(f"/desk/{conference.slug}/").status_code == 200
    assert client.get(f"/desk/{conference.slug}/search?q=te").status_code == 200
    assert "Conference on Testing" in client.get("/desk/").text


def test_nothing_to_decide(client: FlaskClient, conference: Conference) -> None:
    client.sign_in(build.staff(conference, Role.GATE_STAFF))
    assert "Nothing waits for your decision" in client.get(f"/desk/{conference.slug}/").text


def test_what_other_conferences_have_is_not_counted(organizer: FlaskClient, conference: Conference) -> None:
    other = build.conference()
    build.registration(other)
    a_mail(other, MailState.FAILED)
    a_mail(None, MailState.FAILED, "installation")
    page = organizer.get(f"/desk/{conference.slug}/").text
    assert "Decide on" not in page


def test_today_costs_the_same_for_one_and_for_many(organizer: FlaskClient, conference: Conference) -> None:
    url = f"/desk/{conference.slug}/"
    build.registration(conference)
    organizer.get(url)
    with build.count_queries() as few:
        organizer.get(url)
    for _ in range(3):
        build.registration(conference)
        build.save(Session(conference_id=conference.id, title={"en": "One"}))
    with build.count_queries() as many:
        organizer.get(url)
    assert many.number <= few.number + 1


def test_those_who_take_part_are_led_to_their_own_pages(client: FlaskClient, conference: Conference) -> None:
    client.sign_in(build.staff(conference, Role.FOCAL_POINT))
    assert client.get("/desk/").headers["Location"] == "/me/"
    assert client.get(f"/desk/{conference.slug}/").status_code == 403


def test_an_invitation_that_expired_is_to_be_renewed(organizer: FlaskClient, conference: Conference) -> None:
    holder = build.account()
    build.mandate(holder, Role.VIEWER, conference, given_at=clock.now() - timedelta(days=31))
    assert "Renew 1 invitation that has expired" in organizer.get(f"/desk/{conference.slug}/").text


# --- Search -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def things(conference: Conference) -> None:
    person = build.person(conference, printed_name="Zoë Contoh")
    build.registration(conference, person_id=person.id)
    build.delegation(conference, build.party("ZZZ", folded="zoeland"), folded="zoeland")
    build.save(Session(conference_id=conference.id, title={"en": "Zoë's panel"}, folded="zoe's panel"))
    build.save(
        Document(
            conference_id=conference.id,
            symbol="CT/ZOE/1",
            kind=DocumentKind.OUTCOME,
            title={"en": "Message"},
            languages=["en"],
            original_language="en",
            folded="ct/zoe/1 message",
        )
    )


@pytest.mark.usefixtures("things")
def test_search_finds_every_kind(organizer: FlaskClient, conference: Conference) -> None:
    page = organizer.get(f"/desk/{conference.slug}/search?q=ZOE").text
    for words in ("Zoë Contoh", "State ZZZ", "Zoë&#39;s panel", "CT/ZOE/1"):
        assert words in page


@pytest.mark.usefixtures("things")
def test_search_respects_what_one_may_see(client: FlaskClient, conference: Conference) -> None:
    client.sign_in(build.staff(conference, Role.GATE_STAFF))
    page = client.get(f"/desk/{conference.slug}/search?q=zoe").text
    assert "Zoë Contoh" not in page
    assert "State ZZZ" not in page


@pytest.mark.usefixtures("things")
def test_search_ends_at_the_conference(client: FlaskClient, conference: Conference) -> None:
    mine = build.conference()
    client.sign_in(build.staff(mine, Role.ORGANIZER))
    assert "Nothing that you may see" in client.get(f"/desk/{mine.slug}/search?q=zoe").text
    assert client.get(f"/desk/{conference.slug}/search?q=zoe").status_code == 404


@pytest.mark.parametrize("term", ["%", "_", "%%", "\\", "'", '"><b>', "x" * 500, "\u0000ab", " "])
def test_strange_terms_find_nothing_and_break_nothing(
    organizer: FlaskClient, conference: Conference, term: str
) -> None:
    build.registration(conference)
    answer = organizer.get(f"/desk/{conference.slug}/search", query_string={"q": term})
    assert answer.status_code == 200
    assert "<b>" not in answer.text
    assert "Contoh" not in answer.text.partition("<main")[2]


def test_a_long_list_is_cut(organizer: FlaskClient, conference: Conference) -> None:
    for number in range(finders.MOST + 1):
        build.delegation(conference, folded=f"many {number}")
    page = organizer.get(f"/desk/{conference.slug}/search?q=many").text
    assert "There are more" in page
    assert page.count("/delegations/") == finders.MOST


# --- Records ----------------------------------------------------------------------------------------------------------


def test_the_audit_page_says_that_the_chain_is_whole(organizer: FlaskClient, conference: Conference) -> None:
    organizer.send(f"/desk/{conference.slug}/people/invite", email="a@mail.example", role="viewer", language="en")
    page = organizer.get(f"/desk/{conference.slug}/audit").text
    assert "The chain is whole" in page
    assert "invite" in page
    assert "Nothing was recorded" not in page
    assert "Nothing was recorded" in organizer.get(f"/desk/{conference.slug}/audit?verb=nothing").text


def test_the_audit_page_says_that_it_was_tampered_with(organizer: FlaskClient, conference: Conference) -> None:
    organizer.send(f"/desk/{conference.slug}/people/invite", email="a@mail.example", role="viewer", language="en")
    with writing():
        if db.engine.dialect.name == "sqlite":
            db.session.execute(text("DROP TRIGGER audit_entry_no_update"))
        else:
            db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only"))
        db.session.execute(text("UPDATE audit_entry SET verb = 'nothing' WHERE verb = 'invite'"))
    try:
        page = organizer.get(f"/desk/{conference.slug}/audit").text
    finally:
        with writing():
            if db.engine.dialect.name == "sqlite":
                db.session.execute(text(audit.SQLITE_TRIGGERS[0]))
            else:
                db.session.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only"))
    assert "tampered with" in page
    assert "its content was changed" in page


def test_each_conference_has_its_own_record(client: FlaskClient, conference: Conference) -> None:
    other = build.conference()
    client.sign_in(build.staff(other, Role.ORGANIZER))
    client.send(f"/desk/{other.slug}/people/invite", email="secret@mail.example", role="viewer", language="en")
    assert client.get(f"/desk/{conference.slug}/audit").status_code == 404
    assert client.get("/desk/audit").status_code == 403
    client.sign_in(build.administrator())
    assert "invite" not in client.get(f"/desk/{conference.slug}/audit").text.partition("<tbody>")[2]
    assert "sign in" in client.get("/desk/audit").text


def test_the_audit_page_is_paged(organizer: FlaskClient, conference: Conference) -> None:
    with across_conferences("test"), writing():
        row = db.session.get_one(Conference, conference.id)
        for number in range(60):
            audit.record(SYSTEM, "count", row, number=number)
    first = organizer.get(f"/desk/{conference.slug}/audit").text
    assert "page=1" in first
    assert organizer.get(f"/desk/{conference.slug}/audit?page=1").status_code == 200
    assert organizer.get(f"/desk/{conference.slug}/audit?page=-5").status_code == 200
    assert organizer.get(f"/desk/{conference.slug}/audit?page=999999999999999999999").status_code == 200


def test_mails_that_need_a_decision_come_first(organizer: FlaskClient, conference: Conference) -> None:
    a_mail(conference, MailState.SENT, "one")
    failed = a_mail(conference, MailState.FAILED, "two")
    a_mail(conference, MailState.QUEUED, "three")
    page = organizer.get(f"/desk/{conference.slug}/mail").text
    assert page.index("Subject two") < page.index("Subject three") < page.index("Subject one")
    assert "Subject one" not in organizer.get(f"/desk/{conference.slug}/mail?state=to_decide").text
    url = f"/desk/{conference.slug}/mail/{failed.ref}/resend"
    assert organizer.send(url).status_code == 303
    assert organizer.send(url).status_code == 409, "it is on its way already"
    with reading():
        assert db.session.scalars(select(Mail.state).where(Mail.ref == failed.ref)).one() == MailState.QUEUED


def test_mail_of_others_is_not_reached(client: FlaskClient, conference: Conference) -> None:
    mine = build.conference()
    foreign = a_mail(conference, MailState.FAILED)
    client.sign_in(build.staff(mine, Role.ORGANIZER))
    assert client.send(f"/desk/{mine.slug}/mail/{foreign.ref}/resend").status_code == 404
    assert client.send(f"/desk/mail/{foreign.ref}/resend").status_code == 403
    assert "sari@mail.example" not in client.get(f"/desk/{mine.slug}/mail").text


def test_an_administrator_sees_the_installation(client: FlaskClient) -> None:
    a_mail(None, MailState.FAILED)
    client.sign_in(build.administrator())
    assert "Subject k" in client.get("/desk/mail").text
    assert client.get("/desk/jobs").status_code == 200
    assert "New conference" in client.get("/desk/").text
