from datetime import datetime
from enum import StrEnum
from typing import Any

from confapp.foundation.access import by_roles
from confapp.foundation.languages import N_
from confapp.people.rules import Role

MANAGE_SPEAKERS = by_roles(
    "manage_speakers", N_("Add speakers and what is printed of them"), Role.ORGANIZER, Role.PROGRAMME_OFFICER
)


class SpeakerConsent(StrEnum):
    """What those who speak are asked, each by itself; registration forms ask for other kinds."""

    RECORDED = "speaker_recorded"
    STREAMED = "speaker_streamed"
    PHOTOGRAPHED = "speaker_photographed"
    PORTRAIT = "speaker_portrait"


CONSENT_NAMES: dict[str, str] = {
    SpeakerConsent.RECORDED: N_("Recording"),
    SpeakerConsent.STREAMED: N_("Live stream"),
    SpeakerConsent.PHOTOGRAPHED: N_("Photographs while speaking"),
    SpeakerConsent.PORTRAIT: N_("Portrait on the public pages"),
}
# The first version of each text, as people agree to it: data with versions, not words of the interface.
CONSENT_TEXTS: dict[str, dict[str, str]] = {
    SpeakerConsent.RECORDED: {
        "en": "My contribution may be recorded in sound and picture, and the recording may be published.",
        "id": "Kontribusi saya boleh direkam dalam bentuk suara dan gambar, dan rekamannya boleh diumumkan.",
        "ar": "يجوز تسجيل مداخلتي صوتًا وصورة، ويجوز نشر التسجيل.",
    },
    SpeakerConsent.STREAMED: {
        "en": "My contribution may be streamed live to those who do not sit in the room.",
        "id": "Kontribusi saya boleh disiarkan langsung kepada mereka yang tidak berada di ruangan.",
        "ar": "يجوز بث مداخلتي مباشرة لمن ليسوا في القاعة.",
    },
    SpeakerConsent.PHOTOGRAPHED: {
        "en": "Photographs of me may be taken while I speak, and published with my name.",
        "id": "Saya boleh difoto saat berbicara, dan foto itu boleh diumumkan dengan nama saya.",
        "ar": "يجوز التقاط صور لي أثناء حديثي ونشرها مع ذكر اسمي.",
    },
    SpeakerConsent.PORTRAIT: {
        "en": "My photograph on this page may be shown beside my name in the published programme.",
        "id": "Foto saya di halaman ini boleh ditampilkan di samping nama saya dalam program yang diumumkan.",
        "ar": "يجوز عرض صورتي الموجودة في هذه الصفحة بجانب اسمي في البرنامج المنشور.",
    },
}
IN_THE_ROOM = (SpeakerConsent.RECORDED, SpeakerConsent.STREAMED, SpeakerConsent.PHOTOGRAPHED)


class Missing(StrEnum):
    """What is still to come from somebody who speaks."""

    ANSWER = "answer"
    BIOGRAPHY = "biography"
    PHOTO = "photo"
    CONSENT = "consent"
    SLIDES = "slides"


MISSING_NAMES: dict[str, str] = {
    Missing.ANSWER: N_("Answer"),
    Missing.BIOGRAPHY: N_("Biography"),
    Missing.PHOTO: N_("Photograph"),
    Missing.CONSENT: N_("Agreement"),
    Missing.SLIDES: N_("Slides"),
}


def missing(speaker: Any, asked_again: datetime | None, *, owes_slides: bool = False) -> list[Missing]:
    """`asked_again` is when a text of the consents changed last: what was said before is to be said anew. Whoever was
    never invited owes no answer."""
    said = speaker.consents_at
    found = {
        Missing.ANSWER: speaker.waits,
        Missing.BIOGRAPHY: not speaker.biography,
        Missing.PHOTO: speaker.photo_id is None,
        Missing.CONSENT: said is None or (asked_again is not None and said < asked_again),
        Missing.SLIDES: owes_slides,
    }
    return [one for one, is_missing in found.items() if is_missing]
