"""Alembic's environment: the connection comes from the application, which knows which database it is."""

from functools import partialmethod

from alembic import context
from alembic.operations import AbstractOperations, Operations
from sqlalchemy.types import TypeDecorator

from confapp.foundation.db import db

config = context.config
# SQLite's tables are made anew for a change. To read of one also all those that its keys lead to, and theirs in turn,
# takes half the time of a new database and adds nothing: a key is made from its own words.
Operations.batch_alter_table = partialmethod(
    AbstractOperations.batch_alter_table, reflect_kwargs={"resolve_fks": False}
)


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
