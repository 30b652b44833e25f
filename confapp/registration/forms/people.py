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
from confapp.registration.forms.sealed import KeptSealedForm, SealedForm
from confapp.registration.models import Registration
from confapp.registration.rules import (
    CAPACITY_NAMES,
    CONSENT_TEXTS,
    RANK_NAMES,
    Capacity,
    ConsentKind,
    Entry,
    Rank,
)
from confapp.registration.rules.phones import BadPhone, Phone, phone
from confapp.registration.rules.ways import INDEPENDENT, Invited


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


class PhoneField(TextField):
    """A telephone number; the form checks it, for a number without its country code is one of the person's country."""

    widget = wtforms.widgets.TelInput()
    number = Phone()


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
    phone = PhoneField(
        lazy("Mobile telephone"),
        longest=40,
        description=lazy("With its country code, such as +62 812 3456 7890. For the organizers only; never published."),
        render_kw={"autocomplete": "tel"},
    )

    def validate_phone(self, field: PhoneField) -> None:
        region = states.STATE_CODES.get(self.country.data or "", "")
        try:
            field.number = phone(field.data or "", region)
        except BadPhone as bad:
            raise validators.ValidationError(str(bad)) from bad

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
        typed: dict[str, Any] = {name: self._fields[name].data or "" for name in names if name in self._fields}
        typed["phone"], typed["phone_e164"] = self.phone.number.typed, self.phone.number.e164
        if "capacity" in self._fields:
            typed["capacity"] = Capacity(self._fields["capacity"].data)
        if "rank" in self._fields:
            typed["rank"] = Rank(self._fields["rank"].data)
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

    page_order = ("category", *NAMES, "email", "phone", "organization", "functional_title", "country")

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
        description=lazy("As it should be printed. Write “%(word)s” if there is none.", word=lazy(INDEPENDENT)),
        render_kw={"autocomplete": "organization"},
    )


class InDelegationForm(Form):
    """Where a member stands; its focal point and the office say so."""

    capacity = wtforms.SelectField(lazy("Capacity in the delegation"), [required()], default=Capacity.DELEGATE.value)
    rank = wtforms.SelectField(
        lazy("Rank for protocol"),
        [validators.DataRequired()],
        default=Rank.OTHER.value,
        description=lazy("Seats and the order of speakers follow it; it is not printed."),
    )

    def offer_positions(self) -> None:
        self.capacity.choices = labelled(CAPACITY_NAMES)
        self.rank.choices = labelled(RANK_NAMES)


