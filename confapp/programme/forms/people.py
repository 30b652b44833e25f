"""Who takes part in a session, and points of its order."""

from typing import Any

import wtforms
from wtforms.validators import Optional

from confapp.foundation import languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.text import fold
from confapp.foundation.web.forms import Form, NameField, TextField, TranslatedField, labelled, required
from confapp.programme import queries
from confapp.programme.forms.fields import minutes_field
from confapp.programme.models import Item, SessionRole
from confapp.programme.rules import ROLE_NAMES, STATUS_NAMES

NEW = "new"


class WhoForm(Form):
    """Whom something is for: a person by name, known or new, or a delegation."""

    name = NameField(
        lazy("Person"), description=lazy("Type the name. When several have it, or nobody yet, you are asked.")
    )
    who = wtforms.RadioField(lazy("Which person is meant?"), [Optional()], choices=[], validate_choice=False)
    delegation = wtforms.SelectField(
        lazy("Delegation"),
        choices=lambda: [("", _("None")), *((one.ref, languages.best(one.name)) for one in queries.delegations())],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        return self._is_clear_who() and good

    def _is_clear_who(self) -> bool:
        if not self.name.data:
            self.who.data = None
            return True
        found = queries.people_named(self.name.data)
        self.who.choices = [(one.person.ref, _namesake(one)) for one in found]
        self.who.choices.append((NEW, _("A new speaker: %(name)s", name=self.name.data)))
        self.who.flags.required = True
        if self.who.data in dict(self.who.choices):
            return True
        same = [
            one for one in found if fold(self.name.data) in (fold(one.person.full_name), fold(one.person.printed_name))
        ]
        if len(same) == 1:
            self.who.data = same[0].person.ref
            return True
        self.who.data = None if found else NEW
        self.who.errors = [
            _("Choose which person is meant.")
            if found
            else _("Nobody of this name is in the conference. Save again to add a new speaker.")
        ]
        return False

    def show_person(self, row: Item | SessionRole) -> None:
        if row.person is not None and not self.who.choices:
            self.who.choices = [(row.person.ref, row.person.full_name)]


def _namesake(found: queries.Namesake) -> str:
    about = languages.best(found.about)
    return f"{found.person.full_name}, {about}" if about else found.person.full_name


class ItemForm(WhoForm):
    title = TranslatedField(lazy("Title"), longest=300)
    minutes = minutes_field(lazy("Length in minutes"), Optional())

    @classmethod
    def of(cls, item: Item | None) -> "ItemForm":
        if item is None:
            return cls()
        form = cls(
            title=item.title,
            minutes=item.minutes,
            name=item.person.full_name if item.person else "",
            who=item.person.ref if item.person else None,
            delegation=item.delegation.ref if item.delegation else "",
        )
        form.show_person(item)
        return form


class RoleForm(WhoForm):
    role = wtforms.SelectField(lazy("Part"), [required()], choices=lambda: labelled(ROLE_NAMES))
    printed_function = TranslatedField(
        lazy("Printed function"),
        longest=300,
        description=lazy("Below the name; alone when no person or delegation is named, such as “Ambassador of …”."),
    )
    language = TextField(
        lazy("Languages of an interpreter"), longest=25, description=lazy("From and into, such as en–id.")
    )
    status = wtforms.SelectField(lazy("Answer"), [required()], choices=lambda: labelled(STATUS_NAMES))

    @classmethod
    def of(cls, row: SessionRole | None) -> "RoleForm":
        if row is None:
            return cls(status="confirmed", role="speaker")
        form = cls(
            role=row.role.value,
            status=row.status.value,
            name=row.person.full_name if row.person else "",
            who=row.person.ref if row.person else None,
            delegation=row.delegation.ref if row.delegation else "",
            printed_function=row.printed_function,
            language=row.language,
        )
        form.show_person(row)
        return form


class ReplaceForm(WhoForm):
    """The person who takes over a part."""

    delegation = None


class DelegationsForm(Form):
    """One item for each delegation."""

    title = TranslatedField(lazy("Title of each item"), one_needed=True, longest=300)
    minutes = minutes_field(lazy("Minutes for each"), Optional())
