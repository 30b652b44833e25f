"""The catalogue of questions and the questionnaires that ask them."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from markupsafe import Markup

from confapp.foundation import languages
from confapp.foundation.languages import best, ngettext, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.registration.actions import asking, question_sets
from confapp.registration.actions import questions as actions
from confapp.registration.forms.questionnaires import (
    AskedForm,
    QuestionForm,
    QuestionnaireForm,
    SectionForm,
    question_form,
    rows_changed,
)
from confapp.registration.models import Question, Questionnaire, QuestionnaireItem, QuestionnairePart
from confapp.registration.queries import categories as all_categories
from confapp.registration.queries import questions as queries
from confapp.registration.rules import conditions
from confapp.registration.rules import question_sets as sets
from confapp.registration.rules.questions import (
    ASKED_AT_NAMES,
    DATA_CLASS_NAMES,
    MANAGE_QUESTIONS,
    QUESTION_KIND_NAMES,
    AskedAt,
    QuestionKind,
    choices_of,
)
from confapp.registration.rules.taken_out import TakenOut, unasked
from confapp.registration.rules.wording import Lexicon
from confapp.registration.views import questions
from confapp.registration.views.desk.blueprint import Page, asked, registration_desk
from confapp.registration.views.marks import settled

STEPS = {"up": -1, "down": 1}


@registration_desk.context_processor
def question_words() -> dict[str, Any]:
    return {
        "kind_name": lambda kind: _(QUESTION_KIND_NAMES[kind]),
        "moment_name": lambda moment: _(ASKED_AT_NAMES[moment]),
        "class_name": lambda one: _(DATA_CLASS_NAMES[one]),
    }


# --- the catalogue ----------------------------------------------------------------------------------------------------


@registration_desk.get("/questions")
@requires(MANAGE_QUESTIONS)
def catalogue() -> Page:
    return render_template(
        "registration/desk/questions.html", rows=queries.catalogue(), numbers=queries.numbers_of_answers(), kinds=KINDS
    )


@registration_desk.route("/questions/new", methods=["GET", "POST"])
@requires(MANAGE_QUESTIONS)
def new_question() -> Page:
    """Of the kind that the address names, without one the kinds to choose from; for a section when it names that."""
    kind, part = asked("kind"), queries.part(asked("section")) if asked("section") else None
    if kind not in set(QuestionKind):
        return render_template("registration/desk/question_kinds.html", kinds=KINDS, part=part)
    if (typed := _rows_changed()) is not None:
        return _question_page(question_form(QuestionKind(kind), formdata=typed), part=part)
    form, status = question_form(QuestionKind(kind)), 200
    if form.is_sent():
        try:
            made = actions.add_question(g.actor, g.conference, form.kind, form.wording(), form.keeping())
            item = actions.add_item(g.actor, part, made) if part is not None else None
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            return _added(part, item)
    return _question_page(form, part=part), settled(form, status)


def _added(part: QuestionnairePart | None, item: QuestionnaireItem | None) -> Page:
    if part is None or item is None:
        flash(_("The question was added. A questionnaire can ask it now."), "good")
        return redirect(url_for(".catalogue"), 303)
    flash(_("The question was added. Whether an answer is needed, and when it is asked, is said on its page."), "good")
    return redirect(url_for(".questionnaire", ref=part.questionnaire.ref, _anchor=f"i-{item.ref}"), 303)


@registration_desk.route("/questions/<ref>", methods=["GET", "POST"])
@requires(MANAGE_QUESTIONS)
def question(ref: str) -> Page:
    row = found(queries.question(ref))
    if (typed := _rows_changed()) is not None:
        return _question_page(question_form(row.kind, row, typed), row)
    form, status = question_form(row.kind, row), 200
    if form.is_sent():
        try:
            actions.change_question(g.actor, row, form.wording(), form.keeping(), revision=form.version.data or "")
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The question was changed."), "good")
            return redirect(url_for(".catalogue"), 303)
    return _question_page(form, row), settled(form, status)


@registration_desk.post("/questions/<ref>/<any(retire,restore):verb>")
@requires(MANAGE_QUESTIONS)
def retire_question(ref: str, verb: str) -> Page:
    actions.retire_question(g.actor, found(queries.question(ref)), retired=verb == "retire")
    flash(_("The question is asked nowhere from now on.") if verb == "retire" else _("It can be asked again."), "good")
    return redirect(url_for(".catalogue"), 303)


# --- questionnaires ---------------------------------------------------------------------------------------------------


@registration_desk.get("/questionnaires")
@requires(MANAGE_QUESTIONS)
def questionnaires() -> Page:
    return _list_page()


@registration_desk.post("/questionnaires/sets/<name>")
@requires(MANAGE_QUESTIONS)
def start_from_set(name: str) -> Page:
    """A starting set of questions and questionnaires, to be changed like any other."""
    chosen = sets.SETS.get(name) or abort(404)
    made = question_sets.add_set(g.actor, g.conference, chosen)
    if not made:
        flash(_("This starting set is there already."), "attention")
        return redirect(url_for(".questionnaires"), 303)
    flash(_("The starting set was added, closed. Look through it, then open it."), "good")
    if not all(one.categories for one in made):
        flash(_("No category of this conference fits: it would ask everybody. Choose in its settings."), "attention")
    return redirect(url_for(".questionnaires"), 303)


@registration_desk.route("/questionnaires/new", methods=["GET", "POST"])
@requires(MANAGE_QUESTIONS)
def new_questionnaire() -> Page:
    form = QuestionnaireForm(_category_names())
    if form.is_sent():
        moment, categories = AskedAt(form.asked_at.data), form.categories.data or []
        made = actions.add_questionnaire(g.actor, g.conference, form.name.data, moment, categories)
        actions.add_part(g.actor, made, {})
        return redirect(url_for(".questionnaire", ref=made.ref), 303)
    return render_template("registration/desk/questionnaire_settings.html", form=form, row=None), settled(form)


@registration_desk.get("/questionnaires/<ref>")
@requires(MANAGE_QUESTIONS)
def questionnaire(ref: str) -> Page:
    return _page(_questionnaire(ref))


@registration_desk.route("/questionnaires/<ref>/settings", methods=["GET", "POST"])
@requires(MANAGE_QUESTIONS)
def questionnaire_settings(ref: str) -> Page:
    row, status = _questionnaire(ref), 200
    kept = {"version": str(row.revision), "name": row.name, "asked_at": row.asked_at.value}
    form = QuestionnaireForm(_category_names(), data={**kept, "categories": row.categories})
    if form.is_sent():
        moment, categories = AskedAt(form.asked_at.data), form.categories.data or []
        try:
            actions.change_questionnaire(
                g.actor, row, form.name.data, moment, categories, revision=form.version.data or "-"
            )
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            return redirect(url_for(".questionnaire", ref=ref), 303)
    page = render_template("registration/desk/questionnaire_settings.html", form=form, row=row)
    return page, settled(form, status)


@registration_desk.post("/questionnaires/<ref>/<any(open,close,copy,notify,remove,up,down):verb>")
@requires(MANAGE_QUESTIONS)
def change_questionnaire(ref: str, verb: str) -> Page:
    row = _questionnaire(ref)
    try:
        if verb == "copy":
            row = actions.copy_questionnaire(g.actor, row)
            flash(_("This is the copy. It is closed."), "good")
        elif verb == "remove":
            actions.remove_questionnaire(g.actor, row)
            flash(_("The questionnaire was removed; its questions and their answers stay."), "good")
            return redirect(url_for(".questionnaires"), 303)
        elif verb == "notify":
            number = asking.notify(g.actor, row)
            flash(ngettext("%(num)d person is written to.", "%(num)d persons are written to.", number), "good")
        elif verb in STEPS:
            actions.move_questionnaire(g.actor, row, STEPS[verb])
            return redirect(url_for(".questionnaires", _anchor=f"q-{ref}"), 303)
        else:
            actions.open_questionnaire(g.actor, row, is_open=verb == "open")
            flash(_("It is asked from now on.") if verb == "open" else _("It is no longer asked."), "good")
    except Refused as refusal:
        return _page(row, refusal), refusal.status
    return redirect(url_for(".questionnaire", ref=row.ref), 303)


@registration_desk.get("/questionnaires/<ref>/preview")
@requires(MANAGE_QUESTIONS)
def preview(ref: str) -> Page:
    """As somebody of a category sees it, in a language; nothing is sent."""
    row, names = _questionnaire(ref), _category_names()
    category = asked("category") if asked("category") in names else next(iter(row.categories or names), "")
    language = asked("language") if asked("language") in languages.INTERFACE else g.language
    with speaking(language):
        part = questions.form_part([row], category=category, known=lambda: {"category": category}, is_office=False)
        shown = render_template("registration/desk/_preview.html", part=part) if part is not None else ""
    return render_template(
        "registration/desk/preview.html",
        row=row,
        shown=Markup(shown),  # noqa: S704 - a rendered template
        category=category,
        language=language,
        categories={code: best(name) for code, name in names.items()},
        offered=[languages.language(code) for code in languages.INTERFACE if code in g.conference.languages],
    )


# --- sections and what they ask ---------------------------------------------------------------------------------------


@registration_desk.route("/questionnaires/<ref>/sections/new", methods=["GET", "POST"])
@requires(MANAGE_QUESTIONS)
def new_section(ref: str) -> Page:
    row = _questionnaire(ref)
    return _section(row, None, lambda form: actions.add_part(g.actor, row, *_of_section(form)))


@registration_desk.route("/questionnaires/<ref>/sections/<part>", methods=["GET", "POST"])
@requires(MANAGE_QUESTIONS)
def section(ref: str, part: str) -> Page:
    row = _questionnaire(ref)
    one = _part(row, part)
    return _section(
        row, one, lambda form: actions.change_part(g.actor, one, *_of_section(form), revision=form.version.data or "-")
    )


@registration_desk.post("/questionnaires/<ref>/sections/<part>/<any(up,down,remove):verb>")
@requires(MANAGE_QUESTIONS)
def change_section(ref: str, part: str, verb: str) -> Page:
    row = _questionnaire(ref)
    one = _part(row, part)
    if verb == "remove":
        actions.remove_part(g.actor, one)
    else:
        actions.move_part(g.actor, one, STEPS[verb])
    return redirect(url_for(".questionnaire", ref=ref, _anchor=f"s-{part}"), 303)


@registration_desk.post("/questionnaires/<ref>/sections/<part>/asked")
@requires(MANAGE_QUESTIONS)
def add_to_section(ref: str, part: str) -> Page:
    row = _questionnaire(ref)
    one = _part(row, part)
    chosen = queries.question_by_code(request.form.get("question", "")[:60])
    if chosen is None or chosen.retired_at is not None:
        return _page(row, Refused(_("Choose a question."), 422)), 422
    try:
        made = actions.add_item(g.actor, one, chosen)
    except Refused as refusal:
        return _page(row, refusal), refusal.status
    return redirect(url_for(".questionnaire", ref=ref, _anchor=f"i-{made.ref}"), 303)


@registration_desk.route("/questionnaires/<ref>/asked/<item>", methods=["GET", "POST"])
@requires(MANAGE_QUESTIONS)
def asked_question(ref: str, item: str) -> Page:
    row = _questionnaire(ref)
    one = _item(row, item)
    kept = {"version": str(row.revision), "is_required": one.is_required, "part": one.part.ref}
    kept |= {"required_from": one.required_from, "frozen_from": one.frozen_from}
    typed, words = _rows_changed(), _lexicon(row, one)
    form = AskedForm(data=kept) if typed is None else AskedForm(formdata=typed, data=kept)
    form.part.choices = [(part.ref, best(part.title) or _("Without a title")) for part in row.parts]
    form.offer(words, one.condition, fresh=request.method == "GET")
    status = 200
    if typed is None and form.is_sent():
        target = next(part for part in row.parts if part.ref == form.part.data)
        try:
            actions.change_item(g.actor, one, form.terms(), target, revision=form.version.data or "-")
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            return redirect(url_for(".questionnaire", ref=ref, _anchor=f"i-{item}"), 303)
    page = render_template("registration/desk/asked.html", form=form, row=row, item=one, lexicon=words)
    return page, settled(form, status)


@registration_desk.post("/questionnaires/<ref>/asked/<item>/<any(up,down,remove,restore):verb>")
@requires(MANAGE_QUESTIONS)
def change_asked(ref: str, item: str, verb: str) -> Page:
    row = _questionnaire(ref)
    try:
        if verb == "restore":
            _put_back(row, item)
        elif verb == "remove":
            actions.remove_item(g.actor, _item(row, item))
        else:
            actions.move_item(g.actor, _item(row, item), STEPS[verb])
    except Refused as refusal:
        return _page(row, refusal), refusal.status
    return redirect(url_for(".questionnaire", ref=ref, _anchor=f"i-{item}"), 303)


# --- parts ------------------------------------------------------------------------------------------------------------

KINDS = list(QuestionKind)


def _rows_changed() -> Any:
    return rows_changed(request.form) if request.method == "POST" else None


def _question_page(form: QuestionForm, row: Question | None = None, part: QuestionnairePart | None = None) -> str:
    answers = queries.number_of_answers(row) if row is not None else 0
    return render_template("registration/desk/question.html", form=form, row=row, part=part, answers=answers)


def _list_page() -> str:
    return render_template(
        "registration/desk/questionnaires.html",
        rows=queries.questionnaires(),
        categories=_category_names(),
        sets=sets.SETS,
    )


def _questionnaire(ref: str) -> Questionnaire:
    return found(queries.questionnaire(ref))


def _part(row: Questionnaire, ref: str) -> QuestionnairePart:
    return found(next((part for part in row.parts if part.ref == ref), None))


def _item(row: Questionnaire, ref: str) -> QuestionnaireItem:
    return found(next((item for part in row.parts for item in part.items if item.ref == ref), None))


def _put_back(row: Questionnaire, ref: str) -> None:
    if ref not in {one["ref"] for one in row.taken_out}:
        _item(row, ref)  # somebody else was quicker, or there never was one
    if actions.put_back(g.actor, row, ref):
        flash(_("It is asked again, as before. Its section had been removed and is back as well."), "good")
    else:
        flash(_("It is asked again, as before."), "good")


def _category_names() -> dict[str, dict[str, str]]:
    return {one.code: one.name for one in all_categories()}


def _lexicon(row: Questionnaire, of: QuestionnaireItem | QuestionnairePart | None) -> Lexicon:
    """Questions that a condition may look at: all but the one itself, those of this questionnaire first.

    One that is out of use stays where the condition looks at it already: saving must not drop it unseen.
    """
    here = [item.question for part in row.parts for item in part.items]
    looked_at = conditions.fields(of.condition) if of is not None else set()
    every = {one.code: one for one in (*here, *queries.catalogue()) if one.retired_at is None or one.code in looked_at}
    if isinstance(of, QuestionnaireItem):
        every.pop(of.question.code, None)
    return _words(every)


def _words(every: dict[str, Question]) -> Lexicon:
    asks_sessions = any(one.kind == QuestionKind.SESSION_CHOICE for one in every.values())
    sessions = choices_of(g.conference) if asks_sessions else []
    return Lexicon(every, _category_names(), {one.code: one.label for one in sessions})


def _page(row: Questionnaire, refusal: Refused | None = None) -> str:
    asked_here = {item.question_id for part in row.parts for item in part.items}
    every = queries.catalogue()
    words = _words({one.code: one for one in every})
    somewhere = _asked_somewhere(row)
    return render_template(
        "registration/desk/questionnaire.html",
        row=row,
        refusal=refusal,
        lexicon=words,
        addable=[one for one in every if one.id not in asked_here and one.retired_at is None],
        categories=_category_names(),
        outliving=_outliving(row, words),
        never_met=_never_met(row, words, somewhere),
        taken_out=_taken_out(row, words, somewhere),
        numbers=queries.numbers_of_answers(),
        concerned=len(queries.concerned(row)) if row.is_open and row.asked_at == AskedAt.AFTER_ACCREDITATION else 0,
    )


def _asked_somewhere(row: Questionnaire) -> set[str]:
    """What this questionnaire or an open one asks, by code."""
    return {
        item.question.code
        for one in queries.questionnaires()
        if one.is_open or one.id == row.id
        for part in one.parts
        for item in part.items
        if item.question.retired_at is None
    }


def _never_met(row: Questionnaire, words: Lexicon, somewhere: set[str]) -> list[str]:
    """What a condition waits for in vain, in sentences: it would hide a question and nobody would see why."""
    places = [(best(part.title) or _("Section"), part.condition) for part in row.parts]
    places += [
        (best(item.question.newest.label), item.condition)
        for part in row.parts
        for item in part.items
        if item.question.retired_at is None
    ]
    return [said for name, one in places for said in _faults(name, one, words, somewhere)]


def _faults(name: str, condition: conditions.Condition, words: Lexicon, somewhere: set[str]) -> list[str]:
    return [said for one in conditions.rows(condition) if (said := words.fault(name, one, somewhere))]


def _taken_out(
    row: Questionnaire, words: Lexicon, somewhere: set[str]
) -> dict[str, list[tuple[TakenOut, Question, list[str]]]]:
    """What can be put back, by section, with what it would wait for in vain; where the section is gone, under ""."""
    sections = {part.ref for part in row.parts}
    found_rows: dict[str, list[tuple[TakenOut, Question, list[str]]]] = {}
    for one in unasked(row.taken_out, (item.question.code for part in row.parts for item in part.items)):
        question = words.questions.get(one.question)
        if question is not None:
            faults = _faults(best(question.newest.label), one.condition, words, somewhere)
            found_rows.setdefault(one.part if one.part in sections else "", []).append((one, question, faults))
    return found_rows


def _outliving(row: Questionnaire, words: Lexicon) -> list[tuple[Question, Question]]:
    """Questions whose answers are kept longer than those that they depend on."""
    found_pairs = []
    for part in row.parts:
        for item in part.items:
            for code in conditions.fields(part.condition) | conditions.fields(item.condition):
                by = words.questions.get(code)
                if by is not None and by.kept_days < item.question.kept_days:
                    found_pairs.append((item.question, by))
    return found_pairs


def _of_section(form: SectionForm) -> tuple[dict[str, str], dict[str, str], Any]:
    return form.title.data, form.help.data, form.condition


def _section(row: Questionnaire, one: QuestionnairePart | None, save: Callable[[SectionForm], Any]) -> Page:
    kept = {"version": str(row.revision), "title": one.title if one else {}, "help": one.help if one else {}}
    typed, words, status = _rows_changed(), _lexicon(row, one), 200
    form = SectionForm(data=kept) if typed is None else SectionForm(formdata=typed, data=kept)
    form.offer(words, one.condition if one else {}, fresh=request.method == "GET")
    if typed is None and form.is_sent():
        try:
            made = save(form) or found(one)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            return redirect(url_for(".questionnaire", ref=row.ref, _anchor=f"s-{made.ref}"), 303)
    page = render_template("registration/desk/section.html", form=form, row=row, part=one, lexicon=words)
    return page, settled(form, status)
