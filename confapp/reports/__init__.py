from flask import Flask

from confapp.conferences.rules import MANAGE_CONFERENCE
from confapp.foundation.languages import N_
from confapp.foundation.web import navigation
from confapp.people.rules import READ_AUDIT, WORK_AT_DESK
from confapp.reports import commands, tasks  # noqa: F401
from confapp.reports.views import reports


def install(app: Flask) -> None:
    app.register_blueprint(reports)
    app.cli.add_command(commands.group)
    navigation.add("desk", N_("Today"), "reports.today", 0, WORK_AT_DESK)
    navigation.add("desk", N_("Search"), "reports.search", 1, WORK_AT_DESK)
    navigation.add("desk", N_("Mail"), "reports.mail", 85, MANAGE_CONFERENCE)
    navigation.add("desk", N_("Copy of everything"), "reports.copy", 88, MANAGE_CONFERENCE)
    navigation.add("desk", N_("Audit record"), "reports.audit", 90, READ_AUDIT)
