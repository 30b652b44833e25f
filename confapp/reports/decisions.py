"""What waits for somebody's decision. Each question belongs to a permit and is asked only for those who hold it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from confapp.conferences.models import Conference
from confapp.conferences.queries import pages
from confapp.conferences.rules import LIFE, MANAGE_CONFERENCE, PAGES, Status
from confapp.documents.queries import given_to, register
from confapp.documents.rules import PUBLISH, IssueState
from confapp.documents.rules import Status as DocumentStatus
from confapp.documents.rules.translating import TRANSLATE
from confapp.documents.rules.wording import language_name
from confapp.foundation import clock, places
from confapp.foundation.access import Actor, Permit
from confapp.foundation.languages import current, missing, ngettext
from confapp.foundation.languages import gettext as _
from confapp.people.rules import MANAGE_STAFF
from confapp.programme import queries as programme
from confapp.programme.queries import bilaterals, drafts, side_events
from confapp.programme.rules import RELEASE, SCHEDULE
from confapp.programme.rules.bilaterals import ARRANGE_BILATERALS
from confapp.programme.rules.side_events import MANAGE_SIDE_EVENTS
from confapp.registration import queries as registration
from confapp.registration.queries import letters, privacy
from confapp.registration.queries import places as place_queries
from confapp.registration.rules import ACCREDIT, CLEARS, INVITE, OFFICE_NAMES, Office
from confapp.registration.rules.letters import ISSUE_LETTERS
from confapp.registration.rules.places import MANAGE_PLACES
from confapp.registration.rules.privacy import ERASE
from confapp.reports import queries

LAPSED = timedelta(days=2)  # how long an offer that nobody accepted is worth a look


@dataclass(frozen=True)
class Decision:
    """Verb and object with their number, where it is done, by when, and since when it waits."""

    text: str
    url: str
    by: datetime | None = None
    since: datetime | None = None
    about: str = ""


Question = Callable[[Conference], Iterable[Decision]]


def waiting(actor: Actor, conference: Conference) -> list[Decision]:
    """What this person must do now, the nearest end first. An archived conference asks nothing any more."""
    if conference.is_archived:
        return []
    found = [
        decision
        for permit, question in QUESTIONS
        if permit.allows(actor, conference)
        for decision in question(conference)
    ]
    if TRANSLATE.allows(actor, conference):
        found += _texts(actor)
    return sorted(found, key=lambda one: (one.by is None, one.by or clock.now()))


def _registrations(conference: Conference) -> Iterable[Decision]:
    found = registration.to_decide()
    if found.number:
        words = ngettext("Decide on %(num)d registration", "Decide on %(num)d registrations", found.number)
        url = url_for("registration_desk.registrations", decide="yes")
        yield Decision(words, url, conference.starts_at, found.since)


def _steps(office: Office) -> Question:
    def waiting_steps(conference: Conference) -> Iterable[Decision]:
        if number := registration.waiting_for(office):
            words = ngettext(
                "Clear %(num)d registration: %(office)s",
                "Clear %(num)d registrations: %(office)s",
                number,
                office=_(OFFICE_NAMES[office]),
            )
            url = url_for("registration_desk.registrations", step=office.value)
            yield Decision(words, url, conference.starts_at)

    return waiting_steps


def _prepared(conference: Conference) -> Iterable[Decision]:
    if number := registration.prepared_by_verb().total():
        words = ngettext("Release %(num)d prepared decision", "Release %(num)d prepared decisions", number)
        yield Decision(words, url_for("registration_desk.prepared_decisions"), conference.starts_at)


def _unanswered(conference: Conference) -> Iterable[Decision]:
    if number := registration.unanswered():
        words = ngettext(
            "Answer the question of %(num)d participant", "Answer the questions of %(num)d participants", number
        )
        yield Decision(words, url_for("registration_desk.registrations", asked="yes"), conference.starts_at)


def _focal_points(conference: Conference) -> Iterable[Decision]:
    number = registration.without_focal_point()
    if number and clock.now() < conference.ends_at:
        words = ngettext(
            "Name a focal point for %(num)d delegation", "Name focal points for %(num)d delegations", number
        )
        yield Decision(words, url_for("registration_desk.delegations"), conference.registration_closes_at)


def _papers(conference: Conference) -> Iterable[Decision]:
    found = registration.papers_waiting()
    if found.to_check:
        words = ngettext("Check %(num)d credential", "Check %(num)d credentials", found.to_check)
        url = url_for("registration_desk.credential_list", state="to_check")
        yield Decision(words, url, conference.starts_at, found.since)
    if found.missing and clock.now() < conference.ends_at:
        words = ngettext(
            "Ask %(num)d confirmed delegation for its credential",
            "Ask %(num)d confirmed delegations for their credentials",
            found.missing,
        )
        url = url_for("registration_desk.delegations", credential="missing", status="accepted")
        yield Decision(words, url, conference.starts_at)


def _letters(conference: Conference) -> Iterable[Decision]:
    if number := letters.letters_to_check():
        words = ngettext("Check %(num)d letter that was asked for", "Check %(num)d letters that were asked for", number)
        yield Decision(words, url_for("registration_desk.letters", status="requested"), conference.starts_at)


def _undelivered(conference: Conference) -> Iterable[Decision]:
    if number := letters.undelivered_number(conference):
        words = ngettext(
            "Correct the address of %(num)d mail that was refused",
            "Correct the addresses of %(num)d mails that were refused",
            number,
        )
        yield Decision(words, url_for("registration_desk.undelivered_mails"))


def _unplaced(conference: Conference) -> Iterable[Decision]:
    if number := programme.unplaced_count():
        words = ngettext("Give %(num)d session a time and a room", "Give %(num)d sessions a time and a room", number)
        yield Decision(words, url_for("programme_desk.timetable"), conference.starts_at)


def _meetings(conference: Conference) -> Iterable[Decision]:
    if number := bilaterals.waiting_count():
        words = ngettext("Find a room for %(num)d meeting", "Find rooms for %(num)d meetings", number)
        yield Decision(words, url_for("programme_desk.meetings", status="agreed"), conference.starts_at)


def _side_events(conference: Conference) -> Iterable[Decision]:
    if number := side_events.counts().get("submitted", 0):
        words = ngettext("Decide on %(num)d side event", "Decide on %(num)d side events", number)
        yield Decision(words, url_for("programme_desk.side_events", status="submitted"), conference.starts_at)


def _clashes(conference: Conference) -> Iterable[Decision]:
    if number := len(drafts.found_clashes().found):
        words = ngettext("Solve %(num)d clash in the timetable", "Solve %(num)d clashes in the timetable", number)
        yield Decision(words, url_for("programme_desk.clashes"), conference.starts_at)


def _release(conference: Conference) -> Iterable[Decision]:
    if number := drafts.number_of_changes():
        words = ngettext("Release %(num)d change of the programme", "Release %(num)d changes of the programme", number)
        yield Decision(words, url_for("programme_desk.release"), conference.starts_at)


def _documents(conference: Conference) -> Iterable[Decision]:
    for document in register():
        url = url_for("documents_desk.show", ref=document.ref)
        newest = document.issues[-1] if document.issues else None
        if newest is not None and newest.state == IssueState.FAILED:
            yield Decision(_("Publish %(symbol)s again: its files could not be made", symbol=document.symbol), url)
        elif newest is not None and newest.state == IssueState.PREPARED:
            waits = url_for("documents_desk.issue", ref=document.ref, number=newest.number)
            yield Decision(_("Release %(symbol)s, which is prepared", symbol=document.symbol), waits)
        elif document.status == DocumentStatus.ADOPTED and document.open_issue is None:
            yield Decision(_("Publish %(symbol)s, which was adopted", symbol=document.symbol), url)


def _texts(actor: Actor) -> Iterable[Decision]:
    """What was given to a translator or reviser and has something left to do."""
    for one in given_to(actor):
        if one.is_open and one.number_to_do:
            url = url_for("translating.show", ref=one.document.ref, language=one.language, only="y")
            about = {"symbol": one.document.symbol, "language": language_name(one.language, current())}
            words = _("Translate %(symbol)s: %(language)s", **about)
            if not one.translates:
                words = _("Check %(symbol)s: %(language)s", **about)
            yield Decision(words, url, one.due_at)


def _mail(conference: Conference) -> Iterable[Decision]:
    if number := queries.mails_to_decide(conference.id):
        words = ngettext(
            "Decide on %(num)d mail that was not delivered for certain",
            "Decide on %(num)d mails that were not delivered for certain",
            number,
        )
        yield Decision(words, url_for("reports.mail", state="to_decide"))


def _conference(conference: Conference) -> Iterable[Decision]:
    if conference.status == Status.DRAFT:
        announce = LIFE.named("announce")
        why = announce.guard(conference) if announce and announce.guard else None
        yield Decision(
            _("Announce the conference"), url_for("conferences_desk.life"), conference.starts_at, about=why or ""
        )
    if conference.status == Status.ANNOUNCED and clock.now() >= conference.ends_at:
        yield Decision(_("Close the conference"), url_for("conferences_desk.life"))
    rows = pages()
    unwritten = len(PAGES.keys() - {row.name for row in rows})
    behind = sum(bool(missing(row.text, conference.languages)) for row in rows)
    if unwritten and clock.now() < conference.ends_at:
        words = ngettext("Write %(num)d page of information", "Write %(num)d pages of information", unwritten)
        yield Decision(words, url_for("conferences_desk.page_list"), conference.starts_at)
    if behind and clock.now() < conference.ends_at:
        words = ngettext("Translate %(num)d page of information", "Translate %(num)d pages of information", behind)
        yield Decision(words, url_for("conferences_desk.page_list"), conference.starts_at)


def _staff(conference: Conference) -> Iterable[Decision]:
    if number := queries.expired_invitations(conference.id):
        words = ngettext(
            "Renew %(num)d invitation that has expired", "Renew %(num)d invitations that have expired", number
        )
        yield Decision(words, url_for("people_desk.index"))


def _erasures(conference: Conference) -> Iterable[Decision]:
    if found := privacy.open_requests(conference):
        words = ngettext("%(num)d person asked to be erased", "%(num)d persons asked to be erased", len(found))
        first = found[0][0]
        yield Decision(words, url_for("registration_desk.personal_data"), first.due_at, first.asked_at)


def _places(conference: Conference) -> Iterable[Decision]:
    if clock.now() >= conference.ends_at:
        return
    url = url_for("registration_desk.places")
    if number := place_queries.nearly_full():
        words = ngettext(
            "Look at %(num)d limit that is nearly full", "Look at %(num)d limits that are nearly full", number
        )
        yield Decision(words, url, conference.starts_at)
    if number := places.offers_lapsed_since(clock.now() - LAPSED):
        words = ngettext(
            "Note %(num)d offer of a place that nobody accepted",
            "Note %(num)d offers of a place that nobody accepted",
            number,
        )
        yield Decision(words, url, conference.starts_at)


QUESTIONS: tuple[tuple[Permit, Question], ...] = (
    (MANAGE_PLACES, _places),
    (ACCREDIT, _registrations),
    (ACCREDIT, _papers),
    (ACCREDIT, _prepared),
    (ACCREDIT, _unanswered),
    *((permit, _steps(office)) for office, permit in CLEARS.items()),
    (INVITE, _focal_points),
    (ISSUE_LETTERS, _letters),
    (ISSUE_LETTERS, _undelivered),
    (SCHEDULE, _unplaced),
    (SCHEDULE, _clashes),
    (MANAGE_SIDE_EVENTS, _side_events),
    (ARRANGE_BILATERALS, _meetings),
    (RELEASE, _release),
    (PUBLISH, _documents),
    (MANAGE_CONFERENCE, _mail),
    (MANAGE_CONFERENCE, _conference),
    (MANAGE_STAFF, _staff),
    (ERASE, _erasures),
)
