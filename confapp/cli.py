"""Thin commands: `python -m confapp.cli serve`; manage.py calls them after its set-up."""

import argparse
import json
import os
import sys
from pathlib import Path

from flask import Flask

from confapp import backup, config, demonstration, serving


def main(arguments: list[str] | None = None) -> int:
    os.umask(0o077)
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except (serving.CannotStart, backup.Unusable, config.SettingsError) as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="the demonstration, with a mailbox of its own")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--data", type=Path, default=None, metavar="DIR")
    demo.add_argument("--fresh", action="store_true", help="forget what was done in DIR and load it again")
    demo.set_defaults(run=_demo)

    commands.add_parser("load-demo", help="schema and content of the demonstration").set_defaults(run=_load_demo)

    serve = commands.add_parser("serve", help="the site")
    serve.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")
    serve.add_argument("--workers", type=int, default=2)
    serve.add_argument("--threads", type=int, default=8)
    serve.add_argument("--no-migrate", action="store_true", help="the schema was brought up to date by somebody else")
    serve.add_argument("--i-have-no-proxy", action="store_true", help="serve others without a TLS proxy in front")
    serve.set_defaults(run=_serve)

    commands.add_parser("worker", help="deliver mail and run jobs").set_defaults(run=_worker)

    for name, run, text in (
        ("backup", _back_up, "database, files and settings in one archive, without the keys"),
        ("restore", _restore, "such an archive into an empty data directory"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("file", type=Path)
        command.add_argument("--key", type=Path, metavar="FILE", help="the key file that seals the archive")
        command.set_defaults(run=run)
    return parser


def _demo(options: argparse.Namespace) -> int:
    data = options.data or Path(os.environ.get("CONFAPP_DATA", "var"))
    return demonstration.demonstrate(data.resolve(), options.port, fresh=options.fresh)


def _load_demo(_: argparse.Namespace) -> None:
    settings = config.from_environment()
    if not settings.is_demo:
        raise serving.CannotStart(f"{settings.data} is not a demonstration; use the command demo.")
    print(json.dumps(demonstration.load(_app(settings), settings)))


def _serve(options: argparse.Namespace) -> None:
    settings = config.from_environment()
    serving.check_bind(settings, options.bind, no_proxy=options.i_have_no_proxy)
    app = _app(settings)
    if not options.no_migrate:
        serving.migrate(app)
    if link := serving.first_administrator_link(app):
        print(f"Nobody can sign in yet. This link makes the first administrator, once:\n  {link}", flush=True)
    command = serving.gunicorn(options.bind, workers=options.workers, threads=options.threads)
    os.execv(command[0], command)  # noqa: S606 - gunicorn takes our place, and with it our signals


def _worker(_: argparse.Namespace) -> None:
    settings = config.from_environment()
    serving.work(_app(settings), settings)


def _back_up(options: argparse.Namespace) -> None:
    if options.key and backup.make_key(options.key):
        print(f"{options.key} was made. Without it the backup cannot be opened: keep it, and not beside the backup.")
    backup.back_up(config.from_environment(), options.file, options.key)


def _restore(options: argparse.Namespace) -> None:
    settings = config.from_environment()
    backup.restore(settings, options.file, options.key)
    if erased := serving.erase_again(_app(settings)):
        print(f"{erased} erasures that were made after the backup or before were done again.")
    print(f"Restored into {settings.data}. Put the key files {settings.sealing_key_file} and", end=" ")
    print(f"{settings.audit_key_file} back before you start it; they are in no backup.")


def _app(settings: config.Settings) -> Flask:
    from confapp import create_app

    return create_app(settings)


if __name__ == "__main__":
    sys.exit(main())
