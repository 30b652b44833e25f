"""A debate and its statements: what is asked for, handed in, moved, withdrawn, delivered and shown.

Whoever changes a list holds its debate first, so that two requests, or two hands, come one after the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from confapp.foundation import audit, clock, jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import INTERFACE, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import outbox
from confapp.people.models import Person
from confapp.programme.actions import require_unchanged
from confapp.programme.mails import debate as mails
from confapp.programme.models import Debate, DebateTopic, Item, Session, Statement, StatementFile
from confapp.programme.queries import debate as queries
from confapp.programme.rules import Mode, Ordering
from confapp.programme.rules.debate import (
    TAKES_LIST,
    Missing,
    address_fault,
    change_fault,
    delegation_fault,
    is_late,
    key,
    place_for,
    window_fault,
)
from confapp.registration.models import Delegation
from confapp.registration.queries import focal_point_mandates
from confapp.registration.rules import Rank

Texts = dict[str, str]
ANNOUNCE, REMIND = "programme.announce_speakers", "programme.remind_speakers"


@dataclass(frozen=True)
class Wanted:
    """How a debate is to be. Texts by language code."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    due_at: datetime | None = None
    minutes: int = 5
    reply_minutes: int = 3
    modes: tuple[str, ...] = tuple(Mode)
    ordering: Ordering = Ordering.RANK
    states_first: bool = True
    guidance: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What a delegation says of its statement. `person` is an accredited member; else name and title are printed."""

    person: Person | None = None
    name: str = ""
    title: str = ""
    rank: str = Rank.OTHER.value
    on_behalf_of: str = ""
    topic: DebateTopic | None = None
    mode: Mode = Mode.IN_PERSON
    language: str = ""
    check_against_delivery: bool = True
    embargo_until: datetime | None = None
    may_publish: bool = False


# --- the debate -------------------------------------------------------------------------------------------------------


def set_up(actor: Actor, session: Session, wanted: Wanted, *, revision: int | None = None) -> Debate:
    """Makes a session a debate, or changes how it is; delegations that stand in its order are in the list from then."""
    if session.kind not in TAKES_LIST:
        raise Refused(_("Only a general debate or a plenary has a list of speakers."), 409)
    if wanted.opens_at and wanted.closes_at and wanted.closes_at <= wanted.opens_at:
        raise Refused(_("The list closes after it opens."), 422, "closes_at")
    if not wanted.modes:
        raise Refused(_("Choose at least one way."), 422, "modes")
    debate = queries.debate_of(session)
    is_new = debate is None
    if debate is None:
        debate = Debate(conference_id=session.conference_id, session=session, topics=[])
        db.session.add(debate)
    else:
        require_unchanged(debate, revision)
    for name in ("opens_at", "closes_at", "due_at", "minutes", "reply_minutes", "ordering", "states_first"):
        setattr(debate, name, getattr(wanted, name))
    debate.modes = [mode.value for mode in Mode if mode in wanted.modes]
    debate.guidance = _filled(wanted.guidance)
    if is_new:
        db.session.flush()
        for item in session.items:
            if item.delegation is not None and queries.of_item(item) is None:
                _list(debate, item.delegation, item)
    audit.record(actor, "set_up_debate", debate, new=is_new, changes={} if is_new else audit.changes(debate))
    return debate


def _list(debate: Debate, delegation: Delegation, item: Item) -> None:
    """A delegation that the organizers put into the order; one that stands there twice counts once."""
    if queries.statement_of(debate, delegation) is None:
        row = Statement(conference_id=debate.conference_id, debate=debate, delegation=delegation, item=item)
        row.mode = Mode(debate.modes[0])
        db.session.add(row)
        db.session.flush()


def add_topic(actor: Actor, debate: Debate, title: Texts) -> DebateTopic:
    topic = DebateTopic(
        conference_id=debate.conference_id, debate_id=debate.id, title=_filled(title), position=len(debate.topics) + 1
    )
    debate.topics.append(topic)
    _touch(debate)
    audit.record(actor, "add_debate_topic", debate, topic=topic.ref, title=title)
    return topic


def change_topic(actor: Actor, debate: Debate, topic: DebateTopic, title: Texts) -> None:
    topic.title = _filled(title)
    _touch(debate)
    audit.record(actor, "change_debate_topic", debate, topic=topic.ref, title=title)


def remove_topic(actor: Actor, debate: Debate, topic: DebateTopic) -> None:
    if queries.is_chosen(topic):
        raise Refused(_("A delegation has chosen this topic. Its words can be changed, but it stays."))
    debate.topics.remove(topic)
    _touch(debate)
    audit.record(actor, "remove_debate_topic", debate, topic=topic.ref)


# --- what a delegation does -------------------------------------------------------------------------------------------


def request(actor: Actor, debate: Debate, delegation: Delegation, said: Said) -> Statement:
    """Asks for a place in the list; the rule gives it. Asking again when there is a request changes what was said."""
    queries.hold(debate)
    if fault := delegation_fault(delegation) or window_fault(debate, clock.now()):
        raise Refused(fault)
    statement = queries.statement_of(debate, delegation)
    if statement is not None and statement.withdrawn_at is None and statement.requested_at is not None:
        change(actor, statement, said)
        return statement
    return _enter(actor, debate, delegation, statement, said)


def enter(actor: Actor, debate: Debate, delegation: Delegation, said: Said) -> Statement:
    """The secretariat puts a delegation into the list, also when it is closed to delegations."""
    queries.hold(debate)
    statement = queries.statement_of(debate, delegation)
    if statement is not None and statement.withdrawn_at is None and statement.requested_at is not None:
        raise Refused(_("This delegation is in the list already."), 409, "delegation")
    return _enter(actor, debate, delegation, statement, said)


def _enter(actor: Actor, debate: Debate, delegation: Delegation, statement: Statement | None, said: Said) -> Statement:
    if statement is None:
        statement = Statement(
            conference_id=debate.conference_id, debate=debate, delegation=delegation, is_reply=False, files=[]
        )
        db.session.add(statement)
    statement.requested_at, statement.withdrawn_at, statement.moved_at = clock.now(), None, None
    _say(debate, statement, said)
    _place(debate, statement)
    audit.record(actor, "request_statement", statement, delegation=delegation.ref, debate=debate.ref)
    return statement


def change(actor: Actor, statement: Statement, said: Said, *, revision: int | None = None, desk: bool = False) -> None:
    """What is said of a statement. A changed rank moves it while the list is open; later the secretariat decides."""
    debate = statement.debate
    queries.hold(debate)
    require_unchanged(statement, revision)
    if fault := change_fault(statement):
        raise Refused(fault)
    ranks_anew = said.rank != statement.rank
    if ranks_anew and not desk and window_fault(debate, clock.now()) is not None:
        raise Refused(
            _("The list is closed, and the rank gives the place in it. Please write to the secretariat."), 422, "rank"
        )
    _say(debate, statement, said)
    if ranks_anew and statement.moved_at is None:
        _place(debate, statement)
    audit.record(actor, "change_statement", statement, fields=sorted(audit.changes(statement)))


def _say(debate: Debate, statement: Statement, said: Said) -> None:
    if said.mode.value not in debate.modes:
        raise Refused(_("Statements are not given in this way here."), 422, "mode")
    if said.topic is not None and said.topic not in debate.topics:
        raise Refused(_("Choose one of the topics."), 422, "topic")
    statement.person = said.person
    statement.speaker_name = said.person.full_name if said.person is not None else said.name
    statement.speaker_title, statement.rank, statement.on_behalf_of = said.title, said.rank, said.on_behalf_of
    statement.topic, statement.mode, statement.language = said.topic, said.mode, said.language
    statement.check_against_delivery, statement.may_publish = said.check_against_delivery, said.may_publish
    statement.embargo_until = said.embargo_until


def entered(debate: Debate, rank: str) -> Said:
    """What is known of a statement when the secretariat puts it into the list."""
    return Said(rank=rank, mode=Mode(debate.modes[0]))


def grant(
    actor: Actor, statement: Statement, minutes: int | None, due_at: datetime | None, *, revision: int | None = None
) -> None:
    """Another length or another due moment for one delegation; None is as for all."""
    require_unchanged(statement, revision)
    if fault := change_fault(statement):
        raise Refused(fault)
    statement.minutes, statement.due_at = minutes, due_at
    audit.record(actor, "grant_terms", statement, minutes=minutes, due_at=due_at.isoformat() if due_at else None)


def hand_in(actor: Actor, statement: Statement, *, file: StoredFile | None = None, recording_url: str = "") -> None:
    """The text, as a new version, or the address of a recording; what came before stays on record. After the due moment
    it is marked as late. The same again changes nothing."""
    if fault := change_fault(statement):
        raise Refused(fault)
    if recording_url and (fault := address_fault(recording_url)):
        raise Refused(fault, 422, "recording_url")
    now = clock.now()
    late, done = is_late(statement, statement.debate, now), []
    if file is not None and not _is_same(file, statement.file):
        db.session.flush()
        statement.files.append(
            StatementFile(
                conference_id=statement.conference_id,
                file=file,
                is_late=late,
                handed_in_at=now,
                handed_in_by=actor.account_id,
            )
        )
        statement.file = file
        done.append("file")
    if recording_url and recording_url != statement.recording_url:
        statement.recording_url = recording_url
        done.append("recording")
    if file is None and not recording_url:
        raise Refused(_("Choose a file, or give the address of a recording."), 422, "file")
    if not done:
        return
    statement.handed_in_at, statement.handed_in_by = now, actor.account_id
    statement.checked_at = statement.checked_by = None
    audit.record(actor, "hand_in_statement", statement, what=done, late=late)


def _is_same(new: StoredFile, old: StoredFile | None) -> bool:
    return old is not None and old.sha256 == new.sha256


def withdraw(actor: Actor, statement: Statement) -> None:
    """Takes a statement out of the list; what was handed in stays on record. Twice is as good as once."""
    queries.hold(statement.debate)
    if statement.withdrawn_at is not None:
        return
    if statement.started_at is not None:
        raise Refused(_("This statement has been delivered."))
    item, session = statement.item, statement.debate.session
    statement.withdrawn_at, statement.item = clock.now(), None
    db.session.flush()
    if item is not None:
        session.items.remove(item)
        db.session.delete(item)
    _renumber(session)
    audit.record(actor, "withdraw_statement", statement, debate=statement.debate.ref)


def withdraw_all_of(actor: Actor, delegation: Delegation) -> None:
    """A delegation that declines the invitation speaks in no debate any more; what it has delivered stays."""
    for statement in queries.undelivered(delegation):
        withdraw(actor, statement)


# --- the order --------------------------------------------------------------------------------------------------------


def _place(debate: Debate, statement: Statement) -> None:
    """The rule's place for a statement among the others."""
    session = debate.session
    db.session.flush()
    if statement.item is None:
        statement.item = Item(
            conference_id=debate.conference_id,
            session=session,
            delegation=statement.delegation,
            title=_words(N_STATEMENT),
        )
    item = statement.item
    others = [one for one in session.items if one is not item]
    by_item = {one.item: one for one in _listed(debate) if one is not statement}
    lines = [one for one in others if one in by_item and not by_item[one].is_reply]
    keys = [
        (key(by_item[one], debate), by_item[one].moved_at is not None or by_item[one].started_at is not None)
        for one in lines
    ]
    at = place_for(key(statement, debate), keys)
    _put(session, others, item, lines, at)


