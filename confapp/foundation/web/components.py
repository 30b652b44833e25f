"""`ui` in templates: every macro of templates/ui under one name, what lists ask for most as functions, and the page
that shows them all."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import wtforms
from flask import Flask, current_app, has_request_context, render_template, request
from markupsafe import Markup, escape
from wtforms.validators import InputRequired

from confapp.foundation import languages
from confapp.foundation.web import accent, guard

CANCELLED = ("bad", "Cancelled")


class Components:
    """Macros by name, from all files of templates/ui, imported once and without a context."""

    def __init__(self, app: Flask) -> None:
        self._environment = app.jinja_env
        self._macros: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._macros:
            self._load()
        try:
            macro = self._macros[name]
        except KeyError:
            raise AttributeError(f"templates/ui has no macro {name}") from None
        if not self._environment.auto_reload:
            setattr(self, name, macro)
        return macro

    def _load(self) -> None:
        for name in self._environment.list_templates(filter_func=lambda n: n.startswith("ui/") and "/_" not in n):
            module = self._environment.get_template(name).module
            self._macros.update((key, value) for key, value in vars(module).items() if not key.startswith("_"))

    @staticmethod
    def text(value: Mapping[str, str] | None) -> Markup:
        return text(value)

    @staticmethod
    def phrase(words: str, code: str) -> Markup:
        return phrase(words, code)

    @staticmethod
    def status(kind: str, word: str) -> Markup:
        return status(kind, word)

    @property
    def here(self) -> languages.Language:
        return languages.language(languages.current())

    @property
    def address(self) -> str:
        """Of this page: an empty `action` would keep what follows "#", and a page with errors would open there."""
        if not has_request_context():
            return ""
        query = request.query_string.decode("latin-1")
        return quote(request.script_root + request.path, safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else "")

    @property
    def comma(self) -> str:
        return languages.comma()

    @property
    def is_unchecked(self) -> bool:
        return languages.current() in languages.UNCHECKED

    @staticmethod
    def direction(code: str) -> str:
        return languages.language(code).direction

    @staticmethod
    def name_of(code: str) -> str:
        return languages.language(code).name

    @staticmethod
    def megabytes(size: int) -> str:
        """The size of a file, as a reader on a slow line wants to know it."""
        return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} KB"

    @staticmethod
    def accent_sheet(colour: str) -> str:
        return accent.address(colour)

    @staticmethod
    def absolute(path: str) -> str:
        return current_app.extensions["confapp"].base_url.rstrip("/") + path

    @staticmethod
    def is_choices(field: Any) -> bool:
        several = isinstance(field, wtforms.SelectMultipleField)
        boxes = several and getattr(field.option_widget, "input_type", "") == "checkbox"
        return boxes or isinstance(field, wtforms.RadioField)

    @staticmethod
    def is_optional(field: Any) -> bool:
        """Not where one of several is always chosen, though the form does not ask for it."""
        chooses_one = isinstance(field, wtforms.SelectField) and not isinstance(field, wtforms.SelectMultipleField)
        if field.flags.required or not chooses_one:
            return not field.flags.required
        is_menu = not isinstance(field, wtforms.RadioField)
        values = [str(choice[0]) for choice in field.iter_choices()]
        return "" in values or not (is_menu or str(field.data) in values)

    @staticmethod
    def is_translated(field: Any) -> bool:
        return bool(field.type == "TranslatedField")

    @staticmethod
    def takes_files(form: Any) -> bool:
        """Whether some field of a form, or of one that stands in it, is a file."""
        forms = [one for one in (form, *getattr(form, "parts", ())) if one is not None]
        return any(isinstance(field, wtforms.FileField) for one in forms for field in one)

    @staticmethod
    def failures(form: Any) -> list[tuple[str, str, str]]:
        """(id of the control, its label, what is wrong) for each error, in the order of the page."""
        return list(_failures(form)) if form is not None else []

    @staticmethod
    def attributes(*, described: str = "", invalid: Any = (), lang: str = "", **others: str) -> dict[str, str]:
        """Attributes of a control, those without a value left out."""
        found = {
            "aria-describedby": described,
            "aria-invalid": "true" if invalid else "",
            "lang": lang,
            "dir": "auto" if lang else "",
            **others,
        }
        return {name: value for name, value in found.items() if value}


def text(value: Mapping[str, str] | None) -> Markup:
    """A translated value, with `lang` and `dir` when it is not in the page's language."""
    return phrase(*languages.pick(value))


def phrase(words: str, code: str) -> Markup:
    """Words in a language known by its code. A function, for lists ask it hundreds of times a page."""
    if not code or code == languages.current():
        return escape(words)
    direction = languages.language(code).direction
    return Markup('<span lang="{}" dir="{}">{}</span>').format(code, direction, words)


def status(kind: str, word: str) -> Markup:
    """`kind` is neutral, waiting, good, attention or bad. The normal state of a list is neutral."""
    return Markup('<span class="status {}">{}</span>').format(kind, word)


