"""What is done with the catalogue, the order, papers and attendance, on a real database."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import in_write_transaction, reading, writing
from confapp.foundation.web.filters import moment
from confapp.people.rules import Role
from confapp.registration import actions, queries
from confapp.registration.actions.parties import outcomes
from confapp.registration.exports.catalogue import catalogue_csv
from confapp.registration.models import Credential, Delegation, DelegationOrder, Party, Registration, RegistrationMove
from confapp.registration.queries import Narrowing, Wanted
from confapp.registration.rules import CredentialKind, HostPlace, PartyKind, Status
from confapp.registration.rules.catalogue import read
from confapp.registration.rules.credentials import CredentialState
from confapp.registration.rules.order import Rule, drawn, fingerprint
from tests import build

NAMES = ("Delta", "Alpha", "Charlie", "Bravo")


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference()


@pytest.fixture
def organizer(conference: Conference) -> Actor:
    return build.actor(build.staff(conference, Role.ORGANIZER))


@pytest.fixture
def administrator(app: Flask) -> Actor:
    return build.actor(build.administrator())


@contextmanager
def at_work(conference: Conference) -> Iterator[None]:
    with in_conference(conference.id), writing():
        yield


@contextmanager
def looking(conference: Conference) -> Iterator[None]:
    db.session.rollback()
    with in_conference(conference.id), reading():
        yield


def delegations(conference: Conference, *names: str, **changes: Any) -> list[Delegation]:
    return [
        build.delegation(conference, name={"en": name}, position=number, **changes)
        for number, name in enumerate(names, 1)
    ]


def here(row: Any) -> Any:
    """The same row in the present transaction."""
    return db.session.get_one(type(row), row.id)


def names(conference: Conference) -> list[str]:
    with looking(conference):
        return [row.name["en"] for row in queries.ordered_delegations()]


def positions(conference: Conference) -> list[int]:
    with looking(conference):
        return list(db.session.scalars(select(Delegation.position).order_by(Delegation.position)))


def recorded(conference: Conference, verb: str) -> list[AuditEntry]:
    with looking(conference):
        return list(
            db.session.scalars(
                select(AuditEntry)
                .where(AuditEntry.verb == verb, AuditEntry.conference_id == conference.id)
                .order_by(AuditEntry.id)
            )
        )


def history(conference: Conference) -> DelegationOrder:
    with looking(conference):
        return db.session.scalars(select(DelegationOrder)).one()


# --- the order --------------------------------------------------------------------------------------------------------


def test_a_rule_is_looked_at_then_applied_and_taken_back(conference: Conference, organizer: Actor) -> None:
    rows = delegations(conference, *NAMES)
    rule = Rule("en", HostPlace.LAST, host=rows[1].id, first=rows[2].id)
    with looking(conference):
        ahead = actions.preview_order(conference, rule)
        assert [row.name["en"] for row in ahead] == ["Charlie", "Delta", "Bravo", "Alpha"]
        seen = fingerprint(row.id for row in ahead)
    assert names(conference) == list(NAMES)
    with at_work(conference):
        actions.apply_order(organizer, conference, rule, seen)
    assert names(conference) == ["Charlie", "Delta", "Bravo", "Alpha"]
    assert positions(conference) == [1, 2, 3, 4]
    with at_work(conference):
        actions.move_delegation(organizer, here(rows[1]), -1)
    assert history(conference).moved_by_hand == 1
    with at_work(conference):
        actions.undo_order(organizer, conference)
    assert names(conference) == list(NAMES)
    assert history(conference).ordered_at is None
    with pytest.raises(Refused), at_work(conference):
        actions.undo_order(organizer, conference)
    assert [entry.verb for entry in recorded(conference, "order_delegations") + recorded(conference, "undo_order")] == [
        "order_delegations",
        "undo_order",
    ]


def test_going_back_restores_how_the_order_before_came_about(conference: Conference, organizer: Actor) -> None:
    rows = delegations(conference, *NAMES)
    with at_work(conference):
        actions.apply_order(organizer, conference, Rule("en"))
        actions.place_delegation(organizer, here(rows[0]), 1)
    before = history(conference)
    with at_work(conference):
        actions.apply_order(organizer, conference, Rule("id", kinds_apart=False))
        actions.remove_delegation(organizer, here(rows[3]))
        actions.add_own_delegation(organizer, conference, {"en": "Echo"})
        actions.undo_order(organizer, conference)
    after = history(conference)
    assert names(conference) == ["Delta", "Alpha", "Charlie", "Echo"]
    assert positions(conference) == [1, 2, 3, 4]
    for name in ("language", "kinds_apart", "ordered_at", "ordered_by", "moved_by_hand", "moved_at"):
        assert getattr(after, name) == getattr(before, name)


def test_a_preview_of_another_list_is_not_applied(conference: Conference, organizer: Actor) -> None:
    delegations(conference, *NAMES)
    with looking(conference):
        seen = fingerprint(row.id for row in actions.preview_order(conference, Rule("en")))
    delegations(conference, "Aaland")
    with pytest.raises(Refused, match="changed since"), at_work(conference):
        actions.apply_order(organizer, conference, Rule("en"), seen)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (lambda rows: Rule("en", HostPlace.FIRST), "host"),
        (lambda rows: Rule("en", HostPlace.FIRST, host=999_999), "host"),
        (lambda rows: Rule("en", first=999_999), "begin"),
        (lambda rows: Rule("en", HostPlace.LAST, host=rows[0].id, first=rows[0].id), "begin"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(
    conference: Conference, organizer: Actor, rule: Callable[[list[Delegation]], Rule], field: str
) -> None:
    rows = delegations(conference, *NAMES)
    with pytest.raises(Refused) as refusal, at_work(conference):
        actions.apply_order(organizer, conference, rule(rows))
    assert (refusal.value.status, refusal.value.field) == (422, field)
    assert names(conference) == list(NAMES)


def test_a_draw_is_recorded_so_that_it_can_be_checked(conference: Conference, organizer: Actor) -> None:
    rows = delegations(conference, *NAMES)
    build.change(rows[0], declined_at=clock.now())
    with at_work(conference):
        ref = actions.draw_first_seat(organizer, conference).ref
    [entry] = recorded(conference, "draw_first_seat")
    assert sorted(entry.facts["among"]) == sorted(row.ref for row in rows[1:])
    assert drawn(entry.facts["seed"], entry.facts["among"]) == entry.facts["drawn"] == ref
    assert names(conference) == list(NAMES)
    assert history(conference).draw["by"] == "program"


def test_a_draw_by_hand_is_noted_with_its_moment(conference: Conference, organizer: Actor) -> None:
    rows = delegations(conference, *NAMES)
    at = clock.now() - timedelta(days=2)
    with at_work(conference):
        actions.note_draw(organizer, here(rows[2]), at)
    assert history(conference).drawn_id == rows[2].id
    with pytest.raises(Refused, match="not come yet"), at_work(conference):
        actions.note_draw(organizer, here(rows[2]), clock.now() + timedelta(days=1))


def test_a_draw_needs_two(conference: Conference, organizer: Actor) -> None:
    delegations(conference, "Alone")
    with pytest.raises(Refused), at_work(conference):
        actions.draw_first_seat(organizer, conference)


def test_who_is_taken_off_leaves_no_gap_and_no_trace_in_the_rule(conference: Conference, organizer: Actor) -> None:
    rows = delegations(conference, *NAMES)
    with at_work(conference):
        actions.note_draw(organizer, here(rows[1]), clock.now())
        actions.apply_order(organizer, conference, Rule("en", HostPlace.FIRST, host=rows[0].id, first=rows[1].id))
        actions.remove_delegation(organizer, here(rows[1]))
        actions.remove_delegation(organizer, here(rows[0]))
    order = history(conference)
    assert (order.host_id, order.first_id, order.drawn_id) == (None, None, None)
    assert positions(conference) == [1, 2]


def test_positions_that_were_never_settled_become_one_to_n(conference: Conference, organizer: Actor) -> None:
    places = {"A": 0, "B": 0, "C": 7}
    rows = [build.delegation(conference, name={"en": name}, position=place) for name, place in places.items()]
    with at_work(conference):
        actions.move_delegation(organizer, here(rows[2]), -1)
    assert names(conference) == ["A", "C", "B"]
    assert positions(conference) == [1, 2, 3]


@pytest.mark.parametrize("role", [Role.ACCREDITATION_OFFICER, Role.VIEWER, Role.GATE_STAFF])
def test_others_do_not_move_anybody(conference: Conference, role: Role) -> None:
    rows = delegations(conference, *NAMES)
    actor = build.actor(build.staff(conference, role))
    for work in (
        lambda: actions.move_delegation(actor, here(rows[0]), 1),
        lambda: actions.place_delegation(actor, here(rows[0]), 3),
        lambda: actions.apply_order(actor, conference, Rule("en")),
        lambda: actions.draw_first_seat(actor, conference),
        lambda: actions.note_draw(actor, here(rows[0]), clock.now()),
        lambda: actions.undo_order(actor, conference),
    ):
        with pytest.raises(Forbidden), at_work(conference):
            work()
    assert names(conference) == list(NAMES)


def test_moves_at_the_same_moment_leave_everybody_in_one_place(
    app: Flask, conference: Conference, organizer: Actor
) -> None:
    """Eight hands move, add, remove and reorder at once; the positions stay 1 to n, each once."""
    rows = delegations(conference, *(f"State {number:02d}" for number in range(12)))
    ids, dice, done = [row.id for row in rows], random.Random(7), iter(range(1000))

    def step(what: int, row: Delegation, to: int) -> None:
        if what == 0:
            actions.add_own_delegation(organizer, conference, {"en": f"New {to}"})
        elif what == 1:
            actions.apply_order(organizer, conference, Rule("en"))
        elif what == 2:
            actions.move_delegation(organizer, row, -1 if to < 6 else 1)
        else:
            actions.place_delegation(organizer, row, to)

    def work() -> None:
        for _ in range(4):
            one, to, what = dice.choice(ids), dice.randint(1, 12), next(done) % 6
            with in_conference(conference.id):
                in_write_transaction(lambda: step(what, db.session.get_one(Delegation, one), to))  # noqa: B023 - now

    found_out = build.at_once(app, work, number=8)
    assert [one for one in found_out if one is not None] == []
    found = positions(conference)
    assert found == list(range(1, len(found) + 1))
    assert len(found) > 12
    moves = recorded(conference, "move_delegation")
    assert all(1 <= entry.facts["position"] <= len(found) for entry in moves)


# --- the catalogue ----------------------------------------------------------------------------------------------------

TABLE = "code,kind,name:en,name:id,formal_name:en,un_status,groups,source,as_of\n"


def party(code: str, name: dict[str, str], **changes: Any) -> Party:
    made: Party = build.save(Party(kind=PartyKind.STATE, code=code, name=name, **changes))
    return made


def parties() -> dict[str, Party]:
    db.session.rollback()
    return queries.parties_by_code()


def bring(administrator: Actor, content: str) -> tuple[int, int]:
    table = read(content)
    assert not table.fault
    with writing():
        outcomes(table.lines)
        return actions.import_parties(administrator, table.lines)


def test_a_second_import_changes_nothing(administrator: Actor) -> None:
    party("AAA", {"en": "One", "ar": "واحد"})
    content = TABLE + "AAA,state,One,Satu,the One,member,ASEAN;G20,A list,2026-01-31\nBBB,other,Two,,,,,,\n"
    assert bring(administrator, content) == (1, 1)
    one = parties()["AAA"]
    assert one.name == {"en": "One", "id": "Satu", "ar": "واحد"}
    assert (one.un_status, one.groups, one.source) == ("member", ["ASEAN", "G20"], "A list")
    assert one.edited == ["as_of", "formal_name", "groups", "name", "source", "un_status"]
    assert bring(administrator, content) == (0, 0)
    assert db.session.query(AuditEntry).filter(AuditEntry.verb == "change_party").count() == 1


def test_what_goes_out_comes_back_as_it_was(administrator: Actor) -> None:
    with writing():
        actions.load_catalogue(administrator)
    party("EVIL", {"en": '=HYPERLINK("x")', "id": "+1"}, groups=["-A", "@B"])
    content = catalogue_csv(row for row, _lacks in queries.catalogue(Wanted()))
    assert b'"=HYPERLINK' not in content
    assert bring(administrator, content.decode("utf-8-sig")) == (0, 0)


def test_a_dry_run_says_what_each_line_does(administrator: Actor) -> None:
    party("AAA", {"en": "One"})
    content = "code,kind,name:en\nAAA,state,One\nAAB,state,\nAAC,state,New\nAAD,planet,New\n"
    found = outcomes(read(content).lines)
    assert [(row.line.code, row.verb) for row in found] == [
        ("AAA", "same"),
        ("AAB", "faulty"),
        ("AAC", "added"),
        ("AAD", "faulty"),
    ]
    assert "AAC" not in parties()
    assert bring(administrator, content) == (1, 0)
    assert set(parties()) == {"AAA", "AAC"}


def test_an_update_of_the_catalogue_leaves_alone_what_was_typed_here(administrator: Actor) -> None:
    with writing():
        actions.load_catalogue(administrator)
        actions.change_party(
            administrator, queries.parties_by_code()["FJI"], {"name": {"en": "Fiji Islands"}, "source": "By letter"}
        )
        assert actions.load_catalogue(administrator) == 0
    fiji = parties()["FJI"]
    assert fiji.name == {"en": "Fiji Islands"}
    assert (fiji.source, fiji.formal_name["en"]) == ("By letter", "the Republic of Fiji")


def test_entries_of_ones_own_come_change_and_go(administrator: Actor, conference: Conference, organizer: Actor) -> None:
    with writing():
        ref = actions.add_party(administrator, "OWN", name={"en": "Own body"}, kind=PartyKind.OTHER).ref
    for code, name in (("OWN", {"en": "Again"}), ("no code", {"en": "X"}), ("OTHER", {"en": ""})):
        with pytest.raises(Refused), writing():
            actions.add_party(administrator, code, name=name)
    own = parties()["OWN"]
    revision = own.revision
    with writing():
        assert actions.change_party(administrator, queries.party(ref), {"un_status": "observer"}, revision=revision)
    with pytest.raises(Refused, match="meanwhile"), writing():
        actions.change_party(administrator, queries.party(ref), {"un_status": "none"}, revision=revision)
    with at_work(conference):
        actions.add_delegation(organizer, conference, queries.party(ref))
    assert queries.times_invited(parties()["OWN"]) == 1
    with pytest.raises(Refused, match="in its list"), writing():
        actions.remove_party(administrator, queries.party(ref))
    with at_work(conference):
        actions.remove_delegation(organizer, queries.ordered_delegations()[0])
    with writing():
        actions.remove_party(administrator, queries.party(ref))
    assert "OWN" not in parties()


def test_what_the_program_brings_stays(administrator: Actor) -> None:
    with writing():
        actions.load_catalogue(administrator)
    with pytest.raises(Refused, match="stays"), writing():
        actions.remove_party(administrator, parties()["FJI"])


def test_the_same_code_at_the_same_moment_is_one_entry(app: Flask, administrator: Actor) -> None:
    def work() -> None:
        in_write_transaction(lambda: actions.add_party(administrator, "OWN", name={"en": "Own"}) and None)

    found = build.at_once(app, work)
    assert sorted(type(one).__name__ for one in found) == ["NoneType", *["Refused"] * 5]
    assert len(parties()) == 1


def test_the_catalogue_is_the_administrators(organizer: Actor) -> None:
    party = build.party("AAA")
    for work in (
        lambda: actions.load_catalogue(organizer),
        lambda: actions.add_party(organizer, "BBB", name={"en": "X"}),
        lambda: actions.change_party(organizer, here(party), {"source": "X"}),
        lambda: actions.remove_party(organizer, here(party)),
        lambda: actions.import_parties(organizer, []),
    ):
        with pytest.raises(Forbidden), writing():
            work()


def test_the_catalogue_is_narrowed(app: Flask) -> None:
    party("AAA", {"en": "Alpha", "id": "Alfa"}, groups=["G1"], source="A list", folded="alpha alfa")
    party("BBB", {"en": "Bravo"}, un_status="member", folded="bravo")

    def codes(**wanted: str) -> list[str]:
        return [row.code for row, _lacks in queries.catalogue(Wanted(**wanted), ["en", "id"])]

    assert codes() == ["AAA", "BBB"]
    assert codes(search="álf") == codes(group="G1") == codes(lacks="un_status") == ["AAA"]
    assert codes(lacks="name:id") == codes(lacks="source") == ["BBB"]
    assert codes(kind="organization") == []
    assert queries.lacking(["en", "id"]) == {"name:id": 1, "formal_name": 2, "un_status": 1, "source": 1}


# --- kinds, groups and tags -------------------------------------------------------------------------------------------


def test_delegations_are_tagged_and_narrowed(conference: Conference, organizer: Actor) -> None:
    rows = delegations(conference, *NAMES)
    with at_work(conference):
        assert actions.tag_delegations(organizer, [here(row) for row in rows[:2]], "VIP") == 2
        assert actions.tag_delegations(organizer, [here(row) for row in rows[:3]], "VIP") == 1
        assert actions.tag_delegations(organizer, [here(rows[0])], "VIP", remove=True) == 1
        actions.describe_delegation(
            organizer, here(rows[3]), kind=PartyKind.ORGANIZATION, groups=["G20"], tags=["arrives late"]
        )
    build.change(rows[2], invited_at=clock.now())

    def found(**wanted: str) -> list[str]:
        with looking(conference):
            return [
                row.delegation.name["en"]
                for row in queries.standings(organizer, conference, narrowing=Narrowing(**wanted))
            ]

    assert found(tag="VIP") == ["Alpha", "Charlie"]
    assert found(group="G20") == found(kind="organization") == ["Bravo"]
    assert found(status="invited") == ["Charlie"]
    assert found(status="listed", tag="VIP") == ["Alpha"]
    assert found(credential="checked") == []
    assert found(credential="missing") == list(NAMES)
    with looking(conference):
        assert queries.words_of(organizer, conference) == (["G20"], ["VIP", "arrives late"])


def test_a_delegation_takes_the_kind_of_its_party(conference: Conference, organizer: Actor) -> None:
    party = build.save(Party(kind=PartyKind.ORGANIZATION, code="ORG", name={"en": "Organization"}))
    with at_work(conference):
        assert actions.add_delegation(organizer, conference, here(party)).kind == PartyKind.ORGANIZATION


def test_too_many_tags_are_refused(conference: Conference, organizer: Actor) -> None:
    [row] = delegations(conference, "Alpha", tags=[str(one) for one in range(20)])
    with pytest.raises(Refused), at_work(conference):
        actions.tag_delegations(organizer, [here(row)], "one more")


# --- papers -----------------------------------------------------------------------------------------------------------


class Papers:
    """A delegation with a focal point, an observer body without one, and an office."""

    def __init__(self, conference: Conference) -> None:
        self.conference = conference
        [self.delegation] = delegations(conference, "Alpha", accepted_at=clock.now())
        account = build.account("focal@alpha.example")
        build.mandate(account, Role.FOCAL_POINT, conference, delegation_id=self.delegation.id)
        self.focal_point = build.actor(account)
        self.officer = build.actor(build.staff(conference, Role.ACCREDITATION_OFFICER))
        self.member = build.registration(conference, delegation_id=self.delegation.id)
        self.observer = build.registration(conference, organization="Institute", confirmed_at=clock.now())

    def receive(self, number: str = "1", by: Actor | None = None, owner: Any = None) -> str:
        with at_work(self.conference):
            owner = here(owner or self.delegation)
            return actions.receive_credential(by or self.officer, owner, CredentialKind.NOTE_VERBALE, number).ref

    def say(self, verb: str, ref: str, *words: str, by: Actor | None = None) -> None:
        work = {
            "check": actions.check_credential,
            "object": actions.object_to_credential,
            "take_back": actions.take_back_check,
        }[verb]
        with at_work(self.conference):
            paper = db.session.scalars(select(Credential).where(Credential.ref == ref)).one()
            work(by or self.officer, paper, *words)

    def state(self, owner: Any = None) -> CredentialState:
        with looking(self.conference):
            row = here(owner or self.delegation)
            db.session.expire(row)
            return row.credentials[-1].state if row.credentials else CredentialState.MISSING


@pytest.fixture
def papers(conference: Conference) -> Papers:
    return Papers(conference)


def mails() -> list[Mail]:
    with across_conferences("test"), reading():
        return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def test_a_paper_is_checked_taken_back_objected_to_and_answered(papers: Papers, conference: Conference) -> None:
    first = papers.receive(by=papers.focal_point)
    assert papers.state() == CredentialState.TO_CHECK
    papers.say("check", first)
    papers.say("check", first)
    assert papers.state() == CredentialState.CHECKED
    assert len(recorded(conference, "check_credential")) == 1
    papers.say("take_back", first)
    assert papers.state() == CredentialState.TO_CHECK
    papers.say("object", first, "The stamp is missing.")
    papers.say("object", first, "The stamp is missing.")
    assert papers.state() == CredentialState.OBJECTED
    [mail] = mails()
    assert mail.recipient == "focal@alpha.example"
    assert "The stamp is missing." in mail.text
    closes = conference.registration_closes_at
    assert f"By {moment(closes, conference.zone)}" in mail.text
    assert f"/delegations/{papers.delegation.ref}/credentials" in mail.text
    assert all("stamp" not in str(entry.facts) for entry in recorded(conference, "object_to_credential"))
    second = papers.receive("2", by=papers.focal_point)
    assert papers.state() == CredentialState.TO_CHECK
    with looking(conference):
        old, new = db.session.scalars(select(Credential).order_by(Credential.id)).all()
        assert (old.objection, new.replaces_id) == ("The stamp is missing.", old.id)
    with pytest.raises(Refused, match="replaced"):
        papers.say("check", first)
    papers.say("check", second)
    assert papers.state() == CredentialState.CHECKED


def test_an_objection_needs_a_reason_and_the_office(papers: Papers) -> None:
    paper = papers.receive()
    with pytest.raises(Refused) as refusal:
        papers.say("object", paper, "  ")
    assert (refusal.value.status, refusal.value.field) == (422, "reason")
    for verb, words in (("check", ()), ("object", ("No",)), ("take_back", ())):
        with pytest.raises(Forbidden):
            papers.say(verb, paper, *words, by=papers.focal_point)
    assert papers.state() == CredentialState.TO_CHECK


def test_a_body_without_delegation_has_its_own_paper(papers: Papers, conference: Conference) -> None:
    paper = papers.receive(owner=papers.observer)
    papers.say("object", paper, "Not signed.")
    assert papers.state(papers.observer) == CredentialState.OBJECTED
    [mail] = mails()
    assert "Not signed." in mail.text
    with looking(conference):
        assert mail.recipient == here(papers.observer).person.email
    with pytest.raises(Refused, match="stands for its members"):
        papers.receive(owner=papers.member)
    with pytest.raises(Forbidden):
        papers.receive(owner=papers.observer, by=papers.focal_point)


def test_what_waits_is_counted_as_it_is_listed(papers: Papers, conference: Conference) -> None:
    def waiting() -> tuple[int, int]:
        with looking(conference):
            found = queries.papers_waiting()
            return found.to_check, found.missing

    assert waiting() == (0, 1)
    first = papers.receive()
    papers.receive(owner=papers.observer)
    assert waiting() == (2, 0)
    papers.receive("2")
    assert waiting() == (2, 0)
    papers.say("check", papers.receive("3"))
    assert waiting() == (1, 0)
    build.change(papers.observer, status=Status.WITHDRAWN)
    assert waiting() == (0, 0)
    with looking(conference):
        rows = queries.papers(papers.officer, conference)
        assert [(row.owner.ref, row.state) for row in rows] == [(papers.delegation.ref, CredentialState.CHECKED)]
    assert first


# --- figures and attendance -------------------------------------------------------------------------------------------


def moved(registration: Registration, was: str, became: str, days_ago: int) -> None:
    build.save(
        RegistrationMove(
            conference_id=registration.conference_id,
            registration_id=registration.id,
            verb="x",
            was=was,
            became=became,
            at=clock.now() - timedelta(days=days_ago),
        )
    )


def test_the_five_counts_are_exact_with_their_times(conference: Conference, organizer: Actor) -> None:
    now = clock.now()

    def ago(days: int) -> Any:
        return now - timedelta(days=days)

    alpha, bravo = delegations(conference, "Alpha", "Bravo", invited_at=ago(30))
    build.change(alpha, accepted_at=ago(20))
    build.change(bravo, accepted_at=ago(20), declined_at=ago(19))
    people = {
        status: build.registration(conference, delegation_id=alpha.id, status=status, submitted_at=ago(15))
        for status in Status
    }
    build.change(people[Status.ACCREDITED], decided_at=ago(10), attended_at=ago(1))
    moved(people[Status.WITHDRAWN], "submitted", "withdrawn", 4)
    moved(people[Status.REFUSED], "accredited", "submitted", 3)
    media = build.category(conference, is_for_delegations=False)
    for confirmed in (ago(2), None):
        build.registration(
            conference, organization="Paper", category_id=media.id, confirmed_at=confirmed, submitted_at=ago(2)
        )
    with looking(conference):
        shown = queries.figures_of(organizer, conference)
    figures = {row.name["en"]: of for row, of in shown.delegations}
    assert (figures["Alpha"].invited.number, figures["Alpha"].confirmed.number) == (1, 1)
    assert (figures["Bravo"].invited.number, figures["Bravo"].confirmed.number) == (1, 0)
    assert figures["Alpha"].confirmed.at == ago(20)
    registered = len(Status) - 4  # neither the draft nor those who were refused, withdrew or were revoked
    assert (figures["Alpha"].registered.number, figures["Alpha"].accredited.number) == (registered, 1)
    assert figures["Alpha"].registered.at is not None
    assert abs(figures["Alpha"].registered.at - ago(4)) < timedelta(minutes=1)
    assert abs(figures["Alpha"].accredited.at - ago(3)) < timedelta(minutes=1)  # type: ignore[operator]
    assert figures["Alpha"].attended == type(figures["Alpha"].attended)(1, ago(1))
    assert [(row.id, of.registered.number) for row, of in shown.categories] == [(media.id, 1)]
    assert [count.number for _name, count in shown.total] == [2, 1, registered + 1, 1, 1]


def test_attendance_is_noted_once_and_taken_back(conference: Conference) -> None:
    gate = build.actor(build.staff(conference, Role.GATE_STAFF))
    viewer = build.actor(build.staff(conference, Role.VIEWER))
    here_now = [build.registration(conference, status=Status.ACCREDITED) for _ in range(2)]
    waiting = build.registration(conference)

    def note(by: Actor, *rows: Registration) -> int:
        with at_work(conference):
            return actions.note_attended(by, [here(row) for row in rows])

    assert note(gate, *here_now) == 2
    assert note(gate, *here_now) == 0
    with pytest.raises(Refused, match="not accredited"):
        note(gate, waiting)
    with pytest.raises(Forbidden):
        note(viewer, here_now[0])
    with at_work(conference):
        assert actions.take_back_attended(gate, [here(here_now[0])]) == 1
        assert actions.take_back_attended(gate, [here(here_now[0])]) == 0
    with looking(conference):
        attended = list(db.session.scalars(select(Registration.id).where(Registration.attended_at.is_not(None))))
    assert attended == [here_now[1].id]
    assert len(recorded(conference, "note_attendance")) == 2


def test_two_gates_note_somebody_once(app: Flask, conference: Conference) -> None:
    gate = build.actor(build.staff(conference, Role.GATE_STAFF))
    row = build.registration(conference, status=Status.ACCREDITED)

    def work() -> int:
        with in_conference(conference.id):
            return in_write_transaction(lambda: actions.note_attended(gate, [db.session.get_one(Registration, row.id)]))

    assert sorted(build.at_once(app, work)) == [0, 0, 0, 0, 0, 1]
