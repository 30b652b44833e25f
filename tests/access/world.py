"""Two whole conferences, each with its own mark in every text, and the value of every variable in an address."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference, ConferencePage, Zone
from confapp.conferences.rules import Status as ConferenceStatus
from confapp.documents import actions as documents
from confapp.documents import queries as document_queries
from confapp.documents.models import Document, Endorsement, Subscriber
from confapp.documents.rules import BlockKind, DocumentKind, Manner, WorkState
from confapp.documents.rules.adoption import EndorsementState
from confapp.documents.rules.beside import StatementKind
from confapp.documents.rules.formats import FORMATS
from confapp.documents.rules.importing import Guess
from confapp.documents.rules.replacing import Search
from confapp.foundation import clock, files, jobs, places, vault
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.exporting.downloads import Download
from confapp.foundation.mail import Kind, MailState, Message, outbox
from confapp.foundation.places import Place, Quota
from confapp.foundation.transactions import writing
from confapp.people.models import Account, Mandate, Person
from confapp.people.rules import PARTICIPANTS, STAFF, Role
from confapp.programme import actions as _programme  # noqa: F401 - the packages of actions
from confapp.programme.actions import agendas, rooms, sessions, timetable
from confapp.programme.actions import debate as debates
from confapp.programme.models import (
    AcceptedClash,
    Arrangement,
    Bilateral,
    Booklet,
    ChoiceGroup,
    Command,
    Material,
    OwnKind,
    Precedence,
    Room,
    Session,
    SessionLink,
    SideEvent,
    SideEventCall,
    SideEventSponsor,
    Theme,
)
from confapp.programme.rules import ArrangementState, Details, LinkKind, SessionRoleKind, Severity, SideEventStatus
from confapp.programme.rules import Kind as SessionKind
from confapp.programme.rules import agendas as agenda_rules
from confapp.programme.rules.clashes import Clash, Rule
from confapp.programme.views.exchange import MARK
from confapp.registration.models import (
    Answer,
    BulkAct,
    Category,
    Clearance,
    Credential,
    Delegation,
    Import,
    Letter,
    LetterText,
    Party,
    PreparedDecision,
    PrivateLink,
    Question,
    Questionnaire,
    QuestionnaireItem,
    QuestionnairePart,
    QuestionVersion,
    Registration,
    RegistrationMove,
    Remark,
    SavedView,
    TrackStep,
)
from confapp.registration.rules import CredentialKind, Office, Outcome, PartyKind
from confapp.registration.rules.imports import ActKind, ImportKind, ImportState
from confapp.registration.rules.letters import LetterKind, LetterStatus
from confapp.registration.rules.questions import AskedAt, DataClass, QuestionKind
from confapp.speakers.actions import photo_mark, say_consents, set_photo
from confapp.speakers.models import Speaker
from confapp.speakers.rules import SpeakerConsent
from tests import build


@dataclass
class World:
    """One conference with a row of everything; `refs` names them by (word before, variable) of an address."""

    mark: str
    conference: Conference
    refs: dict[tuple[str, str], str] = field(default_factory=dict)
    holders: dict[str, Account] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.conference.slug

    def of(self, rule: Any) -> dict[str, Any]:
        """Values for all variables of a route; a new kind of address must be taught here."""
        values, before = {}, ""
        for part in rule.rule.split("/"):
            for name in re.findall(r"<(?:[^<>]*:)?(\w+)>", part):
                values[name] = self._value(before, name, rule)
            if "<" not in part:
                before = part
        return values

    def _value(self, before: str, name: str, rule: Any) -> Any:
        if name == "conference":
            return self.slug
        if listed := re.search(rf"<any\((\w+)[^)]*\):{name}>", rule.rule):
            return listed[1]
        if (key := (before, name)) in self.refs:
            return self.refs[key]
        if name in FIXED:
            return FIXED[name]
        raise LookupError(f"{rule.rule}: tell tests/access/world.py what <{name}> after /{before}/ is")


FIXED = {
    "verb": "up",
    "number": 1,
    "language": "en",
    "file_format": "pdf",
    "colour": "0b5a6f",
    "token": "x" * 43,
    "code": "AAAA-AAAA-AAAA",
    "sha256": "0" * 64,
    "kind": "photo",
    "name": "nothing",
}


def make(app: Flask, mark: str, slug: str, **changes: Any) -> World:
    """A conference full of texts that carry the mark, with one holder of every role."""
    conference = build.conference(
        slug,
        name=both(mark, "name"),
        acronym=mark,
        theme=both(mark, "theme"),
        description=both(mark, "description"),
        host=both(mark, "host"),
        venue=both(mark, "venue"),
        city=both(mark, "city"),
        contact_email=f"{mark.lower()}@office.example",
        **({"status": ConferenceStatus.ANNOUNCED} | changes),
    )
    world = World(mark, conference)
    with in_conference(conference.id), writing():
        _fill(world)
    _people(world)
    return world


def both(mark: str, word: str) -> dict[str, str]:
    return {"en": f"{mark} {word}", "id": f"{mark} {word} id"}


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def _fill(world: World) -> None:
    mark, conference = world.mark, db.session.merge(world.conference)
    _add(ConferencePage(name="venue", title=both(mark, "page"), text=both(mark, "text"), as_of=clock.now().date()))
    party = _add(
        Party(kind=PartyKind.OTHER, code=f"OWN-{sum(map(ord, mark))}", name={"en": "Own entry"})
    )  # of no conference
    delegation = _add(
        Delegation(
            name=both(mark, "delegation"),
            formal_name=both(mark, "formal"),
            code=mark[:3],
            contact_email=f"{mark.lower()}@mission.example",
            invited_at=clock.now(),
            folded=mark.lower(),
        )
    )
    category = _add(
        Category(
            code="delegate",
            name=both(mark, "category"),
            is_for_delegations=True,
            is_open_to_all=True,
            members_fill_in=True,
        )
    )
    _add(Category(code="companion", name=both(mark, "companion"), is_accompanying=True))
    link = _add(PrivateLink(category_id=category.id, label=f"{mark} partners"))
    person = _person(world, "member")
    person.photo = vault.store(b"a face", "image/jpeg", "photo.jpg", conference_id=conference.id)
    registration = _add(
        Registration(
            number=f"{mark}27-0001",
            person_id=person.id,
            category_id=category.id,
            delegation_id=delegation.id,
            functional_title=f"{mark} title",
        )
    )
    _add(RegistrationMove(registration_id=registration.id, verb="submit", became="submitted", reason=f"{mark} reason"))
    credential = _add(
        Credential(
            delegation_id=delegation.id, kind=CredentialKind.NOTE_VERBALE, number=f"{mark}/1", file_id=_paper(world)
        )
    )
    sheet, at_gate, answer = _questions(world, registration)
    step, prepared = _office_work(world, registration, category)
    letter, letters_at_work, refused_mail = _letters(world, delegation, registration)
    own_paper = _add(
        Credential(
            registration_id=registration.id, kind=CredentialKind.LETTER, number=f"{mark}/2", file_id=_paper(world)
        )
    )
    speaker = _add(Speaker(person_id=_person(world, "speaker").id, affiliation=both(mark, "affiliation")))
    session, room, item, role = _programme_of(world, conference, delegation, speaker)
    _side_event(world, delegation)
    zone, quota, waits = _places(world, registration, session)
    run = _add(Arrangement(asked={"scope": "unplaced"}, state=ArrangementState.READY))
    later = sessions.create_session(
        SYSTEM, conference, Details(kind=SessionKind.PANEL, title=both(mark, "later session"), minutes=30)
    )
    gone = sessions.create_session(SYSTEM, conference, Details(SessionKind.PANEL, both(mark, "removed session"), 30))
    sessions.remove_session(SYSTEM, gone)
    order = _add(Precedence(first_id=session.id, then_id=later.id))
    watch, slides = _handed_out(world, session, speaker)
    photo = vault.store(b"a speaker's face", "image/jpeg", "photo.jpg", conference_id=conference.id)
    db.session.flush()
    set_photo(SYSTEM, speaker, photo, photo)
    say_consents(SYSTEM, speaker, set(SpeakerConsent))
    speaker.printed = speaker.printed | {"photo": photo_mark(photo)}
    accepted = _add(AcceptedClash(key="size:0:0:", reason=f"{mark} clash"))
    session.audience, room.capacity = 2, 1  # too small: a clash to accept
    document = _document(world, conference)
    _beside_the_text(world, document, delegation)
    block = document_queries.draft(document).rows[0].block
    told = _add(
        Subscriber(email=f"{mark.lower()}@list.example", email_hash=mark, language="en", confirmed_at=clock.now())
    )
    mail = outbox.add(
        Message(
            Kind.NOTICE,
            f"{mark.lower()}@mail.example",
            f"{mark} subject",
            f"{mark} text",
            f"{mark} notice",
            conference_id=conference.id,
        )
    )
    world.refs |= {
        ("catalogue", "ref"): party.ref,
        ("mail", "ref"): mail.ref,  # type: ignore[union-attr]
        ("letters", "ref"): letter.ref,
        ("work", "ref"): letters_at_work.ref,
        ("texts", "kind"): LetterKind.NOTE_VERBALE,
        ("reminders", "what"): "answer",
        ("undelivered", "ref"): refused_mail.ref,
        ("pages", "name"): "venue",
        ("privacy", "name"): "diet",
        ("delegations", "ref"): delegation.ref,
        ("registrations", "ref"): registration.ref,
        ("categories", "ref"): category.ref,
        ("steps", "step"): step.ref,
        ("prepared", "ref"): prepared.ref,
        ("credentials", "ref"): credential.ref,
        ("credentials", "paper"): credential.ref,
        ("credentials", "own_paper"): own_paper.ref,
        ("register", "ref"): registration.ref,
        ("questions", "ref"): answer.question.ref,
        ("questions", "sheet"): sheet.ref,
        ("attendance", "number"): registration.number,
        ("asked", "sheet"): at_gate.ref,
        ("questionnaires", "ref"): sheet.ref,
        ("sets", "name"): "public",
        ("sections", "part"): sheet.parts[0].ref,
        ("asked", "item"): sheet.parts[0].items[0].ref,
        ("answers", "answer"): answer.ref,
        ("members", "ref"): registration.ref,
        ("via", "link"): link.ref,
        ("links", "link"): link.ref,
        ("duplicates", "ref"): person.ref,
        ("duplicates", "other"): speaker.person.ref,
        ("speakers", "ref"): speaker.ref,
        ("speakers", "mark"): photo_mark(photo),
        ("sessions", "ref"): session.ref,
        ("sessions", "session"): session.ref,
        ("links", "session_link"): watch.ref,
        ("removed", "removed"): gone.ref,
        ("materials", "material"): slides.ref,
        ("zones", "ref"): zone.ref,
        ("places", "ref"): quota.ref,
        ("waiting", "place"): waits.ref,
        ("rooms", "ref"): room.ref,
        ("accepted-clashes", "ref"): accepted.ref,
        ("scheduler", "ref"): run.ref,
        ("order", "ref"): order.ref,
        ("clashes", "code"): Clash(Rule.SIZE, Severity.WARN, session.id, None, room.id).code,
        ("history", "ref"): db.session.scalars(select(Command.ref)).first(),
        ("items", "item"): item.ref,
        ("roles", "role"): role.ref,
        ("documents", "ref"): document.ref,
        ("subscription", "subscriber"): told.ref,
        ("subscribers", "ref"): told.ref,
        ("documents", "symbol"): document.symbol,
        ("blocks", "block"): block.ref,
    }


def _office_work(world: World, registration: Registration, category: Category) -> tuple[TrackStep, PreparedDecision]:
    """What the offices have written beside the member: an objection, a prepared decision, a note and a question."""
    mark = world.mark
    step = _add(TrackStep(category_id=category.id, position=1, office=Office.SECURITY, name=both(mark, "step")))
    _add(
        Clearance(registration_id=registration.id, step_id=step.id, outcome=Outcome.OBJECTED, note=f"{mark} objection")
    )
    _add(Remark(registration_id=registration.id, text=f"{mark} note", is_internal=True, from_office=True))
    _add(Remark(registration_id=registration.id, text=f"{mark} question"))
    prepared = _add(PreparedDecision(registration_id=registration.id, verb="return", reason=f"{mark} prepared reason"))
    return step, prepared


def _places(world: World, registration: Registration, session: Session) -> tuple[Zone, Quota, Place]:
    """A full zone for which the member waits, and a session that is open to sign-up."""
    zone = _add(Zone(code="hall", name=both(world.mark, "zone"), categories=["delegate"]))
    quota = places.quota_for(zone, 0)
    places.quota_for(session, 5)
    return zone, quota, places.wait([quota], registration)[0]


def _questions(world: World, registration: Registration) -> tuple[Questionnaire, Questionnaire, Answer]:
    """An open questionnaire with a sealed question, which the security officer reads, one at the gate, an answer."""
    mark = world.mark
    question = Question(code=f"{mark.lower()}-question", kind=QuestionKind.TEXT, data_class=DataClass.HIGH)
    question.readers = [Role.SECURITY_OFFICER]
    question.versions = [QuestionVersion(number=1, label=both(mark, "question"), help=both(mark, "help"))]
    part = QuestionnairePart(title=both(mark, "section"), items=[QuestionnaireItem(question=question)])
    sheet = _add(Questionnaire(code=f"{mark.lower()}-sheet", name=both(mark, "sheet"), is_open=True, parts=[part]))
    there = QuestionnairePart(title=both(mark, "part at the gate"), items=[QuestionnaireItem(question=question)])
    about = {"code": f"{mark.lower()}-gate", "name": both(mark, "gate"), "asked_at": AskedAt.AT_GATE}
    at_gate = _add(Questionnaire(is_open=True, parts=[there], **about))
    answer = Answer(conference_id=world.conference.id, registration_id=registration.id, question=question)
    answer.version, answer.value = question.newest, f"{mark} answer"
    return sheet, at_gate, _add(answer)


def _letters(world: World, delegation: Delegation, registration: Registration) -> tuple[Any, Any, Any]:
    """A text, a letter that was issued, the work of issuing, and a mail that was refused."""
    mark = world.mark
    for kind in (LetterKind.NOTE_VERBALE, LetterKind.PERSONAL_INVITATION):
        words = {"subject": both(mark, "letter"), "body": both(mark, "body"), "number_form": f"{kind}/{{number}}"}
        _add(LetterText(kind=kind, **words))
    letter = _add(
        Letter(
            kind=LetterKind.VISA_SUPPORT,
            status=LetterStatus.ISSUED,
            registration_id=registration.id,
            languages=["en"],
            number=f"{mark}/VS/1",
            purpose=f"{mark} purpose",
            file_id=_paper(world),
        )
    )
    job = jobs.enqueue("registration.issue_letters", conference_id=world.conference.id)
    job.arguments, job.state = {"letters": [letter.id], "job": job.id}, jobs.JobState.DONE
    values = (f"{mark.lower()}@mission.example", f"{mark} refused", f"{mark} text", f"{mark} refused")
    mail = outbox.add(Message(Kind.NOTICE, *values, conference_id=world.conference.id))
    assert mail is not None
    mail.state = MailState.FAILED
    return letter, job, mail


def _handed_out(world: World, session: Session, speaker: Speaker) -> tuple[SessionLink, Material]:
    """A link to join and slides of the speaker, both for everybody at present."""
    link = _add(
        SessionLink(
            session_id=session.id,
            kind=LinkKind.JOIN,
            url=f"https://{world.mark.lower()}.example/join",
            opens_at=clock.now() - timedelta(days=1),
            closes_at=clock.now() + timedelta(days=400),
        )
    )
    slides = Material(session_id=session.id, person_id=speaker.person_id, title=both(world.mark, "slides"))
    slides.file_id, slides.checked_at = _paper(world), clock.now()
    return link, _add(slides)


def _brought_in_and_taken_out(world: World) -> None:
    """A table that the focal point brought in, what was done for many, a kept view, and a file to be fetched."""
    mark, conference = world.mark, world.conference
    focal_point, organizer = world.holders[Role.FOCAL_POINT], world.holders[Role.ORGANIZER]
    with in_conference(conference.id), writing():
        delegation = db.session.scalars(select(Registration)).one().delegation
        assert delegation is not None
        table = {"heads": [f"{mark} head"], "columns": ["given_name"]}
        report = [{"row": 2, "name": f"{mark} row", "outcome": "sound", "faults": [], "warnings": []}]
        about: dict[str, Any] = {"state": ImportState.DONE, "source": f"{mark}.csv", "report": report, "mapping": table}
        brought = _add(Import(delegation_id=delegation.id, made_by=focal_point.id, **about))
        about["report"] = [report[0] | {"outcome": "matched", "number": f"{mark} number"}]
        pictures = _add(Import(kind=ImportKind.PHOTOS, made_by=organizer.id, **about))
        act = _add(BulkAct(kind=ActKind.TAG, tag=f"{mark} tag", done_at=clock.now(), made_by=organizer.id))
        kept = {"list_name": "registrations", "name": f"{mark} view", "query": "status=accredited"}
        view = _add(SavedView(account_id=organizer.id, is_shared=True, **kept))
        file = files.store(f"{mark} rows".encode(), "text/csv", f"{mark}.csv", conference_id=conference.id)
        until = clock.now() + timedelta(days=1)
        download = _add(
            Download(subject="registrations", file_format="csv", made_by=organizer.id, ends_at=until, file=file)
        )
        plan = _add(
            Download(subject="programme-plan", file_format="pdf", made_by=organizer.id, ends_at=until, file=file)
        )
    world.refs |= {
        ("files", "ordered"): plan.ref,
        ("imports", "ref"): brought.ref,
        ("photo-imports", "ref"): pictures.ref,
        ("together", "ref"): act.ref,
        ("views", "ref"): view.ref,
        ("downloads", "ref"): download.ref,
        ("delegations", "delegation"): delegation.ref,
        ("desk", "subject"): "registrations",
        ("desk", "file_format"): "csv",
        ("downloads", "subject"): "registrations",
        ("downloads", "file_format"): "csv",
    }


def _side_event(world: World, delegation: Delegation) -> None:
    """A call, an application of the delegation, and one that it is asked to stand behind."""
    mark, now = world.mark, clock.now()
    _add(SideEventCall(opens_at=now - timedelta(1), closes_at=now + timedelta(1), guidance=both(mark, "guidance")))
    about = {"contact_name": f"{mark} contact", "contact_email": f"{mark.lower()}-side@mail.example"}
    about |= {"description": both(mark, "applies"), "status": SideEventStatus.SUBMITTED}
    event = _add(SideEvent(title=both(mark, "side event"), lead_id=delegation.id, **about))
    own = _add(SideEventSponsor(side_event_id=event.id, organization=f"{mark} partner"))
    other = _add(SideEvent(title=both(mark, "another"), organization=f"{mark} institute", **about))
    second = _add(Delegation(name=both(mark, "neighbour"), folded=f"{mark} neighbour".lower(), position=2))
    meeting = _add(Bilateral(asking_id=delegation.id, asked_id=second.id, subject=f"{mark} subject of two"))
    plan = _add(Arrangement(asked={"scope": "meetings", "in_rooms": []}, state=ArrangementState.READY))
    asked = _add(SideEventSponsor(side_event_id=other.id, delegation_id=delegation.id))
    world.refs |= {
        ("side-events", "ref"): event.ref,
        ("side-events", "event"): event.ref,
        ("sponsors", "sponsor"): own.ref,
        ("sponsorships", "sponsor"): asked.ref,
        ("meetings", "ref"): meeting.ref,
        ("meetings", "meeting"): meeting.ref,
        ("plan", "plan"): plan.ref,
    }


def _paper(world: World) -> int:
    stored = files.store(
        f"%PDF-1.7 {world.mark}".encode(), "application/pdf", f"{world.mark}.pdf", conference_id=world.conference.id
    )
    db.session.flush()
    return stored.id


def _person(world: World, word: str) -> Person:
    mark = world.mark
    person = _add(
        Person(
            conference_id=world.conference.id,
            honorific="H.E.",
            given_name=f"{mark}-given",
            family_name=f"{mark}-{word}",
            printed_name=f"{mark} {word}",
            email=f"{mark.lower()}-{word}@mail.example",
            phone=f"+62 {mark}",
            folded=f"{mark} {word}".lower(),
        )
    )
    person.passport_number = f"{mark}-passport"
    person.access_needs = f"{mark}-needs"
    return person  # type: ignore[no-any-return]


def _programme_of(
    world: World, conference: Conference, delegation: Delegation, speaker: Speaker
) -> tuple[Session, Room, Any, Any]:
    mark = world.mark
    room = rooms.add_room(SYSTEM, conference, both(mark, "room"))
    _add(ChoiceGroup(name=both(mark, "group")))
    kind = _add(OwnKind(nature=SessionKind.GENERAL_DEBATE, name=both(mark, "kind")))
    world.refs[("desk", "ref")] = kind.ref  # of kinds and themes
    theme = _add(Theme(name=both(mark, "theme"), code=mark[:3]))
    session = sessions.create_session(
        SYSTEM,
        conference,
        Details(
            kind=SessionKind.PANEL,
            title=both(mark, "session"),
            minutes=60,
            description=both(mark, "about"),
            own_kind=kind,
            theme=theme,
        ),
    )
    sessions.add_item(SYSTEM, session, title=both(mark, "item"))
    sessions.add_role(SYSTEM, session, SessionRoleKind.CHAIR, printed_function=both(mark, "function"))
    part = sessions.add_role(SYSTEM, session, SessionRoleKind.SPEAKER, person=speaker.person)
    timetable.place(SYSTEM, session, [room], conference.starts_at + timedelta(hours=9))
    timetable.release(SYSTEM, conference, name=f"{mark} release")
    for booklet in db.session.scalars(select(Booklet)):
        booklet.file_id = _paper(world)
    table = files.store(f"title\n{mark} brought in".encode(), MARK, f"{mark}.csv", conference_id=conference.id)
    db.session.flush()
    world.refs[("import", "file")] = table.ref
    db.session.flush()
    db.session.refresh(session)
    world.refs |= {("speaking", "ref"): speaker.ref, ("parts", "part"): part.ref}
    token = agenda_rules.new_token()
    agendas.add(agendas.make(conference, token, "en"), [session.ref])
    world.refs |= {("agenda", "token"): token, ("agenda", "feed"): agenda_rules.feed_token(token)}
    world.refs[("agenda", "ref")] = speaker.person.ref
    _debate(world, session, delegation)
    return session, room, session.items[0], session.roles[0]


def _debate(world: World, session: Session, delegation: Delegation) -> None:
    """A list of speakers that everybody sees, with a statement that was delivered and may be read."""
    mark = world.mark
    debate = debates.set_up(SYSTEM, session, debates.Wanted(opens_at=clock.now() - timedelta(days=1)))
    topic = debates.add_topic(SYSTEM, debate, both(mark, "topic"))
    said = debates.Said(name=f"{mark} speaker", rank="minister", topic=topic, may_publish=True)
    statement = debates.request(SYSTEM, debate, delegation, said)
    text = files.store(b"%PDF-1.7 a statement", "application/pdf", f"{mark}.pdf", conference_id=session.conference_id)
    debates.hand_in(SYSTEM, statement, file=text)
    statement.started_at = statement.ended_at = clock.now()
    debate.published_at = clock.now()
    db.session.flush()
    world.refs |= {
        ("topics", "topic"): topic.ref,
        ("speakers", "statement"): statement.ref,
        ("statements", "statement"): statement.ref,
        ("statements", "ref"): delegation.ref,
        ("statements", "session"): session.ref,
        ("files", "file"): statement.files[0].ref,
    }


def _document(world: World, conference: Conference) -> Document:
    mark = world.mark
    document = documents.create(
        conference,
        by=SYSTEM,
        symbol=f"{mark.rstrip('7')}/1",
        kind=DocumentKind.OUTCOME,
        title=both(mark, "document"),
        languages=["en", "id"],
        authentic_languages=["en"],
    )
    documents.add_block(document, BlockKind.PARAGRAPH, both(mark, "paragraph"), after=None, by=SYSTEM)
    words = Search("paragraph", "text")
    places = [(hit.block, hit.language, hit.text.sha256) for hit in document_queries.occurrences(document, words)]
    brought = documents.keep_import(document, "en", [Guess("paragraph", [{"t": f"{mark} brought in"}])], {}, by=SYSTEM)
    world.refs[("imports", "brought")] = brought.ref
    world.refs[("replace", "made")] = documents.replace(document, words, places, by=SYSTEM).ref
    documents.adopt(
        document,
        manner=Manner.RECORDED_VOTE,
        meeting=both(mark, "meeting"),
        adopted_on=conference.starts_on,
        presiding=both(mark, "chair"),
        by=SYSTEM,
    )
    issue = documents.prepare_publication(document, by=SYSTEM)
    made = []
    for code, form in product(("en", "id"), FORMATS.values()):
        content = f"{mark} {code} {form.code}".encode()
        made.append((code, form.code, files.keep(content), len(content), form.media_type))
    documents.complete_publication(issue, made)
    documents.add_picture(issue, "en", files.keep(f"{mark} picture".encode()), len(f"{mark} picture"))
    documents.release(issue, by=SYSTEM)
    documents.set_emblem(conference, both(mark, "emblem"), (files.keep(mark.encode()), len(mark), "png"), by=SYSTEM)
    template = f"{mark.rstrip('7')}/{{number}}"
    series = documents.add_series(
        conference, template=template, name=both(mark, "series"), kind=DocumentKind.PAPER, by=SYSTEM
    )
    now = clock.now()
    documents.set_work(
        document, "en", state=WorkState.IN_HAND, due_at=now, assignee_id=None, note=f"{mark} work", by=SYSTEM
    )
    world.refs[("series", "series")] = series.ref
    world.refs[("languages", "language")] = "id"
    said = {"words": both(mark, "term"), "forbidden": {}, "note": f"{mark} term"}
    world.refs[("glossary", "term")] = documents.add_term(conference, **said, by=SYSTEM).ref
    db.session.flush()
    world.refs[("history", "change")] = document_queries.changes_of_terms()[0].ref
    world.refs |= {("translations", "ref"): document.ref, ("translations", "language"): "id"}
    return document


def _given_out(world: World) -> None:
    """The translation of the document is the translator's, to write and to check."""
    who = world.holders[Role.TRANSLATOR].id
    with in_conference(world.conference.id), writing():
        document = document_queries.document(world.refs[("translations", "ref")])
        assert document is not None
        about: dict[str, Any] = {"state": WorkState.IN_HAND, "due_at": None, "note": f"{world.mark} work"}
        documents.set_work(document, "id", assignee_id=who, reviser_id=who, by=SYSTEM, **about)


