"""The catalogue of states and organizations."""

from datetime import date

from sqlalchemy import JSON, Date, String
from sqlalchemy.orm import Mapped

from confapp.foundation.db import (
    Referenced,
    Revised,
    Translated,
    choice,
    column,
    db,
    one_of,
    technical,
)
from confapp.registration.rules import PartyKind


class Party(Referenced, Revised, db.Model):
    """The catalogue: states and organizations, with their names by language; what is not known is empty.

    `edited` names the fields that were typed or imported here: bringing the catalogue up to date leaves them alone.
    """

    __table_args__ = (one_of(PartyKind, "kind"),)

    kind: Mapped[PartyKind] = choice(PartyKind, "kind", nullable=False)
    code: Mapped[str] = column(String(20), nullable=False, unique=True)
    name: Mapped[dict[str, str]] = column(Translated, nullable=False)
    formal_name: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    designation: Mapped[dict[str, str]] = column(Translated, nullable=False, default=dict)
    un_status: Mapped[str] = column(String(20), nullable=False, default="")
    groups: Mapped[list[str]] = column(JSON, nullable=False, default=list)
    source: Mapped[str] = column(String(200), nullable=False, default="")
    as_of: Mapped[date | None] = column(Date)
    edited: Mapped[list[str]] = technical(JSON, nullable=False, default=list)
    folded: Mapped[str] = technical(String(600), nullable=False, default="")

    @property
    def printed_names(self) -> dict[str, str]:
        """What stands on a list or a nameplate: the short form where there is one."""
        return self.name | self.designation
