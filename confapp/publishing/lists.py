"""The signed list of a conference's published files: what is needed to verify one without asking this site.

JSON with one file in a line, in a fixed order, and beside it a detached CMS signature. Only what everybody may read is
in it. The same files give the same content; it is made and signed anew when they are not the same any more.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from confapp.conferences.models import Conference
from confapp.documents.models import Document, Issue
from confapp.documents.rules import Access, IssueState
from confapp.foundation import addresses, audit, clock, files, known, signing
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, db
from confapp.foundation.languages import best
from confapp.foundation.transactions import reading, writing
from confapp.programme.models import Booklet, Schedule
from confapp.publishing.models import HashList

SCHEMA = "confapp-hashes/1"
JSON_TYPE, SIGNATURE_TYPE = "application/json", "application/pkcs7-signature"


def newest(conference_id: int) -> HashList | None:
    statement = select(HashList).where(HashList.conference_id == conference_id).order_by(HashList.number.desc())
    return db.session.scalar(statement.options(selectinload(HashList.file), selectinload(HashList.signature)).limit(1))


@dataclass(frozen=True)
class Signing:
    """What the page of certificates shows of a conference."""

    slug: str
    name: dict[str, str]
    zone: str
    certificates: Sequence[signing.SigningCertificate]
    list: HashList | None


def of_public_conferences() -> list[Signing]:
    """Every public conference that has signed something, the latest first."""
    with across_conferences("certificates of every conference stand on one page"):
        conferences = db.session.scalars(select(Conference).order_by(Conference.starts_on.desc())).all()
        certificates: dict[int, list[signing.SigningCertificate]] = {}
        every = select(signing.SigningCertificate).order_by(signing.SigningCertificate.id.desc())
        for row in db.session.scalars(every):
            certificates.setdefault(row.conference_id, []).append(row)
        newest_ids = select(func.max(HashList.id)).group_by(HashList.conference_id)
        newest_lists = db.session.scalars(select(HashList).where(HashList.id.in_(newest_ids)))
        lists = {row.conference_id: row for row in newest_lists}
    return [
        Signing(one.slug, dict(one.name), one.zone, certificates[one.id], lists.get(one.id))
        for one in conferences
        if one.is_public and one.id in certificates
    ]


def renew(conference_id: int) -> bool:
    """In a job, outside any transaction: makes and signs the list where it says something new. Raises CannotSign."""
    with reading():
        conference, before = db.session.get_one(Conference, conference_id), newest(conference_id)
        listed = [json.dumps(row, ensure_ascii=False) for row in _rows(conference)]
        head, name = _head(conference), best(conference.name, "en")
        was, number = (before.content_sha256, before.number) if before else ("", 0)
        certificate_id = before.certificate_id if before else None
    digest = hashlib.sha256("\n".join([json.dumps(head), *listed]).encode()).hexdigest()
    if not listed and before is None:
        return False
    with signing.hand(conference_id, name) as signer:
        if was == digest and signer.certificate_id == certificate_id:
            return False
        content = _written(head, number + 1, listed)
        kept = [
            (files.keep(made), len(made), kind, ending)
            for made, kind, ending in (
                (content, JSON_TYPE, "json"),
                (signer.detached(content), SIGNATURE_TYPE, "json.p7s"),
            )
        ]
    with writing():
        rows = [
            files.register(sha256, size, kind, f"{head['conference']}-hashes.{ending}", conference_id=conference_id)
            for sha256, size, kind, ending in kept
        ]
        made = HashList(
            conference_id=conference_id,
            number=number + 1,
            content_sha256=digest,
            file=rows[0],
            signature=rows[1],
            certificate_id=signer.certificate_id,
        )
        db.session.add(made)
        db.session.flush()
        audit.record(SYSTEM, "publishing.sign_list", made, number=made.number, files=len(listed), sha256=kept[0][0])
    return True


def _head(conference: Conference) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "conference": conference.slug,
        "name": best(conference.name, "en"),
        "address": addresses.absolute(f"/{conference.slug}/"),
    }


def _written(head: dict[str, Any], number: int, listed: Sequence[str]) -> bytes:
    """One file in a line, so that `grep` finds a hash."""
    about = head | {"number": number, "made": clock.now().isoformat(timespec="seconds")}
    lines = [f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}," for name, value in about.items()]
    return "\n".join(["{", *lines, ' "files": [', ",\n".join(f"  {row}" for row in listed), " ]", "}", ""]).encode()


def _rows(conference: Conference) -> Iterator[dict[str, Any]]:
    if not conference.is_public:
        return
    kinds = (known.Kind.ISSUE, known.Kind.PROGRAMME)
    statement = select(known.KnownFile).where(
        known.KnownFile.conference_id == conference.id, known.KnownFile.kind.in_(kinds)
    )
    by_kind: dict[known.Kind, dict[int, list[known.KnownFile]]] = {kind: {} for kind in kinds}
    for row in db.session.scalars(statement.order_by(known.KnownFile.id)):
        by_kind[row.kind].setdefault(row.about_id, []).append(row)
    public = (IssueState.PUBLISHED, IssueState.WITHDRAWN)
    issues = select(Issue).join(Issue.document)
    issues = issues.where(
        Issue.conference_id == conference.id,
        Issue.state.in_(public),
        Issue.published_at <= clock.now(),
        Document.access == Access.PUBLIC,
    )
    for issue in db.session.scalars(
        issues.options(selectinload(Issue.document).selectinload(Document.issues)).order_by(
            Document.symbol, Issue.number
        )
    ):
        state = "withdrawn" if issue.state == IssueState.WITHDRAWN else "current" if issue.is_current else "superseded"
        for row in sorted(by_kind[known.Kind.ISSUE].get(issue.id, ()), key=lambda one: (one.language, one.format)):
            yield {
                "sha256": row.sha256,
                "size": row.size,
                "symbol": issue.document.symbol,
                "issue": issue.number,
                "language": row.language,
                "format": row.format,
                "state": state,
                "published": issue.published_at.isoformat(timespec="seconds") if issue.published_at else "",
                "code": issue.code,
            }
    releases = select(Schedule).where(Schedule.conference_id == conference.id, Schedule.number.is_not(None))
    found = db.session.scalars(releases.order_by(Schedule.number)).all()
    of_booklets = select(files.StoredFile.sha256).join(Booklet, Booklet.file_id == files.StoredFile.id)
    printed = set(db.session.scalars(of_booklets))
    for release in found:
        rows = by_kind[known.Kind.PROGRAMME].get(release.id, ())
        for row in sorted(rows, key=lambda one: (one.language, one.format, one.sha256)):
            yield {
                "sha256": row.sha256,
                "size": row.size,
                "programme": release.number,
                "language": row.language,
                "format": row.format,
                "state": "current" if release is found[-1] and row.sha256 in printed else "superseded",
                "published": release.released_at.isoformat(timespec="seconds") if release.released_at else "",
            }
