"""Verbs that change conferences and their pages. Others call these names."""

from confapp.conferences.actions.conferences import change, change_status, create
from confapp.conferences.actions.pages import put_page, remove_page

__all__ = ["change", "change_status", "create", "put_page", "remove_page"]
