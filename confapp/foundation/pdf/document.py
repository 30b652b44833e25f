"""One HTML document to one PDF, with WeasyPrint. Runs only inside the renderer's child process.

The result of the "archive" profile is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once. WeasyPrint writes one
or the other; `_finish` adds what the second needs: its identifier in the metadata, with the PDF/A extension schema that
declares it. The contract tests check both profiles, because this leans on the object model that WeasyPrint hands over.
"""

import html as markup
import re
from base64 import b64decode
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

import pydyf
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.draw import text as drawing
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from confapp.foundation.pdf import fonts

PDFUA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class Refusal(Exception):
    """The document cannot be made, for a reason that its author can understand."""


class ClosedFetcher(URLFetcher):
    """Gives out what it was handed and refuses every other address, before any of them is opened."""

    def __init__(self, assets: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, timeout=1)
        self.assets = assets

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme == "font" and name in FONT_NAMES:
            return URLFetcherResponse(url, (fonts.DECODED / f"{name}.ttf").read_bytes(), {"Content-Type": "font/ttf"})
        if scheme == "asset" and name in self.assets:
            return URLFetcherResponse(url, self.assets[name], {"Content-Type": _media_type(name)})
        raise FatalURLFetchingError(f"The document asks for {url[:120]!r}, which is not part of it.")


FONT_NAMES = frozenset(face.stem for face in fonts.ALL)
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "css": "text/css"}


def _media_type(name: str) -> str:
    return MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def open_fonts() -> FontConfiguration:
    """Our faces and no others; costs about 0.1 s, so the renderer does it once, before it forks."""
    configuration = FontConfiguration()
    CSS(string=fonts.style_sheet(), font_config=configuration, url_fetcher=ClosedFetcher({}))
    return configuration


# Thai, Lao, Burmese, Khmer and the scripts of India: a glyph may stand for several letters, in another order.
REORDERED = re.compile("[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff\ua8e0-\ua8ff\ua9e0-\ua9ff\uaa60-\uaa7f]")
_draw_line = drawing.draw_first_line


def _draw_line_with_its_letters(stream: Any, textbox: Any, *others: Any) -> Any:
    """A line whose letters cannot be found again from its glyphs carries them beside (ISO 32000, ActualText)."""
    if not REORDERED.search(textbox.text):
        return _draw_line(stream, textbox, *others)
    letters = (b"\xfe\xff" + textbox.text.encode("utf-16-be")).hex()
    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": f"<{letters}>"}))
    try:
        return _draw_line(stream, textbox, *others)
    finally:
        stream.end_marked_content()


drawing.draw_first_line = _draw_line_with_its_letters


def open_more(order: dict[str, Any], configuration: FontConfiguration) -> None:
    """The faces that this document needs beside those; once opened they stay open."""
    if more := fonts.style_sheet(fonts.needed(_all_text(order))):
        CSS(string=more, font_config=configuration, url_fetcher=ClosedFetcher({}))


def _all_text(order: dict[str, Any]) -> str:
    return str(order["title"] + markup.unescape(order["html"]) + order["css"])


def to_pdf(order: dict[str, Any], configuration: FontConfiguration) -> bytes:
    assets = {name: b64decode(data) for name, data in order["assets"].items()}
    fetcher = ClosedFetcher(assets)
    _require_printable(_all_text(order))
    sheets = [CSS(string=css, font_config=configuration, url_fetcher=fetcher) for css in (fonts.roots(), order["css"])]
    try:
        document = HTML(string=_page(order), url_fetcher=fetcher).render(
            stylesheets=sheets, font_config=configuration, presentational_hints=False
        )
        content = _written(document, order)
    except FatalURLFetchingError as refused:
        raise Refusal(str(refused)) from refused
    _require_own_fonts(document)
    return content


