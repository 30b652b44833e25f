"""The catalogue, the order, the figures and the papers over HTTP."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.registration.models import Credential, Delegation, Party, Registration
from confapp.registration.rules import PartyKind, Status
from tests import build
from tests.build import Client

CATALOGUE = "/desk/catalogue"
PDF = b"%PDF-1.7\nhello"


class Scene:
    """A conference with four delegations, an office and a focal point; and an administrator."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference(acronym="SC")
        self.category = build.category(self.conference, code="delegate")
        self.organizer = build.staff(self.conference, Role.ORGANIZER)
        self.officer = build.staff(self.conference, Role.ACCREDITATION_OFFICER)
        self.viewer = build.staff(self.conference, Role.VIEWER)
        self.focal_point = build.account("focal@alpha.example")
        self.administrator = build.administrator()
        self.rows = [
            build.delegation(self.conference, name={"en": name, "id": name}, position=number, invited_at=clock.now())
            for number, name in enumerate(("Delta", "Alpha", "Charlie", "Bravo"), 1)
        ]
        self.mine = self.rows[1]
        of_mine = {"delegation_id": self.mine.id}
        self.mandate = build.mandate(self.focal_point, Role.FOCAL_POINT, self.conference, **of_mine)

    def as_(self, account: Account) -> Client:
        client = self.app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(account)

    @property
    def desk(self) -> str:
        return f"/desk/{self.conference.slug}"

    @property
    def me(self) -> str:
        return f"/me/{self.conference.slug}"

    def member(self, of: Delegation | None = None, **changes: Any) -> Registration:
        values: dict[str, Any] = {"category_id": self.category.id, "delegation_id": (of or self.mine).id}
        return build.registration(self.conference, **(values | changes))

    def body(self) -> Registration:
        return build.registration(
            self.conference, category_id=self.category.id, organization="Institute", confirmed_at=clock.now()
        )

    def names(self) -> list[str]:
        with across_conferences("test"):
            rows = db.session.scalars(
                select(Delegation).where(Delegation.conference_id == self.conference.id).order_by(Delegation.position)
            ).all()
        assert [row.position for row in rows] == list(range(1, len(rows) + 1))
        return [row.name["en"] for row in rows]

    def papers(self) -> list[Credential]:
        with across_conferences("test"):
            return list(db.session.scalars(select(Credential).order_by(Credential.id)))


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def page(answer: Any) -> str:
    return answer.get_data(as_text=True)  # type: ignore[no-any-return]


# --- the order --------------------------------------------------------------------------------------------------------


def test_a_rule_is_previewed_applied_told_and_taken_back(scene: Scene) -> None:
    client, url = scene.as_(scene.organizer), f"{scene.desk}/delegations/order"
    assert "no rule has been applied" in page(client.get(url))
    assert client.send(f"{url}/drawn", drawn=scene.rows[2].ref, drawn_at="2026-01-02T10:00").status_code == 303
    rule = {"language": "en", "host": scene.rows[0].ref, "host_place": "last", "begin": "drawn"}
    preview = client.send(url, **rule)
    assert preview.status_code == 200
    assert scene.names() == ["Delta", "Alpha", "Charlie", "Bravo"]
    seen = re.search(r'name="seen" value="(\w+)"', page(preview))
    assert seen
    assert client.send(url, **rule, seen=seen[1]).status_code == 303
    assert scene.names() == ["Charlie", "Alpha", "Bravo", "Delta"]
    assert client.send(f"{scene.desk}/delegations/{scene.rows[3].ref}/up").status_code == 303
    assert client.send(f"{scene.desk}/delegations/{scene.rows[0].ref}/position", position="1").status_code == 303
    assert scene.names() == ["Delta", "Charlie", "Bravo", "Alpha"]
    told = page(client.get(url))
    assert "Alphabetical in English, beginning with Charlie, drawn by hand on 2 January 2026, 10:00 WITA." in told
    assert "The host, Delta, is last." in told
    assert "2 moves by hand since" in told
    assert client.send(f"{url}/undo").status_code == 303
    assert scene.names() == ["Delta", "Alpha", "Charlie", "Bravo"]
    assert client.send(f"{url}/undo").status_code == 409


