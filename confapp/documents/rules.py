"""Documents: kinds, blocks, the life of a document and of its issues."""

from enum import StrEnum

from confapp.foundation.access import by_roles
from confapp.foundation.languages import N_
from confapp.people.rules import Role


class DocumentKind(StrEnum):
    OUTCOME = "outcome"
    INFORMATION_NOTE = "information_note"
    CONCEPT_NOTE = "concept_note"
    AGENDA = "agenda"
    REPORT = "report"


class Nature(StrEnum):
    """What an outcome binds to."""

    NONE = "none"
    VOLUNTARY_MESSAGE = "voluntary_message"
    CHAIRS_SUMMARY = "chairs_summary"
    DECLARATION = "declaration"
    RESOLUTION = "resolution"


class Status(StrEnum):
    DRAFT = "draft"
    ADOPTED = "adopted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class BlockKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    NOTE = "note"
    ANNEX = "annex"


class Manner(StrEnum):
    CONSENSUS = "consensus"
    ACCLAMATION = "acclamation"
    WITHOUT_VOTE = "without_vote"
    SILENCE = "silence"
    NOTED = "noted"
    CHAIR = "chair"


class IssueState(StrEnum):
    PREPARING = "preparing"
    PUBLISHED = "published"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


EDIT = by_roles("edit_documents", N_("Write outcome documents"), Role.ORGANIZER, Role.SECRETARIAT_EDITOR)
PUBLISH = by_roles("publish_documents", N_("Adopt and publish documents"), Role.ORGANIZER, Role.SECRETARIAT_EDITOR)
