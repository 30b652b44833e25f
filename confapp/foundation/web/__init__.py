"""Everything between HTTP and the features: order matters here, so it is listed in one place."""

from flask import Flask

from confapp.config import Settings
from confapp.foundation.web import (
    assets,
    cache,
    components,
    errors,
    filters,
    forms,
    guard,
    headers,
    health,
    identity,
    logs,
    navigation,
    paths,
    transactions,
)


def install(app: Flask, settings: Settings) -> None:
    """What must be there before the features register their views."""
    logs.install(app, settings)
    paths.install(app, settings)
    identity.install(app)
    forms.install(app)
    headers.install(app, settings)
    errors.install(app)
    filters.install(app)
    navigation.install(app)
    assets.install(app, settings)
    components.install(app)
    navigation.link_components(app.jinja_env.globals["ui"])
    health.install(app)


def finish(app: Flask, settings: Settings) -> None:
    """What needs to know every view: all are declared, each runs in its transactions, public pages are cached."""
    guard.refuse_undeclared(app)
    transactions.wrap_views(app)
    cache.install(app, settings)
    assets.serve(app, settings)
    paths.wrap(app, settings)
