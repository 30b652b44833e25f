"""What the pages of records show: plain values for the templates, in words of the page's language."""

from typing import Any

from flask import request, url_for

from confapp.foundation.audit import AuditEntry
from confapp.foundation.jobs import JobState
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Mail, MailState

MAIL_STATES: dict[MailState, tuple[str, str]] = {
    MailState.QUEUED: ("waiting", N_("Waiting")),
    MailState.LEASED: ("waiting", N_("Being sent")),
    MailState.HANDING_OVER: ("waiting", N_("Being sent")),
    MailState.IN_DOUBT: ("attention", N_("In doubt")),
    MailState.FAILED: ("bad", N_("Failed")),
    MailState.SENT: ("neutral", N_("Sent")),
    MailState.GIVEN_UP: ("neutral", N_("Settled another way")),
}
MAIL_GROUPS = {
    "": N_("All"),
    "to_decide": N_("To decide"),
    "waiting": N_("Waiting"),
    "sent": N_("Sent"),
    "given_up": N_("Settled another way"),
}
JOB_STATES: dict[JobState, tuple[str, str]] = {
    JobState.QUEUED: ("waiting", N_("Waiting")),
    JobState.RUNNING: ("waiting", N_("Running")),
    JobState.DONE: ("neutral", N_("Done")),
    JobState.FAILED: ("bad", N_("Failed")),
}


def mail_state(mail: Mail) -> tuple[str, str]:
    look, name = MAIL_STATES[mail.state]
    return look, _(name)


def mail_filters(counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    return [
        {
            "label": _(name),
            "url": url_for(request.endpoint or "", state=group or None),
            "current": group == current,
            "count": counts.get(group, sum(counts.values())),
        }
        for group, name in MAIL_GROUPS.items()
    ]


def job_state(job: Any) -> tuple[str, str]:
    look, name = JOB_STATES[job.state]
    return look, _(name)


def facts(entry: AuditEntry) -> list[tuple[str, str]]:
    """What an entry says, field by field: a change as “was → became”."""
    told = dict(entry.facts)
    changes = told.pop("changes", None) or {}
    lines = [(name, _value(value)) for name, value in told.items()]
    return lines + [(name, _change(value)) for name, value in changes.items()]


def _change(value: Any) -> str:
    if isinstance(value, list) and len(value) == 2:
        return f"{_value(value[0])} → {_value(value[1])}"
    return _value(value)


def _value(value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_value(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    return str(value)
