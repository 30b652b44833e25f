"""confapp: an intergovernmental conference from the first invitation to the published outcome statement."""

from importlib import import_module
from pathlib import Path

from flask import Flask

from confapp.config import Settings, from_environment
from confapp.foundation import addresses, audit, db, erasure, files, known, places, sealing, signing, transactions, web  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent
FEATURES = ("people", "conferences", "registration", "speakers", "programme", "documents", "publishing", "reports")


def create_app(settings: Settings | None = None) -> Flask:
    """The application for the given settings or those of the environment; refuses to start when something is wrong."""
    settings = settings or from_environment()
    app = Flask("confapp", root_path=str(ROOT / "confapp"), template_folder=str(ROOT / "templates"), static_folder=None)
    app.extensions["confapp"] = settings
    app.testing = settings.environment == "test"
    connect_database(app, settings)
    use_files(settings)
    web.install(app, settings)
    for feature in FEATURES:
        install(app, feature)
    web.finish(app, settings)
    return app


def connect_database(app: Flask, settings: Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = db.engine_options(settings)
    db.db.init_app(app)
    lock = None
    with app.app_context():
        if settings.is_sqlite:
            path = settings.database_url.removeprefix("sqlite:///")
            lock = Path(path + ".write-lock")
            db.prepare_sqlite(db.db.engine, path)
        else:
            db.prepare_postgres(db.db.engine)
    transactions.use_lock_file(lock)


def use_files(settings: Settings) -> None:
    addresses.use_base_url(settings.base_url)
    sealing.use_key_file(settings.sealing_key_file)
    audit.use_files(settings.audit_key_file, settings.data / "audit-heads.jsonl")
    files.use_folder(settings.data / "files")
    erasure.use_file(settings.data / "erasures.jsonl")
    signing.use_settings(settings.signing, settings.data / "keys" / "signing")


def install(app: Flask, feature: str) -> None:
    """A feature is a package with `install(app)`; it brings its models, views, menu entries and tasks."""
    import_module(f"confapp.{feature}").install(app)
