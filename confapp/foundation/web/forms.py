"""Forms: WTForms with cleaned text, one input per language, and local times that must exist."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import wtforms
from flask import Flask, g, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import validators

from confapp.foundation import clock, languages, text
from confapp.foundation.languages import N_, lazy, plural
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused

LONGEST_LINE, LONGEST_TEXT = 200, 20_000
SHOWN_BY_WTFORMS = (  # so that the catalogues have them
    N_("This field is required."),
    N_("Not a valid choice."),
    N_("Invalid Choice: could not coerce."),
    N_("Invalid choice(s): one or more data inputs could not be coerced."),
    plural("'%(value)s' is not a valid choice for this field.", "'%(value)s' are not valid choices for this field.", 1),
    N_("Not a valid integer value."),
    N_("Not a valid date value."),
    N_("Not a valid time value."),
    N_("Number must be at least %(min)s."),
    N_("Number must be at most %(max)s."),
    N_("Number must be between %(min)s and %(max)s."),
)


class Translations:
    """WTForms' own messages in the page's language, from our catalogues."""

    def gettext(self, message: str) -> str:
        return languages.gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return languages.plural(one, many, number)


class Form(FlaskForm):
    """Every form of the program. CSRF is checked once, for all unsafe requests, by the web layer."""

    class Meta(FlaskForm.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent; on a page that is opened again after signing in, what had been typed before."""
            sent = super().wrap_formdata(form, formdata)
            return g.get("draft") if sent is None and formdata is _Auto else sent

        def get_translations(self, form: Any) -> Translations:
            return Translations()

    form_errors: Sequence[str]
    parts: Sequence["Form"] = ()  # other forms that stand in this one and are sent with it

    def is_sent(self) -> bool:
        """True when the form was posted and is valid, with its parts."""
        if request.method != "POST":
            return False
        forms = (self, *self.parts)
        good = all([form.validate() for form in forms])  # noqa: C419 - each shows its faults
        if not good:
            self._come_back()
        return good

    def came_back(self) -> None:
        """For a form that is shown again because of some fault in it or beside it: what has to be given anew."""

    def _come_back(self) -> None:
        for form in (self, *self.parts):
            if isinstance(form, Form):
                form.came_back()

    @property
    def errors(self) -> dict[str | None, Any]:
        found: dict[str | None, Any] = dict(super().errors)
        for part in self.parts:
            found |= part.errors
        return found

    def refuse(self, refusal: Refused) -> None:
        """Shows a refusal beside the field it names, or above the form."""
        self._come_back()
        field = next((f for form in (self, *self.parts) if (f := form._fields.get(refusal.field or ""))), None)
        if field is None:
            self.form_errors = [*self.form_errors, refusal.message]
        elif isinstance(field.errors, dict):
            self.form_errors = [*self.form_errors, f"{field.label.text}: {refusal.message}"]
        else:
            field.errors = [*field.errors, refusal.message]


class _Required(validators.InputRequired):
    """Says what is to be done with a field of its kind."""

    def __call__(self, form: Any, field: Any) -> None:
        if not (field.raw_data and field.raw_data[0]):
            field.errors[:] = []
            raise validators.StopValidation(self.message or needed(field))


def needed(field: Any) -> Any:
    """What an empty field of its kind is told."""
    if isinstance(field, wtforms.SelectMultipleField):
        return lazy("Choose at least one.")
    if isinstance(field, wtforms.SelectField):
        return lazy("Choose one.")
    return lazy("Choose a file.") if isinstance(field, wtforms.FileField) else lazy("Please fill this in.")


def required(message: str | None = None) -> validators.InputRequired:
    return _Required(message)


class TextField(wtforms.StringField):
    """One line, cleaned; never longer than its column."""

    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), *, longest: int = LONGEST_LINE, **kwargs: Any
    ) -> None:
        super().__init__(label, [*validators, _Longest(longest)], **kwargs)

    def process_formdata(self, values: list[str]) -> None:
        self.data = text.clean(values[0] if values else None)


class NameField(TextField):
    """A name as typed, without hidden direction marks."""

    def process_formdata(self, values: list[str]) -> None:
        self.data = text.clean_name(values[0] if values else None)


class LongTextField(wtforms.TextAreaField):
    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), *, longest: int = LONGEST_TEXT, **kwargs: Any
    ) -> None:
        super().__init__(label, [*validators, _Longest(longest)], **kwargs)

    def process_formdata(self, values: list[str]) -> None:
        self.data = text.clean(values[0] if values else None, lines=True)


class EmailField(wtforms.EmailField):
    def __init__(self, label: Any = None, validators: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, [*validators, _address], **kwargs)

    def process_formdata(self, values: list[str]) -> None:
        self.data = text.clean(values[0] if values else None)


class DayField(wtforms.DateField):
    """A day of a century or two about ours: calendars and time zones cannot reckon with every other.

    Digits of any script are read. 03/09 is one day or another: it is refused with the way to write it.
    """

    data: Any

    def process_formdata(self, values: list[str]) -> None:
        try:
            super().process_formdata([_in_ascii(value) for value in values])
        except ValueError:
            raise ValueError(_("Write the day as 2027-03-09.")) from None
        if self.data is not None and not is_usable(self.data):
            self.data = None
            raise ValueError(_("This day cannot be used."))