def _put(session: Session, others: list[Item], item: Item, lines: list[Item], at: int) -> None:
    """An item before the line at an index among the lines of the list, else behind the last of them."""
    index = others.index(lines[-1]) + 1 if lines else len(others)
    if at < len(lines):
        index = others.index(lines[at])
    session.items[:] = [*others[:index], item, *others[index:]]
    _renumber(session)


def _listed(debate: Debate) -> list[Statement]:
    return [row.statement for row in queries.listing(debate).statements if row.statement is not None]


def move(actor: Actor, statement: Statement, to: int) -> None:
    """To a place counted from 1 among the statements; beyond the ends is at the end. It stays there by hand."""
    debate = statement.debate
    _require_listed(statement)
    queries.hold(debate)
    lines = [one.item for one in _listed(debate) if one is not statement]
    others = [one for one in debate.session.items if one is not statement.item]
    _put(debate.session, others, statement.item, lines, min(max(to, 1), len(lines) + 1) - 1)
    statement.moved_at = clock.now()
    audit.record(actor, "move_statement", statement, to=to)


def swap(actor: Actor, one: Statement, other: Statement) -> None:
    """Two delegations change places, as they do by agreement."""
    if one is other:
        raise Refused(_("Choose another delegation."), 422, "other")
    for row in (one, other):
        _require_listed(row)
    debate = one.debate
    queries.hold(debate)
    items = list(debate.session.items)
    first, second = items.index(one.item), items.index(other.item)
    items[first], items[second] = items[second], items[first]
    debate.session.items[:] = items
    _renumber(debate.session)
    one.moved_at = other.moved_at = clock.now()
    audit.record(actor, "swap_statements", one, other=other.ref)