def test_a_preview_that_is_out_of_date_is_shown_anew(scene: Scene) -> None:
    client, url = scene.as_(scene.organizer), f"{scene.desk}/delegations/order"
    answer = client.send(url, language="en", seen="0" * 24)
    assert answer.status_code == 200
    assert "has changed since the last preview" in page(answer)
    assert scene.names() == ["Delta", "Alpha", "Charlie", "Bravo"]


def test_the_program_draws_and_shows_how_to_check_it(scene: Scene) -> None:
    client, url = scene.as_(scene.organizer), f"{scene.desk}/delegations/order"
    assert client.send(f"{url}/draw", _key="once").status_code == 303
    assert client.send(f"{url}/draw", _key="once").status_code == 303
    with across_conferences("test"):
        [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "draw_first_seat")).all()
    shown = page(client.get(url))
    assert entry.facts["seed"] in shown
    assert "among 4 delegations" in shown
    assert scene.names() == ["Delta", "Alpha", "Charlie", "Bravo"]


@pytest.mark.parametrize(
    ("path", "typed", "word"),
    [
        ("order", {"language": "xx"}, "Not a valid choice"),
        ("order", {"language": "en", "host_place": "first"}, "Say which delegation is the host"),
        ("order", {"language": "en", "begin": "drawn"}, "Not a valid choice"),
        ("order", {"language": "en", "host": "A\x00B"}, "Not a valid choice"),
        ("order/drawn", {}, "Please fill this in"),
        ("order/drawn", {"drawn": "no", "drawn_at": "2026-01-02T10:00"}, "Not a valid choice"),
        ("order/drawn", {"drawn": "FIRST", "drawn_at": "2100-01-02T10:00"}, "has not come yet"),
        ("FIRST/position", {"position": "up"}, "Not a valid integer"),
        ("FIRST/position", {"position": "0"}, "from 1 to 10000"),
        ("FIRST/position", {"position": "9" * 40}, "from 1 to 10000"),
    ],
)
def test_a_wrong_order_is_said_beside_its_field(scene: Scene, path: str, typed: dict[str, str], word: str) -> None:
    first = scene.rows[0].ref
    typed = {name: value.replace("FIRST", first) for name, value in typed.items()}
    answer = scene.as_(scene.organizer).send(f"{scene.desk}/delegations/{path.replace('FIRST', first)}", **typed)
    assert answer.status_code == 422
    assert word in page(answer)
    assert scene.names() == ["Delta", "Alpha", "Charlie", "Bravo"]


# --- the list, its filters and tags -----------------------------------------------------------------------------------


def test_the_list_is_narrowed_and_tagged(scene: Scene) -> None:
    client, url = scene.as_(scene.organizer), f"{scene.desk}/delegations"
    ticked = [scene.rows[0].ref, scene.rows[1].ref]
    assert client.send(f"{url}/tags", delegation=ticked, tag="Keynote", do="add").status_code == 303
    assert client.send(f"{url}/tags", delegation=ticked[:1], tag="Keynote", do="remove").status_code == 303
    shown = page(client.get(f"{url}?tag=Keynote"))
    assert ">Alpha<" in shown
    assert ">Delta<" not in shown
    assert client.send(f"{url}/tags", tag="Keynote").status_code == 303  # nothing ticked: said, not done
    assert client.send(f"{url}/tags", delegation=ticked, tag="x" * 41).status_code == 303
    assert client.send(f"{url}/tags", delegation=["no"], tag="Keynote").status_code == 404
    assert "No delegation fits" in page(client.get(f"{url}?credential=checked"))
    for hostile in ("status=x", "kind=%00", "group=%F0%9F", "q=%25_%5C", "tag=" + "x" * 500):
        assert client.get(f"{url}?{hostile}").status_code == 200


def test_kind_groups_and_tags_are_edited_with_the_names(scene: Scene) -> None:
    client, url = scene.as_(scene.organizer), f"{scene.desk}/delegations/{scene.mine.ref}/names"
    typed = {"name-en": "Alpha", "kind": "organization", "groups": "ASEAN, G20", "tags": "Keynote"}
    assert client.send(url, **typed).status_code == 303
    shown = page(client.get(url))
    assert "ASEAN, G20" in shown
    wrong = client.send(url, **(typed | {"groups": ",".join(str(one) for one in range(30))}))
    assert wrong.status_code == 422
    assert "At most 20" in page(wrong)
    assert client.send(url, **(typed | {"kind": "planet"})).status_code == 422