class MemberForm(NamesForm, InDelegationForm, SealedForm, ConsentsForm):
    """For a member of a delegation, by its focal point or the office."""

    page_order = (
        *NAMES,
        "capacity",
        "rank",
        "category",
        "functional_title",
        "country",
        "email",
        "phone",
        "language",
        "passport_number",
    )

    category = OpenSelectField(lazy("Category"), [required()])
    email = EmailField(
        lazy("E-mail"),
        description=lazy("With an address the member can see this registration. Without one, you answer."),
    )
    language = wtforms.SelectField(lazy("Language of mails"), [required()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_positions()
        self.language.choices = language_choices()

    def entry(self, **values: Any) -> Entry:
        return super().entry(**self.sealed_values(), **values)


INVITED_AT_ONCE = 5


class InvitationsForm(Form):
    """Members who are invited to fill in themselves, one to a line: name, address and capacity."""

    category = OpenSelectField(lazy("Category"), [required()])
    language = wtforms.SelectField(lazy("Language of the mails"), [required()])

    @classmethod
    def of(cls, **data: Any) -> "InvitationsForm":
        """The form with its lines; what is left empty is no line."""
        fields: dict[str, Any] = {}
        for number in range(1, INVITED_AT_ONCE + 1):
            fields[f"name_{number}"] = NameField(lazy("Name"), longest=120)
            fields[f"email_{number}"] = EmailField(lazy("E-mail"))
            fields[f"capacity_{number}"] = wtforms.SelectField(lazy("Capacity"), default=Capacity.DELEGATE.value)
        return type("Invitations", (cls,), fields)(data=data)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language.choices = language_choices()
        for _name, _email, capacity in self.rows():
            capacity.choices = labelled(CAPACITY_NAMES)

    def rows(self) -> list[tuple[Any, Any, Any]]:
        numbers = range(1, INVITED_AT_ONCE + 1)
        return [(self[f"name_{n}"], self[f"email_{n}"], self[f"capacity_{n}"]) for n in numbers]

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        rows = self.rows()
        if not any(name.data or email.data for name, email, _capacity in rows):
            rows[0][0].errors = [_("Name at least one member.")]
            return False
        for name, email, _capacity in rows:
            missing = name if email.data and not name.data else email if name.data and not email.data else None
            if missing is not None:
                missing.errors = [*missing.errors, _("Please fill this in.")]
                good = False
        return good

    def lines(self) -> list[Invited]:
        return [
            Invited(name.data, email.data, Capacity(capacity.data))
            for name, email, capacity in self.rows()
            if name.data
        ]


class OwnDataForm(NamesForm, KeptSealedForm):
    """What is known of somebody, to be completed or corrected. Sealed values are not shown; left empty they stay."""

    version = wtforms.HiddenField()

    def __init__(self, registration: Registration) -> None:
        person = registration.person
        self.registration = registration
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
                "phone": person.phone,
                "email": person.email,
                "language": person.language,
                "organization": registration.organization,
                "capacity": registration.capacity.value,
                "rank": registration.rank.value,
                "category": registration.category.code,
            }
        )
        self.offer_forgetting(person)

    def entry(self, **values: Any) -> Entry:
        """What was typed; what the form does not ask stays as it is."""
        registration, person = self.registration, self.registration.person
        kept = {"email": person.email, "language": person.language, "capacity": registration.capacity}
        kept |= {"organization": registration.organization, "rank": registration.rank}
        return super().entry(
            **self.sealed_values(),
            **{name: value for name, value in kept.items() if name not in self._fields},
            **values,
        )


class CompletionForm(OwnDataForm, ConsentsForm):
    """What an invited member fills in, or the focal point in the member's place."""

    page_order = (*NAMES, "functional_title", "country", "phone", "passport_number", "access_needs")


class CorrectionForm(OwnDataForm, InDelegationForm):
    """What was typed for somebody, to be corrected by the person, the focal point or the office."""

    page_order = (
        *NAMES,
        "capacity",
        "rank",
        "organization",
        "category",
        "functional_title",
        "country",
        "email",
        "phone",
        "language",
    )

    category = OpenSelectField(lazy("Category"), [required()])
    organization = NameField(lazy("Organization"), [required()], description=lazy("As it should be printed."))
    email = EmailField(lazy("E-mail"), description=lazy("A new address gets a new link; the old one ends."))
    language = wtforms.SelectField(lazy("Language of mails"), [required()])

    def __init__(self, registration: Registration, *, by_person: bool = False) -> None:
        """Who corrects the own registration changes its address on a page of its own, by a link to the new one."""
        super().__init__(registration)
        self.offer_positions()
        self.language.choices = language_choices()
        if registration.delegation_id is None:
            del self.capacity
            self.email.validators = [required(), *self.email.validators]
            self.email.flags.required = True
        else:
            del self.organization
        if registration.accompanies_id is not None and "capacity" in self:  # who accompanies has no seat in it
            del self.capacity
        if by_person or registration.accompanies_id is not None:
            del self.rank
        if by_person:
            del self.email
            del self.language


class AddressForm(Form):
    """The own address and language. A new address holds once its link was opened."""

    email = EmailField(lazy("E-mail"), [required()], render_kw={"autocomplete": "email"})
    language = wtforms.SelectField(lazy("Language of mails"), [required()])

    def __init__(self, registration: Registration) -> None:
        super().__init__(data={"email": registration.person.email, "language": registration.person.language})
        self.language.choices = language_choices()


class ReasonForm(Form):
    reason = LongTextField(lazy("Reason"), longest=2000)


def language_choices() -> list[tuple[str, str]]:
    return [(code, languages.language(code).name) for code in INTERFACE]
