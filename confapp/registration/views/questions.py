"""Questions inside other forms: the hook for every page that registers, corrects or asks later.

`@prepare(keep_uploads)` on the view reads files before the lock; `ask(form, …)` lets the form ask what is open, as
`form.questions` and one of `form.parts`; the page includes `registration/_questions.html` inside its form; after the
action `save(form, registration, by=…)` keeps the answers in the same transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import after_this_request, g, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from confapp.foundation import clock, files, images, vault
from confapp.foundation.access import Actor
from confapp.foundation.db import Data
from confapp.foundation.languages import best, joined
from confapp.foundation.languages import gettext as _
from confapp.foundation.web import filters
from confapp.foundation.web.forms import Form
from confapp.foundation.web.guard import takes_up_to
from confapp.registration import rules
from confapp.registration.actions import answers as actions
from confapp.registration.forms.questions import QuestionsPart, Upload, file_kinds, questions_part
from confapp.registration.models import Answer, Question, Questionnaire, Registration
from confapp.registration.queries import categories as categories_of_conference
from confapp.registration.queries import questions as queries
from confapp.registration.rules import ACCREDIT, asking, conditions
from confapp.registration.rules.answers import in_words
from confapp.registration.rules.asking import PREFIX
from confapp.registration.rules.conditions import Value
from confapp.registration.rules.questions import (
    FILE_KINDS,
    MOST_UPLOADED,
    SEALED,
    WITH_FILE,
    AskedAt,
    Choice,
    QuestionKind,
    choices_of,
    is_closed_to,
    largest_file,
)
from confapp.registration.rules.wording import Lexicon


def ask(
    form: Any,
    *,
    registration: Registration | None = None,
    category: Any = None,
    delegation: Any = None,
    asked_at: AskedAt = AskedAt.REGISTRATION,
) -> QuestionsPart | None:
    """Lets a form ask the open questions of a moment. Without a category it asks those of all, under its condition."""
    if registration is not None and "category" not in form:
        category = registration.category
    part = form_part(
        queries.questionnaires(asked_at, only_open=True),
        registration=registration,
        category=category.code if category is not None else "",
        offered=[str(code) for code, _name in form.category.choices or ()] if "category" in form else (),
        known=lambda: known_of(form, registration, category, delegation),
    )
    form.questions = part
    g.drawn_until = _next_deadline(part) if part is not None else None
    form.parts = [*form.parts, part] if part is not None else form.parts
    return part


def form_part(
    questionnaires: Sequence[Questionnaire],
    *,
    registration: Registration | None = None,
    category: str = "",
    offered: Iterable[str] = (),
    known: Callable[[], Mapping[str, Value]],
    is_office: bool | None = None,
) -> QuestionsPart | None:
    """The form of some questionnaires; None when they ask nothing."""
    sections = asking.sections(questionnaires, category, offered)
    if not sections:
        return None
    kept = queries.kept_answers(registration) if registration is not None else {}
    asks_sessions = any(a.question.kind == QuestionKind.SESSION_CHOICE for s in sections for a in s.asked)
    sessions = choices_of(g.conference) if asks_sessions else []
    return questions_part(
        sections,
        known=known,
        kept=kept,
        closed={one.question_id for one in kept.values() if is_closed_to(g.actor, registration, one.question)},
        uploads=g.get("question_uploads", {}),
        choices=sessions,
        conference=g.conference,
        lexicon=lexicon(_looked_at(sections), sessions),
        is_office=ACCREDIT.allows(g.actor, g.conference) if is_office is None else is_office,
    )


def _looked_at(sections: Sequence[asking.Section]) -> list[Question]:
    """The questions that a page asks, and those asked elsewhere that its conditions name."""
    every = [one for section in sections for one in section.asked]
    here = [one.question for one in every]
    missing = {code for one in every for code in conditions.fields(one.condition)}
    missing -= {*conditions.BUILT_IN, *(one.code for one in here)}
    return [*here, *(one for one in queries.catalogue() if one.code in missing)] if missing else here


def _next_deadline(part: QuestionsPart) -> datetime | None:
    moments = (m for one in part.asked.values() for m in (one.item.required_from, one.item.frozen_from))
    return min((moment for moment in moments if moment is not None and moment > part.at), default=None)


def lexicon(questions: Iterable[Question], sessions: Iterable[Choice] = ()) -> Lexicon:
    categories = {one.code: one.name for one in categories_of_conference()}
    return Lexicon({one.code: one for one in questions}, categories, {one.code: one.label for one in sessions})


def known_of(form: Any, registration: Any, category: Any, delegation: Any) -> dict[str, Value]:
    """The built-in fields as they are typed now, else as they are kept."""
    known: dict[str, Value] = dict.fromkeys(conditions.BUILT_IN, "")
    known |= asking.facts(registration) if registration is not None else {"language": g.language}
    if registration is None:
        known["delegation_kind"] = delegation.kind.value if delegation is not None else "none"
    if category is not None:
        known["category"] = category.code
    typed = {name: form[name].data for name in conditions.BUILT_IN if name in form and form[name].data}
    return known | {name: str(value) for name, value in typed.items()}


def unanswered(registrations: Sequence[Registration]) -> dict[int, list[str]]:
    """By registration, what still has to be answered and by when, in words."""
    found: dict[int, list[str]] = {}
    for one in queries.unanswered(registrations, g.conference, clock.now()):
        words = one.asked.question.newest.label
        said = (
            best(words)
            if one.by is None
            else rules.ByMoment(_("%(question)s (by %(moment)s)", question=best(words), moment=filters.moment(one.by)))
        )
        found.setdefault(one.registration.id, []).append(said)
    return found


def sheet_form(sheet: Questionnaire, row: Registration) -> Form:
    """The form of one questionnaire, for a registration."""
    form = Form()
    form.questions = form_part([sheet], registration=row, category=row.category.code, known=lambda: asking.facts(row))
    form.parts = [form.questions] if form.questions is not None else []
    return form


def save(form: Any, registration: Registration, *, by: Actor | None, at_gate: bool = False) -> None:
    """Keeps the answers of a form that was found valid; `by` is None for somebody who has just registered."""
    part = getattr(form, "questions", form)
    if part is not None:
        who = by if by is not None and by.is_known else actions.themselves(registration)
        actions.answer(registration, part.given(), by=who, at_gate=at_gate)


# --- files ------------------------------------------------------------------------------------------------------------


@takes_up_to(MOST_UPLOADED)
def keep_uploads() -> None:
    """For @prepare: reads, looks at and seals the files that came with a form, each before the lock."""
    g.question_uploads = {}
    sent = {name: file for name, file in request.files.items() if name.startswith(PREFIX) and file.filename}
    if not sent:
        return
    by_code = {one.code: one for one in queries.catalogue() if one.kind in WITH_FILE and one.retired_at is None}
    for name, file in list(sent.items())[: len(by_code)]:
        question = by_code.get(name.removeprefix(PREFIX).split(".")[0])
        if question is not None:
            g.question_uploads[name] = _kept(question, file)
    after_this_request(_forget_when_refused)


def _kept(question: Question, file: FileStorage) -> Upload:
    largest = largest_file(question.kind)
    content = file.stream.read(largest + 1)
    file.stream.seek(0)
    if len(content) > largest:
        return Upload(_("This file is larger than %(size)s MB.", size=largest // 1_000_000))
    media_type, name = rules.file_type(content), file.filename or ""
    allowed = file_kinds(question.newest.settings)
    if question.kind == QuestionKind.PHOTO:
        try:
            content, media_type, name = images.portrait(content), images.MEDIA_TYPE, "photo.jpg"
        except images.BadImage as bad:
            return Upload(bad.message)
    elif media_type not in allowed:
        return Upload(
            _("This file is none of these kinds: %(kinds)s.", kinds=joined(FILE_KINDS[one] for one in allowed))
        )
    assert media_type is not None
    data_class = Data(question.data_class.value)
    kept = vault.keep(content, conference_id=question.conference_id, data_class=data_class)
    return Upload("", kept, media_type, name, file.filename or "")


def _forget_when_refused(response: Response) -> Response:
    """Nobody refers to a file of a form that was refused: it is sent again with the form."""
    if response.status_code >= 400:
        for upload in g.question_uploads.values():
            if upload.kept is not None:
                files.path_of(upload.kept.sha256).unlink(missing_ok=True)
    return response


def download(answer: Answer) -> Response:
    """The file of an answer, never shown in place: somebody else made it."""
    stored = answer.file
    assert stored is not None
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[stored.media_type]
    headers = {
        "Content-Disposition": f'attachment; filename="{answer.question.code}-{answer.ref[:8]}.{ending}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(vault.read(stored), mimetype=stored.media_type, headers=headers)


def words_of(answer: Answer) -> str:
    """An answer in words; a sealed one says only that it is kept."""
    if answer.is_sealed or (answer.file is not None and answer.question.data_class in SEALED):
        return _("kept sealed")
    return opened_words(answer)


def opened_words(answer: Answer) -> str:
    name = answer.file.name if answer.file is not None else ""
    value = None if answer.file is not None else answer.value
    return in_words(answer.question.kind, answer.version, value, zone=g.conference.zone, file_name=name)
