"""How a list is narrowed, and the name of a view that is kept of it."""

from typing import Any

import wtforms

from confapp.foundation.languages import best, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.forms import Form, NameField, labelled, required
from confapp.registration import queries
from confapp.registration.forms.people import CountryField
from confapp.registration.queries import lists
from confapp.registration.rules import CAPACITY_NAMES, STATUS_NAMES
from confapp.registration.rules.imports import MISSING_NAMES, OFFICE_NAMES

Choices = list[tuple[str, str]]


class NarrowForm(Form):
    """Sent by GET; an empty choice does not narrow."""

    status = wtforms.SelectField(lazy("Status"))
    category = wtforms.SelectField(lazy("Category"))
    delegation = wtforms.SelectField(lazy("Delegation"))
    group = wtforms.SelectField(lazy("Group of delegations"))
    country = CountryField(lazy("Country"))
    capacity = wtforms.SelectField(lazy("Capacity"))
    step = wtforms.SelectField(lazy("Waits for"))
    assignee = wtforms.SelectField(lazy("In the hands of"))
    tag = wtforms.SelectField(lazy("Tag"))
    link = wtforms.SelectField(lazy("Private link"))
    missing = wtforms.SelectField(lazy("Missing"))
    waiting = wtforms.BooleanField(lazy("Only those on a waiting list"))
    asked = wtforms.BooleanField(lazy("Only those with a question that nobody has answered"))
    size = wtforms.SelectField(lazy("Rows on a page"), default=str(lists.PAGE))

    def offer(self, actor: Any, conference: Any) -> None:
        """Fills the lists of choices with what the conference has."""
        self._choose("status", labelled(STATUS_NAMES))
        self._choose("category", [(one.code, best(one.name)) for one in queries.categories()])
        delegations = queries.delegation_names(actor, conference)
        self._choose("delegation", [(ref, best(name)) for ref, name in delegations])
        self._choose("group", [(one, one) for one in queries.groups_of_delegations()])
        self._choose("capacity", labelled(CAPACITY_NAMES))
        self._choose("step", labelled(OFFICE_NAMES))
        self._choose("assignee", [("none", _("nobody")), *queries.assignees(actor, conference)])
        self._choose("tag", [(one, one) for one in lists.tags(actor, conference)])
        self._choose("link", [(one, one) for one in lists.links()])
        self._choose("missing", labelled(MISSING_NAMES))
        self._fields["size"].choices = [(str(size), str(size)) for size in lists.SIZES]

    def _choose(self, name: str, choices: Choices) -> None:
        self._fields[name].choices = [("", _("any")), *choices]


class SavedViewForm(Form):
    name = NameField(lazy("Name of the view"), [required()], longest=80)
    shared = wtforms.BooleanField(lazy("Show it to everybody who sees this list"))
