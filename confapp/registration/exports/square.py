"""Square codes that a telephone reads off a page."""

import base64
import io


def square_code(address: str) -> str:
    """An address as a QR code, as an image that stands in the page itself (a data: address with an SVG)."""
    import segno  # most processes never draw one

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4, light="#fff", xmldecl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()
