from flask import Flask

from confapp.documents import models  # noqa: F401


def install(app: Flask) -> None:
    """Its views are registered here."""