def _in_ascii(typed: str) -> str:
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in typed.strip())


def is_usable(day: date) -> bool:
    return 1900 <= day.year < 2200


class MomentField(wtforms.DateTimeLocalField):
    """A local day and hour in a zone, as an instant. An hour that does not exist or occurs twice is refused."""

    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), *, zone: Callable[[], str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)
        self.zone = zone or (lambda: g.conference.zone)

    def process_data(self, value: datetime | None) -> None:
        self.data = value

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return f"{clock.local(self.data, self.zone()):%Y-%m-%dT%H:%M}" if self.data else ""

    def process_formdata(self, values: list[str]) -> None:
        self.data = None
        if not values or not values[0].strip():
            return
        for form in ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"):
            try:
                local = datetime.strptime(values[0].strip(), form)
                break
            except ValueError:
                continue
        else:
            raise ValueError(_("Write the day and the hour as 2027-03-09 14:30."))
        if not is_usable(local):
            raise ValueError(_("This day cannot be used."))
        try:
            self.data = clock.instant(local, self.zone())
        except clock.LocalTimeError as error:
            raise ValueError(local_time_fault(error)) from error


class SecondsField(MomentField):
    """The same to the second, such as the end of an embargo."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, render_kw={"step": "1"}, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return f"{clock.local(self.data, self.zone()):%Y-%m-%dT%H:%M:%S}" if self.data else ""


class TranslatedField(wtforms.FormField):
    """One input for each language of the conference; its data is a dict by language code."""

    def __init__(
        self,
        label: Any = None,
        *,
        languages: Callable[[], list[str]] | None = None,
        one_needed: bool = False,
        long: bool = False,
        longest: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.codes = languages or languages_of_page
        self.long, self.longest, self.one_needed = long, longest, one_needed
        super().__init__(self._part_form, label, **kwargs)
        if one_needed:
            self.flags.required = True

    def _part_form(self, formdata: Any = None, obj: Any = None, prefix: str = "", **data: Any) -> wtforms.Form:
        kind = LongTextField if self.long else TextField
        limit: dict[str, Any] = {"longest": self.longest} if self.longest else {}
        names = {code: languages.language(code).name for code in self.codes()}
        parts = {code: kind(name, **limit) for code, name in names.items()}
        form: wtforms.Form = type("Parts", (wtforms.Form,), parts)(formdata, prefix=prefix, data=self._kept or {})
        return form

    _kept: dict[str, str] | None = None

    def process(self, formdata: Any, data: Any = wtforms.utils.unset_value, extra_filters: Any = None) -> None:
        if data is wtforms.utils.unset_value:
            data = self.default() if callable(self.default) else self.default
        self._kept = dict(data) if isinstance(data, dict) else {}
        self.object_data = self._kept
        self.form = self._part_form(formdata, prefix=self.name + self.separator)

    def validate(self, form: Any, extra_validators: Iterable[Any] = ()) -> bool:
        good = bool(self.form.validate())
        if good and self.one_needed and not any(self.data.values()):
            first = next(iter(self.form))
            first.errors = [*first.errors, _("Please fill this in, in at least one language.")]
            return False
        return good

    def populate_obj(self, obj: Any, name: str) -> None:
        setattr(obj, name, self.data)

    @property
    def data(self) -> dict[str, str]:
        """What was typed, beside texts in languages that the form does not show."""
        return {**(self._kept or {}), **{code: value or "" for code, value in self.form.data.items()}}


def languages_of_page() -> list[str]:
    conference = g.get("conference")
    return list(conference.languages) if conference is not None else ["en", "id"]


def labelled(names: dict[str, str]) -> list[tuple[str, str]]:
    """Choices of an enum with their names in the page's language."""
    return [(str(getattr(key, "value", key)), _(name)) for key, name in names.items()]


class _Longest:
    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.field_flags = {"maxlength": longest}

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and len(field.data) > self.longest:
            raise validators.ValidationError(_("At most %(number)d characters.", number=self.longest))


def _address(form: Any, field: Any) -> None:
    if field.data:
        field.data = checked_address(field.data)


def checked_address(address: str) -> str:
    """An e-mail address in its normal form; ValidationError when it cannot be one."""
    import email_validator

    try:
        return email_validator.validate_email(address, check_deliverability=False).normalized
    except email_validator.EmailNotValidError as error:
        raise validators.ValidationError(_("Write an e-mail address such as name@ministry.example.")) from error


def local_time_fault(error: clock.LocalTimeError) -> str:
    if error.kind == "nonexistent":
        return _("This hour does not exist on that day: clocks are set forward. Choose another.")
    return _("This hour occurs twice on that day: clocks are set back. Choose another.")


def install(app: Flask) -> None:
    app.config.setdefault("WTF_I18N_ENABLED", False)
