"""Letters at the desk: what was asked for and issued, invitations to delegations, and the work of issuing."""

from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for

from confapp.conferences.rules import MANAGE_CONFERENCE
from confapp.foundation import files, languages
from confapp.foundation.jobs import Job
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Move, Refused
from confapp.foundation.web.guard import found, requires
from confapp.registration.actions import issuing
from confapp.registration.actions import letters as actions
from confapp.registration.forms import ReasonForm
from confapp.registration.forms.letters import LanguagesForm
from confapp.registration.models import Delegation, Letter
from confapp.registration.queries import letters as queries
from confapp.registration.queries.letters import LetterFilter, LettersFound
from confapp.registration.rules import INVITE
from confapp.registration.rules import letters as rules
from confapp.registration.rules.letter_printing import About, borrowed
from confapp.registration.rules.letters import ISSUE_LETTERS, LETTER_STATUS_NAMES, LetterKind, LetterStatus
from confapp.registration.views.desk.blueprint import Page, asked, registration_desk
from confapp.registration.views.lettering import letter_words

registration_desk.context_processor(letter_words)


@registration_desk.get("/letters")
@requires(ISSUE_LETTERS)
def letters() -> Page:
    by = _filter()
    result = queries.find_letters(g.actor, g.conference, by)
    return render_template(
        "registration/desk/letters.html",
        found=result,
        asked=by,
        filters=_filters(by, result),
        unsent=len(queries.unsent(g.actor, g.conference)),
        at_work=queries.issuing_now(g.conference),
        texts=queries.letter_texts(),
        address=lambda **changes: _list_address(by, **changes),
    )


@registration_desk.get("/letters/<ref>")
@requires(ISSUE_LETTERS)
def letter(ref: str) -> Page:
    return _page(_letter(ref))


@registration_desk.get("/letters/<ref>/file")
@requires(ISSUE_LETTERS)
def letter_file(ref: str) -> Response:
    return download(_letter(ref))


@registration_desk.get("/letters/selection")
@requires(ISSUE_LETTERS)
def letters_selection() -> Page:
    """Names what was ticked, before it is issued."""
    rows = queries.letters_by_ref(g.actor, g.conference, request.args.getlist("ref"))
    if not rows:
        flash(_("Tick at least one letter."), "attention")
        return redirect(url_for(".letters", status="requested"), 303)
    issue = rules.move_named("issue")
    possible = [row for row in rows if issue.is_open_to(row, g.actor) and not issuing.letter_holes(row)]
    return render_template("registration/desk/letters_selection.html", rows=rows, possible=possible)


@registration_desk.post("/letters/issue")
@requires(ISSUE_LETTERS)
def issue_letters() -> Page:
    refs = request.form.getlist("ref")
    rows = queries.letters_by_ref(g.actor, g.conference, refs)
    if not rows or len(rows) != len(set(refs)):
        abort(404)
    return redirect(_work_address(actions.issue_letters(g.actor, g.conference, rows)), 303)


@registration_desk.post("/letters/<ref>/<any(issue,refuse,withdraw,send,again):verb>")
@requires(ISSUE_LETTERS)
def change_letter(ref: str, verb: str) -> Page:
    row, form = _letter(ref), ReasonForm()
    reason = form.reason.data or ""
    if not form.validate():
        return _page(row, form=form, verb=verb, status=422)
    try:
        if verb == "issue":
            return redirect(_work_address(actions.issue_letters(g.actor, g.conference, [row])), 303)
        if verb == "again":
            return redirect(_work_address(issuing.try_again(g.actor, g.conference, row)), 303)
        if verb == "send":
            issuing.send_again(g.actor, row)
        elif verb == "refuse":
            actions.refuse_letter(g.actor, row, reason)
        else:
            actions.withdraw_letter(g.actor, row, reason)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(row, form=form, verb=verb, refusal=refusal, status=refusal.status)
    flash(
        {
            "send": _("The letter was mailed again."),
            "refuse": _("The request was refused; the person is told why."),
            "withdraw": _("The letter was withdrawn. Whoever verifies it reads that it is no longer valid."),
        }[verb],
        "good",
    )
    return redirect(url_for(".letter", ref=row.ref), 303)


@registration_desk.get("/letters/work/<ref>")
@requires(ISSUE_LETTERS)
def letters_work(ref: str) -> Page:
    """How far the work of issuing is; the page can be left."""
    job = found(queries.issuing_job(g.conference, ref))
    rows = queries.letters_by_id(job.arguments.get("letters", []))
    done = sum(row.status != LetterStatus.CHECKED for row in rows)
    return render_template("registration/desk/letters_work.html", job=job, rows=rows, done=done)


# --- invitations ------------------------------------------------------------------------------------------------------