def order_by_rule(actor: Actor, debate: Debate) -> None:
    """Everything that was not delivered goes where the rule puts it; what hands did before is undone."""
    queries.hold(debate)
    listed = [one for one in _listed(debate) if not one.is_reply]
    waiting = sorted((one for one in listed if one.started_at is None), key=lambda one: key(one, debate))
    order = [one.item for one in listed if one.started_at is not None] + [one.item for one in waiting]
    places = [at for at, item in enumerate(debate.session.items) if item in order]
    items = list(debate.session.items)
    for at, item in zip(places, order, strict=True):
        items[at] = item
    debate.session.items[:] = items
    _renumber(debate.session)
    for one in waiting:
        one.moved_at = None
    audit.record(actor, "order_speakers", debate, ordering=debate.ordering)


def add_reply(actor: Actor, debate: Debate, delegation: Delegation) -> Statement:
    """A right of reply, at the end of the list; a delegation may have several."""
    queries.hold(debate)
    session = debate.session
    item = Item(conference_id=debate.conference_id, delegation=delegation, title=_words(N_REPLY))
    session.items.append(item)
    _renumber(session)
    row = Statement(
        conference_id=debate.conference_id,
        debate=debate,
        delegation=delegation,
        item=item,
        is_reply=True,
        requested_at=clock.now(),
        mode=Mode.IN_PERSON,
        check_against_delivery=False,
    )
    db.session.add(row)
    audit.record(actor, "add_right_of_reply", row, delegation=delegation.ref)
    return row


