"""Registration over HTTP: what each page does, who is turned away, what bad input gets, how many questions it asks."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from confapp.conferences.rules import Status as ConferenceStatus
from confapp.foundation import clock
from confapp.foundation.access import SYSTEM
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.mail import Mail
from confapp.foundation.sealing import Reading
from confapp.foundation.transactions import writing
from confapp.people.models import Account, Person
from confapp.people.rules import Role
from confapp.registration import actions, queries
from confapp.registration.models import Category, Credential, Delegation, Registration
from confapp.registration.rules import ACCREDITATION, Entry, Status
from tests import build
from tests.build import Client

HOSTILE = {
    "nul": "A\x00B",
    "lone surrogate": "A\ud800B",
    "right-to-left override": "A\u202eB",
    "isolates": "\u2067A\u2069",
    "very long": "A" * 100_000,
    "emoji": "👩🏽‍🚀🇮🇩",
    "arabic": "محمد الفاسي",
    "expanding": "ﷺ" * 120,
    "combining": "Z̷̡̼͉̦" * 20,
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7 * 7 }}{% raw %}",
    "formula": '=HYPERLINK("http://evil.example")',
    "sql": "'; DROP TABLE person; --",
    "percent": "%s %(name)s %%",
    "only space": " \u3000\u00a0\t",
    "newlines": "A\r\nBcc: x@evil.example",
}


class Scene:
    """A conference with an office, two delegations and their focal points, and a category for the media."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference(acronym="SC")
        build.category(self.conference, code="delegate", is_open_to_all=False)
        build.category(self.conference, code="media", name={"en": "Media"}, is_for_delegations=False)
        self.organizer = build.staff(self.conference, Role.ORGANIZER)
        self.officer = build.staff(self.conference, Role.ACCREDITATION_OFFICER)
        self.delegation, self.focal_point = self.invited()
        self.other, self.other_focal_point = self.invited()

    def invited(self) -> tuple[Delegation, Account]:
        delegation, focal_point = build.delegation(self.conference), build.account()
        build.mandate(focal_point, Role.FOCAL_POINT, self.conference, delegation_id=delegation.id)
        return build.change(delegation, invited_at=clock.now()), focal_point

    def as_(self, account: Account | None) -> Client:
        client = self.app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(account) if account is not None else client

    def member(self, **changes: Any) -> str:
        values: dict[str, Any] = {"given_name": "Dewi", "family_name": "Contoh", "passport_number": "X1234567"}
        with in_conference(self.conference.id), writing():
            row = db.session.get_one(Delegation, self.delegation.id)
            return actions.register_member(SYSTEM, row, Entry(**(values | changes))).ref

    def decide(self, ref: str, verb: str, reason: str = "") -> None:
        with in_conference(self.conference.id), writing():
            row = queries.registration(SYSTEM, self.conference, ref)
            move = ACCREDITATION.named(verb)
            assert row is not None
            assert move is not None
            actions.change_status(row, move, by=SYSTEM, reason=reason)

    def row(self, ref: str) -> Registration:
        with across_conferences("test"):
            return db.session.scalars(
                select(Registration).where(Registration.ref == ref).options(joinedload(Registration.person))
            ).one()

    @property
    def public(self) -> str:
        return f"/{self.conference.slug}/register"

    @property
    def desk(self) -> str:
        return f"/desk/{self.conference.slug}"

    @property
    def me(self) -> str:
        return f"/me/{self.conference.slug}"


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def page(answer: Any) -> str:
    return answer.get_data(as_text=True)


def count(kind: Any) -> int:
    with across_conferences("test"):
        return db.session.scalar(select(func.count(kind.id))) or 0


MEMBER = {"given_name": "Ayu", "family_name": "Misal", "capacity": "delegate", "language": "en", "data_use": "y"}
ONESELF = {
    "category": "media",
    "given_name": "Erika",
    "family_name": "Muster",
    "email": "erika@news.example",
    "organization": "Sample News",
    "data_use": "y",
}


# --- the public form --------------------------------------------------------------------------------------------------


def test_register_shows_the_form_and_nothing_is_ticked_before(scene: Scene) -> None:
    answer = scene.as_(None).get(scene.public)
    assert answer.status_code == 200
    assert "checked" not in page(answer)
    assert page(answer).count("<h1") == 1


