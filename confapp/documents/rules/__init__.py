"""Documents: kinds, blocks, the life of a document and of its issues, and symbols."""

from enum import StrEnum
from typing import Any

from confapp.documents.rules.issuing import is_open
from confapp.documents.rules.kinds import (  # noqa: F401 - names of this package
    DISTRIBUTION_NAMES,
    KIND_NAMES,
    MODIFICATION_NAMES,
    NATURE_NAMES,
    Access,
    DocumentKind,
    Modification,
    Nature,
)
from confapp.foundation import clock
from confapp.foundation.access import Permit, by_roles, conference_of
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Lifecycle, Move
from confapp.people.rules import Role


class WorkState(StrEnum):
    """How far one language version of a paper is."""

    WANTED = "wanted"
    IN_HAND = "in_hand"
    CHECKED = "checked"
    FINAL = "final"


class Status(StrEnum):
    DRAFT = "draft"
    ADOPTED = "adopted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class BlockKind(StrEnum):
    TITLE = "title"
    NOTE = "note"
    ORGAN = "organ"
    PREAMBULAR = "preambular"
    HEADING = "heading"
    OPERATIVE = "operative"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    ANNEX = "annex"
    SIGNATURES = "signatures"


class Manner(StrEnum):
    CONSENSUS = "consensus"
    ACCLAMATION = "acclamation"
    WITHOUT_VOTE = "without_vote"
    SILENCE = "silence"
    RECORDED_VOTE = "recorded_vote"
    NOTED = "noted"
    CHAIR = "chair"


class IssueState(StrEnum):
    PREPARING = "preparing"
    PREPARED = "prepared"
    PUBLISHED = "published"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


ACCESS_NAMES: dict[str, str] = {
    Access.PUBLIC: N_("Everybody"),
    Access.PARTICIPANTS: N_("Participants of the conference"),
    Access.RESTRICTED: N_("The secretariat alone"),
}
WORK_NAMES: dict[str, str] = {
    WorkState.WANTED: N_("To be written"),
    WorkState.IN_HAND: N_("In hand"),
    WorkState.CHECKED: N_("Checked"),
    WorkState.FINAL: N_("Final"),
}
WORK_LOOKS: dict[str, str] = {
    WorkState.WANTED: "attention",
    WorkState.IN_HAND: "waiting",
    WorkState.CHECKED: "good",
    WorkState.FINAL: "neutral",
}
STATUS_NAMES: dict[str, str] = {
    Status.DRAFT: N_("Draft"),
    Status.ADOPTED: N_("Adopted"),
    Status.PUBLISHED: N_("Published"),
    Status.WITHDRAWN: N_("Withdrawn"),
}
BLOCK_NAMES: dict[str, str] = {
    BlockKind.TITLE: N_("Title"),
    BlockKind.NOTE: N_("Note to the reader"),
    BlockKind.ORGAN: N_("Opening words"),
    BlockKind.PREAMBULAR: N_("Preambular paragraph"),
    BlockKind.HEADING: N_("Heading"),
    BlockKind.OPERATIVE: N_("Numbered paragraph"),
    BlockKind.PARAGRAPH: N_("Paragraph without number"),
    BlockKind.LIST_ITEM: N_("Item of a list"),
    BlockKind.ANNEX: N_("Annex"),
    BlockKind.SIGNATURES: N_("List of signatures or endorsements"),
}
MANNER_NAMES: dict[str, str] = {
    Manner.CONSENSUS: N_("by consensus"),
    Manner.ACCLAMATION: N_("by acclamation"),
    Manner.WITHOUT_VOTE: N_("without a vote"),
    Manner.SILENCE: N_("by silence procedure"),
    Manner.RECORDED_VOTE: N_("by a recorded vote"),
    Manner.NOTED: N_("taken note of"),
    Manner.CHAIR: N_("under the responsibility of the Chair"),
}
ISSUE_NAMES: dict[str, str] = {
    IssueState.PREPARING: N_("Being prepared"),
    IssueState.PREPARED: N_("Waits for its release"),
    IssueState.PUBLISHED: N_("Published"),
    IssueState.FAILED: N_("Not published"),
    IssueState.WITHDRAWN: N_("Withdrawn"),
}
# How a status looks: kinds of ui.status; what is normal stays quiet.
STATUS_LOOKS: dict[str, str] = {
    Status.DRAFT: "waiting",
    Status.ADOPTED: "good",
    Status.PUBLISHED: "neutral",
    Status.WITHDRAWN: "bad",
}
ISSUE_LOOKS: dict[str, str] = {
    IssueState.PREPARING: "waiting",
    IssueState.PREPARED: "attention",
    IssueState.PUBLISHED: "neutral",
    IssueState.FAILED: "bad",
    IssueState.WITHDRAWN: "bad",
}