def _require_listed(statement: Statement) -> None:
    if statement.withdrawn_at is not None or statement.item is None:
        raise Refused(_("This statement was withdrawn."))
    if statement.started_at is not None:
        raise Refused(_("This statement has been delivered."))


def _renumber(session: Session) -> None:
    for position, one in enumerate(session.items, 1):
        one.position = position
    flag_modified(session, "minutes")
    db.session.flush()


# --- at the session ---------------------------------------------------------------------------------------------------


def begin(actor: Actor, statement: Statement) -> None:
    """A delegation has the floor; whoever had it before has ended. Twice is as good as once."""
    queries.hold(statement.debate)
    if statement.withdrawn_at is not None:
        raise Refused(_("This statement was withdrawn."))
    if statement.started_at is not None:
        return
    now = clock.now()
    for one in _listed(statement.debate):
        if one.started_at is not None and one.ended_at is None:
            one.ended_at = now
            audit.record(actor, "end_statement", one)
    statement.started_at, statement.ended_at = now, None
    audit.record(actor, "begin_statement", statement)


def end(actor: Actor, statement: Statement) -> None:
    if statement.started_at is None:
        raise Refused(_("This statement has not begun."))
    if statement.ended_at is None:
        statement.ended_at = clock.now()
        audit.record(actor, "end_statement", statement)


