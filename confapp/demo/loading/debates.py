"""The list of speakers of the sample conference, with placeholders for statements: nobody said any of it."""

from collections.abc import Mapping
from datetime import timedelta

from confapp.conferences.models import Conference
from confapp.foundation import clock, files
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.programme.actions import debate as actions
from confapp.programme.models import Session
from confapp.programme.rules import Mode
from confapp.registration.models import Delegation
from confapp.registration.rules import Rank

TOPICS = (
    {"en": "Trust in what is published", "id": "Kepercayaan pada yang diterbitkan", "ar": "الثقة فيما يُنشر"},
    {"en": "Access for everybody", "id": "Akses untuk semua", "ar": "الوصول للجميع"},
)
GUIDANCE = {
    "en": "Five minutes for each delegation. Please hand in the text in one of the languages of the conference.",
    "id": "Lima menit untuk setiap delegasi. Mohon serahkan teks dalam salah satu bahasa konferensi.",
    "ar": "خمس دقائق لكل وفد. يرجى تسليم النص بإحدى لغات المؤتمر.",
}
ASKED: tuple[tuple[str, Rank, Mode, bool], ...] = (
    ("FJI", Rank.MINISTER, Mode.IN_PERSON, True),
    ("IDN", Rank.FOREIGN_MINISTER, Mode.IN_PERSON, True),
    ("CHL", Rank.VICE_MINISTER, Mode.RECORDED, False),
    ("KEN", Rank.MINISTER, Mode.IN_PERSON, False),
    ("EST", Rank.AMBASSADOR, Mode.LIVE, True),
)


def load(conference: Conference, session: Session, delegations: Mapping[str, Delegation], by: Actor) -> None:
    now = clock.now()
    closes_at = max(now + timedelta(days=7), conference.starts_at - timedelta(days=10))
    wanted = actions.Wanted(
        opens_at=now - timedelta(days=14),
        closes_at=closes_at,
        due_at=closes_at + timedelta(days=5),
        guidance=GUIDANCE,
    )
    db.session.flush()
    debate = actions.set_up(by, session, wanted)
    topics = [actions.add_topic(by, debate, title) for title in TOPICS]
    db.session.flush()
    for number, (code, rank, mode, has_text) in enumerate(ASKED):
        said = actions.Said(
            title=f"Sample title {number + 1}", rank=rank, topic=topics[number % 2], mode=mode, language="en"
        )
        statement = actions.request(by, debate, delegations[code], said)
        if has_text:
            text = files.store(
                placeholder(), "application/pdf", "sample-statement.pdf", conference_id=conference.id, by=by.account_id
            )
            actions.hand_in(by, statement, file=text)


def placeholder() -> bytes:
    """One page that says that it is a sample."""
    words = b"BT /F1 18 Tf 72 720 Td (Sample statement. A placeholder: nobody said this.) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        out
        + head
        + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            len(out),
        )
    )
