"""The emblem of the conference in scope."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confapp.documents.models import Emblem
from confapp.documents.rules import reading as printed
from confapp.foundation import files
from confapp.foundation.db import db


def emblem() -> Emblem | None:
    return db.session.scalar(select(Emblem).options(joinedload(Emblem.file)))


def printed_emblem() -> printed.Emblem | None:
    """As files print it; what is damaged on the disk is not printed."""
    row = emblem()
    if row is None:
        return None
    try:
        return printed.Emblem(row.file.name, files.read(row.file), dict(row.alt))
    except (files.Damaged, FileNotFoundError):
        return None
