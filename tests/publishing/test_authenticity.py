"""Forgeries of a published file, each with its sentence; and verification by tools that everybody has."""

import io
import random
import re
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pytest

from confapp.documents import actions, queries
from confapp.foundation import files, jobs, known, signing
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import in_conference
from confapp.foundation.transactions import reading
from confapp.people.rules import Role
from confapp.publishing import inspection, lists, verification
from confapp.publishing.verification import Remark, Verdict
from tests import build
from tests.documents import making

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def conference(app):
    return build.conference("test-2027")


@pytest.fixture
def published(conference) -> dict[tuple[str, str], bytes]:
    by = build.actor(build.staff(conference, Role.SECRETARIAT_EDITOR))
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    jobs.run_due()
    with in_conference(conference.id), reading():
        return {
            (one.language, one.format): files.read(one.file)
            for issue in making.issues(ref)
            for one in issue.publications
        }


def verdict(content: bytes) -> verification.Answer:
    with reading():
        return verification.of_file(content)[1]


@pytest.mark.once  # of the bytes; tests/documents/test_verification.py asks both databases
def test_every_published_file_and_six_kinds_of_forgery(client, conference, published):
    for content in published.values():
        assert verdict(content).verdict == Verdict.CURRENT
    genuine = published["en", "pdf"]

    # Any byte: two hundred places, always the same ones.
    chance = random.Random(7)
    for at in (chance.randrange(len(genuine)) for _ in range(200)):
        changed = bytearray(genuine)
        changed[at] ^= 1 << chance.randrange(8)
        assert verdict(bytes(changed)).verdict in (Verdict.ALTERED, Verdict.UNKNOWN), at

    # An appended revision, by a program for PDF and by hand: readers still call the signature valid.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(genuine))
    writer.root["/Extra"] = writer.root["/Type"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    for extended in (out.getvalue(), genuine + b"x", *(one + b" " for one in published.values())):
        answer = verdict(extended)
        assert answer.verdict == Verdict.EXTENDED
        assert answer.begins_as == Verdict.CURRENT
        assert answer.ours + answer.added == len(extended)

    # The signature cut off: what is left are our bytes before signing.
    end = re.search(rb"%%EOF\n?", genuine).end()
    stripped = verdict(genuine[:end])
    assert (stripped.verdict, stripped.remarks) == (Verdict.ALTERED, (Remark.STRIPPED,))
    with pikepdf.open(io.BytesIO(genuine)) as opened:
        del opened.Root.AcroForm, opened.Root["/Perms"]
        del opened.pages[0].Annots
        out = io.BytesIO()
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    unsigned = verdict(out.getvalue())
    assert (unsigned.verdict, unsigned.remarks) == (Verdict.ALTERED, (Remark.UNSIGNED,))

    # Another key, and our own for other bytes.
    answer = verdict(signing.Hand(0, _stranger()).pdf(genuine[:end]))
    assert (answer.verdict, answer.remarks) == (Verdict.ALTERED, (Remark.SIGNED_BY_OTHERS,))
    with signing.hand(conference.id, "Conference") as ours:
        answer = verdict(ours.pdf(genuine[:end]))
    assert (answer.verdict, answer.remarks) == (Verdict.ALTERED, (Remark.SIGNED_BY_US,))

    # The text inside, changed and saved anew.
    with pikepdf.open(io.BytesIO(genuine)) as opened:
        name = next(iter(opened.attachments))
        text = opened.attachments[name].get_file().read_bytes()
        opened.attachments[name] = text.replace(b"tests help", b"tests harm")
        out = io.BytesIO()
        opened.save(out)
    answer = verdict(out.getvalue())
    assert answer.verdict == Verdict.ALTERED
    assert answer.subject.symbol == "TEST/1/L.1"

    # Other formats, changed and written anew by other programs.
    assert verdict(published["en", "xml"].replace(b"tests help", b"tests harm")).verdict == Verdict.ALTERED
    assert verdict(published["en", "json"].replace(b"tests help", b"tests harm")).verdict == Verdict.ALTERED
    assert verdict(_packed_anew(published["en", "docx"])).verdict == Verdict.ALTERED

    # The page says it.
    for content, words in ((out.getvalue(), "is not what was published"), (genuine + b"x", "Something was added")):
        said = client.post("/en/verify", data={"file": (io.BytesIO(content), "a.pdf")})
        assert said.status_code == 200
        assert words in said.text
        assert "no-store" in said.headers["Cache-Control"]


def _stranger():
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from tests.foundation.test_signing import institution

    key = ec.generate_private_key(ec.SECP256R1())
    der, certificate = serialization.Encoding.DER, institution(key)
    assert isinstance(certificate, x509.Certificate)
    plain = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return SimpleSigner(
        signing_cert=Certificate.load(certificate.public_bytes(der)),
        signing_key=PrivateKeyInfo.load(plain),
        cert_registry=SimpleCertificateStore(),
    )


def _packed_anew(content: bytes) -> bytes:
    """As a word processor saves it: other compression, no remark on the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


# --- without this site ------------------------------------------------------------------------------------------------


def test_the_documented_commands_verify_without_the_site(client, conference, published, tmp_path):
    """The commands are those of docs/verification.md, on what the site hands out."""
    (block,) = re.findall(r"```sh\n(.*?)```", (PROJECT / "docs" / "verification.md").read_text(), re.S)
    listed, found, inside = (line for line in block.splitlines() if not line.startswith("#"))
    for name, path in (
        ("hashes.json", "/verify/lists/test-2027.json"),
        ("hashes.json.p7s", "/verify/lists/test-2027.json.p7s"),
        ("certificates.pem", "/verify/certificates/test-2027.pem"),
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        (tmp_path / name).write_bytes(answer.data)
    assert run(listed, tmp_path).returncode == 0
    for (language, form), content in published.items():
        (tmp_path / "file.pdf").write_bytes(content)
        (line,) = run(found, tmp_path).stdout.splitlines()
        assert f'"language": "{language}", "format": "{form}", "state": "current"' in line
    (tmp_path / "file.pdf").write_bytes(published["en", "pdf"])
    said = run(inside, tmp_path).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "Made by this site" in said
    assert "Made by this site" in client.get("/en/verify/certificates").text

    (tmp_path / "file.pdf").write_bytes(published["en", "pdf"] + b"x")
    assert run(found, tmp_path).stdout == ""
    (tmp_path / "hashes.json").write_bytes((tmp_path / "hashes.json").read_bytes().replace(b"current", b"Current"))
    assert run(listed, tmp_path).returncode != 0


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True)


def test_the_list_follows_what_is_published_and_is_not_made_for_nothing(client, conference, published):
    with in_conference(conference.id):
        with reading():
            first = lists.newest(conference.id).number
            document = queries.with_symbol("TEST/1/L.1").ref
        assert not lists.renew(conference.id)
        signing.rotate(conference.id, "Conference", by=SYSTEM)
        assert lists.renew(conference.id)
    with making.writing_in(conference):
        actions.withdraw(queries.document(document), {"en": "By mistake."}, by=SYSTEM)
    jobs.run_due()
    with in_conference(conference.id), reading():
        assert lists.newest(conference.id).number == first + 2
    said = client.get("/verify/lists/test-2027.json").json
    assert {row["state"] for row in said["files"]} == {"withdrawn"}
    assert [row["symbol"] for row in said["files"]] == ["TEST/1/L.1"] * len(published)
    assert client.get("/verify/certificates/test-2027.pem").text.count("BEGIN CERTIFICATE") == 2
    making.take_back(conference)
    for path in ("lists/test-2027.json", "lists/test-2027.json.p7s", "certificates/test-2027.pem"):
        assert client.get(f"/verify/{path}").status_code == 404
    assert "test-2027" not in client.get("/en/verify/certificates").text


# --- hostile and odd files --------------------------------------------------------------------------------------------

CODE = "7K2M-X9QD-4TBW"
MARK = f"confapp-verify:{CODE}"


@pytest.mark.parametrize(
    "content",
    [
        b"\0<a>" + MARK.encode() + b"</a>",
        MARK.encode("utf-16-be"),
        MARK.encode("utf-16-le"),
        MARK.encode().hex().encode(),
        (b"FEFF" + MARK.encode("utf-16-be").hex().upper().encode()),
        f"https://conference.example/verify/{CODE}".encode(),
    ],
)
def test_a_code_is_found_however_it_is_spelled(content):
    assert inspection.said(content).codes == (CODE,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        CODE.encode(),
        b"%PDF-1.7\n" + b"stream\n" * 20_000,
        b"%PDF-1.7\n/ByteRange [0 9999999999 1 2] /ByteRange [0 1 60 2]" + b"<" * 90,
        b"PK\x03\x04" + b"\xff" * 400 + b"PK\x05\x06" + b"\xff" * 18,
        b"PK\x03\x04PK\x05\x06" + b"\0" * 18,
        b"confapp-verify:" * 200_000,
    ],
    ids=["empty", "bare code", "streams", "ranges", "archive", "empty archive", "marks"],
)
def test_odd_files_are_read_quickly_and_say_nothing(content):
    assert inspection.said(content).codes == ()


def test_a_bomb_is_unpacked_up_to_a_limit():
    import zlib

    bomb = zlib.compress(bytes(50 << 20), 9)
    content = b"%PDF-1.7\n" + (b"stream\n" + bomb) * 300
    assert len(inspection._unpacked(content)) <= inspection.UNPACKED + (1 << 20) + 4000


def test_drafts_are_known_by_mark_and_by_hash(client, conference):
    from confapp.foundation.codes import DRAFT_MARK

    preview = b"%PDF-1.7 " + DRAFT_MARK.encode()
    assert verdict(preview).verdict == Verdict.DRAFT
    with making.writing_in(conference):
        made = known.File("ab" * 32, 10, "en", "pdf")
        known.note(known.Kind.DRAFT, 1, [made, made], conference_id=conference.id)
    with reading():
        assert verification.of_hash("ab" * 32).verdict == Verdict.DRAFT
    said = client.post("/en/verify", data={"file": (io.BytesIO(preview), "a.pdf")}).text
    assert "This file is a draft that nobody has published" in said
