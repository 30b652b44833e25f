"""What a copied conference takes of its categories, questions, texts, delegations and staff."""

from sqlalchemy import select

from confapp.conferences import actions as conferences
from confapp.conferences.models import Zone
from confapp.foundation import clock, text
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.languages import N_
from confapp.people.actions import mandates
from confapp.people.models import Mandate
from confapp.people.rules import STAFF, Role
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

ASKED = (Question, QuestionVersion, Questionnaire, QuestionnairePart, QuestionnaireItem)


def install() -> None:
    conferences.parts |= {
        "categories": conferences.Part(N_("Categories and questionnaires"), 10, (Category, TrackStep, Zone, *ASKED)),
        "letters": conferences.Part(N_("Texts of letters and reminders"), 20, (LetterText, ReminderText)),
        "delegations": conferences.Part(
            N_("Delegations, without what they answered"), 30, (Delegation, DelegationOrder), then=_make_findable
        ),
        "staff": conferences.Part(N_("Staff, who are invited by mail"), 80, then=_invite_staff),
    }


def _make_findable(copy: conferences.Copy) -> int:
    with in_conference(copy.target.id):
        for (table, _id), row in copy.made.items():
            if table == Delegation.__tablename__:
                row.folded = text.fold(*row.name.values(), row.code)[:600]
        db.session.flush()
    return 0


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
