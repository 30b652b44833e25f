"""Who is asking: `g.actor`, found only when it is looked at, so that public pages touch no cookie."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from flask import Flask, g, request
from flask.ctx import _AppCtxGlobals
from werkzeug.local import LocalProxy

from confapp.foundation.access import ANONYMOUS, Actor

Loader = Callable[[], Actor]
_load: Loader = lambda: ANONYMOUS  # noqa: E731


def use_loader(loader: Loader) -> None:
    """Tells how the actor of a request is found; the people feature knows accounts and sign-ins."""
    global _load
    _load = loader


class Globals(_AppCtxGlobals):
    """Flask's g with an actor that is loaded at the first look."""

    @property
    def actor(self) -> Actor:
        if "_actor" not in self.__dict__:
            self.__dict__["_actor"] = _load()
        found: Actor = self.__dict__["_actor"]
        return found

    @actor.setter
    def actor(self, value: Actor) -> None:
        self.__dict__["_actor"] = value


def was_looked_at() -> bool:
    """True when this answer depends on who asked."""
    return "_actor" in g.__dict__


def address() -> str:
    """The asker's network, not the host: the first 24 bits of IPv4, 48 of IPv6."""
    return network(24, 48)


def network(bits_of_4: int, bits_of_6: int) -> str:
    """The asker's address cut to so many bits; empty when there is none, at a Unix socket say."""
    try:
        host = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if isinstance(host, IPv6Address) and host.ipv4_mapped is not None:
        host = host.ipv4_mapped
    return str(ip_network((host, bits_of_4 if host.version == 4 else bits_of_6), strict=False))


def install(app: Flask) -> None:
    app.app_ctx_globals_class = Globals

    @app.context_processor
    def actor() -> dict[str, Any]:
        return {"actor": LocalProxy(lambda: g.actor)}
