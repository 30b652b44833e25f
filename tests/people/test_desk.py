from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import access, clock
from confapp.foundation.db import across_conferences, db
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import reading
from confapp.people import rules
from confapp.people.models import Account, Mandate
from confapp.people.rules import Role
from tests import build
from tests.people.test_sign_in import link_in, newest_mail


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference()


@pytest.fixture
def organizer(app: Flask, conference: Conference, client: FlaskClient) -> FlaskClient:
    client.sign_in(build.staff(conference, Role.ORGANIZER))
    return client


def invite(organizer: FlaskClient, conference: Conference, **fields: str) -> Mandate:
    values = {"email": "new@mail.example", "role": "programme_officer", "language": "id"} | fields
    assert organizer.send(f"/desk/{conference.slug}/people/invite", **values).status_code == 303
    with reading(), across_conferences("test"):
        mandate = db.session.scalars(select(Mandate).order_by(Mandate.id.desc())).first()
        assert mandate is not None
        return mandate


def test_inviting_and_accepting(app: Flask, organizer: FlaskClient, conference: Conference) -> None:
    invite(organizer, conference)
    mail = newest_mail()
    assert (mail.recipient, mail.language, mail.reply_to) == ("new@mail.example", "id", conference.contact_email)
    link = link_in(mail)
    assert link.startswith("/id/invitations/")
    guest = app.test_client()
    page = guest.get(link)
    assert page.status_code == 200
    assert guest.send(link, name="Sari Contoh").headers["Location"] == f"/id/desk/{conference.slug}/"
    assert guest.get(f"/desk/{conference.slug}/").status_code == 200
    assert guest.get(f"/desk/{conference.slug}/people").status_code == 403
    assert app.test_client().get(link).status_code == 410, "used"
    with reading():
        mandate = db.session.scalars(select(Mandate).order_by(Mandate.id.desc())).first()
        assert mandate is not None
        assert mandate.accepted_at is not None
        assert mandate.account.name == "Sari Contoh"


def test_an_invitation_lasts_thirty_days(app: Flask, organizer: FlaskClient, conference: Conference) -> None:
    invite(organizer, conference)
    link = link_in(newest_mail())
    with time_machine.travel(clock.now() + timedelta(days=29)):
        assert app.test_client().get(link).status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert app.test_client().get(link).status_code == 410


def test_renewing_replaces_the_link(app: Flask, organizer: FlaskClient, conference: Conference) -> None:
    mandate = invite(organizer, conference)
    old = link_in(newest_mail())
    assert organizer.send(f"/desk/{conference.slug}/people/{mandate.ref}/renew").status_code == 303
    new = link_in(newest_mail())
    assert app.test_client().get(old).status_code == 410
    assert app.test_client().send(new).status_code == 303
    assert organizer.send(f"/desk/{conference.slug}/people/{mandate.ref}/renew").status_code == 409


def test_somebody_asks_for_the_link_again(app: Flask, organizer: FlaskClient, conference: Conference) -> None:
    invite(organizer, conference)
    guest = app.test_client()
    asked = guest.send("/links/", email="NEW@mail.example")
    nobody = guest.send("/links/", email="nobody@mail.example")
    assert (asked.status_code, asked.data) == (nobody.status_code, nobody.data)
    assert guest.send(link_in(newest_mail())).status_code == 303
    with reading():
        assert len(db.session.scalars(select(Mail)).all()) == 2


def test_removing_takes_effect_where_one_is_signed_in(
    app: Flask, organizer: FlaskClient, conference: Conference
) -> None:
    officer = build.staff(conference, Role.VIEWER)
    there = app.test_client().sign_in(officer)
    with reading():
        ref = db.session.scalars(select(Mandate.ref).where(Mandate.account_id == officer.id)).one()
    assert there.get(f"/desk/{conference.slug}/").status_code == 200
    assert organizer.send(f"/desk/{conference.slug}/people/{ref}/remove").status_code == 303
    assert there.get(f"/desk/{conference.slug}/").status_code in (403, 404)
    assert organizer.send(f"/desk/{conference.slug}/people/{ref}/remove").status_code == 303, "twice is as good as once"
    assert "Removed" in organizer.get(f"/desk/{conference.slug}/people?group=ended").text


