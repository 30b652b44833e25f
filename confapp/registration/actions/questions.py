"""The catalogue of questions and the questionnaires: what organizers change of them, and what cannot be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import best, joined
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.registration.models import (
    Question,
    Questionnaire,
    QuestionnaireItem,
    QuestionnairePart,
    QuestionVersion,
)
from confapp.registration.queries import questions as queries
from confapp.registration.rules import conditions, questions, taken_out
from confapp.registration.rules.conditions import Condition
from confapp.registration.rules.questions import LEAST_CLASS, SEALED, AskedAt, DataClass, QuestionKind

LONGEST_CODE = 40


@dataclass(frozen=True)
class Wording:
    """What a version of a question says: a change of any of it is a new version."""

    label: dict[str, str]
    help: dict[str, str] = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Keeping:
    """What happens to its answers: how they are protected, how long they are kept, who reads them, and whether a
    change after the accreditation needs a new look."""

    data_class: DataClass
    kept_days: int
    readers: Sequence[str]
    looks_again: bool = False


@dataclass(frozen=True)
class Terms:
    """How a questionnaire asks a question."""

    is_required: bool = False
    required_from: datetime | None = None
    frozen_from: datetime | None = None
    condition: Condition = field(default_factory=dict)


# --- the catalogue ----------------------------------------------------------------------------------------------------


def add_question(
    actor: Actor, conference: Conference, kind: QuestionKind, wording: Wording, keeping: Keeping, code: str = ""
) -> Question:
    _refuse_weak(kind, keeping.data_class)
    row = Question(
        conference_id=conference.id,
        code=_free_code(code or best(wording.label), queries.question_by_code),
        kind=kind,
        data_class=keeping.data_class,
        kept_days=keeping.kept_days,
        readers=list(keeping.readers),
        looks_again=keeping.looks_again,
        position=len(queries.catalogue()) + 1,
    )
    db.session.add(row)
    _add_version(actor, row, wording)
    audit.record(actor, "add_question", row, code=row.code, kind=kind, data_class=keeping.data_class)
    return row


def change_question(actor: Actor, question: Question, wording: Wording, keeping: Keeping, *, revision: str) -> None:
    """New words or options are a new version; answers keep the one that they were given under."""
    row = queries.hold_question(question)
    _refuse_stale(row, revision)
    _refuse_weak(row.kind, keeping.data_class)
    if keeping.data_class != row.data_class and queries.number_of_answers(row):
        raise Refused(_("Answers are kept already: how they are protected stays as it is."), 422, "data_class")
    row.data_class, row.kept_days, row.readers = keeping.data_class, keeping.kept_days, list(keeping.readers)
    row.looks_again = keeping.looks_again
    if keeping.data_class not in SEALED:
        _refuse_telling(row)
    changed = audit.changes(row)
    options = _with_codes(wording.options, row.newest.options)
    newest = row.newest
    if (newest.label, newest.help, newest.options, newest.settings) != (
        _said(wording.label),
        _said(wording.help),
        options,
        dict(wording.settings),
    ):
        changed["version"] = [newest.number, newest.number + 1]
        _add_version(actor, row, wording, newest)
        flag_modified(row, "position")
    if changed:
        audit.record(actor, "change_question", row, **changed)


def retire_question(actor: Actor, question: Question, *, retired: bool = True) -> None:
    """Out of use it is asked nowhere; its answers are kept as long as they would be."""
    row = queries.hold_question(question)
    if retired == (row.retired_at is not None):
        return
    row.retired_at = clock.now() if retired else None
    audit.record(actor, "retire_question" if retired else "restore_question", row, code=row.code)


# --- questionnaires ---------------------------------------------------------------------------------------------------


def add_questionnaire(
    actor: Actor,
    conference: Conference,
    name: dict[str, str],
    asked_at: AskedAt,
    categories: Sequence[str] = (),
    code: str = "",
) -> Questionnaire:
    """A closed one, without sections."""
    row = Questionnaire(
        conference_id=conference.id,
        code=_free_code(code or best(name), queries.questionnaire_by_code),
        name=name,
        asked_at=asked_at,
        categories=list(categories),
        position=len(queries.questionnaires()) + 1,
        parts=[],
    )
    db.session.add(row)
    audit.record(actor, "add_questionnaire", row, code=row.code, asked_at=asked_at)
    return row


def change_questionnaire(
    actor: Actor,
    questionnaire: Questionnaire,
    name: dict[str, str],
    asked_at: AskedAt,
    categories: Sequence[str],
    *,
    revision: str,
) -> None:
    row = _held(questionnaire, revision)
    row.name, row.asked_at = name, asked_at
    if list(row.categories) != list(categories):
        row.categories = list(categories)
    if changed := audit.changes(row):
        audit.record(actor, "change_questionnaire", row, **changed)


def open_questionnaire(actor: Actor, questionnaire: Questionnaire, *, is_open: bool = True) -> None:
    row = _held(questionnaire)
    if row.is_open == is_open:
        return
    if is_open and not any(part.items for part in row.parts):
        raise Refused(_("It asks nothing yet: add a question first."))
    row.is_open = is_open
    audit.record(actor, "open_questionnaire" if is_open else "close_questionnaire", row, code=row.code)


def copy_questionnaire(actor: Actor, questionnaire: Questionnaire) -> Questionnaire:
    """The same sections, questions and conditions, closed, to be changed for other categories or another moment."""
    row = _held(questionnaire)
    names = {code: _("%(name)s (copy)", name=words) for code, words in row.name.items()}
    made = Questionnaire(
        conference_id=row.conference_id,
        code=_free_code(row.code, queries.questionnaire_by_code),
        name=names,
        asked_at=row.asked_at,
        categories=list(row.categories),
        position=len(queries.questionnaires()) + 1,
        parts=[_copied(part) for part in row.parts],
    )
    db.session.add(made)
    audit.record(actor, "copy_questionnaire", made, code=made.code, source=row.code)
    return made


def remove_questionnaire(actor: Actor, questionnaire: Questionnaire) -> None:
    """The questions and their answers stay; only the asking ends."""
    row = _held(questionnaire)
    if row.is_open:
        raise Refused(_("Close it first: it is being asked now."))
    audit.record(actor, "remove_questionnaire", row, code=row.code)
    db.session.delete(row)


def move_questionnaire(actor: Actor, questionnaire: Questionnaire, step: int) -> None:
    rows = list(queries.questionnaires())
    if _move(rows, questionnaire, step):
        audit.record(actor, "move_questionnaire", questionnaire, code=questionnaire.code)


# --- sections ---------------------------------------------------------------------------------------------------------


def add_part(
    actor: Actor,
    questionnaire: Questionnaire,
    title: dict[str, str],
    help: dict[str, str] | None = None,
    condition: Condition | None = None,
    *,
    revision: str = "",
) -> QuestionnairePart:
    row = _held(questionnaire, revision)
    part = QuestionnairePart(
        conference_id=row.conference_id,
        title=title,
        help=help or {},
        condition=dict(condition or {}),
        position=_after(row.parts),
        items=[],
    )
    row.parts.append(part)
    _changed(actor, row, "add_section", section=best(title))
    return part


def change_part(
    actor: Actor,
    part: QuestionnairePart,
    title: dict[str, str],
    help: dict[str, str],
    condition: Condition,
    *,
    revision: str,
) -> None:
    row = _held(part.questionnaire, revision)
    part.title, part.help, part.condition = title, help, dict(condition)
    if audit.changes(part):
        _changed(actor, row, "change_section", section=best(title))


def remove_part(actor: Actor, part: QuestionnairePart) -> None:
    """What it asked can be put back, and brings the section with it."""
    row = _held(part.questionnaire)
    row.taken_out = taken_out.with_part(row.taken_out, part)
    row.parts.remove(part)
    _changed(actor, row, "remove_section", section=best(part.title))


def move_part(actor: Actor, part: QuestionnairePart, step: int) -> None:
    row = _held(part.questionnaire)
    if _move(row.parts, part, step):
        _changed(actor, row, "move_section", section=best(part.title))


# --- questions in sections --------------------------------------------------------------------------------------------


def add_item(
    actor: Actor, part: QuestionnairePart, question: Question, terms: Terms | None = None
) -> QuestionnaireItem:
    terms, row = terms or Terms(), _held(part.questionnaire)
    every = [item for one in row.parts for item in one.items]
    if any(item.question_id == question.id for item in every):
        raise Refused(_("This questionnaire asks it already."), 422, "question")
    if len(every) >= questions.MOST_ITEMS:
        raise Refused(_("A questionnaire asks at most %(number)d questions.", number=questions.MOST_ITEMS))
    item = QuestionnaireItem(conference_id=row.conference_id, question=question, position=_after(part.items))
    part.items.append(item)
    _set(item, terms)
    _changed(actor, row, "add_to_questionnaire", question=question.code)
    return item


def change_item(
    actor: Actor, item: QuestionnaireItem, terms: Terms, part: QuestionnairePart | None = None, *, revision: str
) -> None:
    row = _held(item.part.questionnaire, revision)
    _set(item, terms)
    if part is not None and part is not item.part:
        old = item.part
        part.items.append(item)
        _numbered(part.items)
        _numbered([one for one in old.items if one is not item])
    _changed(actor, row, "change_in_questionnaire", question=item.question.code)


def remove_item(actor: Actor, item: QuestionnaireItem) -> None:
    """Its terms are kept; the others keep their numbers, so that it finds its place again."""
    row, part = _held(item.part.questionnaire), item.part
    row.taken_out = taken_out.with_item(row.taken_out, item)
    part.items.remove(item)
    _changed(actor, row, "remove_from_questionnaire", question=item.question.code)


def put_back(actor: Actor, questionnaire: Questionnaire, ref: str) -> bool:
    """Asks what was taken out as it was asked, at its place; says whether its section had to come back, too."""
    row = _held(questionnaire)
    asked = [item for part in row.parts for item in part.items]
    if any(item.ref == ref for item in asked):
        return False
    kept = next((taken_out.read(one) for one in row.taken_out if one["ref"] == ref), None)
    question = queries.question_by_code(kept.question) if kept is not None else None
    if kept is None or question is None or any(item.question_id == question.id for item in asked):
        raise Refused(_("This questionnaire asks it already."))
    if len(asked) >= questions.MOST_ITEMS:
        raise Refused(_("A questionnaire asks at most %(number)d questions.", number=questions.MOST_ITEMS))
    with db.session.begin_nested():
        part = next((one for one in row.parts if one.ref == kept.part), None)
        is_gone = part is None
        if part is None:
            part = QuestionnairePart(conference_id=row.conference_id, ref=kept.part, items=[], **(kept.section or {}))
            _insert(row.parts, part)
        item = QuestionnaireItem(conference_id=row.conference_id, ref=ref, question=question, position=kept.position)
        _insert(part.items, item)
        _set(item, Terms(kept.is_required, kept.required_from, kept.frozen_from, kept.condition))
        row.taken_out = [one for one in row.taken_out if one["ref"] != ref]
        _changed(actor, row, "put_back_in_questionnaire", question=kept.question, section=is_gone)
    return is_gone


def move_item(actor: Actor, item: QuestionnaireItem, step: int) -> None:
    """Up or down; beyond the end of a section into the next one."""
    row, part = _held(item.part.questionnaire), item.part
    if not _move(part.items, item, step):
        place = row.parts.index(part) + step
        if not 0 <= place < len(row.parts):
            return
        target = row.parts[place]
        rest = [one for one in target.items if one is not item]
        order = [item, *rest] if step > 0 else [*rest, item]
        item.part = target
        _numbered(order)
        _numbered([one for one in part.items if one is not item])
    _changed(actor, row, "move_in_questionnaire", question=item.question.code)


# --- parts ------------------------------------------------------------------------------------------------------------


def _held(questionnaire: Questionnaire, revision: str = "") -> Questionnaire:
    row = queries.hold_questionnaire(questionnaire)
    if revision:
        _refuse_stale(row, revision)
    return row


def _refuse_stale(row: Any, revision: str) -> None:
    if str(row.revision) != revision:
        raise Refused(_("Somebody changed this in the meantime. Open it again; what you typed is still here."))


def _refuse_weak(kind: QuestionKind, data_class: DataClass) -> None:
    least = LEAST_CLASS.get(kind)
    if least is not None and data_class not in SEALED:
        raise Refused(_("Answers of this kind are always kept sealed."), 422, "data_class")


def _refuse_telling(question: Question) -> None:
    """A question in the open that depends on a sealed one would tell what was answered there."""
    by_code = {one.code: one for one in queries.catalogue()}
    for code in _needs(queries.questionnaires()).get(question.code, ()):
        if code in by_code and not questions.is_protected_enough(question, by_code[code]):
            raise Refused(_tells(question, by_code[code]), 422, "data_class")


def _tells(question: Question, by: Question) -> str:
    return _(
        "“%(question)s” would tell the answer to “%(by)s”, which is kept sealed: protect it as well.",
        question=best(question.newest.label),
        by=best(by.newest.label),
    )


def _changed(actor: Actor, row: Questionnaire, verb: str, **facts: Any) -> None:
    """Notes a change; its conditions are looked at, and whoever has an older page open will notice."""
    db.session.flush()
    _refuse_bad_conditions(row)
    flag_modified(row, "position")
    audit.record(actor, verb, row, code=row.code, **facts)


def _refuse_bad_conditions(row: Questionnaire) -> None:
    needs = _needs(queries.questionnaires())
    by_code = {one.code: one for one in queries.catalogue()}
    if circle := conditions.circle(needs):
        names = joined(best(by_code[code].newest.label) if code in by_code else code for code in circle)
        raise Refused(_("These questions would depend on each other in a circle: %(names)s.", names=names), 422)
    for part in row.parts:
        for item in part.items:
            for code in needs.get(item.question.code, ()):
                if code in by_code and not questions.is_protected_enough(item.question, by_code[code]):
                    raise Refused(_tells(item.question, by_code[code]), 422)


def _needs(rows: Sequence[Questionnaire]) -> dict[str, set[str]]:
    needs: dict[str, set[str]] = {}
    for row in rows:
        for part in row.parts:
            for item in part.items:
                found = conditions.fields(part.condition) | conditions.fields(item.condition)
                needs.setdefault(item.question.code, set()).update(found)
    return needs


def _set(item: QuestionnaireItem, terms: Terms) -> None:
    if terms.frozen_from and terms.required_from and terms.frozen_from <= terms.required_from:
        raise Refused(_("An answer cannot be needed after it can no longer be given."), 422, "frozen_from")
    if not conditions.is_well_formed(dict(terms.condition)):
        raise Refused(_("This condition cannot be read."), 422)
    item.is_required, item.required_from = terms.is_required, terms.required_from
    item.frozen_from, item.condition = terms.frozen_from, dict(terms.condition)


def _move(rows: list[Any], row: Any, step: int) -> bool:
    place = rows.index(row)
    if not 0 <= place + step < len(rows):
        return False
    order = [*rows]
    order[place], order[place + step] = order[place + step], order[place]
    _numbered(order)
    return True


def _after(rows: Sequence[Any]) -> int:
    return rows[-1].position + 1 if rows else 0


def _insert(rows: list[Any], row: Any) -> None:
    """At its number; those that have the same or a later one come after it."""
    rows.insert(sum(one.position < row.position for one in rows), row)
    for before, after in pairwise(rows):
        after.position = max(after.position, before.position + 1)


def _numbered(rows: Sequence[Any]) -> None:
    for place, row in enumerate(rows):
        if row.position != place:
            row.position = place


def _copied(part: QuestionnairePart) -> QuestionnairePart:
    return QuestionnairePart(
        conference_id=part.conference_id,
        position=part.position,
        title=dict(part.title),
        help=dict(part.help),
        condition=dict(part.condition),
        items=[_copied_item(item) for item in part.items],
    )


def _copied_item(item: QuestionnaireItem) -> QuestionnaireItem:
    return QuestionnaireItem(
        conference_id=item.conference_id,
        question=item.question,
        position=item.position,
        is_required=item.is_required,
        required_from=item.required_from,
        frozen_from=item.frozen_from,
        condition=dict(item.condition),
    )


def _add_version(actor: Actor, row: Question, wording: Wording, before: QuestionVersion | None = None) -> None:
    row.versions.append(
        QuestionVersion(
            conference_id=row.conference_id,
            number=before.number + 1 if before is not None else 1,
            label=_said(wording.label),
            help=_said(wording.help),
            options=_with_codes(wording.options, before.options if before is not None else ()),
            settings=dict(wording.settings),
            made_at=clock.now(),
            made_by=actor.account_id,
        )
    )
    db.session.flush()


def _said(words: Mapping[str, str]) -> dict[str, str]:
    return {code: one for code, one in words.items() if one}


def _with_codes(options: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Options keep the codes that they have; a new one gets a code that none had before."""
    known = {one["code"] for one in before}
    taken = set(known)
    made: list[dict[str, Any]] = []
    for option in options:
        label, code = _said(option["label"]), option.get("code", "")
        if not code or (before and code not in known) or code in {one["code"] for one in made}:
            code = _another(text.slug(code or best(label), LONGEST_CODE) or "option", taken)
        taken.add(code)
        made.append({"code": code, "label": label})
    return made


def _another(code: str, taken: set[str]) -> str:
    number, found = 2, code
    while found in taken:
        number, found = number + 1, f"{code}-{number}"
    return found


def _free_code(wanted: str, find: Callable[[str], Any]) -> str:
    code = text.slug(wanted, LONGEST_CODE) or "question"
    number, found = 2, code
    while found in conditions.BUILT_IN or find(found) is not None:
        number, found = number + 1, f"{code}-{number}"
    return found
