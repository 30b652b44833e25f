"""The list of endorsements as a file, for the desk and for everybody."""

from typing import Any

from werkzeug.wrappers import Response

from confapp.documents import queries
from confapp.documents.exports import ENDORSEMENT_COLUMNS
from confapp.documents.models import Document
from confapp.foundation import exporting
from confapp.foundation.web import tables


def table_of(document: Document, row: Any, file_format: str) -> Response:
    """The list as a table, in the order of the conference."""
    table = tables.table_of(document.symbol, ENDORSEMENT_COLUMNS, queries.beside_adoption(row).endorsements)
    name = f"{document.symbol.replace('/', '_')}-endorsements.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(
        b"".join(exporting.written(table, file_format)), headers=headers, mimetype=exporting.MEDIA_TYPES[file_format]
    )
