"""The standard words of a summary record: who spoke, in which order, when and on what. What was said stays with those
who said it: a record draws on the programme and the list of speakers, and puts nothing in anybody's mouth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from confapp.documents.rules import BlockKind
from confapp.documents.rules.inline import to_markup
from confapp.foundation import clock
from confapp.foundation.dates import day
from confapp.foundation.languages import best, joined, ngettext
from confapp.foundation.languages import gettext as _

Texts = dict[str, str]


@dataclass(frozen=True)
class Spoken:
    """A delivered statement. `mode` is in_person, live or recorded; `address` is where its text can be read."""

    delegation: Texts
    speaker: str
    title: str
    began_at: datetime
    topic: Texts
    mode: str
    on_behalf_of: str = ""
    is_reply: bool = False
    address: str = ""


@dataclass(frozen=True)
class Held:
    """What the programme says of a debate."""

    title: Texts
    zone: str
    began_at: datetime
    ended_at: datetime
    rooms: Sequence[Texts] = ()
    chairs: Sequence[Texts] = ()  # each as a person's name or as a printed function
    topics: Sequence[Texts] = ()
    spoken: Sequence[Spoken] = field(default_factory=tuple)


def title(held: Held, code: str) -> str:
    return _("Summary record: %(session)s", session=best(held.title, code))


def blocks(held: Held, code: str) -> list[tuple[BlockKind, str]]:
    """The paragraphs in the language that is spoken now, always the same number and kinds in every language."""
    replies = [one for one in held.spoken if one.is_reply]
    statements = [one for one in held.spoken if not one.is_reply]
    found = [
        (BlockKind.HEADING, _("Opening")),
        (BlockKind.OPERATIVE, _when(held, code)),
    ]
    if held.chairs:
        names = joined((best(one, code) for one in held.chairs), code)
        found.append((BlockKind.OPERATIVE, _("In the chair: %(names)s.", names=names)))
    if held.topics:
        found.append((BlockKind.OPERATIVE, _("Delegations spoke on the following topics:")))
        found += [(BlockKind.LIST_ITEM, f"{best(one, code)}") for one in held.topics]
    found.append((BlockKind.HEADING, _("Statements")))
    found.append(
        (
            BlockKind.OPERATIVE,
            ngettext(
                "%(num)d delegation made a statement:",
                "%(num)d delegations made statements, in this order:",
                len(statements),
            ),
        )
    )
    found += [(BlockKind.LIST_ITEM, _line(one, held, code)) for one in statements]
    if replies:
        found.append((BlockKind.OPERATIVE, _("The following spoke in exercise of the right of reply:")))
        found += [(BlockKind.LIST_ITEM, _line(one, held, code)) for one in replies]
    return [(kind, to_markup([{"t": words}])) for kind, words in found]


def _when(held: Held, code: str) -> str:
    begins, ends = (clock.local(one, held.zone) for one in (held.began_at, held.ended_at))
    values = {
        "session": best(held.title, code),
        "day": day(held.began_at, code, held.zone),
        "begins": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M} {clock.zone_label(held.zone, held.ended_at)}",
    }
    if held.rooms:
        rooms = joined((best(one, code) for one in held.rooms), code)
        return _("“%(session)s” was held on %(day)s from %(begins)s to %(ends)s in: %(rooms)s.", rooms=rooms, **values)
    return _("“%(session)s” was held on %(day)s from %(begins)s to %(ends)s.", **values)


def _line(one: Spoken, held: Held, code: str) -> str:
    """“Samoa: H.E. Ms Sample, Minister (10:05); topic: Trust; recorded statement; text: https://…”"""
    who = joined(filter(None, (one.speaker, one.title)), code)
    hour = f"{clock.local(one.began_at, held.zone):%H:%M}"
    parts = [f"{best(one.delegation, code)}{': ' + who if who else ''} ({hour})"]
    if one.on_behalf_of:
        parts.append(_("also on behalf of %(group)s", group=one.on_behalf_of))
    if one.topic:
        parts.append(_("topic: %(topic)s", topic=best(one.topic, code)))
    if one.mode == "recorded":
        parts.append(_("recorded statement"))
    elif one.mode == "live":
        parts.append(_("by live connection"))
    if one.address:
        parts.append(_("text: %(address)s", address=one.address))
    return "; ".join(parts)