def test_register_is_drawn_once_with_keys_for_each_reader(scene: Scene) -> None:
    def keys(client: Client) -> list[str]:
        return re.findall(r'name="(?:csrf_token|form_key)" value="([^"]+)"', page(client.get(scene.public)))

    first, second = scene.as_(None), scene.as_(None)
    seen = [*keys(first), *keys(second), keys(first)[1]]
    assert len(seen) == len(set(seen)) == 5
    media = build.save(
        Category(conference_id=scene.conference.id, code="x", name={"en": "Academia"}, is_open_to_all=True)
    )
    assert "Academia" in page(first.get(scene.public))
    build.change(media, name={"en": "Universities", "id": "Perguruan tinggi"})
    assert "Universities" in page(second.get(scene.public))
    assert "Perguruan tinggi" in page(second.get(f"/id{scene.public}"))
    assert "Universities" in page(second.get(scene.public))


def test_register_takes_a_registration_and_says_what_happens_next(scene: Scene) -> None:
    client = scene.as_(None)
    answer = client.send(scene.public, **ONESELF)
    assert answer.status_code == 303
    after = page(client.get(answer.location))
    assert "SC" in after
    assert "erika" not in after.casefold()
    with across_conferences("test"):
        mail = db.session.scalars(select(Mail)).one()
        assert mail.recipient == "erika@news.example"
        assert mail.language == "en"


def test_register_is_answered_once_however_often_it_is_sent(scene: Scene) -> None:
    client = scene.as_(None)
    answers = [client.send(scene.public, _key="one-key", **ONESELF) for _ in range(3)]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, answers[0].location)}
    assert (count(Registration), count(Mail)) == (1, 1)


def test_registered_address_is_confirmed_by_the_mailed_link(scene: Scene) -> None:
    client = scene.as_(None)
    client.send(scene.public, **ONESELF)
    with across_conferences("test"):
        text = db.session.scalars(select(Mail.text)).one()
        ref = db.session.scalars(select(Registration.ref)).one()
    link = re.search(r"http://localhost(/\S*/links/\S+)", text)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    assert not scene.row(ref).is_confirmed
    onward = client.send(link[1], name="Erika")
    assert onward.status_code == 303
    assert scene.row(ref).is_confirmed
    assert client.get(onward.location).status_code == 200


@pytest.mark.parametrize("missing", ["given_name", "email", "organization", "data_use", "category"])
def test_register_with_something_missing_keeps_what_was_typed(scene: Scene, missing: str) -> None:
    fields = {name: value for name, value in ONESELF.items() if name != missing}
    answer = scene.as_(None).send(scene.public, **fields)
    assert answer.status_code == 422
    assert 'id="errors"' in page(answer)
    assert "Muster" in page(answer)
    assert count(Registration) == 0


@pytest.mark.parametrize(
    "field", ["given_name", "printed_name", "organization", "honorific", "email", "country", "category"]
)
def test_register_survives_hostile_words(scene: Scene, field: str) -> None:
    client, office = scene.as_(None), scene.as_(scene.officer)
    for name, words in HOSTILE.items():
        body = {**ONESELF, field: words, "form_key": name}
        answer = client.post(
            scene.public, data={key: value.encode("utf-8", "surrogatepass") for key, value in body.items()}
        )
        assert answer.status_code in (303, 413, 422), name
        assert "<script>alert" not in page(answer)
        if answer.status_code == 303:
            assert client.get(answer.location).status_code == 200
    for address in ("registrations", "registrations?q=%EF%B7%BA", "registrations.csv"):
        listed = office.get(f"{scene.desk}/{address}")
        assert listed.status_code == 200
        assert "<script>alert" not in page(listed) or address.endswith("csv")
        assert "\u202e" not in page(listed)


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [(-20, -1, "Registration closed on"), (5, 20, "Registration opens on"), (None, None, "will be announced")],
)
def test_register_says_when(scene: Scene, opens: int | None, closes: int | None, sentence: str) -> None:
    now = clock.now()
    build.change(
        scene.conference,
        registration_opens_at=None if opens is None else now + timedelta(days=opens),
        registration_closes_at=None if closes is None else now + timedelta(days=closes),
    )
    answer = scene.as_(None).get(scene.public)
    assert answer.status_code == 200
    assert sentence in page(answer)
    assert "<form class=" not in page(answer)
    scene.as_(None).send(scene.public, **ONESELF)
    assert count(Registration) == 0
    if opens is not None:
        assert "WITA" in page(answer)