ANY = {
    "html": "<h1>A</h1><p>a <em>b</em> <strong>c</strong></p><table><tr><th>d</th><td>e</td></tr></table>",
    "css": "body { font-family: var(--serif); columns: 2 } @page { @bottom-center { content: 'f' } }",
    "language": "en",
    "direction": "ltr",
    "created": "2000-01-01T00:00:00Z",
    "profile": "archive",
    "identifier": "0" * 32,
    "assets": {},
    "attachments": [],
    **dict.fromkeys(("title", "author", "keywords"), "a"),
}


def warm_up(configuration: FontConfiguration) -> None:
    """What is loaded and parsed for the first document is there for all that follow: a fifth of the work of each."""
    to_pdf(ANY, configuration)


def _written(document: Document, order: dict[str, Any]) -> bytes:
    """The table of objects comes last and ends as it ends; where that looks like a line, one object more moves it."""
    archive = order["profile"] == "archive"
    for more in range(4):
        content: bytes = document.write_pdf(
            pdf_variant="pdf/a-3a" if archive else None,
            finisher=partial(_finish, more) if archive else None,
            pdf_identifier=bytes.fromhex(order["identifier"]),
            attachments=[_attachment(item, datetime.fromisoformat(order["created"])) for item in order["attachments"]],
        )
        if b"\r\nendstream" not in content[-4096:]:
            break
    return content


def _page(order: dict[str, Any]) -> str:
    escaped = {
        key: markup.escape(order[key]) for key in ("language", "direction", "title", "author", "keywords", "created")
    }
    return (
        f'<!doctype html><html lang="{escaped["language"]}" dir="{escaped["direction"]}"><head>'
        f'<meta charset="utf-8"><title>{escaped["title"]}</title><meta name="author" content="{escaped["author"]}">'
        f'<meta name="keywords" content="{escaped["keywords"]}"><meta name="generator" content="confapp">'
        f'<meta name="dcterms.created" content="{escaped["created"]}">'
        f'<meta name="dcterms.modified" content="{escaped["created"]}">'
        f"</head><body>{order['html']}</body></html>"
    )


def _attachment(item: dict[str, str], moment: datetime) -> Attachment:
    return Attachment(
        string=b64decode(item["data"]),
        name=item["name"],
        description=item["description"],
        relationship=item["relationship"],
        created=moment,
        modified=moment,
    )


def _finish(more: int, document: Document, pdf: pydyf.PDF) -> None:
    for _number in range(more):
        pdf.add_object(pydyf.Dictionary())
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", PDFUA + b"</rdf:RDF>", 1)]
    metadata.compress = False
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream):
            _say_something(stream)
            if stream.compress and _ends_like_a_line(stream):
                stream.compress = False


def _say_something(stream: pydyf.Stream) -> None:
    """A glyph that only joins Arabic letters stands for no letter; both standards ask that it stand for something."""
    if any(b"begincmap" in bytes(line) for line in stream.stream[:8] if isinstance(line, bytes)):
        stream.stream = [line.replace(b"> <>", b"> <200d>") for line in stream.stream]


def _ends_like_a_line(stream: pydyf.Stream) -> bool:
    """A carriage return, then the writer's line feed: readers and validators may count the two as one end of line."""
    return bytes(stream.data).removesuffix(b"\nendstream").endswith(b"\r")


def _require_printable(text: str) -> None:
    if absent := fonts.unprintable(text):
        listed = ", ".join(f"{char} (U+{ord(char):04X})" for char in absent[:10])
        raise Refusal(f"No installed font can print these characters: {listed}.")


def _require_own_fonts(document: Document) -> None:
    """By content and not by name: a system font may be called as ours is."""
    foreign = {font.family for font in document.fonts.values() if _digest(font) not in fonts.digests()}
    if foreign:
        raise Refusal(f"The document would be set in fonts that are not ours: {', '.join(sorted(foreign))}.")


def _digest(font: Any) -> str:
    return sha256(get_hb_object_data(font.hb_face)).hexdigest()
