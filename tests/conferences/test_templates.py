"""Conferences begun from templates: what the files say, what is made of it, and what the public would see of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confapp.conferences import actions, queries, templates
from confapp.conferences.models import Conference
from confapp.conferences.rules import LIFE
from confapp.conferences.templates import Template
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.transactions import reading, writing
from confapp.people.rules import Role
from confapp.programme.actions import timetable
from confapp.programme.models import Placement, Session
from confapp.programme.queries import clashes
from confapp.programme.rules import Severity
from confapp.publishing import views as publishing  # noqa: F401 - the public pages
from tests import build

NEW: dict[str, Any] = {
    "name-en": "Conference on Tides",
    "name-id": "Konferensi Pasang",
    "acronym": "CT 2028",
    "slug": "tides-2028",
    "starts_on": "2028-03-01",
    "ends_on": "2028-03-02",
    "zone": "Asia/Makassar",
    "format": "in_person",
    "languages": ["en", "id"],
    "contact_email": "office@tides.example",
}
EACH = [pytest.param(one, id=one.key) for one in templates.all_templates()]


def all_parts(template: Template) -> list[str]:
    return [name for name, _part in actions.parts_of(template)]


def made_of(template: Template, slug: str, **fields: Any) -> Conference:
    fields = {
        "name": {"en": "Conference on Tides"},
        "starts_on": date(2028, 3, 1),
        "ends_on": date(2028, 3, template.days),
        "zone": "Asia/Makassar",
        "format": template.format,
        "contact_email": "office@tides.example",
    } | fields
    administrator = build.actor(build.administrator())
    with writing():
        return actions.begin_conference(administrator, template, slug, all_parts(template), **fields)


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Every text by language in what a file says."""
    if isinstance(value, dict) and "en" in value:
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


@pytest.mark.parametrize("template", EACH)
def test_each_text_of_a_template_is_in_the_three_languages(app: Flask, template: Template) -> None:
    said = [template.name, template.lead, *texts(dict(template.parts))]
    assert len(said) > 100
    assert [one for one in said if set(one) != {"en", "id", "ar"} or not all(one.values())] == []
    assert set(template.parts) <= set(actions.parts)


@pytest.mark.parametrize("template", EACH)
def test_a_template_makes_a_sound_conference(client: FlaskClient, template: Template) -> None:
    """Nothing blocks its release and nothing warns, and once announced its public pages can be read."""
    conference = made_of(template, f"{template.key}-2028")
    said = template.parts["sessions"]["sessions"]
    administrator = build.actor(build.administrator())
    with writing(), in_conference(conference.id):
        placements = db.session.scalars(select(Placement)).unique().all()
        assert len(placements) == len(said) == db.session.scalar(select(func.count()).select_from(Session))
        assert [one for one in clashes.of_draft(placements).found if one.severity != Severity.IGNORE] == []
        timetable.release(administrator, conference, "First")
        actions.change_status(administrator, conference, LIFE.named("announce"))  # type: ignore[arg-type]
    for address in ("/", "/programme?day=2028-03-01", "/pages/venue", "/documents/"):
        answer = client.get(f"/{conference.slug}{address}")
        assert answer.status_code == 200, address
        assert "[" not in answer.text.partition("<main")[2].partition("</main>")[0].replace("[data", ""), "no blanks"
    assert "Opening ceremony" in client.get(f"/{conference.slug}/programme").text
    assert "حفل الافتتاح" not in client.get(f"/ar/{conference.slug}/programme").text, (
        "only its own languages were taken"
    )


def test_a_template_is_chosen_previewed_and_made(client: FlaskClient) -> None:
    client.sign_in(build.administrator())
    [regional] = [one for one in templates.all_templates() if one.key == "regional"]
    page = client.get("/desk/new?begin=template:regional").text
    assert 'value="sessions"' in page
    assert 'name="do" value="preview"' in page
    assert 'name="taken"' not in client.get("/desk/new").text, "there is nothing to choose of nothing"
    fields = NEW | {"begin": "template:regional", "taken": all_parts(regional)}
    seen = client.send("/desk/new", **fields, do="preview")
    assert seen.status_code == 200
    for line in ("<dt>Days</dt><dd>2</dd>", "<dt>Rooms</dt><dd>8</dd>", "<dt>Sessions</dt><dd>19</dd>"):
        assert line in seen.text
    assert "without a time" not in seen.text
    assert "without a time" in client.send("/desk/new", **(fields | {"ends_on": "2028-03-01"}), do="preview").text
    with reading():
        assert queries.by_slug("tides-2028") is None, "a preview leaves nothing"
        assert not db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "create")).all()
    first = client.send("/desk/new", "key-of-this-form", **fields)
    assert first.headers["Location"] == "/desk/tides-2028/conference/first-steps"
    again = client.send("/desk/new", "key-of-this-form", **fields)
    assert (again.status_code, again.headers["Location"]) == (303, first.headers["Location"])
    with reading(), across_conferences("a test looks"):
        [line] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "fill")).all()
        assert (line.facts["template"], line.facts["parts"]) == ("regional", all_parts(regional))
    steps = client.get("/desk/tides-2028/conference/first-steps").text
    assert "Invite those who work with you" in steps
    assert '/desk/tides-2028/rooms">8</a>' in steps
    assert "CT/2028/L.1" in client.get("/desk/tides-2028/documents/").text


def test_parts_stand_by_themselves(client: FlaskClient) -> None:
    """Sessions without rooms keep their hours; times without sessions are nothing."""
    client.sign_in(build.administrator())
    client.send("/desk/new", **NEW, begin="template:international", taken=["sessions", "times"])
    with reading():
        conference = queries.by_slug("tides-2028")
        assert conference is not None
    with reading(), in_conference(conference.id):
        placed = db.session.scalars(select(Placement)).unique().all()
        assert placed
        assert not any(one.rooms for one in placed)
        assert {one.format for one in db.session.scalars(select(Session)).unique()} == {"in_person"}
    client.send("/desk/new", **(NEW | {"slug": "ebb-2028"}), begin="template:international", taken=["times"])
    assert "begun empty" in client.get("/desk/ebb-2028/conference/first-steps").text


@pytest.mark.parametrize(
    "wrong", [{"begin": "template:lunar"}, {"begin": "x"}, {"taken": ["staff"]}, {"languages": []}, {"slug": ""}]
)
@pytest.mark.parametrize("do", ["", "preview"])
def test_bad_beginnings_are_refused(client: FlaskClient, wrong: dict[str, Any], do: str) -> None:
    client.sign_in(build.administrator())
    answer = client.send("/desk/new", **(NEW | {"begin": "template:regional"} | wrong), do=do)
    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_an_unknown_beginning_in_an_address_is_told(client: FlaskClient) -> None:
    client.sign_in(build.administrator())
    assert client.get("/desk/new?begin=template:lunar").status_code == 422


def test_first_steps_are_for_organizers_of_the_conference(app: Flask, client: FlaskClient) -> None:
    conference = build.conference(slug="hills-2028")
    client.sign_in(build.staff(conference, Role.ORGANIZER))
    assert client.get("/desk/hills-2028/conference/first-steps").status_code == 200
    other = app.test_client()
    other.sign_in(build.staff(build.conference(), Role.ORGANIZER))  # type: ignore[attr-defined]
    assert other.get("/desk/hills-2028/conference/first-steps").status_code == 404


def test_a_template_refuses_what_it_does_not_offer(app: Flask) -> None:
    template = templates.named("regional")
    administrator = build.actor(build.administrator())
    with writing(), pytest.raises(Refused):
        actions.begin_conference(administrator, template, "x-2028", ["staff"])