def test_register_for_a_draft_is_not_there(scene: Scene) -> None:
    build.change(scene.conference, status=ConferenceStatus.DRAFT)
    assert scene.as_(None).get(scene.public).status_code == 404
    assert scene.as_(scene.organizer).get(scene.public).status_code == 200


def test_register_is_limited_for_one_mailbox(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(scene.app.config, "LIMITS", {"register_address": 1000})
    client = scene.as_(None)
    answers = [client.send(scene.public, **ONESELF).status_code for _ in range(7)]
    assert answers == [303] * 5 + [429] * 2


def test_calendar_file_can_be_read(scene: Scene) -> None:
    answer = scene.as_(None).get(f"{scene.public}/conference.ics")
    assert answer.mimetype == "text/calendar"
    assert b"BEGIN:VEVENT\r\n" in answer.data
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))


# --- the own pages ----------------------------------------------------------------------------------------------------


def test_focal_point_registers_corrects_and_withdraws_a_member(scene: Scene) -> None:
    client = scene.as_(scene.focal_point)
    mine = f"{scene.me}/delegations/{scene.delegation.ref}"
    assert client.get(f"{scene.me}/").location == mine
    assert client.send(f"{mine}/members/new", **MEMBER).status_code == 303
    with across_conferences("test"):
        ref = db.session.scalars(select(Registration.ref)).one()
    assert "Misal, Ayu" in page(client.get(mine))
    own = f"{scene.me}/registrations/{ref}"
    form = page(client.get(f"{own}/correct"))
    version = re.search(r'name="version"[^>]*value="([^"]+)"', form)
    assert version is not None
    changed = {**MEMBER, "family_name": "Umpama", "version": version[1]}
    assert client.send(f"{own}/correct", **changed).status_code == 303
    stale = client.send(f"{own}/correct", **{**changed, "family_name": "Basi"})
    assert stale.status_code == 409
    assert "Basi" in page(stale)
    assert client.send(f"{own}/withdraw").status_code == 303
    assert scene.row(ref).status == Status.WITHDRAWN
    assert client.send(f"{own}/withdraw").status_code == 409


def test_member_form_with_errors_keeps_what_was_typed(scene: Scene) -> None:
    client = scene.as_(scene.focal_point)
    url = f"{scene.me}/delegations/{scene.delegation.ref}/members/new"
    answer = client.send(url, **{**MEMBER, "given_name": "", "email": "no address"})
    assert answer.status_code == 422
    assert "no address" in page(answer)
    assert "Misal" in page(answer)


def test_returned_member_is_corrected_and_submitted_in_one_step(scene: Scene) -> None:
    ref = scene.member()
    scene.decide(ref, "return", "The name differs from the note verbale.")
    client = scene.as_(scene.focal_point)
    assert "The name differs" in page(client.get(f"{scene.me}/delegations/{scene.delegation.ref}"))
    fields = {**MEMBER, "version": scene.row(ref).version, "then": "submit"}
    assert client.send(f"{scene.me}/registrations/{ref}/correct", **fields).status_code == 303
    assert scene.row(ref).status == Status.SUBMITTED


def test_focal_point_answers_the_invitation(scene: Scene) -> None:
    client = scene.as_(scene.focal_point)
    mine = f"{scene.me}/delegations/{scene.delegation.ref}"
    assert client.send(f"{mine}/decline").status_code == 303
    assert client.send(f"{mine}/members/new", **MEMBER).status_code == 409
    assert client.send(f"{mine}/accept").status_code == 303
    assert client.send(f"{mine}/members/new", **MEMBER).status_code == 303
    assert f"{mine}/decline" in page(client.get(mine))
    assert "1 member is withdrawn with it" in page(client.get(f"{mine}/decline"))
    assert client.send(f"{mine}/decline").status_code == 409
    assert client.send(f"{mine}/decline", members="1", reason="x").status_code == 303
    shown = page(client.get(mine))
    assert [shown.count(f"<li>{word}, ") for word in ("Declined", "Accepted")] == [2, 1]
    assert client.get(f"{mine}/decline").status_code == 303
    assert scene.as_(scene.other_focal_point).get(f"{mine}/decline").status_code == 404


