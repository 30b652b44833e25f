"""How a text was adopted, and what delegations did about it: objections, votes, statements, endorsements."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from confapp.documents.models.register import Document
from confapp.documents.models.text import Version
from confapp.documents.rules import (
    Manner,
)
from confapp.documents.rules.adoption import EndorsementState, Listing, Showing, StatementState, silence_state
from confapp.documents.rules.beside import Cast, StatementKind
from confapp.foundation import clock
from confapp.foundation.db import (
    Data,
    InConference,
    Moment,
    Referenced,
    Revised,
    Translated,
    choice,
    column,
    db,
    evidence,
    key,
    link,
    one_of,
    personal,
)
from confapp.foundation.files import StoredFile


class Adoption(Referenced, Revised, InConference, db.Model):
    """How, when and where a frozen version was adopted, and who presided; and until when delegations add to it."""

    __public__ = True

    __table_args__ = (one_of(Manner, "manner"), one_of(Showing, "showing"), one_of(Listing, "listing"))

    document_id: Mapped[int] = link("document", nullable=False)
    version_id: Mapped[int] = link("version", nullable=False, unique=True)
    manner: Mapped[Manner] = choice(Manner, "manner", nullable=False)
    meeting: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    meeting_number: Mapped[str] = column(String(40), nullable=False, default="")
    adopted_on: Mapped[date] = column(Date, nullable=False)
    presiding: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    symbol_of_record: Mapped[str] = column(String(80), nullable=False, default="")
    present: Mapped[int | None] = column(Integer)  # states, when the text was adopted
    quorum: Mapped[int | None] = column(Integer)  # as many of them as the rules of procedure ask for
    showing: Mapped[Showing] = choice(Showing, "showing", nullable=False, default=Showing.IN_FULL)
    listing: Mapped[Listing] = choice(Listing, "listing", nullable=False, default=Listing.PROTOCOL)
    statements_until: Mapped[datetime | None] = column(Moment)
    endorsements_until: Mapped[datetime | None] = column(Moment)
    recorded_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    recorded_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    version: Mapped[Version] = relationship(back_populates="adoption")
    document: Mapped[Document] = relationship()
    votes: Mapped[list["Vote"]] = relationship(order_by="Vote.id", cascade="all, delete-orphan")
    oral_revisions: Mapped[list["OralRevision"]] = relationship(order_by="OralRevision.id")


class OralRevision(Referenced, InConference, db.Model):
    """What was announced at the adoption, beside the text that carries it; `blocks` are permanent ids."""

    __public__ = True

    adoption_id: Mapped[int] = link("adoption", nullable=False)
    text: Mapped[dict[str, str]] = column(Translated, nullable=False)
    announced_by: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    blocks: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    recorded_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    recorded_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)


class Vote(InConference, db.Model):
    """How one delegation voted, with its name as it was then."""

    __public__ = True

    __table_args__ = (one_of(Cast, "stance"), UniqueConstraint("adoption_id", "delegation_id"))

    id: Mapped[int] = key()
    adoption_id: Mapped[int] = link("adoption", nullable=False)
    delegation_id: Mapped[int] = link("delegation", nullable=False)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False)
    stance: Mapped[Cast] = choice(Cast, "stance", nullable=False)

    delegation: Mapped[Any] = relationship("Delegation")


class Silence(Referenced, Revised, InConference, db.Model):
    """A frozen text that is adopted unless a delegation objects before an instant of the server's clock."""

    document_id: Mapped[int] = link("document", nullable=False)
    version_id: Mapped[int] = link("version", nullable=False)
    expires_at: Mapped[datetime] = column(Moment, nullable=False)
    note: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    tells_names: Mapped[bool] = column(Boolean, nullable=False, default=False)
    started_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    started_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    stopped_at: Mapped[datetime | None] = evidence(Moment)
    stop_reason: Mapped[str] = column(String(500), nullable=False, default="")
    told_at: Mapped[datetime | None] = evidence(Moment)

    document: Mapped[Document] = relationship()
    version: Mapped[Version] = relationship()
    objections: Mapped[list["Objection"]] = relationship(back_populates="silence", order_by="Objection.id")
    extensions: Mapped[list["SilenceExtension"]] = relationship(order_by="SilenceExtension.id")

    @property
    def state(self) -> Any:
        return silence_state(self, clock.now())


