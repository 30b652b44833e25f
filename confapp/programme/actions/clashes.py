"""How grave each kind of clash is, which clashes are accepted, and what keeps a programme from being released."""

from collections.abc import Collection, Mapping
from typing import Any

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import best, joined, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.programme.models import AcceptedClash, ClashSetting, Placement
from confapp.programme.queries import clashes as queries
from confapp.programme.rules.clashes import DEFAULTS, RULE_NAMES, Clash, Rule, Setting, blocking

NAMED = 5  # clashes that a refusal names


def change_settings(actor: Actor, conference: Any, wanted: Mapping[Rule, Setting]) -> None:
    """What is as the program has it leaves no row, so that a better default reaches who never chose."""
    rows, changed = queries.setting_rows(), {}
    before = DEFAULTS | queries.settings()
    for rule, setting in wanted.items():
        if setting != before[rule]:
            changed[rule.value] = [_plain(before[rule]), _plain(setting)]
        _keep(conference, rows.get(rule.value), rule, setting)
    if changed:
        audit.record(actor, "change_clash_settings", conference, changes=changed)


def _keep(conference: Any, row: ClashSetting | None, rule: Rule, setting: Setting) -> None:
    if setting == DEFAULTS[rule]:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(
            ClashSetting(conference_id=conference.id, rule=rule.value, severity=setting.severity, amount=setting.amount)
        )
    else:
        row.severity, row.amount = setting.severity, setting.amount


def _plain(setting: Setting) -> str:
    return setting.severity.value if setting.amount is None else f"{setting.severity.value} {setting.amount}"


def accept(actor: Actor, conference: Any, clash: Clash, reason: str) -> None:
    """The organizers live with one clash, also where its kind blocks; another one of the same kind still shows."""
    if not reason:
        raise Refused(_("Please give a reason."), 422, "reason")
    made = db.session.execute(
        inserting(AcceptedClash)
        .values(
            ref=new_ref(),
            conference_id=conference.id,
            key=clash.key,
            reason=reason,
            accepted_at=clock.now(),
            accepted_by=actor.account_id,
        )
        .on_conflict_do_nothing()
        .returning(AcceptedClash.id)
    )
    if made.first() is None:
        raise Refused(_("This was done already."))
    audit.record(actor, "accept_clash", conference, rule=clash.rule.value, key=clash.key, reason=reason)


def take_back(actor: Actor, accepted: AcceptedClash) -> None:
    db.session.delete(accepted)
    audit.record(actor, "take_back_clash", accepted, key=accepted.key)


def require_none_blocks(rows: Collection[Placement]) -> None:
    """Refuses a release while something that blocks it is neither mended nor accepted; the first few are named."""
    stopping = blocking(queries.of_draft(rows).found)
    if not stopping:
        return
    titles = {row.session_id: best(row.session.title) for row in rows}
    named = [
        _("%(what)s (%(where)s)", what=_(RULE_NAMES[one.rule]), where=joined(titles[its] for its in one.sessions))
        for one in stopping[:NAMED]
    ]
    more = len(stopping) - len(named)
    if more:
        named.append(ngettext("and %(num)d more", "and %(num)d more", more))
    raise Refused(
        ngettext(
            "%(num)d clash blocks the release: %(list)s.",
            "%(num)d clashes block the release: %(list)s.",
            len(stopping),
            list="; ".join(named),
        )
    )
