"""Links and files of the sample's sessions, and one site that may show its programme. All of it is made up."""

from collections.abc import Mapping
from datetime import timedelta

from confapp.conferences.models import Conference
from confapp.foundation import clock, files
from confapp.foundation.access import Actor
from confapp.programme.actions import handouts
from confapp.programme.models import Session
from confapp.programme.rules import LinkKind, MaterialKind

SITE = "https://ministry.example"
STREAM = "https://video.example/sample/{key}/live"
RECORDING = "https://video.example/sample/{key}/recording"
WORDS = "This file is an example. Nobody wrote it for a conference."


def load(conference: Conference, sessions: Mapping[str, Session], by: Actor) -> None:
    """A stream and a recording of the opening, and two handouts, of which one is withheld until the end."""
    conference.embed_origins = [SITE]
    key = "opening"
    session = sessions[key]
    handouts.add_link(
        by, session, kind=LinkKind.STREAM, url=STREAM.format(key=key), language="en", closes_at=conference.ends_at
    )
    after = conference.ends_at + timedelta(days=60)
    handouts.add_link(
        by,
        session,
        kind=LinkKind.RECORDING,
        url=RECORDING.format(key=key),
        language="en",
        opens_at=max(conference.ends_at, clock.now()),
        closes_at=max(after, clock.now() + timedelta(days=60)),
    )
    for kind, title, embargo in (
        (MaterialKind.DOCUMENT, {"en": "Concept note", "id": "Catatan konsep", "ar": "مذكرة مفاهيمية"}, None),
        (
            MaterialKind.STATEMENT,
            {"en": "Opening statement", "id": "Pernyataan pembukaan", "ar": "البيان الافتتاحي"},
            conference.ends_at,
        ),
    ):
        name = f"{title['en'].lower().replace(' ', '-')}.pdf"
        file = files.store(page(title["en"], WORDS), "application/pdf", name, conference_id=conference.id)
        handouts.add_material(
            by,
            session,
            file,
            kind=kind,
            title=title,
            language="en",
            embargo_until=embargo,
            check_against_delivery=kind == MaterialKind.STATEMENT,
        )


def page(*lines: str) -> bytes:
    """One page (PDF 1.4) with some lines of plain letters."""
    words = " ".join(f"({line}) Tj 0 -24 Td" for line in lines)
    drawn = f"BT /F1 14 Tf 72 760 Td {words} ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    file, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    ends = f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF\n"
    return (file + ends).encode("ascii")
