"""Texts that come from elsewhere, read with care: nothing of a file is run, fetched or believed about its size."""

from confapp.documents.imports.word import Fault, FromFile, read_docx

__all__ = ["Fault", "FromFile", "read_docx"]