PDF = b"%PDF-1.7\nhello"


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (PDF, 303, ""),
        (b"<svg onload=alert(1)>", 422, "not a PDF"),
        (b"", 422, "not a PDF"),
        (b"%PDF-" + b"x" * 5_000_001, 422, "larger than 5 MB"),
    ],
)
def test_note_verbale_is_taken_and_downloaded(scene: Scene, content: bytes, status: int, sentence: str) -> None:
    client = scene.as_(scene.focal_point)
    mine = f"{scene.me}/delegations/{scene.delegation.ref}"
    answer = client.send(
        f"{mine}/credentials",
        kind="note_verbale",
        number="12/2026",
        dated_on="2026-11-20",
        file=(io.BytesIO(content), "../../note\u202e.pdf"),
    )
    assert answer.status_code == status
    assert sentence in page(answer)
    assert count(Credential) == (status == 303)
    if status == 303:
        with across_conferences("test"):
            ref = db.session.scalars(select(Credential.ref)).one()
        file = client.get(f"{mine}/credentials/{ref}")
        assert file.data == PDF
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert (
            scene.as_(scene.officer)
            .get(f"{scene.desk}/delegations/{scene.delegation.ref}/credentials/{ref}")
            .status_code
            == 200
        )
        assert scene.as_(scene.other_focal_point).get(f"{mine}/credentials/{ref}").status_code == 404


def test_delegate_sees_the_own_registration_and_who_looked_at_it(scene: Scene) -> None:
    ref = scene.member(email="dewi@ministry.example")
    with across_conferences("test"):
        delegate = db.session.scalars(select(Account).where(Account.email == "dewi@ministry.example")).one()
    client = scene.as_(delegate)
    own = f"{scene.me}/registrations/{ref}"
    assert client.get(own).status_code == 200
    assert client.get(f"{scene.me}/delegations/{scene.delegation.ref}").status_code == 404
    scene.as_(scene.officer).send(f"{scene.desk}/registrations/{ref}/passport", reason="Access list of the venue")
    shown = page(client.get(own))
    assert "Access list of the venue" in shown
    assert "X1234567" not in shown
    for kind, given, status in (
        ("photographs", "yes", 303),
        ("photographs", "no", 303),
        ("data_use", "no", 409),
        ("x", "no", 404),
    ):
        assert client.send(f"{own}/consents/{kind}", given=given).status_code == status


# --- the desk ---------------------------------------------------------------------------------------------------------


