"""Tables of the programme: rooms, sessions and who takes part, the timetable, and what is asked for it."""

from confapp.programme.models.agendas import Agenda, Booklet, Star
from confapp.programme.models.arranging import AcceptedClash, Arrangement, ClashSetting, Precedence
from confapp.programme.models.debate import Debate, DebateTopic, Statement, StatementFile
from confapp.programme.models.requests import Bilateral, BilateralMember, SideEvent, SideEventCall, SideEventSponsor
from confapp.programme.models.rooms import Room, RoomHours, RoomPart
from confapp.programme.models.sessions import (
    ChoiceGroup,
    Item,
    Material,
    OwnKind,
    Session,
    SessionLink,
    SessionRole,
    Theme,
)
from confapp.programme.models.timetable import Command, Correction, Placement, PlacementRoom, Schedule

__all__ = [
    "AcceptedClash",
    "Agenda",
    "Arrangement",
    "Bilateral",
    "BilateralMember",
    "Booklet",
    "ChoiceGroup",
    "ClashSetting",
    "Command",
    "Correction",
    "Debate",
    "DebateTopic",
    "Item",
    "Material",
    "OwnKind",
    "Placement",
    "PlacementRoom",
    "Precedence",
    "Room",
    "RoomHours",
    "RoomPart",
    "Schedule",
    "Session",
    "SessionLink",
    "SessionRole",
    "SideEvent",
    "SideEventCall",
    "SideEventSponsor",
    "Star",
    "Statement",
    "StatementFile",
    "Theme",
]
