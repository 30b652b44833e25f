"""Every kind of question: empty, required, good and bad values, how they are kept, compared and shown."""

import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from confapp.conferences.models import Conference
from confapp.foundation import vault
from confapp.foundation.db import db, in_conference
from confapp.foundation.languages import speaking
from confapp.people.rules import Role
from confapp.registration.models import Registration
from confapp.registration.queries import questions as queries
from confapp.registration.rules.answers import compared, in_words
from confapp.registration.rules.questions import Choice, QuestionKind, session_choices
from tests import build
from tests.access.hostile import STRINGS
from tests.conftest import POSTGRES
from tests.registration.questions.making import answers, every_kind, question, questionnaire

# Of these a browser sends nothing when nothing is chosen.
UNSENT = {"q-file", "q-photo", "q-consent", "q-several-of", "q-session-choice"}


def picture(width: int = 400, height: int = 600, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "CANARY in the description"
    Image.new("RGB", (width, height), "teal").save(out, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return out.getvalue()


PDF = b"%PDF-1.7 a paper"
GOOD: dict[str, tuple[dict[str, Any], Any, str]] = {
    "text": ({"": "  Two   words "}, "Two words", "Two words"),
    "long_text": ({"": "One line\r\nand another"}, "One line\nand another", "One line\nand another"),
    "one_of": ({"": "b"}, "b", "Banana"),
    "several_of": ({"": ["a", "b"]}, ["a", "b"], "Apple, Banana"),
    "number": ({"": "1234"}, "1234", "1,234"),
    "date": ({"": "2027-03-09"}, "2027-03-09", "9 March 2027"),
    "country": ({"": "IDN"}, "IDN", "Indonesia"),
    "language": ({"": "id"}, "id", "Indonesian"),
    "telephone": ({"": "+62 812-3456-7890"}, "+6281234567890", "+62 812-3456-7890"),
    "email": ({"": "name@Ministry.example"}, "name@ministry.example", "name@ministry.example"),
    "file": ({"": (io.BytesIO, PDF, "paper.pdf")}, "paper.pdf", "paper.pdf"),
    "photo": ({"": (io.BytesIO, picture(), "me.jpg")}, "photo.jpg", "photo.jpg"),
    "consent": ({"": "yes"}, "yes", "Agreed"),
    "session_choice": ({"": ["s1"]}, [{"code": "s1", "label": {"en": "Opening"}}], "Opening"),
    "travel_leg": (
        {"-at": "2027-03-09T14:30", "-number": "GA 412", "-airport": "Denpasar", "-hotel": ""},
        {"at": "2027-03-09T06:30:00+00:00", "number": "GA 412", "airport": "Denpasar"},
        "9 March 2027, 14:30 WITA, GA 412, Denpasar",
    ),
}
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("text", {"": "x" * 201}, "At most 200 characters"),
    ("long_text", {"": "x" * 5001}, "At most 5000 characters"),
    ("one_of", {"": "c"}, "Choose from the list"),
    ("several_of", {"": ["a", "zzz"]}, "Choose from the list"),
    ("number", {"": "twelve"}, "Write a number in digits"),
    ("number", {"": "1e5"}, "Write a number in digits"),
    ("number", {"": "1.5"}, "Write a whole number"),
    ("date", {"": "9 March"}, "Write the day as 2027-03-09"),
    ("date", {"": "2027-02-30"}, "Write the day as 2027-03-09"),
    ("date", {"": "0001-01-01"}, "Write the day as 2027-03-09"),
    ("country", {"": "XXX"}, "Choose a country from the list"),
    ("language", {"": "tlh-x"}, "Choose a language from the list"),
    ("telephone", {"": "0812345"}, "country code"),
    ("telephone", {"": "+62"}, "telephone number"),
    ("email", {"": "name at ministry"}, "Write an e-mail address"),
    ("file", {"": (io.BytesIO, b"MZ a program", "paper.pdf")}, "none of these kinds: PDF, JPEG, PNG"),
    ("file", {"": (io.BytesIO, PDF + b"x" * 5_000_001, "paper.pdf")}, "larger than 5 MB"),
    ("photo", {"": (io.BytesIO, PDF, "me.jpg")}, "not a JPEG or PNG picture"),
    ("photo", {"": (io.BytesIO, picture()[:500], "me.jpg")}, "damaged"),
    ("session_choice", {"": ["gone"]}, "Choose from the list"),
    ("travel_leg", {"-at": "", "-number": "GA 412"}, "Please fill this in"),
    ("travel_leg", {"-at": "tomorrow"}, "Write the day and the hour as"),
]


@pytest.fixture(autouse=True)
def one_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "confapp.registration.views.questions.choices_of", lambda conference: [Choice("s1", {"en": "Opening"})]
    )


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference()


