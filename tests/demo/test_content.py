"""The demonstration's content as written down: complete, aligned, and honest about what is not known."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from confapp.conferences import rules as conference_rules
from confapp.demo import icdd2021, rcdd2019, sample2027
from confapp.demo.content import Conference, Document, Session, Text
from confapp.demo.message import MESSAGE, TERMS_OF_REFERENCE
from confapp.demo.translation2027 import GUIDE
from confapp.documents import rules as document_rules
from confapp.documents.rules import symbols
from confapp.programme import rules as programme_rules
from confapp.registration.rules import Capacity, DelegationStatus, Status
from confapp.registration.states import catalogue

pytestmark = pytest.mark.once

RCDD, ICDD, SAMPLE = rcdd2019.CONFERENCE, icdd2021.CONFERENCE, sample2027.CONFERENCE
CONFERENCES = (RCDD, ICDD, SAMPLE)
DOCUMENTS = [document for conference in CONFERENCES for document in conference.documents]

each_conference = pytest.mark.parametrize("conference", CONFERENCES, ids=lambda c: c.slug)
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.symbol)


def texts(conference: Conference) -> Iterator[Text]:
    yield from (conference.name, conference.theme, conference.description, conference.notice, conference.host)
    yield from (conference.venue, conference.city)
    for category in conference.categories:
        yield from (category.name, category.hint)
    for page in conference.pages:
        yield from (page.title, page.body)
    for room in conference.rooms:
        yield room.name
    for session in conference.sessions:
        yield from (session.title, session.summary, session.note)
        yield from (item.title for item in session.items)
        yield from (part.function for part in session.parts)
    yield from (zone.name for zone in conference.office.zones)


@each_conference
def test_the_words_are_those_of_the_rules(conference: Conference) -> None:
    assert {session.kind for session in conference.sessions} <= set(programme_rules.Kind)
    assert {session.access for session in conference.sessions} <= set(programme_rules.Access)
    roles = {part.role for session in conference.sessions for part in session.parts}
    assert roles <= set(programme_rules.SessionRoleKind)
    assert conference.format in set(conference_rules.Format)
    for document in conference.documents:
        assert document.kind in set(document_rules.DocumentKind)
        assert document.nature in set(document_rules.Nature)
        assert {block.kind for block in document.all_blocks()} <= set(document_rules.BlockKind)
        assert symbols.fault(document.symbol) is None


@each_conference
def test_everything_is_said_in_english_and_indonesian(conference: Conference) -> None:
    for text in texts(conference):
        assert not text or {"en", "id"} <= set(text), text
        assert all(value.strip() == value for value in text.values()), text


def test_the_sample_speaks_arabic_too() -> None:
    assert all("ar" in text for text in texts(SAMPLE) if text)


def test_the_states_of_the_two_conferences() -> None:
    assert len(RCDD.states) == 16
    assert len(ICDD.states) == 21
    assert set(RCDD.states) - set(ICDD.states) == {"MMR"}
    assert set(ICDD.states) - set(RCDD.states) == {"CHL", "FJI", "FIN", "ZAF", "GBR", "USA"}


@each_conference
def test_states_stand_in_the_alphabetical_order_of_the_printed_names(conference: Conference) -> None:
    parties = {party.code: party for party in catalogue()}
    if conference is not SAMPLE:
        shown = [parties[code].designation() for code in conference.states]
        order = [{"UK": "United Kingdom", "USA": "United States"}.get(name, name) for name in shown]
        assert order == sorted(order)
    assert set(conference.states) | set(conference.organizations) <= set(parties)


@each_conference
def test_the_practical_pages_are_there(conference: Conference) -> None:
    assert set(conference_rules.PAGES) <= {page.name for page in conference.pages}


@each_conference
def test_the_accent_and_the_address_would_be_accepted(conference: Conference) -> None:
    assert conference_rules.accent_fault(conference.accent) is None
    assert conference_rules.slug_fault(conference.slug) is None
    assert conference.contact.endswith(".example")


@each_conference
def test_sessions_lie_within_the_days_and_do_not_meet_in_a_room(conference: Conference) -> None:
    rooms = {room.key for room in conference.rooms}
    for session in conference.sessions:
        assert conference.first_day <= session.start.date() <= conference.last_day
        assert set(session.rooms) <= rooms
        assert sum(item.minutes or 0 for item in session.items) <= session.minutes, session.key
    for one, other in combinations(conference.sessions, 2):
        if set(one.rooms) & set(other.rooms):
            assert not overlap(one, other), (one.key, other.key)


def overlap(one: Session, other: Session) -> bool:
    return one.start < other.start + timedelta(minutes=other.minutes) and other.start < one.start + timedelta(
        minutes=one.minutes
    )


@pytest.mark.parametrize("conference", [RCDD, ICDD], ids=lambda c: c.slug)
def test_real_conferences_name_no_person_and_mark_what_is_illustrative(conference: Conference) -> None:
    assert not conference.people
    for session in conference.sessions:
        assert session.illustrative
        assert "illustrative" in session.note["en"]
        assert "ilustratif" in session.note["id"]
        assert not any(part.person for part in session.parts)
        assert not any(item.minutes for item in session.items)
    assert all("illustrative" in room.name["en"] for room in conference.rooms)


@pytest.mark.parametrize("conference", [RCDD, ICDD], ids=lambda c: c.slug)
def test_a_page_lists_the_states_in_the_order_of_its_language(conference: Conference) -> None:
    page = next(page for page in conference.pages if page.name == "states")
    english, indonesian = (page.body[code].split("\n\n")[1].splitlines() for code in ("en", "id"))
    assert len(english) == len(indonesian) == len(conference.states)
    assert "- Lao PDR" in english
    assert indonesian == sorted(indonesian, key=str.casefold)


def test_the_known_parts_of_the_programmes() -> None:
    debate = next(session for session in RCDD.sessions if session.key == "session-1")
    assert [item.delegation for item in debate.items] == list(RCDD.states)
    review = next(session for session in ICDD.sessions if session.key == "review")
    assert [item.delegation for item in review.items] == list(ICDD.states)
    assert {item.title["en"] for item in review.items} == {"Recorded statement"}
    assert "Digital Diplomacy for Crisis Management" in review.summary["en"]
    assert "Digital Diplomacy and the New Era of Opportunities" in review.summary["en"]
    panels = [session for session in ICDD.sessions if session.kind == "panel"]
    assert len(panels) == 4
    assert len({panel.start for panel in panels}) == 1
    assert min(s.start for s in ICDD.sessions) == datetime(2021, 11, 16, 13, 0)
    assert max(s.start + timedelta(minutes=s.minutes) for s in ICDD.sessions) == datetime(2021, 11, 16, 17, 40)


@pytest.mark.parametrize("conference", [RCDD, ICDD], ids=lambda c: c.slug)
def test_the_information_notes_say_that_they_are_not_the_official_text(conference: Conference) -> None:
    [note] = conference.documents
    assert note.kind == "information_note"
    words = " ".join(block.texts["en"] for block in note.all_blocks())
    assert "is not public" in words
    assert "is not that text" in words
    assert not any(block.kind in {"preambular", "operative"} for block in note.all_blocks())


@each_document
def test_documents_are_aligned_block_by_block(document: Document) -> None:
    untranslated = [block for block in document.all_blocks() if set(block.texts) != set(document.languages)]
    assert len(untranslated) == {TERMS_OF_REFERENCE.symbol: 1, GUIDE.symbol: 2}.get(document.symbol, 0)
    for block in document.all_blocks():
        assert all(text.count("*") % 2 == 0 for text in block.texts.values())
        assert len({text.count("*") for text in block.texts.values()}) == 1


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_message_is_long_enough_and_punctuated_as_such_texts_are(language: str) -> None:
    blocks = MESSAGE.all_blocks()
    kinds = Counter(block.kind for block in blocks)
    assert kinds["operative"] == 25
    assert kinds["heading"] == 5
    assert kinds["preambular"] >= 8
    assert kinds["annex"] == 1
    preamble = [block.texts[language] for block in blocks if block.kind == "preambular"]
    assert all(re.match(r"\*[A-Z]", text) and text.endswith(",") for text in preamble)
    operative = [block for block in blocks if block.kind == "operative"]
    assert all(block.texts[language].startswith("*") for block in operative)
    assert all(block.texts[language].endswith(":" if block.children else ";") for block in operative[:-1])
    assert operative[-1].texts[language].endswith(".")
    mark = next(block for block in blocks if block.kind == "note").texts[language]
    assert mark.startswith({"en": "SAMPLE – not an official text.", "id": "CONTOH – bukan teks resmi."}[language])


def test_the_changes_in_the_draft_concern_one_block_each() -> None:
    for beginning, _ in MESSAGE.amendments:
        assert sum(block.texts["en"].startswith(beginning) for block in MESSAGE.all_blocks()) == 1


WITH_REASON = {"returned", "refused", "on_hold", "revoked"}


def test_people_are_made_up_and_stand_in_every_status() -> None:
    assert len({person.key for person in SAMPLE.people}) == len(SAMPLE.people) >= 55
    assert all(person.email.endswith("@example.org") for person in SAMPLE.people if person.email)
    assert {person.category for person in SAMPLE.people} <= {category.code for category in SAMPLE.categories}
    assert {person.status for person in SAMPLE.people} == set(Status)
    assert {person.capacity for person in SAMPLE.people if person.delegation} <= set(Capacity)
    assert all(bool(person.reason) == (person.status in WITH_REASON) for person in SAMPLE.people)
    assert all(bool(person.delegation) != bool(person.organization) for person in SAMPLE.people)


def test_what_is_sealed_is_made_up_too() -> None:
    assert set(sample2027.SEALED) <= {person.key for person in SAMPLE.people}
    assert all(passport.startswith("SAMPLE") for passport, _ in sample2027.SEALED.values())


def test_every_reference_to_a_person_or_a_delegation_leads_somewhere() -> None:
    people = {person.key: person for person in SAMPLE.people}
    invited = {delegation.party: delegation for delegation in SAMPLE.delegations}
    assert set(invited) == set(SAMPLE.states) | set(SAMPLE.organizations)
    assert {delegation.standing for delegation in SAMPLE.delegations} == set(DelegationStatus) - {"listed"}
    for delegation in SAMPLE.delegations:
        if delegation.focal_point:
            assert people[delegation.focal_point].delegation == delegation.party
            assert people[delegation.focal_point].email
    for session in SAMPLE.sessions:
        used = [part.person for part in session.parts] + [item.person for item in session.items]
        assert all(key in people for key in used if key)
        assert all(item.delegation in invited for item in session.items if item.delegation)
    assert all(invited[p.delegation].standing == "accepted" for p in SAMPLE.people if p.delegation)
    assert {change.session for change in SAMPLE.rescheduled} <= {session.key for session in SAMPLE.sessions}


def test_what_the_offices_did_is_about_people_and_sessions_that_are_there() -> None:
    work, people = SAMPLE.office, {person.key: person for person in SAMPLE.people}
    about = {one.person for one in (*work.cleared, *work.said, *work.prepared)} | set(work.looked_after)
    about |= set(work.answers) | {key for one in work.sign_ups for key in one.people}
    about |= {work.visa_support[0], work.confirmation}
    about |= {key for person in SAMPLE.people for key in (person.accompanies, person.replaces) if key}
    assert about <= set(people)
    assert {one.session for one in work.sign_ups} <= {session.key for session in SAMPLE.sessions}
    assert {code for zone in work.zones for code in zone.categories} <= {one.code for one in SAMPLE.categories}
    assert all(people[one.person].status == "under_review" for one in (*work.cleared, *work.prepared))
    invited = {delegation.party: delegation for delegation in SAMPLE.delegations}
    assert all(invited[code].contact or invited[code].focal_point for code in work.letters_to)


def test_two_rows_are_likely_one_person_and_no_others() -> None:
    names = Counter((person.given, person.family) for person in SAMPLE.people)
    assert [name for name, number in names.items() if number > 1] == [("Giulia", "Esempio")]


def test_registration_is_open_whenever_the_demonstration_starts() -> None:
    now = datetime(2026, 11, 21, 12, 34, tzinfo=UTC)
    opens, closes = sample2027.registration_period(now)
    assert opens < now < closes
    assert closes.date() < SAMPLE.first_day
