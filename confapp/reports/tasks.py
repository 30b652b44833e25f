"""The heads of the audit chains leave the database every day: to a file, to the log, and to the operator by mail."""

import logging
from datetime import timedelta

from flask import current_app

from confapp.conferences.rules import MANAGE_CONFERENCE
from confapp.foundation import audit, clock, files, jobs
from confapp.foundation.exporting import downloads
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message, outbox
from confapp.foundation.transactions import reading, writing
from confapp.registration import queries as people
from confapp.reports import archive

log = logging.getLogger("confapp.audit")


@jobs.task("reports.anchor_audit")
def anchor_audit() -> None:
    with reading():
        faults = audit.verify()
        heads = audit.anchor()
    settings = current_app.extensions["confapp"]
    for fault in faults:
        log.error("an audit chain is damaged", extra={"error": f"{fault.chain}: {fault.number or 0}: {fault.what}"})
    if not settings.is_demo:  # its log is a newcomer's screen
        log.info("audit heads", extra={"heads": heads})
    if settings.operator_email:
        with writing():
            outbox.add(_letter(settings.operator_email, heads, faults))


def _letter(operator: str, heads: list[dict[str, object]], faults: list[audit.Fault]) -> Message:
    """Short lines that a person keeps: whoever has them can prove that nothing was cut off later."""
    day = f"{clock.now():%Y-%m-%d}"
    damage = [f"{fault.chain}: {fault.number or 0}: {fault.what}" for fault in faults]
    verdict = _("Something is wrong with the record:") if faults else _("Every chain is whole.")
    lines = [f"{head['chain']} {head['number']} {head['hash']}" for head in heads]
    return Message(
        kind=Kind.NOTICE,
        to=operator,
        subject=_("Heads of the audit record, %(day)s", day=day),
        text="\n".join([verdict, *damage, "", _("Keep this mail. It proves later that nothing was cut off:"), *lines]),
        dedupe_key=f"audit-heads:{day}",
        topic="audit",
    )


@jobs.task("reports.archive")
def archive_conference(download: str) -> None:
    """Made outside any write transaction, and put into the hands of whoever ordered it."""
    with reading():
        row = people.download(download)
        if row.file_id is not None or row.is_over:
            return
        actor, conference = people.actor_behind(row.made_by), people.conference(row.conference_id)
        if not MANAGE_CONFERENCE.allows(actor, conference):
            raise jobs.Failed(_("You may not do this here."))
        name = f"{conference.slug}-archive.zip"
        path = archive.made(actor, conference)
    try:
        content = path.read_bytes()
    finally:
        path.unlink()
    downloads.finish(download, files.keep(content), len(content), "application/zip", name, 0)


jobs.every(timedelta(days=1), "reports.anchor_audit")