@pytest.fixture
def person(conference: Conference, client: build.Client) -> Registration:
    row = build.registration(conference)
    holder = build.account()
    build.mandate(holder, Role.DELEGATE, conference, person_id=row.person_id)
    client.sign_in(holder)
    return row


def sent(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """As a browser sends them: files are opened anew for each request."""
    name = f"q-{kind.replace('_', '-')}"
    return {
        f"{name}{part}": (value[0](value[1]), value[2]) if isinstance(value, tuple) else value
        for part, value in values.items()
    }


def page(conference: Conference, row: Registration, sheet: Any) -> str:
    return f"/me/{conference.slug}/registrations/{row.ref}/questions/{sheet.ref}"


def test_every_kind_is_tried() -> None:
    assert set(GOOD) == {kind.value for kind in QuestionKind}
    assert {kind for kind, _, _ in BAD} | {"consent"} == set(GOOD)


def test_good_values_are_kept_and_said_in_words(
    conference: Conference, client: build.Client, person: Registration
) -> None:
    made, sheet = every_kind(conference)
    everything = {name: value for kind, (values, _, _) in GOOD.items() for name, value in sent(kind, values).items()}
    assert client.send(page(conference, person, sheet), **everything).status_code == 303
    kept = answers(person)
    assert kept == {kind.replace("_", "-"): value for kind, (_, value, _) in GOOD.items()}
    with in_conference(conference.id):
        for kind, (_, value, words) in GOOD.items():
            version = made[kind].newest
            assert in_words(kind, version, value, zone="Asia/Makassar", file_name=str(value)) == words
            assert in_words(kind, version, None) == ""
    again = client.get(page(conference, person, sheet)).get_data(as_text=True)
    assert "Two words" in again
    assert "GA 412" not in again  # sealed: not shown again
    blank = {name: "" for name in everything if name not in UNSENT}
    assert client.send(page(conference, person, sheet), **(blank | sent("text", {"": "Two words"}))).status_code == 303
    assert answers(person) == {"text": "Two words"} | {code: kept[code] for code in ("file", "photo", "travel-leg")}, (
        "what is sealed, and files, stay when nothing new is given"
    )


@pytest.mark.parametrize("kind", [kind.value for kind in QuestionKind])
def test_nothing_is_fine_unless_it_is_needed(
    conference: Conference, client: build.Client, person: Registration, kind: str
) -> None:
    made = question(conference, kind.replace("_", "-"), QuestionKind(kind), data_class="high")
    optional, needed = questionnaire(conference, made), questionnaire(conference, (made, {"is_required": True}))
    assert client.send(page(conference, person, optional)).status_code == 303
    answer = client.send(page(conference, person, needed))
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    needs = (
        "Please fill this in",
        "Choose one",
        "Choose at least one",
        "Please choose a file",
        "This agreement is needed",
    )
    assert any(said in text for said in needs)
    assert 'id="errors"' in text
    assert client.send(page(conference, person, needed), **sent(kind, GOOD[kind][0])).status_code == 303
    assert client.send(page(conference, person, needed)).status_code == 303, "kept sealed, it need not be given again"
    assert answers(person) == {kind.replace("_", "-"): GOOD[kind][1]}


@pytest.mark.parametrize(("kind", "values", "said"), BAD, ids=lambda one: str(one)[:30])
def test_bad_values_are_refused_beside_the_field(
    conference: Conference, client: build.Client, person: Registration, kind: str, values: dict[str, Any], said: str
) -> None:
    made = question(conference, kind.replace("_", "-"), QuestionKind(kind), data_class="high")
    sheet = questionnaire(conference, made)
    answer = client.send(page(conference, person, sheet), **sent(kind, values))
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert said in text
    assert text.count("field-error") == 1
    assert answers(person) == {}


@pytest.mark.parametrize(
    ("kind", "settings", "bad", "good"),
    [
        ("text", {"longest": 3}, "four", "one"),
        ("number", {"min": "2", "max": "5", "decimals": 1}, "1.9", "2.5"),
        ("number", {"min": "2", "max": "5", "decimals": 1}, "5.1", "5"),
        ("number", {"decimals": 1}, "2.25", "-2.2"),
        ("date", {"min": "2027-03-01", "max": "2027-03-31"}, "2027-02-28", "2027-03-01"),
        ("date", {"min": "2027-03-01", "max": "2027-03-31"}, "2027-04-01", "2027-03-31"),
        ("several_of", {"most": 1}, ["a", "b"], ["b"]),
        ("file", {"kinds": ["image/png"]}, (io.BytesIO, PDF, "p"), (io.BytesIO, picture(kind="PNG"), "p.png")),
    ],
)
def test_limits_of_a_question(
    conference: Conference, client: build.Client, person: Registration, kind: str, settings: Any, bad: Any, good: Any
) -> None:
    made = question(conference, kind.replace("_", "-"), QuestionKind(kind), settings=settings)
    url = page(conference, person, questionnaire(conference, made))
    assert client.send(url, **sent(kind, {"": bad})).status_code == 422
    assert client.send(url, **sent(kind, {"": good})).status_code == 303


def test_a_photograph_is_written_anew(conference: Conference, client: build.Client, person: Registration) -> None:
    sheet = questionnaire(conference, question(conference, "photo", QuestionKind.PHOTO, data_class="high"))
    assert b"CANARY" in picture()
    assert client.send(page(conference, person, sheet), **sent("photo", GOOD["photo"][0])).status_code == 303
    with in_conference(conference.id):
        kept = queries.answers_of(db.session.get_one(Registration, person.id))[0]
        assert kept.file is not None
        assert kept.file.sealed_class == "high"
        assert b"CANARY" not in vault.read(kept.file)


def test_files_as_telephones_make_them_come_together(
    conference: Conference, client: build.Client, person: Registration
) -> None:
    made = [question(conference, code, QuestionKind.FILE) for code in ("passport", "letter")]
    url, scan = page(conference, person, questionnaire(conference, *made)), PDF + b"x" * 4_000_000
    files = {f"q-{one.code}": (io.BytesIO(scan + one.code.encode()), "scan.pdf") for one in made}
    assert client.send(url, **files).status_code == 303
    assert answers(person) == {"passport": "scan.pdf", "letter": "scan.pdf"}


def test_files_of_a_refused_form_leave_nothing_behind(
    app: Flask, conference: Conference, client: build.Client, person: Registration
) -> None:
    made = question(conference, "file", QuestionKind.FILE)
    needed = question(conference, "text")
    sheet = questionnaire(conference, made, (needed, {"is_required": True}))
    back = client.send(page(conference, person, sheet), **sent("file", GOOD["file"][0]))
    assert back.status_code == 422
    assert "Choose “paper.pdf” again" in back.get_data(as_text=True)
    assert [one for one in (app.extensions["confapp"].data / "files").rglob("*") if one.is_file()] == []


def test_values_as_conditions_compare_them() -> None:
    assert compared("several_of", ["a"]) == ["a"]
    assert compared("several_of", None) == []
    assert compared("session_choice", [{"code": "s1", "label": {}}]) == ["s1"]
    assert compared("file", "kept") == "kept"
    assert compared("travel_leg", {"at": "2027-03-09T23:30:00+00:00"}, "Asia/Makassar") == "2027-03-10"
    assert compared("number", "5") == "5"
    assert compared("text", None) == ""


def test_words_are_in_the_language_of_the_page(conference: Conference) -> None:
    made = question(conference, "fruit", QuestionKind.ONE_OF)
    with in_conference(conference.id), speaking("id"):
        assert in_words("one_of", made.newest, "a") == "Apel"
        assert in_words("date", made.newest, "2027-03-09") == "9 Maret 2027"


def test_the_registry_of_sessions_is_for_the_programme_to_fill() -> None:
    assert isinstance(session_choices, list)


def test_forty_hostile_strings_in_every_kind_of_field(
    conference: Conference, client: build.Client, person: Registration
) -> None:
    """Never a 500, and nothing that was typed is shown as markup."""
    _made, sheet = every_kind(conference)
    url, wrong = page(conference, person, sheet), []
    names = [f"q-{kind.value.replace('_', '-')}" for kind in QuestionKind]
    names += [f"q-travel-leg-{part}" for part in ("at", "number", "airport", "hotel")]
    assert len(STRINGS) >= 40
    for number, hostile in enumerate(STRINGS[:22] if POSTGRES else STRINGS):  # encodings and lengths on both databases
        for chosen in (names, names[number % len(names) : number % len(names) + 1], ["q-text", "q-long-text"]):
            values = {name: hostile.encode("utf-8", "surrogatepass") for name in chosen}
            shown = [client.send(url, **values), client.get(url)]
            for answer in shown:
                text = answer.get_data(as_text=True)
                if answer.status_code >= 500 or "<script>alert" in text or "<img src=x" in text:
                    wrong.append(f"{chosen[:1]} {hostile[:30]!r} -> {answer.status_code}")
    assert wrong == []


def test_hostile_file_names(conference: Conference, client: build.Client, person: Registration) -> None:
    sheet = questionnaire(conference, question(conference, "file", QuestionKind.FILE))
    for hostile in STRINGS:
        name = hostile.encode("utf-8", "replace").decode()[:300]
        answer = client.send(page(conference, person, sheet), **{"q-file": (io.BytesIO(PDF), name)})
        assert answer.status_code < 500, repr(name)
