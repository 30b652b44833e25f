"""Flask-Login behind one module: the cookie carries a token, the sign-in row decides."""

from datetime import timedelta

from flask import Flask, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from confapp.foundation import clock
from confapp.foundation.access import ANONYMOUS, Actor
from confapp.foundation.db import db
from confapp.foundation.transactions import is_writing, writing
from confapp.foundation.web import drafts, identity
from confapp.people import queries, rules
from confapp.people.models import SignIn

SEEN_EVERY = timedelta(minutes=5)

manager = LoginManager()
manager.session_protection = None  # it hashes address and agent, and would sign out somebody who travels


class SignedIn(UserMixin):
    """What Flask-Login keeps in the session: the token of a sign-in row."""

    def __init__(self, token: str, sign_in: queries.LivingSignIn) -> None:
        self.token = token
        self.sign_in_id = sign_in.id
        self.person_id = sign_in.person_id
        self.actor = sign_in.actor
        self.language = sign_in.language

    def get_id(self) -> str:
        return self.token


def begin(token: str, sign_in: SignIn) -> None:
    """Puts a new token in the browser's session; whatever was in it before is gone."""
    session.clear()
    session.permanent = not sign_in.is_staff
    if (user := load(token)) is None:
        raise RuntimeError("a sign-in that began cannot be over already")
    login_user(user)


def end() -> None:
    logout_user()
    session.clear()
    g.actor = ANONYMOUS


@manager.user_loader
def load(token: str) -> SignedIn | None:
    now = clock.now()
    row = queries.living_sign_in(rules.token_hash(token), now)
    if row is None or row.seen_at + rules.IDLE[row.is_staff] <= now:
        return None
    if row.seen_at + SEEN_EVERY < now and not is_writing():
        _note_seen(row.id)
    return SignedIn(token, row)


def actor() -> Actor:
    if "_user_id" not in session:
        return ANONYMOUS
    found: Actor = current_user.actor if current_user.is_authenticated else ANONYMOUS
    return found


def sign_in_id() -> int | None:
    """The sign-in row of this browser."""
    return current_user.sign_in_id if actor().is_known else None


def person_id() -> int | None:
    """The one person whose record this sign-in reaches, or None when it reaches all that the account may."""
    return current_user.person_id if actor().is_known else None


def lapsed_account() -> int | None:
    """Whose sign-in of this browser ended by itself, through time alone; nobody's when it was signed out."""
    token = session.get("_user_id")
    row = queries.sign_in_by_token(rules.token_hash(token)) if isinstance(token, str) else None
    return row.account_id if row is not None and row.ended_at is None and row.account.disabled_at is None else None


def _note_seen(sign_in_id: int) -> None:
    with writing():
        db.session.get_one(SignIn, sign_in_id).seen_at = clock.now()


def install(app: Flask) -> None:
    app.login_manager = manager  # type: ignore[attr-defined]  # init_app would look at the cookie after every request
    identity.use_loader(actor)
    drafts.use_lapsed(lapsed_account)
