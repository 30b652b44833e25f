"""All files of an issue, made outside any transaction: the same text gives the same bytes in every process.

What else makes a file of a text goes into MAKERS under the code of its format in `rules.formats`.
"""

from collections.abc import Callable, Iterator, Sequence

from confapp.documents import exports, pdfs
from confapp.documents.exports.akoma import as_akoma
from confapp.documents.exports.word import as_docx
from confapp.documents.rules.formats import FORMATS, wanted
from confapp.documents.rules.reading import Reading
from confapp.foundation import files
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import printing
from confapp.foundation.signing import pades

Made = tuple[str, str, str, int, str]  # language, format, sha256, size, media type
Maker = Callable[[Reading, Reading, str], bytes]  # a text, its original, the address where it is verified

MAKERS: dict[str, Maker] = {
    "pdf": lambda text, original, address: pdfs.document(text, as_akoma(text), address),
    "html": lambda text, original, address: exports.as_html(text, address),
    "beside.pdf": lambda text, original, address: pdfs.beside(
        text, original, (as_akoma(original), as_akoma(text)), address
    ),
    "docx": lambda text, original, address: as_docx(text, address),
    "xml": lambda text, original, address: as_akoma(text),
    "json": lambda text, original, address: exports.as_json(text),
}


def content(file_format: str, text: Reading, original: Reading, address: str) -> bytes:
    """One file, a PDF with an empty field for its signature. Slow, and raises pdf.RenderingFailed."""
    made = MAKERS[file_format](text, original, address)
    if not is_signed(file_format):
        return made
    with printing(text.language):
        return pades.prepared(made, _("Signature of %(conference)s", conference=text.said(text.conference)))


def is_signed(file_format: str) -> bool:
    return FORMATS[file_format].media_type == "application/pdf"


def files_of(
    texts: Sequence[Reading], address: str, report: Callable[[float, str], None], sign: Callable[[bytes], bytes]
) -> Iterator[Made]:
    """Every file of the texts of an issue, kept by its content; `report` hears the share that is done.

    Without the signatures of `sign` the bytes are the same each time.
    """
    by_language = {text.language: text for text in texts}
    original = texts[0].original_language
    plan = list(wanted(list(by_language), original))
    for number, (language, file_format) in enumerate(plan):
        report(number / len(plan), f"{number}/{len(plan)}")
        made = content(file_format, by_language[language], by_language[original], address)
        made = sign(made) if is_signed(file_format) else made
        yield language, file_format, files.keep(made), len(made), FORMATS[file_format].media_type
