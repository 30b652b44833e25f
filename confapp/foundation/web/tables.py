"""Tables that somebody takes out of a page: how often, as what, and noted in the record."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from flask import Response, g

from confapp.foundation import audit, clock, exporting
from confapp.foundation.exporting import MEDIA_TYPES, Column
from confapp.foundation.languages import best
from confapp.foundation.web.limits import Limit
from confapp.foundation.web.transactions import in_record

EXPORTS = Limit("export", 10, timedelta(hours=1), lambda: str(g.actor.account_id or ""))


def table_of(title: str, columns: Sequence[Column], rows: Sequence[Any]) -> exporting.Table:
    """A table of the conference of the page, in its zone and the page's language, with who took it and when."""
    return exporting.Table(
        title=title,
        columns=columns,
        rows=rows,
        zone=g.conference.zone,
        language=g.language,
        about=best(g.conference.name),
        taken_by=g.actor.name or g.actor.email,
        taken_at=clock.now(),
    )


def taken_out(table: exporting.Table, name: str, file_format: str) -> Response:
    """The whole of it at once: what cannot be written is known before an answer begins."""
    return exported(b"".join(exporting.written(table, file_format)), name, len(table.rows), file_format)


def exported(content: bytes | Iterable[bytes], name: str, rows: int, file_format: str = "csv") -> Response:
    """A table to be kept, and a line in the audit record of who took how many rows."""
    actor, conference = g.actor, g.conference
    in_record(lambda: _note(actor, conference, what=name, format=file_format, rows=rows))
    headers = {
        "Content-Disposition": f'attachment; filename="{conference.slug}-{name}.{file_format}"',
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype=MEDIA_TYPES[file_format].partition(";")[0], headers=headers)


def _note(actor: Any, conference: Any, **facts: Any) -> None:
    audit.record(actor, "export", conference, **facts)
