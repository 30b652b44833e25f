"""The public site: title pages, the programme, practical information, verification."""

from flask import Flask

from confapp.conferences import actions as conferences
from confapp.foundation.languages import N_
from confapp.foundation.web import navigation
from confapp.publishing import models  # noqa: F401


def install(app: Flask) -> None:
    from confapp.publishing import agendas, commands, tasks, views  # noqa: F401 - its jobs

    conferences.never_copied["hash_list"] = "it lists what one conference published"
    app.register_blueprint(views.bp)
    app.register_blueprint(agendas.bp)
    app.cli.add_command(commands.group)
    navigation.add("public", N_("Programme"), "publishing.programme", 10)
    navigation.add("public", N_("Information"), "publishing.information", 30)