def _beside_the_text(world: World, document: Document, delegation: Delegation) -> None:
    """A statement and an endorsement of the delegation, both shown, and a silence procedure that runs on the draft."""
    mark, adoption = world.mark, document_queries.adoption_of(document)
    assert adoption is not None
    stated = documents.hand_in_statement(
        adoption,
        delegation,
        kind=StatementKind.RESERVATION,
        text=both(mark, "reservation"),
        blocks=[],
        handed_in_by=f"{mark} signatory",
        by=SYSTEM,
    )
    endorsed = _add(
        Endorsement(
            adoption_id=adoption.id,
            delegation_id=delegation.id,
            status=EndorsementState.CONFIRMED,
            authority=both(mark, "minister"),
            endorsed_on=clock.now().date(),
            confirmed_at=clock.now(),
            file_id=_paper(world),
        )
    )
    run = documents.start_silence(
        document, expires_at=clock.now() + timedelta(days=1), note=both(mark, "note"), tells_names=True, by=SYSTEM
    )
    world.refs |= {
        ("statements", "reservation"): stated.ref,
        ("endorsements", "endorsement"): endorsed.ref,
        ("endorsements", "symbol"): document.symbol,
        ("citations", "symbol"): document.symbol,
        ("pictures", "symbol"): document.symbol,
        ("silence", "silence"): run.ref,
        ("texts", "text"): document.ref,
    }


