"""Logs as JSON lines with allow-listed fields: no form bodies, no addresses, no names."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

from confapp.config import Settings

FIELDS = ("incident", "endpoint", "method", "status", "ms", "job", "task", "attempt", "mail", "error", "heads")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.msg if isinstance(record.msg, str) else str(record.msg),
        }
        line |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return json.dumps(line, ensure_ascii=False, default=str)


def _where(record: logging.LogRecord) -> list[str]:
    """File and line of each frame: never the message of an exception, which may quote what somebody typed."""
    found, trace = [], record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-12:]


def to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger("confapp")
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    root.propagate = False


def install(app: Flask, settings: Settings) -> None:
    if settings.environment != "test":
        to_stderr()
        app.logger.handlers = logging.getLogger("confapp").handlers
        app.logger.propagate = False

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def line(response: Response) -> Response:
        if response.status_code >= 500:
            spent = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000)
            logging.getLogger("confapp.web").error(
                "answered badly",
                extra={
                    "endpoint": request.endpoint,
                    "method": request.method,
                    "status": response.status_code,
                    "ms": spent,
                },
            )
        return response
