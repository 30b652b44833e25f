"""Addresses that leave the program, in mails and printed codes: only ever under the configured base address."""

from confapp.foundation import languages

_base_url = ""


def use_base_url(base_url: str) -> None:
    global _base_url
    _base_url = base_url


def absolute(path: str, language: str = "") -> str:
    """The whole address of a path of ours; in one language where that is an interface language."""
    if not _base_url:
        raise RuntimeError("no base address")
    prefix = f"/{language}" if language in languages.INTERFACE else ""
    return _base_url + prefix + path
