"""The installation that is measured: a conference of 3 days, 10 rooms and 200 sessions, and a very large one of 2 days,
37 rooms and 1,079 sessions. Prints addresses as JSON."""

import json
from datetime import timedelta

from bench import data, importing, reference, sending
from confapp import create_app
from confapp.conferences.models import Conference
from confapp.conferences.rules import Status
from confapp.foundation import clock, migrating
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.programme.actions import timetable
from confapp.registration.models import Category


def main() -> None:
    reference.fill()
    app = create_app()
    migrating.upgrade(app)
    with app.app_context():
        with writing():
            conference = _conference()
            db.session.add(conference)
        with in_conference(conference.id), writing():
            data.fill(db.session.get_one(Conference, conference.id))
            delegate = {"en": "Delegate", "id": "Delegasi"}
            db.session.add(Category(code="delegate", name=delegate, is_open_to_all=True))
        slug, large = conference.slug, importing.conference(Status.ANNOUNCED)
        importing.bring_in("", importing.file(), large.id, 1079)
        with in_conference(large.id), writing():
            timetable.release(SYSTEM, db.session.get_one(Conference, large.id), "Benchmark")
        file, static = sending.published(slug)
        paths = {"title": f"/{slug}/", "programme": f"/{slug}/programme", "form": f"/{slug}/register"}
        print(json.dumps(paths | {"large": f"/{large.slug}/programme", "file": file, "static": static}))


def _conference() -> Conference:
    first = clock.now().date() + timedelta(days=60)
    return Conference(
        slug="bench-2027",
        name={"en": "Conference on Measuring", "id": "Konferensi Pengukuran"},
        acronym="BENCH",
        theme={"en": "Trust in figures", "id": "Kepercayaan pada angka"},
        starts_on=first,
        ends_on=first + timedelta(days=2),
        zone="Asia/Makassar",
        city={"en": "Denpasar", "id": "Denpasar"},
        venue={"en": "Congress Hall", "id": "Balai Kongres"},
        languages=["en", "id"],
        contact_email="office@conference.example",
        status=Status.ANNOUNCED,
        registration_opens_at=clock.now() - timedelta(days=1),
        registration_closes_at=clock.now() + timedelta(days=30),
    )


if __name__ == "__main__":
    main()