def undo_begin(actor: Actor, statement: Statement) -> None:
    """A statement that was marked by mistake has not been delivered."""
    if statement.started_at is None:
        return
    was = [moment.isoformat() if moment else None for moment in (statement.started_at, statement.ended_at)]
    statement.started_at = statement.ended_at = None
    audit.record(actor, "undo_statement", statement, was=was)


def check_delivered(actor: Actor, statement: Statement) -> None:
    """Somebody compared the text with what was said: it is no longer to be checked against delivery."""
    if statement.ended_at is None or statement.file_id is None:
        raise Refused(_("Only the text of a statement that was delivered can be checked."))
    if statement.checked_at is None:
        statement.checked_at, statement.checked_by = clock.now(), actor.account_id
        audit.record(actor, "check_statement", statement)


# --- who is told ------------------------------------------------------------------------------------------------------


def announce(actor: Actor, debate: Debate) -> None:
    """The provisional list goes to the focal points of those in it, and is on their pages from then on."""
    if not queries.listing(debate).statements:
        raise Refused(_("Nobody is in the list yet."))
    debate.announced_at = clock.now()
    db.session.flush()
    _enqueue(ANNOUNCE, debate, f"{ANNOUNCE}:{debate.id}:{debate.announced_at.isoformat()}")
    audit.record(actor, "announce_speakers", debate)


def show(actor: Actor, debate: Debate, *, shown: bool) -> None:
    """Shows the list to everybody, or hides it again."""
    if shown == (debate.published_at is not None):
        return
    debate.published_at = clock.now() if shown else None
    audit.record(actor, "publish_speakers" if shown else "hide_speakers", debate)


def remind(actor: Actor, debate: Debate) -> int:
    """Queues reminders to all that owe something and were not reminded today; says how many."""
    number = len(to_remind(debate))
    if number:
        _enqueue(REMIND, debate, f"{REMIND}:{debate.id}:{clock.now():%Y-%m-%dT%H:%M}")
        audit.record(actor, "remind_speakers", debate, number=number)
    return number


def to_remind(debate: Debate) -> list[tuple[Delegation, list[Missing]]]:
    """Whom a reminder would reach now."""
    return queries.remindable(debate, clock.now())


def _enqueue(task: str, debate: Debate, unique: str) -> None:
    jobs.enqueue(task, {"debate": debate.id}, conference_id=debate.conference_id, key=unique)


def tell_some_of_list(debate: Debate, conference: Any, delegations: Sequence[Delegation]) -> None:
    """In a job, for some of the delegations: the mails of one announcement are sent once, however often this is run."""
    rows = queries.listing(debate).statements
    by_id = {one.id: one for one in delegations}
    mandates = focal_point_mandates(by_id)
    outbox.queue_all(
        mails.provisional_list(debate, by_id[one.delegation_id or 0], rows, one.account, conference) for one in mandates
    )


def remind_some(debate: Debate, conference: Any, most: int) -> int:
    """In a job: reminds the next of those who owe something; 0 when nobody is left."""
    queries.hold(debate)
    db.session.refresh(debate)
    now = clock.now()
    some = queries.remindable(debate, now)[:most]
    owed = {one.id: (one, what) for one, what in some}
    outbox.queue_all(
        mails.reminder(debate, *owed[one.delegation_id or 0], one.account, conference, now)
        for one in focal_point_mandates(owed)
    )
    debate.reminded = {**debate.reminded, **{str(number): now.isoformat() for number in owed}}
    return len(some)


# --- parts ------------------------------------------------------------------------------------------------------------

N_STATEMENT: Callable[[], str] = lambda: _("Statement")  # noqa: E731 - said in each language when it is written
N_REPLY: Callable[[], str] = lambda: _("Right of reply")  # noqa: E731


def _words(said: Callable[[], str]) -> Texts:
    """Words of the program as data, in the languages that it speaks."""
    found = {}
    for code in INTERFACE:
        with speaking(code):
            found[code] = said()
    return found


def _filled(texts: Texts) -> Texts:
    return {code: words for code, words in texts.items() if words}


def _touch(debate: Debate) -> None:
    flag_modified(debate, "minutes")
