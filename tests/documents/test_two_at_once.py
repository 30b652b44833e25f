"""Two people prepare, release, take back and withdraw at the same moment: one after the other, each once."""

import pytest

from confapp.documents import actions, queries
from confapp.documents.models import Issue
from confapp.documents.rules import BlockKind, IssueState, Status
from confapp.foundation import jobs
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.transactions import writing
from confapp.people.rules import Role
from tests import build
from tests.documents import making


@pytest.fixture
def adopted(conference, by):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    return ref


@pytest.fixture
def prepared(conference, by, adopted):
    making.prepare(conference, adopted, by)
    jobs.run_due()
    return adopted


@pytest.fixture
def another(conference):
    return build.actor(build.staff(conference, Role.ORGANIZER))


def issues(conference, ref):
    db.session.rollback()
    db.session.expire_all()
    with in_conference(conference.id):
        return [(one.number, one.state) for one in making.issues(ref)]


def outcomes(app, conference, *works):
    """What each work was answered; all start together, twice each."""
    conference_id, waiting = conference.id, [work for work in works for _ in range(4 // len(works))]
    db.session.rollback()

    def one():
        work = waiting.pop()
        with in_conference(conference_id), writing():
            return work()

    answers = build.at_once(app, one, len(waiting))
    unexpected = [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert unexpected == []
    return [one for one in answers if not isinstance(one, Refused)]


def test_paragraphs_are_added_and_moved(app, conference, by, another):
    ref = making.document(conference, by)

    def draft():
        return [(row.block.ref, row.position) for row in queries.place_rows(queries.document(ref).draft)]

    def add():
        document = queries.document(ref)
        after = queries.place_rows(document.draft)[2].block
        return actions.add_block(document, BlockKind.OPERATIVE, {"en": "*Decide* it."}, by=another, after=after).ref

    def move():
        document = queries.document(ref)
        actions.move_block(document, queries.place_rows(document.draft)[3].block, 1, by=another)
        return "moved"

    with in_conference(conference.id):
        before = draft()
    done = outcomes(app, conference, add, move)
    with in_conference(conference.id):
        after = draft()
    added = {one for one in done if one != "moved"}
    assert len(done) == 4
    assert {block for block, _position in after} == {block for block, _position in before} | added
    assert [position for _block, position in after] == [10 * number for number in range(1, len(after) + 1)]


def test_one_issue_is_prepared(app, conference, by, another, adopted):
    def work():
        return actions.prepare_publication(queries.document(adopted), by=another).number

    assert outcomes(app, conference, work) == [1]
    assert issues(conference, adopted) == [(1, IssueState.PREPARING)]


def test_one_release_holds(app, conference, another, prepared):
    def work():
        actions.release(making.issues(prepared)[0], by=another)
        return "released"

    assert outcomes(app, conference, work) == ["released"]
    assert issues(conference, prepared) == [(1, IssueState.PUBLISHED)]
    with across_conferences("jobs of every conference"):
        told = db.session.query(jobs.Job).filter(jobs.Job.task == "documents.tell_issue").count()
    assert told == 1


def test_it_is_released_or_discarded(app, conference, another, prepared):
    def release():
        actions.release(making.issues(prepared)[0], by=another)
        return IssueState.PUBLISHED

    def discard():
        actions.abandon(making.issues(prepared)[0], by=another)
        return IssueState.FAILED

    (held,) = outcomes(app, conference, release, discard)
    assert issues(conference, prepared) == [(1, held)]
    with in_conference(conference.id):
        is_public = queries.document(prepared).status == Status.PUBLISHED
    assert is_public == (held == IssueState.PUBLISHED)


def test_it_is_withdrawn_once_and_nothing_is_prepared_of_what_was_withdrawn(app, conference, by, another, prepared):
    making.release(conference, prepared, by=another)

    def withdraw():
        actions.withdraw(queries.document(prepared), {"en": "An error."}, by=another)
        return "withdrawn"

    def reissue():
        return actions.prepare_publication(queries.document(prepared), kind="reissue", by=another).number

    done = outcomes(app, conference, withdraw, reissue)
    assert len(done) == 1
    with in_conference(conference.id):
        document = queries.document(prepared)
        open_ones = [one for one in db.session.query(Issue) if one.state == IssueState.PREPARING]
        assert (document.status == Status.WITHDRAWN) == (done == ["withdrawn"])
        assert bool(open_ones) == (done == [2])
