"""The fields that questions become: made from their newest version, with messages beside the field.

A part of a form (`QuestionsPart`) is validated and saved with the form it stands in; what is not shown is not asked.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import wtforms
from markupsafe import Markup, escape
from wtforms import validators, widgets
from wtforms.widgets import html_params

from confapp.foundation import clock, languages
from confapp.foundation.languages import best, lazy, pick
from confapp.foundation.languages import gettext as _
from confapp.foundation.vault import Kept
from confapp.foundation.web import forms
from confapp.foundation.web.forms import DayField, EmailField, Form, LongTextField, MomentField, NameField, TextField
from confapp.registration.forms.people import CountryField
from confapp.registration.rules import asking, conditions, questions
from confapp.registration.rules.answers import KEPT, YES, compared, in_words, labels_of, language_names
from confapp.registration.rules.asking import Asked, Section
from confapp.registration.rules.conditions import Condition, Value
from confapp.registration.rules.phones import BadPhone, phone
from confapp.registration.rules.questions import SEALED, Choice, QuestionKind
from confapp.registration.rules.wording import Lexicon

MOST_RADIOS = 7
LONGEST_ANSWER = 5000


@dataclass(frozen=True)
class Upload:
    """A file that came with the form: why it cannot be kept, or where it was kept."""

    fault: str = ""
    kept: Kept | None = None
    media_type: str = ""
    name: str = ""
    chosen: str = ""  # as the file is called where it came from


@dataclass(frozen=True)
class Given:
    """What was given to one question: nothing (None), a value, a new file, or "as it is"."""

    asked: Asked
    value: Any = None
    upload: Upload | None = None
    stays: bool = False


# --- fields -----------------------------------------------------------------------------------------------------------


class NumberField(wtforms.StringField):
    widget = widgets.NumberInput()

    def __init__(self, label: Any, limits: Mapping[str, Any], **kwargs: Any) -> None:
        decimals = int(limits.get("decimals") or 0)
        bounds = {name: limits[name] for name in ("min", "max") if limits.get(name) not in (None, "")}
        attributes = {"step": f"0.{'0' * (decimals - 1)}1" if decimals else "1", "inputmode": "decimal", **bounds}
        super().__init__(label, render_kw=attributes, **kwargs)
        self.decimals, self.bounds = decimals, {name: Decimal(str(value)) for name, value in bounds.items()}

    def process_formdata(self, values: list[str]) -> None:
        typed = (values[0] if values else "").strip().replace(",", ".")
        self.data = ""
        if not typed:
            return
        if len(typed) > 30 or not conditions.NUMBER.fullmatch(typed):
            raise ValueError(_("Write a number in digits, such as 12."))
        try:
            number = Decimal(typed)
        except InvalidOperation:
            raise ValueError(_("Write a number in digits, such as 12.")) from None
        if -int(number.normalize().as_tuple().exponent) > self.decimals:
            raise ValueError(
                _("Write a whole number.")
                if not self.decimals
                else _("At most %(number)d decimals.", number=self.decimals)
            )
        self.data = f"{number:f}"

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else self.data or ""

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        low, high, number = self.bounds.get("min"), self.bounds.get("max"), Decimal(self.data)
        if low is not None and number < low:
            raise validators.ValidationError(_("At least %(number)s.", number=low))
        if high is not None and number > high:
            raise validators.ValidationError(_("At most %(number)s.", number=high))


class LimitedDayField(DayField):
    def __init__(self, label: Any, limits: Mapping[str, Any], **kwargs: Any) -> None:
        self.bounds = {name: limits[name] for name in ("min", "max") if limits.get(name)}
        super().__init__(label, render_kw=dict(self.bounds), **kwargs)

    def process_formdata(self, values: list[str]) -> None:
        if values and not values[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(values)
        except ValueError:
            self.data = None
            raise ValueError(_("Write the day as 2027-03-09.")) from None

    def pre_validate(self, form: Any) -> None:
        typed = self.data.isoformat() if self.data else ""
        if typed and typed < self.bounds.get("min", typed):
            raise validators.ValidationError(_("Not before %(day)s.", day=self.bounds["min"]))
        if typed and typed > self.bounds.get("max", typed):
            raise validators.ValidationError(_("Not after %(day)s.", day=self.bounds["max"]))


@lru_cache(maxsize=8)
def _language_options(code: str) -> str:
    return "".join(f'<option value="{one}">{escape(name)}</option>' for one, name in language_names(code).items())


class _LanguageList:
    def __call__(self, field: Any, **attributes: Any) -> Markup:
        options = _language_options(languages.current())
        if field.data in language_names(languages.current()):
            options = options.replace(f'value="{field.data}"', f'value="{field.data}" selected', 1)
        opening = html_params(id=field.id, name=field.name, **attributes)
        return Markup(f'<select {opening}><option value=""></option>{options}</select>')  # noqa: S704 - escaped above


class LanguageField(wtforms.StringField):
    widget = _LanguageList()

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in language_names(languages.current()):
            raise validators.ValidationError(_("Choose a language from the list."))


class TelephoneField(TextField):
    widget = widgets.TelInput()

    def pre_validate(self, form: Any) -> None:
        try:
            number = phone(self.data or "").e164
        except BadPhone as bad:
            raise validators.ValidationError(str(bad)) from bad
        self.e164 = number


class _Chosen:
    """A choice that is not in the list is refused in plain words."""

    def pre_validate(self: Any, form: Any) -> None:
        offered = {str(value) for value, _label in self.choices or ()}
        typed = self.data if isinstance(self.data, list) else [self.data] if self.data else []
        if any(one not in offered for one in typed):
            raise validators.ValidationError(_("Choose from the list."))


class OneOfField(_Chosen, wtforms.RadioField):
    validate_choice = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "RadioField"


class OneOfManyField(_Chosen, wtforms.SelectField):
    validate_choice = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "SelectField"


class SeveralOfField(_Chosen, wtforms.SelectMultipleField):
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()
    validate_choice = False

    def __init__(self, label: Any, most: int = 0, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.type, self.most = "CheckboxesField", most

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.most and len(self.data or ()) > self.most:
            raise validators.ValidationError(_("Choose at most %(number)d.", number=self.most))


class ConsentField(wtforms.BooleanField):
    """Never ticked before somebody ticks it; what is agreed to is the label."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, false_values=("", "no", "false"), **kwargs)
        self.type = "BooleanField"

    def _value(self) -> str:
        return YES