def test_organizer_adds_several_orders_invites_and_sets_places(scene: Scene) -> None:
    client = scene.as_(scene.organizer)
    parties = [build.party(designation={"en": name}) for name in ("Zeta", "Alpha")]
    assert client.send(f"{scene.desk}/delegations/add", party=[one.ref for one in parties]).status_code == 303
    assert client.send(f"{scene.desk}/delegations/add").status_code == 422
    assert client.send(f"{scene.desk}/delegations/add", own="yes", **{"name-en": "Own Body"}).status_code == 303
    preview = client.send(f"{scene.desk}/delegations/order", language="en")
    seen = re.search(r'name="seen" value="(\w+)"', page(preview))
    assert preview.status_code == 200
    assert seen
    assert client.send(f"{scene.desk}/delegations/order", language="en", seen=seen[1]).status_code == 303
    listed = page(client.get(f"{scene.desk}/delegations"))
    assert listed.index("Alpha") < listed.index("Own Body") < listed.index("Zeta")
    with across_conferences("test"):
        zeta = db.session.scalars(select(Delegation).where(Delegation.party_id == parties[0].id)).one()
    url = f"{scene.desk}/delegations/{zeta.ref}"
    assert client.send(f"{url}/up").status_code == 303
    assert client.send(f"{url}/places", places="4").status_code == 303
    assert client.send(f"{url}/places", places="many").status_code == 422
    assert client.send(f"{url}/invite", email="embassy@zeta.example", language="en").status_code == 303
    again = client.send(f"{url}/invite", email="embassy@zeta.example", language="en")
    assert again.status_code == 422
    assert "embassy@zeta.example" in page(again)
    names = {"name-en": "Zeta Republic", "name-id": "Republik Zeta", "formal_name-en": "the Republic of Zeta"}
    names |= {"addressee-en": "the Embassy of Zeta in Exampletown"}
    names |= {"kind": "state", "groups": "ASEAN", "tags": ""}
    assert client.send(f"{url}/names", **names).status_code == 303
    assert client.send(f"{url}/names", **{"name-en": ""}).status_code == 422
    assert "Zeta Republic" in page(client.get(f"{scene.desk}/delegations?q=republik"))
    assert "the Embassy of Zeta in Exampletown" in page(client.get(url))
    for verb in ("acknowledge", "accept"):
        assert client.send(f"{url}/{verb}").status_code == 303
    shown = page(client.get(url))
    assert "0 of 4 places" in shown
    assert "embassy@zeta.example" in shown
    wrong = client.send(f"{url}/decline", day="2019-01-01")
    assert wrong.status_code == 422
    assert 'value="2019-01-01"' in page(wrong)
    assert "no answer can have come before it" in page(wrong)
    assert client.send(f"{url}/decline", day="soon").status_code == 422
    assert client.send(f"{url}/decline", day=clock.today(scene.conference.zone).isoformat()).status_code == 303
    assert client.send(f"{url}/remove").status_code == 409
    sent = client.send(f"{scene.desk}/delegations/places", delegation=[zeta.ref, scene.delegation.ref], places="6")
    assert sent.status_code == 303
    assert page(client.get(f"{scene.desk}/delegations")).count("0 of 6 places") == 2


def test_officer_decides_with_reasons_and_the_ledger_shows_it(scene: Scene) -> None:
    ref = scene.member()
    client = scene.as_(scene.officer)
    url = f"{scene.desk}/registrations/{ref}"
    bare = client.send(f"{url}/return")
    assert bare.status_code == 422
    assert "Please give a reason" in page(bare)
    assert client.send(f"{url}/return", reason="The name differs.").status_code == 303
    assert client.send(f"{url}/accredit").status_code == 409
    assert "The name differs." in page(client.get(url))
    assert client.send(f"{url}/nonsense").status_code == 404
    assert client.send(f"{url}/review").status_code == 404


def test_a_decision_on_a_stale_page_is_refused(scene: Scene) -> None:
    ref = scene.member()
    version = scene.row(ref).version
    fields = {**MEMBER, "version": version}
    assert scene.as_(scene.focal_point).send(f"{scene.me}/registrations/{ref}/correct", **fields).status_code == 303
    answer = scene.as_(scene.officer).send(f"{scene.desk}/registrations/{ref}/accredit", version=version)
    assert answer.status_code == 409
    assert scene.row(ref).status == Status.SUBMITTED


def test_several_are_accredited_by_name_all_or_none(scene: Scene) -> None:
    refs = [scene.member(given_name=name) for name in ("Ani", "Budi", "Citra")]
    client = scene.as_(scene.officer)
    asked = page(client.get(f"{scene.desk}/registrations/selection", query_string={"ref": refs}))
    assert "3 persons ticked" in asked
    assert "possible for 3 of 3" in asked
    assert "Contoh, Budi" in asked
    scene.decide(refs[1], "withdraw")
    assert client.send(f"{scene.desk}/registrations/accredit", ref=refs).status_code == 409
    assert [scene.row(ref).status for ref in refs] == [Status.SUBMITTED, Status.WITHDRAWN, Status.SUBMITTED]
    assert client.send(f"{scene.desk}/registrations/accredit", ref=[refs[0], refs[2]]).status_code == 303
    assert [scene.row(ref).status for ref in (refs[0], refs[2])] == [Status.ACCREDITED] * 2


