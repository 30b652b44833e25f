"""Words of the scheduler, by the ids of `programme.scheduler.problem`."""

from confapp.foundation.languages import N_

STATES: dict[str, tuple[str, str]] = {
    "queued": ("waiting", N_("Waits for its turn")),
    "running": ("waiting", N_("At work")),
    "ready": ("good", N_("Proposal ready")),
    "impossible": ("bad", N_("Nothing fits")),
    "stopped": ("neutral", N_("Stopped")),
    "failed": ("bad", N_("No proposal found in the effort given")),
    "accepted": ("neutral", N_("Taken over")),
}
SCOPES: dict[str, str] = {
    "unplaced": N_("Sessions without a place; all others stay"),
    "all": N_("Everything that is not pinned"),
    "repair": N_("Repair: change as little as possible"),
}
MEETINGS = "meetings"  # the scope of runs that only the protocol office may see
WISHES: dict[str, str] = {
    "theme": N_("Sessions of one theme not in parallel"),
    "day": N_("Preferred day"),
    "waking": N_("Daytime for those who take part from afar"),
    "audience": N_("Sessions wanted by the same people not in parallel"),
    "changes": N_("Few changes of room for a person"),
    "fit": N_("Rooms not much larger than needed"),
    "interpreter": N_("Hours of interpreters"),
    "order": N_("Wished order"),
}
DEMANDS: dict[str, str] = {
    "place": N_("“%(session)s” has a place."),
    "person": N_("%(person)s is in one place at a time."),
    "delegation": N_("A delegation of one person is in one place at a time."),
    "available": N_("%(person)s takes part only when available."),
    "hours": N_("“%(session)s” lies within the hours of the day."),
    "room": N_("%(room)s holds one session at a time."),
    "open": N_("%(room)s is used only while it is open."),
    "size": N_("“%(session)s” is in a room with enough seats."),
    "needs": N_("“%(session)s” has its layout, equipment, booths and access."),
    "alone": N_("Nothing runs beside “%(session)s”."),
    "order": N_("“%(session)s” ends before “%(other)s” begins."),
    "pin": N_("“%(session)s” stays where it is pinned."),
    "break": N_("“%(session)s” does not run over a break."),
}
