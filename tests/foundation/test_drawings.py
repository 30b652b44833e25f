"""Emblems: what draws is kept, what could run, load or refer is not, and what would be missing is said."""

import io

import pytest
from PIL import Image

from confapp.foundation import drawings
from confapp.foundation.images import BadImage

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def svg(inner: str, head: str = HEAD) -> bytes:
    return f"{head}{inner}</svg>".encode()


def test_shapes_colours_and_gradients_stay():
    kept, ending = drawings.clean(
        svg(
            '<title>Ring</title><defs><linearGradient id="a"><stop offset="0" stop-color="#0a5"/>'
            "</linearGradient></defs>"
            '<g style="fill:url(#a);stroke : red"><path d="M0 0 L9,9 z" transform="rotate(-45 3 3)"/></g>'
        )
    )
    assert ending == "svg"
    assert kept == (
        b'<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><defs><linearGradient id="a">'
        b'<stop offset="0" stop-color="#0a5" /></linearGradient></defs>'
        b'<g fill="url(#a)" stroke="red"><path d="M0 0 L9,9 z" transform="rotate(-45 3 3)" /></g></svg>'
    )


@pytest.mark.parametrize(
    "hidden",
    [
        '<path d="M0 0" onclick="alert(1)"/>',
        '<path d="M0 0" fill="url(http://x.example/a.svg#b)"/>',
        '<path d="M0 0" style="fill: url(\'//x.example\')"/>',
        '<path d="M0 0" style="background:url(file:///etc/hostname)"/>',
        '<g xlink:href="javascript:alert(1)"><path d="M0 0"/></g>',
        '<path d="M0 0" fill="&#117;rl(http://x.example/)"/>',
        '<metadata><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></metadata><path d="M0 0"/>',
    ],
)
def test_what_refers_or_runs_is_left_out(hidden):
    kept = drawings.clean(svg(hidden))[0].decode()
    assert '<path d="M0 0" />' in kept
    assert not any(word in kept for word in ("url", "alert", "example", "file:", "script", "onclick"))


@pytest.mark.parametrize("name", ["script", "image", "use", "text", "style", "foreignObject", "filter", "animate", "a"])
def test_what_would_be_missing_is_said(name):
    with pytest.raises(BadImage, match=f"<{name}>"):
        drawings.clean(svg(f'<{name} xlink:href="http://x.example/"/>'))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"<svg",
        b"<html><svg></svg></html>",
        b"\x89PNG\r\n\x1a\n damaged",
        b"GIF89a",
        svg("", '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + HEAD).replace(b"</svg>", b"<path d='&a;'/></svg>"),
        svg("", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + HEAD).replace(b"</svg>", b"&a;</svg>"),
        svg("", '<svg xmlns="http://www.w3.org/2000/svg">'),
        svg('<path d="M0 0"/>' * (drawings.MOST_SHAPES + 1)),
        svg(" " * drawings.LARGEST_FILE),
    ],
)
def test_what_is_no_drawing_is_refused_in_words(sent):
    with pytest.raises(BadImage, match=r"\.$|viewBox"):
        drawings.clean(sent)


def test_a_picture_is_written_anew_on_white():
    sent = io.BytesIO()
    Image.new("RGBA", (4000, 10), (0, 0, 0, 0)).save(sent, "PNG", pnginfo=None)
    kept, ending = drawings.clean(sent.getvalue() + b"something behind it")
    assert ending == "png"
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.mode, picture.size) == ("RGB", (1600, 4))
        assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert b"behind" not in kept