class AnswerFileField(wtforms.FileField):
    """A file; it was read and kept before the form is looked at, and comes in as an `Upload`."""

    upload: Upload | None = None

    def process_formdata(self, values: list[Any]) -> None:
        self.data = None

    def pre_validate(self, form: Any) -> None:
        if self.upload is not None and self.upload.fault:
            raise validators.ValidationError(self.upload.fault)


class _Leg(wtforms.Form):
    at = MomentField(lazy("Day and hour"))
    number = TextField(lazy("Flight, train or ship"), longest=40)
    airport = TextField(lazy("Airport, station or port"), longest=120)
    hotel = TextField(lazy("Hotel"), longest=200)


class LegField(wtforms.FormField):
    """An arrival or a departure; without its day and hour it says nothing."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(_Leg, label, **kwargs)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        good = bool(self.form.validate())
        if good and not self.form.at.data and any(self.form[name].data for name in ("number", "airport", "hotel")):
            self.form.at.errors = [_("Please fill this in.")]
            return False
        return good

    def require(self) -> None:
        self.form.at.errors = [_("Please fill this in.")]


def _label(words: dict[str, str]) -> Any:
    """In another language than the page's, the label says in which."""
    said, code = pick(words)
    if not said or code == languages.current():
        return said
    direction = languages.language(code).direction
    return Markup('<span lang="{}" dir="{}">{}</span>').format(code, direction, said)


