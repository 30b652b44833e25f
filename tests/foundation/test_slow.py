"""The watch that all tests run under does notice slow work while the lock is held."""

import io

import pytest
from flask import Flask
from PIL import Image

from confapp.foundation import clock, pdf
from confapp.foundation.mail.delivery import connect
from confapp.foundation.transactions import writing
from tests.sink import listening
from tests.slow import SlowUnderLock


def test_slow_work_under_the_lock_is_noticed(app: Flask) -> None:
    picture = Image.new("RGB", (1, 1))
    with listening() as sink:
        connect(sink.url).quit()
        for slow in (
            lambda: connect(sink.url),
            lambda: picture.save(io.BytesIO(), "png"),
            lambda: pdf.render("<p>x</p>", language="en", title="x", created=clock.now()),
        ):
            with pytest.raises(SlowUnderLock), writing():
                slow()
    picture.save(io.BytesIO(), "png")
