"""The renderer: a process of its own that loads WeasyPrint and the fonts once and forks one child per document.

It has one thread, no database, no network and none of the program's secrets in its environment. The child gets hard
limits; what it writes is read up to the allowed size, and it is killed when its time is over.
"""

import gc
import json
import os
import resource
import select
import signal
import time
from typing import Any, NoReturn

from confapp.foundation.pdf.frames import MADE, NO_PANGO, READY, REFUSED, receive, send

CHUNK = 1 << 16


def serve() -> None:
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(0, 1)
    try:
        from confapp.foundation.pdf.document import open_fonts, open_more, warm_up
    except OSError as missing:
        send(answers, NO_PANGO + str(missing).encode())
        return
    configuration = open_fonts()
    warm_up(configuration)
    gc.collect()
    gc.freeze()  # no child looks through, and thereby copies, what it has from here
    send(answers, READY)
    while (order := receive(orders)) is not None:
        wanted = json.loads(order)
        open_more(wanted, configuration)
        send(answers, in_child(wanted, configuration))
    os._exit(0)


def in_child(order: dict[str, Any], configuration: Any) -> bytes:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.closerange(3, writer)
        render(order, configuration, writer)
    os.close(writer)
    try:
        answer = read_until(reader, time.monotonic() + order["wall"], order["size"])
    except Exceeded as limit:
        answer = REFUSED + str(limit).encode()
        os.kill(child, signal.SIGKILL)
    finally:
        os.close(reader)
    _, status = os.waitpid(child, 0)
    return answer or REFUSED + reason_of_death(status, order).encode()


def render(order: dict[str, Any], configuration: Any, writer: int) -> NoReturn:
    """In the child. It leaves by _exit, so that nothing of the parent's (its font folder) is cleaned up twice."""
    from confapp.foundation.pdf.document import Refusal, to_pdf

    restrict(order)
    try:
        answer = MADE + to_pdf(order, configuration)
    except Refusal as refusal:
        answer = REFUSED + str(refusal).encode()
    except MemoryError:
        answer = REFUSED + f"The document needs more memory than the {order['memory'] >> 20} MB allowed.".encode()
    except BaseException as error:
        answer = REFUSED + f"The document could not be set ({type(error).__name__}: {error}).".encode()
    with os.fdopen(writer, "wb") as stream:
        stream.write(answer)
    os._exit(0)


def restrict(order: dict[str, Any]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (order["cpu"], order["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (order["size"], order["size"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Exceeded(Exception):
    pass


def read_until(reader: int, deadline: float, size: int) -> bytes:
    content = bytearray()
    while True:
        ready, _, _ = select.select([reader], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise Exceeded("The document took too long and was stopped.")
        chunk = os.read(reader, CHUNK)
        if not chunk:
            return bytes(content)
        content += chunk
        if len(content) > size:
            raise Exceeded(f"The document is larger than the {size >> 20} MB allowed.")


def reason_of_death(status: int, order: dict[str, Any]) -> str:
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
        return f"The document took more than {order['cpu']} seconds of computing and was stopped."
    return f"The document could not be set: the renderer stopped (status {status}), most likely for want of memory."
