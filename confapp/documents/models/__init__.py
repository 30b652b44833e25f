from confapp.documents.models.adoption import (
    Adoption,
    Endorsement,
    Objection,
    OralRevision,
    Reservation,
    Silence,
    SilenceExtension,
    Vote,
)
from confapp.documents.models.drafting import BlockDraft, Replacement, TextImport
from confapp.documents.models.emblem import Emblem
from confapp.documents.models.languages import GlossaryChange, GlossaryTerm, TextCheck, TranslationRules
from confapp.documents.models.publication import Issue, IssuePicture, IssuingRules, Publication, Subscriber
from confapp.documents.models.register import Document, GivenSymbol, LanguageWork, SymbolSeries
from confapp.documents.models.text import Block, BlockClaim, BlockPlace, BlockText, Version, VersionText

__all__ = [
    "Adoption",
    "Block",
    "BlockClaim",
    "BlockDraft",
    "BlockPlace",
    "BlockText",
    "Document",
    "Emblem",
    "Endorsement",
    "GivenSymbol",
    "GlossaryChange",
    "GlossaryTerm",
    "Issue",
    "IssuePicture",
    "IssuingRules",
    "LanguageWork",
    "Objection",
    "OralRevision",
    "Publication",
    "Replacement",
    "Reservation",
    "Silence",
    "SilenceExtension",
    "Subscriber",
    "SymbolSeries",
    "TextCheck",
    "TextImport",
    "TranslationRules",
    "Version",
    "VersionText",
    "Vote",
]
