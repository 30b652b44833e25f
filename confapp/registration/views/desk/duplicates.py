"""Likely duplicates: the list, two side by side, and bringing them together by hand."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from confapp.foundation import languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.forms import LONGEST_LINE
from confapp.foundation.web.guard import found, requires
from confapp.people.models import Person
from confapp.registration import actions
from confapp.registration.actions import duplicates as different
from confapp.registration.forms import country_name
from confapp.registration.queries import duplicates as queries
from confapp.registration.rules import ACCREDIT, CAPACITY_NAMES, RANK_NAMES, field_name
from confapp.registration.rules.duplicates import LIKENESS_NAMES, OF_PERSON, OF_REGISTRATION, Pair, differing
from confapp.registration.rules.privacy import OF_PERSON as SEALED
from confapp.registration.views.desk.blueprint import Page, registration_desk

FIELDS = (*OF_PERSON, *OF_REGISTRATION)
OF_BOTH = (*SEALED, "photo")  # chosen where both keep one, without showing what it says


@registration_desk.context_processor
def likeness_words() -> dict[str, Any]:
    return {
        "duplicates_of": queries.duplicates_of,
        "lives_on_as": queries.lives_on_as,
        "likeness_name": lambda pair: _(LIKENESS_NAMES[pair.likeness]),
    }


@registration_desk.get("/duplicates")
@requires(ACCREDIT)
def duplicates() -> Page:
    pairs = [pair for pair in queries.duplicates() if _living(pair) is not None]
    return render_template("registration/desk/duplicates.html", pairs=pairs, apart=queries.apart())


@registration_desk.route("/duplicates/<ref>/<other>", methods=["GET", "POST"])
@requires(ACCREDIT)
def merge(ref: str, other: str) -> Page:
    one, two = found(queries.person(ref)), found(queries.person(other))
    found(one if one.id != two.id and (one.registration or two.registration) else None)
    if request.method != "POST":
        return _page(one, two)
    try:
        living, ended = _chosen(one, two)
        names = {name for name in (*FIELDS, *OF_BOTH) if request.form.get(name) == ended.ref}
        version = request.form.get("version", "")[:LONGEST_LINE]
        actions.merge(living, ended, names, by=g.actor, version=version)
    except Refused as refusal:
        return _page(one, two, refusal), refusal.status
    flash(_("Both are one now: %(number)s.", number=living.registration.number), "good")
    return redirect(url_for(".registration", ref=living.registration.ref), 303)


@registration_desk.post("/duplicates/<ref>/<other>/apart")
@requires(ACCREDIT)
def keep_apart(ref: str, other: str) -> Page:
    one, two = found(queries.person(ref)), found(queries.person(other))
    different.keep_apart(one, two, by=g.actor)
    flash(_("These are two different people: the pair is suggested no more."), "good")
    return redirect(url_for(".duplicates"), 303)


@registration_desk.post("/duplicates/<ref>/<other>/again")
@requires(ACCREDIT)
def suggest_again(ref: str, other: str) -> Page:
    one, two = found(queries.person(ref)), found(queries.person(other))
    different.suggest_again(one, two, by=g.actor)
    flash(_("The pair is suggested again."), "good")
    return redirect(url_for(".duplicates"), 303)


def _living(pair: Pair) -> Person | None:
    """The one that can live on: it has a registration."""
    return next((row for row in (pair.one, pair.other) if row.registration is not None), None)


def _chosen(one: Person, two: Person) -> tuple[Person, Person]:
    chosen = request.form.get("living", "")
    if chosen not in (one.ref, two.ref):
        raise Refused(_("Choose which of the two lives on."), 422)
    return (one, two) if chosen == one.ref else (two, one)


def _page(one: Person, two: Person, refusal: Refused | None = None) -> str:
    both = one.registration is not None and two.registration is not None
    names = differing(one, two, OF_PERSON)
    if both:
        names += differing(one.registration, two.registration, OF_REGISTRATION)
    kept = [name for name in OF_BOTH if _keeps(one, name) and _keeps(two, name)]
    return render_template(
        "registration/desk/merge.html",
        people=(one, two),
        rows=[(name, field_name(name), _shown(one, name), _shown(two, name)) for name in names]
        + [(name, field_name(name), _("kept"), _("kept")) for name in kept],
        usual=one.ref if one.registration is not None else two.ref,
        version=actions.versions(one, two),
        refusal=refusal,
        are_apart=(min(one.id, two.id), max(one.id, two.id)) in queries.said_apart(one),
    )


def _keeps(person: Person, name: str) -> bool:
    return getattr(person, "photo_id" if name == "photo" else f"{name}_sealed") is not None


def _shown(person: Person, name: str) -> str:
    value = str(getattr(person if name in OF_PERSON else person.registration, name))
    named = {
        "country": country_name,
        "language": lambda code: languages.language(code).name,
        "capacity": lambda code: _(CAPACITY_NAMES[code]),
        "rank": lambda code: _(RANK_NAMES[code]),
    }.get(name)
    return named(value) if named is not None and value else value
