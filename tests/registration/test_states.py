import json

import pytest

from confapp.registration.states import (
    DESIGNATIONS,
    FORMAL_NAMES,
    LANGUAGES,
    NAME_CORRECTIONS,
    OTHER_LANGUAGES,
    STATE_CODES,
    Kind,
    UnStatus,
    catalogue,
)

pytestmark = pytest.mark.once

PARTIES = {party.code: party for party in catalogue()}


def test_the_members_and_observers_of_the_united_nations_are_there_once() -> None:
    states = [party for party in catalogue() if party.kind is Kind.STATE]
    assert len(states) == 195
    assert len({party.alpha2 for party in states}) == 195
    assert len(PARTIES) == len(catalogue())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_short_name_in_every_language(language: str) -> None:
    names = [party.names[language] for party in PARTIES.values() if party.kind is Kind.STATE]
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("KOR", "en", "Republic of Korea"),
        ("VNM", "en", "Viet Nam"),
        ("MMR", "en", "Myanmar"),
        ("MMR", "id", "Myanmar"),
        ("CHL", "id", "Chile"),
        ("CHN", "id", "RRT"),
        ("IDN", "ar", "إندونيسيا"),
        ("NZL", "id", "Selandia Baru"),
        ("VAT", "fr", "Saint-Siège"),
        ("PSE", "zh", "巴勒斯坦国"),
        ("KOR", "es", "República de Corea"),
        ("COD", "id", "Republik Demokratik Kongo"),
        ("USA", "en", "United States of America"),
    ],
)
def test_short_names(code: str, language: str, name: str) -> None:
    assert PARTIES[code].names[language] == name


@pytest.mark.parametrize(
    ("code", "designation"),
    [("LAO", "Lao PDR"), ("GBR", "UK"), ("USA", "USA"), ("KOR", "Republic of Korea"), ("FJI", "Fiji")],
)
def test_designations(code: str, designation: str) -> None:
    assert PARTIES[code].designation() == designation


def test_a_designation_falls_back_to_the_name_in_that_language_then_to_english() -> None:
    assert PARTIES["GBR"].designation("id") == "Inggris Raya"
    assert PARTIES["PIF"].designation("fr") == "PIF"


def test_what_nobody_typed_is_unknown_and_not_none_at_all() -> None:
    assert PARTIES["IDN"].formal_names["en"] == "the Republic of Indonesia"
    assert PARTIES["IDN"].un_status is UnStatus.MEMBER
    assert PARTIES["CAN"].formal_names == {}
    assert PARTIES["CAN"].un_status is None


def test_every_correction_concerns_a_state_and_says_its_source() -> None:
    for code, texts, source in (*NAME_CORRECTIONS, *OTHER_LANGUAGES, *DESIGNATIONS):
        assert code in STATE_CODES
        assert set(texts) <= set(LANGUAGES)
        assert source in PARTIES[code].sources
    assert set(FORMAL_NAMES) <= set(STATE_CODES)


def test_the_states_of_the_real_conferences_have_formal_names() -> None:
    from confapp.demo import icdd2021, rcdd2019

    for conference in (rcdd2019.CONFERENCE, icdd2021.CONFERENCE):
        assert all(PARTIES[code].formal_names.get("en") for code in conference.states)


def test_names_are_plain_data() -> None:
    assert json.dumps([party.names for party in catalogue()])
