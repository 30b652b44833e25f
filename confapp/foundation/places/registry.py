"""What the features above tell about their quotas, and what they want to be told. They fill these when installed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from confapp.foundation.places.models import Place


@dataclass(frozen=True)
class Kind:
    """One kind of owner of quotas: its heading (marked with N_), its order, the names and the addresses of owners."""

    label: str
    order: int
    names: Callable[[Collection[int]], Mapping[int, dict[str, str]]]


kinds: dict[str, Kind] = {}

# How long a freed place is offered, by the kind of the quota's owner and its id; none: it is given at once.
offer_lengths: dict[str, Callable[[int], timedelta | None]] = {}

# Called in the transaction that gave places to those who waited, or took back offers that nobody accepted. What they do
# must not lock rows that others lock before quotas; leaving a job is safe.
Told = Callable[[Sequence[Place]], None]
on_promoted: list[Told] = []
on_lapsed: list[Told] = []
