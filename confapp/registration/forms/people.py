"""What is typed for people."""

from functools import lru_cache
from typing import Any

import wtforms
from markupsafe import Markup, escape
from wtforms import validators
from wtforms.widgets import html_params

from confapp.foundation import languages, text
from confapp.foundation.languages import INTERFACE, best, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.forms import (
    LONGEST_LINE,
    EmailField,
    Form,
    LongTextField,
    NameField,
    TextField,
    labelled,
    required,
)
from confapp.people.models import ConsentText
from confapp.registration import states
from confapp.registration.models import Registration
from confapp.registration.rules import (
    CAPACITY_NAMES,
    CONSENT_TEXTS,
    Capacity,
    ConsentKind,
    Entry,
)


@lru_cache(maxsize=8)
def countries(language: str) -> dict[str, str]:
    """Names of countries by code, in the order of one language."""
    names = [(party.designation(language), party.code) for party in states.catalogue() if party.alpha2]
    return {code: name for name, code in sorted(names, key=_by_name)}


@lru_cache(maxsize=8)
def country_options(language: str) -> str:
    """The options of the list of countries in one language: drawn once, for they are the same on every page."""
    return "".join(f'<option value="{code}">{escape(name)}</option>' for code, name in countries(language).items())


def country_name(code: str) -> str:
    return countries(languages.current()).get(code, code)


def _by_name(name: tuple[str, str]) -> str:
    return text.fold(name[0])


class CountryList:
    """A select whose long list of options is not built anew for each page."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        options = country_options(languages.current())
        if field.data in states.STATE_CODES:
            options = options.replace(f'value="{field.data}"', f'value="{field.data}" selected', 1)
        opening = html_params(id=field.id, name=field.name, **attributes)
        return Markup(f'<select {opening}><option value=""></option>{options}</select>')  # noqa: S704 - escaped above


class CountryField(wtforms.StringField):
    widget = CountryList()

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in states.STATE_CODES:
            raise validators.ValidationError(_("Choose a country from the list."))


class OpenSelectField(wtforms.SelectField):
    """A select whose choices are set by the view; another value is refused in plain words."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in {str(value) for value, _label in self.choices or ()}:
            raise validators.ValidationError(_("Choose one from the list."))


class OpenRadioField(wtforms.RadioField):
    validate_choice = False

    def pre_validate(self, form: Any) -> None:
        if self.data not in {str(value) for value, _label in self.choices or ()}:
            raise validators.ValidationError(_("Choose one from the list."))


# Of a form whose fields come from several classes, the order on the page: that of the faults above it.
NAMES = ("honorific", "given_name", "family_name", "printed_name", "badge_name")


class NamesForm(Form):
    honorific = NameField(
        lazy("Style of address"),
        longest=60,
        description=lazy("As it should be printed, such as Ms, Dr or H.E. Mr."),
        render_kw={"list": "honorifics", "autocomplete": "honorific-prefix"},
    )
    given_name = NameField(
        lazy("Given name"),
        [required()],
        longest=120,
        description=lazy("If there is only one name, write it here."),
        render_kw={"autocomplete": "given-name"},
    )
    family_name = NameField(lazy("Family name"), longest=120, render_kw={"autocomplete": "family-name"})
    printed_name = NameField(
        lazy("Name as printed"), description=lazy("In lists and programmes. Left empty: given name, then family name.")
    )
    badge_name = NameField(lazy("Name on the badge"), longest=120, description=lazy("Left empty: the name as printed."))
    functional_title = TextField(
        lazy("Functional title"), description=lazy("Such as Deputy Director for Digital Affairs.")
    )
    country = CountryField(lazy("Country"), render_kw={"autocomplete": "country"})

    def validate_printed_name(self, field: NameField) -> None:
        if not field.data and len(f"{self.given_name.data} {self.family_name.data}") > LONGEST_LINE:
            raise validators.ValidationError(_("Write here how this long name should be printed."))

    def entry(self, **values: Any) -> Entry:
        """What was typed, as the actions take it."""
        names = (
            "honorific",
            "given_name",
            "family_name",
            "printed_name",
            "badge_name",
            "functional_title",
            "country",
            "email",
            "organization",
            "language",
        )
        typed = {name: self._fields[name].data or "" for name in names if name in self._fields}
        if "capacity" in self._fields:
            typed["capacity"] = Capacity(self._fields["capacity"].data)
        consents = frozenset(kind for kind in ConsentKind if kind in self._fields and self._fields[kind].data)
        return Entry(**({**typed, "consents": consents, **values}))


