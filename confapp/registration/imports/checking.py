"""Every row of a table tried by the form and the rules that a typed person is tried by; nothing is changed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import clock, languages, sealing, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import INTERFACE, best, speaking
from confapp.foundation.languages import gettext as _
from confapp.people.models import Person
from confapp.registration import queries, rules, states
from confapp.registration.actions.imports import New, key_of, keys_there
from confapp.registration.forms.imports import RowForm
from confapp.registration.imports.answers import Answers
from confapp.registration.imports.columns import FIELDS
from confapp.registration.imports.reading import Rows
from confapp.registration.models import Category, Delegation, Import, Registration
from confapp.registration.rules import (
    ACCREDIT,
    CAPACITY_NAMES,
    LIVING,
    RANK_NAMES,
    Capacity,
    DelegationStatus,
    Entry,
    Track,
    ways,
)
from confapp.registration.rules.privacy import DIET_NAMES, OF_PERSON, sealing_fault

SOUND, FAULT, THERE = "sound", "fault", "there"
Said = list[tuple[str, str]]  # the label of a column, and what is said of it


@dataclass
class Line:
    """What became of one row: whether it can be brought in, what must be mended, and what should be looked at."""

    row: int
    name: str
    outcome: str = SOUND
    faults: Said = field(default_factory=list)
    warnings: Said = field(default_factory=list)
    new: New | None = None

    def refuse(self, label: str, sentence: str) -> None:
        self.outcome = FAULT
        self.faults.append((label, sentence))

    @property
    def written(self) -> dict[str, Any]:
        """As it is kept in the report."""
        return {
            "row": self.row,
            "name": self.name,
            "outcome": self.outcome,
            "faults": [list(one) for one in self.faults],
            "warnings": [list(one) for one in self.warnings],
        }


def check(
    actor: Actor,
    conference: Conference,
    batch: Import,
    rows: Rows,
    fields: Sequence[str],
    report: Callable[[int], None] = lambda percent: None,
) -> list[Line]:
    """A line for each row that holds anything, in its order. `report` is told how far it is, in per cent."""
    checker = Checker(actor, conference, batch, fields)
    with sealing.keys_at_hand():
        lines = _lines(checker, rows, fields, report)
    _leave_out_those_there(lines)
    checker.count_heads(lines)
    checker.count_places(lines)
    return lines


def _lines(checker: "Checker", rows: Rows, fields: Sequence[str], report: Callable[[int], None]) -> list[Line]:
    lines = []
    filled = [(number, row) for number, row in enumerate(rows[1:], 2) if any(row)]
    for count, (number, row) in enumerate(filled):
        if count % 500 == 499:
            report(round(100 * count / len(filled)))
        values = {name: cell for name, cell in zip(fields, row, strict=False) if name and cell}
        lines.append(checker.line(number, values))
    return lines


class Checker:
    """What all rows are held against, read once: delegations, categories, people, and what words mean."""

    def __init__(self, actor: Actor, conference: Conference, batch: Import, fields: Sequence[str]) -> None:
        self.conference = conference
        self.form = RowForm()
        self.delegations = {one.id: one for one in _apart(db.session.scalars(select(Delegation)))}
        self.delegation = self.delegations.get(batch.delegation_id or 0)
        self.categories = _apart(queries.categories())
        self.category = next((one for one in self.categories if one.id == batch.category_id), None)
        self.by_name = _delegations_by_name(self.delegations.values())
        self.categories_by_name = _categories_by_name(self.categories)
        self.meant = {
            "capacity": _meanings(CAPACITY_NAMES),
            "rank": _meanings(RANK_NAMES),
            "diet": _meanings(DIET_NAMES),
            "language": _language_meanings(),
            "country": _country_meanings(),
        }
        is_office = ACCREDIT.allows(actor, conference)
        self.answers = Answers(conference, fields, self.meant["country"], is_office=is_office)
        self.usual: dict[int, Category | None] = {}
        self.late = rules.deadline_fault(conference, actor, clock.now())
        self.gone = sealing_fault(list(OF_PERSON), conference, clock.now())
        self.heads = set(
            db.session.scalars(
                select(Registration.delegation_id).where(
                    Registration.capacity == Capacity.HEAD, Registration.status.in_(LIVING)
                )
            )
        )
        self.known = _known_people()

    def line(self, number: int, values: dict[str, str]) -> Line:
        name = values.get("printed_name") or f"{values.get('given_name', '')} {values.get('family_name', '')}".strip()
        line = Line(number, name[:200])
        if self.late:
            line.refuse("", self.late)
        delegation, organization = self._body(values, line)
        category = self._category(values, delegation, line)
        entry = self._entry(values, organization, line)
        if entry is None or category is None or (delegation is None and not organization):
            return line
        self._about_delegation(delegation, category, line)
        body = delegation.ref if delegation is not None else text.fold(organization)
        self._about_others(body, entry, line)
        answered, faults, warnings = self.answers.read(values, entry, category, delegation)
        line.warnings += warnings
        for label, sentence in faults:
            line.refuse(label, sentence)
        line.new = New(
            number,
            entry,
            key_of(self.conference.id, body, entry, values.get("reference", "")),
            category.id,
            delegation.id if delegation is not None else None,
            delegation is None and category.track == Track.ADMISSION,
            answered,
        )
        return line

    def count_heads(self, lines: Sequence[Line]) -> None:
        """A delegation has one head; the first in the table is it, where there is none yet."""
        for line in lines:
            new = line.new
            if line.outcome != SOUND or new is None or not new.delegation_id or new.entry.capacity != Capacity.HEAD:
                continue
            if new.delegation_id in self.heads:
                sentence = _("This delegation has a head already. Change that person's capacity first.")
                line.refuse(_(FIELDS["capacity"]), sentence)
            self.heads.add(new.delegation_id)

    def count_places(self, lines: Sequence[Line]) -> None:
        """The places that are left are given in the order of the rows; the rows beyond them cannot be brought in."""
        sound = [line for line in lines if line.outcome == SOUND and line.new is not None]
        over: dict[tuple[str, int], Any] = {}
        for kind in ("delegation", "category"):
            ids = {getattr(line.new, f"{kind}_id") for line in sound} - {None}
            over |= {(kind, one.owner_id): one for one in queries.quotas_of(kind, ids)}
        taken: Counter[tuple[str, int]] = Counter()
        for line in sound:
            assert line.new is not None
            owners = [("delegation", line.new.delegation_id or 0), ("category", line.new.category_id)]
            limits = [owner for owner in owners if owner in over and over[owner].left is not None]
            full = next((owner for owner in limits if taken[owner] >= over[owner].left), None)
            if full is None:
                taken.update(limits)
            else:
                label, sentence = self._full(full, over[full].left)
                line.refuse(label, sentence)

    def _full(self, owner: tuple[str, int], left: int) -> tuple[str, str]:
        kind, number = owner
        if kind == "delegation":
            name = best(self.delegations[number].name)
            return _(FIELDS["delegation"]), _("%(name)s has %(left)s places left.", name=name, left=left)
        name = best(next(one.name for one in self.categories if one.id == number))
        return _(FIELDS["category"]), _("The category “%(name)s” has %(left)s places left.", name=name, left=left)

    def _body(self, values: Mapping[str, str], line: Line) -> tuple[Delegation | None, str]:
        """The delegation of a row, or the organization as it is printed."""
        if self.delegation is not None:
            return self.delegation, ""
        code, named = values.get("delegation_code", ""), values.get("delegation", "")
        for word in (code, named):
            if word and (found := self.by_name.get(text.fold(word))):
                return found, ""
        organization = text.clean_name(values.get("organization", "") or named)
        if code:
            line.refuse(_(FIELDS["delegation_code"]), _("No delegation has this code."))
        elif not organization:
            line.refuse(_(FIELDS["delegation"]), _("Write the delegation or the organization."))
        elif named and not values.get("organization"):
            line.warnings.append(
                (_(FIELDS["delegation"]), _("There is no delegation of this name; it is taken as an organization."))
            )
        return None, organization

    def _category(self, values: Mapping[str, str], delegation: Delegation | None, line: Line) -> Category | None:
        word = values.get("category", "")
        if word:
            found = self.categories_by_name.get(text.fold(word))
            if found is None:
                line.refuse(_(FIELDS["category"]), _("There is no category of this name."))
            return found
        if self.category is not None:
            return self.category
        if delegation is not None:
            if delegation.id not in self.usual:
                offered = [one.id for one in queries.categories_for(delegation)]
                self.usual[delegation.id] = next((one for one in self.categories if one.id in offered), None)
            if (usual := self.usual[delegation.id]) is not None:
                return usual
        line.refuse(_(FIELDS["category"]), _("Write the category, or choose one for the whole table."))
        return None

    def _entry(self, values: dict[str, str], organization: str, line: Line) -> Entry | None:
        typed = {name: value for name, value in values.items() if name in self.form._fields}
        for name, words in self.meant.items():
            if name in typed and (meant := words.get(text.fold(typed[name]))) is not None:
                typed[name] = meant
        if "country" in typed and typed["country"] not in states.STATE_CODES:
            line.warnings.append((_(FIELDS["country"]), _("This country is not known and is left empty.")))
            del typed["country"]
        typed["organization"] = organization
        if self.gone and any(name in typed for name in OF_PERSON):
            line.refuse("", self.gone)
        if not self.form.take(typed):
            for one in self.form:
                for error in one.errors:
                    line.refuse(_(FIELDS[one.name]) if one.name in FIELDS else str(one.label.text), str(error))
            return None
        return self.form.entry()

    def _about_delegation(self, delegation: Delegation | None, category: Category, line: Line) -> None:
        if delegation is None:
            return
        if delegation.status == DelegationStatus.DECLINED:
            line.refuse("", _("This delegation declined the invitation. Accept it first."))
        if not category.is_for_delegations:
            line.refuse(_(FIELDS["category"]), _("Members of delegations are not registered in this category."))
        if fault := ways.delegation_fault(category, delegation):
            line.refuse(_(FIELDS["category"]), fault)

    def _about_others(self, body: str, entry: Entry, line: Line) -> None:
        """Somebody of this name may be there already, typed or brought in otherwise."""
        name = text.fold(entry.given_name, entry.family_name)
        if (body, name) in self.known or (entry.email and (entry.email.casefold(), name) in self.known):
            line.warnings.append(
                (
                    _(FIELDS["given_name"]),
                    _("Somebody of this name is registered already; look whether it is the same."),
                )
            )


def _apart(rows: Iterable[Any]) -> list[Any]:
    """Records that outlive the transaction: a long check tells how far it is in transactions of its own."""
    found = list(rows)
    for row in found:
        db.session.expunge(row)
    return found


def _leave_out_those_there(lines: Sequence[Line]) -> None:
    """Whoever was brought in before, or stands in the table twice, is not brought in again."""
    there = keys_there([line.new.key for line in lines if line.new is not None])
    first: dict[str, int] = {}
    for line in lines:
        if line.new is None or line.outcome != SOUND:
            continue
        if line.new.key in there:
            line.outcome, line.warnings = THERE, [("", _("This person was brought in before."))]
        elif line.new.key in first:
            line.outcome = THERE
            line.warnings = [("", _("The same as row %(row)d.", row=first[line.new.key]))]
        else:
            first[line.new.key] = line.row


# --- what words mean --------------------------------------------------------------------------------------------------


def _meanings(names: Mapping[str, str]) -> dict[str, str]:
    """Folded words in every language of the interface, and the value itself, to the value."""
    found: dict[str, str] = {}
    for code in INTERFACE:
        with speaking(code):
            found |= {text.fold(_(label)): str(getattr(value, "value", value)) for value, label in names.items()}
    for value in map(str, names):
        found[text.fold(value)] = found[text.fold(value.replace("_", " "))] = value
    return found


def _language_meanings() -> dict[str, str]:
    found = {code: code for code in INTERFACE} | {"english": "en", "indonesian": "id", "arabic": "ar"}
    return found | {text.fold(languages.language(code).name): code for code in INTERFACE}


def _country_meanings() -> dict[str, str]:
    found: dict[str, str] = {}
    for party in states.catalogue():
        if party.alpha2:
            words = (party.code, party.alpha2, *party.names.values(), *party.designations.values())
            found |= {text.fold(word): party.code for word in words}
    return found


def _delegations_by_name(delegations: Any) -> dict[str, Delegation]:
    return {
        text.fold(word): one
        for one in delegations
        for word in (one.code, *one.name.values(), *one.formal_name.values())
        if word
    }


def _categories_by_name(categories: Sequence[Category]) -> dict[str, Category]:
    return {text.fold(word): one for one in categories for word in (*one.name.values(), one.code)}


def _known_people() -> set[tuple[str, str]]:
    """Whom somebody of the same name could be: by delegation or organization, and by address."""
    rows = db.session.execute(
        select(Delegation.ref, Registration.organization, Person.given_name, Person.family_name, Person.email)
        .select_from(Registration)
        .join(Registration.person)
        .outerjoin(Registration.delegation)
        .where(Registration.status.in_(LIVING))
    )
    found: set[tuple[str, str]] = set()
    for ref, organization, given, family, email in rows:
        name = text.fold(given, family)
        found.add((ref or text.fold(organization), name))
        if email:
            found.add((email.casefold(), name))
    return found
