"""What is dear to find out of a conference, kept in the process until the next act in the conference.

Every act leaves an audit entry in its transaction, so the head of the chain says whether anything can have changed.
What has no entry of its own, such as a place that became free by time, shows after a minute.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, TypeVar

from confapp.foundation import audit, transactions

KEPT = 32  # conferences and things of them
LONGEST = 60  # seconds
MOST_ACTS = 500  # looked through for whether they matter
Found = TypeVar("Found")


@dataclass(frozen=True)
class _Kept:
    head: audit.Head
    at: float
    found: Any


_found: OrderedDict[tuple[int, str], _Kept] = OrderedDict()
_lock = Lock()


def until_the_next_act(
    conference_id: int, name: str, find: Callable[[], Found], *, despite: Collection[str] = ()
) -> Found:
    """What `find` says, asked again only after an act. For plain values. Nothing is kept of what a transaction that
    writes has found: it may be rolled back. `despite` are acts, by their verb in the audit record, that what is found
    does not depend on."""
    if transactions.is_writing():
        return find()
    newest = audit.newest(conference_id)  # before what it dates: what is younger only makes the memory shorter
    now, key = time.monotonic(), (conference_id, name)
    with _lock:
        known = _found.get(key)
    if known is not None and now - known.at < LONGEST and _stands(conference_id, known.head, newest, despite):
        _keep(key, replace(known, head=newest))
        kept: Found = known.found
        return kept
    found = find()
    _keep(key, _Kept(newest, now, found))
    return found


def _stands(conference_id: int, head: audit.Head, newest: audit.Head, despite: Collection[str]) -> bool:
    if head == newest:
        return newest != audit.NO_HEAD
    return (
        bool(despite)
        and newest.number - head.number <= MOST_ACTS
        and audit.verbs_between(conference_id, head, newest) <= set(despite)
    )


def _keep(key: tuple[int, str], kept: _Kept) -> None:
    with _lock:
        _found[key] = kept
        _found.move_to_end(key)
        while len(_found) > KEPT:
            _found.popitem(last=False)
