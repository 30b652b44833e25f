"""All clashes of the draft in one list, what is accepted of them, and how grave each kind is."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for

from confapp.foundation.exporting import Column
from confapp.foundation.languages import N_, best, joined
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import filters
from confapp.foundation.web.guard import found, requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS, table_of, taken_out
from confapp.programme import queries
from confapp.programme.actions import clashes as actions
from confapp.programme.forms.clashes import AcceptClashForm, ClashSettingsForm
from confapp.programme.pages import ShownClash, Timetable, worst_first
from confapp.programme.queries import clashes as clash_queries
from confapp.programme.rules import READ, SCHEDULE, SEVERITY_MARKS, Severity
from confapp.programme.rules.clashes import AMOUNTS, DEFAULTS, RULE_NAMES, Rule
from confapp.programme.views import Answer, desk

ON_PAGE = 50
NARROWINGS = ("severity", "rule", "day")


def laid_out() -> Timetable:
    rows = queries.placements()
    return Timetable(
        g.conference.zone, g.conference.days, queries.rooms(), rows, clash_queries.of_draft(rows), place_of
    )


def place_of(day: date, ref: str) -> str:
    return url_for("programme_desk.timetable", day=day, session=ref, _anchor="place")


@desk.get("/programme/clashes")
@requires(READ)
def clashes() -> str:
    laid = laid_out()
    every = worst_first(laid.words.lines())
    asked = _asked()
    wanted = _narrowed(every, asked)
    pages = max(1, -(-len(wanted) // ON_PAGE))
    page = min(max(request.args.get("page", 1, int), 1), pages)
    return render_template(
        "programme/desk/clashes.html",
        lines=[(one, laid.words.mend(one)) for one in wanted[(page - 1) * ON_PAGE : page * ON_PAGE]],
        total=len(wanted),
        every=len(every),
        blocking=sum(one.severity == Severity.BLOCK for one in every),
        accepted=laid.words.accepted(),
        filters=_filters(every, asked),
        asked=asked,
        page=page,
        pages=pages,
        turned=lambda number: url_for(".clashes", page=number, **asked),
    )


@desk.get("/programme/clashes.<any(csv, xlsx):file_format>")
@requires(SCHEDULE)
@limited(EXPORTS)
def clashes_file(file_format: str) -> Response:
    rows = _narrowed(worst_first(laid_out().words.lines()), _asked())
    return taken_out(table_of(_("Clashes"), COLUMNS, rows), "clashes", file_format)


@desk.route("/programme/clashes/settings", methods=["GET", "POST"])
@requires(SCHEDULE)
def clash_settings() -> Answer:
    chosen = clash_queries.settings()
    form = ClashSettingsForm.of(DEFAULTS | chosen)
    if form.is_sent():
        actions.change_settings(g.actor, g.conference, form.values())
        flash(_("The rules were saved. The draft was looked at again."), "good")
        return redirect(url_for(".clashes"), 303)
    page = render_template(
        "programme/desk/clash_settings.html",
        form=form,
        rules=[(rule.value, _(RULE_NAMES[rule]), rule in AMOUNTS, rule in chosen) for rule in Rule],
    )
    return page, 422 if form.errors else 200


@desk.post("/programme/clashes/settings/reset")
@requires(SCHEDULE)
def reset_clash_settings() -> Answer:
    actions.change_settings(g.actor, g.conference, DEFAULTS)
    flash(_("All rules are as they were at first."), "good")
    return redirect(url_for(".clash_settings"), 303)


@desk.route("/programme/clashes/<code>", methods=["GET", "POST"])
@requires(SCHEDULE)
def accept_clash(code: str) -> Answer:
    laid = laid_out()
    clash = found(laid.words.clashes.with_code(code))
    form, status = AcceptClashForm(), 200
    if form.is_sent():
        try:
            actions.accept(g.actor, g.conference, clash, form.reason.data)
            flash(_("The clash was accepted. It is listed below the others, and can be taken up again."), "good")
            return redirect(url_for(".clashes"), 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    line = laid.words.line(clash)
    page = render_template("programme/desk/clash.html", form=form, line=line, mend=laid.words.mend(line))
    return page, 422 if form.errors else status


@desk.post("/programme/accepted-clashes/<ref>/take-back")
@requires(SCHEDULE)
def take_back_clash(ref: str) -> Answer:
    actions.take_back(g.actor, found(clash_queries.accepted_clash(ref)))
    flash(_("The clash counts again."), "good")
    return redirect(url_for(".clashes"), 303)


# --- parts ------------------------------------------------------------------------------------------------------------


def _asked() -> dict[str, Any]:
    """The narrowings of the address that mean something."""
    known = {"severity": {Severity.WARN.value, Severity.BLOCK.value}, "rule": {rule.value for rule in Rule}}
    asked = {name: request.args.get(name, "") for name in NARROWINGS}
    return {name: word for name, word in asked.items() if word and (name == "day" or word in known[name])}


def _narrowed(lines: Iterable[ShownClash], asked: dict[str, Any]) -> list[ShownClash]:
    return [one for one in lines if all(getattr(one, name) == word for name, word in asked.items())]


def _filters(lines: list[ShownClash], asked: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """For each narrowing the words there are, with how many lines each would leave beside the other narrowings."""
    rules = {rule.value: _(RULE_NAMES[rule]) for rule in Rule}
    words = {"severity": {one.value: _(SEVERITY_MARKS[one]) for one in (Severity.BLOCK, Severity.WARN)}, "rule": rules}
    words["day"] = {day: filters.short_day(date.fromisoformat(day)) for day in sorted({one.day for one in lines})}
    labels = {"severity": _("By severity"), "rule": _("By rule"), "day": _("By day")}
    made = []
    for name in NARROWINGS:
        others = {key: word for key, word in asked.items() if key != name}
        counts = Counter(getattr(one, name) for one in _narrowed(lines, others))
        items = [{"label": _("All"), "url": url_for(".clashes", **others), "current": name not in asked}]
        for word, label in words[name].items():
            if counts[word] or asked.get(name) == word:
                url = url_for(".clashes", **{**others, name: word})
                items.append({"label": label, "url": url, "current": asked.get(name) == word, "count": counts[word]})
        if len(items) > 2 or name in asked:
            made.append((labels[name], items))
    return made


COLUMNS = (
    Column("day", N_("Day"), lambda line: date.fromisoformat(line.day), 12),
    Column("when", N_("When"), lambda line: line.when, 18),
    Column("rule", N_("Rule"), lambda line: _(RULE_NAMES[line.rule]), 32),
    Column("severity", N_("Severity"), lambda line: _(SEVERITY_MARKS[line.severity]), 16),
    Column("what", N_("What is wrong"), lambda line: line.sentence, 60),
    Column("sessions", N_("Sessions"), lambda line: joined(best(title) for title, _path in line.sessions), 60),
    Column("mend", N_("What would mend it"), lambda line: line.advice, 40),
)