class SilenceExtension(InConference, db.Model):
    """A later expiry that was set while silence ran: from which one, and why."""

    id: Mapped[int] = key()
    silence_id: Mapped[int] = link("silence", nullable=False)
    was_until: Mapped[datetime] = column(Moment, nullable=False)
    until: Mapped[datetime] = column(Moment, nullable=False)
    reason: Mapped[dict[str, str]] = column(Translated, nullable=False)
    extended_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    extended_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)


class Objection(Referenced, InConference, db.Model):
    """A delegation's written objection; received when the server had it, also when the secretariat entered it."""

    __table_args__ = (UniqueConstraint("silence_id", "delegation_id"),)

    silence_id: Mapped[int] = link("silence", nullable=False)
    delegation_id: Mapped[int] = link("delegation", nullable=False)
    blocks: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    reason: Mapped[str] = column(String(4000), nullable=False, default="")
    received_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    given_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)

    silence: Mapped[Silence] = relationship(back_populates="objections")
    delegation: Mapped[Any] = relationship("Delegation")


class Reservation(Referenced, Revised, InConference, db.Model):
    """A delegation's statement on an adopted text, in its own words: nobody edits it, a correction is a new row."""

    __public__ = True

    __table_args__ = (one_of(StatementKind, "kind"), one_of(StatementState))

    adoption_id: Mapped[int] = link("adoption", nullable=False)
    delegation_id: Mapped[int] = link("delegation", nullable=False)
    kind: Mapped[StatementKind] = choice(StatementKind, "kind", nullable=False)
    status: Mapped[StatementState] = choice(StatementState, nullable=False, default=StatementState.RECEIVED)
    blocks: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    text: Mapped[dict[str, str]] = column(Translated, nullable=False)
    handed_in_by: Mapped[str] = personal(String(200), nullable=False, default="")
    question: Mapped[str] = column(String(1000), nullable=False, default="")
    received_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    received_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    shown_at: Mapped[datetime | None] = evidence(Moment)
    ended_at: Mapped[datetime | None] = evidence(Moment)
    replaces_id: Mapped[int | None] = link("reservation")
    paper_id: Mapped[int | None] = link("document")  # a paper of its own with these words

    adoption: Mapped[Adoption] = relationship()
    paper: Mapped[Document | None] = relationship()
    delegation: Mapped[Any] = relationship("Delegation")


class Endorsement(Referenced, Revised, InConference, db.Model):
    """A delegation that stands behind an adopted text: who signed, on which paper, since when and until when."""

    __public__ = True

    __table_args__ = (one_of(EndorsementState),)

    adoption_id: Mapped[int] = link("adoption", nullable=False)
    delegation_id: Mapped[int] = link("delegation", nullable=False)
    status: Mapped[EndorsementState] = choice(EndorsementState, nullable=False, default=EndorsementState.PROPOSED)
    authority: Mapped[dict[str, str]] = personal(Translated, nullable=False)
    endorsed_on: Mapped[date] = column(Date, nullable=False)
    withdrawn_on: Mapped[date | None] = column(Date)
    reason: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    proposed_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    proposed_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    confirmed_at: Mapped[datetime | None] = evidence(Moment)
    ended_at: Mapped[datetime | None] = evidence(Moment)
    file_id: Mapped[int | None] = link("stored_file", data=Data.PERSONAL)

    adoption: Mapped[Adoption] = relationship()
    delegation: Mapped[Any] = relationship("Delegation")
    file: Mapped[StoredFile | None] = relationship()
