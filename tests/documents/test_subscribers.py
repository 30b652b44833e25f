"""Being told of what is issued: asked for on a page, confirmed from the mailbox, sent once, ended by one click."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import select

from confapp.documents import actions, tasks
from confapp.documents.models import Subscriber
from confapp.documents.queries import subscribers
from confapp.documents.rules import Access, DocumentKind
from confapp.foundation import clock, jobs
from confapp.foundation.db import db, in_conference
from confapp.foundation.mail import Mail
from confapp.foundation.mail.delivery import compose
from confapp.people.rules import Role
from confapp.registration.models import TrackStep
from confapp.registration.rules import Office
from confapp.registration.rules import Status as Accreditation
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

FORM = "/en/test-2027/documents/subscribe"


def mails(topic="documents"):
    db.session.expire_all()
    return list(db.session.scalars(select(Mail).where(Mail.topic == topic).order_by(Mail.id)))


def told():
    return {mail.recipient: mail for mail in mails() if mail.dedupe_key.startswith("issue:")}


def path_in(mail, ending=""):
    """The first address of a mail that is about the subscription."""
    return urlsplit(re.search(rf"http\S+/subscription/[\w-]+{ending}", mail.text)[0]).path


def ask(client, email, **more):
    return client.send(FORM, email=email, **({"language": "en"} | more))


def subscribed(client, email, **more):
    ask(client, email, **more)
    path = path_in(mails()[-1])
    confirmed = client.send(path, **({"language": "en"} | more))
    assert email in client.get(confirmed.location).text
    return path


@pytest.fixture
def ref(conference, by):
    made = making.document(conference, by)
    making.adopt(conference, made, by)
    making.prepare(conference, made, by)
    jobs.run_due()
    return made


def test_nothing_is_sent_before_the_mailbox_confirmed_and_opening_the_link_confirms_nothing(client, conference, ref):
    asked = ask(client, "reader@press.example")
    assert "Look into your mailbox" in client.get(asked.location).text
    (first,) = mails()
    assert "press the button" in first.text
    assert client.get(path_in(first)).status_code == 200
    making.release(conference, ref)
    jobs.run_due()
    assert told() == {}


def test_one_mail_each_in_its_language_and_for_the_kinds_that_were_chosen(client, conference, ref):
    subscribed(client, "one@press.example")
    subscribed(client, "dua@press.example", language="id")
    subscribed(client, "other@press.example", kinds=[DocumentKind.CIRCULAR])
    making.release(conference, ref)
    jobs.run_due()
    with in_conference(conference.id):
        issue = making.issues(ref)[0]
        tasks.tell_issue(issue.id)
        short, code = issue.short_hash, issue.code
    sent = told()
    assert set(sent) == {"one@press.example", "dua@press.example"}
    assert sent["one@press.example"].subject == "New document: TEST/1/L.1 Message of the Test"
    assert "Pesan Uji" in sent["dua@press.example"].subject
    assert f"/id/test-2027/documents/TEST/1/L.1?issue={short}" in sent["dua@press.example"].text
    assert code in sent["one@press.example"].text
    with in_conference(conference.id):
        assert making.issues(ref)[0].told_to == 2


def test_they_are_told_at_the_moment_and_not_when_it_was_taken_back(client, conference, by, ref):
    subscribed(client, "one@press.example")
    first = clock.now() + timedelta(hours=1)
    making.release(conference, ref, at=first)
    jobs.run_due()
    assert told() == {}
    with writing_in(conference):
        actions.hold_back(making.issues(ref)[0], by=by)
    with time_machine.travel(first + timedelta(minutes=1), tick=False):
        jobs.run_due()
        assert told() == {}
        making.release(conference, ref)
        jobs.run_due()
        assert set(told()) == {"one@press.example"}


def test_a_paper_for_participants_is_told_to_nobody(client, conference, by):
    subscribed(client, "one@press.example")
    ref = making.document(conference, by, kind=DocumentKind.PAPER, access=Access.PARTICIPANTS)
    making.publish(conference, ref, by)
    jobs.run_due()
    assert told() == {}


def test_one_click_ends_it_without_a_cookie_or_a_key_and_the_mailbox_is_deleted(client, conference, ref):
    subscribed(client, "one@press.example")
    making.release(conference, ref)
    jobs.run_due()
    mail = told()["one@press.example"]
    head = compose(mail, "x@localhost", clock.now())
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(head["List-Unsubscribe"].strip("<>")).path
    assert path == path_in(mail, "/end")
    assert client.get(path).status_code == 200
    with in_conference(conference.id):
        assert subscribers.subscribers()
    for status in (200, 404):
        answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == status
        assert "No more mails" in answer.text
        assert "Location" not in answer.headers
    with in_conference(conference.id):
        assert db.session.scalars(select(Subscriber)).all() == []
    assert client.get(path.removesuffix("/end")).status_code == 404


def test_who_asks_for_a_mailbox_that_is_on_the_list_changes_nothing_and_is_told_nothing(client, conference):
    path = subscribed(client, "one@press.example")
    first = ask(client, "new@press.example")
    again = ask(client, "ONE@press.example", language="id")
    assert (first.status_code, first.location) == (again.status_code, again.location)
    assert "already" in mails()[-1].text
    assert path_in(mails()[-1]) == path
    with in_conference(conference.id):
        assert [row.language for row in subscribers.subscribers()] == ["en"]
    assert ask(client, "no address").status_code == 422


def test_what_nobody_confirmed_is_forgotten(client, conference):
    ask(client, "one@press.example")
    subscribed(client, "two@press.example")
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        tasks.prune()
    with in_conference(conference.id):
        assert [row.email for row in db.session.scalars(select(Subscriber))] == ["two@press.example"]


@pytest.fixture
def media(conference):
    """An accredited journalist, and one who is not."""
    category = build.category(conference, code="media")
    organizer = build.actor(build.staff(conference, Role.ORGANIZER))
    with writing_in(conference):
        db.session.add(TrackStep(category_id=category.id, position=1, office=Office.PRESS, name={"en": "Press"}))
        actions.set_issuing_rules(conference.id, needs_two=True, tells_press=True, by=organizer)
    for email, status in (("camera@press.example", Accreditation.ACCREDITED), ("later@press.example", None)):
        person = build.person(conference, email=email)
        status = status or Accreditation.SUBMITTED
        build.registration(conference, person=person, category=category, status=status)


def test_accredited_media_are_told_where_the_conference_says_so_until_they_end_it(client, conference, by, ref, media):
    making.release(conference, ref)
    jobs.run_due()
    sent = told()
    assert set(sent) == {"camera@press.example"}
    assert "accredited as media" in sent["camera@press.example"].text
    client.post(path_in(sent["camera@press.example"], "/end"), data={"List-Unsubscribe": "One-Click"})
    making.write(conference, ref, 4, "en", "*Affirm* more;", by)
    making.write(conference, ref, 4, "id", "*Menegaskan* lagi;", by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    jobs.run_due()
    assert len([one for one in mails() if one.dedupe_key.startswith("issue:")]) == 1
    with in_conference(conference.id):
        (row,) = db.session.scalars(select(Subscriber))
        assert (row.email, row.ended_at is not None) == ("", True)


def test_the_desk_lists_takes_out_and_removes_mailboxes(client, conference, statements):
    page = "/desk/test-2027/documents/subscribers"
    staff = client.sign_in(build.staff(conference, Role.ORGANIZER))
    assert "Nobody asked for it yet" in staff.get(page).text
    subscribed(client, "one@press.example")
    few = statements(lambda: staff.get(page))
    for number in range(3):
        subscribed(client, f"more{number}@press.example")
    assert statements(lambda: staff.get(page)) == few
    assert "one@press.example" in staff.get(page + ".csv").text
    with in_conference(conference.id):
        ref = subscribers.subscribers()[-1].ref
    assert staff.send(f"{page}/{ref}/remove").status_code == 303
    assert "one@press.example" not in staff.get(page).text
    outsider = client.sign_in(build.staff(conference, Role.VIEWER))
    assert outsider.get(page).status_code == 403


def test_at_most_three_links_a_day_go_to_a_mailbox(app, client, conference):
    limits = app.config["LIMITS"]
    kept = limits.pop("subscribe_email")
    try:
        answers = [ask(client, "one@press.example").status_code for _ in range(4)]
    finally:
        limits["subscribe_email"] = kept
    assert answers == [303, 303, 303, 429]