def _gone(asked: Asked, answer: Any, choices: Sequence[Choice]) -> dict[str, dict[str, str]]:
    """What was chosen and is offered no more: it stays until its person takes it away."""
    if answer is None or asked.question.data_class in SEALED or not answer.value:
        return {}
    if asked.question.kind == QuestionKind.SESSION_CHOICE:
        offered = {one.code for one in choices if not one.why_not}
        return {one["code"]: one["label"] for one in answer.value if one["code"] not in offered}
    if asked.question.kind not in questions.WITH_OPTIONS:
        return {}
    chosen = [answer.value] if isinstance(answer.value, str) else answer.value
    labels, offered = labels_of(answer.version), {option["code"] for option in asked.question.newest.options}
    return {code: labels.get(code, {}) for code in chosen if code not in offered}


def _field(asked: Asked, choices: Sequence[Choice], gone: Mapping[str, dict[str, str]]) -> Any:
    """The unbound field of a question."""
    version, kind = asked.question.newest, asked.question.kind
    settings: dict[str, Any] = version.settings
    named: dict[str, Any] = {"description": best(version.help)}
    label = _label(version.label)
    longest = int(settings.get("longest") or 0)
    if kind in questions.WITH_OPTIONS:
        named["choices"] = [(option["code"], _label(option["label"])) for option in version.options] + _former(gone)
    make: dict[str, Callable[[], Any]] = {
        QuestionKind.TEXT: lambda: NameField(label, longest=longest or forms.LONGEST_LINE, **named),
        QuestionKind.LONG_TEXT: lambda: LongTextField(label, longest=longest or LONGEST_ANSWER, **named),
        QuestionKind.ONE_OF: lambda: _one_of(label, named, asked.item.is_required),
        QuestionKind.SEVERAL_OF: lambda: SeveralOfField(label, int(settings.get("most") or 0), **named),
        QuestionKind.NUMBER: lambda: NumberField(label, settings, **named),
        QuestionKind.DATE: lambda: LimitedDayField(label, settings, **named),
        QuestionKind.COUNTRY: lambda: CountryField(label, **named),
        QuestionKind.LANGUAGE: lambda: LanguageField(label, **named),
        QuestionKind.TELEPHONE: lambda: TelephoneField(label, longest=40, render_kw={"autocomplete": "off"}, **named),
        QuestionKind.EMAIL: lambda: EmailField(label, **named),
        QuestionKind.FILE: lambda: AnswerFileField(
            label, render_kw={"accept": ",".join(file_kinds(settings))}, **named
        ),
        QuestionKind.PHOTO: lambda: AnswerFileField(label, render_kw={"accept": "image/jpeg,image/png"}, **named),
        QuestionKind.CONSENT: lambda: ConsentField(label, **named),
        QuestionKind.SESSION_CHOICE: lambda: _sessions(label, settings, choices, named, gone),
        QuestionKind.TRAVEL_LEG: lambda: LegField(label, **named),
    }
    return make[kind]()


def _one_of(label: Any, named: dict[str, Any], is_required: bool) -> Any:
    """What may be left open can be opened again: a radio button that was chosen cannot be unchosen."""
    if len(named["choices"]) <= MOST_RADIOS:
        none = [] if is_required else [("", _("No answer"))]
        return OneOfField(label, **{**named, "choices": [*named["choices"], *none], "default": ""})
    return OneOfManyField(label, **{**named, "choices": [("", ""), *named["choices"]]})


def _former(gone: Mapping[str, dict[str, str]]) -> list[tuple[str, Any]]:
    return [(code, _("%(option)s (no longer offered)", option=best(label) or code)) for code, label in gone.items()]


def _sessions(
    label: Any,
    settings: Mapping[str, Any],
    choices: Sequence[Choice],
    named: dict[str, Any],
    gone: Mapping[str, dict[str, str]],
) -> Any:
    offered = [(one.code, _label(one.label)) for one in choices if not one.why_not] + _former(gone)
    return SeveralOfField(label, int(settings.get("most") or 0), choices=offered, **named)


