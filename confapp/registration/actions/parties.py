"""The catalogue of states and organizations that a conference invites from. It stands above conferences."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.exc import IntegrityError

from confapp.foundation import audit, text
from confapp.foundation.access import ADMINISTER, SYSTEM, Actor
from confapp.foundation.db import across_conferences, db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.registration import queries, states
from confapp.registration.models import Party
from confapp.registration.rules import PartyKind, catalogue
from confapp.registration.rules.catalogue import Line, merged


class Whole:
    """The catalogue itself, as the record names it."""

    __tablename__ = "party"
    ref = "catalogue"


def load_catalogue(actor: Actor = SYSTEM, entries: Sequence[states.PartyData] | None = None) -> int:
    """Brings the catalogue into the database and up to date; returns how many were new; safe to run again.

    What was typed or imported here stays as it is.
    """
    _permit(actor)
    known = queries.parties_by_code()
    added = changed = 0
    for data in entries if entries is not None else states.catalogue():
        party = known.get(data.code)
        if party is None:
            party = Party(code=data.code, kind=PartyKind(data.kind.value))
            db.session.add(party)
            added += 1
        _bring_up_to_date(party, data)
        changed += party in db.session.dirty
    if added or changed:
        audit.record(actor, "load_catalogue", Whole(), added=added, changed=changed)
    return added


def _bring_up_to_date(party: Party, data: states.PartyData) -> None:
    sources = "; ".join(source.name for source in data.sources)[:200]
    values = {
        "name": dict(data.names),
        "formal_name": dict(data.formal_names),
        "designation": dict(data.designations),
        "un_status": data.un_status.value if data.un_status else "",
        "groups": list(data.groups),
        "source": sources or "Unicode CLDR",
        "as_of": max((source.as_of for source in data.sources), default=None),
    }
    edited = set(party.edited or ())
    _set(party, {name: value for name, value in values.items() if name not in edited})


def _set(party: Party, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if getattr(party, name) != value:
            setattr(party, name, value)
    folded = text.fold(party.code, *party.name.values(), *(party.designation or {}).values())[:600]
    if party.folded != folded:
        party.folded = folded


def add_party(actor: Actor, code: str, **values: Any) -> Party:
    """An entry of one's own. `values` are the fields of rules.catalogue.FIELD_NAMES."""
    _permit(actor)
    if fault := catalogue.code_fault(code):
        raise Refused(fault, 422, "code")
    _refuse_nameless(values.get("name", {}))
    made = db.session.scalar(
        inserting(Party)
        .values(ref=new_ref(), code=code, kind=values.get("kind", PartyKind.STATE), name={}, revision=1)
        .values(formal_name={}, designation={}, un_status="", groups=[], source="", edited=[], folded="")
        .on_conflict_do_nothing()
        .returning(Party.id)
    )
    if made is None:
        raise Refused(_("The catalogue has an entry with this code already."), 409, "code")
    party = db.session.get_one(Party, made)
    _edit(party, values)
    audit.record(actor, "add_party", party, code=code, name=party.name)
    return party


def change_party(actor: Actor, party: Party, values: Mapping[str, Any], *, revision: int | None = None) -> bool:
    """Other values of an entry, with their source; False when nothing is different. Conferences keep their copies."""
    _permit(actor)
    if revision is not None and revision != party.revision:
        raise Refused(_("Somebody else changed this entry meanwhile. Look at it again, then change it."))
    _refuse_nameless(values.get("name", party.name))
    _edit(party, values)
    changed = audit.changes(party)
    if changed:
        audit.record(actor, "change_party", party, code=party.code, **changed)
    return bool(changed)


def _edit(party: Party, values: Mapping[str, Any]) -> None:
    changed = [name for name, value in values.items() if getattr(party, name) != _plain(value)]
    if changed:
        _set(party, {name: _plain(values[name]) for name in changed})
        party.edited = sorted({*party.edited, *changed})


def _plain(value: Any) -> Any:
    """Names without the languages that were left empty."""
    return {code: words for code, words in value.items() if words} if isinstance(value, dict) else value


def _refuse_nameless(name: Mapping[str, str]) -> None:
    if not any(name.values()):
        raise Refused(_("Please fill this in, in at least one language."), 422, "name")


def remove_party(actor: Actor, party: Party) -> None:
    """Only an entry that no conference has used; what the program brings would come back with the next update."""
    _permit(actor)
    if party.code in states.CODES:
        raise Refused(_("This entry comes with the program and stays. A conference chooses whom it invites."))
    audit.record(actor, "remove_party", party, code=party.code, name=party.name)
    db.session.delete(party)
    try:
        with across_conferences("a party may be invited anywhere"):
            db.session.flush()
    except IntegrityError:
        raise Refused(_("A conference has this entry in its list. It can be changed, not removed.")) from None


class Outcome(NamedTuple):
    """What a line of a table does, or would do: added, changed, same or faulty; and the fields it changes."""

    line: Line
    verb: str
    changes: dict[str, tuple[Any, Any]]


def outcomes(lines: Iterable[Line]) -> list[Outcome]:
    """A dry run: nothing is changed."""
    known = queries.parties_by_code()
    return [_outcome(line, known.get(line.code)) for line in lines]


def _outcome(line: Line, party: Party | None) -> Outcome:
    changes = merged(party, line.values) if not line.faults else {}
    if not line.faults and party is None and not line.values.get("name"):
        line.faults.append(_("A new entry needs a name."))
    if line.faults:
        return Outcome(line, "faulty", {})
    return Outcome(line, "added" if party is None else "changed" if changes else "same", changes)


def import_parties(actor: Actor, lines: Iterable[Line]) -> tuple[int, int]:
    """Brings in the lines that have no fault: (added, changed). The same table once more does nothing."""
    _permit(actor)
    known = queries.parties_by_code()
    added = changed = 0
    for outcome in outcomes(lines):
        values = {name: becomes for name, (_was, becomes) in outcome.changes.items()}
        if outcome.verb == "added":
            add_party(actor, outcome.line.code, **values)
            added += 1
        elif outcome.verb == "changed":
            changed += change_party(actor, known[outcome.line.code], values)
    return added, changed


def _permit(actor: Actor) -> None:
    if not ADMINISTER.allows(actor, None):
        raise Forbidden
