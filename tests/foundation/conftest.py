"""A laboratory: the real program with a few views of its own, on the same database as the other tests."""

from collections.abc import Iterator

import pytest
from flask import Flask

from confapp import create_app, web
from confapp.foundation.db import db
from tests.build import Client
from tests.conftest import LIMITS
from tests.foundation import laboratory


@pytest.fixture(scope="session")
def whole_lab(whole_app: Flask) -> Flask:
    finish = web.finish
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web, "finish", lambda app, settings: (laboratory.install(app), finish(app, settings)))
        app = create_app(whole_app.extensions["confapp"])
    app.config |= {"WTF_CSRF_ENABLED": False, "LIMITS": dict.fromkeys(LIMITS, 100_000)}
    app.test_client_class = Client
    return app


@pytest.fixture
def lab(app: Flask, whole_lab: Flask) -> Iterator[Flask]:
    """The laboratory with an empty database; answers faults with pages, as in production."""
    whole_lab.testing = False
    cache = whole_lab.extensions["public_cache"]
    cache.entries.clear()
    cache.size = 0
    laboratory.log.clear()
    with whole_lab.app_context():
        yield whole_lab
        db.session.remove()
        db.engine.dispose()