class ConsentsForm(Form):
    data_use = wtforms.BooleanField("", [required(lazy("Without this the registration cannot be looked at."))])
    list_of_participants = wtforms.BooleanField()
    photographs = wtforms.BooleanField()

    def word(self, texts: dict[str, ConsentText]) -> None:
        """Prints the present version of each text beside its box."""
        for kind in ConsentKind:
            words = texts[kind].text if kind in texts else CONSENT_TEXTS[kind]
            self._fields[kind].label.text = best(words)


class RegisterForm(NamesForm, ConsentsForm):
    """For anybody, in a category that is open to all."""

    page_order = ("category", *NAMES, "email", "organization", "functional_title", "country")

    category = OpenRadioField(lazy("I take part as"), [required()])
    email = EmailField(
        lazy("E-mail"),
        [required()],
        description=lazy("The answer goes there, with a link to your registration."),
        render_kw={"autocomplete": "email"},
    )
    organization = NameField(
        lazy("Organization"),
        [required()],
        description=lazy("As it should be printed. Write Independent if there is none."),
        render_kw={"autocomplete": "organization"},
    )


class SealedForm(Form):
    passport_number = NameField(lazy("Passport number"), longest=40, render_kw={"autocomplete": "off"})
    access_needs = LongTextField(lazy("Access needs"), longest=1000)


class MemberForm(NamesForm, SealedForm, ConsentsForm):
    """For a member of a delegation, by its focal point or the office."""

    page_order = (*NAMES, "capacity", "category", "functional_title", "country", "email", "language", "passport_number")

    capacity = wtforms.SelectField(lazy("Capacity in the delegation"), [required()], default=Capacity.DELEGATE.value)
    category = OpenSelectField(lazy("Category"), [required()])
    email = EmailField(
        lazy("E-mail"),
        description=lazy("With an address the member can see this registration. Without one, you answer."),
    )
    language = wtforms.SelectField(lazy("Language of mails"), [required()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.capacity.choices = labelled(CAPACITY_NAMES)
        self.language.choices = language_choices()

    def entry(self, **values: Any) -> Entry:
        return super().entry(
            passport_number=self.passport_number.data or None, access_needs=self.access_needs.data or None, **values
        )


class CorrectionForm(NamesForm, SealedForm):
    """What was typed for somebody, to be corrected. Sealed values are not shown; left empty they stay."""

    page_order = (*NAMES, "capacity", "organization", "category", "functional_title", "country", "email", "language")

    version = wtforms.HiddenField()
    capacity = wtforms.SelectField(lazy("Capacity in the delegation"), [required()], default=Capacity.DELEGATE.value)
    category = OpenSelectField(lazy("Category"), [required()])
    organization = NameField(lazy("Organization"), [required()], description=lazy("As it should be printed."))
    email = EmailField(lazy("E-mail"), description=lazy("A new address gets a new link; the old one ends."))
    language = wtforms.SelectField(lazy("Language of mails"), [required()])
    forget_passport = wtforms.BooleanField(lazy("Delete the passport number that is kept"))
    forget_access = wtforms.BooleanField(lazy("Delete the access needs that are kept"))

    def __init__(self, registration: Registration) -> None:
        person = registration.person
        super().__init__(
            data={
                "version": registration.version,
                "honorific": person.honorific,
                "given_name": person.given_name,
                "family_name": person.family_name,
                "printed_name": person.printed_name,
                "badge_name": person.badge_name,
                "functional_title": registration.functional_title,
                "country": person.country,
                "email": person.email,
                "language": person.language,
                "organization": registration.organization,
                "capacity": registration.capacity.value,
                "category": registration.category.code,
            }
        )
        self.capacity.choices = labelled(CAPACITY_NAMES)
        self.language.choices = language_choices()
        if registration.delegation_id is None:
            del self.capacity
            self.email.validators = [required(), *self.email.validators]
            self.email.flags.required = True
        else:
            del self.organization
        if person.passport_number_sealed is None:
            del self.forget_passport
        if person.access_needs_sealed is None:
            del self.forget_access

    def entry(self, **values: Any) -> Entry:
        return super().entry(
            passport_number=self._sealed("passport_number", "forget_passport"),
            access_needs=self._sealed("access_needs", "forget_access"),
            **values,
        )

    def _sealed(self, name: str, forget: str) -> str | None:
        if forget in self._fields and self._fields[forget].data:
            return ""
        return self._fields[name].data or None


class ReasonForm(Form):
    reason = LongTextField(lazy("Reason"), longest=2000)


def language_choices() -> list[tuple[str, str]]:
    return [(code, languages.language(code).name) for code in INTERFACE]
