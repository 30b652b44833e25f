import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confapp.foundation import clock
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db
from confapp.foundation.mail import Kind, Mail
from confapp.foundation.transactions import reading, writing
from confapp.people import actions
from confapp.people.models import Account, MailedLink, Mandate, SignIn
from confapp.people.rules import Role
from tests import build
from tests.people.test_rules import OPEN_REDIRECTS

NEVER = "never-heard-of@mail.example"


def link_in(mail: Mail) -> str:
    found = re.search(r"http://localhost(/\S+)", mail.text)
    assert found
    return found[1]


def newest_mail() -> Mail:
    with reading():
        mail = db.session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert mail is not None
    return mail


def ask(client: FlaskClient, account: Account, **fields: str) -> str:
    assert client.send("/sign-in", email=account.email, **fields).status_code == 303
    return link_in(newest_mail())


def direct(account: Account, next_path: str = "") -> str:
    with writing():
        return actions.sign_in_link(db.session.get_one(Account, account.id), next_path).removeprefix("http://localhost")


def test_a_link_is_mailed_and_signs_in_once(client: FlaskClient) -> None:
    account = build.account(language="id")
    link = ask(client, account)
    mail = newest_mail()
    assert (mail.kind, mail.recipient, mail.language) == (Kind.SECURITY, account.email, "id")
    assert link.startswith("/id/sign-in/")
    assert account.email in client.get(link).text
    assert client.get("/me/").status_code == 303
    assert client.send(link).headers["Location"] == "/id/me/"
    assert client.get("/me/").status_code == 200
    assert client.send(link).status_code == 410
    assert client.get(link).status_code == 410


def test_only_the_hash_of_a_token_is_kept(client: FlaskClient) -> None:
    token = ask(client, build.account()).rpartition("/")[2]
    with reading():
        link = db.session.scalars(select(MailedLink)).one()
    assert token not in (link.token_hash, link.ref)
    assert len(token) >= 43


def test_a_known_and_an_unknown_mailbox_get_the_same_answer(client: FlaskClient) -> None:
    build.account("known@mail.example")
    known = client.send("/sign-in", email="Known@MAIL.example")
    unknown = client.send("/sign-in", email=NEVER)
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert known.data == unknown.data
    with reading():
        assert db.session.scalars(select(Mail.recipient)).all() == ["known@mail.example"]


@pytest.mark.parametrize("address", ["", "not an address", "a@", "a@b@c", "x" * 300 + "@mail.example"])
def test_what_is_no_address_is_said_beside_the_field(client: FlaskClient, address: str) -> None:
    answer = client.send("/sign-in", email=address)
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


def test_a_link_lasts_fifteen_minutes(client: FlaskClient) -> None:
    link = direct(build.account())
    with time_machine.travel(clock.now() + timedelta(minutes=14)):
        assert client.get(link).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=15, seconds=1)):
        assert client.get(link).status_code == 410
        assert client.send(link).status_code == 410


def test_a_disabled_account_gets_no_link_and_can_use_none(client: FlaskClient) -> None:
    account = build.account()
    link = direct(account)
    build.change(account, disabled_at=clock.now())
    assert client.send(link).status_code == 410
    client.send("/sign-in", email=account.email)
    with reading():
        assert db.session.scalar(select(func.count(Mail.id))) == 0


def test_disabling_ends_what_goes_on(client: FlaskClient) -> None:
    account = build.account()
    client.sign_in(account)
    build.change(account, disabled_at=clock.now())
    assert client.get("/me/").status_code == 303


def test_opening_a_link_changes_nothing(client: FlaskClient) -> None:
    link = direct(build.account())
    for _ in range(3):
        client.get(link)
        client.head(link)
    assert client.send(link).status_code == 303


def test_a_double_click_signs_in_both_times(app: Flask) -> None:
    """The browser drops the first answer with its cookie, so the second must bring one too."""
    link = direct(build.account())
    first, second = app.test_client(), app.test_client()
    assert first.send(link, _key="the same page").status_code == 303
    again = second.send(link, _key="the same page")
    assert (again.status_code, again.headers["Location"]) == (303, "/me/")
    assert second.get("/me/").status_code == 200
    assert first.get("/me/").status_code == 303, "one browser, one sign-in"


