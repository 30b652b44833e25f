"""The text of a statement: kept before the write lock, and handed out as a download."""

from flask import Response

from confapp.foundation.files import StoredFile
from confapp.foundation.web import uploads
from confapp.foundation.web.uploads import Upload
from confapp.programme.models import Statement
from confapp.programme.rules.debate import ENDINGS, LARGEST_STATEMENT, file_fault, statement_type


def keep() -> Upload | None:
    """None when no file was sent."""
    return uploads.kept(LARGEST_STATEMENT, file_fault, statement_type)


def stored(upload: Upload | None) -> StoredFile | None:
    return upload.registered() if upload is not None else None


def download(statement: Statement, file: StoredFile) -> Response:
    code = "".join(one for one in statement.delegation.code if one.isalnum()) or statement.ref[:8]
    return uploads.download(file, f"statement-{code}.{ENDINGS[file.media_type]}")