def test_passport_is_opened_with_a_reason_and_noted(scene: Scene) -> None:
    ref = scene.member()
    url = f"{scene.desk}/registrations/{ref}"
    assert "X1234567" not in page(scene.as_(scene.officer).get(url))
    bare = scene.as_(scene.officer).send(f"{url}/passport")
    assert bare.status_code == 422
    assert "X1234567" not in page(bare)
    assert scene.as_(scene.organizer).send(f"{url}/passport", reason="Curiosity").status_code == 403
    assert count(Reading) == 0
    opened = scene.as_(scene.officer).send(f"{url}/passport", reason="Access list")
    assert opened.status_code == 200
    assert "X1234567" in page(opened)
    assert opened.headers["Cache-Control"] == "no-store"
    with across_conferences("test"):
        reading = db.session.scalars(select(Reading)).one()
        assert (reading.field, reading.reason, reading.account_id) == (
            "passport_number",
            "Access list",
            scene.officer.id,
        )


def test_passport_stays_closed_when_the_reading_cannot_be_noted(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    ref, client = scene.member(), scene.as_(scene.officer)

    def broken(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("confapp.registration.views.desk.registrations.db.session.add", broken)
    answer = client.send(f"{scene.desk}/registrations/{ref}/passport", reason="Access list")
    assert answer.status_code == 503
    assert "X1234567" not in page(answer)


def test_list_is_filtered_searched_and_sorted(scene: Scene) -> None:
    ani, budi = scene.member(given_name="Ani", family_name="Äther"), scene.member(given_name="Budi", family_name="Zain")
    scene.decide(budi, "accredit")
    client = scene.as_(scene.officer)

    def listed(**query: str) -> str:
        return page(client.get(f"{scene.desk}/registrations", query_string=query))

    assert "Äther, Ani" in listed(q="ather")
    assert "Zain" not in listed(q="ather")
    assert "Zain, Budi" in listed(q=scene.row(budi).number)
    assert "Äther" not in listed(status="accredited")
    assert "No registration matches" in listed(q="100%_\\")
    assert "No registration matches" in listed(q="nobody", status="submitted", category="media")
    for odd in (
        {"page": "-4"},
        {"page": "99999999999"},
        {"page": "x"},
        {"status": "x"},
        {"sort": "x"},
        {"q": "\x00\u202e"},
    ):
        assert client.get(f"{scene.desk}/registrations", query_string=odd).status_code == 200
    assert listed(sort="name").index("Zain") > 0
    assert ani != budi


def test_exports_are_safe_in_a_spreadsheet_and_noted(scene: Scene) -> None:
    scene.member(given_name="=1+1", functional_title="@SUM(A1)", honorific="+62")
    client = scene.as_(scene.organizer)
    answer = client.get(f"{scene.desk}/registrations.csv")
    assert answer.data.startswith("\ufeff".encode())
    head, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    values = dict(zip(head, row, strict=True))
    assert values["Given name"] == "'=1+1"
    assert values["Functional title"] == "'@SUM(A1)"
    assert values["Style of address"] == "'+62"
    assert client.get(f"{scene.desk}/delegations.csv").status_code == 200
    with across_conferences("test"):
        noted = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.verb == "export")).all()
    assert {facts["what"]: facts["rows"] for facts in noted} == {"registrations": 1, "delegations": 2}


def test_categories_are_added_and_changed(scene: Scene) -> None:
    client = scene.as_(scene.organizer)
    fields = {"code": "Observer!", "name-en": "Observer", "track": "accreditation", "open_to_all": "y", "capacity": "5"}
    assert client.send(f"{scene.desk}/categories/new", **fields).status_code == 303
    assert client.send(f"{scene.desk}/categories/new", **fields).status_code == 422
    with across_conferences("test"):
        made = db.session.scalars(select(Category).where(Category.code == "observer")).one()
    changed = {**fields, "name-id": "Peninjau", "capacity": ""}
    assert client.send(f"{scene.desk}/categories/{made.ref}", **changed).status_code == 303
    shown = page(client.get(f"{scene.desk}/categories"))
    assert "no limit" in shown
    assert client.get(f"/id{scene.desk}/categories").status_code == 200
    assert "Peninjau" in page(client.get(f"/id{scene.desk}/categories"))
    assert scene.as_(scene.officer).send(f"{scene.desk}/categories/new", **fields).status_code == 403


