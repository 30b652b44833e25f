"""Papers, their symbols and series, and the work on their languages."""

from collections.abc import Mapping, Sequence
from typing import Any

import wtforms
from flask import g

from confapp.documents import queries
from confapp.documents.rules import (
    ACCESS_NAMES,
    KIND_NAMES,
    MODIFICATION_NAMES,
    NATURE_NAMES,
    WORK_NAMES,
    Modification,
    symbols,
)
from confapp.documents.rules.layouts import LAYOUT_NAMES
from confapp.foundation.languages import best, language, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.forms import (
    Form,
    MomentField,
    TextField,
    TranslatedField,
    labelled,
    required,
)


def known_symbol(form: Any, field: Any) -> None:
    if field.data and (fault := symbols.fault(field.data)):
        raise wtforms.validators.ValidationError(fault)


def _natures() -> list[tuple[str, str]]:
    return [(value, label or lazy("None in particular")) for value, label in labelled(NATURE_NAMES)]


def _languages() -> list[tuple[str, str]]:
    return [(code, language(code).name) for code in g.conference.languages]


class DetailsForm(Form):
    symbol = TextField(
        lazy("Symbol"),
        [required(), known_symbol],
        longest=symbols.LONGEST,
        render_kw={"dir": "ltr"},
        description=lazy("One for all language versions, such as CONF/2027/L.1."),
    )
    kind = wtforms.SelectField(lazy("Kind"), [required()], choices=lambda: labelled(KIND_NAMES))
    nature = wtforms.SelectField(lazy("Nature of an outcome"), [required()], choices=_natures)
    submitted_by = TranslatedField(lazy("Submitted by"), description=lazy("By function, such as the Chair."))
    authentic = wtforms.SelectMultipleField(
        lazy("Authentic languages"),
        choices=_languages,
        option_widget=wtforms.widgets.CheckboxInput(),
        description=lazy("Those whose text decides when versions differ."),
    )


class NewDocumentForm(DetailsForm):
    """The symbol comes from a series, or is typed where none fits."""

    series = wtforms.SelectField(lazy("Series"), choices=lambda: _series_choices())
    symbol = TextField(
        lazy("Symbol"),
        [known_symbol],
        longest=symbols.LONGEST,
        render_kw={"dir": "ltr"},
        description=lazy("Only when no series gives it. One for all language versions, such as CONF/2027/L.1."),
    )
    title = TranslatedField(lazy("Title"), one_needed=True)
    languages = wtforms.SelectMultipleField(
        lazy("Languages"),
        [required(lazy("Choose at least one language."))],
        choices=_languages,
        option_widget=wtforms.widgets.CheckboxInput(),
        description=lazy("The text is published when it is complete in all of them."),
    )
    original = wtforms.SelectField(lazy("Original language"), [required()], choices=_languages)
    file = wtforms.FileField(
        lazy("Its text, if there is a file"),
        description=lazy(
            "DOCX or plain text in UTF-8, in the original language. The program guesses what each paragraph is."
        ),
    )
    begins = wtforms.BooleanField(
        lazy("Begin with the customary parts"),
        description=lazy(
            "Those of its kind, with brackets where something is to be filled in. All of it can be changed."
        ),
    )

    def validate_symbol(self, field: Any) -> None:
        if not field.data and not self.series.data:
            raise wtforms.validators.ValidationError(_("Choose a series, or type a symbol."))

    def validate_original(self, field: Any) -> None:
        if self.languages.data and field.data not in self.languages.data:
            raise wtforms.validators.ValidationError(_("The original is one of the languages chosen above."))


def _series_choices() -> list[tuple[str, Any]]:
    offered = [(row.ref, f"{row.template} · {best(row.name)}") for row in queries.series()]
    return [("", lazy("None: the symbol is typed")), *offered]


def _access_choices() -> list[tuple[str, str]]:
    return labelled(ACCESS_NAMES)


class SeriesForm(Form):
    template = TextField(
        lazy("Pattern of the symbols"),
        [required()],
        longest=60,
        render_kw={"dir": "ltr"},
        description=lazy("{number} stands for the number, such as CONF/2027/L.{number}."),
    )
    name = TranslatedField(lazy("Name"), one_needed=True)
    kind = wtforms.SelectField(lazy("Kind of its papers"), [required()], choices=lambda: labelled(KIND_NAMES))
    access = wtforms.SelectField(lazy("Who may read them"), [required()], choices=_access_choices)
    days_before = wtforms.IntegerField(
        lazy("Deadline"),
        [wtforms.validators.Optional(), wtforms.validators.NumberRange(0, 1000)],
        description=lazy("Days before the conference begins; empty when its papers have none."),
    )

    def validate_template(self, field: Any) -> None:
        if fault := symbols.template_fault(field.data or ""):
            raise wtforms.validators.ValidationError(fault)


class RegisterForm(Form):
    """The masthead of a paper, who may read it, and its deadline."""

    access = wtforms.SelectField(lazy("Who may read it"), [required()], choices=_access_choices)
    body = TranslatedField(lazy("Body"), description=lazy("Such as a committee; empty for the conference itself."))
    session = TranslatedField(lazy("Session"), description=lazy("Such as “First session”."))
    agenda_item = TextField(lazy("Item of the agenda"), longest=60)
    job_number = TextField(lazy("Job number"), longest=40)
    layout = wtforms.SelectField(
        lazy("Layout"),
        choices=lambda: [("", lazy("The usual one of its kind")), *labelled(LAYOUT_NAMES)],
        description=lazy("How its files look: masthead, title and paragraphs."),
    )
    due_at = MomentField(lazy("To be handed in by"), [wtforms.validators.Optional()])


class ExtendForm(Form):
    modification = wtforms.SelectField(
        lazy("Kind"),
        [required()],
        description=lazy(
            "A corrigendum is offered once something was issued, an amendment once the text was adopted. After a "
            "revision each extends the symbol of the revision."
        ),
    )
    languages = wtforms.SelectMultipleField(
        lazy("Languages"),
        [required(lazy("Choose at least one language."))],
        choices=_languages,
        option_widget=wtforms.widgets.CheckboxInput(),
        description=lazy("A corrigendum may be for some languages alone."),
    )

    @classmethod
    def of(cls, possible: Mapping[Modification, str], languages: Sequence[str]) -> "ExtendForm":
        """With what is possible now, each beside the symbol that it would get."""
        form = cls(languages=list(languages))
        form.languages.choices = [(code, language(code).name) for code in languages]
        form.modification.choices = [
            (value, f"{_(MODIFICATION_NAMES[value])} · \u2066{symbol}\u2069") for value, symbol in possible.items()
        ]
        return form


class WorkForm(Form):
    state = wtforms.SelectField(lazy("How far it is"), [required()], choices=lambda: labelled(WORK_NAMES))
    assignee = wtforms.SelectField(lazy("In the hands of"))
    reviser = wtforms.SelectField(
        lazy("Checked by"),
        description=lazy("Translators and revisers see what stands in their name here, and only that."),
    )
    due_at = MomentField(lazy("Due"), [wtforms.validators.Optional()])
    note = TextField(lazy("Note"), longest=300)

    @classmethod
    def of(cls, *, of_original: bool, **values: Any) -> "WorkForm":
        """With the people who may be given this language."""
        form = cls(**values)
        for field in (form.assignee, form.reviser):
            field.choices = [("", lazy("nobody")), *queries.writers(g.conference, of_original=of_original)]
        return form
