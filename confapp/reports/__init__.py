from flask import Flask

from confapp.foundation.languages import N_
from confapp.foundation.web import navigation
from confapp.people.rules import WORK_AT_DESK
from confapp.reports.views import reports


def install(app: Flask) -> None:
    app.register_blueprint(reports)
    navigation.add("desk", N_("Today"), "reports.today", 0, WORK_AT_DESK)