def test_a_removed_invitation_cannot_be_accepted(app: Flask, organizer: FlaskClient, conference: Conference) -> None:
    mandate = invite(organizer, conference)
    link = link_in(newest_mail())
    organizer.send(f"/desk/{conference.slug}/people/{mandate.ref}/remove")
    assert app.test_client().send(link).status_code == 410


def test_a_role_ends_with_its_last_day(app: Flask, organizer: FlaskClient, conference: Conference) -> None:
    last = clock.today(conference.zone) + timedelta(days=3)
    mandate = invite(organizer, conference, until=last.isoformat())
    assert mandate.ends_at is not None
    guest = app.test_client()
    guest.send(link_in(newest_mail()))
    with time_machine.travel(mandate.ends_at + timedelta(seconds=1)):
        assert guest.get(f"/desk/{conference.slug}/").status_code in (303, 403, 404)


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"email": "x"},
        {"role": "administrator"},
        {"role": "focal_point"},
        {"role": ""},
        {"until": "2020-01-01"},
        {"until": "soon"},
        {"language": "tlh"},
        {"name": "x" * 201},
    ],
)
def test_bad_invitations_are_refused(organizer: FlaskClient, conference: Conference, wrong: dict[str, str]) -> None:
    values = {"email": "new@mail.example", "role": "viewer", "language": "en"} | wrong
    answer = organizer.send(f"/desk/{conference.slug}/people/invite", **values)
    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_the_same_role_is_not_given_twice(organizer: FlaskClient, conference: Conference) -> None:
    invite(organizer, conference)
    answer = organizer.send(
        f"/desk/{conference.slug}/people/invite", email="New@Mail.example", role="programme_officer", language="en"
    )
    assert answer.status_code == 422
    assert "holds this role already" in answer.text


def test_a_double_click_invites_once(organizer: FlaskClient, conference: Conference) -> None:
    for _ in range(2):
        answer = organizer.send(
            f"/desk/{conference.slug}/people/invite", _key="k", email="a@mail.example", role="viewer", language="en"
        )
        assert answer.status_code == 303
    with reading():
        assert len(db.session.scalars(select(Mail)).all()) == 1


def test_others_reach_nothing(app: Flask, conference: Conference, client: FlaskClient) -> None:
    mine = build.conference()
    client.sign_in(build.staff(mine, Role.ORGANIZER))
    officer = build.staff(conference, Role.VIEWER)
    with reading():
        ref = db.session.scalars(select(Mandate.ref).where(Mandate.account_id == officer.id)).one()
    assert client.get(f"/desk/{conference.slug}/people").status_code == 404
    for where in (conference.slug, mine.slug):
        assert client.get(f"/desk/{where}/people/{ref}").status_code == 404
        for verb in ("renew", "remove", "share"):
            assert client.send(f"/desk/{where}/people/{ref}/{verb}").status_code == 404
    assert client.get("/desk/accounts").status_code == 403


def test_the_list_costs_the_same_for_one_and_for_many(organizer: FlaskClient, conference: Conference) -> None:
    url = f"/desk/{conference.slug}/people"
    organizer.get(url)
    with build.count_queries() as few:
        organizer.get(url)
    for _ in range(3):
        build.staff(conference, Role.VIEWER)
    with build.count_queries() as many:
        assert organizer.get(url).status_code == 200
    assert many.number == few.number


def test_an_invitation_to_a_role_that_has_ended_is_spent(
    app: Flask, organizer: FlaskClient, conference: Conference
) -> None:
    last = clock.today(conference.zone) + timedelta(days=2)
    invite(organizer, conference, until=last.isoformat())
    link = link_in(newest_mail())
    with time_machine.travel(clock.now() + timedelta(days=5)):
        assert app.test_client().send(link).status_code == 410


def test_a_long_sign_in_ends_when_its_account_becomes_staff(
    app: Flask, organizer: FlaskClient, conference: Conference
) -> None:
    delegate = build.staff(conference, Role.FOCAL_POINT)
    there = app.test_client().sign_in(delegate)
    invite(organizer, conference, email=delegate.email)
    assert there.get("/me/").status_code == 303
    there.send(link_in(newest_mail()))
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert there.get("/me/").status_code == 303


