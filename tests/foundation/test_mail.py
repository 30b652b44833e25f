"""Mails over real SMTP: each is sent once, or it is known that nobody knows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from confapp.foundation import clock, files
from confapp.foundation.db import db
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import Attachment, Kind, Mail, MailState, Message, outbox
from confapp.foundation.mail.delivery import ATTEMPTS, Courier
from confapp.foundation.transactions import writing
from tests import build
from tests.sink import Sink, free_port, listening


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as made:
        yield made


def courier(app: Flask, sink: Sink) -> Courier:
    return Courier(replace(app.extensions["confapp"], smtp_url=sink.url))


def add(number: int = 1, kind: Kind = Kind.NOTICE, **changes: str) -> None:
    values = {
        "to": f"delegate{number}@mail.example",
        "subject": f"Letter {number}",
        "text": f"Text of letter {number}\nhttp://localhost/x",
    }
    with writing():
        outbox.add(Message(kind=kind, dedupe_key=f"letter {number}", **(values | changes)))


def mails() -> list[Mail]:
    db.session.rollback()
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def change(**values: object) -> None:
    with writing():
        db.session.execute(update(Mail).values(**values))


def make_due() -> None:
    change(due_at=clock.now() - timedelta(seconds=1))


def test_a_mail_is_sent_once(app: Flask, sink: Sink) -> None:
    add()
    post = courier(app, sink)
    assert post.deliver_due() == 1
    assert post.deliver_due() == 0
    post.close()
    (mail,) = mails()
    assert (mail.state, mail.attempts, mail.last_answer) == (MailState.SENT, 1, "")
    assert mail.sent_at is not None
    (received,) = sink.messages
    assert received["To"] == "delegate1@mail.example"
    assert received["From"] == "confapp@localhost"
    assert received["Message-ID"] == f"<{mail.message_id}>"
    assert received["Auto-Submitted"] == "auto-generated"
    assert "Text of letter 1" in received.get_content()


def test_the_same_event_is_mailed_once(app: Flask) -> None:
    add()
    add()
    assert len(mails()) == 1


def test_a_mail_belongs_to_its_transaction(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        outbox.add(Message(Kind.NOTICE, "a@mail.example", "s", "t", "gone"))
        raise ZeroDivisionError
    assert mails() == []


def test_security_mail_loses_its_text_once_sent(app: Flask, sink: Sink) -> None:
    add(kind=Kind.SECURITY)
    courier(app, sink).deliver_due()
    assert mails()[0].text == ""
    assert "http://localhost/x" in sink.messages[0].get_content()


def test_a_temporary_refusal_is_tried_again_later(app: Flask, sink: Sink) -> None:
    sink.answers = ["451 come again"]
    add()
    post = courier(app, sink)
    post.deliver_due()
    (mail,) = mails()
    assert (mail.state, mail.last_answer) == (MailState.QUEUED, "451 come again")
    assert mail.due_at > clock.now() + timedelta(seconds=30)
    assert post.deliver_due() == 0
    make_due()
    assert post.deliver_due() == 1
    assert len(sink.messages) == 1
    assert mails()[0].state == MailState.SENT


def test_temporary_refusals_end_some_day(app: Flask, sink: Sink) -> None:
    sink.answers = ["451 never"] * ATTEMPTS
    add()
    post = courier(app, sink)
    for _ in range(ATTEMPTS):
        make_due()
        post.deliver_due()
    assert mails()[0].state == MailState.FAILED


def test_a_permanent_refusal_keeps_the_answer_for_a_person(app: Flask, sink: Sink) -> None:
    sink.answers = ["550 no such mailbox"]
    add()
    post = courier(app, sink)
    post.deliver_due()
    (mail,) = mails()
    assert (mail.state, mail.last_answer) == (MailState.FAILED, "550 no such mailbox")
    with writing():
        outbox.resend(db.session.get_one(Mail, mail.id))
    post.deliver_due()
    assert mails()[0].state == MailState.SENT
    assert sink.ids == [f"<{mail.message_id}>"]


def test_a_refused_mail_does_not_hold_up_the_next(app: Flask, sink: Sink) -> None:
    sink.answers = ["550 no such mailbox"]
    add(1)
    add(2)
    assert courier(app, sink).deliver_due() == 2
    assert [mail.state for mail in mails()] == [MailState.FAILED, MailState.SENT]


def test_while_the_server_is_away_mails_wait(app: Flask) -> None:
    sink = Sink(free_port())
    add()
    post = courier(app, sink)
    assert post.deliver_due() == 0
    (mail,) = mails()
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)
    assert mail.last_answer.startswith("no connection")
    with listening(sink):
        make_due()
        assert post.deliver_due() == 1
    assert len(sink.messages) == 1


def test_a_server_that_comes_back_is_connected_anew(app: Flask) -> None:
    sink = Sink(free_port())
    post = courier(app, sink)
    for number in (1, 2):
        add(number)
        with listening(sink):
            assert post.deliver_due() == 1
    assert len(sink.messages) == 2


@pytest.mark.parametrize(("kind", "state"), [(Kind.SECURITY, MailState.SENT), (Kind.NOTICE, MailState.IN_DOUBT)])
def test_what_a_crash_left_in_hand_over(app: Flask, sink: Sink, kind: Kind, state: MailState) -> None:
    """Security mail goes again under the same Message-ID; a notice waits for a person and is not sent twice unasked."""
    add(kind=kind)
    change(state=MailState.HANDING_OVER, leased_until=clock.now() - timedelta(seconds=1))
    post = courier(app, sink)
    post.deliver_due()
    (mail,) = mails()
    assert mail.state == state
    assert len(sink.messages) == (state == MailState.SENT)
    if state == MailState.IN_DOUBT:
        with writing():
            outbox.resend(db.session.get_one(Mail, mail.id))
        post.deliver_due()
        assert sink.ids == [f"<{mail.message_id}>"]


def test_a_hand_over_that_is_going_on_is_left_alone(app: Flask, sink: Sink) -> None:
    add()
    change(state=MailState.HANDING_OVER, leased_until=clock.now() + timedelta(seconds=30))
    courier(app, sink).deliver_due()
    assert mails()[0].state == MailState.HANDING_OVER


@pytest.mark.parametrize("state", [MailState.LEASED])
def test_a_lease_that_lapsed_is_taken_again(app: Flask, sink: Sink, state: MailState) -> None:
    add()
    change(state=state, leased_until=clock.now() - timedelta(seconds=1))
    assert courier(app, sink).deliver_due() == 1


@pytest.mark.parametrize(("kind", "state"), [(Kind.SECURITY, MailState.QUEUED), (Kind.NOTICE, MailState.IN_DOUBT)])
def test_a_server_that_hangs_up_without_an_answer(app: Flask, sink: Sink, kind: Kind, state: MailState) -> None:
    """It may have kept the mail: a notice is not sent again unasked, security mail not at once."""
    sink.answers = ["drop"] * 5
    add(kind=kind)
    courier(app, sink).deliver_due()
    assert mails()[0].state == state
    assert len(sink.messages) == 1


def test_security_mail_in_doubt_is_not_sent_for_ever(app: Flask, sink: Sink) -> None:
    sink.answers = ["drop"] * 50
    add(kind=Kind.SECURITY)
    post = courier(app, sink)
    for _ in range(ATTEMPTS + 2):
        make_due()
        post.deliver_due()
    assert mails()[0].state == MailState.FAILED
    assert len(sink.messages) == ATTEMPTS


def test_two_workers_send_each_mail_once(app: Flask, sink: Sink) -> None:
    for number in range(20):
        add(number)

    def work() -> None:
        with app.app_context():
            post = courier(app, sink)
            while post.deliver_due(limit=3):
                pass
            post.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work) for _ in range(2)]:
            done.result()
    assert {mail.state for mail in mails()} == {MailState.SENT}
    assert len(sink.ids) == len(set(sink.ids)) == 20


def test_no_text_becomes_a_header(app: Flask, sink: Sink) -> None:
    add(
        subject="Letter\r\nBcc: spy@mail.example",
        to_name="Name\r\nX-Injected: yes",
        text="{{ 7*7 }} {x.__class__}\r\n.\r\nMAIL FROM:<spy@mail.example>",
    )
    courier(app, sink).deliver_due()
    (received,) = sink.messages
    assert sink.recipients == [["delegate1@mail.example"]]
    assert received["Bcc"] is None
    assert received["X-Injected"] is None
    assert received["Subject"] == "Letter Bcc: spy@mail.example"
    assert "{{ 7*7 }} {x.__class__}" in received.get_content()


def test_a_sent_mail_cannot_be_sent_again(app: Flask, sink: Sink) -> None:
    add()
    courier(app, sink).deliver_due()
    with pytest.raises(Refused), writing():
        outbox.resend(mails()[0])


def test_a_mail_that_cannot_be_written_holds_up_no_other(app: Flask, sink: Sink) -> None:
    add(1)
    change(reply_to="a@mail.example\r\nBcc: spy@mail.example")
    add(2)
    assert courier(app, sink).deliver_due() == 1
    assert [mail.state for mail in mails()] == [MailState.FAILED, MailState.SENT]


def test_an_address_that_the_server_does_not_take_has_failed(app: Flask, sink: Sink) -> None:
    """It was refused for certain, so it is neither in doubt nor tried eight times."""
    add(1, Kind.SECURITY, to="délégué@mail.example")
    courier(app, sink).deliver_due()
    assert mails()[0].state in (MailState.FAILED, MailState.SENT)


def test_an_event_is_mailed_once_though_told_at_once(app: Flask) -> None:
    def tell() -> bool:
        with writing():
            return outbox.add(Message(Kind.NOTICE, "a@mail.example", "S", "T", "one event")) is not None

    assert sorted(build.at_once(app, tell)) == [False] * 5 + [True]


# --- files that go with a mail ----------------------------------------------------------------------------------------


def enclose(
    content: bytes, media_type: str = "application/pdf", name: str = "Surat/undangan.pdf", **changes: object
) -> None:
    with writing():
        stored = files.store(content, media_type, name)
        for key, value in changes.items():
            setattr(stored, key, value)
        db.session.flush()
        message = Message(
            Kind.NOTICE,
            "a@mail.example",
            "With a file",
            "See the file.",
            "file",
            attachments=(Attachment(stored, name),),
        )
        outbox.add(message)


@pytest.mark.parametrize("name", ["letter.pdf", "رسالة.pdf", 'quo"ted; name.pdf', "x" * 300 + ".pdf"])
def test_a_file_arrives_byte_for_byte_under_its_name(app: Flask, sink: Sink, name: str) -> None:
    content = bytes(range(256)) * 300 + b"\r\n.\r\n"
    enclose(content, name=name)
    assert courier(app, sink).deliver_due() == 1
    (received,) = sink.messages
    text, enclosed = list(received.iter_parts())
    assert text.get_content().strip() == "See the file."
    assert (enclosed.get_content_type(), enclosed.get_content()) == ("application/pdf", content)
    assert enclosed.get_filename() == name[-120:]
    assert enclosed.get_content_disposition() == "attachment"


def test_a_path_is_no_name(app: Flask, sink: Sink) -> None:
    enclose(b"%PDF", name="../../etc/passwd")
    courier(app, sink).deliver_due()
    assert list(sink.messages[0].iter_parts())[1].get_filename() == "..-..-etc-passwd"


def test_files_that_are_too_large_together_are_refused(app: Flask) -> None:
    with pytest.raises(Refused, match="too large"):
        enclose(b"x" * (outbox.LARGEST_ATTACHED + 1))
    assert mails() == []


def test_sealed_files_are_never_mailed(app: Flask) -> None:
    with pytest.raises(ValueError, match="sealed"):
        enclose(b"secret", sealed_class="high")


def test_a_mail_whose_file_is_gone_is_put_aside_and_holds_up_no_other(app: Flask, sink: Sink) -> None:
    enclose(b"%PDF gone")
    add()
    with writing():
        stored = db.session.scalars(select(files.StoredFile)).one()
        files.path_of(stored.sha256).unlink()
    assert courier(app, sink).deliver_due() == 1
    assert [mail.state for mail in mails()] == [MailState.FAILED, MailState.SENT]


def test_what_was_settled_another_way_is_not_sent(app: Flask, sink: Sink) -> None:
    sink.answers = ["550 no such mailbox"]
    add()
    post = courier(app, sink)
    post.deliver_due()
    with writing():
        outbox.give_up(db.session.scalars(select(Mail)).one())
    make_due()
    assert post.deliver_due() == 0
    (mail,) = mails()
    assert (mail.state, mail.text) == (MailState.GIVEN_UP, "")
    with pytest.raises(Refused), writing():
        outbox.resend(db.session.get_one(Mail, mail.id))