def test_an_own_entry_has_a_kind(scene: Scene) -> None:
    client = scene.as_(scene.organizer)
    sent = client.send(f"{scene.desk}/delegations/add", own="yes", kind="other", **{"name-en": "Own"})
    assert sent.status_code == 303
    with across_conferences("test"):
        row = db.session.scalars(select(Delegation).order_by(Delegation.id.desc())).first()
    assert row is not None
    assert (row.kind, row.position) == (PartyKind.OTHER, 5)


# --- figures and attendance -------------------------------------------------------------------------------------------


def test_the_counts_stand_on_the_list_the_page_and_the_table(scene: Scene) -> None:
    build.change(scene.mine, accepted_at=clock.now())
    scene.member(status=Status.ACCREDITED, decided_at=clock.now(), attended_at=clock.now())
    scene.member()
    scene.member(status=Status.DRAFT)
    client = scene.as_(scene.organizer)
    for path in ("delegations", f"delegations/{scene.mine.ref}", "figures"):
        shown = page(client.get(f"{scene.desk}/{path}"))
        counts = re.findall(r'<dt>(\w+)</dt><dd><span class="figures">(\d+)</span>', shown)
        of_one = path.startswith("delegations/")
        assert counts == [
            ("Invited", "1" if of_one else "4"),
            ("Confirmed", "1"),
            ("Registered", "2"),
            ("Accredited", "1"),
            ("Attended", "1"),
        ]
    table = page(client.get(f"{scene.desk}/figures.csv"))
    lines = table.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("Order,Code,Delegation,Kind,Invited,Invited on,Confirmed")
    assert lines[-1].startswith(",,All,,4,")
    assert len(lines) == 6


def test_attendance_is_noted_singly_and_for_those_ticked(scene: Scene) -> None:
    first, second = (scene.member(status=Status.ACCREDITED) for _ in range(2))
    waiting, stranger = scene.member(), scene.member(of=scene.rows[0], status=Status.ACCREDITED)
    client = scene.as_(scene.organizer)
    members = f"{scene.desk}/delegations/{scene.mine.ref}"
    assert client.send(f"{scene.desk}/registrations/{first.ref}/attended").status_code == 303
    assert client.send(f"{members}/attended", member=[first.ref, second.ref]).status_code == 303
    assert client.send(f"{members}/attended").status_code == 303
    assert client.send(f"{members}/attended", member=[waiting.ref]).status_code == 409
    assert client.send(f"{members}/attended", member=[stranger.ref]).status_code == 404
    assert client.send(f"{members}/not_attended", member=[first.ref]).status_code == 303
    with across_conferences("test"):
        attended = db.session.scalars(select(Registration.ref).where(Registration.attended_at.is_not(None))).all()
    assert attended == [second.ref]
    viewer = scene.as_(scene.viewer)
    assert viewer.send(f"{members}/attended", member=[first.ref]).status_code == 403
    assert "Those ticked attended" not in page(viewer.get(members))


def test_a_gate_notes_one_after_another_by_number(scene: Scene) -> None:
    row = scene.member(status=Status.ACCREDITED, number="SC27-0042")
    waiting = scene.member(number="SC27-0043")
    gate = scene.as_(build.staff(scene.conference, Role.GATE_STAFF))
    url = f"{scene.desk}/attendance"
    found = page(gate.get(f"{url}?number=sc27-0042"))
    with across_conferences("test"):
        assert db.session.get_one(Registration, row.id).person.printed_name in found
    assert gate.send(url, number="SC27-0042", do="note").status_code == 303
    assert "Take the attendance back" in page(gate.get(f"{url}?number=SC27-0042"))
    assert gate.send(url, number="SC27-0042", do="take_back").status_code == 303
    for wrong in ("SC27-004", "%", "", "A\x00B", waiting.number):
        assert gate.send(url, number=wrong, do="note").status_code == 422
    assert "Nobody is registered under this number" in page(gate.get(f"{url}?number=SC27-00%25"))
    assert gate.get(f"{scene.desk}/figures").status_code == 403
    assert scene.as_(scene.viewer).get(url).status_code == 403
    with across_conferences("test"):
        assert not db.session.scalars(select(Registration).where(Registration.attended_at.is_not(None))).all()