def file_kinds(settings: Mapping[str, Any]) -> list[str]:
    return [kind for kind in questions.FILE_KINDS if kind in settings.get("kinds", ())] or list(questions.FILE_KINDS)


# --- the part of a form -----------------------------------------------------------------------------------------------


class QuestionsPart(Form):
    """The questions of a page. `known` gives the built-in fields as they are now, typed ones included."""

    sections: list[Section]
    asked: dict[str, Asked]
    frozen: dict[str, Asked]
    closed: Collection[int]  # the questions whose kept answers are not the asker's to read
    kept: Mapping[int, Any]
    known: Callable[[], Mapping[str, Value]]
    choices: Sequence[Choice]
    at: datetime
    zone: str
    ends_at: datetime
    lexicon: Lexicon
    is_draft = False  # what is saved to be gone on with later may have gaps

    def is_asked(self, asked: Asked) -> bool:
        return asked.name in self.asked

    def answer_to(self, asked: Asked) -> Any:
        return self.kept.get(asked.question.id)

    def is_kept(self, asked: Asked) -> bool:
        """A sealed answer or a file that stays when nothing new is given."""
        answer = self.answer_to(asked)
        return answer is not None and (asked.question.data_class in SEALED or answer.file_id is not None)

    def is_to_forget(self, asked: Asked) -> bool:
        return bool(self._fields[forget(asked.name)].data) if forget(asked.name) in self._fields else False

    def stays(self, asked: Asked) -> bool:
        return self.is_kept(asked) and self.value(asked) is None and not self.is_to_forget(asked)

    def value(self, asked: Asked) -> Any:
        """What was typed, as it is stored; None when nothing was."""
        field, kind = self._fields[asked.name], asked.question.kind
        if kind in questions.WITH_FILE:
            return KEPT if field.upload is not None and not field.upload.fault else None
        if kind == QuestionKind.CONSENT:
            return YES if field.data else None
        if kind == QuestionKind.DATE:
            return field.data.isoformat() if isinstance(field.data, date) else None
        if kind == QuestionKind.TELEPHONE:
            return getattr(field, "e164", "") or field.data or None
        if kind == QuestionKind.SESSION_CHOICE:
            answer = self.answer_to(asked)
            labels = {one["code"]: one["label"] for one in (answer.known_value if answer else None) or ()}
            labels |= {one.code: one.label for one in self.choices}
            return [{"code": c, "label": labels[c]} for c in field.data or () if c in labels] or None
        if kind == QuestionKind.TRAVEL_LEG:
            at = field.form.at.data
            rest = {name: field.form[name].data for name in ("number", "airport", "hotel") if field.form[name].data}
            return {"at": at.isoformat(), **rest} if at is not None else None
        return field.data or None

    def compared(self) -> dict[str, Value]:
        wanted = {code for one in self.asked.values() for code in conditions.fields(one.condition)}
        return {name: self._compared(one) for name, one in self.asked.items() if one.code in wanted}

    def _compared(self, asked: Asked) -> Value:
        if self.stays(asked):
            answer = self.answer_to(asked)
            return KEPT if answer.file_id is not None else compared(asked.question.kind, answer.known_value, self.zone)
        return compared(asked.question.kind, self.value(asked), self.zone)

    def known_here(self) -> dict[str, Value]:
        """Built-in fields, and the answers that conditions ask for and this page does not."""
        wanted = {code for one in self.asked.values() for code in conditions.fields(one.condition)}
        wanted -= {one.code for one in self.asked.values()}
        return {**self.known(), **asking.given_values(self.kept, wanted, self.zone)}

    def shown(self) -> set[str]:
        return conditions.shown([one.place for one in self.asked.values()], self.compared(), self.known_here())

    def validate(self, extra_validators: Any = None) -> bool:
        """Only what is shown is looked at, and only what is needed by now is required."""
        shown, good = self.shown(), True
        for name, asked in self.asked.items():
            field = self._fields[name]
            if name not in shown:
                _forget_faults(field)
                continue
            if not field.validate(self):
                good = False
            elif not self.is_draft and self.is_required(asked) and self.value(asked) is None and not self.stays(asked):
                _require(field)
                good = False
        if (seen := self._fields["questions-seen"]).data not in ("", None, self.seen()):
            self.form_errors = [
                _(
                    "The questions were changed while you filled in the form. Look at them again; "
                    "what you typed is kept."
                )
            ]
            seen.data, seen.raw_data, good = self.seen(), None, False
        return good

    def came_back(self) -> None:
        """A browser does not send a file that was chosen a second time: who is not told would lose it."""
        for name in self.asked:
            upload = getattr(self._fields[name], "upload", None)
            if upload is not None and not upload.fault:
                said = _("Choose “%(file)s” again: files are not kept until the whole form is.", file=upload.chosen)
                self._fields[name].errors = [said]

    def is_required(self, asked: Asked) -> bool:
        nothing_to_choose = asked.question.kind == QuestionKind.SESSION_CHOICE and not self._fields[asked.name].choices
        return questions.is_needed(asked.item, self.at) and not nothing_to_choose

    def given(self) -> list[Given]:
        """What was answered, for the action: hidden questions with nothing."""
        shown = self.shown()
        return [self._given(one, name in shown) for name, one in self.asked.items()]

    def _given(self, asked: Asked, is_shown: bool) -> Given:
        if not is_shown:
            return Given(asked)
        value = self.value(asked)
        upload = getattr(self._fields[asked.name], "upload", None)
        return Given(asked, value, upload if value is not None else None, stays=self.stays(asked))

    # --- what the page says ---

    def browser_condition(self, of: Asked | Section) -> Condition:
        """What the browser decides by. Where it cannot know (a sealed answer that is kept), the question is shown."""
        own = of.own_condition if isinstance(of, Asked) else of.condition
        return {} if conditions.fields(own) & self._closed() else own

    def browser_known(self) -> dict[str, Value]:
        """Of what is known, what some condition asks for and is not sealed."""
        wanted = {code for one in self.asked.values() for code in conditions.fields(one.condition)} - self._closed()
        return {name: value for name, value in self.known_here().items() if name in wanted}

    def _closed(self) -> set[str]:
        return {
            one.question.code
            for one in self.kept.values()
            if one.question.data_class in SEALED or one.question_id in self.closed
        }

    def is_closed(self, asked: Asked) -> bool:
        """An answer is kept, and its question names other readers: the page says so, and saving leaves it alone."""
        return asked.question.id in self.closed

    def is_shown(self, asked: Asked) -> bool:
        """A frozen or closed answer stands on the page where one was given."""
        return asked.name in self.asked or self.answer_to(asked) is not None

    def is_outdated(self, asked: Asked) -> bool:
        answer = self.answer_to(asked)
        newest = asked.question.newest
        return asked.question.kind == QuestionKind.CONSENT and answer is not None and answer.version_id != newest.id

    def about(self, asked: Asked) -> str:
        """Which files are taken, and what is kept already."""
        if asked.question.kind not in questions.WITH_FILE:
            return ""
        kinds = file_kinds(asked.question.newest.settings)
        photo = asked.question.kind == QuestionKind.PHOTO
        names = ["JPEG", "PNG"] if photo else [questions.FILE_KINDS[kind] for kind in kinds]
        size = questions.largest_file(asked.question.kind) // 1_000_000
        return _("%(kinds)s, at most %(size)s MB.", kinds=languages.joined(names), size=size)

    def words_of(self, asked: Asked) -> str:
        answer = self.answer_to(asked)
        if answer.is_sealed:
            return _("kept sealed")
        name = answer.file.name if answer.file is not None else ""
        return in_words(asked.question.kind, answer.version, answer.value, zone=self.zone, file_name=name)

    @property
    def zone_said(self) -> str:
        return clock.zone_label(self.zone, clock.local(self.ends_at, self.zone))

    def only_if(self, condition: Condition) -> str:
        return self.lexicon.words(condition)

    def deleted_on(self, asked: Asked) -> datetime:
        return asking.deleted_at(self.ends_at, asked.question)

    def seen(self) -> str:
        """Stands for the versions that the page shows: an answer is kept under the words that somebody read."""
        versions = ",".join(one.question.newest.ref for one in self.asked.values())
        return hashlib.sha256(versions.encode()).hexdigest()[:16]


