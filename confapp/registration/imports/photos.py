"""Photographs in a ZIP, named after the registrations they belong to: looked at first, then each set as if uploaded.

A picture is called by the number of the registration (SC27-0042.jpg) or by the names (family_given.jpg). Nothing of the
archive is written to the disk by its own names, and no more is unpacked than a photograph may be large.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, images, jobs, text, vault
from confapp.foundation.access import Actor
from confapp.foundation.db import Data, db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.sealing import Unreadable
from confapp.foundation.transactions import writing
from confapp.people.models import Person
from confapp.registration import queries
from confapp.registration.actions import imports as actions
from confapp.registration.actions.photos import set_photo
from confapp.registration.models import Import, Registration
from confapp.registration.queries import lists
from confapp.registration.rules.imports import ImportKind, ImportState

LARGEST_FILE = 60 * 1024 * 1024
MOST_PICTURES = 2_000
PICTURES = (".jpg", ".jpeg", ".png")
MATCHED, UNMATCHED, BAD = "matched", "unmatched", "bad"


class BadArchive(Exception):
    """Why a file cannot be read as an archive of photographs; the message is for whoever sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Picture:
    """One picture of the archive: its own name, and whose it is by that name (ids of registrations)."""

    name: str
    owners: tuple[int, ...]


def pictures(content: bytes) -> list[str]:
    """The names of the pictures, in order; folders, hidden files and what a system adds are left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [one.filename for one in packed.infolist() if _is_picture(one)]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise BadArchive(_("This is no ZIP file, or it is damaged.")) from error
    if not names:
        raise BadArchive(_("There is no picture in it: JPEG and PNG are taken."))
    if len(names) > MOST_PICTURES:
        raise BadArchive(_("At most %(most)d pictures are brought in at once. Divide the archive.", most=MOST_PICTURES))
    return names


def _is_picture(one: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(one.filename.replace("\\", "/"))
    is_hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return not one.is_dir() and not is_hidden and path.suffix.lower() in PICTURES


def matched(actor: Actor, conference: Conference, names: list[str]) -> list[Picture]:
    """Whose pictures they are, among those whom the actor may see: by number, else by both names in either order."""
    owners: dict[str, set[int]] = {}
    rows = db.session.execute(
        lists.chosen(
            actor,
            conference,
            queries.Filter(),
            Registration.id,
            Registration.number,
            Person.given_name,
            Person.family_name,
        ).join(Registration.person)
    )
    for row in rows:
        words = (row.number, f"{row.family_name}_{row.given_name}", f"{row.given_name}_{row.family_name}")
        for word in words:
            if key := _folded(word):
                owners.setdefault(key, set()).add(row.id)
    return [Picture(name, tuple(sorted(owners.get(_folded(_stem(name)), ())))) for name in names]


def shown(name: str) -> str:
    """The name of a picture as it can be shown: without folders, and without marks that turn the reading direction."""
    return text.clean_name(PurePosixPath(name.replace("\\", "/")).name)[:120]


def _stem(name: str) -> str:
    return PurePosixPath(shown(name)).stem


def _folded(word: str) -> str:
    """A name as it is compared: whatever stands between its words, such as the comma of “Family, Given”."""
    return "_".join(re.sub(r"[\W_]+", " ", text.fold(word)).split())


def read_one(packed: zipfile.ZipFile, name: str) -> bytes:
    """A picture, never more of it than a photograph may have, whatever the archive says of its size."""
    with packed.open(name) as opened:
        return opened.read(images.LARGEST_FILE + 1)


# --- an import of photographs -----------------------------------------------------------------------------------------


def begin(actor: Actor, conference: Conference, kept: vault.Kept, names: list[str], source: str) -> Import:
    batch = Import(
        conference_id=conference.id,
        kind=ImportKind.PHOTOS,
        state=ImportState.UPLOADED,
        source=source,
        rows=len(names),
        made_by=actor.account_id,
    )
    db.session.add(batch)
    actions.refuse_others(actor, batch)
    batch.file = vault.register(kept, "application/zip", source or "photos.zip", by=actor.account_id)
    db.session.flush()
    audit.record(actor, "upload_photos", batch, rows=batch.rows)
    _queue(batch, "registration.check_photos")
    return batch


def order(actor: Actor, batch: Import) -> None:
    """Sets those that were found to be good; the others stay as the report says."""
    actions.refuse_others(actor, batch)
    if batch.state != ImportState.CHECKED:
        raise Refused(_("This archive was brought in or dropped already."))
    _queue(batch, "registration.apply_photos")


def _queue(batch: Import, task: str) -> None:
    batch.job_ref = jobs.enqueue(task, {"batch": batch.ref}, conference_id=batch.conference_id).ref


def run_check(ref: str, report: Callable[[int], None]) -> None:
    """The dry run: each picture is matched and decoded, and nothing is kept of it."""
    batch = _batch(ref)
    if batch.state != ImportState.UPLOADED:
        return
    actor, conference = queries.actor_behind(batch.made_by), queries.conference(batch.conference_id)
    lines = [line for line, _content, _id in _looked_at(actor, conference, batch, report)]
    with writing():
        held = _batch(ref)
        if held.state != ImportState.UPLOADED:
            return  # dropped while it was looked at
        held.report, held.state, held.job_ref = lines, ImportState.CHECKED, ""
        held.sound = sum(line["outcome"] == MATCHED for line in lines)
        audit.record(actor, "check_photos", held, rows=len(lines), sound=held.sound)


def run_apply(ref: str, report: Callable[[int], None]) -> None:
    """One picture after another, each in a transaction of its own; run again, it leaves those that are there."""
    batch = _batch(ref)
    if batch.state != ImportState.CHECKED:
        return
    actor, conference = queries.actor_behind(batch.made_by), queries.conference(batch.conference_id)
    conference_id, lines, added = conference.id, list[dict[str, Any]](), 0
    for line, content, registration_id in _looked_at(actor, conference, batch, report):
        if content is not None and registration_id is not None:
            line = _set(actor, conference_id, registration_id, content, line)
            added += line["outcome"] == MATCHED
        lines.append(line)
    with writing():
        held = _batch(ref)
        if held.state == ImportState.DONE:
            return
        held.report, held.state, held.added, held.job_ref = lines, ImportState.DONE, added, ""
        held.done_at = clock.now()
        actions.forget_file(held)
        audit.record(actor, "import_photos", held, people=added)


def _set(
    actor: Actor, conference_id: int, registration_id: int, content: bytes, line: dict[str, Any]
) -> dict[str, Any]:
    if _has(registration_id, content):
        return line
    kept = vault.keep(content, conference_id=conference_id, data_class=Data.HIGH)
    try:
        with writing():
            (row,) = queries.by_ids(actor, queries.conference(conference_id), [registration_id])
            set_photo(row, vault.register(kept, images.MEDIA_TYPE, "photo.jpg", by=actor.account_id), by=actor)
    except Refused as refusal:
        return line | {"outcome": BAD, "faults": [["", refusal.message]]}
    return line


def _has(registration_id: int, content: bytes) -> bool:
    """Whether this very picture is the one in force: set again, it would send an accredited person back to review."""
    photo = db.session.get_one(Registration, registration_id).person.photo
    if photo is None or photo.erased_at is not None:
        return False
    try:
        return vault.read(photo) == content
    except (Unreadable, OSError):
        return False


def _looked_at(
    actor: Actor, conference: Conference, batch: Import, report: Callable[[int], None]
) -> Iterator[tuple[dict[str, Any], bytes | None, int | None]]:
    """For each picture its line of the report, and where it is good the photograph and whose it is."""
    assert batch.file is not None
    content = vault.read(batch.file)
    found = matched(actor, conference, pictures(content))
    numbers = dict(
        db.session.execute(
            select(Registration.id, Registration.number).where(Registration.conference_id == conference.id)
        ).all()
    )
    taken: set[int] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for count, picture in enumerate(found):
            if count % 20 == 19:
                report(round(100 * count / len(found)))
            line: dict[str, Any] = {"row": count + 1, "name": shown(picture.name), "faults": [], "warnings": []}
            if (fault := _whose(picture, taken)) is not None:
                yield line | {"outcome": UNMATCHED, "faults": [["", fault]]}, None, None
                continue
            owner = picture.owners[0]
            try:
                photo = images.portrait(read_one(packed, picture.name))
            except images.BadImage as bad:
                yield line | {"outcome": BAD, "faults": [["", bad.message]]}, None, None
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
                yield line | {"outcome": BAD, "faults": [["", _("This picture cannot be unpacked.")]]}, None, None
            else:
                taken.add(owner)
                yield line | {"outcome": MATCHED, "number": numbers[owner]}, photo, owner


def _whose(picture: Picture, taken: set[int]) -> str | None:
    if not picture.owners:
        return _("No registration has this number or name.")
    if len(picture.owners) > 1:
        return _("Several registrations have this name; call the picture by the number.")
    return _("Another picture of this person comes before it.") if picture.owners[0] in taken else None


def _batch(ref: str) -> Import:
    return db.session.scalars(select(Import).where(Import.ref == ref).with_for_update()).one()
