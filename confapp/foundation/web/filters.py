"""What templates may use: translated values, dates and hours in the conference's zone, keys of forms."""

import secrets
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_skeleton
from flask import Flask, g
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from markupsafe import Markup

from confapp.foundation import clock, languages, text
from confapp.foundation.web.paths import url_in


def t(value: dict[str, str] | None) -> str:
    return languages.best(value)


def t_lang(value: dict[str, str] | None) -> str:
    return languages.pick(value)[1]


def zone_of_page() -> str:
    conference = g.get("conference")
    return conference.zone if conference is not None else "UTC"


def hours(moment: datetime, zone: str | None = None) -> str:
    """09:00, in 24-hour form in every language."""
    return f"{clock.local(moment, zone or zone_of_page()):%H:%M}"


def day(value: date | datetime, zone: str | None = None) -> str:
    """Tuesday, 10 September 2019."""
    if isinstance(value, datetime):
        value = clock.local(value, zone or zone_of_page()).date()
    return _written(value, "full", locale())


def short_day(value: date | datetime, zone: str | None = None) -> str:
    """Tue 10 Sep."""
    if isinstance(value, datetime):
        value = clock.local(value, zone or zone_of_page()).date()
    return _short(value, locale())


def days(period: tuple[date, date]) -> str:
    """10–11 September 2019."""
    first, last = period
    end = _written(last, "d MMMM y", locale())
    if first == last:
        return end
    if first.year != last.year:
        return f"{_written(first, 'd MMMM y', locale())} – {end}"
    return f"{first.day}–{end}" if first.month == last.month else f"{_written(first, 'd MMMM', locale())} – {end}"


@lru_cache(maxsize=2048)
def _written(value: date, pattern: str, code: str) -> str:
    return format_date(value, pattern, locale=code)


@lru_cache(maxsize=2048)
def _short(value: date, code: str) -> str:
    return format_skeleton("MMMEd", value, locale=code)


def moment(value: datetime, zone: str | None = None) -> str:
    """10 September 2019, 09:00 WIB."""
    zone = zone or zone_of_page()
    there = clock.local(value, zone)
    written = _written(there.date(), "long", locale())
    return languages.joined((written, f"{there:%H:%M} {clock.zone_label(zone, value)}"))


def period(start: datetime, minutes: int, zone: str | None = None) -> str:
    """09:00–10:30."""
    return f"{hours(start, zone)}–{hours(start + timedelta(minutes=minutes), zone)}"


def zone(conference: Any) -> str:
    """WITA (UTC+8) where Indonesia's names apply, else UTC+2."""
    label = clock.zone_label(conference.zone, conference.starts_at)
    offset = clock.offset_label(conference.zone, conference.starts_at)
    return label if label == offset else f"{label} ({offset})"


def locale() -> str:
    """Babel's locale for the page's language; English dates are written day first."""
    code = languages.current()
    return {"en": "en_GB", "ar": "ar_EG"}.get(code, code)


def csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def form_key_field() -> Markup:
    return Markup('<input type="hidden" name="form_key" value="{}">').format(secrets.token_urlsafe(24))


def languages_offered() -> list[languages.Language]:
    """The page's language and those that the conference uses; outside a conference English and Indonesian."""
    conference = g.get("conference")
    used = conference.languages if conference is not None else ["en", "id"]
    return [languages.language(code) for code in languages.INTERFACE if code in used or code == languages.current()]


def install(app: Flask) -> None:
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        languages.gettext, languages.plural, newstyle=True, pgettext=languages.pgettext
    )
    for function in (t, t_lang, day, short_day, days, moment, period, zone):
        environment.filters[function.__name__] = function
    environment.filters["clock"] = hours
    environment.filters["markdown"] = lambda value: Markup(text.html(value))  # noqa: S704 - sanitised by nh3
    environment.globals.update(csrf_field=csrf_field, form_key_field=form_key_field, url_in=url_in, now=clock.now)

    @app.context_processor
    def page() -> dict[str, Any]:
        return {
            "lang": languages.language(languages.current()),
            "conference": g.get("conference"),
            "languages_offered": languages_offered(),
            "crumbs": [],
        }
