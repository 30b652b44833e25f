"""One typed settings object from the environment; the program refuses to start when it is wrong."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ENVIRONMENTS = ("production", "demo", "test", "development")
KNOWN_SECRETS = {"", "secret", "dev", "change-me", "changeme"}


class SettingsError(Exception):
    """A setting that cannot be used; the message says which and what to write instead."""


SIGNERS = ("site", "pkcs12", "pkcs11")


@dataclass(frozen=True)
class Signing:
    """Who signs what is published: keys that the site makes, a PKCS#12 archive, or a device behind PKCS#11."""

    signer: str = "site"
    file: Path | None = None  # the archive, or the device's library
    pin_file: Path | None = None
    token: str = ""
    label: str = ""
    certificate: Path | None = None  # where the device holds none
    timestamp_url: str = ""


@dataclass(frozen=True)
class Settings:
    data: Path
    database_url: str
    base_url: str
    secret_key: str = field(repr=False)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    sealing_key_file: Path = Path("keys/sealing.key")
    audit_key_file: Path = Path("keys/audit.key")
    smtp_url: str = "smtp://127.0.0.1:25"
    mail_from: str = "confapp@localhost"
    trusted_proxy_hops: int = 0
    environment: str = "production"
    operator_email: str = ""
    hsts_subdomains: bool = False
    signing: Signing = Signing()

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_secure(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).netloc

    @property
    def is_demo(self) -> bool:
        return self.environment == "demo"

    @property
    def shows_components(self) -> bool:
        return self.environment != "production"

    @property
    def mailbox(self) -> Path:
        return self.data / "mailbox"


def from_environment(env: Mapping[str, str] | None = None) -> Settings:
    """Settings from CONFAPP_* variables and the files in the data directory; SettingsError when one is wrong."""
    env = os.environ if env is None else env
    data = Path(env.get("CONFAPP_DATA", "var")).resolve()
    data.mkdir(parents=True, exist_ok=True)
    kept = _kept(data)
    environment = env.get("CONFAPP_ENVIRONMENT") or kept.get("environment", "production")
    if environment not in ENVIRONMENTS:
        raise SettingsError(f"CONFAPP_ENVIRONMENT is {environment!r}; write one of {', '.join(ENVIRONMENTS)}.")
    base_url = (env.get("CONFAPP_BASE_URL") or kept.get("base_url") or "http://127.0.0.1:8000").rstrip("/")
    _check_base_url(base_url)
    settings = Settings(
        data=data,
        database_url=_database_url(env, data),
        base_url=base_url,
        secret_key=_secret(env.get("CONFAPP_SECRET_KEY"), data / "secret.key"),
        secret_key_fallbacks=tuple(filter(None, env.get("CONFAPP_SECRET_KEY_FALLBACKS", "").split())),
        sealing_key_file=_path(env, "CONFAPP_SEALING_KEY_FILE", data / "keys" / "sealing.key"),
        audit_key_file=_path(env, "CONFAPP_AUDIT_KEY_FILE", data / "keys" / "audit.key"),
        smtp_url=env.get("CONFAPP_SMTP_URL") or kept.get("smtp_url") or "smtp://127.0.0.1:25",
        mail_from=env.get("CONFAPP_MAIL_FROM") or f"confapp@{urlsplit(base_url).hostname}",
        trusted_proxy_hops=_number(env, "CONFAPP_TRUSTED_PROXY_HOPS", 0),
        environment=environment,
        operator_email=env.get("CONFAPP_OPERATOR_EMAIL", ""),
        hsts_subdomains=env.get("CONFAPP_HSTS_SUBDOMAINS", "") == "yes",
        signing=_signing(env),
    )
    if environment == "production" and env.get("FLASK_DEBUG", "0") not in ("", "0"):
        raise SettingsError("FLASK_DEBUG is refused in production; set CONFAPP_ENVIRONMENT=development or unset it.")
    return settings


def _signing(env: Mapping[str, str]) -> Signing:
    def path(name: str) -> Path | None:
        return Path(env[name]).resolve() if env.get(name) else None

    found = Signing(
        signer=env.get("CONFAPP_SIGNER") or "site",
        file=path("CONFAPP_SIGNER_FILE"),
        pin_file=path("CONFAPP_SIGNER_PIN_FILE"),
        token=env.get("CONFAPP_SIGNER_TOKEN", ""),
        label=env.get("CONFAPP_SIGNER_LABEL", ""),
        certificate=path("CONFAPP_SIGNER_CERTIFICATE"),
        timestamp_url=env.get("CONFAPP_TIMESTAMP_URL", ""),
    )
    if found.signer not in SIGNERS:
        raise SettingsError(f"CONFAPP_SIGNER is {found.signer!r}; write one of {', '.join(SIGNERS)}.")
    if found.signer != "site" and found.file is None:
        raise SettingsError(f"CONFAPP_SIGNER is {found.signer}, so CONFAPP_SIGNER_FILE must name its file.")
    if found.signer == "pkcs11" and not (found.token and found.label):
        raise SettingsError("CONFAPP_SIGNER is pkcs11, so write CONFAPP_SIGNER_TOKEN and CONFAPP_SIGNER_LABEL as well.")
    for name in ("file", "pin_file", "certificate"):
        named = getattr(found, name)
        if named is not None and not named.is_file():
            raise SettingsError(f"CONFAPP_SIGNER_{name.upper()} names {named}, which is not there.")
    if found.timestamp_url and not found.timestamp_url.startswith(("https://", "http://")):
        raise SettingsError(f"CONFAPP_TIMESTAMP_URL is {found.timestamp_url!r}; write an address.")
    return found


def key_from_file(path: Path) -> bytes:
    """The 32 bytes kept in a key file, made with mode 0600 when it is not there yet."""
    return bytes.fromhex(_secret(None, path))


def _kept(data: Path) -> dict[str, str]:
    file = data / "settings.json"
    if not file.exists():
        return {}
    try:
        return dict(json.loads(file.read_text()))
    except ValueError as error:
        raise SettingsError(f"{file} is not valid JSON: {error}.") from error


def _check_base_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise SettingsError(f"CONFAPP_BASE_URL is {url!r}; write an address such as https://conference.example.")


def _database_url(env: Mapping[str, str], data: Path) -> str:
    url = env.get("CONFAPP_DATABASE_URL") or f"sqlite:///{data / 'confapp.sqlite3'}"
    url = url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("CONFAPP_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _path(env: Mapping[str, str], name: str, default: Path) -> Path:
    return Path(env.get(name) or default).resolve()


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not text.isdigit():
        raise SettingsError(f"{name} is {text!r}; write a whole number.")
    return int(text)


def _secret(given: str | None, file: Path) -> str:
    if given is not None:
        if given.lower() in KNOWN_SECRETS or len(given) < 32:
            raise SettingsError("CONFAPP_SECRET_KEY must be at least 32 characters that nobody else knows.")
        return given
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        text = file.read_text().strip()
        if len(text) < 32:
            raise SettingsError(f"{file} is damaged: it must hold at least 32 characters.") from None
        return text
    secret = secrets.token_hex(32)
    with os.fdopen(descriptor, "w") as out:
        out.write(secret)
        out.flush()
        os.fsync(out.fileno())
    return secret
