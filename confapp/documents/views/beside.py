"""What stands beside an adopted text, drawn in the language of the text."""

from dataclasses import dataclass

from flask import get_template_attribute

from confapp.documents.rules.reading import Reading
from confapp.foundation.languages import printing


@dataclass(frozen=True)
class Drawn:
    after: str
    endorsements: str


def drawn(reading: Reading) -> Drawn:
    with printing(reading.language):
        after, endorsements = (
            get_template_attribute("documents/published/_beside.html", name) for name in ("after", "endorsements")
        )
        return Drawn(after(reading), endorsements(reading) if reading.beside.endorsements else "")
