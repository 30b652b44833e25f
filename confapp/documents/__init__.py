"""Outcome documents: written in blocks, adopted as a version, published as files that can be verified."""

from flask import Flask
from markupsafe import Markup

from confapp.documents import models  # noqa: F401
from confapp.documents.rules import READ, after, beside, inline, names, wording
from confapp.documents.rules.composition import Paragraph
from confapp.documents.rules.translating import TRANSLATE
from confapp.foundation import languages
from confapp.foundation.languages import N_
from confapp.foundation.web import navigation


def _words_of(p: Paragraph, style: str = "page") -> Markup:
    """The words of a paragraph; `style` says how references and notes are drawn, see `inline.to_html`."""
    return Markup(inline.to_html(p.inline, p.shown, p.first_note, style))  # noqa: S704 - every word is escaped


def install(app: Flask) -> None:
    from confapp.documents import exports, tasks  # noqa: F401
    from confapp.documents.actions import filling
    from confapp.documents.views import (  # noqa: F401 - their addresses
        adoption,
        aligning,
        desk,
        drafting,
        emblem,
        glossary,
        importing,
        issuing,
        own_texts,
        public,
        reading,
        register,
        replacing,
        silence,
        subscribers,
        subscribing,
        text,
        translating,
        translations,
    )
    from confapp.documents.views import languages as _languages  # noqa: F401 - its addresses
    from confapp.registration.views.me.delegations import pages_of_delegation

    app.jinja_env.filters["inline"] = lambda spans, shown=None: Markup(inline.to_html(spans, shown))  # noqa: S704 - escaped
    app.jinja_env.filters["words_of"] = _words_of
    app.jinja_env.filters["direction_of"] = lambda code: languages.language(code).direction
    app.jinja_env.globals |= {"beside_words": beside, "after_words": after}
    app.jinja_env.filters["bound"] = wording.bound
    app.jinja_env.filters["language_name"] = names.language
    app.jinja_env.filters["as_data"] = exports.as_data
    app.jinja_env.filters["file_format"] = names.file_format
    app.url_map.converters |= {
        "symbol": public.SymbolConverter,
        "code": public.LanguageConverter,
        "form": public.FormatConverter,
    }
    app.register_blueprint(public.documents)
    app.register_blueprint(desk.desk)
    app.register_blueprint(translating.translating)
    app.register_blueprint(reading.me)
    app.register_blueprint(own_texts.me)
    pages_of_delegation["texts_me.of_delegation"] = (N_("Texts: silence, statements, endorsements"), own_texts.any_text)
    filling.install()
    navigation.add("public", N_("Documents"), "documents.index", 20)
    navigation.add("desk", N_("Documents"), "documents_desk.index", 50, READ)
    navigation.add("desk", N_("Translations"), "translating.index", 50, TRANSLATE)
