"""What the worker and other features call when something happened that concerns registrations."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from confapp.foundation import clock, exporting, files, jobs, places
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, in_conference
from confapp.foundation.exporting import MEDIA_TYPES, downloads
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.pdf import PangoMissing, RenderingFailed
from confapp.foundation.places import Place
from confapp.foundation.transactions import reading, settle_files, writing
from confapp.registration import actions, exports, queries
from confapp.registration.actions import asking, consents, erasing, issuing, privacy, vetting, waiting, zones
from confapp.registration.actions import together as acts
from confapp.registration.actions.vetting import AT_A_TIME
from confapp.registration.imports import photos, working
from confapp.registration.pdfs import letters as letter_pdfs
from confapp.registration.queries import agreements as consent_queries
from confapp.registration.queries import letters as letter_queries
from confapp.registration.queries import places as place_queries
from confapp.registration.queries import privacy as privacy_queries
from confapp.registration.queries import questions as question_queries
from confapp.registration.rules import ACCREDIT, Office
from confapp.registration.rules.imports import ActKind
from confapp.registration.rules.letters import LetterStatus
from confapp.registration.rules.places import OVER, ZONE


def address_reached(person_id: int) -> None:
    """Somebody opened the link that was mailed to a person."""
    for registration in queries.registrations_of(person_id):
        actions.confirm(registration)


@jobs.task("registration.record_vetting")
def record_vetting(file: str, office: str, account: int, conference: int) -> None:
    """Results that were looked at, some at a time so that nobody waits for the lock; the file goes when it is done."""
    with in_conference(conference), reading():
        stored, rows = vetting.handed_over(file)
    if stored is None:
        return
    for start in range(0, len(rows), AT_A_TIME):
        with in_conference(conference), writing():
            actor, here = vetting.on_behalf_of(account), queries.conference(conference)
            found = actions.findings(actor, here, Office(office), rows[start : start + AT_A_TIME])
            actions.record_results(actor, here, Office(office), found)
    with in_conference(conference), writing():
        vetting.let_go(file)
    with across_conferences("bytes that no row refers to any more"), reading():
        files.forget()


@jobs.task("registration.purge_sealed")
def purge_sealed() -> None:
    """What a conference keeps for a time only; each conference in a transaction of its own."""
    with reading():
        over = privacy_queries.ended_before(clock.now())
    for conference_id in over:
        with in_conference(conference_id), writing():
            privacy.purge_due(queries.conference(conference_id))
            erasing.sweep_mails(conference_id)
    if over:
        settle_files()


@jobs.task("registration.erase_due")
def erase_due() -> None:
    """Those who asked that their data be erased, and whose time is up; each in a transaction of its own."""
    with across_conferences("erasures that were asked for in every conference"), reading():
        due = privacy_queries.due_requests(clock.now())
        back = privacy_queries.erased_and_living(clock.now())
    for person_id, conference_id in due:
        with suppress(Refused), in_conference(conference_id), writing():  # taken back since: the others go on
            for registration in queries.registrations_of(person_id):
                actions.erase_now(registration, by=SYSTEM)
    for person_id, conference_id in back:
        with suppress(Refused), in_conference(conference_id), writing():
            for registration in queries.registrations_of(person_id):
                erasing.leave_after_restore(registration)
    with reading():
        done = privacy_queries.with_last_mails()
    for conference_id in done:
        with in_conference(conference_id), writing():
            erasing.sweep_mails(conference_id)


@jobs.task("registration.ask_consents")
def ask_consents(ref: str) -> None:
    """A hundred at a time, so that nobody waits for the lock."""
    last = 0
    while True:
        with writing():
            text = consent_queries.text_by_ref(ref)
            last = consents.ask_to_agree(text, last, 100) if text is not None else 0
        if not last:
            return


@jobs.task("registration.export")
def export(download: str) -> None:
    """Reads what the asker may see now, writes it outside any transaction, and puts it into the asker's hands."""
    with reading():
        row = queries.download(download)
        if row.file_id is not None or row.is_over:
            return
        actor, where = queries.actor_behind(row.made_by), queries.conference(row.conference_id)
        subject, file_format = exporting.subject(row.subject), row.file_format
        if subject is None or not subject.permit.allows(actor, where):
            raise jobs.Failed(_("You may not do this here."))
        job, name = downloads.job_of(row), exports.name_of(row.subject, where, file_format)
        table = exports.table(subject, actor, where, row.query, row.language)
        number = job.id if job is not None else None
    if number is not None:
        jobs.report(number, 30)
    try:
        content = b"".join(exporting.written(table, file_format))
    except RenderingFailed as failed:
        raise jobs.Failed(str(failed)) from failed
    kind = MEDIA_TYPES[file_format].partition(";")[0]
    downloads.finish(download, files.keep(content), len(content), kind, name, len(table.rows))


