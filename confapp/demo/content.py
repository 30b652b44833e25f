"""The forms in which the demonstration's content is written down. No database here: `confapp.demo` loads it.

Words such as a kind or a status are those of the features' rules; a test compares them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

Text = dict[str, str]  # by language code


@dataclass(frozen=True)
class Page:
    name: str
    title: Text
    body: Text  # Markdown
    as_of: date


@dataclass(frozen=True)
class Room:
    key: str
    name: Text
    capacity: int | None = None
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One who takes part in a session: a printed function, a delegation, or a fictitious person."""

    role: str
    function: Text = field(default_factory=dict)
    delegation: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class Item:
    title: Text
    minutes: int | None = None
    delegation: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class Session:
    key: str
    kind: str
    title: Text
    rooms: tuple[str, ...]
    start: datetime  # local, without a zone: the conference's
    minutes: int
    summary: Text = field(default_factory=dict)
    note: Text = field(default_factory=dict)
    illustrative: bool = False
    access: str = "open"
    languages: tuple[str, ...] = ()  # of interpretation
    released: bool = True
    choice: str | None = None  # sessions at the same time of which one may be chosen
    items: tuple[Item, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Rescheduled:
    """A change made in the draft after the release."""

    session: str
    start: datetime | None = None
    minutes: int | None = None
    rooms: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Block:
    """One block of a document, in every language. `*…*` marks emphasis."""

    kind: str
    texts: Text
    children: tuple["Block", ...] = ()

    def walk(self) -> list["Block"]:
        return [self, *(inner for child in self.children for inner in child.walk())]


@dataclass(frozen=True)
class Document:
    symbol: str
    kind: str
    title: Text
    languages: tuple[str, ...]
    authentic: tuple[str, ...]
    blocks: tuple[Block, ...]
    nature: str = "none"
    published: bool = True
    dated: date | None = None
    amendments: tuple[tuple[str, Text], ...] = ()  # (how the English text begins, its texts in the open draft)

    def all_blocks(self) -> list[Block]:
        return [inner for block in self.blocks for inner in block.walk()]


@dataclass(frozen=True)
class Category:
    code: str
    name: Text
    letter: str
    hint: Text = field(default_factory=dict)
    for_delegations: bool = False
    open_to_all: bool = True
    track: str = "accreditation"
    capacity: int | None = None


@dataclass(frozen=True)
class Delegation:
    party: str
    standing: str = "accepted"
    focal_point: str | None = None  # key of a person
    note: str = ""


@dataclass(frozen=True)
class Participant:
    """A person who is made up, and the status of the registration. Without an address the focal point answers."""

    key: str
    honorific: str
    given: str
    family: str
    function: str
    email: str = ""
    delegation: str | None = None
    organization: str = ""
    category: str = "delegate"
    capacity: str = ""
    status: str = ""
    reason: str = ""
    passport: str = ""
    access_needs: str = ""


@dataclass(frozen=True)
class Conference:
    slug: str
    acronym: str
    name: Text
    theme: Text
    first_day: date
    last_day: date
    zone: str
    venue: Text
    city: Text
    format: str
    languages: tuple[str, ...]
    accent: str
    contact: str
    host: Text
    notice: Text
    description: Text
    states: tuple[str, ...]
    pages: tuple[Page, ...]
    rooms: tuple[Room, ...]
    sessions: tuple[Session, ...]
    documents: tuple[Document, ...]
    organizations: tuple[str, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    categories: tuple[Category, ...] = ()
    people: tuple[Participant, ...] = ()
    rescheduled: tuple[Rescheduled, ...] = ()


def block(kind: str, en: str, id: str, *children: Block) -> Block:
    return Block(kind, {"en": en, "id": id}, children)
