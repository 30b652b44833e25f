"""Pages that join several features. The blueprint is `reports`; the mailbox of the demonstration stands beside it."""

from confapp.reports.views import archive, desk, mailbox, records  # noqa: F401 - they add their views
from confapp.reports.views.blueprint import reports

__all__ = ["reports"]