def _people(world: World) -> None:
    """One account for each role, and the references of their mandates."""
    registration = None
    with in_conference(world.conference.id):
        registration = db.session.scalars(select(Registration)).one()
        about = {
            Role.FOCAL_POINT: {"delegation_id": registration.delegation_id},
            Role.DELEGATE: {"person_id": registration.person_id},
            Role.SPEAKER: {"person_id": db.session.scalars(select(Speaker)).one().person_id},
        }
    for role in (*STAFF, *PARTICIPANTS):
        holder = build.account(f"{world.mark.lower()}-{role}@mail.example", name=f"{world.mark} {role}")
        build.mandate(holder, role, world.conference, **about.get(role, {}))
        world.holders[role] = holder
    with across_conferences("a test looks up a mandate"):
        mandate = db.session.scalars(select(Mandate).where(Mandate.account_id == world.holders[Role.VIEWER].id)).one()
        world.refs[("people", "ref")] = mandate.ref
        focal_point = world.holders[Role.FOCAL_POINT].id
        world.refs[("focal-points", "mandate")] = db.session.scalars(
            select(Mandate.ref).where(Mandate.account_id == focal_point)
        ).one()
    world.refs[("sign-ins", "ref")] = "x" * 22
    world.refs[("accounts", "ref")] = world.holders[Role.VIEWER].ref
    _brought_in_and_taken_out(world)
    _given_out(world)


def disabled(world: World) -> Account:
    """An organizer whose account was closed after signing in."""
    holder = build.staff(world.conference, Role.ORGANIZER)
    with writing():
        db.session.get_one(Account, holder.id).disabled_at = clock.now()
    return holder
