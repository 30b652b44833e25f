"""The editor's forms: a question, a questionnaire, a section, and a question as a section asks it.

Rows (options, conditions) are added, removed and moved by buttons that send the whole form back: nothing typed is lost,
and no script is needed.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import wtforms
from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import validators

from confapp.foundation.languages import best, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.forms import DayField, Form, MomentField, TextField, TranslatedField, labelled, required
from confapp.people.rules import ROLE_NAMES
from confapp.registration.actions.questions import Keeping, Terms, Wording
from confapp.registration.forms.people import OpenSelectField
from confapp.registration.forms.questions import SeveralOfField
from confapp.registration.rules.answers import DIRECTION_NAMES
from confapp.registration.rules.conditions import (
    BUILT_IN,
    LONGEST_VALUE,
    MOST_ROWS,
    OPERATOR_NAMES,
    Condition,
    is_nested,
)
from confapp.registration.rules.questions import (
    ASKED_AT_NAMES,
    DATA_CLASS_NAMES,
    FILE_KINDS,
    LEAST_CLASS,
    LONGEST_KEPT,
    MOST_OPTIONS,
    READERS,
    SEALED,
    USUAL_READERS,
    AskedAt,
    DataClass,
    QuestionKind,
)
from confapp.registration.rules.wording import Lexicon, Unclear

ROW_BUTTON = re.compile(r"(add|remove|up|down):(options|rows)(?::([0-9]{1,3}))?")


def rows_changed(sent: MultiDict[str, str]) -> MultiDict[str, str] | None:
    """What was typed, with a row added, removed or moved, when the button that was pressed asks for that."""
    asked = ROW_BUTTON.fullmatch(sent.get("do", ""))
    if asked is None:
        return None
    verb, name, place = asked[1], asked[2], int(asked[3] or 0)
    kept: MultiDict[str, str] = MultiDict()
    rows: dict[int, list[tuple[str, str]]] = {}
    for key, value in sent.items(multi=True):
        found = re.fullmatch(rf"{name}-([0-9]{{1,3}})-(.+)", key)
        if found:
            rows.setdefault(int(found[1]), []).append((found[2], value))
        elif key not in ("do", "form_key", "csrf_token"):
            kept.add(key, value)
    order = [rows[number] for number in sorted(rows)]
    if verb == "add":
        order.append([("new", "1")])
    elif place < len(order):
        row = order.pop(place)
        if verb != "remove":
            order.insert(max(0, place - 1) if verb == "up" else place + 1, row)
    for number, row in enumerate(order):
        for part, value in row:
            kept.add(f"{name}-{number}-{part}", value)
    return kept


class _Option(wtforms.Form):
    code = wtforms.HiddenField()
    label = TranslatedField(lazy("Words"), longest=200)


class _Row(wtforms.Form):
    field = OpenSelectField(lazy("Looks at"), default="")
    operator = OpenSelectField(lazy("Comparison"), default="equals")
    value = TextField(lazy("Compared with"), longest=LONGEST_VALUE, render_kw={"list": "values", "autocomplete": "off"})


class QuestionForm(Form):
    """A question of one kind; what the kind has no use for is left out."""

    page_order = ("label", "help", "options")

    version = wtforms.HiddenField()
    label = TranslatedField(lazy("The question"), one_needed=True, longest=500)
    help = TranslatedField(lazy("Help beside it"), longest=500)
    options = wtforms.FieldList(wtforms.FormField(_Option), lazy("Options"))
    longest = wtforms.IntegerField(
        lazy("Longest answer"),
        [validators.Optional(), validators.NumberRange(1, 5000)],
        description=lazy("In characters."),
    )
    lowest = wtforms.DecimalField(lazy("Lowest number"), [validators.Optional(), validators.NumberRange(-1e12, 1e12)])
    highest = wtforms.DecimalField(lazy("Highest number"), [validators.Optional(), validators.NumberRange(-1e12, 1e12)])
    decimals = wtforms.IntegerField(lazy("Decimals"), [validators.Optional(), validators.NumberRange(0, 6)], default=0)
    earliest = DayField(lazy("Earliest day"), [validators.Optional()])
    latest = DayField(lazy("Latest day"), [validators.Optional()])
    kinds = SeveralOfField(lazy("Kinds of file"))
    most = wtforms.IntegerField(lazy("Most that can be chosen"), [validators.Optional(), validators.NumberRange(1, 60)])
    direction = wtforms.SelectField(lazy("Direction"))
    data_class = wtforms.RadioField(lazy("How answers are protected"), [required()])
    kept_days = wtforms.IntegerField(
        lazy("Kept for"),
        [required(), validators.NumberRange(0, LONGEST_KEPT)],
        description=lazy("Days after the end of the conference; then the answers are emptied."),
    )
    readers = SeveralOfField(
        lazy("Who reads the answers"),
        description=lazy("Nobody else at the desk sees them. Sealed answers are opened one by one, with a reason."),
    )
    looks_again = wtforms.BooleanField(
        lazy("A change after accreditation needs a new look"),
        description=lazy(
            "Whoever changes or deletes the answer once accredited is in review again; offices that read the answers "
            "clear their steps anew. The first answer does not count as a change."
        ),
    )

    def __init__(self, kind: QuestionKind, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind
        for name in {one for names in OF_KIND.values() for one in names} - set(OF_KIND.get(kind, ())):
            del self._fields[name]
        sealed_only = kind in LEAST_CLASS
        self.data_class.choices = [
            (value, name) for value, name in labelled(DATA_CLASS_NAMES) if not sealed_only or value in SEALED
        ]
        self.readers.choices = [(role.value, _(ROLE_NAMES[role])) for role in READERS]
        if "kinds" in self._fields:
            self.kinds.choices = list(FILE_KINDS.items())
        if "direction" in self._fields:
            self.direction.choices = labelled(DIRECTION_NAMES)
        if "options" in self._fields:
            while len(self.options) < 2 and not kwargs.get("formdata"):
                self.options.append_entry()

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if "options" in self._fields:
            filled = [row for row in self.options if any(row.form.label.data.values())]
            if not filled or len(filled) > MOST_OPTIONS:
                first = next(iter(self.options[0].form.label.form)) if len(self.options) else None
                said = _("Write between one and %(number)d options.", number=MOST_OPTIONS)
                if first is not None:
                    first.errors = [*first.errors, said]
                    self.options.errors = [said]
                else:
                    self.form_errors = [said]
                good = False
        for low, high in (("lowest", "highest"), ("earliest", "latest")):
            limits = [self[name].data for name in (low, high) if name in self._fields and self[name].data is not None]
            if limits != sorted(limits):
                self[high].errors, good = [_("This is below the other limit.")], False
        return good

    def wording(self) -> Wording:
        options = [
            {"code": row.form.code.data or "", "label": row.form.label.data}
            for row in (self.options if "options" in self._fields else ())
            if any(row.form.label.data.values())
        ]
        return Wording(self.label.data, self.help.data, options, self._settings())

    def _settings(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, setting in SETTINGS.items():
            value = self[name].data if name in self._fields else None
            if value not in (None, "", []):
                found[setting] = _plain(value)
        return found

    def keeping(self) -> Keeping:
        return Keeping(
            DataClass(self.data_class.data), self.kept_days.data, self.readers.data or [], self.looks_again.data
        )


# The fields of the form by the setting of a version that they become.
SETTINGS = {
    "longest": "longest",
    "lowest": "min",
    "highest": "max",
    "decimals": "decimals",
    "earliest": "min",
    "latest": "max",
    "kinds": "kinds",
    "most": "most",
    "direction": "direction",
}
OF_KIND: dict[str, tuple[str, ...]] = {
    QuestionKind.TEXT: ("longest",),
    QuestionKind.LONG_TEXT: ("longest",),
    QuestionKind.ONE_OF: ("options",),
    QuestionKind.SEVERAL_OF: ("options", "most"),
    QuestionKind.NUMBER: ("lowest", "highest", "decimals"),
    QuestionKind.DATE: ("earliest", "latest"),
    QuestionKind.FILE: ("kinds",),
    QuestionKind.SESSION_CHOICE: ("most",),
    QuestionKind.TRAVEL_LEG: ("direction",),
}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def question_form(kind: QuestionKind, question: Any = None, formdata: Any = None) -> QuestionForm:
    """An empty form of a kind, or one filled with a question's newest version; typed values win."""
    named = {} if formdata is None else {"formdata": formdata}
    if question is None:
        least = LEAST_CLASS.get(kind, DataClass.PERSONAL)
        usual = {"data_class": least.value, "kept_days": 30 if least in SEALED else 90, "readers": list(USUAL_READERS)}
        return QuestionForm(kind, data=usual, **named)
    version = question.newest
    by_setting = {name: version.settings.get(setting) for name, setting in SETTINGS.items()}
    if kind == QuestionKind.DATE:
        by_setting |= {name: _day(by_setting[name]) for name in ("earliest", "latest")}
    if kind == QuestionKind.NUMBER:
        numbers = {name: by_setting[name] for name in ("lowest", "highest")}
        by_setting |= {
            name: Decimal(str(value)) if value not in (None, "") else None for name, value in numbers.items()
        }
    data = {
        **by_setting,
        "version": str(question.revision),
        "label": version.label,
        "help": version.help,
        "options": version.options if request.method == "GET" else [],
        "data_class": question.data_class.value,
        "kept_days": question.kept_days,
        "readers": question.readers,
        "looks_again": question.looks_again,
    }
    return QuestionForm(kind, data=data, **named)


