"""A text that somebody is looking through before it is taken."""

from sqlalchemy import select

from confapp.documents.models import Document, TextImport
from confapp.foundation.db import db


def text_import(document: Document, ref: str) -> TextImport | None:
    statement = select(TextImport).where(TextImport.document_id == document.id, TextImport.ref == ref)
    return db.session.scalar(statement)
