"""Links and files of a session."""

from typing import Any

import wtforms
from flask import g
from wtforms.validators import Optional

from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, SecondsField, TextField, TranslatedField, labelled, required
from confapp.programme.forms.fields import RevisionForm
from confapp.programme.forms.sessions import _heard
from confapp.programme.models import Material, SessionLink
from confapp.programme.rules import Access, LinkKind, MaterialKind
from confapp.programme.rules.handouts import (
    AUDIENCE_NAMES,
    FILE_KINDS,
    LARGEST_FILE,
    LINK_NAMES,
    LONGEST_URL,
    MATERIAL_NAMES,
)


class LinkForm(RevisionForm):
    """A way to join, watch or hear a session."""

    kind = wtforms.SelectField(lazy("Kind"), [required()], choices=lambda: labelled(LINK_NAMES))
    url = TextField(lazy("Address"), [required()], longest=LONGEST_URL, description=lazy("Begins with https://."))
    language = wtforms.SelectField(lazy("Language"), choices=_heard)
    access = wtforms.SelectField(lazy("For"), [required()], choices=lambda: labelled(AUDIENCE_NAMES))
    opens_at = SecondsField(
        lazy("From"),
        [Optional()],
        description=lazy("Empty: 15 minutes before the session as published; a recording from its end."),
    )
    closes_at = SecondsField(
        lazy("Until"),
        [Optional()],
        description=lazy("Empty: 15 minutes after the session; a recording without end."),
    )

    @classmethod
    def of(cls, row: SessionLink | None) -> "LinkForm":
        same = ("url", "language", "opens_at", "closes_at", "revision")
        known: dict[str, Any] = {name: getattr(row, name) for name in same} if row is not None else {}
        kind = {"kind": row.kind.value} if row is not None else {}
        form = cls(access=row.access.value if row is not None else Access.CLOSED.value, **kind, **known)
        for field in (form.opens_at, form.closes_at):
            field.label.text = f"{field.label.text} ({g.conference.zone_label})"
        return form

    def values(self) -> dict[str, Any]:
        same = {name: self[name].data for name in ("url", "language", "opens_at", "closes_at")}
        return same | {"kind": LinkKind(self.kind.data), "access": Access(self.access.data)}


class HandInForm(Form):
    """Slides or a statement, as somebody who speaks hands it in."""

    file = wtforms.FileField(lazy("File"))
    kind = wtforms.SelectField(lazy("What it is"), [required()], choices=lambda: labelled(MATERIAL_NAMES))
    language = wtforms.SelectField(lazy("Language"), choices=_heard)
    embargo_until = SecondsField(lazy("Not before"), [Optional()], description=lazy("Readers get it from then on."))
    check_against_delivery = wtforms.BooleanField(
        lazy("Check against delivery"), description=lazy("Readers are told that only the spoken word counts.")
    )

    def name_the_zone(self) -> None:
        self.embargo_until.label.text = f"{self.embargo_until.label.text} ({g.conference.zone_label})"
        self.file.description = _(
            "%(kinds)s; at most %(size)s MB.", kinds=FILE_KINDS, size=f"{LARGEST_FILE / 1_000_000:g}"
        )

    @classmethod
    def fresh(cls, *, sent: bool = True) -> "HandInForm":
        """`sent`: with what was posted to it; two forms stand on a speaker's page."""
        usual = {"kind": MaterialKind.SLIDES.value}
        form = cls(data=usual) if sent else cls(formdata=None, data=usual)
        form.name_the_zone()
        form.file.flags.required = True
        return form

    def values(self) -> dict[str, Any]:
        same = {name: self[name].data for name in ("language", "embargo_until", "check_against_delivery")}
        return same | {"kind": MaterialKind(self.kind.data), "title": {}}


class MaterialForm(HandInForm):
    """The same as the desk sees it: also with a title, and for whom it is."""

    revision = wtforms.IntegerField(widget=wtforms.widgets.HiddenInput())
    title = TranslatedField(lazy("Title"), longest=200, description=lazy("Empty: what it is, such as “Slides”."))
    access = wtforms.SelectField(lazy("For"), [required()], choices=lambda: labelled(AUDIENCE_NAMES))

    @classmethod
    def of(cls, row: Material | None) -> "MaterialForm":
        same = ("title", "language", "embargo_until", "check_against_delivery", "revision")
        known: dict[str, Any] = {name: getattr(row, name) for name in same} if row is not None else {}
        kind, access = (row.kind, row.access) if row is not None else (MaterialKind.DOCUMENT, Access.OPEN)
        form = cls(kind=kind.value, access=access.value, **known)
        form.name_the_zone()
        form.file.flags.required = row is None
        if row is not None:
            form.file.label.text = _("Another file in its place")
        return form

    def values(self) -> dict[str, Any]:
        return super().values() | {"title": self.title.data, "access": Access(self.access.data)}
