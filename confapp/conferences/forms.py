from typing import Any

import wtforms
from flask import g, request
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from confapp.conferences import rules
from confapp.conferences.actions import parts_of
from confapp.conferences.models import Conference
from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import language, lazy
from confapp.foundation.web.forms import (
    DayField,
    EmailField,
    Form,
    LongTextField,
    MomentField,
    TextField,
    TranslatedField,
    labelled,
    required,
)

LEFT_OUT = ("staff",)  # not ticked at first: access is given knowingly
TAKEN_OVER = ("acronym", "zone", "city", "format", "languages", "contact_email")


class LanguagesField(wtforms.SelectMultipleField):
    """The languages that organizers write in; at least one."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flags.required = True

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if not self.data:
            raise ValidationError(_("Choose at least one language."))


def _zone() -> str:
    """Hours are meant in the zone that is chosen in the same form."""
    chosen = request.form.get("zone", "")
    return chosen if clock.is_zone(chosen) else g.conference.zone


def _zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in rules.zones()]


def _language_names() -> list[tuple[str, str]]:
    return [(code, language(code).name) for code in rules.LANGUAGES]


class PartsField(wtforms.SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


STARTS_AS = {"zone": "Asia/Jakarta", "languages": ["en", "id"]}


def _known(begin: Any) -> dict[str, Any]:
    if begin is None:
        return {}
    taken = [name for name, _part in parts_of(begin) if name not in LEFT_OUT]
    if isinstance(begin, Conference):
        return {name: getattr(begin, name) for name in TAKEN_OVER} | {"taken": taken}
    return {"format": begin.format, "languages": [*begin.languages], "taken": taken}


class NewConferenceForm(Form):
    """What is needed to begin; the rest follows on the page of settings."""

    begin = wtforms.HiddenField()
    taken = PartsField(lazy("What to take over"))

    name = TranslatedField(lazy("Name"), one_needed=True)
    slug = TextField(
        lazy("Address"),
        [required()],
        longest=60,
        description=lazy("The part after the first slash, such as rcdd-2027."),
    )
    acronym = TextField(lazy("Acronym"), longest=40)
    starts_on = DayField(lazy("First day"), [required()])
    ends_on = DayField(lazy("Last day"), [required()])
    zone = wtforms.SelectField(lazy("Time zone"), [required()], choices=_zones)
    city = TranslatedField(lazy("City"))
    format = wtforms.SelectField(lazy("Format"), [required()], choices=lambda: labelled(rules.FORMAT_NAMES))
    languages = LanguagesField(
        lazy("Languages"), choices=_language_names, description=lazy("Each text can be written in these languages.")
    )
    contact_email = EmailField(lazy("Contact address"), description=lazy("Stands at the foot of each page and mail."))

    @classmethod
    def of(cls, named: str, begin: Any) -> Any:
        """The form for a beginning, filled with what is known of it; without one there is nothing to choose."""
        form = cls(data=STARTS_AS | _known(begin) | {"begin": named})
        offered = parts_of(begin)
        if not offered:
            del form.taken
            return form
        copied = isinstance(begin, Conference)
        form.taken.choices = [
            (name, _(part.label if copied else part.filled_label or part.label)) for name, part in offered
        ]
        form.taken.description = (
            _("No participant, answer, file or decision goes over.") if copied else _("All of it can be changed later.")
        )
        return form

    def validate_slug(self, field: TextField) -> None:
        if fault := rules.slug_fault(field.data or ""):
            raise ValidationError(fault)


class OriginsField(LongTextField):
    """Sites, one on each line; its data is their list."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.data or ())

    def process_formdata(self, values: list[str]) -> None:
        super().process_formdata(values)
        self.data = rules.embed_origins(self.data or "")


class ConferenceForm(Form):
    revision = wtforms.HiddenField()
    name = TranslatedField(lazy("Name"), one_needed=True)
    acronym = TextField(lazy("Acronym"), longest=40)
    theme = TranslatedField(lazy("Theme or motto"))
    host = TranslatedField(lazy("Host"), description=lazy("As it is printed, such as: Ministry of Foreign Affairs."))
    description = TranslatedField(lazy("Description"), long=True, description=lazy("For the title page, in Markdown."))
    notice = TranslatedField(
        lazy("Notice"), long=True, description=lazy("Stands out on the title page while it is filled.")
    )
    starts_on = DayField(lazy("First day"), [required()])
    ends_on = DayField(lazy("Last day"), [required()])
    zone = wtforms.SelectField(lazy("Time zone"), [required()], choices=_zones)
    venue = TranslatedField(lazy("Venue"))
    city = TranslatedField(lazy("City"))
    format = wtforms.SelectField(lazy("Format"), [required()], choices=lambda: labelled(rules.FORMAT_NAMES))
    languages = LanguagesField(
        lazy("Languages"), choices=_language_names, description=lazy("Each text can be written in these languages.")
    )
    accent = TextField(
        lazy("Accent colour"), [required()], longest=7, description=lazy("As # and six digits or letters.")
    )
    contact_email = EmailField(lazy("Contact address"), description=lazy("Stands at the foot of each page and mail."))
    embed_origins = OriginsField(
        lazy("Sites that may show the programme"),
        description=lazy("One on each line, such as https://www.ministry.example. Without any, no other site may."),
    )
    registration_opens_at = MomentField(lazy("Registration opens"), zone=_zone)
    registration_closes_at = MomentField(lazy("Registration closes"), zone=_zone)
    registration_note = TranslatedField(
        lazy("Note on registration"), long=True, description=lazy("Shown above the registration form.")
    )

    def validate_accent(self, field: TextField) -> None:
        field.data = (field.data or "").lower()
        if fault := rules.accent_fault(field.data):
            raise ValidationError(fault)

    def validate_embed_origins(self, field: OriginsField) -> None:
        if fault := rules.embed_origins_fault(field.data):
            raise ValidationError(fault)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.data.items() if name not in ("revision", "csrf_token")}


class PageForm(Form):
    revision = wtforms.HiddenField()
    title = TranslatedField(lazy("Title"), one_needed=True)
    text = TranslatedField(lazy("Text"), long=True, description=lazy("Markdown: # heading, * list, [words](address)."))
    as_of = DayField(lazy("As of"), [required()], description=lazy("The day on which this was true."))


class NewPageForm(PageForm):
    name = TextField(lazy("Address"), [required()], longest=60, description=lazy("Small letters, such as side-events."))

    def validate_name(self, field: TextField) -> None:
        if fault := rules.page_name_fault(field.data or ""):
            raise ValidationError(fault)


class ArchiveForm(Form):
    typed_name = TextField(lazy("Address of the conference"), [required()], longest=60)
