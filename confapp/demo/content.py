"""The forms in which the demonstration's content is written down. No database here: `confapp.demo` loads it.

Words such as a kind or a status are those of the features' rules; a test compares them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

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
    audience: int | None = None
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
class Recorded:
    """A recorded vote and what delegations did about the text, by keys of states that do not exist."""

    votes: dict[str, str]  # of those that voted; all others were absent
    dissociates: tuple[str, str]  # who, and how the English text of the paragraph begins
    words: Text
    endorsed_by: tuple[str, ...]
    authority: Text


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
    recorded: Recorded | None = None
    silence_days: int = 0  # until silence on it ends
    note: Text = field(default_factory=dict)  # what is said to the delegations when silence begins
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
    steps: tuple[str, ...] = ()  # the offices that clear it, in their order
    four_eyes: bool = False
    members_fill_in: bool = False
    accompanying: bool = False
    photo: str = "optional"
    takes_waiting: bool = True
    offer_hours: int = 0


@dataclass(frozen=True)
class Delegation:
    party: str
    standing: str = "accepted"
    focal_point: str | None = None  # key of a person
    note: str = ""
    contact: str = ""  # where letters go when nobody answers for it yet
    groups: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    paper: str = "checked"  # where its credential stands once a member is registered
    objection: str = ""


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
    country: str = ""
    defects: tuple[tuple[str, str], ...] = ()  # (field, what is wrong with it) of a return
    accompanies: str = ""  # key of the member
    replaces: str = ""  # key of the member who leaves by this substitution
    invited: bool = False  # by a private link, or to fill in by the focal point's invitation


@dataclass(frozen=True)
class Zone:
    code: str
    name: Text
    colour: str
    categories: tuple[str, ...]
    capacity: int | None = None


@dataclass(frozen=True)
class Cleared:
    """What an office has said at its step about somebody who is not decided about yet."""

    person: str
    office: str
    objection: str = ""


@dataclass(frozen=True)
class Said:
    """A line on the record: of the person, of the office, or an internal note of the office."""

    person: str
    words: str
    by: str = "person"


@dataclass(frozen=True)
class Prepared:
    person: str
    verb: str
    reason: str = ""


@dataclass(frozen=True)
class SignUp:
    """A session that takes sign-ups, for so many, and who has asked for a place in this order."""

    session: str
    capacity: int
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficeWork:
    """What the offices of a conference have done so far beside the statuses of its people."""

    host: str = ""  # party that stands first in the order of delegations
    zones: tuple[Zone, ...] = ()
    cleared: tuple[Cleared, ...] = ()
    said: tuple[Said, ...] = ()
    prepared: tuple[Prepared, ...] = ()
    looked_after: tuple[str, ...] = ()
    blanks: dict[str, str] = field(default_factory=dict)  # of the texts of letters, and what they are filled with
    letters_to: tuple[str, ...] = ()
    letter_languages: tuple[str, ...] = ("en", "id")
    visa_support: tuple[str, str] = ("", "")  # (person, purpose): asked for and waiting
    confirmation: str = ""  # person
    question_sets: tuple[str, ...] = ()
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)  # by person, then by question
    sign_ups: tuple[SignUp, ...] = ()
    private_link: tuple[str, str, int] = ("", "", 0)  # (category, what it is for, places)
    views: tuple[tuple[str, dict[str, str]], ...] = ()  # (name, filter) of the list of registrations


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
    office: OfficeWork = field(default_factory=OfficeWork)


def block(kind: str, en: str, id: str, *children: Block) -> Block:
    return Block(kind, {"en": en, "id": id}, children)
