"""The paper of a delegation, or of a body without one: what its page and the pages of members show, on both sides.

The two sides differ in who may do what and in where a page leads; what is received, shown and said is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found
from confapp.registration import actions, queries
from confapp.registration.forms import CredentialForm, ReasonForm
from confapp.registration.models import Credential, Delegation, Registration
from confapp.registration.rules import ACCREDIT, CREDENTIAL_NAMES, CredentialKind
from confapp.registration.rules.credentials import (
    CREDENTIAL_STATE_NAMES,
    CredentialState,
    may_hand_in,
    state_of,
    takes_papers,
)
from confapp.registration.views import uploads
from confapp.registration.views.marks import settled

Owner = Delegation | Registration
KINDS = {
    CredentialState.MISSING: "attention",
    CredentialState.TO_CHECK: "waiting",
    CredentialState.OBJECTED: "bad",
    CredentialState.CHECKED: "good",
}


def credential_mark(state: CredentialState) -> tuple[str, str]:
    """(kind, word) for `ui.status`."""
    return KINDS[state], _(CREDENTIAL_STATE_NAMES[state])


@dataclass(frozen=True)
class Papers:
    """The papers that stand for somebody, newest first, and where they are: their own, or their delegation's."""

    owner: Owner
    inherited: bool
    side: str

    @property
    def all(self) -> Sequence[Credential]:
        return list(reversed(self.owner.credentials))

    @property
    def current(self) -> Credential | None:
        return queries.current_credential(self.owner)

    @property
    def state(self) -> CredentialState:
        return state_of(self.owner.credentials)

    @property
    def kind(self) -> str:
        return "delegation" if isinstance(self.owner, Delegation) else "registration"

    @property
    def name(self) -> dict[str, str]:
        return self.owner.name if isinstance(self.owner, Delegation) else self.owner.body

    @property
    def page(self) -> str:
        return self._url("papers")

    @property
    def opens(self) -> bool:
        """Whether the asker reaches the page of these papers: a member sees how they stand, not what they say."""
        return self.side == "desk" or may_hand_in(g.actor, self.owner)

    @property
    def may_hand_in(self) -> bool:
        allowed = ACCREDIT.allows(g.actor, self.owner) if self.side == "desk" else may_hand_in(g.actor, self.owner)
        return allowed and takes_papers(self.owner)

    @property
    def may_judge(self) -> bool:
        return self.side == "desk" and ACCREDIT.allows(g.actor, self.owner)

    def file(self, paper: Credential) -> str:
        return self._url("paper", **{self._word: paper.ref})

    def verb(self, paper: Credential, verb: str) -> str:
        return self._url("judge_paper", **{self._word: paper.ref}, verb=verb)

    @property
    def _word(self) -> str:
        return "paper" if self.kind == "delegation" else "own_paper"

    def _url(self, name: str, **values: Any) -> str:
        return url_for(f"registration_{self.side}.{self.kind}_{name}", ref=self.owner.ref, **values)


def papers_of(owner: Owner, side: str) -> Papers:
    """A member of a delegation has those of the delegation, unless there are own ones from before."""
    if isinstance(owner, Registration) and owner.delegation is not None and not owner.credentials:
        return Papers(owner.delegation, True, side)
    return Papers(owner, False, side)


def words_of(side: str) -> dict[str, Any]:
    """For the templates of one side."""
    return {
        "papers_of": lambda owner: papers_of(owner, side),
        "credential_mark": credential_mark,
        "paper_name": lambda one: _(CREDENTIAL_NAMES[one.kind]),
    }


# --- what the views of both sides do ----------------------------------------------------------------------------------

Page = Response | str | tuple[str, int]


def page(owner: Owner, side: str, form: CredentialForm | None = None, **more: Any) -> Page:
    """The papers and what can be done with them. Who inherits them is led to those of the delegation."""
    shown = papers_of(owner, side)
    if shown.inherited:
        return redirect(shown.page, 303) if shown.opens else abort(404)
    form = form or CredentialForm(formdata=None, kind=_usual_kind(owner))
    objection = more.get("objection") or ReasonForm(formdata=None)
    made = render_template(
        f"registration/{side}/credential.html", owner=owner, shown=shown, form=form, objection=objection
    )
    return made, settled(objection, settled(form, 422 if form.form_errors else 200))


def _usual_kind(owner: Owner) -> CredentialKind:
    """Notes verbales are for governments; who came without a delegation brings a letter."""
    return CredentialKind.NOTE_VERBALE if isinstance(owner, Delegation) else CredentialKind.LETTER


def receive(owner: Owner, side: str, thanks: str) -> Page:
    """A new paper: its file was kept before the lock, or refused there."""
    form = CredentialForm()
    if g.prepared is not None and g.prepared.fault:
        form.validate()
        form.refuse(Refused(g.prepared.fault, 422, "file"))
    elif form.is_sent():
        try:
            uploads.received(form, actions.receive_credential, owner=owner)
        except Refused as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(thanks, "good")
            return redirect(papers_of(owner, side).page, 303)
    return page(owner, side, form)


def judge(owner: Owner, ref: str, verb: str) -> Page:
    """The office checks a paper, objects to it or takes either back."""
    paper = found(queries.credential(owner, ref))
    form = ReasonForm()
    if verb == "object":
        try:
            form.validate()
            told = actions.object_to_credential(g.actor, paper, form.reason.data or "")
        except Refused as refusal:
            if refusal.field != "reason":
                raise
            form.refuse(refusal)
            return page(owner, "desk", objection=form)
        if told:
            flash(_("The objection was noted, and whoever handed in the paper was told."), "good")
        else:
            flash(_("The objection was noted. Nobody was told: no address is known."), "attention")
    elif verb == "check":
        actions.check_credential(g.actor, paper)
        flash(_("The paper was marked as checked; the members of the delegation inherit it."), "good")
    else:
        actions.take_back_check(g.actor, paper)
        flash(_("The paper is to be checked again."), "good")
    return redirect(papers_of(owner, "desk").page, 303)


def download(owner: Owner, ref: str) -> Response:
    kept = found(queries.credential(owner, ref))
    found(kept.file)
    return uploads.download(kept)
