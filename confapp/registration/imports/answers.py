"""Answers in a table: a column may hold those to one question, read by the form and the rules that ask a person."""

import re
from collections.abc import Mapping, Sequence

from werkzeug.datastructures import MultiDict

from confapp.conferences.models import Conference
from confapp.foundation import sealing, text
from confapp.foundation.db import db
from confapp.foundation.languages import INTERFACE, best
from confapp.foundation.languages import gettext as _
from confapp.registration.actions.imports import Answered
from confapp.registration.forms.questions import QuestionsPart, questions_part
from confapp.registration.models import Category, Delegation, Question
from confapp.registration.queries import questions as queries
from confapp.registration.rules import Entry, asking
from confapp.registration.rules.answers import language_names
from confapp.registration.rules.asking import Section
from confapp.registration.rules.conditions import Value
from confapp.registration.rules.questions import SEALED, SEVERAL, WITH_OPTIONS, AskedAt, QuestionKind
from confapp.registration.rules.wording import Lexicon

PREFIX = "question:"
NOT_IN_A_CELL = (
    QuestionKind.FILE,
    QuestionKind.PHOTO,
    QuestionKind.CONSENT,
    QuestionKind.SESSION_CHOICE,
    QuestionKind.TRAVEL_LEG,
)
Said = list[tuple[str, str]]


def asked() -> list[Question]:
    """What is asked at registration and fits into a cell, in the order of the questionnaires; each once."""
    found = {
        item.question.id: item.question
        for sheet in queries.questionnaires(AskedAt.REGISTRATION, only_open=True)
        for part in sheet.parts
        for item in part.items
        if item.question.kind not in NOT_IN_A_CELL and item.question.retired_at is None
    }
    return list(found.values())


def offered() -> dict[str, str]:
    """The same as what a column may hold, by label."""
    return {f"{PREFIX}{one.code}": best(one.newest.label) for one in asked()}


def words() -> list[tuple[str, str]]:
    """The labels in all their languages, and the codes, for guessing by the head of a column."""
    return [(f"{PREFIX}{one.code}", word) for one in asked() for word in (*one.newest.label.values(), one.code)]


class Answers:
    """What is asked of the people of one table, read once."""

    def __init__(
        self, conference: Conference, fields: Sequence[str], countries: Mapping[str, str], *, is_office: bool
    ) -> None:
        self.conference, self.countries, self.is_office = conference, countries, is_office
        self.wanted = {name.removeprefix(PREFIX) for name in fields if name.startswith(PREFIX)}
        self.questions = {one.code: one for one in asked() if one.code in self.wanted} if self.wanted else {}
        self.sheets = queries.questionnaires(AskedAt.REGISTRATION, only_open=True) if self.wanted else []
        self.shredded = {name for name in SEALED if self.wanted and sealing.is_shredded(conference.id, name.value)}
        self.languages = _language_meanings() if self.wanted else {}
        self.sections: dict[str, list[Section]] = {}
        for sheet in self.sheets:  # they outlive the transaction, as all that rows are held against
            for one in [item.question for part in sheet.parts for item in part.items]:
                if one in db.session:
                    db.session.expunge(one)
            db.session.expunge(sheet)

    def read(
        self, values: Mapping[str, str], entry: Entry, category: Category, delegation: Delegation | None
    ) -> tuple[tuple[Answered, ...], Said, Said]:
        """What a row answers, what must be mended in it, and what is left out as it is not asked of this person."""
        typed = {
            code: cell
            for name, cell in values.items()
            if (code := name.removeprefix(PREFIX)) != name and code in self.questions
        }
        if not typed:
            return (), [], []
        part = self._part(typed, _known(entry, category, delegation), category)
        part.is_draft = True  # what the table does not say is asked of the person later
        part.validate()
        shown, faults, warnings = part.shown(), list[tuple[str, str]](), list[tuple[str, str]]()
        for name, one in part.asked.items():
            if name in shown and one.code in typed:
                faults += [(best(one.question.newest.label), str(error)) for error in part._fields[name].errors]
        if faults:
            return (), faults, []
        answered = {
            one.asked.code: Answered(
                one.asked.question.id, one.asked.question.newest.id, one.asked.question.data_class, one.value
            )
            for one in part.given()
            if one.value is not None
        }
        for code in typed:
            label = best(self.questions[code].newest.label)
            if code not in answered:
                warnings.append((label, _("This is not asked of this person and is left out.")))
            elif self.questions[code].data_class in self.shredded:
                faults.append((label, _("Answers to “%(question)s” are no longer kept.", question=label)))
        return tuple(answered.values()), faults, warnings

    def _part(self, typed: Mapping[str, str], known: Mapping[str, Value], category: Category) -> QuestionsPart:
        if category.code not in self.sections:
            whole = asking.sections(self.sheets, category.code)
            narrowed = (
                Section(one.part, one.condition, [each for each in one.asked if each.code in self.questions])
                for one in whole
            )
            self.sections[category.code] = [one for one in narrowed if one.asked]
        sections, sent = self.sections[category.code], MultiDict[str, str]()
        for one in (each for section in sections for each in section.asked if each.code in typed):
            for value in self._meant(one.question, typed[one.code]):
                sent.add(one.name, value)
        return questions_part(
            sections,
            known=lambda: known,
            kept={},
            uploads={},
            choices=(),
            conference=self.conference,
            lexicon=Lexicon({}, {}),
            is_office=self.is_office,
            formdata=sent,
        )

    def _meant(self, question: Question, cell: str) -> list[str]:
        """A cell as the form would send it; what is not understood goes on as typed, and the form says so."""
        kind = question.kind
        if kind in WITH_OPTIONS:
            meanings = {
                text.fold(word): str(option["code"])
                for option in question.newest.options
                for word in (*option["label"].values(), option["code"])
            }
            one = meanings.get(text.fold(cell))
            parts = (
                [cell] if one or kind not in SEVERAL else re.split(r"[;\n]" if re.search(r"[;\n]", cell) else ",", cell)
            )
            return [meanings.get(text.fold(word), word.strip()) for word in parts if word.strip()]
        if kind == QuestionKind.COUNTRY:
            return [self.countries.get(text.fold(cell), cell)]
        return [self.languages.get(text.fold(cell), cell)] if kind == QuestionKind.LANGUAGE else [cell]


def _known(entry: Entry, category: Category, delegation: Delegation | None) -> dict[str, Value]:
    return {
        "category": category.code,
        "delegation_kind": delegation.kind.value if delegation is not None else "none",
        "capacity": entry.capacity.value,
        "country": entry.country,
        "rank": entry.rank.value if entry.rank else "",
        "language": entry.language,
    }


def _language_meanings() -> dict[str, str]:
    return {text.fold(name): code for one in INTERFACE for code, name in language_names(one).items()}
