"""What a link to an issue shows elsewhere: its title and date in one language, drawn once and then never changed."""

from confapp.documents.rules import wording
from confapp.documents.rules.reading import Reading, adoption_line
from confapp.foundation.languages import joined, language, printing
from confapp.foundation.pdf.picture import share_picture


def picture_of(reading: Reading, accent: str) -> bytes:
    """PNG; slow, and raises pdf.RenderingFailed."""
    code = reading.language
    with printing(code):
        over = joined(
            filter(
                None,
                (reading.said(reading.conference), reading.said(reading.city), wording.days(*reading.held, code)),
            ),
            code,
        )
        symbol = f"\u2066{reading.symbol}\u2069" if language(code).direction == "rtl" else reading.symbol
        day = wording.day(reading.issue.issued_at, code, reading.zone) if reading.issue else ""
        kind = wording.kind_and_nature(reading.kind, reading.nature)
        under = [adoption_line(reading) or kind, " · ".join(filter(None, (symbol, day)))]
        return share_picture(language=code, accent=accent, over=over, title=reading.title, under=under)
