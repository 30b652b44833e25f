"""Photographs, accompanying persons, own addresses, promotion, merging, and the delegation's page."""

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from confapp.foundation import clock, files, sealing
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, db
from confapp.foundation.files import StoredFile
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Mail
from confapp.foundation.sealing import Reading
from confapp.people.models import Consent, Person
from confapp.people.rules import Role
from confapp.registration import actions
from confapp.registration.actions.erasing import erase_person
from confapp.registration.models import Answer, Category, Credential, Delegation, Letter, Registration
from confapp.registration.rules import ACCREDITATION, Capacity, CredentialKind, Entry, PhotoNeed, Rank, Status
from confapp.registration.rules.letters import LetterKind
from confapp.speakers import actions as speakers
from confapp.speakers.models import Speaker
from tests import build
from tests.registration.people.conftest import MEMBER, PERSON, Scene, count, page, picture
from tests.registration.people.test_rules import HOSTILE


def member(scene: Scene, **changes: Any) -> Registration:
    values = {"given_name": "Dewi", "family_name": "Contoh", "email": "dewi@ministry.example"} | changes

    def make() -> str:
        delegation = db.session.get_one(Delegation, scene.delegation.id)
        category = db.session.get_one(Category, scene.entered.id)
        return actions.register_member(SYSTEM, delegation, Entry(**values), category).ref

    return scene.row(scene.do(make))


def applicant(scene: Scene, **changes: Any) -> Registration:
    values = {
        "given_name": "Budi",
        "family_name": "Misal",
        "email": "budi@press.example",
        "organization": "Daily Sample",
    }
    entry = Entry(**(values | {"consents": frozenset({"data_use"})} | changes))
    category = scene.public.id
    make = lambda: actions.self_register(scene.conference, db.session.get_one(Category, category), entry).ref  # noqa: E731
    return scene.row(scene.do(make))


def send_photo(
    scene: Scene, account: Any, row: Registration, content: bytes, name: str = "me.jpg", **fields: Any
) -> Any:
    client = scene.as_(account) if not isinstance(account, build.Client) else account
    fields["photo"] = (io.BytesIO(content), name)
    return client.send(f"{scene.me}/registrations/{row.ref}/photo", **fields)


def stored() -> list[StoredFile]:
    with across_conferences("test"):
        return list(db.session.scalars(select(StoredFile).order_by(StoredFile.id)).all())


def readings() -> list[Reading]:
    with across_conferences("test"):
        return list(db.session.scalars(select(Reading).order_by(Reading.id)).all())


# --- photographs ------------------------------------------------------------------------------------------------------


