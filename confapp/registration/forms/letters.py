"""What is typed for letters, invitations and addresses."""

from collections.abc import Sequence
from typing import Any

import wtforms
from wtforms import validators
from wtforms.widgets import CheckboxInput, ListWidget

from confapp.foundation import languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import (
    EmailField,
    Form,
    LongTextField,
    NameField,
    TextField,
    TranslatedField,
    required,
)
from confapp.registration.forms.people import OpenRadioField, language_choices
from confapp.registration.rules import contacts
from confapp.registration.rules import letters as rules
from confapp.registration.rules.letters import LETTER_KIND_NAMES, LONGEST_PURPOSE, LetterKind


class ChecksField(wtforms.SelectMultipleField):
    """Several of a list, as boxes; another value is refused in plain words."""

    data: Any
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), *, needed: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, validate_choice=False, choices=[], **kwargs)
        self.needed = needed
        self.flags.required = needed is not None

    def pre_validate(self, form: Any) -> None:
        offered = {str(value) for value, *_label in self.choices or ()}
        self.data = [one for one in dict.fromkeys(self.data or []) if one in offered]
        if self.needed and not self.data:
            raise validators.ValidationError(self.needed)

    def offer(self, codes: Sequence[str]) -> None:
        """Languages by their own names."""
        self.choices = [(code, languages.language(code).name) for code in codes]


class LetterTextForm(Form):
    subject = TranslatedField(lazy("Subject"), longest=rules.LONGEST_SUBJECT)
    body = TranslatedField(lazy("Text"), long=True, longest=rules.LONGEST_BODY)
    signatory = TranslatedField(
        lazy("Place and date, or name and function"), long=True, longest=rules.LONGEST_SIGNATORY
    )
    number_form = TextField(lazy("Form of the numbers"), [required()], longest=rules.LONGEST_FORM)
    revision = wtforms.HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, rows in ((self.body, 14), (self.signatory, 3)):
            for part in field:
                part.render_kw = {"rows": rows}

    def mark_faults(self, kind: LetterKind) -> bool:
        """Puts each unknown placeholder beside the text that uses it; False when there is one."""
        known = rules.placeholders(kind)
        good = True
        for field in (self.subject, self.body, self.signatory):
            for part in field:
                if fault := rules.text_fault(part.data or "", known):
                    part.errors = [*part.errors, fault]
                    good = False
        return good


class ReminderTextForm(Form):
    subject = TranslatedField(lazy("Subject"), longest=rules.LONGEST_SUBJECT)
    body = TranslatedField(lazy("Text"), long=True, longest=rules.LONGEST_BODY)
    version = wtforms.HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Each fault beside the text that has it."""
        good = super().validate(extra_validators)
        for field in (self.subject, self.body):
            for part in field:
                words = part.data or ""
                is_body = field is self.body
                fault = rules.reminder_fault(words) if is_body else rules.text_fault(words, rules.OF_REMINDER)
                if fault:
                    part.errors, good = [*part.errors, fault], False
        return good


class LanguagesForm(Form):
    languages = ChecksField(lazy("Languages of the letter"), needed=lazy("Choose at least one language."))


class PeopleLettersForm(LanguagesForm):
    purpose = LongTextField(
        lazy("Consulate and days of travel"),
        [required(lazy("Name the consulate and the days of travel."))],
        longest=LONGEST_PURPOSE,
        description=lazy("The same stands in each letter. Whoever travels otherwise asks for a letter of their own."),
    )
    page_order = ("languages", "purpose")


class LetterRequestForm(LanguagesForm):
    kind = OpenRadioField(lazy("Which letter"), [required()])
    purpose = LongTextField(
        lazy("Consulate and days of travel"),
        longest=LONGEST_PURPOSE,
        description=lazy(
            "For a visa support letter, such as: Embassy in Exampletown, arrival 7 March, departure 13 March."
        ),
    )
    page_order = ("kind", "purpose", "languages")

    def offer(self, kinds: Sequence[LetterKind], codes: Sequence[str]) -> None:
        self.kind.choices = [(kind.value, _(LETTER_KIND_NAMES[kind])) for kind in kinds]
        self.languages.offer(codes)


class NomineeForm(Form):
    email = EmailField(lazy("E-mail of the focal point"), [required()])
    name = NameField(lazy("Name"), longest=120)
    language = wtforms.SelectField(lazy("Language of mails"), [required()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = language_choices()


class HandOverForm(NomineeForm):
    email = EmailField(
        lazy("E-mail of your colleague"),
        [required()],
        description=lazy("A mailbox that several people share is fine: each gives a name when signing in."),
    )
    keep = wtforms.BooleanField(lazy("I keep the role as well"))
    page_order = ("email", "name", "language", "keep")


class NominationForm(Form):
    """The answer of a mission, and one or two focal points."""

    answer = OpenRadioField(lazy("Your answer"), [required()])
    signer = NameField(
        lazy("Your name and function"), [required()], longest=120, description=lazy("It is kept with the answer.")
    )
    first_email = EmailField(lazy("E-mail"))
    first_name = NameField(lazy("Name"), longest=120)
    first_language = wtforms.SelectField(lazy("Language of mails"), [required()])
    second_email = EmailField(lazy("E-mail"))
    second_name = NameField(lazy("Name"), longest=120)
    second_language = wtforms.SelectField(lazy("Language of mails"), [required()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.choices = [
            ("accept", _("We accept the invitation")),
            ("acknowledge", _("We have received it; the answer follows")),
            ("decline", _("We are not able to take part")),
        ]
        self.first_language.choices = self.second_language.choices = language_choices()

    def validate_first_email(self, field: EmailField) -> None:
        if self.answer.data == "accept" and not (field.data or self.second_email.data):
            raise validators.ValidationError(_("Name at least one focal point, or choose to answer later."))


class ContactForm(Form):
    email = EmailField(lazy("Address for letters"), [required()])


class ContactsForm(Form):
    table = LongTextField(
        lazy("Addresses"), [required()], longest=contacts.LONGEST_LIST, render_kw={"rows": 10, "spellcheck": "false"}
    )


class AddressForm(Form):
    email = EmailField(lazy("The right address"), [required()])
    holders = ChecksField(lazy("Whose address it is"), needed=lazy("Choose whose address it is."))
