"""Categories of participants."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from confapp.foundation import clock, places
from confapp.foundation.addresses import absolute
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import actions, queries
from confapp.registration.exports.square import square_code
from confapp.registration.forms import CategoryForm, PrivateLinkForm
from confapp.registration.forms.accreditation import StepForm
from confapp.registration.models import Category, PrivateLink
from confapp.registration.rules import MANAGE_CATEGORIES, Track, ways
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
    form = CategoryForm(groups=queries.groups_of_delegations())
    if form.is_sent():
        chosen = form.ways()
        try:
            made = actions.add_category(
                g.actor,
                g.conference,
                form.code.data,
                form.name.data,
                hint=form.hint.data,
                track=Track(form.track.data),
                for_delegations=form.for_delegations.data,
                open_to_all=chosen.open_to_all,
                capacity=form.capacity.data,
            )
            actions.set_ways(g.actor, made, chosen)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The category was added."), "good")
            return redirect(url_for(".category", ref=made.ref), 303)
    page = render_template("registration/desk/category.html", form=form, category=None)
    return page, 422 if form.errors else 200


@registration_desk.route("/categories/<ref>", methods=["GET", "POST"])
@requires(MANAGE_CATEGORIES)
def category(ref: str) -> Page:
    row = found(queries.category(ref))
    form = _form(row)
    if form.is_sent():
        chosen = form.ways()
        try:
            actions.change_category(
                g.actor,
                row,
                name=form.name.data,
                hint=form.hint.data,
                track=Track(form.track.data),
                for_delegations=form.for_delegations.data,
                open_to_all=chosen.open_to_all,
                capacity=form.capacity.data,
            )
            actions.set_ways(g.actor, row, chosen)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The category was changed."), "good")
            return redirect(url_for(".categories"), 303)
    return _category_page(row, form), 422 if form.errors else 200


@registration_desk.post("/categories/<ref>/links")
@requires(MANAGE_CATEGORIES)
def make_link(ref: str) -> Page:
    row = found(queries.category(ref))
    form = PrivateLinkForm()
    if form.is_sent():
        try:
            actions.make_link(g.actor, row, form.label.data, form.places.data, form.ends_at.data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The link was made. Copy its address below, or print its square code."), "good")
            return redirect(url_for(".category", ref=ref) + "#links", 303)
    return _category_page(row, _form(row, sent=False), form), 422


@registration_desk.post("/categories/<ref>/links/<link>/close")
@requires(MANAGE_CATEGORIES)
def close_link(ref: str, link: str) -> Page:
    actions.close_link(g.actor, _link(ref, link))
    flash(_("The link is closed. Who registered by it stays registered."), "good")
    return redirect(url_for(".category", ref=ref) + "#links", 303)


@registration_desk.post("/categories/<ref>/links/<link>/reopen")
@requires(MANAGE_CATEGORIES)
def reopen_link(ref: str, link: str) -> Page:
    actions.reopen_link(g.actor, _link(ref, link))
    flash(_("The link is open again, under the same address."), "good")
    return redirect(url_for(".category", ref=ref) + "#links", 303)


def _link(of: str, ref: str) -> PrivateLink:
    """One of the links of that category."""
    row, link = found(queries.category(of)), found(queries.private_link(ref))
    return found(link if link.category_id == row.id else None)


def _category_page(row: Category, form: CategoryForm, link_form: PrivateLinkForm | None = None) -> str:
    links = queries.private_links(row)
    quotas = {quota.owner_id: quota for quota in queries.quotas_of("private_link", (one.id for one in links))}
    unconfirmed = queries.unconfirmed_by_link() if links else {}
    return render_template(
        "registration/desk/category.html",
        form=form,
        category=row,
        links=[_shown(one, quotas.get(one.id), unconfirmed.get(one.id, 0)) for one in links],
        link_form=link_form or PrivateLinkForm(formdata=None),
        step_form=StepForm(formdata=None),
    )


def _shown(link: PrivateLink, quota: places.Quota | None, unconfirmed: int) -> dict[str, Any]:
    """A link as the page shows it: its whole address, its square code, and why it opens nothing any more."""
    address = absolute(f"/{g.conference.slug}/register/via/{link.ref}")
    left, now = quota.left if quota is not None else None, clock.now()
    return {
        "link": link,
        "address": address,
        "code": square_code(address),
        "quota": quota,
        "unconfirmed": unconfirmed,
        "fault": ways.link_fault(link, left, now),
        "limit": ways.limit_fault(link, left, now),
    }


def _form(row: Category, *, sent: bool = True) -> CategoryForm:
    quota = places.find_quota(row)
    form = CategoryForm(
        **({} if sent else {"formdata": None}),
        groups=sorted({*queries.groups_of_delegations(), *row.groups}),
        data={
            "name": row.name,
            "hint": row.hint,
            "track": row.track.value,
            "for_delegations": row.is_for_delegations,
            "open_to_all": row.is_open_to_all and not row.needs_link,
            "members_fill_in": row.members_fill_in,
            "needs_link": row.needs_link,
            "accompanying": row.is_accompanying,
            "groups": row.groups,
            "photo": row.photo.value,
            "capacity": quota.capacity if quota is not None else None,
        },
    )
    del form.code
    return form