def test_a_photograph_is_sealed_shown_replaced_and_removed(scene: Scene) -> None:
    row = member(scene)
    assert send_photo(scene, scene.focal_point, row, picture(), left="10", top="0", width="50").status_code == 303
    (file,) = stored()
    assert file.sealed_class == "high"
    assert b"JFIF" not in files.path_of(file.sha256).read_bytes()
    url = f"{scene.me}/registrations/{row.ref}/photo.jpg"
    own = scene.as_person(row).get(url)
    assert Image.open(io.BytesIO(own.data)).size == (600, 800)
    assert (own.headers["Cache-Control"], own.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert not readings()
    assert send_photo(scene, scene.focal_point, row, picture(kind="PNG"), "me.png").status_code == 303
    assert [file.erased_at is None for file in stored()] == [False, True]
    gone = scene.as_(scene.focal_point).send(f"{scene.me}/registrations/{row.ref}/photo", verb="remove")
    assert gone.status_code == 303
    assert scene.row(row.ref).person.photo_id is None
    assert scene.as_person(row).get(url).status_code == 404
    assert not [file for file in stored() if file.erased_at is None]


def test_each_look_of_another_is_recorded_and_shown_to_the_person(scene: Scene) -> None:
    row = member(scene)
    send_photo(scene, scene.focal_point, row, picture())
    assert scene.as_(scene.officer).get(f"{scene.desk}/registrations/{row.ref}/photo.jpg").status_code == 200
    assert scene.as_(scene.focal_point).get(f"{scene.me}/registrations/{row.ref}/photo.jpg").status_code == 200
    assert [(one.field, one.data_class, one.subject_id) for one in readings()] == [("photo", "high", row.person_id)] * 2
    assert page(scene.as_person(row).get(f"{scene.me}/registrations/{row.ref}")).count("Looked at the photograph") == 2


def test_only_the_page_that_takes_a_photograph_may_open_the_camera(scene: Scene) -> None:
    row = member(scene)
    own = f"{scene.me}/registrations/{row.ref}"
    answers = {path: scene.as_person(row).get(own + path) for path in ("", "/photo")}
    allowed = {path: answer.headers["Permissions-Policy"].partition(",")[0] for path, answer in answers.items()}
    assert allowed == {"": "camera=()", "/photo": "camera=(self)"}


def test_a_photograph_is_for_the_office_that_accredits_and_its_own_side(scene: Scene) -> None:
    row = member(scene)
    send_photo(scene, scene.focal_point, row, picture())
    url = f"{scene.desk}/registrations/{row.ref}/photo.jpg"
    viewer = build.staff(scene.conference, Role.VIEWER)
    for account, status in ((scene.organizer, 403), (scene.protocol, 403), (viewer, 403), (scene.focal_point, 403)):
        assert scene.as_(account).get(url).status_code == status
    own = f"{scene.me}/registrations/{row.ref}/photo.jpg"
    for account in (scene.other_focal_point, viewer, build.account()):
        assert scene.as_(account).get(own).status_code == 404
    assert not readings()


def test_a_first_photograph_is_taken_after_the_closing_and_another_one_is_not(scene: Scene) -> None:
    row = member(scene)
    build.change(scene.conference, registration_closes_at=clock.now() - timedelta(hours=1))
    heic = b"\0\0\0\x18ftypheic" + b"\0" * 900
    assert "HEIC picture" in page(send_photo(scene, scene.focal_point, row, heic))
    assert "Add a photograph" in page(scene.as_(scene.focal_point).get(f"{scene.me}/registrations/{row.ref}"))
    assert send_photo(scene, scene.focal_point, row, picture()).status_code == 303
    again = send_photo(scene, scene.focal_point, row, picture())
    assert again.status_code == 409
    assert "Registration closed on " in page(again)


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_photograph_is_refused_and_not_kept(scene: Scene, content: bytes) -> None:
    row = member(scene)
    answer = send_photo(scene, scene.focal_point, row, content, "face.png")
    assert answer.status_code in (413, 422)
    assert scene.row(row.ref).person.photo_id is None
    assert not stored()


def test_fifty_megabytes_are_turned_away_before_they_are_read(scene: Scene) -> None:
    row = member(scene)
    assert send_photo(scene, scene.focal_point, row, b"\xff\xd8\xff" + b"\0" * 50_000_000).status_code == 413
    elsewhere = scene.as_(scene.focal_point)
    large = {"photo": (io.BytesIO(b"\0" * 3_000_000), "a.jpg")}
    assert elsewhere.send(f"{scene.me}/registrations/{row.ref}/withdraw", **large).status_code == 413


def test_names_of_files_mean_nothing(scene: Scene) -> None:
    row = member(scene)
    assert send_photo(scene, scene.focal_point, row, picture(), "../../\u202egpj.exe\x00").status_code == 303
    assert stored()[0].name == "photo.jpg"


def test_no_file_is_asked_for_one_and_nonsense_in_the_crop_is_the_middle(scene: Scene) -> None:
    row = member(scene)
    empty = send_photo(scene, scene.focal_point, row, b"", "")
    assert (empty.status_code, "Choose a picture, or take one." in page(empty)) == (422, True)
    crop = {"left": "NaN", "top": "'; --", "width": "-5"}
    assert send_photo(scene, scene.focal_point, row, picture(), **crop).status_code == 303


def test_another_face_after_accreditation_is_looked_at_again_and_a_first_one_is_not(scene: Scene) -> None:
    row = member(scene)

    def accredit() -> None:
        move = ACCREDITATION.named("accredit")
        assert move is not None
        actions.change_status(scene.fresh(row.ref), move, by=SYSTEM)

    scene.do(accredit)
    send_photo(scene, scene.focal_point, row, picture())
    assert scene.row(row.ref).status == Status.ACCREDITED
    send_photo(scene, scene.focal_point, row, picture(1000, 1000))
    assert scene.row(row.ref).status == Status.UNDER_REVIEW


def test_others_send_no_photograph(scene: Scene) -> None:
    row = member(scene)
    for account in (scene.other_focal_point, scene.protocol, build.account()):
        assert send_photo(scene, account, row, picture()).status_code == 404
    assert not stored()


def test_a_photograph_that_is_needed_stands_among_what_is_missing(scene: Scene) -> None:
    build.change(scene.entered, photo=PhotoNeed.REQUIRED)
    row = member(scene)
    url = f"{scene.me}/delegations/{scene.delegation.ref}"
    assert "A photograph" in page(scene.as_(scene.focal_point).get(url))
    send_photo(scene, scene.focal_point, row, picture())
    assert "A photograph" not in page(scene.as_(scene.focal_point).get(url))


def test_where_no_photograph_is_asked_for_none_is_taken(scene: Scene) -> None:
    build.change(scene.entered, photo=PhotoNeed.NONE)
    assert send_photo(scene, scene.focal_point, member(scene), picture()).status_code == 404
    assert not stored()


# --- accompanying persons ---------------------------------------------------------------------------------------------


def companion(scene: Scene, row: Registration, account: Any = None) -> Registration:
    sent = {"given_name": "Sari", "family_name": "Contoh", "language": "en", "data_use": "y"}
    url = f"{scene.me}/registrations/{row.ref}/companions/new"
    assert scene.as_(account or scene.focal_point).send(url, **sent).status_code == 303
    return scene.rows(accompanies_id=row.id)[-1]


def test_who_accompanies_has_a_registration_of_their_own_and_takes_no_place_of_the_delegation(scene: Scene) -> None:
    scene.limit(scene.delegation, 1)
    row = member(scene)
    made = companion(scene, row)
    assert (made.delegation_id, made.category_id, made.status) == (row.delegation_id, scene.spouse.id, Status.SUBMITTED)
    assert scene.taken(scene.delegation) == 1
    listed = page(scene.as_(scene.focal_point).get(f"{scene.me}/delegations/{scene.delegation.ref}"))
    assert listed.index("Contoh, Dewi") < listed.index("Contoh, Sari")
    assert "Accompanying person" in listed


def test_the_own_page_registers_and_withdraws_who_accompanies(scene: Scene) -> None:
    row = applicant(scene)
    account = build.account()
    build.mandate(account, Role.DELEGATE, scene.conference, person_id=row.person_id)
    made = companion(scene, row, account)
    assert made.organization == "Daily Sample"
    own = scene.as_(account)
    assert own.get(f"{scene.me}/registrations/{made.ref}").status_code == 200
    assert own.send(f"{scene.me}/registrations/{made.ref}/withdraw").status_code == 303
    back = own.get(f"{scene.me}/registrations/{made.ref}/withdraw")  # the button back, after it was done
    assert back.location.endswith(f"/registrations/{made.ref}")
    assert (scene.row(made.ref).status, scene.row(row.ref).status) == (Status.WITHDRAWN, Status.SUBMITTED)


def test_who_accompanies_waits_where_no_place_is_left(scene: Scene) -> None:
    row, client = member(scene), scene.as_(scene.focal_point)
    scene.limit(scene.spouse, 0)
    own = f"{scene.me}/registrations/{row.ref}"
    sent = {"given_name": "Sari", "family_name": "Contoh", "email": "sari@x.example", "language": "en", "data_use": "y"}
    offered = page(client.get(f"{own}/companions/new"))
    assert "All places of this category are taken." in offered
    assert "Put this person on the waiting list" in offered
    refused = client.send(f"{own}/companions/new", **sent)
    assert refused.status_code == 409
    assert 'value="Sari"' in page(refused)
    assert client.send(f"{own}/companions/new", **sent, waits="yes").status_code == 303
    shown = page(client.get(own))
    assert re.search(r"Sari Contoh was registered as \S+ and is on the waiting list\.", shown)
    assert "Waiting" in shown.partition("Accompanying persons")[2]
    with across_conferences("test"):
        told = db.session.scalars(select(Mail.subject).where(Mail.recipient == "sari@x.example")).all()
    assert any("On the waiting list" in subject for subject in told)
    scene.limit(scene.spouse, 1)
    assert scene.taken(scene.spouse) == 1
    assert "Waiting" not in page(client.get(own)).partition("Accompanying persons")[2]
    build.change(scene.spouse, takes_waiting=False)
    assert "Put this person on the waiting list" not in page(client.get(f"{own}/companions/new"))
    assert client.send(f"{own}/companions/new", **sent, waits="yes").status_code == 409


@pytest.mark.parametrize("is_ticked", [True, False])
def test_when_the_member_withdraws_the_question_is_asked(scene: Scene, is_ticked: bool) -> None:
    row = member(scene)
    made = companion(scene, row)
    client, url = scene.as_(scene.focal_point), f"{scene.me}/registrations/{row.ref}/withdraw"
    assert f'value="{made.ref}"' in page(client.get(url))
    asked = page(client.get(f"{scene.me}/registrations/{made.ref}/correct"))
    assert [name in asked for name in ('name="badge_name"', 'name="capacity"', 'name="rank"')] == [True, False, False]
    assert client.send(url, **({"with": made.ref} if is_ticked else {})).status_code == 303
    assert scene.row(row.ref).status == Status.WITHDRAWN
    assert scene.row(made.ref).status == (Status.WITHDRAWN if is_ticked else Status.SUBMITTED)
    desk = scene.as_(scene.officer)
    assert ("The member has left" in page(desk.get(f"{scene.desk}/registrations/{row.ref}"))) is not is_ticked
    assert desk.send(f"{scene.desk}/registrations/{row.ref}/companions/withdraw").status_code == 303
    assert scene.row(made.ref).status == Status.WITHDRAWN


def test_only_who_accompanies_this_member_is_withdrawn_with_it(scene: Scene) -> None:
    row, other = member(scene), member(scene, given_name="Eka")
    url = f"{scene.me}/registrations/{row.ref}/withdraw"
    scene.as_(scene.focal_point).send(url, **{"with": other.ref})
    assert scene.row(other.ref).status == Status.SUBMITTED


def test_nobody_accompanies_who_accompanies_or_has_left(scene: Scene) -> None:
    row = member(scene)
    made = companion(scene, row)
    client, sent = scene.as_(scene.focal_point), {"given_name": "X", "language": "en", "data_use": "y"}
    assert client.send(f"{scene.me}/registrations/{made.ref}/companions/new", **sent).status_code == 409
    client.send(f"{scene.me}/registrations/{row.ref}/withdraw")
    assert client.send(f"{scene.me}/registrations/{row.ref}/companions/new", **sent).status_code == 409
    outsider = scene.as_(scene.other_focal_point)
    assert outsider.send(f"{scene.me}/registrations/{row.ref}/companions/new", **sent).status_code == 404
    assert outsider.get(f"{scene.me}/registrations/{row.ref}/withdraw").status_code == 404


# --- the own address --------------------------------------------------------------------------------------------------


def links(to: str, kind: str) -> list[str]:
    with across_conferences("test"):
        texts = db.session.scalars(select(Mail.text).where(Mail.recipient == to).order_by(Mail.id)).all()
    return [found for text in texts for found in re.findall(rf"http://localhost(\S*/{kind}/\S+)", text)]


def test_a_new_address_holds_once_its_link_is_opened(scene: Scene) -> None:
    row = applicant(scene)
    client, url = scene.as_person(row), f"{scene.me}/registrations/{row.ref}/address"
    assert client.send(url, email="new@press.example", language="id").status_code == 303
    assert (scene.row(row.ref).person.email, scene.row(row.ref).person.language) == ("budi@press.example", "id")
    (address,) = links("new@press.example", "register/address")
    public = scene.as_(None)
    assert "new@press.example" in page(public.get(address))
    assert scene.row(row.ref).person.email == "budi@press.example"
    assert public.send(address).status_code == 303
    kept = scene.row(row.ref)
    assert kept.person.email == "new@press.example"
    assert kept.confirmed_at is not None
    assert links("new@press.example", "links")
    assert public.get(address).status_code == 410
    assert public.get(links("budi@press.example", "links")[0]).status_code == 410
    with across_conferences("test"):
        told = db.session.scalars(select(Mail.subject).where(Mail.recipient == "budi@press.example")).all()
    assert [subject for subject in told if "alamat" in subject.lower() or "address" in subject.lower()]


def test_only_the_newest_link_to_an_address_works(scene: Scene) -> None:
    row = applicant(scene)
    client, url = scene.as_person(row), f"{scene.me}/registrations/{row.ref}/address"
    for email in ("one@press.example", "two@press.example"):
        client.send(url, email=email, language="en")
    assert scene.as_(None).send(links("one@press.example", "register/address")[0]).status_code == 410
    other = Scene(scene.app)
    elsewhere = links("two@press.example", "register/address")[0].replace(scene.conference.slug, other.conference.slug)
    assert scene.as_(None).send(elsewhere).status_code == 410
    assert scene.row(row.ref).person.email == "budi@press.example"


def test_a_wrong_address_and_somebody_elses_page(scene: Scene) -> None:
    row = applicant(scene)
    url = f"{scene.me}/registrations/{row.ref}/address"
    assert scene.as_person(row).send(url, email="nobody", language="en").status_code == 422
    assert scene.as_(scene.focal_point).send(url, email="x@x.example", language="en").status_code == 404


def test_the_person_corrects_everything_but_the_address_there(scene: Scene) -> None:
    row = applicant(scene)
    client, url = scene.as_person(row), f"{scene.me}/registrations/{row.ref}/correct"
    form = page(client.get(url))
    assert 'name="email"' not in form
    sent = {"version": row.version, "given_name": "Budiman", "organization": "Daily Sample", "email": "evil@x.example"}
    assert client.send(url, **sent, rank="head_of_state").status_code == 303
    kept = scene.row(row.ref)
    assert (kept.person.given_name, kept.person.email, kept.rank) == ("Budiman", "budi@press.example", Rank.OTHER)


def test_an_embassy_mailbox_registers_several_and_chooses_by_link(scene: Scene) -> None:
    for name in ("Adi", "Bayu", "Citra"):
        member(scene, given_name=name, email="office@embassy.example")
    for one in links("office@embassy.example", "links"):
        assert scene.as_(None).get(one).status_code == 200
    scene.as_(None).send("/links/", email="office@embassy.example")
    assert len(links("office@embassy.example", "links")) == 6
    with across_conferences("test"):
        from confapp.people.models import Account

        account = db.session.scalars(select(Account).where(Account.email == "office@embassy.example")).one()
    chooses = page(scene.as_(account).get(f"{scene.me}/"))
    assert all(name in chooses for name in ("Adi", "Bayu", "Citra"))


@pytest.mark.parametrize("is_known", [True, False])
def test_only_a_mailbox_that_was_never_opened_is_limited(scene: Scene, monkeypatch: Any, is_known: bool) -> None:
    monkeypatch.setitem(scene.app.config, "LIMITS", {"register_address": 100, "register_email": 2})
    build.account(PERSON["email"], confirmed_at=clock.now() if is_known else None)
    sent = [scene.as_(None).send(scene.register, **PERSON, category=scene.public.code).status_code for _ in range(3)]
    assert sent == [303, 303, 303 if is_known else 429]


# --- a body becomes a delegation --------------------------------------------------------------------------------------


def test_a_body_becomes_a_delegation_and_keeps_its_name_and_credential(scene: Scene) -> None:
    rows = [applicant(scene, given_name=name, organization="Institute of Samples") for name in ("Adi", "Bayu")]
    away = applicant(scene, given_name="Citra", organization="Another Institute")
    unread, replaced, checked = letter_of(rows[0], "1"), letter_of(rows[1], "2"), letter_of(rows[1], "3")
    build.change(checked, checked_at=clock.now(), replaces_id=replaced.id)
    client, url = scene.as_(scene.protocol), f"{scene.desk}/registrations/{rows[0].ref}/promote"
    journalist = applicant(scene, given_name="Dian", organization="institute of samples")
    other = build.category(scene.conference, code="other", name={"en": "Other"})
    build.change(journalist, category_id=other.id)
    shown = page(client.get(url))
    assert "Another Institute" not in shown
    ticked = {row.ref: f'value="{row.ref}" checked' in shown for row in (*rows, journalist)}
    assert list(ticked.values()) == [True, True, False], "who came for another purpose is ticked by hand"
    sent = {"name": "Institute of Samples", "places": "5", "with": [row.ref for row in (*rows, away)]}
    assert client.send(url, **sent).status_code == 303
    moved = scene.rows(organization="Institute of Samples")
    assert [one.person.given_name for one in moved] == ["Adi", "Bayu"]
    (delegation_id,) = {row.delegation_id for row in moved}
    with across_conferences("test"):
        delegation = db.session.get_one(Delegation, delegation_id)
        assert [one.number for one in delegation.credentials] == [replaced.number, checked.number]
        assert db.session.scalars(select(Credential.number).where(Credential.registration_id == rows[0].id)).all() == [
            unread.number
        ]
    assert scene.taken(delegation) == 2
    assert scene.row(away.ref).delegation_id is None
    assert client.get(url).status_code == 303
    paper = page(scene.as_(scene.officer).get(f"{scene.desk}/delegations/{delegation.ref}/credentials"))
    assert (checked.number in paper, "None yet" in paper) == (True, False)


def letter_of(row: Registration, number: str) -> Credential:
    return build.save(
        Credential(
            conference_id=row.conference_id, registration_id=row.id, kind=CredentialKind.LETTER, number=f"L/{number}"
        )
    )


def test_a_delegation_with_a_paper_keeps_it_when_a_body_joins(scene: Scene) -> None:
    row = applicant(scene)
    own, of_delegation = letter_of(row, "1"), letter_of(row, "2")
    build.change(of_delegation, registration_id=None, delegation_id=scene.delegation.id)
    url = f"{scene.desk}/registrations/{row.ref}/promote"
    assert scene.as_(scene.protocol).send(url, delegation=scene.delegation.ref, **{"with": row.ref}).status_code == 303
    with across_conferences("test"):
        kept = {one.number: (one.registration_id, one.delegation_id) for one in db.session.scalars(select(Credential))}
    assert kept == {own.number: (row.id, None), of_delegation.number: (None, scene.delegation.id)}


def test_those_who_belong_to_nobody_are_no_body(scene: Scene) -> None:
    rows = [applicant(scene, given_name=name, organization="independent") for name in ("Adi", "Bayu")]
    shown = page(scene.as_(scene.protocol).get(f"{scene.desk}/registrations/{rows[0].ref}/promote"))
    assert [f'value="{row.ref}" checked' in shown for row in rows] == [True, False]
    assert 'value="independent"' not in shown


def test_all_move_or_none_when_the_places_do_not_suffice(scene: Scene) -> None:
    rows = [applicant(scene, given_name=name) for name in ("Adi", "Bayu")]
    scene.limit(scene.delegation, 1)
    url = f"{scene.desk}/registrations/{rows[0].ref}/promote"
    sent = {"delegation": scene.delegation.ref, "with": [row.ref for row in rows]}
    answer = scene.as_(scene.protocol).send(url, **sent)
    assert answer.status_code == 409
    assert "places of this delegation are taken" in page(answer)
    assert [row.delegation_id for row in scene.rows()] == [None, None]
    assert scene.taken(scene.delegation) == 0


@pytest.mark.parametrize("wrong", [{}, {"delegation": "nothing"}, {"name": "A", "party": "B"}])
def test_one_delegation_is_chosen(scene: Scene, wrong: dict[str, str]) -> None:
    row = applicant(scene)
    url = f"{scene.desk}/registrations/{row.ref}/promote"
    assert scene.as_(scene.protocol).send(url, **{"name": "", "with": row.ref} | wrong).status_code == 422
    assert scene.row(row.ref).delegation_id is None


def test_who_does_not_invite_promotes_nobody(scene: Scene) -> None:
    row = applicant(scene)
    url = f"{scene.desk}/registrations/{row.ref}/promote"
    assert scene.as_(scene.officer).send(url, name="X", **{"with": row.ref}).status_code == 403
    assert scene.as_(scene.focal_point).send(url, name="X", **{"with": row.ref}).status_code == 403


# --- two rows, one person ---------------------------------------------------------------------------------------------


def compare(scene: Scene, one: Registration, other: Any, **chosen: str) -> Any:
    client = scene.as_(scene.officer)
    person = other.person if isinstance(other, Registration) else other
    url = f"{scene.desk}/duplicates/{one.person.ref}/{person.ref}"
    found = re.search(r'name="version" value="([^"]+)"', page(client.get(url)))
    assert found is not None
    return client.send(url, version=found[1], living=one.person.ref, **chosen)


def test_likely_duplicates_are_suggested_and_a_shared_mailbox_is_none(scene: Scene) -> None:
    member(scene, email="office@embassy.example")
    member(scene, given_name="Budi", family_name="Misal", email="office@embassy.example")
    twin = applicant(scene, given_name="CONTOH", family_name="Dewi", email="d@x.example")
    listed = page(scene.as_(scene.officer).get(f"{scene.desk}/duplicates"))
    assert "1 pair" in listed
    assert "The same names" in listed
    beside = page(scene.as_(scene.officer).get(f"{scene.desk}/registrations/{twin.ref}"))
    assert "Likely the same person" in beside
    assert scene.as_(scene.protocol).get(f"{scene.desk}/duplicates").status_code == 403


def test_two_registrations_become_one_with_what_was_chosen(scene: Scene) -> None:
    scene.limit(scene.delegation, 1)
    one = member(scene, email="")
    other = applicant(
        scene,
        given_name="Dewi",
        family_name="Contoh",
        email="dewi@x.example",
        functional_title="Adviser",
        passport_number="P77",
    )
    scene.do(lambda: actions.confirm(scene.fresh(other.ref)))
    answer = compare(scene, one, other, email=other.person.ref, functional_title=other.person.ref)
    assert answer.status_code == 303
    kept, left = scene.row(one.ref), scene.row(other.ref)
    assert (kept.status, left.status) == (Status.SUBMITTED, Status.WITHDRAWN)
    assert (kept.person.email, kept.functional_title) == ("dewi@x.example", "Adviser")
    assert left.person.merged_into_id == kept.person_id
    assert left.person.printed_name == "Dewi Contoh"
    scene.do(lambda: None)
    with across_conferences("test"):
        assert db.session.get_one(Person, kept.person_id).passport_number == "P77"
        assert db.session.scalars(select(Consent.person_id)).all() == [kept.person_id]
    assert scene.taken(scene.delegation) == 1
    assert "1 pair" not in page(scene.as_(scene.officer).get(f"{scene.desk}/duplicates"))
    ledger = page(scene.as_(scene.officer).get(f"{scene.desk}/registrations/{other.ref}"))
    assert f"Merged into {kept.number}" in ledger


def test_a_sealed_value_that_both_keep_is_chosen_unseen(scene: Scene) -> None:
    one = applicant(scene, given_name="Dewi", family_name="Contoh", passport_number="P11")
    other = applicant(scene, given_name="Contoh", family_name="Dewi", passport_number="P22", access_needs="Ramp")
    url = f"{scene.desk}/duplicates/{one.person.ref}/{other.person.ref}"
    shown = page(scene.as_(scene.officer).get(url))
    assert re.findall(r'name="(\w+_\w+|diet|photo)" id="\w+-1"', shown)[-1:] == ["passport_number"]
    assert not re.search("P11|P22", shown)
    assert compare(scene, one, other, passport_number=other.person.ref).status_code == 303
    scene.do(lambda: None)
    with across_conferences("test"):
        kept = db.session.get_one(Person, one.person_id)
        assert (kept.passport_number, kept.access_needs) == ("P22", "Ramp")


def test_what_was_asked_goes_on_under_the_one_that_lives_on_and_both_mailboxes_are_told(scene: Scene) -> None:
    one = applicant(scene, given_name="Dewi", family_name="Contoh")
    other = applicant(scene, given_name="Contoh", family_name="Dewi", email="dewi@old.example")
    own = f"{scene.me}/registrations/{other.ref}"
    client, officer = scene.as_person(other), scene.as_(scene.officer)
    assert client.send(f"{own}/messages", text="May I bring a camera?").status_code == 303
    about = {"conference_id": scene.conference.id, "kind": LetterKind.VISA_SUPPORT, "languages": ["en"]}
    build.save(Letter(registration_id=other.id, **about))
    assert '<option selected value="letter">' in page(client.get(f"{own}/credentials"))
    assert client.send(f"{own}/credentials", kind="letter", number="L-7").status_code == 303
    assert compare(scene, one, other).status_code == 303

    living = page(officer.get(f"{scene.desk}/registrations/{one.ref}"))
    assert "May I bring a camera?" in living
    assert "L-7" in living
    assert "Visa support letter" in living
    ended = page(officer.get(f"{scene.desk}/registrations/{other.ref}"))
    assert f'/registrations/{one.ref}">{one.number}</a>' in ended
    assert not re.search("May I bring a camera|Take up again|Send the link again|Likely the same person", ended)
    for path, words in (("restore", {"reason": "x"}), ("messages", {"text": "x"}), ("link", {})):
        refused = officer.send(f"{scene.desk}/registrations/{other.ref}/{path}", **words)
        assert (refused.status_code, "under that number" in page(refused)) == (409, True)

    with across_conferences("test"):
        told = db.session.scalars(select(Mail).where(Mail.subject.startswith("Brought together"))).all()
    assert {mail.recipient: "/links/" in mail.text for mail in told} == {
        "budi@press.example": True,
        "dewi@old.example": False,
    }


def test_what_was_prepared_for_the_one_that_ends_is_released_no_more(scene: Scene) -> None:
    one, other = member(scene), applicant(scene, given_name="Dewi", family_name="Contoh")
    refuse = ACCREDITATION.named("refuse")
    assert refuse is not None
    officer = build.actor(scene.officer)
    scene.do(lambda: actions.prepare(scene.fresh(other.ref), refuse, by=officer, reason="Twice"))
    assert compare(scene, one, other).status_code == 303
    scene.do(lambda: None)
    with across_conferences("test"):
        assert scene.fresh(other.ref).prepared is None


def test_who_is_erased_is_erased_in_the_record_that_ended_as_well(scene: Scene) -> None:
    one, other = member(scene), applicant(scene, given_name="Dewi", family_name="Contoh", functional_title="Envoy")
    assert compare(scene, one, other).status_code == 303
    scene.do(lambda: erase_person(scene.fresh(one.ref), by=SYSTEM))
    left = scene.row(other.ref)
    assert (left.functional_title, left.organization, left.person.given_name) == ("", "–", "")


def test_what_became_one_step_by_step_is_shown_and_erased_as_one(scene: Scene) -> None:
    first = applicant(scene, given_name="Dewi", family_name="Contoh", passport_number="P11")
    second, last = member(scene, email="d2@ministry.example"), member(scene)
    scene.do(lambda: db.session.add(sealing.note_reading(SYSTEM, first.person, "passport_number", "For the list")))
    assert compare(scene, second, first).status_code == 303
    scene.do(lambda: setattr(scene.fresh(second.ref).person, "passport_number", "P22"))
    assert compare(scene, last, second).status_code == 303

    client, own = scene.as_person(last), f"{scene.me}/registrations/{last.ref}/data"
    assert "For the list" in page(client.get(own))
    content = zipfile.ZipFile(io.BytesIO(client.get(f"{own}.zip").data))
    known = json.loads(content.read("data.json"))["merged_registrations"]
    assert [one["registration"]["number"] for one in known] == [first.number, second.number]
    assert [one["person"]["passport_number"] for one in known] == ["P11", "P22"]

    scene.do(lambda: erase_person(scene.fresh(last.ref), by=SYSTEM))
    assert {row.person.email for row in scene.rows()} == {""}
    assert {row.person.passport_number_sealed for row in scene.rows()} == {None}


def test_a_speaker_with_the_same_address_is_offered_and_used(scene: Scene) -> None:
    def speaker() -> int:
        made = speakers.add_speaker(
            SYSTEM, scene.conference, "Budi Misal", email="budi@press.example", affiliation={"en": "Daily Sample"}
        )
        db.session.flush()
        return made.person_id

    person_id = scene.do(speaker)
    row = applicant(scene)
    assert "Use this person" in page(scene.as_(scene.officer).get(f"{scene.desk}/registrations/{row.ref}"))
    with across_conferences("test"):
        person = db.session.get_one(Person, person_id)
    assert compare(scene, row, person).status_code == 303
    with across_conferences("test"):
        assert db.session.scalars(select(Speaker.person_id)).all() == [row.person_id]


def test_a_stale_comparison_changes_nothing(scene: Scene) -> None:
    one, other = member(scene), member(scene, email="d2@ministry.example")
    url = f"{scene.desk}/duplicates/{one.person.ref}/{other.person.ref}"
    client = scene.as_(scene.officer)
    assert client.send(url, version="1.1", living=one.person.ref).status_code == 409
    assert client.send(url, living="nobody").status_code == 422
    assert [row.status for row in scene.rows()] == [Status.SUBMITTED] * 2


def test_what_only_the_other_answered_is_taken_over(scene: Scene) -> None:
    one, other = member(scene), member(scene, email="d2@ministry.example")
    assert compare(scene, one, other).status_code == 303
    assert count(Answer) == 0
    with pytest.raises(Refused, match="merged already"):
        scene.do(
            lambda: actions.merge(scene.fresh(one.ref).person, scene.fresh(other.ref).person, (), by=SYSTEM, version="")
        )


def test_only_the_office_brings_people_together(scene: Scene) -> None:
    one, other = member(scene), member(scene, email="d2@ministry.example")
    url = f"{scene.desk}/duplicates/{one.person.ref}/{other.person.ref}"
    assert scene.as_(scene.focal_point).send(url, living=one.person.ref).status_code == 403
    assert scene.as_(scene.protocol).send(url, living=one.person.ref).status_code == 403
    elsewhere = member(Scene(scene.app))
    foreign = f"{scene.desk}/duplicates/{one.person.ref}/{elsewhere.person.ref}"
    assert scene.as_(scene.officer).get(foreign).status_code == 404
    with pytest.raises(Forbidden):
        scene.do(
            lambda: actions.merge(
                scene.fresh(one.ref).person,
                scene.fresh(other.ref).person,
                (),
                by=build.actor(scene.focal_point),
                version="",
            )
        )


# --- the delegation's page --------------------------------------------------------------------------------------------


def test_the_page_has_one_clock_with_the_moment_in_the_conferences_zone(scene: Scene) -> None:
    shown = page(scene.as_(scene.focal_point).get(f"{scene.me}/delegations/{scene.delegation.ref}"))
    assert shown.count('class="deadline"') == 1
    assert re.search(r"19 days 23 hours left|20 days left", shown)
    assert "WITA" in shown
    assert re.search(r'datetime="[^"]+\+08:00" data-own-time', shown)


def test_members_stand_by_capacity_then_rank(scene: Scene) -> None:
    member(scene, given_name="Ambassador", rank=Rank.AMBASSADOR)
    member(scene, given_name="Minister", rank=Rank.MINISTER)
    member(scene, given_name="Head", capacity=Capacity.HEAD)
    shown = page(scene.as_(scene.focal_point).get(f"{scene.me}/delegations/{scene.delegation.ref}"))
    names = re.findall(r"<bdi>Contoh, (\w+)</bdi></a>", shown)
    assert names == ["Head", "Minister", "Ambassador"]


def test_the_focal_point_sets_the_rank_and_nobody_publishes_the_telephone(scene: Scene) -> None:
    url = f"{scene.me}/delegations/{scene.delegation.ref}/members/new"
    sent = MEMBER | {"rank": "minister", "phone": "0812 3456 7890", "country": "IDN"}
    assert scene.as_(scene.focal_point).send(url, **sent).status_code == 303
    (row,) = scene.rows()
    assert (row.rank, row.person.phone, row.person.phone_e164) == (Rank.MINISTER, "0812 3456 7890", "+6281234567890")


def test_the_badge_shows_what_was_kept(scene: Scene) -> None:
    row = member(scene, badge_name="Dewi C.")
    for account, path in ((scene.focal_point, f"{scene.me}"), (scene.officer, scene.desk)):
        shown = page(scene.as_(account).get(f"{path}/registrations/{row.ref}/correct"))
        assert '<p class="badge-name" data-badge-name dir="auto">Dewi C.</p>' in shown


def test_after_withdrawing_the_page_says_what_is_kept_and_how_to_come_back(scene: Scene) -> None:
    row = applicant(scene)
    client = scene.as_person(row)
    client.send(f"{scene.me}/registrations/{row.ref}/withdraw", reason="Another duty")
    shown = page(client.get(f"{scene.me}/registrations/{row.ref}"))
    assert "You are withdrawn" in shown
    assert "What is kept, and how long" in shown
    assert "Register again" in shown
    assert "Registration is open until" in shown


def test_the_list_of_a_delegation_asks_no_more_for_three_than_for_one(scene: Scene) -> None:
    client, url = scene.as_(scene.focal_point), f"{scene.me}/delegations/{scene.delegation.ref}"
    companion(scene, member(scene))
    client.get(url)
    with build.count_queries() as one:
        client.get(url)
    for name in ("Eka", "Fajar"):
        companion(scene, member(scene, given_name=name))
    with build.count_queries() as three:
        assert client.get(url).status_code == 200
    assert three.number == one.number


def test_the_mail_after_registering_offers_the_calendar(scene: Scene) -> None:
    scene.as_(None).send(scene.register, **PERSON, category=scene.public.code)
    assert links("budi@press.example", "register")[0].endswith("/register/conference.ics")
    assert clock.now()


def test_two_people_are_not_suggested_again_until_that_is_taken_back(scene: Scene) -> None:
    one = member(scene, email="")
    twin = applicant(scene, given_name="CONTOH", family_name="Dewi", email="d@x.example")
    client, at = scene.as_(scene.officer), f"{scene.desk}/duplicates"
    pair = f"{at}/{twin.person.ref}/{one.person.ref}"
    assert f'formaction="{pair}/apart"' in client.get(pair).text
    assert scene.as_(scene.protocol).send(f"{pair}/apart").status_code == 403
    assert client.send(f"{pair}/apart").status_code == 303
    assert client.send(f"{pair}/apart").status_code == 303
    listed = page(client.get(at))
    assert "No two people look like one and the same" in listed
    assert "Said to be two different people" in listed
    assert "Likely the same person" not in page(client.get(f"{scene.desk}/registrations/{twin.ref}"))
    assert client.send(f"{pair}/again").status_code == 303
    assert "The same names" in page(client.get(at))
    assert client.send(f"{at}/{one.person.ref}/{'x' * 22}/apart").status_code == 404
