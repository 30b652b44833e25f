"""A pasted list of addresses: which delegation a line names, and why a line says nothing."""

from types import SimpleNamespace

import pytest

from confapp.registration.rules import contacts


def row(ref: str, code: str, name: str, formal: str = "", **names: str) -> SimpleNamespace:
    formal_name = {"en": formal} if formal else {}
    return SimpleNamespace(ref=ref, code=code, name={"en": name} | names, formal_name=formal_name)


KNOWN = contacts.known_names(
    [
        row("ci", "CIV", "Côte d’Ivoire", "the Republic of Côte d’Ivoire"),
        row("gm", "GMB", "Gambia (the)", id="Gambia"),
        row("sa", "", "Sample, Union of"),
        row("t1", "", "Twin"),
        row("t2", "", "Twin"),
    ]
)


def read(pasted: str) -> contacts.Read:
    return contacts.read(pasted, KNOWN, lambda address: None if ".." in address else address.lower())


@pytest.mark.parametrize(
    ("line", "ref"),
    [
        ("Côte d'Ivoire\tA@x.example", "ci"),
        ("civ;a@x.example", "ci"),
        ("1, Republic of Cote d’Ivoire, <a@x.example>", "ci"),
        ("a@x.example | The Gambia", "gm"),
        ("Gambia a@x.example", "gm"),
        ("Sample, Union of, a@x.example", "sa"),
    ],
)
def test_a_line_names_a_delegation_by_name_or_code(line, ref):
    assert read(line) == contacts.Read({ref: "a@x.example"}, [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Gambia", "There is no e-mail address"),
        ("Gambia a@x.example, b@x.example", "has several"),
        ("Gambia a@x..example", "Write an e-mail address"),
        ("Atlantis a@x.example", "No delegation of this conference"),
        ("Twin a@x.example", "Several delegations"),
        ("GMB other@x.example", "A line above"),
    ],
)
def test_a_line_that_says_nothing_is_told_with_its_number(line, why):
    found = read(f"Name\tAddress\nGambia\ta@x.example\n\n{line}")
    assert found.addresses == {"gm": "a@x.example"}
    assert [(one.number, one.line) for one in found.faults] == [(4, line)]
    assert why in found.faults[0].why