# --- who is turned away -----------------------------------------------------------------------------------------------


def _addresses(scene: Scene, ref: str) -> Iterator[tuple[str, str]]:
    row = scene.row(ref)
    delegation = scene.delegation.ref
    for path in (
        "delegations",
        "delegations.csv",
        "delegations/add",
        f"delegations/{delegation}",
        f"delegations/{delegation}/members/new",
        "registrations",
        "registrations.csv",
        f"registrations/selection?ref={row.ref}",
        f"registrations/{row.ref}",
        f"registrations/{row.ref}/correct",
        "categories",
        "categories/new",
    ):
        yield "GET", f"{scene.desk}/{path}"
    for path in (
        f"delegations/{delegation}/accept",
        f"delegations/{delegation}/places",
        f"delegations/{delegation}/credentials",
        f"registrations/{row.ref}/accredit",
        f"registrations/{row.ref}/withdraw",
        f"registrations/{row.ref}/passport",
        f"registrations/{row.ref}/link",
        "registrations/accredit",
    ):
        yield "POST", f"{scene.desk}/{path}"
    for path in (
        f"delegations/{delegation}",
        f"delegations/{delegation}/members/new",
        f"registrations/{row.ref}",
        f"registrations/{row.ref}/correct",
    ):
        yield "GET", f"{scene.me}/{path}"
    for path in (
        f"delegations/{delegation}/accept",
        f"registrations/{row.ref}/withdraw",
        f"registrations/{row.ref}/link",
    ):
        yield "POST", f"{scene.me}/{path}"


def _outsiders(scene: Scene) -> dict[str, Account | None]:
    elsewhere = build.conference()
    return {
        "nobody": None,
        "somebody without a role": build.account(),
        "organizer of another conference": build.staff(elsewhere, Role.ORGANIZER),
        "accreditation officer whose role has ended": build.staff(
            scene.conference, Role.ACCREDITATION_OFFICER, ends_at=clock.now() - timedelta(minutes=1)
        ),
        "focal point of another delegation": scene.other_focal_point,
    }


def test_outsiders_find_nothing_and_change_nothing(scene: Scene) -> None:
    ref = scene.member()
    before = scene.row(ref).version
    for who, account in _outsiders(scene).items():
        client = scene.as_(account)
        for method, address in _addresses(scene, ref):
            answer = client.get(address) if method == "GET" else client.send(address, reason="x", ref=ref, places="1")
            expected = {303} if who == "nobody" else {403, 404} if who.startswith("focal") else {404}
            assert answer.status_code in expected, (who, method, address)
            assert "Contoh" not in page(answer)
    assert scene.row(ref).version == before
    assert scene.row(ref).status == Status.SUBMITTED


def test_references_of_another_conference_are_not_found(scene: Scene) -> None:
    ref = scene.member()
    foreign = build.conference()
    organizer, officer = build.staff(foreign, Role.ORGANIZER), build.staff(foreign, Role.ACCREDITATION_OFFICER)
    desk = f"/desk/{foreign.slug}"
    for account in (organizer, officer):
        client = scene.as_(account)
        for path in (f"registrations/{ref}", f"delegations/{scene.delegation.ref}"):
            assert client.get(f"{desk}/{path}").status_code == 404
        assert client.get(f"{desk}/registrations/selection", query_string={"ref": ref}).status_code == 303
        client.send(f"{desk}/registrations/accredit", ref=ref)
        assert client.send(f"{desk}/registrations/{ref}/accredit").status_code == 404
        assert "Contoh" not in page(client.get(f"{desk}/registrations.csv"))
        assert "Contoh" not in page(client.get(f"{desk}/registrations", query_string={"q": "Dewi"}))
    assert scene.as_(None).get(f"/{foreign.slug}/register/{ref}").status_code == 404
    assert scene.row(ref).status == Status.SUBMITTED


