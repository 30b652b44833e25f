"""Papers that are drafted from the programme: journals and summary records."""

from collections.abc import Sequence
from typing import Any

import wtforms
from flask import g

from confapp.documents.forms.register import known_symbol
from confapp.documents.rules import (
    DocumentKind,
    symbols,
)
from confapp.foundation import clock
from confapp.foundation.languages import INTERFACE, best, language, lazy
from confapp.foundation.web import filters
from confapp.foundation.web.forms import (
    Form,
    TextField,
    required,
)


class JournalForm(Form):
    """Of which day a journal is drafted, and in which series."""

    on = wtforms.SelectField(lazy("Day"), [required()])
    series = wtforms.SelectField(lazy("Series"), [required()])
    languages = wtforms.SelectMultipleField(
        lazy("Languages"),
        [required(lazy("Choose at least one language."))],
        option_widget=wtforms.widgets.CheckboxInput(),
    )

    @classmethod
    def of(cls, series: Sequence[Any]) -> "JournalForm":
        used = [code for code in g.conference.languages if code in INTERFACE]
        today = clock.today(g.conference.zone)
        journals = [one.ref for one in series if one.kind == DocumentKind.JOURNAL]
        days = g.conference.days
        usual = today if today in days else days[0]
        form = cls(data={"languages": used, "on": usual.isoformat(), "series": (journals or [""])[0]})
        form.on.choices = [(one.isoformat(), filters.day(one)) for one in days]
        form.series.choices = [(one.ref, f"{one.template} · {best(one.name)}") for one in series]
        form.languages.choices = [(code, language(code).name) for code in used]
        return form


class RecordForm(Form):
    """Of which debate a summary record is drafted."""

    debate = wtforms.SelectField(lazy("Debate"), [required()])
    symbol = TextField(
        lazy("Symbol"), [required(), known_symbol], longest=symbols.LONGEST, description=lazy("Such as CONF/2027/SR.1.")
    )
    languages = wtforms.SelectMultipleField(
        lazy("Languages"),
        [required(lazy("Choose at least one language."))],
        option_widget=wtforms.widgets.CheckboxInput(),
    )

    @classmethod
    def of(cls, debates: Sequence[Any]) -> "RecordForm":
        used = [code for code in g.conference.languages if code in INTERFACE]
        form = cls(data={"languages": used})
        form.debate.choices = [(one.session.ref, best(one.session.title)) for one in debates]
        form.languages.choices = [(code, language(code).name) for code in used]
        return form