def test_a_shared_mailbox_is_marked(app: Flask, organizer: FlaskClient, conference: Conference) -> None:
    mandate = invite(organizer, conference)
    url = f"/desk/{conference.slug}/people/{mandate.ref}"
    assert organizer.send(f"{url}/share", shared="yes").status_code == 303
    assert "Several people" in organizer.get(url).text
    assert app.test_client().send(link_in(newest_mail())).status_code == 422


def test_an_organizer_leaves_an_administrators_mailbox_as_it_is(organizer: FlaskClient, conference: Conference) -> None:
    """Marking it as shared would sign the administrator out, and ask everybody for a name."""
    administrator = build.administrator()
    mandate = build.mandate(administrator, Role.VIEWER, conference)
    assert organizer.send(f"/desk/{conference.slug}/people/{mandate.ref}/share", shared="yes").status_code == 403
    with reading():
        assert not db.session.get_one(Account, administrator.id).is_shared


def test_the_matrix_names_every_right_in_words(organizer: FlaskClient, conference: Conference) -> None:
    page = organizer.get(f"/desk/{conference.slug}/people/matrix").text
    for permit in access.permits():
        if permit is not access.SIGNED_IN:
            assert escape(permit.label) in page
    assert "Focal point of a delegation (own delegation)" in page


def test_participants_have_rights_over_their_own_only() -> None:
    """Whatever a participant may do depends on an own delegation or record: never on the role alone.

    What was issued to the participants of a conference is for all of them: each paper's readers bound it further."""
    from types import SimpleNamespace

    foreign = SimpleNamespace(id=2, conference_id=1, delegation_id=2, person_id=2)
    for role in rules.PARTICIPANTS:
        grant = access.Grant(role, 1, 1 if role == Role.FOCAL_POINT else None, 1 if role in rules.OWN_RECORD else None)
        allowed = {p.name for p in access.permits() if p.allows(access.Actor(1, grants=(grant,)), foreign)}
        assert allowed <= {"signed_in", "read_issued"}


def test_rights_end_at_the_conference() -> None:
    from types import SimpleNamespace

    elsewhere = SimpleNamespace(id=1, conference_id=2, delegation_id=1, person_id=1)
    for role in set(Role) - {Role.ADMINISTRATOR}:
        actor = access.Actor(1, grants=(access.Grant(role, 1, 1, 1),))
        assert {p.name for p in access.permits() if p.allows(actor, elsewhere)} <= {"signed_in"}


def test_accounts_are_managed_by_administrators(app: Flask, client: FlaskClient) -> None:
    build.account("sari@mail.example", name="Sari Contoh")
    chief = build.administrator()
    client.sign_in(chief)
    page = client.get("/desk/accounts?q=SARI")
    assert "sari@mail.example" in page.text
    assert "No account matches" in client.get("/desk/accounts?q=zzz").text
    with reading():
        account = db.session.scalars(select(Account).where(Account.email == "sari@mail.example")).one()
    url = f"/desk/accounts/{account.ref}"
    assert client.get(url).status_code == 200
    there = app.test_client().sign_in(account)
    assert client.send(f"{url}/disable").status_code == 303
    assert there.get("/me/").status_code == 303
    assert client.send(f"{url}/enable").status_code == 303
    assert client.send(f"{url}/make-administrator").status_code == 303
    there.sign_in(account)
    assert there.get("/desk/accounts").status_code == 200
    assert client.send(f"{url}/remove-administrator").status_code == 303
    assert there.get("/desk/accounts").status_code == 404
    assert client.send(f"{url}/explode").status_code == 404
    assert client.send(f"/desk/accounts/{chief.ref}/disable").status_code == 409
    assert client.send(f"/desk/accounts/{chief.ref}/remove-administrator").status_code == 409, "the last one stays"


def test_an_administrator_names_another(client: FlaskClient) -> None:
    client.sign_in(build.administrator())
    assert client.send("/desk/accounts/administrators", email="x", name="").status_code == 422
    answer = client.send("/desk/accounts/administrators", email="dua@mail.example", name="Dua Contoh")
    assert answer.status_code == 303
    assert "Administrator" in client.get(answer.headers["Location"]).text


def test_a_page_that_no_list_has_is_empty(client: FlaskClient) -> None:
    client.sign_in(build.administrator())
    for page in ("99999999999999999999", "-1", "x", "9" * 5000):
        assert client.get(f"/desk/accounts?page={page[:3000]}").status_code == 200
