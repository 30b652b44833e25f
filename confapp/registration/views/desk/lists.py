"""The list of registrations: its filter, its order and pages, the views that are kept of it, and how to narrow it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import flash, g, redirect, render_template, request, url_for

from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import components
from confapp.foundation.web.guard import found, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import actions, queries
from confapp.registration.forms import country_name
from confapp.registration.forms.lists import NarrowForm, SavedViewForm
from confapp.registration.queries import NARROWINGS, Filter, Found
from confapp.registration.queries.lists import SIZES
from confapp.registration.rules import CAPACITY_NAMES, STATUS_NAMES, Status
from confapp.registration.rules.imports import MISSING_NAMES, OFFICE_NAMES
from confapp.registration.views.desk.blueprint import Page, registration_desk
from confapp.registration.views.marks import mark

LIST = "registrations"
ALWAYS = (Status.SUBMITTED, Status.RETURNED, Status.ACCREDITED, Status.REFUSED, Status.WITHDRAWN)


@registration_desk.get("/registrations")
@requires(SEE_PEOPLE)
def registrations() -> Page:
    return _page(Filter.read(request.args))


@registration_desk.get("/registrations/narrow")
@requires(SEE_PEOPLE)
def narrow() -> str:
    """Everything that the list can be narrowed by, on a page of its own."""
    by = Filter.read(request.args)
    form = NarrowForm(formdata=None, data={**by.words, **dict(by.more)})
    form.offer(g.actor, g.conference)
    return render_template("registration/desk/narrow.html", form=form, kept={"q": by.search, "sort": by.sort})


@registration_desk.post("/registrations/views")
@requires(SEE_PEOPLE)
def save_view() -> Page:
    by, form = Filter.read(request.form), SavedViewForm()
    if form.is_sent():
        try:
            kept = actions.save_view(g.actor, g.conference, LIST, form.name.data, by.words, is_shared=form.shared.data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The view “%(name)s” was kept.", name=kept.name), "good")
            return redirect(list_address(by), 303)
    return _page(by, form, 422)


@registration_desk.post("/registrations/views/<ref>/delete")
@requires(SEE_PEOPLE)
def delete_view(ref: str) -> Page:
    view = found(queries.saved_view(g.actor, LIST, ref))
    actions.delete_view(g.actor, view)
    flash(_("The view “%(name)s” was deleted.", name=view.name), "good")
    return redirect(url_for(".registrations"), 303)


# --- parts ------------------------------------------------------------------------------------------------------------


def _page(by: Filter, form: SavedViewForm | None = None, status: int = 200) -> Page:
    result = queries.find(g.actor, g.conference, by)
    views, categories = queries.saved_views(g.actor, LIST), queries.category_names()
    address = addresses(by)
    page = render_template(
        "registration/desk/registrations.html",
        found=result,
        asked=by,
        filters=_statuses(by, result, address),
        category_cells={one.id: components.cell(_("Category"), components.text(one.name)) for one in categories},
        delegations={key: components.text(name) for key, name in result.delegations().items()},
        before_ref=url_for(".registration", ref="-").removesuffix("-"),
        status_cells={one: components.cell(_("Status"), components.status(*mark(one))) for one in result.by_status},
        category_items=_categories(by, categories, address),
        narrowings=_narrowings(by, address),
        views=views,
        view_items=_views(by, views),
        view=next((one for one in views if one.query == _query(by)), None),
        form=form or (SavedViewForm(formdata=None) if by.words else None),
        kept={name: value for name, value in by.words.items() if name != "q"},
        words=by.words,
        sizes=SIZES,
        address=address,
    )
    return page, status


def list_address(by: Filter, **changes: Any) -> str:
    """The list as a filter has it, with some words changed or left out."""
    return addresses(by)(**changes)


def addresses(by: Filter) -> Callable[..., str]:
    """The same for a page that asks often."""
    page, kept = url_for("registration_desk.registrations"), by.words

    def address(**changes: Any) -> str:
        words = {name: value for name, value in {**kept, **changes}.items() if value is not None}
        return f"{page}?{urlencode(words)}" if words else page

    return address


def _query(by: Filter) -> str:
    return actions.view_query(by.words)


def _statuses(by: Filter, result: Found, address: Callable[..., str]) -> list[dict[str, Any]]:
    """Counted words: all, then each status that is in use or usual."""
    words: list[dict[str, Any]] = [
        {
            "label": _("All"),
            "url": address(status=None),
            "current": by.status is None,
            "count": result.by_status.total(),
        }
    ]
    for status in Status:
        if status in ALWAYS or result.by_status[status] or status == by.status:
            words.append(
                {
                    "label": _(STATUS_NAMES[status]),
                    "url": address(status=status.value),
                    "current": by.status == status,
                    "count": result.by_status[status],
                }
            )
    return words


def _categories(by: Filter, categories: Any, address: Callable[..., str]) -> list[dict[str, Any]]:
    every = {"label": _("All categories"), "url": address(category=None), "current": not by.category}
    return [
        every,
        *(
            {"label": best(one.name), "url": address(category=one.code), "current": by.category == one.code}
            for one in categories
        ),
    ]


def _narrowings(by: Filter, address: Callable[..., str]) -> list[tuple[str, str]]:
    """What else narrows the list, in words, with the address of the list without it."""
    return [
        (f"{_(NARROWINGS[name].label)}: {_worded(name, value)}", address(**{name: None})) for name, value in by.more
    ]


def _worded(name: str, value: str) -> str:
    names = {"capacity": CAPACITY_NAMES, "step": OFFICE_NAMES, "missing": MISSING_NAMES}.get(name, {})
    if value in names:
        return _(names[value])
    if name == "country":
        return country_name(value)
    if name in ("waiting", "decide", "asked"):
        return _("yes")
    if name == "delegation":
        row = queries.delegation(g.actor, g.conference, value)
        return best(row.name) if row is not None else value
    return queries.assignee_name(value) if name == "assignee" else value


def _views(by: Filter, views: Any) -> list[dict[str, Any]]:
    here = _query(by)
    every = {"label": _("All registrations"), "url": url_for(".registrations"), "current": not by.words}
    return [
        every,
        *(
            {
                "label": one.name,
                "url": f"{url_for('.registrations')}?{one.query}",
                "current": one.query == here,
            }
            for one in views
        ),
    ]
