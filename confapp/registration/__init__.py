from flask import Flask

from confapp.registration import models  # noqa: F401


def install(app: Flask) -> None:
    """Its views are registered here."""
