"""The page that lists the states of a past conference, in the order that each language gives."""

from datetime import date

from confapp.demo.content import Page, Text
from confapp.foundation.text import fold
from confapp.registration.states import catalogue

TITLE: Text = {"en": "Participating states", "id": "Negara peserta"}
NOTE: Text = {
    "en": "As reported, by the usual short names, in the alphabetical order of this language.",
    "id": "Sebagaimana diberitakan, dengan nama singkat yang lazim, menurut abjad dalam bahasa ini.",
}


def participating_states(codes: tuple[str, ...], as_of: date, title: Text = TITLE) -> Page:
    parties = [party for party in catalogue() if party.code in codes]
    body = {}
    for language in ("en", "id"):
        names = sorted((party.designation(language) for party in parties), key=fold)
        body[language] = NOTE[language] + "\n\n" + "\n".join(f"- {name}" for name in names)
    return Page("states", title, body, as_of)
