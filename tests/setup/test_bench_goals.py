"""What `bench` calls met: the goals of the machine on which they were set, and as much lower on a slower one."""

from dataclasses import replace

import pytest

from bench.__main__ import _with_part
from bench.registering import Registered

REACHED = Registered("SQLite", 8, number=600, seconds=10, p50_ms=90, p95_ms=250, errors=0, table_rate=472)


@pytest.mark.parametrize(
    ("changes", "is_met"),
    [
        ({}, True),
        ({"number": 599}, False),
        ({"p95_ms": 251}, False),
        ({"errors": 1}, False),
        ({"table_rate": 944}, True),  # a quicker machine asks for no more
        ({"number": 299, "table_rate": 236}, False),
        ({"number": 300, "p95_ms": 500, "table_rate": 236}, True),
        ({"number": 300, "p95_ms": 501, "table_rate": 236}, False),
        ({"clients": 64, "number": 10, "p95_ms": 9000}, True),  # there only errors count
        ({"clients": 64, "errors": 1}, False),
    ],
)
def test_a_rate_is_judged_beside_the_bare_table(changes: dict[str, float], is_met: bool) -> None:
    assert replace(REACHED, **changes).is_met is is_met  # type: ignore[arg-type]


def test_a_part_measured_by_itself_takes_the_place_of_the_one_before() -> None:
    text = "# Benchmarks\n\nPages\n\n## Lists\n\nold\n\n## Registrations\n\nkept\n"
    assert _with_part(text, "## Lists\n\nnew") == text.replace("old", "new")
    assert _with_part(text, "## Registrations\n\nlast") == text.replace("kept", "last")
    with pytest.raises(SystemExit, match="no part “Printing”"):
        _with_part(text, "## Printing\n\nnew")