@registration_desk.route("/letters/invitations", methods=["GET", "POST"])
@requires(INVITE)
def invitations() -> Page:
    """Chooses the delegations; the next page says what will happen, and the page after it does."""
    group = asked("group")
    due = queries.to_invite(g.actor, g.conference)
    shown = [row for row in due if not group or group in (*row.groups, *row.tags)]
    is_confirmed = "count" in request.form
    form = LanguagesForm() if is_confirmed else LanguagesForm(formdata=None)
    chosen = _chosen(shown)
    kinds = sorted({rules.kind_for(row) for row in chosen}, key=list(LetterKind).index)
    texts = queries.letter_texts()
    ready = [
        code
        for code in g.conference.languages
        if all(code in rules.ready_languages(texts.get(kind), g.conference.languages) for kind in kinds)
    ]
    form.languages.offer(ready)
    if not chosen:
        return render_template("registration/desk/invitations.html", **_choice(due, shown, group))
    if not is_confirmed:
        form.languages.data = ready
    elif form.is_sent():
        try:
            if request.form.get("count") != str(len(chosen)):
                raise Refused(_("The list has changed in the meantime. Look at it again before the letters go out."))
            job = issuing.order_invitations(g.actor, g.conference, chosen, form.languages.data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(_work_address(job), 303)
    samples = [_about_first(texts[kind], chosen) for kind in kinds if kind in texts]
    gaps = {about.kind: names for about in samples if (names := issuing.holes(about, ready))}
    page = render_template(
        "registration/desk/invitations_confirm.html",
        chosen=chosen,
        kinds={kind: sum(rules.kind_for(row) == kind for row in chosen) for kind in kinds},
        without_address=[row for row in chosen if not row.contact_email],
        form=form,
        ready=ready,
        gaps=[rules.hole_fault(kind, names) for kind, names in gaps.items()],
        borrowed=_borrowed(texts, chosen, ready),
        may_set_up=MANAGE_CONFERENCE.allows(g.actor, g.conference),
        group=group,
        which=request.values.get("which", ""),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _chosen(shown: list[Delegation]) -> list[Delegation]:
    """Those that were ticked, or all that are shown."""
    if request.values.get("which") == "all":
        return shown
    refs = set(request.values.getlist("delegation"))
    return [row for row in shown if row.ref in refs]


def _choice(due: Any, shown: list[Delegation], group: str) -> dict[str, Any]:
    items = [{"label": _("All"), "url": url_for(".invitations"), "current": not group, "count": len(due)}]
    for name in queries.groups_of(due):
        number = sum(name in (*row.groups, *row.tags) for row in due)
        items.append(
            {"label": name, "url": url_for(".invitations", group=name), "current": name == group, "count": number}
        )
    return {
        "rows": shown,
        "group": group,
        "group_items": items,
        "ticked_none": "which" in request.values,
        "any": bool(due) or queries.has_delegations(g.actor, g.conference),
    }


def _about_first(text: Any, chosen: list[Delegation]) -> About:
    """The text, tried on the first delegation of its kind."""
    return issuing.sample(text, g.conference, next(row for row in chosen if rules.kind_for(row) == text.kind))


def _borrowed(texts: Any, chosen: list[Delegation], codes: list[str]) -> list[tuple[str, list[str], int]]:
    """By language: what of the conference would stand in another one, and how many delegations have no name in it."""
    found_so = []
    for code in codes:
        each = [borrowed(issuing.sample(texts[rules.kind_for(row)], g.conference, row), code) for row in chosen]
        names = sorted({f"{{{name}}}" for names in each for name in names if name != "delegation"})
        if any(each):
            found_so.append((languages.language(code).name, names, sum("delegation" in names for names in each)))
    return found_so


# --- parts ------------------------------------------------------------------------------------------------------------


def download(row: Letter) -> Response:
    """The file of a letter that was issued and stands, as a download."""
    if row.status != LetterStatus.ISSUED or row.file is None:
        abort(404)
    headers = {
        "Content-Disposition": f'attachment; filename="{row.name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(files.read(row.file), mimetype="application/pdf", headers=headers)


def _letter(ref: str) -> Letter:
    return found(queries.letter(g.actor, g.conference, ref))


def _page(
    row: Letter,
    *,
    form: ReasonForm | None = None,
    verb: str = "",
    refusal: Refused | None = None,
    status: int = 200,
) -> Page:
    page = render_template(
        "registration/desk/letter.html",
        letter=row,
        moves=_moves(row),
        fault=_fault(row),
        form=form or ReasonForm(formdata=None),
        verb=verb,
        refusal=refusal,
    )
    return page, status


def _fault(row: Letter) -> str:
    """Why what was asked for cannot be issued now."""
    if row.registration is None or row.status != LetterStatus.REQUESTED:
        return ""
    return rules.request_fault(row.registration, row.kind) or issuing.letter_holes(row)


def _moves(row: Letter) -> list[Move]:
    """The moves that are buttons. A request is refused, not withdrawn."""
    open_moves = rules.LETTERS.open_to(row, g.actor)
    return [move for move in open_moves if move.label and (move.verb, row.status) != ("withdraw", "requested")]


def _work_address(job: Job) -> str:
    return url_for("registration_desk.letters_work", ref=job.ref)


def _filter() -> LetterFilter:
    status, kind = asked("status"), asked("kind")
    return LetterFilter(
        status=LetterStatus(status) if status in set(LetterStatus) else None,
        kind=LetterKind(kind) if kind in set(LetterKind) else None,
        search=asked("q"),
        page=max(1, min(request.args.get("page", 1, int), 100_000)),
    )


def _list_address(by: LetterFilter, **changes: Any) -> str:
    kept = {"status": by.status and by.status.value, "kind": by.kind and by.kind.value, "q": by.search or None}
    return url_for(".letters", **(kept | changes))


def _filters(by: LetterFilter, result: LettersFound) -> list[dict[str, Any]]:
    every = {
        "label": _("All"),
        "url": _list_address(by, status=None),
        "current": by.status is None,
        "count": result.by_status.total(),
    }
    return [
        every,
        *(
            {
                "label": _(LETTER_STATUS_NAMES[status]),
                "url": _list_address(by, status=status.value),
                "current": by.status == status,
                "count": result.by_status[status],
            }
            for status in LetterStatus
        ),
    ]
