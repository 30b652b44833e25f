"""What conferences themselves put into the tables of parts, numbers and steps."""

from confapp.conferences import queries, rules
from confapp.conferences.actions.filling import fill_pages
from confapp.conferences.actions.parts import Counted, Part, Step, counted, parts, steps
from confapp.conferences.models import Conference, ConferencePage, Zone
from confapp.foundation.languages import N_


def _says_what_it_is(conference: Conference) -> bool:
    return bool(conference.theme and conference.host and conference.venue)


def install() -> None:
    steps["describe"] = Step(
        N_("Say what the conference is about"),
        N_("Theme, host, venue, description and colour."),
        10,
        "conferences_desk.edit",
        _says_what_it_is,
    )
    steps["pages"] = Step(
        N_("Write the pages of practical information"),
        N_("Venue, visa, hotels, contacts and the rest; each shows the day on which it was true."),
        80,
        "conferences_desk.page_list",
        lambda conference: {row.name for row in queries.pages()} >= {*rules.PAGES},
    )
    steps["announce"] = Step(
        N_("Announce the conference"),
        N_("Until then only staff see it."),
        99,
        "conferences_desk.life",
        lambda conference: conference.is_public,
    )

    parts["pages"] = Part(N_("Pages of practical information"), 70, (ConferencePage,), fill=fill_pages)
    counted["pages"] = Counted(N_("Pages"), 70, ConferencePage, "conferences_desk.page_list")
    counted["zones"] = Counted(N_("Zones"), 14, Zone, "registration_desk.zones")
