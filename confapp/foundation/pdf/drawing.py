"""Small things that several printed documents need: a square code, words inside a style sheet, text without lists."""

import io
import re

HEADINGS = ("h2", "h3", "h4")
BLOCKS = {"ul", "ol", "li", "p", "blockquote", "hr", *HEADINGS}
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def square_code(address: str) -> bytes:
    """A QR code as SVG."""
    import segno  # most processes never draw one

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, omitsize=True)
    return drawn.getvalue()


def css_string(words: str) -> str:
    """Words as a string of a style sheet, whatever they hold."""
    return '"' + re.sub(r'[\\"\n<]', lambda found: f"\\{ord(found[0]):x} ", words) + '"'


def printable(text: str) -> str:
    """Without what no font of ours has: a list with one emoji in a name is still a list."""
    from confapp.foundation.pdf import fonts  # also a command, so not imported with the module

    text = NOT_IN_XML.sub("", text)
    absent = fonts.unprintable(text)
    return text.translate({ord(character): "?" for character in absent}) if absent else text


def flat_lists(markup: str) -> str:
    """The markup of a described text with its lists as paragraphs that begin with their marks, and its headings as
    paragraphs: blocks inside a list item break PDF/UA, and the headings of the document are its own."""
    counts: list[int | None] = []
    made, is_open = [], False
    for piece in re.split(r"(<[^>]+>)", markup):
        name = piece.strip("</>").split(" ")[0] if piece.startswith("<") else ""
        if name not in BLOCKS:
            made.append(piece)
            continue
        if is_open and (piece.startswith("</") or name in ("ul", "ol")):
            made.append("</p>")
            is_open = False
        if name in ("ul", "ol"):
            counts = counts[:-1] if piece.startswith("</") else [*counts, 0 if name == "ol" else None]
        elif not piece.startswith("</") and name == "li":
            number = counts[-1] if counts else None
            if number is not None:
                counts[-1] = number + 1
            made.append(f'<p class="item level-{len(counts)}">{"•" if number is None else f"{number + 1}."} ')
            is_open = True
        elif not piece.startswith("</") and not is_open and name not in ("blockquote", "hr"):
            made.append(f'<p class="{"item more" if counts else "heading" if name in HEADINGS else "text"}">')
            is_open = True
    return "".join(made)