def forget(name: str) -> str:
    return f"{name}-forget"


def _require(field: Any) -> None:
    if isinstance(field, LegField):
        field.require()
    elif isinstance(field, (AnswerFileField,)):
        field.errors = [_("Please choose a file.")]
    elif isinstance(field, ConsentField):
        field.errors = [_("This agreement is needed.")]
    else:
        field.errors = [forms.needed(field)]


def _forget_faults(field: Any) -> None:
    if isinstance(field, LegField):
        for part in field.form:
            part.errors = []
    else:
        field.errors = []


def questions_part(
    sections: list[Section],
    *,
    known: Callable[[], Mapping[str, Value]],
    kept: Mapping[int, Any],
    uploads: Mapping[str, Upload],
    choices: Sequence[Choice],
    conference: Any,
    lexicon: Lexicon,
    is_office: bool = False,
    closed: Collection[int] = (),
    formdata: Any = wtforms.utils.unset_value,
) -> QuestionsPart:
    """The form of some sections, with the answers that are kept filled in; sealed ones stay closed."""
    at = clock.now()
    every = [one for section in sections for one in section.asked]
    frozen = {one.name: one for one in every if questions.is_frozen(one.item, at) and not is_office}
    asked = {one.name: one for one in every if one.name not in frozen and one.question.id not in closed}
    fields: dict[str, Any] = {"questions-seen": wtforms.HiddenField()}
    data: dict[str, Any] = {}
    for name, one in asked.items():
        answer = kept.get(one.question.id)
        fields[name] = _field(one, choices, _gone(one, answer, choices))
        if answer is None:
            continue
        if one.question.data_class in SEALED or answer.file_id is not None:
            fields[forget(name)] = wtforms.BooleanField(_("Delete what is kept"))
        else:
            data[name] = _shown_again(one, answer)
    form_class = type("Questions", (QuestionsPart,), fields)
    named = {} if formdata is wtforms.utils.unset_value else {"formdata": formdata}
    part: QuestionsPart = form_class(data=data, **named)
    part.sections, part.asked, part.frozen, part.kept, part.closed = sections, asked, frozen, kept, closed
    part.known, part.choices, part.at, part.lexicon = known, choices, at, lexicon
    part.zone, part.ends_at = conference.zone, conference.ends_at
    for name, one in asked.items():
        _set_up(part, part._fields[name], one, uploads.get(name))
    if not part._fields["questions-seen"].data:
        part._fields["questions-seen"].data = part.seen()
    return part


def _shown_again(asked: Asked, answer: Any) -> Any:
    kind = asked.question.kind
    if kind == QuestionKind.CONSENT:
        return answer.version_id == asked.question.newest.id  # a changed text asks again
    if kind == QuestionKind.DATE:
        return date.fromisoformat(answer.value)
    if kind == QuestionKind.SESSION_CHOICE:
        return [one["code"] for one in answer.value]
    return answer.value


def _set_up(part: QuestionsPart, field: Any, asked: Asked, upload: Upload | None) -> None:
    if isinstance(field, AnswerFileField):
        field.upload = upload
    if part.is_required(asked):
        (field.form.at if isinstance(field, LegField) else field).flags.required = True
        field.flags.required = True
