"""The customary parts with which a paper of each layout begins. What is to be filled in stands in brackets with an
ellipsis, [… like this]; a remark holds it up until it is. No sentence here says what a meeting decides. Pure."""

from confapp.documents.rules import BlockKind, inline
from confapp.documents.rules.layouts import LayoutName
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _

TO_FILL = "[…"
Part = tuple[BlockKind, str]

_RECALLING: Part = (BlockKind.PREAMBULAR, N_("*Recalling* [… earlier texts],"))
_NOTING: Part = (BlockKind.PREAMBULAR, N_("*Noting* [… what was before the meeting],"))
_LAST_WISH: Part = (BlockKind.OPERATIVE, N_("*Invite* [… whom, and to do what]."))

BEGINNINGS: dict[LayoutName, tuple[Part, ...]] = {
    LayoutName.MESSAGE: (
        (BlockKind.ORGAN, N_("We, the participants in [… the meeting], held in [… place] on [… dates],")),
        _RECALLING,
        _NOTING,
        (BlockKind.HEADING, N_("[… Heading of a theme]")),
        (BlockKind.OPERATIVE, N_("*Emphasize* [… what];")),
        _LAST_WISH,
    ),
    LayoutName.DECLARATION: (
        (BlockKind.ORGAN, N_("We, [… who], meeting in [… place] on [… dates],")),
        _RECALLING,
        _NOTING,
        (BlockKind.PARAGRAPH, N_("*Declare* the following:")),
        (BlockKind.OPERATIVE, N_("[… First point].")),
        (BlockKind.OPERATIVE, N_("[… Second point].")),
    ),
    LayoutName.RESOLUTION: (
        (BlockKind.ORGAN, N_("The [… name of the body],")),
        _RECALLING,
        _NOTING,
        (BlockKind.OPERATIVE, N_("*Decides* [… what];")),
        (BlockKind.OPERATIVE, N_("*Requests* [… whom, and to do what].")),
    ),
    LayoutName.SUMMARY: (
        (BlockKind.HEADING, N_("Opening of the meeting")),
        (BlockKind.OPERATIVE, N_("The meeting was held in [… place] on [… dates] and chaired by [… function].")),
        (BlockKind.HEADING, N_("Discussion")),
        (BlockKind.OPERATIVE, N_("[… What was discussed, without names].")),
        (BlockKind.HEADING, N_("Way forward")),
        (BlockKind.OPERATIVE, N_("[… What comes next].")),
    ),
    LayoutName.AGENDA: (
        (BlockKind.OPERATIVE, N_("Opening of the meeting.")),
        (BlockKind.OPERATIVE, N_("Adoption of the agenda and organization of work.")),
        (BlockKind.OPERATIVE, N_("[… Item of substance].")),
        (BlockKind.OPERATIVE, N_("Other matters.")),
        (BlockKind.OPERATIVE, N_("Adoption of the outcome.")),
        (BlockKind.OPERATIVE, N_("Closure of the meeting.")),
    ),
    LayoutName.JOURNAL: (
        (BlockKind.HEADING, N_("Meetings")),
        (BlockKind.PARAGRAPH, N_("[… Title, hour and room of each meeting].")),
        (BlockKind.HEADING, N_("Documents issued")),
        (BlockKind.PARAGRAPH, N_("[… Symbol and title of each].")),
        (BlockKind.HEADING, N_("Announcements")),
        (BlockKind.PARAGRAPH, N_("[… What participants should know].")),
    ),
    LayoutName.LETTER: (
        (BlockKind.PARAGRAPH, N_("Excellency,")),
        (BlockKind.PARAGRAPH, N_("I have the honour to [… purpose of the letter].")),
        (BlockKind.PARAGRAPH, N_("[… What is asked, and by when].")),
        (BlockKind.PARAGRAPH, N_("Accept, Excellency, the assurances of my highest consideration.")),
        (BlockKind.PARAGRAPH, N_("[… Name and function]")),
    ),
    LayoutName.PAPER: (
        (BlockKind.HEADING, N_("Introduction")),
        (BlockKind.OPERATIVE, N_("[… Purpose of this paper].")),
        (BlockKind.HEADING, N_("Points for consideration")),
        (BlockKind.OPERATIVE, N_("[… What the meeting may wish to consider].")),
    ),
}


def parts(layout: LayoutName) -> list[Part]:
    """In the language in which files are printed now, the same kinds in every language."""
    return [(kind, _(words)) for kind, words in BEGINNINGS[layout]]


def is_to_be_filled(text: inline.Inline) -> bool:
    return TO_FILL in inline.to_plain(text)
