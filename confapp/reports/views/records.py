"""What the program keeps of itself, for a conference or the installation: audit record, outbox and jobs."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.conferences.rules import MANAGE_CONFERENCE
from confapp.foundation import audit as chain
from confapp.foundation.access import ADMINISTER
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import outbox
from confapp.foundation.web.guard import found, requires
from confapp.people.rules import READ_AUDIT
from confapp.programme.rules.bilaterals import ARRANGE_BILATERALS, KIND, TOPIC
from confapp.registration.queries import letters
from confapp.reports import pages, queries
from confapp.reports.views.blueprint import reports

SIZE = 50


@reports.get("/desk/<conference>/audit")
@requires(READ_AUDIT)
def audit() -> str:
    return _audit(g.conference.id)


@reports.get("/desk/audit")
@requires(ADMINISTER)
def audit_of_installation() -> str:
    return _audit(None)


@reports.get("/desk/<conference>/mail")
@requires(MANAGE_CONFERENCE)
def mail() -> str:
    return _mail(g.conference.id)


@reports.get("/desk/mail")
@requires(ADMINISTER)
def mail_of_installation() -> str:
    return _mail(None)


@reports.post("/desk/<conference>/mail/<ref>/resend")
@requires(MANAGE_CONFERENCE)
def resend(ref: str) -> Response:
    return _resend(g.conference.id, ref)


@reports.post("/desk/mail/<ref>/resend")
@requires(ADMINISTER)
def resend_of_installation(ref: str) -> Response:
    return _resend(None, ref)


@reports.get("/desk/jobs")
@requires(ADMINISTER)
def jobs() -> str:
    return render_template("reports/desk/jobs.html", jobs=queries.jobs(SIZE * 2), state=pages.job_state)


def _audit(conference_id: int | None) -> str:
    page, verb = _page(), request.args.get("verb", "")[:60]
    entries, total = queries.audit_entries(conference_id, verb, page, SIZE, _kept_from_asker({KIND}))
    return render_template(
        "reports/desk/audit.html",
        entries=entries,
        names=queries.names_of(entry.account_id for entry in entries),
        total=total,
        verbs=queries.audit_verbs(conference_id, _kept_from_asker({KIND})),
        verb=verb,
        faults=chain.verify_chain(conference_id) if page == 0 else None,
        head=chain.head(conference_id),
        facts=pages.facts,
        **_pages(page, (page + 1) * SIZE < total),
    )


def _mail(conference_id: int | None) -> str:
    page, group = _page(), request.args.get("state", "")
    rows = queries.mails(conference_id, group, page, SIZE + 1, _kept_from_asker({TOPIC}))
    resend = ".resend" if conference_id else ".resend_of_installation"
    return render_template(
        "reports/desk/mail.html",
        mails=rows[:SIZE],
        group=group,
        undelivered=letters.undelivered_number(g.conference) if conference_id else 0,
        filters=pages.mail_filters(queries.mail_counts(conference_id, _kept_from_asker({TOPIC})), group),
        states=pages.mail_state,
        to_decide=queries.TO_DECIDE,
        asks=any(mail.state in queries.TO_DECIDE for mail in rows),
        resend_url=lambda mail: url_for(resend, ref=mail.ref),
        **_pages(page, len(rows) > SIZE),
    )


def _resend(conference_id: int | None, ref: str) -> Response:
    mail = found(queries.mail(conference_id, ref, _kept_from_asker({TOPIC})))
    outbox.resend(mail)
    chain.record(g.actor, "resend", mail)
    flash(_("The mail is on its way once more."), "good")
    return redirect(url_for(".mail" if conference_id else ".mail_of_installation"), 303)


def _kept_from_asker(words: set[str]) -> set[str]:
    """What is known to the two delegations of a meeting and the protocol office alone."""
    conference = g.get("conference")
    return set() if conference is None or ARRANGE_BILATERALS.allows(g.actor, conference) else words


def _page() -> int:
    return min(max(0, request.args.get("page", 0, int)), 100_000)


def _pages(page: int, has_more: bool) -> dict[str, Any]:
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name in ("verb", "state")}
    endpoint = request.endpoint or ""
    return {
        "previous": url_for(endpoint, **kept, page=page - 1) if page else "",
        "next": url_for(endpoint, **kept, page=page + 1) if has_more else "",
    }
