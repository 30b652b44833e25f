"""What is dear to find out of a draft, kept in the process until the next act in the conference.

Every act leaves an audit entry in its transaction, so the head of the chain says whether anything can have changed.
What has no entry of its own, such as a place that became free by time, shows after a minute.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from confapp.foundation import audit

KEPT = 16  # conferences and things of them
LONGEST = 60  # seconds
Found = TypeVar("Found")
_found: OrderedDict[tuple[int, str], tuple[str, float, Any]] = OrderedDict()
_lock = Lock()


def until_the_next_act(conference_id: int, name: str, find: Callable[[], Found]) -> Found:
    """What `find` says, asked again only after an act. For plain values, and for requests that change nothing: an act
    that is rolled back would be taken for one that was not."""
    newest = audit.head(conference_id)  # before what it dates: what is younger only makes the memory shorter
    now = time.monotonic()
    key = conference_id, name
    with _lock:
        known = _found.get(key)
        if known is not None and known[0] == newest != audit.START and now - known[1] < LONGEST:
            _found.move_to_end(key)
            kept: Found = known[2]
            return kept
    found = find()
    with _lock:
        _found[key] = newest, now, found
        _found.move_to_end(key)
        while len(_found) > KEPT:
            _found.popitem(last=False)
    return found
