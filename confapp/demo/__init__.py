"""The demonstration: conferences as data in the real system. It calls actions and nothing else."""

from collections.abc import Callable

from flask import Flask

from confapp.demo import loading, portraits, roles, speakers2027
from confapp.foundation.transactions import writing


def load(app: Flask, echo: Callable[[str], None] = print) -> None:
    """Loads the three conferences, unless they are there. Jobs that this leaves make the files of their documents;
    then `release` lets these out."""
    with app.app_context():
        if loading.is_loaded():
            return
        echo("Loading three conferences")
        faces = portraits.drawn(speakers2027.PROFILES)
        with writing():
            loading.load_all(faces)


def release(app: Flask) -> None:
    """Lets out the documents whose files are made, as another person than the one who prepared them."""
    with app.app_context(), writing():
        loading.release_documents()


def sign_in_links(app: Flask) -> list[tuple[str, str]]:
    """(role, address): one link for each role that signs in once, made anew at each call."""
    with app.app_context(), writing():
        return roles.links()