# --- papers -----------------------------------------------------------------------------------------------------------


def test_an_objection_is_read_by_the_focal_point_and_answered(scene: Scene) -> None:
    office, focal = scene.as_(scene.officer), scene.as_(scene.focal_point)
    own, desk = (f"{side}/delegations/{scene.mine.ref}" for side in (scene.me, scene.desk))
    member = scene.member()
    assert "None yet" in page(focal.get(own))
    assert focal.send(f"{own}/credentials", kind="note_verbale", number="12").status_code == 303
    [paper] = scene.papers()
    said = office.send(f"{desk}/credentials/{paper.ref}/object", reason="")
    assert said.status_code == 422
    assert "Please give a reason" in page(said)
    reason = "<b>No stamp</b> & no date"
    assert office.send(f"{desk}/credentials/{paper.ref}/object", reason=reason).status_code == 303
    assert "whoever handed in the paper was told" in page(office.get(f"{desk}/credentials"))
    for shown in (focal.get(own), focal.get(f"{own}/credentials"), office.get(f"{desk}/credentials")):
        assert "&lt;b&gt;No stamp&lt;/b&gt; &amp; no date" in page(shown)
    assert "Objected to" in page(focal.get(f"{scene.me}/registrations/{member.ref}"))
    assert focal.send(f"{own}/credentials", kind="letter", number="13").status_code == 303
    assert office.send(f"{desk}/credentials/{paper.ref}/check").status_code == 409
    new = scene.papers()[-1]
    assert office.send(f"{desk}/credentials/{new.ref}/check").status_code == 303
    assert "Checked" in page(focal.get(f"{scene.me}/registrations/{member.ref}"))
    assert office.send(f"{desk}/credentials/{new.ref}/take_back").status_code == 303
    assert "To check" in page(office.get(f"{scene.desk}/registrations/{member.ref}"))
    assert "Replaced" in page(focal.get(f"{own}/credentials"))
    build.change(scene.mandate, revoked_at=clock.now())
    office.send(f"{desk}/credentials/{new.ref}/object", reason="Not signed.")
    assert "Nobody was told: no address is known." in page(office.get(f"{desk}/credentials"))


def test_a_body_sends_its_own_paper(scene: Scene) -> None:
    body = scene.body()
    person = build.account("body@institute.example")
    build.mandate(person, Role.DELEGATE, scene.conference, person_id=body.person_id)
    client, url = scene.as_(person), f"{scene.me}/registrations/{body.ref}/credentials"
    sent = client.send(url, kind="letter", number="", file=(io.BytesIO(PDF), "letter.pdf"))
    assert sent.status_code == 303
    [paper] = scene.papers()
    assert client.get(f"{url}/{paper.ref}").data == PDF
    assert client.send(url, kind="letter", file=(io.BytesIO(b"<svg>"), "x.pdf")).status_code == 422
    office = scene.as_(scene.officer)
    assert "Institute" in page(office.get(f"{scene.desk}/credentials?state=to_check"))
    desk = f"{scene.desk}/registrations/{body.ref}/credentials"
    assert office.send(f"{desk}/{paper.ref}/check").status_code == 303
    assert "Checked" in page(client.get(f"{scene.me}/registrations/{body.ref}"))
    assert scene.as_(scene.focal_point).get(url).status_code == 404
    assert scene.as_(scene.viewer).send(f"{desk}/{paper.ref}/check").status_code == 403


def test_a_member_has_no_paper_of_its_own_to_send(scene: Scene) -> None:
    member = scene.member()
    client, url = scene.as_(scene.focal_point), f"{scene.me}/registrations/{member.ref}/credentials"
    led_on = client.get(url)
    assert led_on.status_code == 303
    assert led_on.headers["Location"].endswith(f"/delegations/{scene.mine.ref}/credentials")
    assert client.send(url, kind="letter", number="1").status_code == 409
    assert scene.papers() == []


def test_what_is_to_be_checked_stands_on_today(scene: Scene) -> None:
    build.change(scene.rows[2], accepted_at=clock.now())
    scene.as_(scene.focal_point).send(f"{scene.me}/delegations/{scene.mine.ref}/credentials", kind="letter", number="1")
    today = page(scene.as_(scene.officer).get(f"{scene.desk}/"))
    assert "Check 1 credential" in today
    assert "Ask 1 confirmed delegation" in today


