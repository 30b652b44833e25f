"""Where signing keys are: files that the site makes, a PKCS#12 archive, a device behind PKCS#11.

A key of the site's own is EC P-256 in a file of mode 0600, sealed by the sealing key. Its certificate signs itself and
says so: it proves that a file is unchanged since this site signed it, and nothing about who anybody is.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

from confapp.config import Signing
from confapp.foundation import addresses, clock, sealing

LASTS = timedelta(days=3650)
LABEL = "Made by this site: shows that a file is unchanged"  # 64 characters at most
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")


class CannotSign(Exception):
    """Nothing can be signed; the message is a sentence for the operator."""


@dataclass(frozen=True)
class Hold:
    """Which of the site's own keys is meant."""

    name: str
    pem: str


def make(folder: Path, name: str) -> Hold:
    """A new key in its file, and the certificate that says what it is worth."""
    key, key_name, now = ec.generate_private_key(ec.SECP256R1()), secrets.token_hex(16), clock.now()
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, " ".join(name.split())[:64] or "Conference"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, addresses.absolute("").partition("://")[2][:64]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, LABEL),
        ]
    )
    usage = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"), False)
    usage |= {"crl_sign": False, "encipher_only": False, "decipher_only": False}
    builder = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))  # clocks of readers differ
        .not_valid_after(now + LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    certificate = builder.sign(key, hashes.SHA256())
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(folder / f"{key_name}.key", sealing.close_file(plain, _place(key_name)))
    return Hold(key_name, certificate.public_bytes(serialization.Encoding.PEM).decode())


def destroy(folder: Path, key_name: str) -> None:
    if key_name:
        (folder / f"{key_name}.key").unlink(missing_ok=True)


def facts(pem: str) -> dict[str, Any]:
    """What is kept of a certificate beside itself."""
    certificate = x509.load_pem_x509_certificate(pem.encode())
    der = certificate.public_bytes(serialization.Encoding.DER)
    return {
        "sha256": hashlib.sha256(der).hexdigest(),
        "subject": certificate.subject.rfc4514_string()[:400],
        "valid_from": certificate.not_valid_before_utc,
        "valid_until": certificate.not_valid_after_utc,
    }


@contextmanager
def opened(settings: Signing, folder: Path, held: Hold | None) -> Iterator[tuple[Any, str]]:
    """A signer of pyHanko's and its certificate as PEM. `held` names a key of the site's own."""
    kinds = {"site": _site, "pkcs12": _archive, "pkcs11": _device}
    with kinds[settings.signer](settings, folder, held) as signer:
        certificate = x509.load_der_x509_certificate(signer.signing_cert.dump())
        yield signer, certificate.public_bytes(serialization.Encoding.PEM).decode()


@contextmanager
def _site(settings: Signing, folder: Path, held: Hold | None) -> Iterator[Any]:
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    assert held is not None
    file = folder / f"{held.name}.key"
    try:
        plain = sealing.open_file(file.read_bytes(), _place(held.name))
    except OSError as missing:
        raise CannotSign(
            f"The signing key {file} is not there. Put it back, or make a new one: manage.py flask signing rotate"
        ) from missing
    except sealing.Unreadable as wrong:
        raise CannotSign(f"The signing key {file} was sealed by another sealing key than the present one.") from wrong
    certificate = x509.load_pem_x509_certificate(held.pem.encode())
    yield SimpleSigner(
        signing_cert=Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=PrivateKeyInfo.load(plain),
        cert_registry=SimpleCertificateStore(),
    )


@contextmanager
def _archive(settings: Signing, folder: Path, held: Hold | None) -> Iterator[Any]:
    from pyhanko.sign.signers import SimpleSigner

    signer = SimpleSigner.load_pkcs12(str(settings.file), passphrase=_pin(settings).encode() or None)
    if signer is None:
        raise CannotSign(f"{settings.file} is no PKCS#12 archive, or CONFAPP_SIGNER_PIN_FILE holds another word.")
    yield signer


@contextmanager
def _device(settings: Signing, folder: Path, held: Hold | None) -> Iterator[Any]:
    import pkcs11
    from asn1crypto.x509 import Certificate
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    given: Any = None
    if settings.certificate is not None:
        loaded = x509.load_pem_x509_certificate(settings.certificate.read_bytes())
        given = Certificate.load(loaded.public_bytes(serialization.Encoding.DER))
    try:
        session = open_pkcs11_session(
            str(settings.file), token_criteria=TokenCriteria(label=settings.token), user_pin=_pin(settings) or None
        )
    except pkcs11.PKCS11Error as refused:
        raise CannotSign(f"The signing device {settings.token} does not open: {refused!r}.") from refused
    with session:
        signer = PKCS11Signer(
            session,
            signing_cert=given,
            cert_label=None if given is not None else settings.label,
            key_label=settings.label,
            use_raw_mechanism=True,  # the device gets the digest: many know no other way
        )
        try:
            if signer.signing_cert is None:
                raise CannotSign(f"The signing device {settings.token} holds no certificate named {settings.label}.")
        except pkcs11.PKCS11Error as refused:
            raise CannotSign(f"The signing device {settings.token} gives no certificate: {refused!r}.") from refused
        yield signer


def _pin(settings: Signing) -> str:
    return settings.pin_file.read_text().strip() if settings.pin_file else ""


def _place(key_name: str) -> str:
    return f"signing/{key_name}"


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
