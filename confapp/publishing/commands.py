"""`manage.py flask signing …`: the keys and certificates by which a conference signs what it publishes."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import clock, known, signing
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.languages import best
from confapp.foundation.transactions import reading, writing

group = AppGroup("signing", help="Keys and certificates of signed publications.")


@group.command("list")
@click.option("--conference", "slug", required=True)
def show(slug: str) -> None:
    """The certificates of a conference, the present one first."""
    conference_id, _name = _conference(slug)
    with in_conference(conference_id), reading():
        for row in signing.of_conference(conference_id):
            until = f"in use, valid until {row.valid_until:%Y-%m-%d}"
            if row.retired_at is not None:
                until = f"retired {row.retired_at:%Y-%m-%d}"
            click.echo(f"{row.sha256}  {row.source}  {until}  {row.subject}")


@group.command("make")
@click.option("--conference", "slug", required=True)
def make(slug: str) -> None:
    """Make the key and the certificate of a conference, or enter those that the settings name; else the first
    publication does."""
    conference_id, name = _conference(slug)
    try:
        with signing.hand(conference_id, name) as signer, in_conference(conference_id), reading():
            (row,) = (one for one in signing.of_conference(conference_id) if one.id == signer.certificate_id)
            click.echo(f"{row.sha256}  {row.subject}")
    except signing.CannotSign as cannot:
        raise click.ClickException(str(cannot)) from cannot


@group.command("rotate")
@click.option("--conference", "slug", required=True)
@click.confirmation_option(prompt="The present key is destroyed; its certificate stays published. Go on?")
def rotate(slug: str) -> None:
    """A new key and certificate. What was signed before stays verifiable by the old certificate."""
    conference_id, name = _conference(slug)
    try:
        row = signing.rotate(conference_id, name, by=SYSTEM)
    except signing.CannotSign as cannot:
        raise click.ClickException(str(cannot)) from cannot
    with in_conference(conference_id), writing():
        known.changed(conference_id)
    click.echo(f"{row.sha256}  {row.subject}  since {clock.now():%Y-%m-%d}")


def _conference(slug: str) -> tuple[int, str]:
    with reading():
        found = db.session.scalar(select(Conference).where(Conference.slug == slug))
        if found is None:
            raise click.ClickException(f"There is no conference {slug}.")
        return found.id, best(found.name, "en") or found.slug
