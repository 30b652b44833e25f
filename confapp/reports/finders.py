"""Search at the desk: each kind of thing is found by its feature's own query, and only by those who may see it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from flask import url_for

from confapp.conferences.models import Conference
from confapp.documents import queries as documents
from confapp.documents.rules import READ as READ_DOCUMENTS
from confapp.documents.rules import STATUS_NAMES as DOCUMENT_STATUS
from confapp.foundation.access import Actor, Permit
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.people.rules import MANAGE_STAFF, ROLE_NAMES, SEE_PEOPLE
from confapp.programme import queries as programme
from confapp.programme.rules import KIND_NAMES
from confapp.programme.rules import READ as READ_PROGRAMME
from confapp.registration import queries as registration
from confapp.registration.rules import STATUS_NAMES as REGISTRATION_STATUS
from confapp.reports import queries
from confapp.speakers import queries as speakers
from confapp.speakers.rules import MANAGE_SPEAKERS

SHORTEST, MOST = 2, 20


@dataclass(frozen=True)
class Hit:
    """A line of the result: what it is called (in one language, or a name), what it is about, and where it is."""

    url: str
    title: dict[str, str] = field(default_factory=dict)
    name: str = ""
    about: str = ""


@dataclass(frozen=True)
class Found:
    label: str
    hits: list[Hit]
    is_cut: bool


Finder = Callable[[Actor, Conference, str], Iterable[Hit]]


def search(actor: Actor, conference: Conference, term: str) -> list[Found]:
    """What this person may see and that contains a term, by kind; terms of one letter find nothing."""
    if len(term.strip()) < SHORTEST:
        return []
    found = []
    for label, permit, finder in FINDERS:
        if permit.allows(actor, conference) and (hits := list(finder(actor, conference, term))):
            found.append(Found(_(label), hits[:MOST], len(hits) > MOST))
    return found


def _people(actor: Actor, conference: Conference, term: str) -> Iterator[Hit]:
    for row in registration.search_registrations(actor, conference, term, MOST + 1):
        yield Hit(
            url_for("registration_desk.registration", ref=row.ref),
            name=row.person.full_name,
            about=_(REGISTRATION_STATUS[row.status]),
        )


def _delegations(actor: Actor, conference: Conference, term: str) -> Iterator[Hit]:
    for row in registration.search_delegations(actor, conference, term, MOST + 1):
        yield Hit(url_for("registration_desk.delegation", ref=row.ref), title=row.name, about=row.code)


def _sessions(actor: Actor, conference: Conference, term: str) -> Iterator[Hit]:
    for row in programme.sessions(term)[: MOST + 1]:
        yield Hit(url_for("programme_desk.session", ref=row.ref), title=row.title, about=_(KIND_NAMES[row.kind]))


def _speakers(actor: Actor, conference: Conference, term: str) -> Iterator[Hit]:
    for row in speakers.speakers(term)[: MOST + 1]:
        yield Hit(url_for("speakers_desk.show", ref=row.ref), name=row.person.full_name, about=_("Speaker"))


def _documents(actor: Actor, conference: Conference, term: str) -> Iterator[Hit]:
    for row in documents.search(term, MOST + 1):
        about = f"{row.symbol} · {_(DOCUMENT_STATUS[row.status])}"
        yield Hit(url_for("documents_desk.show", ref=row.ref), title=row.title, about=about)


def _staff(actor: Actor, conference: Conference, term: str) -> Iterator[Hit]:
    for row in queries.staff_named(conference.id, term, MOST + 1):
        name = row.account.name or row.account.email
        yield Hit(url_for("people_desk.show", ref=row.ref), name=name, about=_(ROLE_NAMES[row.role]))


FINDERS: tuple[tuple[str, Permit, Finder], ...] = (
    (N_("People"), SEE_PEOPLE, _people),
    (N_("Delegations"), SEE_PEOPLE, _delegations),
    (N_("Sessions"), READ_PROGRAMME, _sessions),
    (N_("Speakers"), MANAGE_SPEAKERS, _speakers),
    (N_("Documents"), READ_DOCUMENTS, _documents),
    (N_("Staff"), MANAGE_STAFF, _staff),
)
