"""What a copied conference takes of its categories, questions, texts, delegations and staff."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from confapp.conferences import actions as conferences
from confapp.conferences.models import Conference, Zone
from confapp.foundation import clock, text
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.languages import N_
from confapp.foundation.places import Quota
from confapp.people.actions import consents, mandates
from confapp.people.models import ConsentText, Mandate
from confapp.people.rules import STAFF, Role
from confapp.registration.actions import filling
from confapp.registration.models import (
    Category,
    Delegation,
    DelegationOrder,
    LetterText,
    Question,
    Questionnaire,
    QuestionnaireItem,
    QuestionnairePart,
    QuestionVersion,
    ReminderText,
    TrackStep,
)
from confapp.registration.rules.letters import blanks

ASKED = (Question, QuestionVersion, Questionnaire, QuestionnairePart, QuestionnaireItem)

COUNTED: tuple[tuple[str, str, type[Any], str], ...] = (
    ("categories", N_("Categories"), Category, "categories"),
    ("questionnaires", N_("Questionnaires"), Questionnaire, "questionnaires"),
    ("questions", N_("Questions that are asked"), Question, "questionnaires"),
    ("consents", N_("Texts of consent"), ConsentText, "consents"),
    ("letters", N_("Texts of letters"), LetterText, "letters"),
    ("reminders", N_("Texts of reminders"), ReminderText, "letters"),
    ("delegations", N_("Delegations"), Delegation, "delegations"),
)


def _staff_is_asked(conference: Conference) -> bool:
    return conferences.any_rows(Mandate, Mandate.conference_id == conference.id, Mandate.role.in_(STAFF))


def _letters_are_ready(conference: Conference) -> bool:
    texts = db.session.scalars(select(LetterText)).all()
    words = [word for row in texts for part in (row.subject, row.body, row.signatory) for word in part.values()]
    return bool(texts) and not any(blanks(word) for word in words)


STEPS: tuple[tuple[str, str, str, str, Callable[[Conference], bool]], ...] = (
    (
        "staff",
        N_("Invite those who work with you"),
        N_("Organizers, protocol, accreditation, programme, press and the rest, each with a role."),
        "people_desk.index",
        _staff_is_asked,
    ),
    (
        "questions",
        N_("Look through the categories and open the questionnaires"),
        N_("Questionnaires begin closed."),
        "registration_desk.questionnaires",
        lambda conference: conferences.any_rows(Questionnaire, Questionnaire.is_open.is_(True)),
    ),
    (
        "letters",
        N_("Fill in the blanks of the letters"),
        N_("They stand in square brackets, such as the name of the ministry."),
        "registration_desk.letters",
        _letters_are_ready,
    ),
    (
        "delegations",
        N_("List the delegations and invite them"),
        N_("From the catalogue of states and organizations, or with names of your own."),
        "registration_desk.delegations",
        lambda conference: conferences.any_rows(Delegation, Delegation.invited_at.isnot(None)),
    ),
)
NEVER = {
    **dict.fromkeys(
        ("registration", "registration_move", "answer", "clearance", "prepared_decision", "remark", "two_people"),
        "nobody goes over, and no decision about anybody",
    ),
    "credential": "a paper is of the meeting it names",
    "letter": "letters were sent for one conference",
    "private_link": "an address that was given out opens what it was given out for",
    "import_batch": "what came in from a table is over",
    "saved_view": "a view belongs to the person who kept it",
    "series": "numbers of letters and registrations begin anew",
}


def install() -> None:
    conferences.parts |= {
        "categories": conferences.Part(
            N_("Categories, questionnaires and texts of consent"),
            10,
            (Category, TrackStep, Zone, *ASKED),
            then=_word_consents,
            by_hand=(ConsentText, Quota),
            fill=filling.fill_categories,
        ),
        "letters": conferences.Part(
            N_("Texts of letters and reminders"), 20, (LetterText, ReminderText), fill=filling.fill_letters
        ),
        "delegations": conferences.Part(
            N_("Delegations, without what they answered"),
            30,
            (Delegation, DelegationOrder),
            then=_make_findable,
            fill=filling.fill_order,
            filled_label=N_("Rule for the order of delegations"),
        ),
        "staff": conferences.Part(N_("Staff, who are invited by mail"), 80, then=_invite_staff),
    }
    for order, (key, label, model, page) in enumerate(COUNTED, 10):
        conferences.counted[key] = conferences.Counted(label, order, model, f"registration_desk.{page}")
    conferences.never_copied.update(NEVER)
    for order, (key, label, hint, endpoint, is_done) in enumerate(STEPS, 20):
        conferences.steps[key] = conferences.Step(label, hint, order, endpoint, is_done)


def _make_findable(copy: conferences.Copy) -> int:
    with in_conference(copy.target.id):
        for (table, _id), row in copy.made.items():
            if table == Delegation.__tablename__:
                row.folded = text.fold(*row.name.values(), row.code)[:600]
        db.session.flush()
    return 0


def _word_consents(copy: conferences.Copy) -> int:
    """The words that people read last, as a first version to which nobody has agreed."""
    newest = {row.kind: row for row in sorted(copy.rows(ConsentText), key=lambda row: row.version)}
    with in_conference(copy.target.id):
        for row in newest.values():
            consents.begin_with(copy.actor, copy.target.id, row.kind, row.text)
    return len(newest)


def _works(mandate: Mandate) -> bool:
    return mandate.is_in_force(clock.now()) and mandate.account.disabled_at is None


def _invite_staff(copy: conferences.Copy) -> int:
    """Each is asked again, as somebody new would be: an old mandate does not open a new conference by itself."""
    with across_conferences("staff of an earlier conference is invited to its copy"):
        held = db.session.scalars(
            select(Mandate).where(Mandate.conference_id == copy.source.id, Mandate.role.in_(STAFF))
        ).all()
        asked = {(one.account.email, Role(one.role)) for one in held if _works(one)}
    with in_conference(copy.target.id):
        for email, role in sorted(asked):
            mandates.invite(copy.actor, email, role, copy.target)
    return len(asked)
