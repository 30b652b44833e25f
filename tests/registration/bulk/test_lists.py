"""The list of registrations: narrowed, ordered, paged and kept; and what is done for those who were ticked."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import jobs
from confapp.foundation.access import SYSTEM
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import in_write_transaction, writing
from confapp.people.rules import Role
from confapp.registration import actions, queries
from confapp.registration.models import BulkAct, Registration, SavedView
from confapp.registration.queries import NARROWINGS, SORTS, Filter
from confapp.registration.rules import ACCREDITATION, Capacity, Status
from tests import build

WITHDRAW: Any = ACCREDITATION.named("withdraw")


class Scene:
    """Three registrations that differ in everything that the list can be narrowed by."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference("lists-2027", acronym="LS")
        self.delegate = build.category(self.conference, code="delegate", name={"en": "Delegate"})
        self.media = build.category(self.conference, code="media", name={"en": "Media"})
        self.officer = build.staff(self.conference, Role.ACCREDITATION_OFFICER)
        self.north = build.delegation(self.conference, groups=["ASEAN"], position=1)
        self.south = build.delegation(self.conference, groups=["ASEAN+3"], position=2)
        self.ani = self.person("Ani", "Zain", self.north, country="IDN", capacity=Capacity.HEAD, tags=["VIP"])
        self.budi = self.person("Budi", "Moe", self.south, status=Status.ACCREDITED)
        self.citra = self.person("Citra", "Abel", None, category=self.media, email="")
        self.desk = "/desk/lists-2027"

    def person(self, given: str, family: str, delegation: Any, **about: Any) -> Registration:
        who = {name: about.pop(name) for name in ("country", "email") if name in about}
        category = about.pop("category", self.delegate)
        person = build.person(
            self.conference, given_name=given, family_name=family, printed_name=f"{given} {family}", **who
        )
        body = {"delegation_id": delegation.id} if delegation else {"organization": "Daily Example"}
        number = f"LS27-{person.id:04d}"
        return build.registration(
            self.conference, person_id=person.id, category_id=category.id, number=number, **body, **about
        )

    def as_(self, account: Any) -> Any:
        return self.app.test_client().sign_in(account)

    def listed(self, by: Filter) -> list[str]:
        with in_conference(self.conference.id):
            found = queries.find(build.actor(self.officer), self.conference, by)
            return [row.given_name for row in found.rows]


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def test_the_list_is_narrowed_by_each_of_its_words(scene: Scene) -> None:
    cases = {
        ("delegation", scene.north.ref): ["Ani"],
        ("group", "ASEAN"): ["Ani"],
        ("group", "ASEAN+3"): ["Budi"],
        ("country", "IDN"): ["Ani"],
        ("capacity", "head"): ["Ani"],
        ("tag", "VIP"): ["Ani"],
        ("tag", "%"): [],
        ("missing", "email"): ["Citra"],
        ("missing", "photo"): ["Ani", "Budi", "Citra"],
        ("missing", "credential"): ["Ani", "Budi", "Citra"],
        ("missing", "checked"): ["Ani", "Budi", "Citra"],
        ("waiting", "y"): [],
        ("assignee", "none"): ["Ani", "Budi", "Citra"],
        ("assignee", "somebody"): [],
        ("step", "security"): [],
    }
    assert {name for name, _value in cases} <= {*NARROWINGS}
    for (name, value), expected in cases.items():
        assert sorted(scene.listed(Filter.read({name: value, "sort": "name"}))) == expected, name


def test_words_that_mean_nothing_are_left_out() -> None:
    odd = {"status": "x", "capacity": "king", "step": "x", "missing": "x", "sort": "-", "page": "-4", "size": "7"}
    assert Filter.read(odd) == Filter()
    assert Filter.read({"page": "9" * 50, "q": "\x00\u202e", "delegation": "'; --"}).more == (("delegation", "'; --"),)


