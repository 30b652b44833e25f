"""The files of an issue: one list, from which the worker makes them and pages offer them."""

from collections.abc import Iterator
from dataclasses import dataclass

from confapp.foundation.languages import N_


@dataclass(frozen=True)
class Format:
    """`code` stands in the addresses of its files; `is_beside` says that it sets a text beside its original."""

    code: str
    name: str
    media_type: str
    ending: str
    is_beside: bool = False


FORMATS: dict[str, Format] = {
    one.code: one
    for one in (
        Format("pdf", "PDF", "application/pdf", "pdf"),
        Format("beside.pdf", N_("PDF beside the original"), "application/pdf", "pdf", is_beside=True),
        Format("docx", "DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        Format("html", "HTML", "text/html; charset=utf-8", "html"),
        Format("xml", "XML", "application/akn+xml", "xml"),
        Format("json", "JSON", "application/json", "json"),
    )
}


def wanted(languages: list[str], original: str) -> Iterator[tuple[str, str]]:
    """(language, format) of every file of an issue in these languages."""
    for language in languages:
        for form in FORMATS.values():
            if not form.is_beside or language != original:
                yield language, form.code
