"""How the web server's connections begin and end: they are shared out, and a client that does not hang up keeps nobody
else waiting.

All workers hear of a new connection and the quickest takes it; a connection that is kept stays where it is. So all of a
burst could fall to one worker, and the others, and their processors, had nothing to do as long as these were kept. Here
a worker lets others go first, for longer the more connections it has.

gunicorn waits up to two seconds for the client's end of an answered connection (RFC 9112 §9.6), and it does so in the
one thread of a worker that takes everybody's requests. Here other threads wait, and when too many clients hang on,
the next are cut off at once.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from gunicorn.workers import gthread

THREADS, MOST_HANGING = 4, 64
FOR_EACH, AT_MOST = 0.00025, 0.002  # seconds


class Connection(gthread.TConn):
    waiting: ThreadPoolExecutor
    places: threading.BoundedSemaphore

    def close(self, graceful: bool = False) -> None:
        if graceful and self.places.acquire(blocking=False):
            self.waiting.submit(self._wait_and_close)
        else:
            super().close()

    def _wait_and_close(self) -> None:
        try:
            super().close(graceful=True)
        finally:
            self.places.release()


class Worker(gthread.ThreadWorker):
    def init_process(self) -> None:
        """In the process that serves: threads do not outlive the fork."""
        Connection.waiting = ThreadPoolExecutor(THREADS, "hanging-up")
        Connection.places = threading.BoundedSemaphore(MOST_HANGING)
        gthread.TConn = Connection
        super().init_process()

    def accept(self, listener: Any) -> None:
        time.sleep(min(self.nr_conns * FOR_EACH, AT_MOST))
        super().accept(listener)