@pytest.mark.parametrize("sort", [key for key in SORTS if key])
def test_each_order_runs_both_ways(scene: Scene, sort: str) -> None:
    there, back = scene.listed(Filter(sort=sort)), scene.listed(Filter(sort=f"-{sort}"))
    assert there == back[::-1]
    assert len(there) == 3


def test_names_are_in_order(scene: Scene) -> None:
    assert scene.listed(Filter(sort="name")) == ["Citra", "Budi", "Ani"]


def test_counts_are_those_of_the_filter_and_pages_are_cut(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_conference(scene.conference.id):
        actor = build.actor(scene.officer)
        found = queries.find(actor, scene.conference, Filter(category="delegate", status=Status.ACCREDITED))
        assert (found.total, dict(found.by_status)) == (1, {Status.SUBMITTED: 1, Status.ACCREDITED: 1})
        last = queries.find(actor, scene.conference, Filter(size=25, page=99))
        assert (last.page, last.pages, len(last.rows)) == (1, 1, 3)


def test_the_page_shows_what_narrows_it_and_how_to_take_it_away(scene: Scene) -> None:
    shown = scene.as_(scene.officer).get(f"{scene.desk}/registrations?country=IDN&sort=-name").text
    assert "Country: Indonesia" in shown
    assert "Zain, Ani" in shown
    assert "Moe, Budi" not in shown
    form = scene.as_(scene.officer).get(f"{scene.desk}/registrations/narrow?country=IDN").text
    assert 'value="IDN" selected' in form


def test_a_focal_point_has_no_list_but_sees_only_the_own_in_queries(scene: Scene) -> None:
    holder = build.account()
    build.mandate(holder, Role.FOCAL_POINT, scene.conference, delegation_id=scene.north.id)
    assert scene.as_(holder).get(f"{scene.desk}/registrations").status_code in (403, 404)
    with in_conference(scene.conference.id):
        assert queries.find(build.actor(holder), scene.conference, Filter()).total == 1
        refs = [scene.ani.ref, scene.budi.ref]
        assert queries.ids_of(build.actor(holder), scene.conference, refs) == [scene.ani.id]


# --- views ------------------------------------------------------------------------------------------------------------


def test_a_view_is_kept_shared_and_deleted(scene: Scene) -> None:
    client, colleague = scene.as_(scene.officer), scene.as_(build.staff(scene.conference, Role.VIEWER))
    words = {"country": "IDN", "sort": "name"}
    answer = client.send(f"{scene.desk}/registrations/views", name="From Indonesia", **words)
    assert answer.headers["Location"] == f"{scene.desk}/registrations?sort=name&country=IDN"
    assert "From Indonesia" in client.get(f"{scene.desk}/registrations").text
    assert "From Indonesia" not in colleague.get(f"{scene.desk}/registrations").text
    client.send(f"{scene.desk}/registrations/views", name="From Indonesia", shared="y", **words)
    assert "From Indonesia" in colleague.get(f"{scene.desk}/registrations").text
    with across_conferences("a test looks at views"):
        (view,) = db.session.scalars(select(SavedView)).all()
    assert colleague.send(f"{scene.desk}/registrations/views/{view.ref}/delete").status_code == 403
    assert client.send(f"{scene.desk}/registrations/views/{view.ref}/delete").status_code == 303
    assert "was deleted" in client.get(f"{scene.desk}/registrations").text
    assert "From Indonesia" not in client.get(f"{scene.desk}/registrations").text


def test_a_view_needs_a_name_and_something_to_keep(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    assert client.send(f"{scene.desk}/registrations/views", name="", sort="name").status_code == 422
    answer = client.send(f"{scene.desk}/registrations/views", name="Everything")
    assert answer.status_code == 422
    assert "Narrow or sort the list first" in answer.text


# --- for many at once -------------------------------------------------------------------------------------------------


def ticked(*rows: Registration, **fields: str) -> dict[str, Any]:
    return {"ref": [row.ref for row in rows], "number": str(len(rows)), **fields}


def acts() -> list[BulkAct]:
    with across_conferences("a test looks at acts"):
        return list(db.session.scalars(select(BulkAct)))


def mails() -> list[Mail]:
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def test_a_mail_says_whom_it_reaches_before_it_goes(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    page = client.get(f"{scene.desk}/registrations/together?act=mail&ref={scene.ani.ref}&ref={scene.citra.ref}").text
    assert "For 2 persons" in page
    assert "Zain, Ani" in page
    assert re.search(r"Without an address, left out</dt><dd>1", page)
    assert "Send to 1 person" in page


def test_a_mail_is_previewed_then_sent_once_to_each(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    words = {"act": "mail", "subject-en": "Dear {name}", "text-en": "{delegation}: {number}. {link}"}
    sent = ticked(scene.ani, scene.budi, scene.citra, **words)
    preview = client.send(f"{scene.desk}/registrations/together", preview="yes", **sent).text
    assert "Dear Budi Moe" in preview
    assert mails() == []
    key = "k" * 22
    page = client.send(f"{scene.desk}/registrations/together", _key=key, **sent).headers["Location"]
    assert client.send(f"{scene.desk}/registrations/together", _key=key, **sent).headers["Location"] == page
    first, second = sorted(mails(), key=lambda mail: mail.subject)
    assert (first.subject, second.subject) == ("Dear Ani Zain", "Dear Budi Moe")
    assert f"{scene.ani.number}. http" in first.text
    shown = client.get(page).text
    assert "No e-mail address" in shown
    assert scene.citra.number in shown
    with across_conferences("a test reads the record"):
        assert db.session.scalars(select(AuditEntry.facts).where(AuditEntry.verb == "bulk_mail")).all() == [
            {"people": 3}
        ]
    assert "Dear {name}" in client.get(f"{scene.desk}/together").text


def test_an_unknown_placeholder_is_refused_beside_the_field(scene: Scene) -> None:
    words = {"act": "mail", "subject-en": "Hello", "text-en": "Your {passport_number.__class__}"}
    answer = scene.as_(scene.officer).send(f"{scene.desk}/registrations/together", **ticked(scene.ani, **words))
    assert answer.status_code == 422
    assert "is not known here" in answer.text
    assert "Your {passport_number.__class__}" in answer.text
    assert mails() == []


def test_all_that_the_list_finds_unless_it_changed_since(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    words = {"act": "tag", "word": "Bus 1", "all": "2", "category": "delegate"}
    assert "For 2 persons" in client.get(f"{scene.desk}/registrations/together", query_string=words).text
    scene.person("Dewi", "New", scene.north)
    late = client.send(f"{scene.desk}/registrations/together", number="2", **words)
    assert late.status_code == 409
    assert "The list has changed since" in late.text
    assert client.send(f"{scene.desk}/registrations/together", number="3", **words).status_code == 303
    assert sorted(scene.listed(Filter.read({"tag": "Bus 1"}))) == ["Ani", "Budi", "Dewi"]
    assert "Bus 1" in client.get(f"{scene.desk}/registrations").text
    client.send(f"{scene.desk}/registrations/together", **ticked(scene.ani, act="untag", word="Bus 1"))
    assert sorted(scene.listed(Filter.read({"tag": "Bus 1"}))) == ["Budi", "Dewi"]


def test_many_are_done_by_a_job_some_at_a_time(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from confapp.registration.actions import together

    monkeypatch.setattr(together, "MOST_AT_ONCE", 1)
    client = scene.as_(scene.officer)
    words = {"act": "links", "all": "3", "number": "3"}
    page = client.send(f"{scene.desk}/registrations/together", **words).headers["Location"]
    assert "0 of 3" in client.get(page).text
    assert mails() == []
    jobs.run_due()
    assert len(mails()) == 2
    (act,) = acts()
    assert (act.done, sorted(outcome for _number, outcome in act.report)) == (3, ["no_address", "queued", "queued"])
    with across_conferences("a test runs a job again"):
        from confapp.registration import tasks

        tasks.together(act.ref)
    assert len(mails()) == 2
    report = client.get(f"{page}.csv").data.decode("utf-8-sig")
    assert "No e-mail address" in report


def test_only_the_office_acts_and_only_on_what_it_sees(scene: Scene) -> None:
    elsewhere = build.registration(build.conference())
    client = scene.as_(scene.officer)
    answer = client.send(f"{scene.desk}/registrations/together", **ticked(elsewhere, act="tag", word="x"))
    assert answer.headers["Location"] == f"{scene.desk}/registrations"
    for role, status in ((Role.VIEWER, 403), (Role.PROTOCOL_OFFICER, 403)):
        other = scene.as_(build.staff(scene.conference, role))
        assert other.get(f"{scene.desk}/registrations/together?act=tag&ref={scene.ani.ref}").status_code == status
        sent = other.send(f"{scene.desk}/registrations/together", **ticked(scene.ani, act="tag", word="x"))
        assert sent.status_code == status
    assert acts() == []


@pytest.mark.parametrize("words", [{}, {"act": "x"}, {"act": "tag"}, {"act": "mail", "ref": "x"}])
def test_nobody_ticked_leads_back_to_the_list(scene: Scene, words: dict[str, str]) -> None:
    answer = scene.as_(scene.officer).get(f"{scene.desk}/registrations/together", query_string=words)
    assert answer.status_code == 303


def test_the_list_asks_the_same_number_of_questions_for_any_number_of_rows(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    client.get(f"{scene.desk}/registrations")
    with build.count_queries() as few:
        client.get(f"{scene.desk}/registrations")
    for number in range(5):
        scene.person(f"Given{number}", "More", scene.south)
    with build.count_queries() as more:
        client.get(f"{scene.desk}/registrations")
    assert more.number == few.number <= 10


def test_all_are_counted_once_for_each_act_and_as_the_act_left_them(scene: Scene) -> None:
    def withdraw(row: Registration) -> None:
        actions.change_status(db.session.get_one(Registration, row.id), WITHDRAW, by=SYSTEM, reason="A reason.")

    def accredited() -> int:
        return queries.find(build.actor(scene.officer), scene.conference, Filter()).by_status[Status.ACCREDITED]

    with in_conference(scene.conference.id):
        in_write_transaction(lambda: withdraw(scene.ani))
        actor, conference = build.actor(scene.officer), db.session.get_one(Conference, scene.conference.id)
        with build.count_queries() as first:
            queries.find(actor, conference, Filter())
        with build.count_queries() as again:
            assert queries.find(actor, conference, Filter()).by_status[Status.ACCREDITED] == 1
        assert again.number == first.number - 1
        with pytest.raises(Refused), writing():
            withdraw(scene.budi)
            assert accredited() == 0
            raise Refused("and nothing of it stands")
        assert accredited() == 1
        in_write_transaction(lambda: withdraw(scene.budi))
        assert accredited() == 0


def test_a_very_large_delegation_is_shown_page_by_page(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from confapp.registration.queries import delegations

    monkeypatch.setattr(delegations, "ALL_AT_ONCE", 2)
    monkeypatch.setattr(delegations, "ON_A_PAGE", 2)
    for number in range(3):
        scene.person(f"Member{number}", "Many", scene.north)
    client = scene.as_(scene.officer)
    first = client.get(f"{scene.desk}/delegations/{scene.north.ref}").text
    assert "Page 1 of 2" in first
    assert first.index("Zain, Ani") < first.index("Many, Member0")
    assert "A head of delegation" not in first
    second = client.get(f"{scene.desk}/delegations/{scene.north.ref}?page=2").text
    assert "Many, Member2" in second
    assert "Many, Member0" not in second
    holder = build.account()
    build.mandate(holder, Role.FOCAL_POINT, scene.conference, delegation_id=scene.north.id)
    assert "Page 2 of 2" in scene.as_(holder).get(f"/me/lists-2027/delegations/{scene.north.ref}?page=9").text
