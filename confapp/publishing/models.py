"""The signed lists of the hashes that a conference published, for whoever verifies without this site."""

from datetime import datetime

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.foundation import clock
from confapp.foundation.db import InConference, Moment, Referenced, db, evidence, link
from confapp.foundation.files import StoredFile
from confapp.foundation.signing import SigningCertificate


class HashList(Referenced, InConference, db.Model):
    """One list as it was signed; the newest is the one that is published."""

    __public__ = True

    __table_args__ = (UniqueConstraint("conference_id", "number"),)

    number: Mapped[int] = evidence(Integer, nullable=False)
    content_sha256: Mapped[str] = evidence(String(64), nullable=False)  # of what it says, without when it was made
    file_id: Mapped[int] = link("stored_file", nullable=False)
    signature_id: Mapped[int] = link("stored_file", nullable=False)
    certificate_id: Mapped[int] = link("signing_certificate", nullable=False)
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)

    file: Mapped[StoredFile] = relationship(foreign_keys=[file_id])
    signature: Mapped[StoredFile] = relationship(foreign_keys=[signature_id])
    certificate: Mapped[SigningCertificate] = relationship()
