"""The forms in which the demonstration's content is written down. No database here: `confapp.demo` loads it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

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

    role: Literal["chair", "moderator", "speaker", "panellist", "rapporteur"]
    function: Text = field(default_factory=dict)
    delegation: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class Item:
    title: Text
    minutes: int
    delegation: str | None = None
    person: str | None = None
    mode: Literal["in_person", "live", "recorded"] | None = None


@dataclass(frozen=True)
class Session:
    key: str
    kind: Literal[
        "ceremony",
        "general_debate",
        "plenary",
        "panel",
        "workshop",
        "side_event",
        "drafting",
        "press",
        "exhibition",
        "break",
        "other",
    ]
    title: Text
    rooms: tuple[str, ...]
    start: datetime  # local, without a zone: the conference's
    minutes: int
    summary: Text = field(default_factory=dict)
    note: Text = field(default_factory=dict)
    illustrative: bool = False
    public: bool = True
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

    kind: Literal["title", "note", "organ", "pp", "heading", "op", "list_item", "paragraph", "annex"]
    texts: Text
    children: tuple["Block", ...] = ()

    def walk(self) -> list["Block"]:
        return [self, *(inner for child in self.children for inner in child.walk())]


@dataclass(frozen=True)
class Document:
    symbol: str
    kind: Literal["message", "information_note", "declaration", "chair_summary", "other"]
    title: Text
    languages: tuple[str, ...]
    authentic: tuple[str, ...]
    blocks: tuple[Block, ...]
    nature: Text = field(default_factory=dict)
    published: bool = True
    dated: date | None = None
    amendments: tuple[tuple[int, Text], ...] = ()  # (index among all blocks, its text in the open draft)

    def all_blocks(self) -> list[Block]:
        return [inner for block in self.blocks for inner in block.walk()]


@dataclass(frozen=True)
class Delegation:
    party: str
    standing: Literal["invited", "acknowledged", "accepted", "declined"] = "accepted"
    focal_point: str | None = None  # key of a person
    note: str = ""


@dataclass(frozen=True)
class Participant:
    """A person who is made up. `status` is that of the registration; without one there is none yet."""

    key: str
    honorific: str
    given: str
    family: str
    function: str
    email: str
    delegation: str | None = None
    organization: str = ""
    category: Literal["delegate", "observer", "media", "academia", "staff"] = "delegate"
    capacity: Literal["head", "deputy", "alternate", "delegate", "adviser", "observer", ""] = ""
    status: Literal["submitted", "returned", "accredited", "refused", "withdrawn", ""] = ""
    reason: str = ""


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
    format: Literal["in_person", "hybrid", "online"]
    languages: tuple[str, ...]
    accent: str
    contact: str
    summary: Text
    description: Text
    states: tuple[str, ...]
    pages: tuple[Page, ...]
    rooms: tuple[Room, ...]
    sessions: tuple[Session, ...]
    documents: tuple[Document, ...]
    organizations: tuple[str, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    people: tuple[Participant, ...] = ()
    rescheduled: tuple[Rescheduled, ...] = ()


def block(kind: str, en: str, id: str, *children: Block) -> Block:
    return Block(kind, {"en": en, "id": id}, children)  # type: ignore[arg-type]
