"""What the offices of the sample conference have done: each by the role whose work it is."""

from collections.abc import Mapping

from confapp.conferences.models import Conference
from confapp.demo import content, roles
from confapp.demo.loading.registration import Office
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people import queries as people_queries
from confapp.people.rules import Role
from confapp.programme.actions import sign_ups
from confapp.programme.models import Session
from confapp.registration import actions
from confapp.registration.actions import issuing, letters, question_sets, questions
from confapp.registration.actions.answers import answer, themselves
from confapp.registration.actions.zones import add_zone
from confapp.registration.forms.questions import Given
from confapp.registration.models import Delegation, Registration
from confapp.registration.queries import questions as question_queries
from confapp.registration.rules import ACCREDITATION, Outcome, asking
from confapp.registration.rules.letters import LetterKind
from confapp.registration.rules.question_sets import SETS
from confapp.registration.rules.questions import AskedAt

Made = Mapping[str, Registration]


def prepare(conference: Conference, work: content.OfficeWork, by: Actor) -> None:
    """Before anybody registers: the questions, the zones and the views of the list."""
    for name in work.question_sets:
        for sheet in question_sets.add_set(by, conference, SETS[name]):
            questions.open_questionnaire(by, sheet, is_open=sheet.asked_at != AskedAt.AT_GATE)
    for zone in work.zones:
        add_zone(
            by,
            conference,
            zone.code,
            name=zone.name,
            colour=zone.colour,
            categories=list(zone.categories),
            capacity=zone.capacity,
        )
    for name, words in work.views:
        actions.save_view(by, conference, "registrations", name, words, is_shared=True)


def review(work: content.OfficeWork, made: Made, office: Office) -> None:
    """Steps, the conversation, who looks after whom, and decisions that wait for their release."""
    _answer(work, made)
    for one in work.cleared:
        row = made[one.person]
        step = next(step for step in row.category.steps if step.office == one.office)
        outcome = Outcome.OBJECTED if one.objection else Outcome.CLEARED
        actions.clear(row, step, outcome, by=office.of(step.office), note=one.objection)
    _say(work, made, office)
    officer = people_queries.account_by_email(roles.mailbox(Role.ACCREDITATION_OFFICER))
    for key in work.looked_after:
        actions.assign(made[key], officer, by=office.accreditation)
    db.session.flush()
    for each in work.prepared:
        move = ACCREDITATION.named(each.verb)
        assert move is not None
        actions.prepare(made[each.person], move, by=office.accreditation, reason=each.reason)


def _say(work: content.OfficeWork, made: Made, office: Office) -> None:
    for line in work.said:
        row = made[line.person]
        if line.by == "person":
            actions.ask_office(row, line.words, by=themselves(row))
        elif line.by == "office":
            actions.write_to_person(row, line.words, by=office.accreditation)
        else:
            actions.write_note(row, line.words, by=office.accreditation)


def _answer(work: content.OfficeWork, made: Made) -> None:
    sheets = question_queries.questionnaires(AskedAt.REGISTRATION, only_open=True)
    for key, values in work.answers.items():
        row = made[key]
        asked = [one for section in asking.sections(sheets, row.category.code) for one in section.asked]
        answer(row, [Given(one, values[one.code]) for one in asked if one.code in values], by=themselves(row))


def write_letters(
    conference: Conference,
    work: content.OfficeWork,
    delegations: Mapping[str, Delegation],
    made: Made,
    office: Office,
) -> None:
    """Every text is filled in; the files of the letters are made, and mailed, by the jobs that this leaves."""
    for kind in LetterKind:
        text = letters.start_text(office.protocol, conference, kind)
        letters.write_text(
            office.protocol,
            text,
            subject=_filled(text.subject, work.blanks),
            body=_filled(text.body, work.blanks),
            signatory=_filled(text.signatory, work.blanks),
            number_form=text.number_form,
            revision=text.revision,
        )
    db.session.flush()
    invited = [delegations[code] for code in work.letters_to]
    issuing.order_invitations(office.protocol, conference, invited, work.letter_languages)
    person, purpose = work.visa_support
    letters.request_letter(themselves(made[person]), made[person], LetterKind.VISA_SUPPORT, ["en"], purpose)
    row = made[work.confirmation]
    asked = letters.request_letter(themselves(row), row, LetterKind.CONFIRMATION, work.letter_languages)
    letters.issue_letters(office.protocol, conference, [asked])


def _filled(texts: Mapping[str, str], blanks: Mapping[str, str]) -> dict[str, str]:
    filled = dict(texts)
    for blank, words in blanks.items():
        filled = {code: text.replace(blank, words) for code, text in filled.items()}
    return filled


def sign_up(work: content.OfficeWork, made: Made, sessions: Mapping[str, Session], by: Actor) -> None:
    """In the order of the content, so that the last of a full session wait."""
    for each in work.sign_ups:
        session = sessions[each.session]
        sign_ups.set_sign_up(by, session, is_open=True, capacity=each.capacity)
        for key in each.people:
            sign_ups.choose(made[key], session, by=themselves(made[key]))
