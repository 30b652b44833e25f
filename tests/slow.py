"""What is slow must not run while the write lock is held: each such function says so when it happens."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest

from confapp.foundation.transactions import is_writing

SLOW = [
    ("smtplib", "SMTP.connect"),
    ("smtplib", "SMTP.sendmail"),
    ("PIL.Image", "open"),
    ("PIL.Image", "Image.save"),
    ("argon2", "PasswordHasher.hash"),
    ("argon2", "PasswordHasher.verify"),
    ("openpyxl", "load_workbook"),
    ("confapp.foundation.pdf", "_Renderer.ask"),  # WeasyPrint runs in its process only
    ("pikepdf", "Pdf.open"),
]


class SlowUnderLock(AssertionError):
    pass


@contextmanager
def refused_under_lock() -> Iterator[None]:
    """Libraries that are not installed are left out: they cannot run either."""
    with pytest.MonkeyPatch.context() as patch:
        for module, path in SLOW:
            try:
                owner: Any = importlib.import_module(module)
            except (ImportError, OSError):
                continue
            *outer, name = path.split(".")
            for part in outer:
                owner = getattr(owner, part)
            patch.setattr(owner, name, _watched(getattr(owner, name), f"{module}.{path}"))
        yield


def _watched(function: Any, name: str) -> Any:
    @wraps(function)
    def run(*arguments: Any, **named: Any) -> Any:
        if is_writing():
            raise SlowUnderLock(f"{name} runs while the write lock is held")
        return function(*arguments, **named)

    return run
