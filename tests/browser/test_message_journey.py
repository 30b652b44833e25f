"""A Message in two languages from its first word to the stub that it leaves, and what an outsider sees at each step.

Written, translated, checked by another, adopted with one dissociation, let out by a second person at a moment to come,
corrected in one language, issued again, withdrawn. Each of its files is given to the page that verifies.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from playwright.sync_api import APIResponse, Browser, expect

from confapp.documents import queries
from confapp.documents.models import Document
from confapp.documents.rules import BlockKind
from confapp.documents.rules.formats import FORMATS, wanted
from confapp.foundation import clock, files, jobs
from confapp.foundation.web import cache
from confapp.people.rules import Role
from tests import build
from tests.browser.house import House, Reads, Site
from tests.conftest import english_and_no_scope  # noqa: F401

SYMBOL, TITLE = "WALK/2027/1", "Message of the Walk"
WORDS = "*Recalling* the way,\n\n*Decide* to walk on;\n\n*Agree* to rest."
TRANSLATED = ("*Mengingat* jalan itu,", "*Memutuskan* untuk terus berjalan;", "*Sepakat* untuk beristirahat.")
STATED = "Placeholder for a statement of the delegation."
GENUINE = "This file is exactly what was published"
SUPERSEDED = "This file is genuine, but a later issue has replaced it"
WITHDRAWN = "This file was published, and has been withdrawn since"
ALTERED = "This file is not what was published"
UNPUBLISHED = "This file carries a code of ours, but nothing was published under it"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("message"))
    yield made
    made.server.shutdown()


class Walk(House):
    """The house of one Message: its offices, the delegation that dissociates itself, and somebody from outside."""

    def __init__(self, site: Site, browser: Browser) -> None:
        super().__init__(site, browser, "message", "en")
        self.writer = self.officer(Role.SECRETARIAT_EDITOR, name="Writer")
        self.translator = self.officer(Role.SECRETARIAT_EDITOR, name="Translator")
        self.organizer = self.officer(Role.ORGANIZER, name="Organizer")
        self.outsider = self.somebody()
        self.delegation = build.delegation(self.conference, name={"en": "Westland", "id": "Negeri Barat"})
        holder = build.account(name="Focal Point")
        build.mandate(holder, Role.FOCAL_POINT, self.conference, delegation_id=self.delegation.id)
        self.focal_point = self.signed_in(holder)
        self.page = f"/en/message/documents/{SYMBOL}"

    @contextmanager
    def document(self, symbol: str = SYMBOL) -> Iterator[Document]:
        with self.looking():
            found = queries.with_symbol(symbol)
            assert found is not None
            yield found

    def at(self, path: str = "", symbol: str = SYMBOL) -> str:
        with self.document(symbol) as document:
            return self.desk(f"documents/{document.ref}/{path}")

    def kept_files(self, symbol: str = SYMBOL) -> Files:
        """The bytes of the newest issue by the end of their address, whether or not anybody may have them."""
        with self.document(symbol) as document:
            return {f"{one.language}.{one.format}": files.read(one.file) for one in document.issues[-1].publications}

    def worker_runs(self) -> None:
        """In a thread of its own: signing has an event loop, and the hands have theirs in this one."""

        def work() -> None:
            with self.site.app.app_context():
                jobs.run_due()

        worker = threading.Thread(target=work)
        worker.start()
        worker.join()

    def gets(self, path: str, **about: Any) -> APIResponse:
        """As a stranger, without drawing the page."""
        answer: APIResponse = self.outsider.context.request.get(path, **about)
        return answer

    def downloaded(self) -> Files:
        made = [f"{language}.{form}" for language, form in wanted(["en", "id"], "en")]
        answers = {name: self.gets(f"{self.page}.{name}") for name in made}
        assert {name: answer.status for name, answer in answers.items()} == dict.fromkeys(made, 200)
        return {name: answer.body() for name, answer in answers.items()}

    def verdict(self, content: bytes) -> str:
        sent = {"file": {"name": "file", "mimeType": "application/octet-stream", "buffer": content}}
        answer = self.outsider.context.request.post("/en/verify", multipart=sent)  # type: ignore[attr-defined]
        assert answer.ok
        return str(answer.text())

    def all_are(self, wanted_words: str, kept: Files) -> None:
        for name, content in kept.items():
            assert wanted_words in self.verdict(content), name


@pytest.fixture
def walk(own_site: Site, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    """What keeps public pages measures by a clock that travels with the journey."""
    monkeypatch.setattr(cache, "time", SimpleNamespace(monotonic=lambda: clock.now().timestamp()))
    with own_site.app.app_context():
        made = Walk(own_site, browser)
        yield made
        made.close()


def test_a_message_from_its_first_word_to_its_withdrawal(walk: Walk, tmp_path: Path) -> None:
    the_secretariat_writes_and_another_translates(walk)
    nobody_checks_an_own_translation(walk)
    it_is_adopted_and_a_delegation_dissociates_itself(walk)
    outsiders_see_nothing(walk)
    moment = another_person_releases_it_for_a_moment_to_come(walk)
    outsiders_see_nothing(walk)
    walk.all_are(UNPUBLISHED, walk.kept_files())
    with time_machine.travel(moment):
        first = it_opens_by_itself(walk, tmp_path)
        a_corrigendum_corrects_one_language(walk, first)
        second = it_is_issued_again(walk, first)
        it_is_withdrawn_and_leaves_a_stub(walk, first | {f"again.{name}": made for name, made in second.items()})


def the_secretariat_writes_and_another_translates(walk: Walk) -> None:
    walk.organizer.open(walk.desk("documents/translations"))
    for name in ("wants_checks", "four_eyes"):
        walk.organizer.tick(walk.organizer.field(name))
    walk.organizer.press("Save")
    walk.writer.open(walk.desk("documents/new")).fill(symbol=SYMBOL, title__en=TITLE, title__id="Pesan Perjalanan")
    walk.writer.choose("kind", "outcome").choose("nature", "voluntary_message").choose("original", "en")
    for code in ("en", "id"):
        walk.writer.choose("languages", code)
    walk.writer.field("begins").uncheck()
    walk.writer.press("Create the document")
    walk.writer.open(walk.at("import")).fill(words=WORDS).press("Read it")
    for number, kind in enumerate(("preambular", "operative", "operative")):
        walk.writer.choose(f"kind-{number}", kind)
    walk.writer.press("Take it into the draft").reads("to walk on")
    with walk.document() as document:
        blocks = [row.block.ref for row in queries.draft(document).rows[1:]]
    for block, words in zip(blocks, TRANSLATED, strict=True):
        walk.translator.open(walk.at(f"blocks/{block}")).fill(text_id=words).press("Save").reads("Saved.")


def nobody_checks_an_own_translation(walk: Walk) -> None:
    mark_all(walk.translator.open(walk.at("languages"))).reads("1 text is checked.").reads(
        "3 texts were left as they are"
    )
    mark_all(walk.writer.open(walk.at("languages"))).reads("3 texts are checked.")


def mark_all(hand: Reads) -> Reads:
    hand.activate(hand.page.locator("button[name=all_checked][value=id]"))  # type: ignore[attr-defined]
    return hand


def it_is_adopted_and_a_delegation_dissociates_itself(walk: Walk) -> None:
    adopt(walk)
    later = clock.local(clock.now() + timedelta(days=2), walk.conference.zone)
    walk.writer.open(walk.at("adoption/terms")).fill(statements_until=f"{later:%Y-%m-%dT%H:%M}")
    walk.writer.press("Save the terms")
    with walk.document() as document:
        block = [row.block.ref for row in queries.draft(document).rows if row.kind == BlockKind.OPERATIVE][1]
        text = walk.me(f"delegations/{walk.delegation.ref}/texts/{document.ref}")
    walk.focal_point.open(text).unfold("Hand in a statement").choose("kind", "dissociation")
    walk.focal_point.choose("blocks", block).fill(text__en=STATED, handed_in_by="Focal Point").press("Hand in")
    walk.focal_point.reads("Received, not shown yet")
    walk.writer.open(walk.at("adoption")).reads(STATED).press("Show it with the text")
    walk.focal_point.open(text).reads("Westland dissociated itself from paragraph 2.")


def adopt(walk: Walk, symbol: str = SYMBOL) -> None:
    today = clock.today(walk.conference.zone)
    walk.writer.open(walk.at("adopt", symbol)).choose("manner", "consensus").fill(adopted_on=today.isoformat())
    walk.writer.fill(meeting__en="closing session", presiding__en="Chair").press("Record the adoption")
    walk.writer.reads("The adoption was recorded.")


def outsiders_see_nothing(walk: Walk) -> None:
    for path in (walk.page, *(f"{walk.page}.{one}" for one in ("en.pdf", "id.docx", "id.beside.pdf"))):
        assert walk.gets(path).status == 404, path
    for path in ("/en/message/documents/", "/en/message/documents/feed.atom", "/en/message/", "/en/"):
        assert TITLE not in walk.gets(path).text(), path
    assert walk.gets(walk.at()).status in (401, 403, 404) or "/sign-in" in walk.gets(walk.at()).url


def another_person_releases_it_for_a_moment_to_come(walk: Walk) -> datetime:
    issue = prepare(walk)
    walk.writer.open(issue).reads("You prepared this issue. Another person looks at its files and releases it.")
    outsiders_see_nothing(walk)
    moment = (clock.now() + timedelta(minutes=10)).replace(microsecond=0)
    local = clock.local(moment, walk.conference.zone)
    walk.organizer.open(issue).choose("when", "at").fill(at=f"{local:%Y-%m-%dT%H:%M:%S}").press("Release")
    walk.organizer.reads("The issue is released.")
    return moment


def prepare(walk: Walk, symbol: str = SYMBOL) -> str:
    """The next issue with its files, and the page where it is released."""
    with walk.document(symbol) as document:
        number = 1 + len(document.issues)
    walk.writer.open(walk.at("publish", symbol)).press(f"Prepare issue {number}")
    walk.worker_runs()
    return walk.at(f"issues/{number}", symbol)


def release(walk: Walk, issue: str) -> None:
    walk.organizer.open(issue).press("Release").reads("The issue is released.")


def it_opens_by_itself(walk: Walk, folder: Path) -> Files:
    """No worker has run since; every file is genuine, and not one with another bit in it."""
    walk.outsider.open("/en/message/documents/").follow(TITLE).reads("to walk on")
    walk.outsider.reads("Adopted by consensus").reads("Westland dissociated itself from paragraph 2.").reads(STATED)
    walk.outsider.open(f"{walk.page}?text=id").reads("untuk terus berjalan").reads("Negeri Barat")
    made = walk.downloaded()
    assert made == walk.kept_files()
    assert {name.partition(".")[2] for name in made} == set(FORMATS)
    walk.all_are(GENUINE, made)
    for name, content in made.items():
        assert ALTERED in walk.verdict(flipped(content)), name
    forged = folder / "message.pdf"
    forged.write_bytes(flipped(made["en.pdf"]))
    for file, words in ((made["en.pdf"], GENUINE), (flipped(made["en.pdf"]), ALTERED)):
        forged.write_bytes(file)
        walk.outsider.open("/en/verify").field("file").set_input_files(forged)
        walk.outsider.press("Compare the file").reads(words).reads(SYMBOL)
    return made


def flipped(content: bytes) -> bytes:
    """One bit of one byte is another."""
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def a_corrigendum_corrects_one_language(walk: Walk, first: Files) -> None:
    symbol = f"{SYMBOL}/Corr.1"
    walk.writer.open(walk.at("extend")).choose("modification", "corrigendum")
    walk.writer.page.locator("main [name=languages][value=en]").uncheck()
    walk.writer.press("Create it")
    walk.writer.open(walk.at("import", symbol)).fill(words="Paragraf 2: bacalah “istirahat”.").press("Read it")
    walk.writer.press("Take it into the draft")
    adopt(walk, symbol)
    issue = prepare(walk, symbol)
    walk.outsider.open(f"{walk.page}?text=id").does_not_read("This text was corrected")
    release(walk, issue)
    walk.outsider.open(f"{walk.page}?text=id").reads("This text was corrected").reads(symbol)
    walk.outsider.open(walk.page).does_not_read("This text was corrected").reads("Papers to this one")
    walk.outsider.open(f"{walk.page}/Corr.1").reads("istirahat")
    walk.all_are(GENUINE, {"first": first["id.pdf"]} | walk.kept_files(symbol))


def it_is_issued_again(walk: Walk, first: Files) -> Files:
    """For technical reasons: the same text, other files."""
    release(walk, prepare(walk))
    walk.outsider.open(walk.page).reads("Reissued for technical reasons")
    second = walk.downloaded()
    walk.all_are(SUPERSEDED, first)
    walk.all_are(GENUINE, second)
    return second


def it_is_withdrawn_and_leaves_a_stub(walk: Walk, every: Files) -> None:
    walk.organizer.open(walk.at("withdraw")).fill(reason__en="Issued by mistake.").press("Withdraw")
    walk.outsider.open(walk.page).reads("This document was withdrawn on").reads("Issued by mistake.").reads(TITLE)
    walk.outsider.does_not_read("to walk on").does_not_read("dissociated")
    gone = walk.gets(f"{walk.page}.en.pdf", max_redirects=0)
    assert (gone.status, gone.headers["location"].endswith(SYMBOL)) == (302, True)
    walk.all_are(WITHDRAWN, every)
    assert ALTERED in walk.verdict(flipped(every["en.pdf"]))
    expect(walk.outsider.page.locator("h1")).to_have_text(TITLE)
