"""Sign-in and own pages (people), people of a conference (people_desk), accounts (accounts_desk)."""

from confapp.people.views import me, sign_in  # noqa: F401 - they add their views to the blueprint
from confapp.people.views.accounts import desk as accounts_desk
from confapp.people.views.blueprint import people
from confapp.people.views.desk import desk as people_desk

__all__ = ["accounts_desk", "people", "people_desk"]
