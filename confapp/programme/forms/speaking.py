"""A speaker's own page."""

from typing import Any

import wtforms
from flask import g

from confapp.conferences.rules import FORMAT_NAMES, Format, zones
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import LongTextField, TranslatedField, required
from confapp.programme.forms.fields import RevisionForm, WindowsField, windows_of
from confapp.speakers.models import Speaker


class SpeakingForm(RevisionForm):
    """What speakers say of themselves; the hours are in the conference's zone."""

    affiliation = TranslatedField(
        lazy("Function or affiliation"), longest=300, description=lazy("Printed below the name.")
    )
    biography = TranslatedField(
        lazy("Biography"), long=True, longest=5000, description=lazy("Printed from the next release of the programme.")
    )
    mode = wtforms.SelectField(lazy("How you take part"), [required()], choices=lambda: _ways())
    zone = wtforms.SelectField(
        lazy("Your time zone"),
        choices=lambda: [("", _("That of the conference")), *((one, one.replace("_", " ")) for one in zones())],
        description=lazy("So that nobody is asked to speak online in the middle of the night."),
    )
    needs = LongTextField(
        lazy("What you need"),
        longest=2000,
        description=lazy("Such as a projector, sound or a ramp. For the organizers."),
    )
    free = WindowsField(
        lazy("Free only"),
        description=lazy("One line for each day, such as 2027-01-12 08:00–18:00. Empty: always."),
    )
    busy = WindowsField(lazy("Not free"), description=lazy("Lines of the same kind."))

    @classmethod
    def of(cls, speaker: Speaker, *, sent: bool = True) -> "SpeakingForm":
        same = ("affiliation", "biography", "zone", "needs", "revision")
        known: dict[str, Any] = {name: getattr(speaker, name) for name in same}
        known |= {"mode": speaker.mode.value, "free": windows_of(speaker, True), "busy": windows_of(speaker, False)}
        form = cls(**known) if sent else cls(formdata=None, **known)
        form.free.label.text = _("Free only (%(zone)s)", zone=g.conference.zone_label)
        form.busy.label.text = _("Not free (%(zone)s)", zone=g.conference.zone_label)
        return form

    def values(self) -> dict[str, Any]:
        same = ("affiliation", "biography", "zone", "needs", "free", "busy")
        return {name: self[name].data for name in same} | {"mode": Format(self.mode.data)}


def _ways() -> list[tuple[str, str]]:
    return [(one.value, _(FORMAT_NAMES[one])) for one in (Format.IN_PERSON, Format.ONLINE)]
