"""The catalogue of states and organizations that a conference invites from."""

from confapp.foundation import text
from confapp.foundation.db import db
from confapp.registration import queries, states
from confapp.registration.models import Party
from confapp.registration.rules import PartyKind


def load_catalogue() -> int:
    """Brings the catalogue into the database and up to date; returns how many were new; safe to run again."""
    known = queries.parties_by_code()
    added = 0
    for data in states.catalogue():
        party = known.get(data.code)
        if party is None:
            party = Party(code=data.code, kind=PartyKind(data.kind.value))
            db.session.add(party)
            added += 1
        _bring_up_to_date(party, data)
    db.session.flush()
    return added


def _bring_up_to_date(party: Party, data: states.PartyData) -> None:
    values = {
        "name": dict(data.names),
        "formal_name": dict(data.formal_names),
        "designation": dict(data.designations),
        "un_status": data.un_status.value if data.un_status else "",
        "groups": list(data.groups),
        "source": "; ".join(f"{source.name} ({source.as_of:%d.%m.%Y})" for source in data.sources)[:200],
        "folded": text.fold(data.code, *data.names.values(), *data.designations.values())[:600],
    }
    for name, value in values.items():
        if getattr(party, name) != value:
            setattr(party, name, value)
