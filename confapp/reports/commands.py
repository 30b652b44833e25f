"""`manage.py flask audit verify` and `… audit anchor`."""

import sys

import click
from flask.cli import AppGroup

from confapp.foundation import audit
from confapp.foundation.transactions import reading

group = AppGroup("audit", help="The audit record: is it whole, and where does it stand?")


@group.command("verify")
def verify() -> None:
    """Say what is wrong with any chain; exit code 1 when something is."""
    with reading():
        faults = audit.verify()
    for fault in faults:
        click.echo(f"{fault.chain}: entry {fault.number or 0}: {fault.what}", err=True)
    if faults:
        sys.exit(1)
    click.echo("Every chain is whole: nothing was edited, removed, inserted, reordered or cut off.")


@group.command("anchor")
def anchor() -> None:
    """Write the heads of all chains to the file outside the database, and print them."""
    with reading():
        for head in audit.anchor():
            click.echo(f"{head['chain']} {head['number']} {head['hash']}")