# --- the catalogue ----------------------------------------------------------------------------------------------------


def entry(code: str = "AAA", **changes: Any) -> Party:
    made: Party = build.save(Party(kind=PartyKind.STATE, code=code, **({"name": {"en": "One"}} | changes)))
    return made


def stored(code: str) -> Party | None:
    db.session.rollback()
    return db.session.scalars(select(Party).where(Party.code == code)).one_or_none()


def test_the_catalogue_is_loaded_found_and_changed(scene: Scene) -> None:
    client = scene.as_(scene.administrator)
    assert "The catalogue is empty" in page(client.get(CATALOGUE)) or stored("FJI") is None
    assert client.send(f"{CATALOGUE}/load").status_code == 303
    fiji = stored("FJI")
    assert fiji is not None
    shown = page(client.get(f"{CATALOGUE}?q=fiji&lacks="))
    assert "the Republic of Fiji" in shown
    assert "Canada" in page(client.get(f"{CATALOGUE}?lacks=formal_name&kind=state"))
    assert "Canada" not in page(client.get(f"{CATALOGUE}?group=ASEAN"))
    assert "No entry fits" in page(client.get(f"{CATALOGUE}?kind=x"))
    url = f"{CATALOGUE}/{fiji.ref}"
    typed = {"kind": "state", "name-en": "Fiji", "source": "By letter", "as_of": "2026-11-21", "un_status": "member"}
    assert client.send(url, **typed, revision=str(fiji.revision)).status_code == 303
    stale = client.send(url, **typed, revision="0")
    assert stale.status_code == 422
    assert "meanwhile" in page(stale)
    changed = stored("FJI")
    assert changed is not None
    assert (changed.source, changed.name) == ("By letter", {"en": "Fiji"})
    assert client.send(f"{url}/remove").status_code == 409


def test_an_own_entry_is_added_and_removed(scene: Scene) -> None:
    client = scene.as_(scene.administrator)
    typed = {"code": "own-1", "kind": "other", "name-en": "Own", "un_status": "none"}
    made = client.send(f"{CATALOGUE}/new", **typed)
    assert made.status_code == 303
    assert client.send(f"{CATALOGUE}/new", **typed).status_code == 422
    for wrong in (
        {"code": "a b"},
        {"name-en": ""},
        {"un_status": "king"},
        {"as_of": "0001-01-01"},
        {"name-en": "x" * 201},
    ):
        assert client.send(f"{CATALOGUE}/new", **(typed | {"code": "OWN-2"} | wrong)).status_code == 422
    assert client.send(f"{made.headers['Location']}/remove").status_code == 303
    assert stored("OWN-1") is None


def test_a_table_is_looked_at_before_it_is_brought_in(scene: Scene) -> None:
    entry("AAA")
    client, url = scene.as_(scene.administrator), f"{CATALOGUE}/import"
    content = "code,name:en,name:id,kind\nAAA,One,Satu,\nBBB,<script>alert(1)</script>,,other\nCCC,,,state\n"
    looked = client.send(url, file=(io.BytesIO(b"\xef\xbb\xbf" + content.encode()), "table.csv"))
    assert looked.status_code == 200
    shown = page(looked)
    assert "1 new, 1 changed, 0 as they are, 1 with a fault" in shown
    assert "<script>alert" not in shown
    assert stored("BBB") is None
    assert client.send(url, table=content, do="import").status_code == 303
    assert stored("BBB") is not None
    assert stored("CCC") is None
    again = page(client.send(url, table=content))
    assert "0 new, 0 changed, 2 as they are, 1 with a fault" in again


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        ({"table": ""}, "empty"),
        ({"table": "a,b\n1,2"}, "code"),
        ({"table": 'code\n"' + "x" * 140_000}, "not a table"),
        ({"file": (b"\xff\xfec\x00o\x00d\x00e\x00", "utf-16.csv")}, "not UTF-8"),
        ({"file": (b"PK\x03\x04\x00\x00\xff", "book.xlsx")}, "not UTF-8"),
        ({"file": (b"code\n" + b"AAA\n" * 110_000, "large.csv")}, "larger than 400 KB"),
        ({"file": (b"\x00\x00\x00", "nul.csv")}, "empty"),
    ],
)
def test_a_hostile_table_is_refused_with_a_reason(scene: Scene, sent: dict[str, Any], word: str) -> None:
    fields = {name: (io.BytesIO(value[0]), value[1]) if name == "file" else value for name, value in sent.items()}
    answer = scene.as_(scene.administrator).send(f"{CATALOGUE}/import", **fields)
    assert answer.status_code == 422
    assert word in page(answer)