READ = by_roles(
    "read_drafts",
    N_("Read drafts of documents"),
    Role.ORGANIZER,
    Role.SECRETARIAT_EDITOR,
    Role.PROGRAMME_OFFICER,
    Role.PROTOCOL_OFFICER,
    Role.VIEWER,
)
READ_ISSUED = Permit(
    "read_issued",
    N_("Read what was issued to participants"),
    lambda actor, subject: actor.is_administrator or bool(actor.roles(conference_of(subject) or 0)),
)
EDITORS = (Role.ORGANIZER, Role.SECRETARIAT_EDITOR)
EDIT = by_roles("edit_documents", N_("Write outcome documents"), *EDITORS)
SET_ISSUING = by_roles("set_issuing", N_("Say how many people publish a document"), Role.ORGANIZER)
PUBLISH = by_roles("publish_documents", N_("Adopt and publish documents"), Role.ORGANIZER, Role.SECRETARIAT_EDITOR)


def is_adopted_by_a_meeting(kind: str) -> bool:
    """An outcome belongs to the meeting; every other paper is issued by the secretariat."""
    return kind == DocumentKind.OUTCOME


def needs_adoption(document: Any) -> bool:
    """Corrigenda, addenda and summaries are the secretariat's; an amendment changes what was adopted."""
    return is_adopted_by_a_meeting(document.kind) and document.modification in (None, Modification.AMENDMENT)


def _can_be_adopted(document: Any) -> str | None:
    if not is_adopted_by_a_meeting(document.kind):
        return _("This paper is issued by the secretariat; a meeting adopts outcome documents only.")
    return _is_not_being_prepared(document)


def _can_be_issued(document: Any) -> str | None:
    if needs_adoption(document) and document.status == Status.DRAFT:
        return _("An outcome document is first adopted and then published.")
    return _is_not_being_prepared(document)


def _is_not_being_prepared(document: Any) -> str | None:
    open_ones = [issue for issue in document.issues if is_open(issue, clock.now())]
    if any(issue.state == IssueState.PREPARING for issue in open_ones):
        return _("An issue of this document is being prepared at this moment.")
    if open_ones:
        return _("An issue of this document waits for its release. Release it or take it back first.")
    return None


LIFE = Lifecycle(
    Move(
        "adopt",
        {Status.DRAFT, Status.PUBLISHED},
        Status.ADOPTED,
        PUBLISH,
        N_("Record the adoption"),
        guard=_can_be_adopted,
    ),
    Move(
        "publish",
        {Status.DRAFT, Status.ADOPTED, Status.PUBLISHED},
        Status.PUBLISHED,
        PUBLISH,
        N_("Publish"),
        guard=_can_be_issued,
    ),
    Move(
        "withdraw",
        {Status.PUBLISHED},
        Status.WITHDRAWN,
        PUBLISH,
        N_("Withdraw"),
        asks_reason=True,
        guard=_is_not_being_prepared,
    ),
    Move("resume", {Status.WITHDRAWN}, Status.DRAFT, PUBLISH, N_("Take up again as a draft")),
)
