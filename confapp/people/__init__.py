from flask import Flask

from confapp.people import identity, models  # noqa: F401
from confapp.people.views import people


def install(app: Flask) -> None:
    identity.install(app)
    app.register_blueprint(people)