def test_the_same_form_an_hour_later_signs_nobody_in(app: Flask) -> None:
    link = direct(build.account())
    app.test_client().send(link, _key="the same page")
    later = app.test_client()
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        later.send(link, _key="the same page")
        assert later.get("/me/").status_code == 303


@pytest.mark.parametrize("path", OPEN_REDIRECTS)
def test_nobody_is_led_to_another_host(client: FlaskClient, path: str) -> None:
    link = ask(client, build.account(), next=path)
    assert client.send(link).headers["Location"] == "/en/me/"


def test_one_goes_on_to_where_one_wanted(client: FlaskClient) -> None:
    conference = build.conference()
    account = build.staff(conference, Role.ORGANIZER)
    wanted = f"/desk/{conference.slug}/"
    to_sign_in = client.get(wanted).headers["Location"]
    page = client.get(to_sign_in)
    assert "Conference on Testing" in page.text
    assert conference.contact_email in page.text
    link = ask(client, account, next=wanted)
    assert client.send(link).headers["Location"] == "/en" + wanted


def test_the_sign_in_page_does_not_name_a_draft(client: FlaskClient) -> None:
    conference = build.conference(status="draft")
    assert "Conference on Testing" not in client.get(f"/sign-in?next=/desk/{conference.slug}/").text


def test_a_new_session_id_at_each_sign_in(client: FlaskClient) -> None:
    account = build.account()
    client.send(direct(account))
    with client.session_transaction() as session:
        session["left"] = "over"
        first = session["_user_id"]
    client.send(direct(account))
    with client.session_transaction() as session:
        assert session["_user_id"] != first
        assert "left" not in session


def test_a_shared_mailbox_is_asked_who_acts(client: FlaskClient) -> None:
    account = build.account(is_shared=True, name="Embassy")
    link = direct(account)
    answer = client.send(link)
    assert answer.status_code == 422
    assert "say who you are" in answer.text
    assert client.send(link, name="Sari Contoh").status_code == 303
    assert "Sari Contoh" in client.get("/me/").text
    with reading():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "sign_in")).one()
    assert (entry.account_id, entry.acting_name) == (account.id, "Sari Contoh")


def test_signing_out_ends_the_sign_in(client: FlaskClient) -> None:
    account = build.account()
    client.sign_in(account)
    with client.session_transaction() as session:
        kept = dict(session)
    assert client.send("/sign-out").status_code == 303
    with client.session_transaction() as session:
        session.update(kept)
    assert client.get("/me/").status_code == 303, "a copied cookie is worth nothing"


def test_signing_out_everywhere_and_elsewhere(app: Flask) -> None:
    account, stranger = build.account(), build.account()
    here, there, other = (app.test_client() for _ in range(3))
    here.sign_in(account)
    there.sign_in(account)
    other.sign_in(stranger)
    with reading():
        refs = db.session.scalars(select(SignIn.ref).where(SignIn.account_id == account.id).order_by(SignIn.id)).all()
    assert other.send(f"/me/sign-ins/{refs[1]}/end").status_code == 404
    assert here.send(f"/me/sign-ins/{refs[1]}/end").status_code == 303
    assert there.get("/me/").status_code == 303
    assert here.get("/me/").status_code == 200
    there.sign_in(account)
    assert there.send("/sign-out/everywhere").status_code == 303
    assert here.get("/me/").status_code == 303
    assert other.get("/me/").status_code == 200


def test_an_idle_sign_in_ends(client: FlaskClient) -> None:
    conference = build.conference()
    client.sign_in(build.staff(conference, Role.VIEWER))
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert client.get("/me/").status_code == 303


def test_the_language_of_mails(client: FlaskClient) -> None:
    account = build.account()
    client.sign_in(account)
    assert client.send("/me/language", language="id").status_code == 303
    assert client.send("/me/language", language="tlh").status_code == 422
    with reading():
        assert db.session.get_one(Account, account.id).language == "id"


def test_the_shipped_limits(app: Flask, client: FlaskClient) -> None:
    raised = app.config["LIMITS"]
    app.config["LIMITS"] = {}
    try:
        answers = [client.send("/sign-in", email=NEVER).status_code for _ in range(6)]
        assert answers == [303] * 5 + [429]
        assert client.send("/sign-in", email="other@mail.example").status_code == 303
        codes = [client.send("/sign-in", email=f"n{n}@mail.example").status_code for n in range(50)]
        assert codes[-1] == 429
    finally:
        app.config["LIMITS"] = raised


