"""The list of endorsements as a file, for the desk and for everybody."""

from typing import Any

from werkzeug.wrappers import Response

from confapp.documents import queries
from confapp.documents.models import Document
from confapp.foundation import exporting
from confapp.foundation.exporting import Column
from confapp.foundation.languages import N_, best
from confapp.foundation.web import tables

# Over EndorsementFacts.
COLUMNS = (
    Column("name", N_("Delegation"), lambda one: best(one.name), width=32),
    Column("code", N_("Code"), lambda one: one.code, width=8),
    Column("authority", N_("Who signed"), lambda one: best(one.authority), width=40),
    Column("endorsed_on", N_("Endorsed"), lambda one: one.endorsed_on, width=14),
    Column("withdrawn_on", N_("Withdrawn"), lambda one: one.withdrawn_on, width=14),
    Column("reason", N_("Reason of the withdrawal"), lambda one: best(one.reason), width=40),
)


def table_of(document: Document, row: Any, file_format: str) -> Response:
    """The list as a table, in the order of the conference."""
    table = tables.table_of(document.symbol, COLUMNS, queries.beside_adoption(row).endorsements)
    name = f"{document.symbol.replace('/', '_')}-endorsements.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(
        b"".join(exporting.written(table, file_format)), headers=headers, mimetype=exporting.MEDIA_TYPES[file_format]
    )
