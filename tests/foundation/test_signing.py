"""Signatures: both profiles stay, whoever holds the key, and tools that everybody has agree."""

import io
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import page
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from confapp.config import Signing
from confapp.foundation import pdf, sealing, signing
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import in_conference
from confapp.foundation.signing import pades
from confapp.foundation.transactions import reading
from tests import build

MARK = "confapp-verify:7K2M-X9QD-4TBW"
TEXT = "<h1>Message</h1><p>One.</p><h2>Two</h2><p>Three.</p>" + "<p>More.</p>" * 80


@pytest.fixture(scope="module")
def prepared() -> bytes:
    made = pdf.render(
        TEXT,
        language="en",
        title="Message",
        created=datetime(2027, 4, 22, tzinfo=UTC),
        keywords=[MARK],
        attachments=[pdf.PdfAttachment("m.json", b"{}", "The same text for programs")],
    )
    return pades.prepared(made, "Signature of the conference")


@pytest.fixture
def conference(app):
    return build.conference("test-2027")


@pytest.fixture
def use(app, tmp_path):
    """Other settings for one test."""
    before = signing.settings()

    def change(**values):
        signing.use_settings(Signing(**values), tmp_path / "signing")

    change()
    yield change
    signing.use_settings(before, app.extensions["confapp"].data / "keys" / "signing")


def faults(content: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(content, profile=profile) for profile in ("ua1", "3a")]
    return [f"{one.rule_id}: {one.message}" for report in reports for one in report.failures]


def pdfsig(content: bytes, tmp_path: Path) -> str:
    (tmp_path / "signed.pdf").write_bytes(content)
    return subprocess.run(["pdfsig", "-nocert", tmp_path / "signed.pdf"], capture_output=True, text=True).stdout


def certificates(conference):
    with in_conference(conference.id), reading():
        return [(row.source, row.pem, row.retired_at is None) for row in signing.of_conference(conference.id)]


def test_a_field_is_added_and_nothing_else_is_said_otherwise(prepared):
    again = pades.prepared(pdf.render(TEXT, language="en", title="M", created=datetime(2027, 1, 1, tzinfo=UTC)), "S")
    assert again == pades.prepared(
        pdf.render(TEXT, language="en", title="M", created=datetime(2027, 1, 1, tzinfo=UTC)), "S"
    )
    assert faults(prepared) == []
    assert MARK.encode() in prepared


