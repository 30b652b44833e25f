"""What a file of somebody's says of itself: its hash, codes and marks of ours, and whose certificates sign it.

Nothing of it is trusted or drawn: bytes are searched, streams are unpacked up to a limit, and a signature is read only
as far as the certificates in it. What a file says decides nothing while its hash is known.
"""

import hashlib
import io
import mmap
import re
import time
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from confapp.foundation.codes import CODE_MARK, DRAFT_MARK

SMALL = 1 << 19  # what is read at once instead of mapped
CODE = rb"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"
MOST_CODES = 8
STREAMS, PIECE, UNPACKED, SECONDS = 4000, 1 << 18, 1 << 25, 2.0
MOST_SIGNATURES, LARGEST_SIGNATURE = 8, 1 << 16
PROPERTIES = ("docProps/core.xml", "docProps/custom.xml", "docProps/app.xml", "meta.xml")
LARGEST_DIRECTORY = 1 << 18
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)
BYTE_RANGE = re.compile(rb"/ByteRange\s{0,9}\[\s{0,9}(\d{1,10})\s{1,9}(\d{1,10})\s{1,9}(\d{1,10})\s{1,9}(\d{1,10})")
STREAM = re.compile(rb"stream\r?\n")

Content = Any  # bytes, or a file mapped into memory


@dataclass(frozen=True)
class Said:
    """What stands in a file, as it says."""

    codes: tuple[str, ...] = ()
    is_marked_draft: bool = False
    is_pdf: bool = False
    signers: tuple[str, ...] = ()  # SHA-256 of the certificates in its signatures


def opened(stream: IO[bytes]) -> Content:
    """The bytes of an upload without a copy of them."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size > SMALL:
        with suppress(OSError):  # io.UnsupportedOperation is one
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    return stream.read()


def digest(content: Content) -> str:
    return hashlib.sha256(content).hexdigest()


def beginnings(content: Content, sizes: Iterable[int]) -> Mapping[int, str]:
    """The hash of the first so many bytes, for each size that is smaller than the whole."""
    found, so_far, at = {}, hashlib.sha256(), 0
    with memoryview(content) as view:
        for size in sorted({size for size in sizes if 0 < size < len(content)}):
            so_far.update(view[at:size])
            found[size], at = so_far.copy().hexdigest(), size
    return found


def said(content: Content) -> Said:
    """At most some seconds and some megabytes, whatever it is."""
    is_pdf = content[:1024].find(b"%PDF-") >= 0
    pieces = [content, *(_properties(content) if content[:4] == b"PK\x03\x04" else ())]
    if is_pdf:
        pieces.append(_unpacked(content))
    codes: dict[str, None] = {}
    is_draft = False
    for piece in pieces:
        codes |= dict.fromkeys(_codes(piece))
        is_draft = is_draft or any(piece.find(mark) >= 0 for mark, _ in _spellings(DRAFT_MARK))
    return Said(tuple(codes)[:MOST_CODES], is_draft, is_pdf, _signers(content) if is_pdf else ())


def _codes(content: Content) -> Iterator[str]:
    """Beside our mark or at the end of an address of ours, in the spellings that programs give to words in files."""
    found = 0
    for before in (CODE_MARK, "/verify/"):
        for spelling, is_hexadecimal in _spellings(before):
            for match in re.finditer(re.escape(spelling), content):
                after = bytes(content[match.end() : match.end() + 56])
                with suppress(ValueError):
                    after = bytes.fromhex(after.decode("ascii")) if is_hexadecimal else after
                if code := re.match(CODE, after.replace(b"\0", b"")):
                    yield code[0].decode()
                    found += 1
                if found >= MOST_CODES:
                    return


def _spellings(words: str) -> Iterator[tuple[bytes, bool]]:
    """Plain, UTF-16 both ways, and the first two of them in hexadecimal."""
    wide = words.encode("utf-16-be")
    for spelled in (words.encode(), wide, words.encode("utf-16-le")):
        yield spelled, False
    for written in (words.encode().hex(), wide.hex()):
        yield written.encode(), True
        yield written.upper().encode(), True


def _unpacked(content: Content) -> bytes:
    """What the packed streams of a PDF hold, joined; it stops at its limits and never fails."""
    until, made, room = time.monotonic() + SECONDS, [], UNPACKED
    for number, found in enumerate(STREAM.finditer(content)):
        if number >= STREAMS or room <= 0 or time.monotonic() > until:
            break
        with suppress(zlib.error):
            made.append(zlib.decompressobj().decompress(content[found.end() : found.end() + PIECE], min(room, 1 << 20)))
            room -= len(made[-1])
    return b"\n".join(made)


def _properties(content: Content) -> Iterator[bytes]:
    """The properties of a word processor's file; of other archives nothing."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or int.from_bytes(content[end + 12 : end + 16], "little") > LARGEST_DIRECTORY:
        return
    with suppress(*BROKEN_ARCHIVE), zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in PROPERTIES:
            if name in archive.NameToInfo:
                with archive.open(name) as member:
                    yield member.read(PIECE)


def _signers(content: Content) -> tuple[str, ...]:
    """The fingerprints of the certificates in a PDF's signatures, where they can be read."""
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    prints: dict[str, None] = {}
    for found in islice(BYTE_RANGE.finditer(content), MOST_SIGNATURES):
        first, second = int(found[1]) + int(found[2]), int(found[3])
        if not 0 < second - first <= LARGEST_SIGNATURE:
            continue
        with suppress(ValueError, UserWarning), warnings.catch_warnings():
            warnings.simplefilter("error")
            signature = bytes.fromhex(content[first + 1 : second - 1].decode("ascii"))
            for one in pkcs7.load_der_pkcs7_certificates(_trimmed(signature)):
                prints[hashlib.sha256(one.public_bytes(Encoding.DER)).hexdigest()] = None
    return tuple(prints)


def _trimmed(der: bytes) -> bytes:
    """Without the zeros that fill the place kept for a signature."""
    if len(der) < 4 or der[1] < 0x81:
        return der
    count = der[1] & 0x7F
    return der[: 2 + count + int.from_bytes(der[2 : 2 + count], "big")]
