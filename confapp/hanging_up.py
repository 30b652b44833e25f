"""How the web server's connections end: a client that does not hang up keeps nobody else waiting.

gunicorn waits up to two seconds for the client's end of an answered connection (RFC 9112 §9.6), and it does so in the
one thread of a worker that takes everybody's requests. Here other threads wait, and when too many clients hang on,
the next are cut off at once.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

from gunicorn.workers import gthread

THREADS, MOST_HANGING = 4, 64


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
