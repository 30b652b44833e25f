"""Tables of delegations and registrations."""

from confapp.registration.models.accreditation import Clearance, PreparedDecision, Remark
from confapp.registration.models.catalogue import Party
from confapp.registration.models.categories import Category, PrivateLink, TrackStep
from confapp.registration.models.delegations import Credential, Delegation, DelegationOrder
from confapp.registration.models.letters import Letter, LetterText, ReminderText
from confapp.registration.models.lists import BulkAct, Import, SavedView
from confapp.registration.models.questions import (
    Answer,
    Question,
    Questionnaire,
    QuestionnaireItem,
    QuestionnairePart,
    QuestionVersion,
)
from confapp.registration.models.registrations import Registration, RegistrationMove, Series, TwoPeople

__all__ = [
    "Answer",
    "BulkAct",
    "Category",
    "Clearance",
    "Credential",
    "Delegation",
    "DelegationOrder",
    "Import",
    "Letter",
    "LetterText",
    "Party",
    "PreparedDecision",
    "PrivateLink",
    "Question",
    "QuestionVersion",
    "Questionnaire",
    "QuestionnaireItem",
    "QuestionnairePart",
    "Registration",
    "RegistrationMove",
    "Remark",
    "ReminderText",
    "SavedView",
    "Series",
    "TrackStep",
    "TwoPeople",
]
