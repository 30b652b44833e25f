"""A site of one's own for journeys: the program in this process, a conference, its offices, and hands that read."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import select
from werkzeug.serving import BaseWSGIServer, make_server

from confapp import create_app
from confapp.foundation import jobs
from confapp.foundation.db import db, in_conference, set_scope
from confapp.foundation.languages import gettext, ngettext, speaking
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import writing
from confapp.people.models import Account, Person
from confapp.people.rules import Role
from confapp.registration.models import Registration
from tests import build
from tests.browser.hands import Keyboard, Mouse, Small
from tests.build import Client
from tests.conftest import LIMITS, give_schema, settings_in

ROUNDS_OF_WORK = 5  # a letter is printed in one round and mailed in the next


class Site:
    """The program behind an address. What is done here is done in the database that it serves."""

    def __init__(self, folder: Path) -> None:
        self.server = make_server("localhost", 0, lambda *_: iter([b""]), threaded=True)
        self.address = f"http://localhost:{self.server.server_port}"
        self.app: Flask = create_app(settings_in(folder, base_url=self.address))
        self.app.config |= {"LIMITS": dict.fromkeys(LIMITS, 100_000)}
        self.app.test_client_class = Client
        give_schema(self.app)
        threading.Thread(target=_serve, args=(self.server, self.app), daemon=True).start()


def _serve(server: BaseWSGIServer, app: Flask) -> None:
    server.app = app
    server.serve_forever()


class House:
    """A conference with its offices. Verbs open a transaction of their own; people come with a browser of their own."""

    def __init__(self, site: Site, browser: Browser, slug: str, language: str) -> None:
        self.site, self.browser, self.language = site, browser, language
        self.conference = build.conference(slug, acronym="WALK", host={"en": "Ministry of Examples"})
        self.hands: list[Mouse] = []

    # --- who comes ---

    def somebody(self, hand: type[Mouse] = Mouse, language: str = "") -> "Reads":
        kind = {Mouse: Reader, Keyboard: KeyboardReader, Small: SmallReader}[hand]
        made = kind(self.browser, self.site.address, language or self.language)
        self.hands.append(made)
        return made

    def officer(self, role: Role, hand: type[Mouse] = Mouse, **about: Any) -> "Reads":
        """Somebody with a role, signed in already."""
        holder = build.account(name=about.get("name", f"Officer {role.value}"))
        build.mandate(holder, role, self.conference)
        return self.signed_in(holder, hand)

    def signed_in(self, holder: Account, hand: type[Mouse] = Mouse) -> "Reads":
        made, client = self.somebody(hand), self.site.app.test_client()
        assert isinstance(client, Client)
        for cookie in (client.sign_in(holder)._cookies or {}).values():
            made.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.site.address}])
        return made

    # --- where ---

    def desk(self, path: str = "") -> str:
        return f"/desk/{self.conference.slug}/{path}"

    def me(self, path: str = "") -> str:
        return f"/me/{self.conference.slug}/{path}"

    def link_mailed_to(self, mailbox: str, kind: str) -> str:
        """The newest link of a kind (invitations, links, sign-in, nomination, address) in a mail to an address."""
        pattern = re.compile(rf"{re.escape(self.site.address)}(/\S*{kind}/[\w-]{{20,}})")
        for _ in range(ROUNDS_OF_WORK):
            jobs.run_due()
            db.session.rollback()
            to_it = select(Mail).where(Mail.recipient == mailbox).order_by(Mail.id.desc())
            mails = db.session.scalars(to_it).all()
            found = [link[1] for mail in mails if (link := pattern.search(mail.text))]
            db.session.rollback()
            if found:
                return found[0]
        raise AssertionError(f"no mail with a link to {kind} reached {mailbox}")

    # --- what is kept ---

    @contextmanager
    def at_work(self) -> Iterator[None]:
        db.session.rollback()
        with in_conference(self.conference.id), writing():
            yield

    @contextmanager
    def looking(self) -> Iterator[None]:
        db.session.rollback()
        with in_conference(self.conference.id):
            yield
        db.session.rollback()

    def row(self, family_name: str) -> Registration:
        """The newest registration of somebody, inside a block."""
        named = select(Registration).join(Person, Registration.person).where(Person.family_name == family_name)
        return db.session.scalars(named.order_by(Registration.id.desc())).unique().all()[0]

    def of(self, family_name: str, what: Callable[[Registration], Any]) -> Any:
        with self.looking():
            return what(self.row(family_name))

    def status(self, family_name: str) -> str:
        return str(self.of(family_name, lambda row: row.status.value))

    def ref(self, family_name: str) -> str:
        return str(self.of(family_name, lambda row: row.ref))

    def close(self) -> None:
        for hand in self.hands:
            hand.close()
        db.session.rollback()
        set_scope(None)


class Reads:
    """A hand whose owner reads one language: what a step names in English is looked for in that language."""

    context: Any
    page: Any

    def __init__(self, browser: Browser, address: str, language: str) -> None:
        self.language = language
        self.locale = {"en": "en-GB", "id": "id-ID"}[language]
        super().__init__(browser, address)  # type: ignore[call-arg]

    def said(self, text: str, many: str = "", number: int = 0, **values: Any) -> str:
        with speaking(self.language):
            return ngettext(text, many, number, **values) if many else gettext(text, **values)

    def press(self, label: str, *more: Any, within: str = "main", **values: Any) -> "Reads":
        return super().press(self.said(label, *more, **values), within)  # type: ignore[misc,no-any-return]

    def follow(self, label: str, within: str = "main") -> "Reads":
        return super().follow(self.said(label), within)  # type: ignore[misc,no-any-return]

    def reads(self, text: str, *more: Any, **values: Any) -> "Reads":
        return super().reads(self.said(text, *more, **values))  # type: ignore[misc,no-any-return]

    def does_not_read(self, text: str, **values: Any) -> "Reads":
        return super().does_not_read(self.said(text, **values))  # type: ignore[misc,no-any-return]

    def unfold(self, label: str) -> "Reads":
        """Opens what is folded away under some words."""
        summary = self.page.locator("main summary", has_text=self.said(label)).first
        self.reach(summary)  # type: ignore[attr-defined]
        self.page.keyboard.press("Enter")
        return self

    def question(self, code: str) -> Locator:
        """The controls of a question of the questionnaire."""
        found: Locator = self.page.locator(f"main [data-question='{code}']")
        return found

    def answer(self, **answers: str) -> "Reads":
        """Questions by their code, with underscores for hyphens: an option is ticked or picked, anything else typed."""
        for name, value in answers.items():
            place = self.question(name.replace("_", "-"))
            if (option := place.locator(f"input[value='{value}']")).count():
                self.tick(option)  # type: ignore[attr-defined]
            elif (select_ := place.locator("select")).count():
                self.pick(select_, value)  # type: ignore[attr-defined]
            else:
                self.write(place.locator("input, textarea").first, value)  # type: ignore[attr-defined]
        return self

    def stands_in(self, language: str) -> "Reads":
        expect(self.page.locator("html")).to_have_attribute("lang", language)
        return self


class Reader(Reads, Mouse):
    def activate(self, element: Locator) -> None:
        """Whoever looks into the database afterwards must know that the answer came."""
        with self.page.expect_navigation():
            element.click()
        self.look()


class KeyboardReader(Reads, Keyboard):
    pass


class SmallReader(Reader, Small):
    pass
