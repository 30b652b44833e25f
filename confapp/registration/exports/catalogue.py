"""The catalogue as a table that can be changed in a spreadsheet and brought in again."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from confapp.foundation.exporting import safe_cell
from confapp.registration.models import Party
from confapp.registration.rules.catalogue import COLUMNS, TRANSLATED


def catalogue_csv(parties: Iterable[Party]) -> bytes:
    """UTF-8 with a byte-order mark, RFC 4180; the columns are those that the import reads, whatever the language."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for party in parties:
        writer.writerow([safe_cell(_cell(party, column)) for column in COLUMNS])
    return ("\ufeff" + out.getvalue()).encode()


def _cell(party: Party, column: str) -> str:
    name, _colon, language = column.partition(":")
    value: Any = getattr(party, name)
    if name in TRANSLATED:
        return str(value.get(language, ""))
    if name == "groups":
        return "; ".join(value)
    if name == "as_of":
        return value.isoformat() if value else ""
    return str(value)