def _day(value: str | None) -> Any:
    from datetime import date

    return date.fromisoformat(value) if value else None


class QuestionnaireForm(Form):
    version = wtforms.HiddenField()
    name = TranslatedField(lazy("Name"), one_needed=True, longest=200)
    asked_at = wtforms.RadioField(lazy("When it is asked"), [required()], default=AskedAt.REGISTRATION.value)
    categories = SeveralOfField(lazy("Of whom"), description=lazy("None ticked: of everybody."))

    def __init__(self, categories: Mapping[str, dict[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.asked_at.choices = labelled(ASKED_AT_NAMES)
        self.categories.choices = [(code, best(name)) for code, name in categories.items()]


class ConditionForm(Form):
    """Rows of a condition: all or any of them."""

    match = wtforms.RadioField(lazy("Shown when"), default="all")
    rows = wtforms.FieldList(wtforms.FormField(_Row), lazy("Conditions"))

    lexicon: Lexicon
    nested: Condition

    def offer(self, lexicon: Lexicon, condition: Condition, *, fresh: bool) -> None:
        """Fills the choices in; `fresh`: nothing was sent, so the rows are those of the condition."""
        self.lexicon, self.nested = lexicon, condition if is_nested(condition) else {}
        self.match.choices = [("all", _("all of these hold")), ("any", _("any of these holds"))]
        if fresh:
            self.match.data = "any" if condition.get("any") else "all"
            for row in _rows_of(condition):
                typed = {"field": row["field"], "operator": row["operator"], "value": lexicon.typed(row)}
                self.rows.append_entry(typed)
        fields = [("", _("always shown")), *((code, _(name)) for code, name in BUILT_IN.items())]
        fields += [(code, lexicon.choice(code)) for code in lexicon.questions]
        operators = labelled(OPERATOR_NAMES)
        if not len(self.rows):
            self.rows.append_entry()
        for entry in self.rows:
            entry.form.field.choices, entry.form.operator.choices = fields, operators

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        self.condition: Condition = {}
        found = []
        for entry in list(self.rows)[:MOST_ROWS]:
            row = entry.form
            if not row.field.data:
                row.operator.errors = []
                continue
            try:
                found.append(self.lexicon.read(row.field.data, row.operator.data or "", row.value.data or ""))
            except Unclear as unclear:
                row.value.errors = self.rows.errors = [str(unclear)]
                good = False
        if found:
            self.condition = found[0] if len(found) == 1 else {self.match.data: found}
        elif self.nested:
            self.condition = self.nested
        return good


def _rows_of(condition: Condition) -> list[Condition]:
    if is_nested(condition):
        return []
    return list(condition.get("all") or condition.get("any") or ([condition] if "field" in condition else []))


class SectionForm(ConditionForm):
    page_order = ("title", "help", "match", "rows")

    version = wtforms.HiddenField()
    title = TranslatedField(lazy("Title"), longest=200)
    help = TranslatedField(lazy("Text under the title"), longest=1000, long=True)


class AskedForm(ConditionForm):
    page_order = ("is_required", "required_from", "frozen_from", "part", "match", "rows")

    version = wtforms.HiddenField()
    is_required = wtforms.BooleanField(lazy("An answer is needed"))
    required_from = MomentField(
        lazy("Needed only from"), [validators.Optional()], description=lazy("Until then it may be left open.")
    )
    frozen_from = MomentField(
        lazy("Can no longer be changed from"),
        [validators.Optional()],
        description=lazy("From then on the office alone changes it."),
    )
    part = OpenSelectField(lazy("Section"), [required()])

    def terms(self) -> Terms:
        return Terms(
            is_required=self.is_required.data,
            required_from=self.required_from.data,
            frozen_from=self.frozen_from.data,
            condition=self.condition,
        )
