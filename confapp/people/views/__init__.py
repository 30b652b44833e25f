from confapp.people.views.me import people
from confapp.people.views.sign_in import people as _sign_in  # noqa: F401

__all__ = ["people"]
