"""What is typed for categories and the private links to them."""

from typing import Any

import wtforms
from wtforms import validators

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import (
    Form,
    MomentField,
    TextField,
    TranslatedField,
    labelled,
    required,
)
from confapp.registration import rules
from confapp.registration.rules import PhotoNeed, Track
from confapp.registration.rules.ways import Ways


def places_field(label: Any) -> wtforms.IntegerField:
    return wtforms.IntegerField(
        label,
        [validators.Optional(), validators.NumberRange(0, 1_000_000, lazy("Write a number from 0 to 1000000."))],
        description=lazy("Left empty: no limit."),
    )


class CategoryForm(Form):
    name = TranslatedField(lazy("Name"), one_needed=True, longest=120)
    code = TextField(
        lazy("Short name"), longest=40, description=lazy("Small letters and digits, such as media. It stays as it is.")
    )
    hint = TranslatedField(lazy("Who belongs to it"), longest=300)
    for_delegations = wtforms.BooleanField(
        lazy("Focal points register their members"), description=lazy("The focal point fills in and answers.")
    )
    members_fill_in = wtforms.BooleanField(
        lazy("Focal points invite their members"),
        description=lazy("The member gets a link, fills in and agrees; a place is held meanwhile."),
    )
    open_to_all = wtforms.BooleanField(
        lazy("People register themselves"), description=lazy("On the public page; then the steps below follow.")
    )
    needs_link = wtforms.BooleanField(
        lazy("Themselves, but only by a private link"),
        description=lazy("The category does not stand on the public page."),
    )
    accompanying = wtforms.BooleanField(
        lazy("For persons who accompany a member"),
        description=lazy("Registered from the member's page; they take no place of the delegation."),
    )
    groups = wtforms.SelectMultipleField(
        lazy("Only delegations of these groups"),
        validate_choice=False,
        option_widget=wtforms.widgets.CheckboxInput(),
        widget=wtforms.widgets.ListWidget(prefix_label=False),
        description=lazy("None ticked: every delegation."),
    )
    photo = wtforms.RadioField(lazy("Photograph"), [validators.DataRequired()], default=PhotoNeed.OPTIONAL.value)
    track = wtforms.RadioField(lazy("Steps"), [required()], default=Track.ACCREDITATION.value)
    capacity = places_field(lazy("Places"))

    def __init__(self, *args: Any, groups: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.track.choices = labelled(rules.TRACK_NAMES)
        self.photo.choices = labelled(rules.PHOTO_NEED_NAMES)
        self.groups.choices = [(group, group) for group in groups]
        if not groups:
            del self.groups

    def ways(self) -> Ways:
        chosen = self._fields["groups"].data if "groups" in self._fields else []
        offered = [group for group, _label in self.groups.choices or ()] if chosen else []
        return Ways(
            for_delegations=self.for_delegations.data,
            members_fill_in=self.members_fill_in.data,
            open_to_all=self.open_to_all.data or self.needs_link.data,
            needs_link=self.needs_link.data,
            groups=tuple(group for group in offered if group in chosen),
            accompanying=self.accompanying.data,
            photo=PhotoNeed(self.photo.data),
        )


class PrivateLinkForm(Form):
    label = TextField(
        lazy("For whom"),
        [required()],
        longest=120,
        description=lazy("For the organizers, such as Partners of the host."),
    )
    places = places_field(lazy("Places"))
    ends_at = MomentField(
        lazy("Until"),
        [validators.Optional()],
        description=lazy("In the conference's zone. Left empty: as long as registration is open."),
    )
