from typing import Any

import wtforms

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import EmailField, Form, NameField, TranslatedField, required
from confapp.speakers.models import Speaker

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
