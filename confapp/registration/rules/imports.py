"""Bringing in tables of people and folders of photographs, and doing something for many at once."""

from enum import StrEnum

from confapp.foundation.languages import N_


class ImportState(StrEnum):
    UPLOADED = "uploaded"
    CHECKED = "checked"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


class ImportKind(StrEnum):
    PEOPLE = "people"
    PHOTOS = "photos"


class ActKind(StrEnum):
    """What can be done for everybody who was ticked, beside decisions."""

    MAIL = "mail"
    LINKS = "links"
    TAG = "tag"
    UNTAG = "untag"


ACT_NAMES: dict[str, str] = {
    ActKind.MAIL: N_("Write a mail"),
    ActKind.LINKS: N_("Send each their link again"),
    ActKind.TAG: N_("Give a tag"),
    ActKind.UNTAG: N_("Take a tag away"),
}

MISSING_NAMES: dict[str, str] = {
    "photo": N_("Photograph"),
    "email": N_("E-mail address"),
    "credential": N_("Note verbale or letter"),
    "checked": N_("A checked note verbale or letter"),
}
OFFICE_NAMES: dict[str, str] = {
    "protocol": N_("Protocol office"),
    "security": N_("Security office"),
    "press": N_("Press desk"),
    "accreditation": N_("Accreditation office"),
}
