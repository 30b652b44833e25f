"""Alembic's environment: the connection comes from the application, which knows which database it is."""

from alembic import context
from sqlalchemy.types import TypeDecorator

from confapp.foundation.db import db

config = context.config


def render(kind: str, item: object, autogen_context: object) -> str | bool:
    """Migrations name plain SQL types, so that they stay true when the program's own types change."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run() -> None:
    connection = config.attributes.get("connection")
    if connection is None:
        connection = db.engine.connect()
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
