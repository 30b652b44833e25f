from collections.abc import Mapping
from typing import Any

import wtforms

from confapp.foundation.languages import best, lazy
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.forms import EmailField, Form, NameField, TranslatedField, required
from confapp.people.queries import Standing
from confapp.speakers.models import Speaker
from confapp.speakers.rules import CONSENT_NAMES, SpeakerConsent

OF_PERSON = ("honorific", "given_name", "family_name", "printed_name", "email")


class SpeakerForm(Form):
    honorific = NameField(lazy("Style of address"), longest=60, description=lazy("Such as H.E. Ms or Prof. Dr."))
    printed_name = NameField(
        lazy("Name as printed"),
        [required()],
        description=lazy("As it stands in the programme, without the style of address."),
    )
    given_name = NameField(lazy("Given name"), longest=120)
    family_name = NameField(lazy("Family name"), longest=120, description=lazy("Lists are ordered by it."))
    email = EmailField(lazy("E-mail"), description=lazy("For the organizers only."))
    affiliation = TranslatedField(
        lazy("Function or affiliation"), longest=300, description=lazy("Printed below the name.")
    )
    biography = TranslatedField(lazy("Biography"), long=True, longest=5000)
    revision = wtforms.IntegerField(widget=wtforms.widgets.HiddenInput())

    @classmethod
    def of(cls, speaker: Speaker | None) -> "SpeakerForm":
        if speaker is None:
            return cls()
        known = {name: getattr(speaker.person, name) for name in OF_PERSON}
        return cls(affiliation=speaker.affiliation, biography=speaker.biography, revision=speaker.revision, **known)

    def values(self) -> dict[str, Any]:
        texts = {"affiliation": self.affiliation.data, "biography": self.biography.data}
        return texts | {name: self[name].data or "" for name in OF_PERSON}


class SpeakerConsentsForm(Form):
    """What a speaker agrees to, each by itself; ticked is only what was ticked by them before."""

    speaker_recorded = wtforms.BooleanField()
    speaker_streamed = wtforms.BooleanField()
    speaker_photographed = wtforms.BooleanField()
    speaker_portrait = wtforms.BooleanField()

    @classmethod
    def of(cls, standing: Mapping[str, Standing], *, sent: bool = True) -> "SpeakerConsentsForm":
        known = {kind: bool(one.agreed) and not one.is_outdated for kind, one in standing.items()}
        form = cls(data=known) if sent else cls(formdata=None, data=known)
        for kind, one in standing.items():
            form[kind].label.text = best(one.text)
            form[kind].description = _("%(name)s, version %(number)s", name=_(CONSENT_NAMES[kind]), number=one.version)
        return form

    def given(self) -> set[str]:
        return {kind.value for kind in SpeakerConsent if self[kind].data}


class ConsentTextForm(Form):
    text = TranslatedField(lazy("Text"), one_needed=True, long=True, longest=2000)
