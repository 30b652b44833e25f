"""The certificates by which signatures of a conference are checked: the present one, and all before it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped

from confapp.foundation import clock
from confapp.foundation.db import InConference, Moment, Referenced, column, db, evidence, technical


class SigningCertificate(Referenced, InConference, db.Model):
    """Public and for good: what was signed stays checkable when the key is gone."""

    __public__ = True

    __table_args__ = (UniqueConstraint("conference_id", "sha256"),)

    source: Mapped[str] = column(String(20), nullable=False)  # site, pkcs12, pkcs11
    pem: Mapped[str] = evidence(Text, nullable=False)
    sha256: Mapped[str] = evidence(String(64), nullable=False, index=True)  # of the certificate's DER
    subject: Mapped[str] = evidence(String(400), nullable=False)
    valid_from: Mapped[datetime] = evidence(Moment, nullable=False)
    valid_until: Mapped[datetime] = evidence(Moment, nullable=False)
    key_name: Mapped[str] = technical(String(40), nullable=False, default="")
    made_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    retired_at: Mapped[datetime | None] = evidence(Moment)


def newest(conference_id: int, *, lock: bool = False) -> SigningCertificate | None:
    statement = select(SigningCertificate).where(
        SigningCertificate.conference_id == conference_id, SigningCertificate.retired_at.is_(None)
    )
    statement = statement.order_by(SigningCertificate.id.desc()).limit(1)
    return db.session.scalar(statement.with_for_update() if lock else statement)


def of_conference(conference_id: int) -> Sequence[SigningCertificate]:
    statement = select(SigningCertificate).where(SigningCertificate.conference_id == conference_id)
    return db.session.scalars(statement.order_by(SigningCertificate.id.desc())).all()


def with_prints(prints: Collection[str]) -> Sequence[SigningCertificate]:
    """Across conferences: the certificates of ours among some fingerprints."""
    if not prints:
        return ()
    return db.session.scalars(select(SigningCertificate).where(SigningCertificate.sha256.in_(prints))).all()