def test_the_table_goes_out_safe_and_is_noted(scene: Scene) -> None:
    entry("EVIL", name={"en": '=HYPERLINK("http://evil.example")'})
    answer = scene.as_(scene.administrator).get(f"{CATALOGUE}/all.csv")
    assert "'=HYPERLINK" in page(answer)
    with across_conferences("test"):
        [noted] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "export")).all()
        rows = len(db.session.scalars(select(Party)).all())
    assert (noted.chain, noted.facts["rows"]) == ("installation", rows)


# --- who may, and how much is asked -----------------------------------------------------------------------------------


def test_outsiders_change_nothing(scene: Scene) -> None:
    one, first = entry("AAA"), scene.rows[0].ref
    paper = build.save(
        Credential(conference_id=scene.conference.id, delegation_id=scene.rows[0].id, kind="letter", number="1")
    )
    member = scene.member(of=scene.rows[0], status=Status.ACCREDITED)
    desk = [
        "delegations/order",
        "delegations/order/draw",
        "delegations/order/drawn",
        "delegations/order/undo",
        "delegations/tags",
        f"delegations/{first}/position",
        f"delegations/{first}/up",
        f"delegations/{first}/attended",
        f"delegations/{first}/credentials",
        f"delegations/{first}/credentials/{paper.ref}/object",
        f"registrations/{member.ref}/attended",
        f"registrations/{member.ref}/credentials",
    ]
    focal, stranger = scene.as_(scene.focal_point), scene.as_(build.account())
    elsewhere = scene.as_(build.staff(build.conference(), Role.ORGANIZER))
    for path in desk:
        assert focal.send(f"{scene.desk}/{path}").status_code == 403, path
        assert stranger.send(f"{scene.desk}/{path}").status_code == 404, path
        assert elsewhere.send(f"{scene.desk}/{path}").status_code == 404, path
    for path in (f"delegations/{first}/credentials", f"registrations/{member.ref}/credentials"):
        assert focal.get(f"{scene.me}/{path}").status_code == 404
        assert focal.send(f"{scene.me}/{path}", kind="letter", number="2").status_code == 404
    for path in ("", "/new", "/import", "/all.csv", f"/{one.ref}"):
        assert scene.as_(scene.organizer).get(f"{CATALOGUE}{path}").status_code == 403, path
    for path in ("/load", "/import", "/new", f"/{one.ref}", f"/{one.ref}/remove"):
        assert scene.as_(scene.organizer).send(f"{CATALOGUE}{path}").status_code == 403, path
    assert scene.names() == ["Delta", "Alpha", "Charlie", "Bravo"]
    assert len(scene.papers()) == 1


PAGES: tuple[Callable[[Scene], str], ...] = (
    lambda scene: f"{scene.desk}/delegations",
    lambda scene: f"{scene.desk}/delegations/order",
    lambda scene: f"{scene.desk}/figures",
    lambda scene: f"{scene.desk}/credentials",
    lambda scene: f"{scene.desk}/delegations/{scene.mine.ref}",
    lambda scene: CATALOGUE,
)


@pytest.mark.parametrize("address", PAGES)
def test_more_rows_ask_no_more(scene: Scene, address: Callable[[Scene], str]) -> None:
    client = scene.as_(scene.administrator)

    def fill(number: int) -> None:
        for _ in range(number):
            row = build.delegation(scene.conference, accepted_at=clock.now(), tags=["A"], groups=["B"])
            build.save(
                Credential(conference_id=scene.conference.id, delegation_id=row.id, kind="letter", number="1"),
                Credential(conference_id=scene.conference.id, registration_id=scene.body().id, kind="letter"),
            )
            scene.member(of=row)
            scene.member(status=Status.ACCREDITED)

    def asked() -> int:
        client.get(address(scene))
        with build.count_queries() as counted:
            assert client.get(address(scene)).status_code == 200
        return counted.number

    fill(1)
    few = asked()
    fill(3)
    assert asked() == few
