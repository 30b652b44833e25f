"""How an order of delegations came about, in words."""

from confapp.foundation import languages
from confapp.foundation.languages import best, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.web.filters import moment
from confapp.registration.models import DelegationOrder
from confapp.registration.rules import HostPlace


def told(order: DelegationOrder | None) -> list[str]:
    """Alphabetical in English, beginning with Fiji, drawn on 3 November 2026, 10:00 WIB. 2 moves by hand since."""
    if order is None or order.ordered_at is None:
        moves = _moves(order)
        return [_("In the order in which they were added; no rule has been applied."), *moves]
    found = [_rule(order)]
    if order.host is not None and order.host_place != HostPlace.IN_ORDER:
        words = (
            _("The host, %(name)s, is first.")
            if order.host_place == HostPlace.FIRST
            else _("The host, %(name)s, is the last of its kind.")
            if order.kinds_apart
            else _("The host, %(name)s, is last.")
        )
        found.append(words % {"name": best(order.host.name)})
    if order.kinds_apart:
        found.append(_("States come first, then organizations, then others."))
    found.append(_("Put in order on %(moment)s.", moment=moment(order.ordered_at)))
    return found + _moves(order)


def _rule(order: DelegationOrder) -> str:
    language = languages.language(order.language).name
    if order.first is None:
        return _("Alphabetical in %(language)s.", language=language)
    if order.first_id != order.drawn_id or order.drawn_at is None:
        return _(
            "Alphabetical in %(language)s, beginning with %(name)s.", language=language, name=best(order.first.name)
        )
    words = (
        _("Alphabetical in %(language)s, beginning with %(name)s, drawn by the program on %(moment)s.")
        if order.draw.get("by") == "program"
        else _("Alphabetical in %(language)s, beginning with %(name)s, drawn by hand on %(moment)s.")
    )
    return words % {"language": language, "name": best(order.first.name), "moment": moment(order.drawn_at)}


def _moves(order: DelegationOrder | None) -> list[str]:
    if order is None or not order.moved_by_hand or order.moved_at is None:
        return []
    return [
        ngettext(
            "%(num)d move by hand since, on %(moment)s.",
            "%(num)d moves by hand since, the last on %(moment)s.",
            order.moved_by_hand,
            moment=moment(order.moved_at),
        )
    ]
