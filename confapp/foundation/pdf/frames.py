"""What goes between the program and its renderer: frames with their length; an answer begins with what it is."""

import struct
from typing import IO

MADE, REFUSED, READY, NO_PANGO = b"+", b"-", b"R", b"P"


def receive(stream: IO[bytes]) -> bytes | None:
    """The next frame, or None when the other side is gone."""
    head = stream.read(4)
    return stream.read(struct.unpack("!I", head)[0]) if len(head) == 4 else None


def send(stream: IO[bytes], content: bytes) -> None:
    stream.write(struct.pack("!I", len(content)) + content)
    stream.flush()
