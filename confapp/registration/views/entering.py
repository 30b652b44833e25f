"""The forms by which a person is entered or corrected, the same at the desk and on the own pages."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from flask import g, request

from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.registration import actions, queries
from confapp.registration.forms import CorrectionForm, MemberForm
from confapp.registration.models import Category, Delegation, Registration
from confapp.registration.queries.places import full_categories, turns
from confapp.registration.rules import ACCREDIT
from confapp.registration.rules.asking import PREFIX
from confapp.registration.rules.photos import is_own_face
from confapp.registration.views import questions


def member_form(delegation: Delegation) -> MemberForm:
    form = MemberForm(language=g.language, country="")
    offered = form.offered = queries.categories_for(delegation)
    offer_categories(form, [(one.code, one.name) for one in offered])
    questions.ask(form, category=offered[0] if len(offered) == 1 else None, delegation=delegation)
    return form


def register(form: MemberForm, delegation: Delegation) -> Registration:
    """The member of a form that was sent, with the answers. Raises Refused."""
    category = chosen_category(form)
    made = actions.register_member(g.actor, delegation, form.entry(), category, waits=wishes_to_wait())
    questions.save(form, made, by=g.actor)
    return made


def wishes_to_wait() -> bool:
    return request.form.get("waits") == "yes"


def said(made: Registration) -> str:
    """Who was registered, under which number, and whether a place is still waited for."""
    words = {"name": made.person.full_name, "number": made.number}
    if turns([made]):
        return _("%(name)s was registered as %(number)s and is on the waiting list.", **words)
    return _("%(name)s was registered as %(number)s.", **words)


def correction_form(row: Registration) -> CorrectionForm:
    """Its person alone leaves the address, the language and the rank to other pages and other people."""
    answers = row.delegation_id in g.actor.delegations(row.conference_id) or ACCREDIT.allows(g.actor, row)
    form = CorrectionForm(row, by_person=not answers and is_own_face(g.actor, row))
    offer_categories(form, _categories_of(row))
    questions.ask(form, registration=row)
    _name_defects(form, row.defects)
    return form


def correct(form: CorrectionForm, row: Registration) -> None:
    """What a correction that was sent says, with the answers. Raises Refused."""
    actions.correct(row, form.entry(), by=g.actor, version=form.version.data, category=chosen_category(form))
    questions.save(form, row, by=g.actor)


def _name_defects(form: Any, defects: dict[str, str]) -> None:
    """What a return asks for, beside the field or the question that it names."""
    for part in filter(None, (form, form.questions)):
        for name, text in defects.items():
            field = part._fields.get(name) or part._fields.get(f"{PREFIX}{name}")
            if field is not None:
                field.defect = text


def _categories_of(row: Registration) -> list[tuple[str, dict[str, str]]]:
    """The categories that a registration may be moved to; its own is one of them."""
    offered: Sequence[Category]
    if row.accompanies_id is not None:
        offered = queries.categories_of_companions(row.delegation)
    elif row.delegation is not None:
        offered = queries.categories_for(row.delegation)
    else:
        offered = queries.categories(open_to_all=True)
    choices = [(one.code, one.name) for one in offered]
    return choices if row.category.code in dict(choices) else [(row.category.code, row.category.name), *choices]


def offer_categories(form: Any, choices: list[tuple[str, dict[str, str]]]) -> None:
    """A choice is offered where there are several; what has no place left says so, but for the present one."""
    asked = {code for code, _name in choices} - {form.category.object_data}
    form.full = cache(lambda: full_categories() & asked)  # a form that is taken never asks
    if len(choices) > 1:
        form.category.choices = [(code, _name_of(code, name, form.full())) for code, name in choices]
    else:
        del form.category


def _name_of(code: str, name: dict[str, str], full: Collection[str]) -> str:
    return _("%(category)s (all places are taken)", category=best(name)) if code in full else best(name)


def chosen_category(form: Any) -> Any:
    """The category that was chosen, or the only one that the form could offer."""
    if "category" in form:
        return queries.category_by_code(form.category.data)
    offered: Sequence[Category] = getattr(form, "offered", ())
    return offered[0] if len(offered) == 1 else None
