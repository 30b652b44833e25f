"""`manage.py flask programme import FILE --conference SLUG [--dry-run]` and `… export --conference SLUG`."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from confapp.conferences import queries as conferences
from confapp.conferences.models import Conference
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import in_conference
from confapp.foundation.languages import gettext as _
from confapp.foundation.transactions import reading, writing
from confapp.programme import imports, printing, queries
from confapp.programme.actions import bringing_in
from confapp.programme.actions.bringing_in import Plan
from confapp.programme.exports import FORMATS, calendar, written
from confapp.programme.exports.gathering import gather
from confapp.programme.rules import PrintKind

PRINTED = {"xlsx": PrintKind.TABLE, "pdf": PrintKind.PLAN}
group = AppGroup("programme", help="A programme from a file, or to a file of another program.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--conference", "slug", required=True, help="the part of its address, such as rcdd-2027")
@click.option("--language", default="en", show_default=True, help="of the texts in the file")
@click.option("--dry-run", is_flag=True, help="say what would be done and change nothing")
def bring_in(file: Path, slug: str, language: str, *, dry_run: bool) -> None:
    """Bring a programme into the draft: frab or pentabarf XML, pretalx-style JSON, CSV or XLSX."""
    content = file.read_bytes()
    with reading():
        zone = _conference(slug).zone
    try:
        exchange = imports.read(content, zone)
    except imports.Unreadable as bad:
        raise click.ClickException(bad.message) from bad
    with reading() if dry_run else writing():
        conference = _conference(slug)
        with in_conference(conference.id):
            found = bringing_in.plan(exchange, language)
            if not dry_run:
                digest = hashlib.sha256(content).hexdigest()
                found = bringing_in.carry_out(SYSTEM, conference, found, sha256=digest)
    for line in report(found):
        click.echo(line)
    if dry_run:
        click.echo("Nothing was changed: this was a dry run.")


@group.command("export")
@click.option("--conference", "slug", required=True)
@click.option(
    "--format", "file_format", type=click.Choice([*FORMATS, "ics", "xlsx", "pdf"]), default="xml", show_default=True
)
@click.option("--language", default="en", show_default=True)
@click.option("--draft", is_flag=True, help="the draft instead of the newest release")
def give_out(slug: str, file_format: str, language: str, *, draft: bool) -> None:
    """Write the newest release to standard output."""
    with reading():
        conference = _conference(slug)
        with in_conference(conference.id):
            release = None if draft else queries.newest_release()
            if release is None and not draft:
                raise click.ClickException("Nothing was released yet; --draft writes the draft.")
            if file_format in PRINTED:
                make = printing.prepared(conference, release, PRINTED[file_format], language)
            elif file_format != "ics":
                content = written(gather(conference, release, language), file_format)
            elif release is not None:
                content = calendar.of_release(conference, release, language)
            else:
                raise click.ClickException("A calendar is made of a release, so that its events can follow the next.")
    if file_format in PRINTED:
        content = make()
    click.echo(content, nl=False)


def report(found: Plan) -> Iterator[str]:
    """The oddities by line, then the figures."""
    for oddity in found.exchange.oddities:
        yield f"{oddity.where or '-'}: {_(oddity.sentence, **oddity.said)}"
    yield ", ".join(f"{name} {number}" for name, number in found.figures.items())


def _conference(slug: str) -> Conference:
    found = conferences.by_slug(slug)
    if found is None:
        raise click.ClickException(f"No conference has the address {slug}.")
    return found
