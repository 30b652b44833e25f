"""No conference may take an address that the program uses itself."""

from flask import Flask

from confapp.conferences.rules import RESERVED


def test_every_fixed_first_part_of_an_address_is_reserved(app: Flask) -> None:
    used = set()
    for rule in app.url_map.iter_rules():
        parts = rule.rule.strip("/").split("/")
        fixed = parts[1] if parts[0] == "desk" and len(parts) > 1 else parts[0]
        if fixed and "<" not in fixed:
            used.add(fixed)
    assert used - RESERVED == set()
