"""What is typed for categories."""

from typing import Any

import wtforms
from wtforms import validators

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import (
    Form,
    TextField,
    TranslatedField,
    labelled,
    required,
)
from confapp.registration import rules
from confapp.registration.rules import (
    Track,
)


class CategoryForm(Form):
    code = TextField(
        lazy("Short name"), longest=40, description=lazy("Small letters and digits, such as media. It stays as it is.")
    )
    name = TranslatedField(lazy("Name"), one_needed=True, longest=120)
    hint = TranslatedField(lazy("Who belongs to it"), longest=300)
    track = wtforms.RadioField(lazy("Steps"), [required()], default=Track.ACCREDITATION.value)
    for_delegations = wtforms.BooleanField(lazy("Delegations register their members in it"))
    open_to_all = wtforms.BooleanField(lazy("Anybody may register in it on the public page"))
    capacity = wtforms.IntegerField(
        lazy("Places"),
        [validators.Optional(), validators.NumberRange(0, 1_000_000, lazy("Write a number from 0 to 1000000."))],
        description=lazy("Left empty: no limit."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.track.choices = labelled(rules.TRACK_NAMES)
