from flask import Flask

from confapp.conferences import models, queries  # noqa: F401
from confapp.foundation.web import paths


def install(app: Flask) -> None:
    paths.use_conference_finder(queries.by_slug)
