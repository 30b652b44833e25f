"""Is this file, or this code, what was published? Answers in facts; the page puts them into words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from confapp.conferences.models import Conference
from confapp.documents import queries
from confapp.documents.models import Issue, Publication
from confapp.documents.rules import IssueState
from confapp.foundation import text
from confapp.foundation.db import across_conferences, db
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
    UNPUBLISHED = "unpublished"
    FORGOTTEN = "forgotten"
    UNKNOWN = "unknown"


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

    conference: dict[str, str]
    zone: str
    kind: str
    number: str
    dated_on: date
    code: str
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    subject: Subject | None = None
    language: str = ""
    file_format: str = ""
    letter: LetterSubject | None = None


def of_file(sha256: str, codes_inside: list[str]) -> Answer:
    """What is known of a file by the hash of all its bytes; a code inside it says at most what it claims to be."""
    with across_conferences(WHY):
        if (published := queries.publication_with(sha256)) is not None:
            return _about(published.issue, published)
        if (letter := letters.letter_with_hash(sha256)) is not None:
            return _about_letter(letter)
        for code in codes_inside:
            if (letter := letters.letter_with_code(code)) is not None:
                return _carrying(letter)
            if (issue := queries.issue_with(code)) is None:
                continue
            known = _about(issue)
            return known if known.subject is None else Answer(Verdict.ALTERED, known.subject)
    return Answer(Verdict.UNKNOWN)


def of_code(code: str) -> Answer:
    """What a code stands for. It proves nothing about the copy that it was read from."""
    with across_conferences(WHY):
        issue = queries.issue_with(code)
        if issue is not None:
            return _about(issue)
        letter = letters.letter_with_code(code)
        return _about_letter(letter) if letter is not None else Answer(Verdict.UNKNOWN)


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


def _carrying(letter: Letter) -> Answer:
    """A file with the code of a letter and other bytes. Where ours is kept no longer nobody can compare."""
    answer = _about_letter(letter)
    if answer.letter is None:
        return answer
    return Answer(Verdict.ALTERED if letter.file_id is not None else Verdict.FORGOTTEN, letter=answer.letter)


def _about_letter(letter: Letter) -> Answer:
    if letter.status not in (LetterStatus.ISSUED, LetterStatus.WITHDRAWN) or letter.dated_on is None:
        return Answer(Verdict.UNKNOWN)
    conference = db.session.get_one(Conference, letter.conference_id)
    withdrawn = letter.status == LetterStatus.WITHDRAWN
    subject = LetterSubject(
        conference=dict(conference.name),
        zone=conference.zone,
        kind=letter.kind,
        number=letter.number,
        dated_on=letter.dated_on,
        code=letter.code,
        withdrawn_at=letter.withdrawn_at,
    )
    return Answer(Verdict.WITHDRAWN if withdrawn else Verdict.CURRENT, letter=subject)


def _about(issue: Issue, published: Publication | None = None) -> Answer:
    conference = db.session.get_one(Conference, issue.conference_id)
    if issue.state not in (IssueState.PUBLISHED, IssueState.WITHDRAWN) or not conference.is_public:
        return Answer(Verdict.UNPUBLISHED)
    if issue.state == IssueState.WITHDRAWN:
        verdict = Verdict.WITHDRAWN
    else:
        verdict = Verdict.CURRENT if issue.is_current else Verdict.SUPERSEDED
    return Answer(
        verdict,
        _subject(issue, conference),
        published.language if published else "",
        published.format if published else "",
    )


def _subject(issue: Issue, conference: Conference) -> Subject:
    document = issue.document
    current = document.current_issue
    return Subject(
        conference=dict(conference.name),
        slug=conference.slug,
        zone=conference.zone,
        symbol=document.symbol,
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