@jobs.task("registration.issue_letters")
def issue_letters(letters: list[int], job: int) -> None:
    """One letter after another, each in full or not at all; run again, it issues none twice."""
    failed = 0
    for done, letter_id in enumerate(letters):
        jobs.report(job, round(100 * done / len(letters)))
        failed += not _issue(letter_id)
    if failed:
        words = ngettext("%(num)d letter could not be made.", "%(num)d letters could not be made.", failed)
        raise jobs.Failed(words)


def _issue(letter_id: int) -> bool:
    """Its number and words in one transaction, its file outside any, its mail with its file in another."""
    try:
        with writing():
            issuing.freeze(letter_queries.hold_letter(letter_id))
        with reading():
            (letter,) = letter_queries.letters_by_id([letter_id])
            if letter.status != LetterStatus.CHECKED:
                return True
            words, code, created = letter.printed, letter.code, letter.checked_at or clock.now()
        content = letter_pdfs.letter(words, code, created)
    except PangoMissing as missing:
        raise jobs.Later(str(missing)) from missing
    except (RenderingFailed, Refused) as failed:
        with writing():
            issuing.note_failure(letter_queries.hold_letter(letter_id), str(failed))
        return False
    sha256 = files.keep(content)
    with writing():
        issuing.complete(letter_queries.hold_letter(letter_id), sha256, len(content))
    return True


@jobs.task("registration.together")
def together(act: str) -> None:
    """Some at a time, each in a transaction that also notes how far it is: nobody is written to twice."""
    while True:
        with writing():
            row = acts.hold(act)
            actor = queries.actor_behind(row.made_by)
            if row.kind != ActKind.LINKS and not ACCREDIT.allows(actor, row):
                raise jobs.Failed(_("You may not do this here."))
            if not acts.go_on(row, actor):
                return


@jobs.task("registration.check_import")
def check_import(batch: str) -> None:
    working.run_check(batch, _progress(batch))


@jobs.task("registration.apply_import")
def apply_import(batch: str) -> None:
    """Run again after a death, it finds the import done or begins anew: all people of it are one transaction."""
    working.run_apply(batch, _progress(batch))


@jobs.task("registration.check_photos")
def check_photos(batch: str) -> None:
    photos.run_check(batch, _progress(batch))


@jobs.task("registration.apply_photos")
def apply_photos(batch: str) -> None:
    photos.run_apply(batch, _progress(batch))


def _progress(batch: str) -> Callable[[int], None]:
    """Tells how far the job is that looks at an import or brings it in."""
    with reading():
        job = downloads.job_of(working.hold(batch))
        number = job.id if job is not None else None
    return lambda percent: jobs.report(number, percent) if number is not None else None


jobs.every(timedelta(days=1), "registration.purge_sealed")
jobs.every(timedelta(hours=1), "registration.erase_due")


# --- places -----------------------------------------------------------------------------------------------------------


def places_given(given: Sequence[Place]) -> None:
    """Those who waited were given places: their mails follow in jobs, for mails must not lengthen the lock."""
    _queue_for_each("registration.tell_given", given)


def offers_lapsed(lapsed: Sequence[Place]) -> None:
    _queue_for_each("registration.tell_lapsed", lapsed)


def _queue_for_each(task: str, rows: Sequence[Place]) -> None:
    mine = [row for row in rows if row.holder_kind == "registration" and row.quota.owner_kind in (*OVER, ZONE)]
    if mine:
        bundles = sorted({row.bundle for row in mine})
        jobs.enqueue(task, {"bundles": bundles}, conference_id=mine[0].conference_id)


@jobs.task("registration.tell_given")
def tell_given(bundles: list[str]) -> None:
    """Each in a transaction of its own; told again, nobody gets a second mail."""
    for bundle in bundles:
        with writing():
            waiting.tell_given(bundle)


@jobs.task("registration.tell_lapsed")
def tell_lapsed(bundles: list[str]) -> None:
    for bundle in bundles:
        with writing():
            waiting.tell_lapsed(bundle)


@jobs.task("registration.give_zone")
def give_zone(zone: str) -> None:
    """A zone to all who are accredited in its categories, a hundred at a time."""
    more = True
    while more:
        with writing():
            row = place_queries.zone(zone)
            more = row is not None and zones.give_to_next(row)


@jobs.task("registration.sweep_places")
def sweep_places() -> None:
    """Takes back the offers that have ended, and gives what is free to those who wait."""
    now = clock.now()
    with across_conferences("offers that have ended in every conference"), reading():
        due = places.conferences_due(now)
    for conference_id in sorted(due):
        with in_conference(conference_id), writing():
            if queries.conference(conference_id).ends_at <= now:
                continue  # nobody is offered a place in what is over
            places.expire(now)
            places.promote_all()


jobs.every(timedelta(minutes=1), "registration.sweep_places")


@jobs.task("registration.tell_asked")
def tell_asked(sheet_id: int, registration_ids: list[int]) -> None:
    """Told again, nobody gets a second mail about the same questions."""
    with writing():
        sheet = question_queries.by_id(sheet_id)
        for registration in question_queries.of_ids(registration_ids):
            if sheet is not None and sheet.is_open:
                asking.tell_asked(registration, sheet)
