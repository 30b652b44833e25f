"""Quotas and places: the one way to take a seat. Nothing is counted first; one conditional update decides.

`taken` of a quota always equals the places held or offered under it. Whoever changes several quotas locks them in the
order of id, so nobody waits for each other. Who asks for places under several quotas gets all or none; who waits, waits
under all of them, holds nothing meanwhile, and is passed over while one of them is full. A freed place is given in the
same transaction to the first in the queue who can have all that was asked for, so no place is ever free while somebody
waits who could take it, and nobody overtakes.
"""

from confapp.foundation.places.models import COUNTED, LIVING, Full, Place, PlaceState, Quota
from confapp.foundation.places.offers import accept, decline, expire
from confapp.foundation.places.override import give, reposition, take_off
from confapp.foundation.places.queue import promote_all
from confapp.foundation.places.reading import (
    Figures,
    Queued,
    conferences_due,
    counted,
    figures,
    find_quota,
    find_quotas,
    of_holder,
    offers_lapsed_since,
    quota_for,
    quotas,
    waiting,
)
from confapp.foundation.places.registry import Kind, kinds, offer_lengths, on_lapsed, on_promoted
from confapp.foundation.places.taking import bring_together, give_back, hand_over, hold, move, set_capacity, take, wait

__all__ = [
    "COUNTED",
    "LIVING",
    "Figures",
    "Full",
    "Kind",
    "Place",
    "PlaceState",
    "Queued",
    "Quota",
    "accept",
    "bring_together",
    "conferences_due",
    "counted",
    "decline",
    "expire",
    "figures",
    "find_quota",
    "find_quotas",
    "give",
    "give_back",
    "hand_over",
    "hold",
    "kinds",
    "move",
    "of_holder",
    "offer_lengths",
    "offers_lapsed_since",
    "on_lapsed",
    "on_promoted",
    "promote_all",
    "quota_for",
    "quotas",
    "reposition",
    "set_capacity",
    "take",
    "take_off",
    "wait",
    "waiting",
]