def test_the_first_administrator(app: Flask, client: FlaskClient) -> None:
    old = actions.first_administrator_link()
    new = actions.first_administrator_link()
    assert old
    assert new
    path = new.removeprefix("http://localhost")
    assert client.get(old.removeprefix("http://localhost")).status_code == 410
    assert client.send(path, name="", email="x").status_code == 422
    assert client.send(path, name="Ayu Contoh", email="ayu@mail.example").headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert actions.first_administrator_link() is None
    assert app.test_client().send(path, name="Other", email="other@mail.example").status_code == 410


def test_a_link_to_a_record_reaches_that_record_only(client: FlaskClient) -> None:
    conference = build.conference()
    staff = build.staff(conference, Role.ORGANIZER)
    person = build.person(conference, email=staff.email)
    with across_conferences("test"), writing():
        db.session.add_all([person, conference])
        path = actions.record_link(person, conference).removeprefix("http://localhost")
    assert client.send(path).headers["Location"] == f"/en/me/{conference.slug}/"
    assert client.get(f"/desk/{conference.slug}/").status_code in (403, 404)
    assert "Organizer" not in client.get("/me/").text
    assert client.send("/sign-out/everywhere").status_code == 404
    assert client.send("/me/language", language="id").status_code == 404
    assert client.send(path).status_code == 303, "it can be used again"
    with time_machine.travel(conference.ends_at + timedelta(days=29)):
        assert client.get(path).status_code == 200
    with time_machine.travel(conference.ends_at + timedelta(days=31)):
        assert client.get(path).status_code == 410
    with across_conferences("test"), writing():
        db.session.add(person)
        actions.revoke_record_links(build.actor(staff), person)
    assert client.get(path).status_code == 410


def test_pages_of_links_are_kept_nowhere(client: FlaskClient) -> None:
    account = build.account()
    assert client.get(direct(account)).headers["Cache-Control"] == "no-store"
    client.sign_in(build.account("other@mail.example"))
    assert "other@mail.example" in client.get(direct(account)).text
    assert "You are signed in as other@mail.example" in client.get("/sign-in").text


def test_a_lost_link_to_a_record_is_sent_again(client: FlaskClient) -> None:
    conference = build.conference()
    person = build.person(conference, email="sari@mail.example", language="id")
    with across_conferences("test"), writing():
        db.session.add_all([person, conference])
        actions.record_link(person, conference)
    assert client.send("/links/", email="SARI@mail.example").status_code == 303
    mail = newest_mail()
    assert (mail.recipient, mail.language, mail.conference_id) == ("sari@mail.example", "id", conference.id)
    assert client.send(link_in(mail)).headers["Location"] == f"/id/me/{conference.slug}/"
    with time_machine.travel(conference.ends_at + timedelta(days=31)):
        assert client.send("/links/", email="sari@mail.example").status_code == 303
        assert "/sign-in/" in newest_mail().text, "the record is closed; what is left is to sign in"


def test_of_two_who_open_a_link_at_once_one_is_signed_in(app: Flask) -> None:
    account = build.account()
    link = direct(account)
    answers = build.at_once(app, lambda: app.test_client().send(link).status_code)  # type: ignore[attr-defined]
    assert sorted(answers) == [303] + [410] * 5
    with reading():
        assert db.session.scalar(select(func.count(SignIn.id))) == 1


def test_a_mailbox_that_is_named_twice_at_once_is_one_account(app: Flask) -> None:
    def name() -> int:
        with writing():
            return actions.account_for("embassy@mail.example", "Embassy").id

    assert len(set(build.at_once(app, name))) == 1


def test_who_takes_a_role_over_a_record_away_ends_its_links(app: Flask, client: FlaskClient) -> None:
    conference = build.conference()
    organizer = build.staff(conference, Role.ORGANIZER)
    person = build.person(conference, email="sari@mail.example")
    with across_conferences("test"), writing():
        db.session.add_all([person, conference])
        path = actions.record_link(person, conference).removeprefix("http://localhost")
    with reading():
        held = db.session.scalars(select(Mandate).where(Mandate.person_id == person.id)).one()
    assert client.get(path).status_code == 200
    desk = app.test_client().sign_in(organizer)  # type: ignore[attr-defined]
    assert desk.send(f"/desk/{conference.slug}/people/{held.ref}/remove").status_code == 303
    assert client.get(path).status_code == 410
