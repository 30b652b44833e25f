"""Letters: their kinds and the life of one."""

from enum import StrEnum

from confapp.foundation.languages import N_


class LetterKind(StrEnum):
    NOTE_VERBALE = "note_verbale"
    INVITATION = "invitation"
    PERSONAL_INVITATION = "personal_invitation"
    VISA_SUPPORT = "visa_support"
    CONFIRMATION = "confirmation"


class LetterStatus(StrEnum):
    REQUESTED = "requested"
    CHECKED = "checked"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


LETTER_KIND_NAMES: dict[str, str] = {
    LetterKind.NOTE_VERBALE: N_("Note verbale of invitation"),
    LetterKind.INVITATION: N_("Letter of invitation"),
    LetterKind.PERSONAL_INVITATION: N_("Personal letter of invitation"),
    LetterKind.VISA_SUPPORT: N_("Visa support letter"),
    LetterKind.CONFIRMATION: N_("Confirmation of participation"),
}
LETTER_STATUS_NAMES: dict[str, str] = {
    LetterStatus.REQUESTED: N_("Asked for"),
    LetterStatus.CHECKED: N_("Checked"),
    LetterStatus.ISSUED: N_("Issued"),
    LetterStatus.REFUSED: N_("Refused"),
    LetterStatus.WITHDRAWN: N_("Withdrawn"),
}