def cell(label: str, content: str) -> Markup:
    """A cell of a table, with the label that it bears on a narrow screen: for what many rows have alike."""
    return Markup('<td data-label="{}">{}</td>').format(label, content)


def _failures(form: Any) -> Iterator[tuple[str, str, str]]:
    for message in getattr(form, "form_errors", ()):
        yield "", "", str(message)
    order = {name: place for place, name in enumerate(getattr(form, "page_order", ()))}
    for field in sorted(form, key=lambda field: order.get(field.short_name, len(order))):
        yield from _failures_of(field)
    for part in getattr(form, "parts", ()):
        yield from _failures(part)


def _failures_of(field: Any) -> Iterator[tuple[str, str, str]]:
    """Of one field, of each language of a translated one, or of each row of a list."""
    if isinstance(field, wtforms.FieldList):
        for row in field:
            for part in row:
                yield from _failures_of(part)
    elif isinstance(field.errors, dict):
        yield from ((part.id, f"{field.label.text} ({part.label.text})", str(e)) for part in field for e in part.errors)
    else:
        yield from ((field.id, str(field.label.text), str(error)) for error in field.errors)


def install(app: Flask) -> None:
    app.jinja_env.globals["ui"] = Components(app)
    accent.install(app)
    if app.extensions["confapp"].shows_components:
        app.add_url_rule("/desk/_ui", "components", guard.public(show))


def show() -> str:
    """Each component in each of its states, with plain example data."""
    return render_template("ui/_all.html", example=_example())


class _Example(wtforms.Form):
    given = wtforms.StringField("Given name", [InputRequired()], description="As it is written in the passport.")
    email = wtforms.EmailField("E-mail")
    birth = wtforms.DateField("Date of birth")
    remarks = wtforms.TextAreaField("Remarks")
    mode = wtforms.RadioField(
        "Attendance", [InputRequired()], choices=[("in-person", "In person"), ("online", "Online")]
    )
    consent = wtforms.BooleanField("My name may stand in the list of participants")
    category = wtforms.SelectField("Category", [InputRequired()], choices=["Delegate", "Observer", "Media"])
    title = wtforms.StringField("Title")


def _example() -> SimpleNamespace:
    form = _Example(data={"given": "", "email": "focal point at example", "category": "Delegate"})
    form.given.errors = ["Type the given name. If there is only a family name, type a hyphen here."]
    form.email.errors = ["An e-mail address has one @ and no spaces."]
    people = [
        ("Sari, H.E. Ms Dewi", "Minister", "Exampleland", "Head of delegation", ("neutral", "Accredited"), 1),
        ("van der Berg, Mr Jan", "Director", "Exampleland", "Delegate", ("waiting", "To decide"), 1),
        ("Rahman, Dr Nur Aisyah", "Adviser", "Samplestan", "Delegate", ("attention", "Returned"), 12),
        ("محمد الفاسي", "Ambassador", "Testonia", "Deputy head", ("bad", "Refused"), 3),
        ("Tanaka, Ms Yuki", "Correspondent", "", "Media", ("good", "Checked in"), 1),
    ]
    return SimpleNamespace(
        form=form,
        people=[
            SimpleNamespace(name=n, title=t, delegation=d, category=c, status=s, places=p)
            for n, t, d, c, s, p in people
        ],
        filters=_items("All", "To decide", "Returned", "Accredited", counts=(855, 12, 3, 840)),
        tabs=_items("Mon 11 January", "Tue 12 January", "Wed 13 January"),
        steps=[
            {"label": "Person", "state": "done", "url": "#main"},
            {"label": "Accreditation", "state": "current"},
            {"label": "Check", "state": "todo"},
        ],
        rooms=["Plenary Hall", "Room 1", "Room 2", "Room 3"],
        rows=_rows(),
    )


def _items(*labels: str, counts: tuple[int, ...] = ()) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": "#main", "current": number == 0, "count": counts[number] if counts else None}
        for number, label in enumerate(labels)
    ]


def _rows() -> list[SimpleNamespace]:
    def cell(
        *titles: str, across: int = 1, down: int = 1, room: str = "Plenary Hall", status: Any = None
    ) -> tuple[Any, ...]:
        sessions = [(title, "", "", "#main", "until 10:30", "", status, status == CANCELLED) for title in titles]
        return sessions, across, down, room

    return [
        SimpleNamespace(start="09:00", iso="2027-01-12T09:00+08:00", cells=[cell("Opening ceremony", across=4)]),
        SimpleNamespace(
            start="10:00",
            iso="2027-01-12T10:00+08:00",
            cells=[
                cell("General debate", down=2),
                cell(
                    "Inclusive digital economy: benefits and challenges", room="Room 1", status=("attention", "Moved")
                ),
                cell("Making sense of data and digital diplomacy", room="Room 2"),
                cell(room="Room 3"),
            ],
        ),
        SimpleNamespace(
            start="11:00",
            iso="2027-01-12T11:00+08:00",
            cells=[
                cell("Digital innovation", room="Room 1"),
                cell("Workshop", room="Room 2", status=CANCELLED),
                cell("Side event", room="Room 3"),
            ],
        ),
    ]
