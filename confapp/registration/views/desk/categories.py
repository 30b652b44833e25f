"""Categories of participants."""

from flask import flash, g, redirect, render_template, url_for

from confapp.foundation import places
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import actions, queries
from confapp.registration.forms import CategoryForm
from confapp.registration.models import Category
from confapp.registration.rules import MANAGE_CATEGORIES, Track
from confapp.registration.views.desk.blueprint import Page, registration_desk


@registration_desk.get("/categories")
@requires(SEE_PEOPLE)
def categories() -> Page:
    rows = queries.categories()
    quotas = {quota.owner_id: quota for quota in queries.quotas_of("category", (row.id for row in rows))}
    return render_template(
        "registration/desk/categories.html", categories=rows, quotas=quotas, counts=queries.registered_by_category()
    )


@registration_desk.route("/categories/new", methods=["GET", "POST"])
@requires(MANAGE_CATEGORIES)
def new_category() -> Page:
    form = CategoryForm()
    if form.is_sent():
        try:
            actions.add_category(
                g.actor,
                g.conference,
                form.code.data,
                form.name.data,
                hint=form.hint.data,
                track=Track(form.track.data),
                for_delegations=form.for_delegations.data,
                open_to_all=form.open_to_all.data,
                capacity=form.capacity.data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The category was added."), "good")
            return redirect(url_for(".categories"), 303)
    page = render_template("registration/desk/category.html", form=form, category=None)
    return page, 422 if form.errors else 200


@registration_desk.route("/categories/<ref>", methods=["GET", "POST"])
@requires(MANAGE_CATEGORIES)
def category(ref: str) -> Page:
    row = found(queries.category(ref))
    form = _form(row)
    if form.is_sent():
        try:
            actions.change_category(
                g.actor,
                row,
                name=form.name.data,
                hint=form.hint.data,
                track=Track(form.track.data),
                for_delegations=form.for_delegations.data,
                open_to_all=form.open_to_all.data,
                capacity=form.capacity.data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The category was changed."), "good")
            return redirect(url_for(".categories"), 303)
    page = render_template("registration/desk/category.html", form=form, category=row)
    return page, 422 if form.errors else 200


def _form(row: Category) -> CategoryForm:
    quota = places.find_quota(row)
    form = CategoryForm(
        data={
            "name": row.name,
            "hint": row.hint,
            "track": row.track.value,
            "for_delegations": row.is_for_delegations,
            "open_to_all": row.is_open_to_all,
            "capacity": quota.capacity if quota is not None else None,
        }
    )
    del form.code
    return form