def test_a_signed_file_keeps_both_profiles(conference, use, prepared, tmp_path):
    with signing.hand(conference.id, "Conference on Measuring") as signer:
        made = signer.pdf(prepared)
    assert made.startswith(prepared)
    assert faults(made) == []
    said = pdfsig(made, tmp_path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_the_hook_that_the_profiles_hang_on_is_still_called(conference, use, prepared, monkeypatch):
    """Without our writer the metadata are written anew: when this fails, pyHanko has changed and the recipe with it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import BasePdfFileWriter

    called = []
    monkeypatch.setattr(BasePdfFileWriter, "_update_meta", lambda self: called.append(self))
    writer = IncrementalPdfFileWriter(io.BytesIO(prepared))
    writer.update_root()
    writer.write(io.BytesIO())
    assert called


def test_the_certificate_says_what_it_is_worth(conference, use):
    with signing.hand(conference.id, "Conference on Measuring"):
        pass
    ((source, pem, _),) = certificates(conference)
    certificate = x509.load_pem_x509_certificate(pem.encode())
    assert source == "site"
    assert "OU=Made by this site: shows that a file is unchanged" in certificate.subject.rfc4514_string()
    assert "CN=Conference on Measuring" in certificate.subject.rfc4514_string()
    assert certificate.issuer == certificate.subject


def test_the_key_is_sealed_and_private(conference, use, tmp_path):
    with signing.hand(conference.id, "Conference"):
        pass
    (file,) = (tmp_path / "signing").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ValueError):
        serialization.load_der_private_key(file.read_bytes(), None)
    with pytest.raises(sealing.Unreadable):
        sealing.open_file(file.read_bytes(), "signing/another")


def test_one_key_signs_until_it_is_changed_and_old_certificates_stay(conference, use, tmp_path):
    for _ in range(2):
        with signing.hand(conference.id, "Conference") as first:
            pass
    assert len(certificates(conference)) == 1
    signing.rotate(conference.id, "Conference", by=SYSTEM)
    with signing.hand(conference.id, "Conference") as second:
        assert second.certificate_id != first.certificate_id
    assert [is_present for _, _, is_present in certificates(conference)] == [True, False]
    assert len(list((tmp_path / "signing").iterdir())) == 1


def test_a_lost_key_is_said_and_nothing_is_signed(conference, use, tmp_path):
    with signing.hand(conference.id, "Conference"):
        pass
    next((tmp_path / "signing").iterdir()).unlink()
    with pytest.raises(signing.CannotSign, match="Put it back"), signing.hand(conference.id, "Conference"):
        pass


# --- keys of others ---------------------------------------------------------------------------------------------------


def institution(key) -> x509.Certificate:
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ministry of Tests")]), datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, now - timedelta(days=1), now + timedelta(days=9))
    return builder.sign(key, hashes.SHA256())


def test_by_an_archive(conference, use, prepared, tmp_path):
    key = rsa.generate_private_key(65537, 2048)
    file, pin = tmp_path / "seal.p12", tmp_path / "pin"
    closed = serialization.BestAvailableEncryption(b"word")
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, institution(key), None, closed))
    pin.write_text("word\n")
    use(signer="pkcs12", file=file, pin_file=pin)
    with signing.hand(conference.id, "Conference") as signer:
        made = signer.pdf(prepared)
    assert faults(made) == []
    assert "Signature is Valid" in pdfsig(made, tmp_path)
    assert [source for source, _, _ in certificates(conference)] == ["pkcs12"]
    pin.write_text("another")
    with pytest.raises(signing.CannotSign, match="another word"), signing.hand(conference.id, "Conference"):
        pass


LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")


@pytest.fixture
def device(tmp_path, monkeypatch) -> Path:
    """A token in software, with a key that was made outside and brought in."""
    (tmp_path / "tokens").mkdir()
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(configuration))
    key = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (tmp_path / "certificate.pem").write_bytes(institution(key).public_bytes(serialization.Encoding.PEM))
    run("--init-token", "--free", "--label", "ministry", "--so-pin", "4321", "--pin", "1234")
    run("--import", str(tmp_path / "key.pem"), "--token", "ministry", "--label", "seal", "--id", "01", "--pin", "1234")
    return tmp_path / "certificate.pem"


def run(*command: str) -> None:
    subprocess.run(["softhsm2-util", *command], check=True, capture_output=True)


def test_by_a_device(conference, use, prepared, device, tmp_path):
    pin = tmp_path / "pin"
    pin.write_text("1234")
    given = {"signer": "pkcs11", "file": LIBRARY, "pin_file": pin, "token": "ministry", "label": "seal"}
    use(**given, certificate=device)
    with signing.hand(conference.id, "Conference") as signer:
        made = signer.pdf(prepared)
    assert faults(made) == []
    assert "Signature is Valid" in pdfsig(made, tmp_path)
    assert [source for source, _, _ in certificates(conference)] == ["pkcs11"]
    use(**given)
    with pytest.raises(signing.CannotSign, match="certificate"), signing.hand(conference.id, "Conference"):
        pass
    pin.write_text("0000")
    with pytest.raises(signing.CannotSign, match="does not open"), signing.hand(conference.id, "Conference"):
        pass


# --- beside a file, and with the time ---------------------------------------------------------------------------------


def test_a_signature_beside_a_file_is_checked_by_openssl(conference, use, tmp_path):
    with signing.hand(conference.id, "Conference") as signer:
        (tmp_path / "list.p7s").write_bytes(signer.detached(b"a list"))
    ((_, pem, _),) = certificates(conference)
    (tmp_path / "conference.pem").write_text(pem)
    for content, is_good in ((b"a list", True), (b"a lisp", False)):
        (tmp_path / "list").write_bytes(content)
        command = (
            "openssl cms -verify -binary -inform DER -in list.p7s -content list -CAfile conference.pem -purpose any"
        )
        ran = subprocess.run([*command.split(), "-out", "/dev/null"], cwd=tmp_path, capture_output=True, text=True)
        assert (ran.returncode == 0) == is_good, ran.stderr


@pytest.fixture
def authority():
    """A time-stamping authority on this machine; it can be told to be out of order."""
    from asn1crypto import tsp
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

    key = rsa.generate_private_key(65537, 2048)
    der = serialization.Encoding.DER
    plain = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    stamper = DummyTimeStamper(Certificate.load(institution(key).public_bytes(der)), PrivateKeyInfo.load(plain))

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(503 if self.server.is_out_of_order else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    server.is_out_of_order = False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_with_a_time_stamp_and_not_at_all_without_one_that_was_asked_for(
    conference, use, prepared, authority, tmp_path
):
    use(timestamp_url=f"http://127.0.0.1:{authority.server_port}/")
    with signing.hand(conference.id, "Conference") as signer:
        made = signer.pdf(prepared)
        assert faults(made) == []
        assert "Signature is Valid" in pdfsig(made, tmp_path)
        assert "1.2.840.113549.1.9.16.2.14" in oids(made)
        authority.is_out_of_order = True
        with pytest.raises(signing.CannotSign, match="time stamp"):
            signer.pdf(prepared)


def oids(content: bytes) -> set[str]:
    """What stands beside the signature unsigned: a time stamp has its own identifier."""
    from asn1crypto.cms import ContentInfo
    from pyhanko.pdf_utils.reader import PdfFileReader

    (inside,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    (info,) = ContentInfo.load(inside.pkcs7_content)["content"]["signer_infos"]
    return {one["type"].dotted for one in info["unsigned_attrs"]}


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"CONFAPP_SIGNER": "wax"}, "write one of"),
        ({"CONFAPP_SIGNER": "pkcs12"}, "CONFAPP_SIGNER_FILE must name"),
        ({"CONFAPP_SIGNER": "pkcs11", "CONFAPP_SIGNER_FILE": "/etc/hostname"}, "CONFAPP_SIGNER_TOKEN"),
        ({"CONFAPP_SIGNER": "pkcs12", "CONFAPP_SIGNER_FILE": "/nowhere"}, "which is not there"),
        ({"CONFAPP_TIMESTAMP_URL": "tsa"}, "write an address"),
    ],
)
def test_wrong_settings_are_refused_in_words(tmp_path, env, said):
    from confapp import config

    with pytest.raises(config.SettingsError, match=said):
        config.from_environment({"CONFAPP_DATA": str(tmp_path), **env})
