"""Is this file, or this code, what was published? Answers in facts; the page puts them into words."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.models import Issue
from confapp.documents.rules import IssueState
from confapp.documents.rules.issuing import IssueKind
from confapp.foundation import known, signing, text
from confapp.foundation.db import across_conferences, db
from confapp.foundation.files import StoredFile
from confapp.programme.models import Booklet, Schedule
from confapp.publishing import inspection
from confapp.registration.models import Letter
from confapp.registration.queries import letters
from confapp.registration.rules.letters import LetterStatus

LARGEST = 20 * 1024 * 1024
WHY = "a file may come from any conference"


class Verdict(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    ALTERED = "altered"
    EXTENDED = "extended"  # ours, and something after it
    ADVANCE = "advance"  # handed out before it was issued
    DRAFT = "draft"
    UNPUBLISHED = "unpublished"
    FORGOTTEN = "forgotten"
    UNKNOWN = "unknown"


class Remark(StrEnum):
    """What else was seen in a file whose bytes are not ours."""

    STRIPPED = "stripped"  # ours before it was signed
    UNSIGNED = "unsigned"
    SIGNED_BY_OTHERS = "signed_by_others"
    SIGNED_BY_US = "signed_by_us"
    UNKNOWN_CODE = "unknown_code"


@dataclass(frozen=True)
class Subject:
    """The published issue that an answer is about, as plain values."""

    conference: dict[str, str]
    slug: str
    zone: str
    symbol: str
    title: dict[str, str]
    number: int
    published_at: datetime
    publisher: str
    code: str
    fingerprint: str
    short_hash: str
    reason: dict[str, str]
    withdrawn_at: datetime | None
    current: int | None
    files: tuple[tuple[str, str, str], ...]  # language, format, sha256


@dataclass(frozen=True)
class LetterSubject:
    """The letter that an answer is about. Whom it names stands in the letter alone: here it would tell strangers."""

    id: int
    conference: dict[str, str]
    zone: str
    kind: str
    number: str
    dated_on: date
    code: str
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class ProgrammeSubject:
    """The release of a programme that an answer is about."""

    conference: dict[str, str]
    slug: str
    zone: str
    number: int
    released_at: datetime
    current: int


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    subject: Subject | None = None
    language: str = ""
    file_format: str = ""
    letter: LetterSubject | None = None
    programme: ProgrammeSubject | None = None
    remarks: tuple[Remark, ...] = ()
    signer: dict[str, str] | None = None  # the conference whose certificate is inside, where nothing else is known
    begins_as: Verdict | None = None  # of an extended file: what its beginning is
    ours: int = 0  # bytes of it that are ours
    added: int = 0
    is_signed: bool = False  # the file that we handed out carries our signature

    @property
    def nothing_to_tell(self) -> bool:
        return self.subject is None and self.letter is None and self.programme is None


def of_file(content: Any) -> tuple[str, Answer]:
    """The hash of a file, and what it is: by all its bytes first; what it says of itself counts only when they fail."""
    sha256 = inspection.digest(content)
    with across_conferences(WHY):
        if (row := known.with_hash(sha256)) is not None:
            return sha256, _about_known(row)
        said = inspection.said(content)
        if (row := known.before_signing(sha256)) is not None:
            answer = _about_known(row)
            return sha256, answer if answer.nothing_to_tell else _altered(answer, said, Remark.STRIPPED)
        for code in said.codes:
            answer = _about_code(code)
            if answer.verdict == Verdict.UNKNOWN:
                continue
            if answer.nothing_to_tell:
                return sha256, answer
            return sha256, _extended(code, content) or _altered(answer, said)
        return sha256, _without_code(said)


def of_hash(sha256: str) -> Answer:
    """What is known of the file with a hash that somebody computed."""
    with across_conferences(WHY):
        row = known.with_hash(sha256)
        return _about_known(row) if row is not None else Answer(Verdict.UNKNOWN)


def of_code(code: str) -> Answer:
    """What a code stands for. It proves nothing about the copy that it was read from."""
    with across_conferences(WHY):
        return _about_code(code)


def name_stands_in(code: str, name: str) -> bool | None:
    """Whether a name that somebody reads in a letter is the one it was issued for; None when it names nobody.

    So that paper can be checked as well, and nothing is told that was not known before.
    """
    with across_conferences(WHY):
        letter = letters.letter_with_code(code)
        if letter is None or letter.status != LetterStatus.ISSUED or letter.registration is None:
            return None
        person = letter.registration.person
        typed = text.fold(name)
        return bool(typed) and typed in {
            text.fold(person.printed_name),
            text.fold(person.full_name),
            text.fold(person.given_name, person.family_name),
            text.fold(person.family_name, person.given_name),
        }


def _about_code(code: str) -> Answer:
    if (issue := queries.issue_with(code)) is not None:
        return _about(issue)
    letter = letters.letter_with_code(code)
    return _about_letter(letter) if letter is not None else Answer(Verdict.UNKNOWN)


def _about_known(row: known.KnownFile) -> Answer:
    """By its kind. Of what is not public it is told that it is not, and nothing else."""
    if row.kind in (known.Kind.DRAFT, known.Kind.PROGRAMME_DRAFT):
        return Answer(Verdict.DRAFT)
    if row.kind == known.Kind.LETTER:
        return _about_letter(db.session.get_one(Letter, row.about_id))
    if row.kind == known.Kind.PROGRAMME:
        return _about_programme(row)
    issue = db.session.get_one(Issue, row.about_id)
    answer = _about(issue, row)
    is_advance = row.kind == known.Kind.ADVANCE or issue.kind == IssueKind.ADVANCE
    if is_advance and answer.verdict in (Verdict.CURRENT, Verdict.SUPERSEDED):
        return replace(answer, verdict=Verdict.ADVANCE)
    return answer


def _about_programme(row: known.KnownFile) -> Answer:
    conference = db.session.get_one(Conference, row.conference_id)
    release = db.session.get_one(Schedule, row.about_id)
    newest = select(func.max(Schedule.number)).where(Schedule.conference_id == row.conference_id)
    current = db.session.scalar(newest) or 0
    if not conference.is_public or release.number is None or release.released_at is None:
        return Answer(Verdict.UNPUBLISHED)
    about = ProgrammeSubject(
        dict(conference.name), conference.slug, conference.zone, release.number, release.released_at, current
    )
    printed = select(StoredFile.sha256).join(Booklet, Booklet.file_id == StoredFile.id)
    is_newest = row.sha256 in db.session.scalars(printed.where(Booklet.schedule_id == release.id)).all()
    verdict = Verdict.CURRENT if is_newest and release.number == current else Verdict.SUPERSEDED
    return Answer(verdict, language=row.language, file_format=row.format, programme=about)


def _altered(answer: Answer, said: inspection.Said, *remarks: Remark) -> Answer:
    """A file with our code and other bytes. Where nobody knows ours any more, nobody can compare."""
    if answer.letter is not None:
        verdict = Verdict.ALTERED if known.about(known.Kind.LETTER, answer.letter.id) else Verdict.FORGOTTEN
        return replace(answer, verdict=verdict, remarks=())
    if answer.is_signed and said.is_pdf and not remarks:
        ours = signing.with_prints(said.signers)
        remarks = (Remark.SIGNED_BY_US if ours else Remark.SIGNED_BY_OTHERS if said.signers else Remark.UNSIGNED,)
    return replace(answer, verdict=Verdict.ALTERED, language="", file_format="", remarks=remarks)


def _extended(code: str, content: Any) -> Answer | None:
    """A file that begins as one of ours and goes on: the beginning is what a signature covers."""
    issue = queries.issue_with(code)
    letter = letters.letter_with_code(code) if issue is None else None
    if issue is not None:
        rows = [*known.about(known.Kind.ISSUE, issue.id), *known.about(known.Kind.ADVANCE, issue.id)]
    else:
        rows = list(known.about(known.Kind.LETTER, letter.id)) if letter is not None else []
    found = inspection.beginnings(content, (row.size for row in rows))
    for row in rows:
        if found.get(row.size) == row.sha256:
            answer = _about_known(row)
            added = len(content) - row.size
            return replace(answer, verdict=Verdict.EXTENDED, begins_as=answer.verdict, ours=row.size, added=added)
    return None


def _without_code(said: inspection.Said) -> Answer:
    if said.is_marked_draft:
        return Answer(Verdict.DRAFT)
    for certificate in signing.with_prints(said.signers):
        conference = db.session.get_one(Conference, certificate.conference_id)
        if conference.is_public:
            return Answer(Verdict.ALTERED, signer=dict(conference.name), remarks=(Remark.SIGNED_BY_US,))
    return Answer(Verdict.UNKNOWN, remarks=(Remark.UNKNOWN_CODE,) if said.codes else ())


def _about_letter(letter: Letter) -> Answer:
    if letter.status not in (LetterStatus.ISSUED, LetterStatus.WITHDRAWN) or letter.dated_on is None:
        return Answer(Verdict.UNKNOWN)
    conference = db.session.get_one(Conference, letter.conference_id)
    withdrawn = letter.status == LetterStatus.WITHDRAWN
    subject = LetterSubject(
        id=letter.id,
        conference=dict(conference.name),
        zone=conference.zone,
        kind=letter.kind,
        number=letter.number,
        dated_on=letter.dated_on,
        code=letter.code,
        withdrawn_at=letter.withdrawn_at,
    )
    return Answer(Verdict.WITHDRAWN if withdrawn else Verdict.CURRENT, letter=subject)


def _about(issue: Issue, file: known.KnownFile | None = None) -> Answer:
    conference = db.session.get_one(Conference, issue.conference_id)
    if not issue.is_public or not conference.is_public:
        return Answer(Verdict.UNPUBLISHED)
    if issue.state == IssueState.WITHDRAWN:
        verdict = Verdict.WITHDRAWN
    else:
        verdict = Verdict.CURRENT if issue.is_current else Verdict.SUPERSEDED
    return Answer(
        verdict,
        _subject(issue, conference),
        file.language if file else "",
        file.format if file else "",
        is_signed=any(one.certificate_id for one in known.about(known.Kind.ISSUE, issue.id)),
    )


def _subject(issue: Issue, conference: Conference) -> Subject:
    document = issue.document
    current = document.current_issue
    return Subject(
        conference=dict(conference.name),
        slug=conference.slug,
        zone=conference.zone,
        symbol=issue.symbol or document.symbol,
        title=dict(document.title),
        number=issue.number,
        published_at=issue.published_at or issue.prepared_at,
        publisher=issue.publisher_name,
        code=issue.code,
        fingerprint=issue.fingerprint,
        short_hash=issue.short_hash,
        reason=dict(issue.withdrawal_reason),
        withdrawn_at=issue.withdrawn_at,
        current=current.number if current else None,
        files=tuple((one.language, one.format, one.sha256) for one in issue.publications),
    )
