"""What a template says of categories, zones, questions, consents, letters, reminders and the order of delegations."""

from typing import Any

from confapp.conferences.actions import Filling
from confapp.people.actions import consents
from confapp.registration.actions import letters, question_sets, reminders
from confapp.registration.actions.order import plan_order
from confapp.registration.actions.settings import add_category
from confapp.registration.actions.tracks import add_step, set_four_eyes
from confapp.registration.actions.waiting import set_waiting
from confapp.registration.actions.ways import set_ways
from confapp.registration.actions.zones import add_zone
from confapp.registration.rules import ConsentKind, Office, PhotoNeed, Track
from confapp.registration.rules.letters import LetterKind, owing_named
from confapp.registration.rules.question_sets import SETS
from confapp.registration.rules.ways import Ways


def fill_categories(filling: Filling, data: dict[str, Any]) -> None:
    for one in data.get("categories", ()):
        _add_category(filling, **one)
    for one in data.get("zones", ()):
        add_zone(
            filling.actor,
            filling.target,
            one["code"],
            name=filling.words(one["name"]),
            colour=one["colour"],
            categories=one["categories"],
            capacity=one.get("capacity"),
        )
    for name in data.get("question_sets", ()):
        question_sets.add_set(filling.actor, filling.target, SETS[name])
    for kind, words in data.get("consents", {}).items():
        consents.begin_with(filling.actor, filling.target.id, ConsentKind(kind), words)


def _add_category(
    filling: Filling,
    *,
    code: str,
    name: dict[str, str],
    hint: dict[str, str] | None = None,
    letter: str = "",
    colour: str = "",
    track: str = Track.ACCREDITATION,
    capacity: int | None = None,
    steps: tuple[str, ...] = (),
    four_eyes: bool = False,
    offer_hours: int = 0,
    photo: str = PhotoNeed.OPTIONAL,
    **ways: Any,
) -> None:
    """`ways` are those of `Ways`: who registers in it."""
    actor = filling.actor
    category = add_category(
        actor,
        filling.target,
        code,
        filling.words(name),
        hint=filling.words(hint),
        track=Track(track),
        letter=letter,
        capacity=capacity,
    )
    if colour:
        category.colour = colour
    set_ways(actor, category, Ways(photo=PhotoNeed(photo), **ways))
    set_waiting(actor, category, takes_waiting=True, offer_hours=offer_hours)
    for office in steps:
        add_step(actor, category, Office(office))
    set_four_eyes(actor, category, four_eyes)


def fill_letters(filling: Filling, data: dict[str, Any]) -> None:
    """Letters begin with the neutral words of the program, whose blanks the organizers fill in."""
    for kind in data.get("letters", ()):
        letters.start_text(filling.actor, filling.target, LetterKind(kind))
    for name, said in data.get("reminders", {}).items():
        what = owing_named(name)
        assert what is not None
        reminders.write_text(
            filling.actor,
            filling.target,
            what,
            subject=filling.words(said["subject"]),
            body=filling.words(said["body"]),
            revision="",
        )


def fill_order(filling: Filling, data: dict[str, Any]) -> None:
    plan_order(filling.actor, filling.target, data["language"], kinds_apart=data["kinds_apart"])