def test_viewers_see_and_decide_nothing(scene: Scene) -> None:
    ref = scene.member()
    viewer = scene.as_(build.staff(scene.conference, Role.VIEWER))
    assert viewer.get(f"{scene.desk}/registrations/{ref}").status_code == 200
    assert viewer.send(f"{scene.desk}/registrations/{ref}/accredit").status_code == 403
    for name in ("registrations", "delegations"):
        assert "csv" not in page(viewer.get(f"{scene.desk}/{name}"))
        assert viewer.get(f"{scene.desk}/{name}.csv").status_code == 403, "a list of addresses is not taken out by all"
    assert viewer.send(f"{scene.desk}/delegations/{scene.delegation.ref}/accept").status_code == 403
    assert viewer.get(f"{scene.me}/registrations/{ref}").status_code == 404


# --- how many questions a page asks -----------------------------------------------------------------------------------


def _asked(client: Client, address: str) -> int:
    client.get(address)
    with build.count_queries() as counted:
        assert client.get(address).status_code == 200
    return counted.number


@pytest.mark.parametrize(
    "address",
    [
        "desk/registrations",
        "desk/delegations",
        "desk/delegation",
        "me/delegation",
        "desk/registrations.csv",
        "desk/delegations.csv",
    ],
)
def test_three_rows_ask_no_more_than_one(scene: Scene, address: str) -> None:
    side, name = address.split("/")
    paths = {"delegation": f"delegations/{scene.delegation.ref}"}
    base = scene.desk if side == "desk" else scene.me
    client = scene.as_(scene.organizer if side == "desk" else scene.focal_point)
    url = f"{base}/{paths.get(name, name)}"
    scene.member()
    one = _asked(client, url)
    for number in range(2):
        scene.decide(scene.member(given_name=f"Name {number}"), "return", "The name differs.")
        scene.invited()
    assert _asked(client, url) == one


def test_the_public_form_asks_little(scene: Scene) -> None:
    client = scene.as_(None)
    assert _asked(client, scene.public) <= 5


def test_registering_tells_the_database_little_however_many_are_written_to(scene: Scene) -> None:
    """The counted ones run under the write lock but for the first few: each more makes all others wait."""
    client, url, counts = scene.as_(scene.focal_point), f"{scene.me}/delegations/{scene.delegation.ref}/members/new", []
    for number in range(4):
        fields = MEMBER | {"given_name": f"Name {number}", "email": f"name{number}@mail.example"}
        mails = count(Mail)
        with build.count_queries() as counted:
            assert client.send(url, **fields).status_code == 303
        assert count(Mail) == mails + 2 + number
        counts.append(counted.number)
        build.mandate(build.account(), Role.FOCAL_POINT, scene.conference, delegation_id=scene.delegation.id)
    assert counts[1] == counts[3] <= 30


def test_persons_are_kept_as_typed(scene: Scene) -> None:
    scene.member(given_name="van", family_name="der BERG", honorific="H.E. Prof. Dr")
    with across_conferences("test"):
        person = db.session.scalars(select(Person)).one()
    assert (person.given_name, person.family_name) == ("van", "der BERG")
    assert person.full_name == "H.E. Prof. Dr van der BERG"


def test_the_desk_is_not_for_those_who_take_part(scene: Scene) -> None:
    """They have pages of their own; what stands at the desk about them is the office's."""
    ref = scene.member(email="dewi@mail.example")
    client, before = scene.as_(scene.focal_point), scene.row(ref).version
    for path in (
        f"registrations/{ref}/withdraw",
        f"registrations/{ref}/accredit",
        f"registrations/{ref}/link",
        f"delegations/{scene.delegation.ref}/members/new",
    ):
        answer = client.send(f"{scene.desk}/{path}", version="0.0")
        assert (answer.status_code, "Contoh" in page(answer)) == (403, False), path
    assert scene.row(ref).version == before


def test_a_name_longer_than_its_print_is_asked_for(scene: Scene) -> None:
    client, address = scene.as_(None), scene.public
    names = {"given_name": "G" * 120, "family_name": "F" * 120}
    refused = client.send(address, **(ONESELF | names | {"category": code_of_category(scene)}))
    assert (refused.status_code, "long name should be printed" in page(refused)) == (422, True)
    fields = ONESELF | names | {"category": code_of_category(scene), "printed_name": "F" * 200}
    assert client.send(address, **fields).status_code == 303


def code_of_category(scene: Scene) -> str:
    with in_conference(scene.conference.id):
        return queries.categories(open_to_all=True)[0].code
