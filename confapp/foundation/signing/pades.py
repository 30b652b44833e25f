"""PAdES signatures (ETSI EN 319 142-1, B-B, or B-T with a time stamp) that leave PDF/A-3a and PDF/UA-1 as they were.

Two things break the profiles when a signature is just added: an untagged field, and metadata written anew. So the field
is put into the tree of tags first, and the writer that appends the signature keeps its hands off the metadata.
"""

import asyncio
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from confapp.foundation.signing.keys import CannotSign

FIELD = "Signature"


def prepared(content: bytes, words: str) -> bytes:
    """A tagged PDF with an empty signature field that a screen reader calls `words`. The same input, the same bytes."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        first, tree = pdf.pages[0].obj, pdf.Root.StructTreeRoot
        numbers = tree.ParentTree.Nums
        number = 1 + max((int(numbers[at]) for at in range(0, len(numbers), 2)), default=-1)
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(FIELD),
                TU=String(words),
                F=132,  # printed, locked
                Rect=Array([0, 0, 0, 0]),
                P=first,
                StructParent=number,
            )
        )
        document = tree.K[0] if isinstance(tree.K, Array) else tree.K
        tag = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=document, Pg=first))
        tag.K = Dictionary(Type=Name.OBJR, Obj=field, Pg=first)
        document.K.append(tag)
        numbers.append(number)
        numbers.append(tag)
        first.Annots = Array([*first.get("/Annots", ()), field])
        first.Tabs = Name.S
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([field]), SigFlags=3))
        pdf.save(
            made,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,  # codes inside stay where a search for bytes finds them
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return made.getvalue()


def signed(content: bytes, signer: Any, timestamp_url: str = "") -> bytes:
    """`content`, unchanged, and after it a signature that certifies that nothing may change."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.timestamps import HTTPTimeStamper

    class Writer(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """pyHanko would write the metadata anew, without what PDF/A-3a and PDF/UA-1 ask of them."""

    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    stamper = HTTPTimeStamper(timestamp_url, timeout=15) if timestamp_url else None
    with _said():
        made = signers.sign_pdf(
            Writer(io.BytesIO(content)), about, signer=signer, timestamper=stamper, existing_fields_only=True
        )
    result: bytes = made.getvalue()
    return result


def detached(content: bytes, signer: Any) -> bytes:
    with _said():
        made: bytes = asyncio.run(signer.async_sign_general_data(content, "sha256", detached=True)).dump()
    return made


@contextmanager
def _said() -> Iterator[None]:
    """What goes wrong with keys, devices and time stamps, in a sentence for the operator."""
    from pkcs11 import PKCS11Error
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.timestamps import TimestampRequestError

    try:
        yield
    except (TimestampRequestError, OSError) as refused:
        raise CannotSign(f"There was no time stamp: {refused}") from refused
    except (PKCS11Error, SigningError) as refused:
        raise CannotSign(f"The signature was not made: {refused!r}") from refused
