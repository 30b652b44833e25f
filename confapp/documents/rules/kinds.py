"""What papers are, and what their files call it: in every language in which files are printed."""

from enum import StrEnum

from confapp.foundation.languages import N_


class DocumentKind(StrEnum):
    OUTCOME = "outcome"
    INFORMATION_NOTE = "information_note"
    CONCEPT_NOTE = "concept_note"
    AGENDA = "agenda"
    REPORT = "report"
    PAPER = "paper"
    CIRCULAR = "circular"
    PROGRAMME_OF_WORK = "programme_of_work"
    JOURNAL = "journal"
    WORKING_PAPER = "working_paper"
    DRAFT = "draft"
    STATEMENT = "statement"
    PARTICIPANTS = "participants"


class Nature(StrEnum):
    """What an outcome binds to."""

    NONE = "none"
    VOLUNTARY_MESSAGE = "voluntary_message"
    CHAIRS_SUMMARY = "chairs_summary"
    DECLARATION = "declaration"
    RESOLUTION = "resolution"


class Access(StrEnum):
    """Who may read what is issued. `participants` are all who hold a mandate in the conference."""

    PUBLIC = "public"
    PARTICIPANTS = "participants"
    RESTRICTED = "restricted"


class Modification(StrEnum):
    """What a paper does to the one whose symbol it extends (`…/Add.1`). A revision is a version of the same paper."""

    ADDENDUM = "addendum"
    CORRIGENDUM = "corrigendum"
    AMENDMENT = "amendment"
    SUMMARY = "summary"


KIND_NAMES: dict[str, str] = {
    DocumentKind.OUTCOME: N_("Outcome document"),
    DocumentKind.INFORMATION_NOTE: N_("Information note"),
    DocumentKind.CONCEPT_NOTE: N_("Concept note"),
    DocumentKind.AGENDA: N_("Agenda"),
    DocumentKind.REPORT: N_("Report"),
    DocumentKind.PAPER: N_("Conference paper"),
    DocumentKind.CIRCULAR: N_("Circular"),
    DocumentKind.PROGRAMME_OF_WORK: N_("Programme of work"),
    DocumentKind.JOURNAL: N_("Journal"),
    DocumentKind.WORKING_PAPER: N_("Working paper"),
    DocumentKind.DRAFT: N_("Draft text"),
    DocumentKind.STATEMENT: N_("Statement"),
    DocumentKind.PARTICIPANTS: N_("List of participants"),
}
NATURE_NAMES: dict[str, str] = {
    Nature.NONE: "",
    Nature.VOLUNTARY_MESSAGE: N_("Voluntary message"),
    Nature.CHAIRS_SUMMARY: N_("Summary by the Chair"),
    Nature.DECLARATION: N_("Declaration"),
    Nature.RESOLUTION: N_("Resolution"),
}
# As a masthead says it.
DISTRIBUTION_NAMES: dict[str, str] = {
    Access.PUBLIC: N_("General"),
    Access.PARTICIPANTS: N_("Limited"),
    Access.RESTRICTED: N_("Restricted"),
}
MODIFICATION_NAMES: dict[str, str] = {
    Modification.ADDENDUM: N_("Addendum"),
    Modification.CORRIGENDUM: N_("Corrigendum"),
    Modification.AMENDMENT: N_("Amendment"),
    Modification.SUMMARY: N_("Summary"),
}
