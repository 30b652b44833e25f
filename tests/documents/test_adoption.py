"""Around an adopted text: votes, statements, endorsements, silence; who may, until when, and what readers see."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from confapp.documents import actions, queries
from confapp.documents.models import Adoption, Endorsement, Reservation, Silence
from confapp.documents.queries.adoption import beside
from confapp.documents.rules import BlockKind, Manner
from confapp.documents.rules.adoption import Listing, Showing, read_table, silence_state, totals_fault
from confapp.documents.rules.beside import StatementKind, statement_line
from confapp.foundation import clock, jobs
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.languages import speaking
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Mail
from confapp.people.rules import Role
from confapp.registration.models import Delegation
from confapp.registration.rules import Capacity, PartyKind
from confapp.registration.rules import Status as Accreditation
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

DESK, ME = "/desk/test-2027/documents/", "/me/test-2027/delegations/"


class Scene:
    """An outcome, three states and a body in an order that is not the alphabet, and their focal points."""

    def __init__(self, conference: Any, by: Any, manner: Manner | None = Manner.CONSENSUS) -> None:
        self.conference, self.by = conference, by
        self.refs, self.focal = {}, {}
        for place, name in enumerate(("Westland", "Eastland", "Northland", "A Body")):
            kind = PartyKind.STATE if name != "A Body" else PartyKind.ORGANIZATION
            row = build.delegation(conference, name={"en": name}, position=place, kind=kind, code=name[:1])
            self.focal[name] = build.account()
            build.mandate(self.focal[name], Role.FOCAL_POINT, conference, delegation_id=row.id)
            self.refs[name] = row.ref
        self.ref = making.document(conference, by)
        if manner is not None:
            self.adopt(manner)

    def adopt(self, manner: Manner) -> None:
        with writing_in(self.conference):
            actions.adopt(
                self.document,
                manner=manner,
                meeting={"en": "closing session"},
                adopted_on=clock.today(self.conference.zone) - timedelta(days=2),
                presiding={"en": "Chair"},
                by=self.by,
            )

    @property
    def document(self) -> Any:
        return queries.document(self.ref)

    @property
    def adoption(self) -> Adoption:
        found = queries.adoption_of(self.document)
        assert found is not None
        return found

    def delegation(self, name: str) -> Delegation:
        return db.session.scalars(select(Delegation).where(Delegation.ref == self.refs[name])).one()

    def speaker(self, name: str) -> Any:
        return build.actor(self.focal[name])

    def block(self, kind: BlockKind) -> str:
        return next(row.block.ref for row in queries.draft(self.document).rows if row.kind == kind)

    def votes(self, **said: str) -> dict[str, str]:
        return {self.refs[name]: said.get(name, "for") for name in ("Westland", "Eastland", "Northland")}

    def open_windows(self, **changes: Any) -> None:
        later = clock.now() + timedelta(days=1)
        given: dict[str, Any] = {
            "showing": Showing.IN_FULL,
            "listing": Listing.PROTOCOL,
            "statements_until": later,
            "endorsements_until": later,
        }
        with writing_in(self.conference):
            actions.set_terms(self.adoption, by=self.by, **(given | changes))


@pytest.fixture
def scene(conference, by):
    return Scene(conference, by)


def statement(scene, name, kind=StatementKind.DISSOCIATION, by=None, **changes):
    given = {
        "text": {"en": "As we said.\nTwice."},
        "blocks": [scene.block(BlockKind.OPERATIVE)],
        "handed_in_by": "N. N.",
    }
    return actions.hand_in_statement(
        scene.adoption, scene.delegation(name), kind=kind, by=by or scene.speaker(name), **(given | changes)
    )


# --- rules ------------------------------------------------------------------------------------------------------------


class Named:
    def __init__(self, ref, code, name):
        self.ref, self.code, self.name, self.formal_name = ref, code, {"en": name}, {}


def test_a_pasted_table_is_read_by_name_or_code_and_says_its_faults():
    states = [Named("r1", "WL", "Westland"), Named("r2", "EL", "Côte, East"), Named("r3", "NL", "Northland")]
    read, faults = read_table('State,Vote\nwestland\tYES\n"Cote, East",abstain\nNL;-\n', states)
    assert (read, faults) == ({"r1": "for", "r2": "abstaining", "r3": "against"}, [])
    read, faults = read_table("Nowhere,yes\nWL,perhaps\nWL,yes\nWestland no", states)
    assert read == {"r1": "for"}
    assert len(faults) == 3


def test_announced_totals_are_compared_where_they_were_given():
    counted = {"for": 2, "against": 1, "abstaining": 0, "absent": 0}
    assert totals_fault({"for": 2, "against": None, "abstaining": 0}, counted) is None
    assert "announced 3" in (totals_fault({"for": 3}, counted) or "")


def test_a_sentence_names_the_paragraphs():
    with speaking("en"):
        assert (
            statement_line("dissociation", "Westland", ["5"], "en") == "Westland dissociated itself from paragraph 5."
        )
        assert "paragraphs 5, 7 (a)." in statement_line("reservation", "Westland", ["5", "7 (a)"], "en")
        assert statement_line("declaration", "Westland", [], "en").endswith("the whole text.")


def test_an_objection_at_the_expiry_itself_comes_too_late():
    class Run:
        stopped_at, expires_at, objections = None, clock.now(), []

    class Late:
        received_at = Run.expires_at

    before, run = Run.expires_at - timedelta(microseconds=1), Run()
    assert silence_state(run, before) == "open"
    assert silence_state(run, Run.expires_at) == "held"
    run.objections = [Late()]
    assert silence_state(run, Run.expires_at) == "held"
    Late.received_at = before
    assert silence_state(run, before) == "broken"


# --- the vote ---------------------------------------------------------------------------------------------------------


def test_a_vote_is_recorded_whole_corrected_with_audit_and_closed_by_the_issue(conference, by):
    scene = Scene(conference, by, Manner.RECORDED_VOTE)
    with writing_in(conference):
        adoption = scene.adoption
        base = adoption.revision
        with pytest.raises(Refused) as wanting:
            actions.record_vote(adoption, {scene.refs["Westland"]: "for"}, base=base, by=by)
        assert wanting.value.status == 422
        with pytest.raises(Refused, match="announced"):
            actions.record_vote(adoption, scene.votes(), base=base, announced={"for": 2}, by=by)
        actions.record_vote(adoption, scene.votes(Eastland="against"), base=base, announced={"for": 2}, by=by)
    with writing_in(conference):
        adoption = scene.adoption
        assert adoption.revision > base
        actions.record_vote(adoption, scene.votes(Eastland="against"), base=base, by=by)  # the same again
        with pytest.raises(Refused) as stale:
            actions.record_vote(adoption, scene.votes(), base=base, by=by)
        assert stale.value.status == 409
        actions.record_vote(adoption, scene.votes(Eastland="absent"), base=adoption.revision, by=by)
    with in_conference(conference.id):
        found = beside(scene.adoption)
        assert [(name["en"], cast) for name, _code, cast in found.votes] == [
            ("Westland", "for"),
            ("Eastland", "absent"),
            ("Northland", "for"),
        ]
        corrected = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "documents.correct_vote")).one()
        assert corrected.facts["changed"] == {scene.refs["Eastland"]: ["against", "absent"]}
    making.publish(conference, scene.ref, by)
    with writing_in(conference), pytest.raises(Refused, match="corrigendum"):
        actions.record_vote(scene.adoption, scene.votes(), base=scene.adoption.revision, by=by)


def test_two_who_save_different_votes_at_once_do_not_overwrite_each_other(whole_app, conference, by):
    scene = Scene(conference, by, Manner.RECORDED_VOTE)
    with in_conference(conference.id):
        base = scene.adoption.revision
    start, outcomes = threading.Barrier(2), []

    def save(said: str) -> None:
        with whole_app.app_context():
            start.wait()
            try:
                with writing_in(conference):
                    actions.record_vote(scene.adoption, scene.votes(Eastland=said), base=base, by=by)
                outcomes.append("saved")
            except Refused as refusal:
                outcomes.append(refusal.status)

    threads = [threading.Thread(target=save, args=(said,)) for said in ("against", "absent")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(map(str, outcomes)) == ["409", "saved"]


def test_the_record_is_corrected_until_the_issue_and_never_into_silence(scene, conference, by):
    given = {
        "meeting": {"en": "night meeting"},
        "meeting_number": "6th",
        "adopted_on": clock.today(conference.zone) - timedelta(days=1),
        "presiding": {"en": "Chair"},
        "symbol_of_record": "TEST/1/SR.6",
        "by": by,
    }
    with writing_in(conference):
        base = scene.adoption.revision
        actions.correct_adoption(scene.adoption, manner=Manner.ACCLAMATION, base=base, **given)
    with writing_in(conference):
        assert queries.reading(scene.document, scene.adoption.version, "en").adoption.number == "6th"
        with pytest.raises(Refused):
            actions.correct_adoption(scene.adoption, manner=Manner.NOTED, base=base, **given)
        with pytest.raises(Refused):
            actions.correct_adoption(scene.adoption, manner=Manner.SILENCE, base=scene.adoption.revision, **given)
        actions.add_oral_revision(
            scene.adoption, text={"en": "add “soon”"}, announced_by={"en": "Westland"}, blocks=[], by=by
        )
        assert len(scene.adoption.oral_revisions) == 1


# --- statements -------------------------------------------------------------------------------------------------------


def test_a_delegation_hands_in_within_its_window_and_the_secretariat_shows_or_asks(scene, conference, by):
    with writing_in(conference), pytest.raises(Refused, match="no longer"):
        statement(scene, "Westland")
    scene.open_windows()
    with writing_in(conference):
        with pytest.raises(Forbidden):
            statement(scene, "Westland", by=scene.speaker("Eastland"))
        with pytest.raises(Refused):
            statement(scene, "Westland", blocks=["unknown"])
        row = statement(scene, "Westland")
        assert beside(scene.adoption).statements == ()
        with pytest.raises(Refused):
            actions.follow_statement(row, "return", by=by)
        actions.follow_statement(row, "return", by=by, question="Which paragraph?")
    scene.open_windows(statements_until=None)
    with writing_in(conference):
        asked = db.session.scalars(select(Reservation)).one()
        again = statement(scene, "Westland", text={"en": "Clearer."}, replaces=asked)  # asked: also after the window
        assert asked.status == "replaced"
        assert asked.text == {"en": "As we said.\nTwice."}
        actions.follow_statement(again, "show", by=by)
        (shown,) = beside(scene.adoption).statements
        assert (shown.text, shown.blocks) == ({"en": "Clearer."}, (scene.block(BlockKind.OPERATIVE),))
        reading = queries.reading(scene.document, scene.adoption.version, "en")
        with speaking("en"):
            assert reading.statement_line(shown) == "Westland dissociated itself from paragraph 1."


def test_where_the_terms_say_listed_readers_see_no_words_of_it(scene, conference, by):
    scene.open_windows(showing=Showing.LISTED)
    with writing_in(conference):
        statement(scene, "Westland", by=by)
        (shown,) = beside(scene.adoption).statements
        assert shown.text == {}
    making.publish(conference, scene.ref, by)
    with writing_in(conference), pytest.raises(Refused):
        actions.set_terms(
            scene.adoption,
            showing=Showing.IN_FULL,
            listing=Listing.PROTOCOL,
            statements_until=None,
            endorsements_until=None,
            by=by,
        )


def test_an_issue_keeps_what_stood_beside_it_and_its_page_has_what_came_later(scene, conference, by, client):
    with writing_in(conference):
        statement(scene, "Westland", by=by)
    making.publish(conference, scene.ref, by)
    with writing_in(conference):
        statement(scene, "Eastland", by=by, text={"en": "Later words."})
    with in_conference(conference.id):
        issue = making.issues(scene.ref)[-1]
        fixed = queries.reading(scene.document, issue.version, "en", issue)
        live = queries.reading(scene.document, issue.version, "en", issue, is_live=True)
        assert [len(fixed.beside.statements), len(live.beside.statements)] == [1, 2]
        fixed_at = f"?issue={issue.short_hash}"
    address = "/test-2027/documents/TEST/1/L.1"
    page, kept = client.get(address).text, client.get(address + fixed_at).text
    made = client.get(f"{address}.en.html{fixed_at}").text
    assert "Later words." in page
    assert "Later words." not in kept
    assert "Westland dissociated itself from paragraph 1." in made


# --- endorsements -----------------------------------------------------------------------------------------------------


def endorse(scene, name, by=None, **changes):
    given = {"authority": {"en": "Minister"}, "endorsed_on": clock.today(scene.conference.zone)}
    return actions.endorse(scene.adoption, scene.delegation(name), by=by or scene.speaker(name), **(given | changes))


def test_endorsements_are_confirmed_listed_in_protocol_order_and_withdrawn_with_day_and_reason(scene, conference, by):
    scene.open_windows()
    today = clock.today(conference.zone)
    with writing_in(conference):
        endorse(scene, "A Body", by=by)
        endorse(scene, "Northland", by=by)
        asked = endorse(scene, "Eastland")
        with pytest.raises(Refused):
            endorse(scene, "Eastland", by=by)
        with pytest.raises(Refused):
            endorse(scene, "Westland", endorsed_on=today + timedelta(days=1))
        with pytest.raises(Refused):
            endorse(scene, "Westland", endorsed_on=today - timedelta(days=9))
        with pytest.raises(Forbidden):
            actions.confirm_endorsement(asked, by=scene.speaker("Eastland"))
        assert [one.name["en"] for one in beside(scene.adoption).endorsements] == ["Northland", "A Body"]
        actions.confirm_endorsement(asked, by=by)
        actions.withdraw_endorsement(asked, today, {"en": "A new government"}, by=by)
        with pytest.raises(Refused):
            actions.withdraw_endorsement(asked, today, {"en": "Again"}, by=by)
        endorse(scene, "Westland", by=by)
        found = beside(scene.adoption)
        assert [one.name["en"] for one in found.standing("en")] == ["Westland", "Northland", "A Body"]
        assert [(one.name["en"], one.withdrawn_on) for one in found.withdrawn("en")] == [("Eastland", today)]
    scene.open_windows(listing=Listing.ALPHABETICAL)
    with writing_in(conference):
        listed = beside(scene.adoption).standing("en")
        assert [one.name["en"] for one in listed] == ["Northland", "Westland", "A Body"]
        made = actions.draft_endorsements(scene.adoption, by=by)
        lines = [row.texts["en"].inline[0]["t"] for row in queries.draft(made).rows]
        assert made.symbol == "TEST/1/L.1/Add.1"
        assert [line.split(",")[0] for line in lines[1:]] == [
            "3 endorsements",
            "Northland",
            "Westland",
            "A Body",
            "Withdrawn",
            "Eastland",
        ]


def test_the_public_table_has_the_endorsements(scene, conference, by, client):
    with writing_in(conference):
        endorse(scene, "Northland", by=by)
    address = "/test-2027/documents/endorsements/TEST/1/L.1"
    assert client.get(f"{address}.csv").status_code == 404  # not issued yet
    making.publish(conference, scene.ref, by)
    answer = client.get(f"{address}.csv")
    assert "Northland,N,Minister" in answer.text
    assert client.get(f"{address}.xlsx").data[:2] == b"PK"


# --- silence ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def quiet(conference, by):
    return Scene(conference, by, None)


def start(scene, hours=24, **changes):
    with writing_in(scene.conference):
        given = {"expires_at": clock.now() + timedelta(hours=hours), "note": {}, "tells_names": False}
        return actions.start_silence(scene.document, by=scene.by, **(given | changes)).ref


def mails(what: str) -> int:
    with across_conferences("a test counts mails"):
        wanted = select(func.count()).select_from(Mail).where(Mail.dedupe_key.like(f"silence:%:{what}:%"))
        return db.session.scalar(wanted) or 0


def test_silence_that_nobody_breaks_is_told_once_and_then_adopts(quiet, conference, by):
    now = clock.now()
    with time_machine.travel(now, tick=False):
        start(quiet)
        jobs.run_due()
        assert mails("started") == 4
        with pytest.raises(Refused, match="Silence runs"):
            quiet.adopt(Manner.CONSENSUS)
    with time_machine.travel(now + timedelta(hours=24), tick=False):
        jobs.run_due()
        with writing_in(conference):
            actions.tell_silence(db.session.scalars(select(Silence)).one(), "ended")
        assert mails("ended") == 4
        with writing_in(conference), pytest.raises(Refused, match="received before"):
            run = db.session.scalars(select(Silence)).one()
            actions.object_to_text(
                run, quiet.delegation("Westland"), blocks=[], reason="", by=quiet.speaker("Westland")
            )
        quiet.adopt(Manner.SILENCE)
        with in_conference(conference.id):
            assert quiet.adoption.manner == Manner.SILENCE


def test_one_objection_before_the_expiry_breaks_silence_and_all_are_told_once(quiet, conference, by):
    now = clock.now()
    with time_machine.travel(now, tick=False):
        start(quiet)
    with time_machine.travel(now + timedelta(hours=24, microseconds=-1), tick=False):
        with writing_in(conference):
            run = db.session.scalars(select(Silence)).one()
            with pytest.raises(Forbidden):
                westland = quiet.delegation("Westland")
                actions.object_to_text(run, westland, blocks=[], reason="", by=quiet.speaker("Eastland"))
            block = quiet.block(BlockKind.OPERATIVE)
            for _repeated in range(2):
                actions.object_to_text(run, westland, blocks=[block], reason="No.", by=quiet.speaker("Westland"))
            actions.object_to_text(run, quiet.delegation("Eastland"), blocks=[], reason="", by=by)
            assert len(run.objections) == 2
            assert run.state == "broken"
        jobs.run_due()
    with time_machine.travel(now + timedelta(hours=25), tick=False):
        jobs.run_due()
        assert (mails("broken"), mails("ended")) == (4, 0)
        with pytest.raises(Refused, match="without an objection"):
            quiet.adopt(Manner.SILENCE)


def test_the_accredited_head_speaks_for_the_delegation_and_a_member_does_not(quiet, conference):
    with in_conference(conference.id):
        delegation = quiet.delegation("Westland")
    found = {}
    for capacity in (Capacity.HEAD, Capacity.ADVISER):
        row = build.registration(
            conference, delegation_id=delegation.id, capacity=capacity, status=Accreditation.ACCREDITED, organization=""
        )
        holder = build.account()
        build.mandate(holder, Role.DELEGATE, conference, person_id=row.person_id)
        with in_conference(conference.id):
            found[capacity] = queries.may_speak_for(build.actor(holder), delegation)
    assert found == {Capacity.HEAD: True, Capacity.ADVISER: False}


def test_silence_is_stopped_with_a_reason_and_a_second_one_may_follow(quiet, conference, by):
    start(quiet)
    with pytest.raises(Refused, match="already"):
        start(quiet, hours=30)
    with writing_in(conference):
        run = db.session.scalars(select(Silence)).one()
        with pytest.raises(Refused):
            actions.stop_silence(run, " ", by=by)
        actions.stop_silence(run, "A mistake in paragraph 2", by=by)
        assert run.state == "stopped"
    jobs.run_due()
    assert mails("stopped") == 4
    start(quiet)


def extend(scene, hours, reason="Two delegations wait for instructions.", base=None):
    with writing_in(scene.conference):
        run = queries.silences(scene.document)[0]
        at = clock.now().replace(microsecond=0) + timedelta(hours=hours)
        given = {"reason": {"en": reason}, "base": run.revision if base is None else base, "by": scene.by}
        actions.extend_silence(run, expires_at=at, **given)
        return run.revision, at


def test_silence_is_extended_while_it_runs_with_a_reason_and_all_are_told(quiet, conference, by):
    now = clock.now()
    with time_machine.travel(now, tick=False):
        start(quiet)
        with pytest.raises(Refused, match="reason"):
            extend(quiet, 30, reason=" ")
        with pytest.raises(Refused, match="later hour"):
            extend(quiet, 23)
        with pytest.raises(Refused) as stale:
            extend(quiet, 30, base=0)
        assert stale.value.status == 409
        _revision, first = extend(quiet, 30)
        extend(quiet, 30)  # the same again
        jobs.run_due()
        assert mails("extended%") == 4
        with across_conferences("a test reads a mail"):
            told = db.session.scalars(select(Mail).where(Mail.dedupe_key.like("silence:%:extended1:%"))).first()
            assert "Two delegations wait for instructions." in told.text
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "documents.extend_silence")).one()
        assert entry.facts["reason"] == {"en": "Two delegations wait for instructions."}
    with time_machine.travel(now + timedelta(hours=25), tick=False):
        jobs.run_due()
        assert mails("ended") == 0
        extend(quiet, 30)
        jobs.run_due()
        assert mails("extended%") == 8
        with in_conference(conference.id):
            (run,) = queries.silences(quiet.document)
            assert [one.until for one in run.extensions] == [first, run.expires_at]
            assert run.extensions[1].was_until == first
    with time_machine.travel(run.expires_at, tick=False):
        jobs.run_due()
        assert mails("ended") == 4
        with pytest.raises(Refused, match="has ended"):
            extend(quiet, 30)
        quiet.adopt(Manner.SILENCE)


def test_after_a_break_silence_is_not_extended_but_a_second_one_adopts(quiet, conference, by):
    now = clock.now()
    with time_machine.travel(now, tick=False):
        start(quiet)
        with writing_in(conference):
            (run,) = queries.silences(quiet.document)
            westland, speaker = quiet.delegation("Westland"), quiet.speaker("Westland")
            actions.object_to_text(run, westland, blocks=[], reason="", by=speaker)
        with pytest.raises(Refused, match="has ended"):
            extend(quiet, 30)
        making.write(conference, quiet.ref, 4, "en", "*Affirm* as Westland asked;", by)
        making.write(conference, quiet.ref, 4, "id", "*Menegaskan* seperti diminta;", by)
        start(quiet, hours=48)
        with in_conference(conference.id):
            second, first = queries.silences(quiet.document)
            assert (second.state, first.state) == ("open", "broken")
            assert second.version.number > first.version.number
            assert second.objections == []
        jobs.run_due()
        assert mails("started") == 8
    with time_machine.travel(now + timedelta(hours=49), tick=False):
        jobs.run_due()
        assert mails("ended") == 4
        quiet.adopt(Manner.SILENCE)


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_grid_takes_buttons_and_a_table_and_keeps_all_of_it_when_something_is_wrong(conference, by, editor, client):
    scene = Scene(conference, by, Manner.RECORDED_VOTE)
    desk = client.sign_in(editor)
    url = f"{DESK}{scene.ref}/adoption/vote"
    west, east = scene.refs["Westland"], scene.refs["Eastland"]
    with in_conference(conference.id):
        base = scene.adoption.revision
    wrong = desk.send(url, base=base, pasted="Eastland,no\nNowhere,yes", **{f"v-{west}": "abstaining"})
    assert wrong.status_code == 422
    assert "Nowhere" in wrong.text
    assert wrong.text.count(" checked") == 2
    nonsense = desk.send(url, base="x", **{f"v-{west}": "perhaps"})
    assert nonsense.status_code == 422
    given = {f"v-{west}": "abstaining", "pasted": "Eastland,no", "rest": "absent", "said_for": "0"}
    assert desk.send(url, base=base, **given).status_code == 303
    assert desk.send(url, base=base, **(given | {"rest": "for", "said_for": "1"})).status_code == 409
    with in_conference(conference.id):
        assert [str(vote.stance) for vote in queries.votes(scene.adoption)] == ["abstaining", "against", "absent"]
    assert east


def test_a_delegation_finds_the_text_and_hands_in_by_its_own_page(scene, conference, by, client):
    scene.open_windows()
    page = f"{ME}{scene.refs['Westland']}/texts/{scene.ref}"
    own = client.sign_in(scene.focal["Westland"])
    assert "TEST/1/L.1" in own.get(f"{ME}{scene.refs['Westland']}/texts").text
    assert own.get(f"{ME}{scene.refs['Eastland']}/texts/{scene.ref}").status_code == 404
    assert own.send(f"{page}/statements", kind="nonsense").status_code == 422
    with in_conference(conference.id):
        block = scene.block(BlockKind.OPERATIVE)
    sent = {"kind": "reservation", "blocks": block, "text-en": "Our words"}
    key = "k" * 22
    for _repeated in range(2):
        assert own.send(f"{page}/statements", _key=key, **sent).status_code == 303
    day = f"{clock.today(conference.zone)}"
    assert own.send(f"{page}/endorsement", **{"authority-en": "Minister", "endorsed_on": day}).status_code == 303
    with in_conference(conference.id):
        assert len(queries.statements(scene.adoption)) == 1
        row = db.session.scalars(select(Reservation)).one()
        assert db.session.scalars(select(Endorsement.status)).all() == ["proposed"]
    assert "Our words" in own.get(page).text
    assert own.send(f"{page}/statements/{row.ref}/withdraw").status_code == 303
    assert own.send(f"{page}/objection").status_code == 404  # no silence runs


def test_the_secretariat_reads_and_decides_on_one_page(scene, conference, by, editor, client, statements):
    scene.open_windows()
    with writing_in(conference):
        row = statement(scene, "Westland").ref
        asked = endorse(scene, "Westland").ref
    desk = client.sign_in(editor)
    page = f"{DESK}{scene.ref}/adoption"
    before = statements(lambda: desk.get(page))
    assert desk.send(f"{page}/statements/{row}/return", reason="Which one?").status_code == 303
    assert desk.send(f"{page}/statements/{row}/show").status_code == 303
    assert desk.send(f"{page}/endorsements/{asked}/confirm").status_code == 303
    assert desk.send(f"{page}/endorsements/{asked}/confirm").status_code == 409
    assert (
        desk.send(f"{page}/endorsements/{asked}/withdraw", **{"reason-en": "x", "withdrawn_on": ""}).status_code == 422
    )
    with writing_in(conference):
        for name in ("Eastland", "Northland"):
            statement(scene, name, by=by)
            endorse(scene, name, by=by)
    assert statements(lambda: desk.get(page)) <= before + 2
    for path in ("record", "oral-revisions", "terms", "statements", "endorsements"):
        assert desk.get(f"{page}/{path}").status_code == 200
    assert desk.send(f"{page}/endorsements/addendum").status_code == 303
    assert desk.get(f"{page}/endorsements.csv").status_code == 200


def test_a_silence_procedure_by_its_pages(quiet, conference, by, editor, client):
    desk = client.sign_in(editor)
    page = f"{DESK}{quiet.ref}/silence"
    assert desk.send(f"{page}/new", expires_at="2001-01-01T10:00").status_code == 422
    at = f"{clock.local(clock.now() + timedelta(hours=30), conference.zone):%Y-%m-%dT%H:%M}"
    assert desk.send(f"{page}/new", expires_at=at).status_code == 303
    with in_conference(conference.id):
        run = queries.silences(quiet.document)[0].ref
    assert desk.send(f"{page}/{run}/stop", reason="").status_code == 422
    with in_conference(conference.id):
        base = queries.silences(quiet.document)[0].revision
    again = {"expires_at": f"{clock.local(clock.now() + timedelta(hours=40), conference.zone):%Y-%m-%dT%H:%M}"}
    assert desk.send(f"{page}/{run}/extend", base=base, **again).status_code == 422
    assert desk.send(f"{page}/{run}/extend", base="x", **again, **{"reason-en": "Why."}).status_code == 409
    assert desk.send(f"{page}/{run}/extend", base=base, **again, **{"reason-en": "Why."}).status_code == 303
    assert "Reason: Why." in desk.get(page).text
    own = client.sign_in(quiet.focal["Eastland"])
    text = f"{ME}{quiet.refs['Eastland']}/texts/{quiet.ref}"
    assert "Object to the text" in own.get(text).text
    assert own.send(f"{text}/objection", reason="No.").status_code == 303
    assert "Silence was broken" in own.get(text).text
    desk = client.sign_in(editor)
    assert desk.send(f"{page}/{run}/objections", delegation=quiet.refs["Westland"]).status_code == 303
    assert desk.get(page).text.count("land</bdi>") == 2
