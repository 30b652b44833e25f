"""The desk's editor: the catalogue, questionnaires, sections, conditions, order, preview, copies and starting sets."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from confapp.conferences.models import Conference
from confapp.foundation.db import db, in_conference
from confapp.people.rules import Role
from confapp.registration.models import Question, Questionnaire
from confapp.registration.queries import questions as queries
from confapp.registration.rules.question_sets import QUESTIONS, SETS
from confapp.registration.rules.questions import LEAST_CLASS, SEALED, DataClass, QuestionKind
from tests import build
from tests.access.hostile import STRINGS
from tests.registration.questions.making import answer, answers, question, questionnaire


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference()


@pytest.fixture
def organizer(conference: Conference, client: build.Client) -> build.Client:
    return client.sign_in(build.staff(conference, Role.ORGANIZER))


def desk(conference: Conference, more: str = "") -> str:
    return f"/desk/{conference.slug}{more}"


def kept(conference: Conference, model: Any) -> list[Any]:
    """All rows of a table, anew, with everything that a test asks of them."""
    with in_conference(conference.id):
        db.session.expire_all()
        if model is Question:
            return list(queries.catalogue())
        return list(queries.questionnaires())


def order(conference: Conference) -> list[list[str]]:
    """The codes that the first questionnaire asks, by section."""
    sheet = kept(conference, Questionnaire)[0]
    found = [[item.question.code for item in part.items] for part in sheet.parts]
    db.session.rollback()
    return found


def refs(conference: Conference) -> tuple[Any, dict[str, str]]:
    """The first questionnaire, and the references of its sections (by place) and questions (by code)."""
    sheet = kept(conference, Questionnaire)[0]
    found = {str(place): part.ref for place, part in enumerate(sheet.parts)}
    found |= {item.question.code: item.ref for part in sheet.parts for item in part.items}
    return sheet, found | {"revision": str(sheet.revision), "sheet": sheet.ref}


def hidden(page: str, name: str = "version") -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found
    return found[1]


NEW = {"data_class": "personal", "kept_days": "30", "readers": "organizer"}

# --- the catalogue ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_a_question_of_each_kind_is_added_and_changed(
    conference: Conference, organizer: build.Client, kind: QuestionKind
) -> None:
    url = desk(conference, f"/questions/new?kind={kind.value}")
    assert organizer.get(url).status_code == 200
    typed = NEW | {"label-en": "What?", "label-id": "Apa?", "data_class": LEAST_CLASS.get(kind, "personal")}
    if kind in (QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF):
        typed |= {"options-0-label-en": "Apple", "options-0-label-id": "Apel", "options-1-label-en": "Pear"}
    if kind == QuestionKind.TRAVEL_LEG:
        typed |= {"direction": "arrival"}
    assert organizer.send(url, **typed).status_code == 303
    made = kept(conference, Question)[0]
    assert (made.code, made.kind, made.newest.label) == ("what", kind, {"en": "What?", "id": "Apa?"})
    url, old = desk(conference, f"/questions/{made.ref}"), made.newest.options
    page = organizer.get(url).get_data(as_text=True)
    same = typed | {"version": hidden(page)} | {f"options-{n}-code": one["code"] for n, one in enumerate(old)}
    assert organizer.send(url, **same).status_code == 303
    assert [one.number for one in kept(conference, Question)[0].versions] == [1], "nothing changed"
    page = organizer.get(url).get_data(as_text=True)
    changed = same | {"version": hidden(page), "label-en": "Which?"}
    assert organizer.send(url, **changed).status_code == 303
    versions = kept(conference, Question)[0].versions
    assert [one.label["en"] for one in versions] == ["What?", "Which?"]
    assert versions[1].options == old


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("text", {}, "Please fill this in, in at least one language."),
        ("text", {"label-en": "x" * 501}, "At most 500 characters."),
        ("text", {"label-en": "x", "kept_days": "many"}, "Not a valid integer value."),
        ("text", {"label-en": "x", "kept_days": "99999"}, "Number must be between 0 and 3650."),
        ("text", {"label-en": "x", "data_class": "none"}, "Not a valid choice."),
        ("text", {"label-en": "x", "readers": "administrator"}, "Choose from the list."),
        ("one_of", {"label-en": "x"}, "Write between one and 60 options."),
        ("number", {"label-en": "x", "lowest": "5", "highest": "2"}, "This is below the other limit."),
        ("date", {"label-en": "x", "earliest": "2027-03-09", "latest": "2027-03-01"}, "This is below the other limit."),
        ("travel_leg", {"label-en": "x", "direction": "sideways"}, "Not a valid choice."),
        ("travel_leg", {"label-en": "x", "direction": "arrival", "data_class": "personal"}, "Not a valid choice."),
    ],
)
def test_what_is_wrong_with_a_question_stands_beside_the_field(
    conference: Conference, organizer: build.Client, kind: str, typed: dict[str, str], said: str
) -> None:
    sent = organizer.send(desk(conference, f"/questions/new?kind={kind}"), **(NEW | typed))
    assert sent.status_code == 422
    assert said in sent.get_data(as_text=True)
    assert kept(conference, Question) == []


def test_rows_of_options_come_go_and_move_without_losing_what_is_typed(
    conference: Conference, organizer: build.Client
) -> None:
    url = desk(conference, "/questions/new?kind=one_of")
    typed = NEW | {
        "label-en": "Fruit?",
        "options-0-label-en": "Apple",
        "options-1-label-en": "Pear",
        "kept_days": "odd",
    }

    def shown(do: str) -> tuple[list[str], str]:
        answered = organizer.send(url, **typed, do=do)
        assert answered.status_code == 200
        page = answered.get_data(as_text=True)
        assert 'value="Fruit?"' in page
        assert 'value="odd"' in page
        return re.findall(r'name="options-\d+-label-en"[^>]*value="([^"]*)"', page), page

    assert shown("add:options")[0] == ["Apple", "Pear", ""]
    assert shown("remove:options:0")[0] == ["Pear"]
    assert shown("down:options:0")[0] == ["Pear", "Apple"]
    assert shown("up:options:1")[0] == ["Pear", "Apple"]
    assert shown("remove:options:99")[0] == ["Apple", "Pear"]
    assert kept(conference, Question) == []


def test_options_keep_their_codes_when_their_words_change(conference: Conference, organizer: build.Client) -> None:
    made = question(conference, "fruit", QuestionKind.ONE_OF)
    url = desk(conference, f"/questions/{made.ref}")
    typed = NEW | {"label-en": "Fruit?", "version": hidden(organizer.get(url).get_data(as_text=True))}
    typed |= {"options-0-code": "b", "options-0-label-en": "Plantain", "options-1-label-en": "Apple"}
    typed |= {"options-2-code": "made-up", "options-2-label-en": "Cherry"}
    assert organizer.send(url, **typed).status_code == 303
    options = kept(conference, Question)[0].newest.options
    assert [(one["code"], one["label"]["en"]) for one in options] == [
        ("b", "Plantain"),
        ("apple", "Apple"),
        ("made-up", "Cherry"),
    ]


def test_how_answers_are_protected_stays_once_there_are_some(conference: Conference, organizer: build.Client) -> None:
    made = question(conference, "hotel")
    answer(build.registration(conference), made, "Example Hotel")
    url = desk(conference, f"/questions/{made.ref}")
    typed = NEW | {"label-en": "Hotel", "version": hidden(organizer.get(url).get_data(as_text=True))}
    sent = organizer.send(url, **(typed | {"data_class": "high"}))
    assert sent.status_code == 422
    assert "how they are protected stays as it is" in sent.get_data(as_text=True)


def test_two_editors_of_a_question_and_of_a_questionnaire(conference: Conference, organizer: build.Client) -> None:
    made = question(conference, "hotel")
    sheet = questionnaire(conference, made)
    for url, typed in (
        (desk(conference, f"/questions/{made.ref}"), NEW | {"label-en": "Typed by the second"}),
        (
            desk(conference, f"/questionnaires/{sheet.ref}/settings"),
            {"name-en": "Typed by the second", "asked_at": "at_gate"},
        ),
    ):
        version = hidden(organizer.get(url).get_data(as_text=True))
        first = {key: value.replace("second", "first") for key, value in typed.items()}
        assert organizer.send(url, **first, version=version).status_code == 303
        late = organizer.send(url, **typed, version=version)
        assert late.status_code == 409
        assert "Somebody changed this in the meantime" in late.get_data(as_text=True)
        assert 'value="Typed by the second"' in late.get_data(as_text=True)


def test_a_question_out_of_use_is_asked_nowhere(conference: Conference, organizer: build.Client) -> None:
    build.category(conference)
    made = question(conference, "hotel")
    questionnaire(conference, made, question(conference, "flight"))
    organizer.send(desk(conference, f"/questions/{made.ref}/retire"))
    assert 'data-question="hotel"' not in organizer.get(f"/{conference.slug}/register").get_data(as_text=True)
    organizer.send(desk(conference, f"/questions/{made.ref}/restore"))
    assert 'data-question="hotel"' in organizer.get(f"/{conference.slug}/register").get_data(as_text=True)


# --- questionnaires ---------------------------------------------------------------------------------------------------


def test_a_questionnaire_from_nothing_to_the_form(conference: Conference, organizer: build.Client) -> None:
    build.category(conference, code="media")
    question(conference, "visa", QuestionKind.ONE_OF)
    question(conference, "mission")
    made = organizer.send(desk(conference, "/questionnaires/new"), **{"name-en": "Media", "asked_at": "registration"})
    _sheet, found = refs(conference)
    assert made.location.endswith(f"/questionnaires/{found['sheet']}")
    base = desk(conference, f"/questionnaires/{found['sheet']}")
    assert organizer.send(f"{base}/open").status_code == 409, "it asks nothing yet"
    for code in ("visa", "mission"):
        assert organizer.send(f"{base}/sections/{found['0']}/asked", question=code).status_code == 303
    assert organizer.send(f"{base}/sections/{found['0']}/asked", question="visa").status_code == 422
    assert organizer.send(f"{base}/sections/{found['0']}/asked", question="gone").status_code == 422
    _sheet, found = refs(conference)
    url = f"{base}/asked/{found['mission']}"
    typed = {"version": found["revision"], "is_required": "y", "part": found["0"], "match": "all"}
    row = {"rows-0-field": "visa", "rows-0-operator": "equals", "rows-0-value": "apple"}
    assert organizer.send(url, **typed, **row).status_code == 303
    assert "Only if: “Question visa” is Apple" in organizer.get(base).get_data(as_text=True)
    item = refs(conference)[0].parts[0].items[1]
    assert item.condition == {"field": "visa", "operator": "equals", "value": "a"}
    assert organizer.send(f"{base}/open").status_code == 303
    assert 'data-question="mission"' in organizer.get(f"/{conference.slug}/register").get_data(as_text=True)
    assert organizer.send(f"{base}/remove").status_code == 409, "it is being asked"
    organizer.send(f"{base}/close")
    assert organizer.send(f"{base}/remove").status_code == 303
    assert kept(conference, Questionnaire) == []
    assert len(kept(conference, Question)) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("gone", "equals", "x"), "Choose one from the list."),
        (("visa", "like", "x"), "Choose one from the list."),
        (("visa", "", "x"), "Choose one from the list."),
        (("visa", "equals", ""), "Type what it is compared with."),
        (("visa", "equals", "Cherry"), "“Cherry” is none of: Apple, Banana."),
        (("category", "one_of", "Delegate, Nobody"), "“Nobody” is none of: Delegate."),
        (("born", "before", "soon"), "Write the day as 2027-03-09."),
        (("born", "before", "2027-02-30"), "Write the day as 2027-03-09."),
        (("born", "at_least", "many"), "Write a number such as 12, or a day as 2027-03-09."),
        (("born", "equals", "my birthday"), "Write the day as 2027-03-09."),
        (("crew", "equals", "twelve"), "Write a number in digits, such as 12."),
        (("crew", "one_of", "1, two"), "Write a number in digits, such as 12."),
        (("scan", "equals", "passport.pdf"), "choose “is filled in” or “is empty”"),
        (("speaks", "equals", "Klingonese"), "“Klingonese” is none of"),
        (("sessions", "contains", "Plenary"), "No session can be chosen at present."),
    ],
)
def test_a_condition_that_cannot_be_read_is_explained(
    conference: Conference, organizer: build.Client, row: tuple[str, str, str], said: str
) -> None:
    build.category(conference)
    visa, born = question(conference, "visa", QuestionKind.ONE_OF), question(conference, "born", QuestionKind.DATE)
    for code, kind in (("crew", "number"), ("scan", "file"), ("speaks", "language"), ("sessions", "session_choice")):
        question(conference, code, QuestionKind(kind))
    questionnaire(conference, visa, born, question(conference, "mission"))
    _sheet, found = refs(conference)
    typed = {"version": found["revision"], "part": found["0"], "match": "all"}
    names = ("rows-0-field", "rows-0-operator", "rows-0-value")
    sent = organizer.send(
        desk(conference, f"/questionnaires/{found['sheet']}/asked/{found['mission']}"),
        **typed,
        **dict(zip(names, row, strict=True)),
    )
    assert sent.status_code == 422
    assert said in sent.get_data(as_text=True)


def test_rows_of_a_condition_come_and_go(conference: Conference, organizer: build.Client) -> None:
    questionnaire(conference, question(conference, "visa", QuestionKind.ONE_OF), question(conference, "mission"))
    _sheet, found = refs(conference)
    url = desk(conference, f"/questionnaires/{found['sheet']}/sections/{found['0']}")
    typed = {"version": found["revision"], "title-en": "Typed", "match": "any"}
    rows = {"rows-0-field": "country", "rows-0-operator": "one_of", "rows-0-value": "Indonesia, Japan"}
    page = organizer.send(url, **typed, **rows, do="add:rows").get_data(as_text=True)
    assert 'value="Indonesia, Japan"' in page
    assert 'value="Typed"' in page
    assert page.count('name="rows-') == 6
    more = {"rows-1-field": "language", "rows-1-operator": "equals", "rows-1-value": "arabic"}
    assert organizer.send(url, **typed, **rows, **more).status_code == 303
    part = refs(conference)[0].parts[0]
    assert part.condition == {
        "any": [
            {"field": "country", "operator": "one_of", "value": ["IDN", "JPN"]},
            {"field": "language", "operator": "equals", "value": "ar"},
        ]
    }
    page = organizer.get(url).get_data(as_text=True)
    assert 'value="Indonesia, Japan"' in page
    assert 'value="Arabic"' in page


def test_a_condition_that_waits_in_vain_is_named_and_never_dropped_unseen(
    conference: Conference, organizer: build.Client
) -> None:
    visa, crew = question(conference, "visa", QuestionKind.ONE_OF), question(conference, "crew", QuestionKind.NUMBER)
    rows = [
        {"field": "visa", "operator": "one_of", "value": ["gone"]},
        {"field": "crew", "operator": "at_least", "value": "2"},
    ]
    questionnaire(conference, visa, crew, (question(conference, "mission"), {"condition": {"any": rows}}))
    _sheet, found = refs(conference)
    base = desk(conference, f"/questionnaires/{found['sheet']}")
    page = organizer.get(base).get_data(as_text=True)
    assert "“Question mission” waits for “gone”, which “Question visa” does not offer." in page
    assert "is not asked now" not in page
    organizer.send(desk(conference, f"/questions/{crew.ref}/retire"))
    assert "“Question mission” depends on “Question crew”, which is not asked now." in organizer.get(base).get_data(
        as_text=True
    )
    url = f"{base}/asked/{found['mission']}"
    page = organizer.get(url).get_data(as_text=True)
    assert "Question crew (out of use)" in page
    typed = {"version": hidden(page), "part": found["0"], "match": "any", "is_required": "y"}
    kept_row = {"rows-0-field": "crew", "rows-0-operator": "at_least", "rows-0-value": "2"}
    assert organizer.send(url, **typed, **kept_row).status_code == 303
    assert refs(conference)[0].parts[0].items[2].condition == rows[1]


def test_a_question_is_written_for_a_section_in_one_go(conference: Conference, organizer: build.Client) -> None:
    organizer.send(desk(conference, "/questionnaires/new"), **{"name-en": "Mine", "asked_at": "registration"})
    _sheet, found = refs(conference)
    page = organizer.get(desk(conference, f"/questionnaires/{found['sheet']}")).get_data(as_text=True)
    assert f"/questions/new?section={found['0']}" in page
    typed = NEW | {"label-en": "Why?", "label-id": "Mengapa?"}
    made = organizer.send(desk(conference, f"/questions/new?kind=text&section={found['0']}"), **typed)
    assert f"/questionnaires/{found['sheet']}#i-" in made.location
    assert order(conference) == [["why"]]
    page = organizer.get(desk(conference, f"/questionnaires/{found['sheet']}")).get_data(as_text=True)
    assert "Nobody has answered it." in page


def test_circles_and_telling_questions_are_refused(conference: Conference, organizer: build.Client) -> None:
    a, b = question(conference, "a"), question(conference, "b")
    diet = question(conference, "diet", data_class=DataClass.SPECIAL)
    questionnaire(conference, a, (b, {"condition": {"field": "a", "operator": "filled"}}), diet)
    _sheet, found = refs(conference)
    url = desk(conference, f"/questionnaires/{found['sheet']}/asked/{found['a']}")
    typed = {"version": found["revision"], "part": found["0"], "match": "all", "rows-0-operator": "filled"}
    sent = organizer.send(url, **typed, **{"rows-0-field": "b"})
    assert sent.status_code == 422
    assert "in a circle: Question a, Question b" in sent.get_data(as_text=True)
    sent = organizer.send(url, **typed, **{"rows-0-field": "diet"})
    assert sent.status_code == 422
    assert "“Question a” would tell the answer to “Question diet”" in sent.get_data(as_text=True)
    assert refs(conference)[0].parts[0].items[0].condition == {}


def test_a_deadline_before_the_other_is_refused_and_a_long_keeping_is_noticed(
    conference: Conference, organizer: build.Client
) -> None:
    short, long = question(conference, "short", kept_days=5), question(conference, "long", kept_days=50)
    questionnaire(conference, short, (long, {"condition": {"field": "short", "operator": "filled"}}))
    _sheet, found = refs(conference)
    base = desk(conference, f"/questionnaires/{found['sheet']}")
    assert "is kept for 50 days, longer than “Question short”" in organizer.get(base).get_data(as_text=True)
    typed = {"version": found["revision"], "part": found["0"], "match": "all", "is_required": "y"}
    days = {"required_from": "2027-03-09T12:00", "frozen_from": "2027-03-09T11:00"}
    sent = organizer.send(f"{base}/asked/{found['short']}", **typed, **days)
    assert sent.status_code == 422
    assert "An answer cannot be needed after it can no longer be given." in sent.get_data(as_text=True)
    days["frozen_from"] = "2027-03-09T13:00"
    assert organizer.send(f"{base}/asked/{found['short']}", **typed, **days).status_code == 303
    item = refs(conference)[0].parts[0].items[0]
    assert item.frozen_from - item.required_from == timedelta(hours=1)
    assert item.required_from.hour == 4, "typed in the conference's zone"


def test_questions_and_sections_move_by_buttons(conference: Conference, organizer: build.Client) -> None:
    questionnaire(conference, *(question(conference, code) for code in "abc"))
    _sheet, found = refs(conference)
    base = desk(conference, f"/questionnaires/{found['sheet']}")
    organizer.send(f"{base}/sections/new", **{"title-en": "Second", "match": "all"})
    assert order(conference) == [["a", "b", "c"], []]
    for code, verb, expected in (
        ("c", "up", [["a", "c", "b"], []]),
        ("a", "up", [["a", "c", "b"], []]),
        ("b", "down", [["a", "c"], ["b"]]),
        ("b", "up", [["a", "c", "b"], []]),
        ("b", "down", [["a", "c"], ["b"]]),
        ("a", "remove", [["c"], ["b"]]),
    ):
        sent = organizer.send(f"{base}/asked/{found[code]}/{verb}")
        assert sent.location.endswith(f"#i-{found[code]}")
        assert order(conference) == expected, (code, verb)
    _sheet, found = refs(conference)
    organizer.send(f"{base}/sections/{found['1']}/up")
    assert order(conference) == [["b"], ["c"]]
    organizer.send(f"{base}/sections/{found['1']}/remove")
    assert order(conference) == [["c"]]


def test_what_was_taken_out_is_put_back_with_its_terms_at_its_place(
    conference: Conference, organizer: build.Client
) -> None:
    condition = {"field": "a", "operator": "filled"}
    day = datetime(2027, 3, 1, tzinfo=UTC)
    terms = {"is_required": True, "required_from": day, "frozen_from": day + timedelta(days=9), "condition": condition}
    asked = question(conference, "a"), (question(conference, "b"), terms), question(conference, "c")
    sheet = questionnaire(conference, *asked)
    registration = build.registration(conference)
    answer(registration, asked[0], "Kept")
    _sheet, found = refs(conference)
    base = desk(conference, f"/questionnaires/{sheet.ref}")
    for code in "abc":
        organizer.send(f"{base}/asked/{found[code]}/remove")
    assert order(conference) == [[]]
    page = organizer.get(base).get_data(as_text=True)
    assert re.findall(r"Taken out: (?:<[^>]*>)?(Question \w)", page) == ["Question a", "Question b", "Question c"]
    assert "Only if: “Question a” is filled in" in page
    assert "“Question b” depends on “Question a”, which is not asked now." in page
    for code, expected in (("c", [["c"]]), ("a", [["a", "c"]]), ("b", [["a", "b", "c"]]), ("b", [["a", "b", "c"]])):
        sent = organizer.send(f"{base}/asked/{found[code]}/restore")
        assert (sent.status_code, order(conference)) == (303, expected)
        assert sent.location.endswith(f"#i-{found[code]}")
    item = refs(conference)[0].parts[0].items[1]
    assert {name: getattr(item, name) for name in terms} == terms
    assert "Taken out" not in organizer.get(base).get_data(as_text=True)
    assert answers(registration) == {"a": "Kept"}
    assert organizer.send(f"{base}/asked/nothing/restore").status_code == 404


def test_a_section_comes_back_with_the_first_question_that_is_put_back(
    conference: Conference, organizer: build.Client
) -> None:
    condition = {"field": "category", "operator": "equals", "value": "media"}
    sheet = questionnaire(conference, *(question(conference, code) for code in "abc"), condition=condition)
    _sheet, found = refs(conference)
    base = desk(conference, f"/questionnaires/{sheet.ref}")
    organizer.send(f"{base}/sections/new", **{"title-en": "Second", "match": "all"})
    organizer.send(f"{base}/asked/{found['a']}/remove")
    organizer.send(f"{base}/sections/{found['0']}/remove")
    assert order(conference) == [[]]
    page = organizer.get(base).get_data(as_text=True)
    assert re.findall(r"Taken out: (?:<[^>]*>)?(Question \w)", page.partition("Taken out with its section")[2]) == [
        *("Question a", "Question b", "Question c")
    ]
    for code, expected in (("c", [["c"], []]), ("a", [["a", "c"], []])):
        organizer.send(f"{base}/asked/{found[code]}/restore")
        page = organizer.get(base).get_data(as_text=True)
        assert ("Its section had been removed and is back as well." in page) == (code == "c")
        assert order(conference) == expected
    part = refs(conference)[0].parts[0]
    assert (part.ref, part.title["en"], part.condition) == (found["0"], "Section", condition)


def test_what_cannot_be_put_back_is_explained_and_stays_as_it_is(
    conference: Conference, organizer: build.Client
) -> None:
    on_b = {"field": "b", "operator": "filled"}
    a, b = question(conference, "a"), question(conference, "b")
    sheet = questionnaire(conference, (a, {"condition": on_b}), b)
    _sheet, found = refs(conference)
    base = desk(conference, f"/questionnaires/{sheet.ref}")
    organizer.send(f"{base}/asked/{found['a']}/remove")
    typed = {"version": refs(conference)[1]["revision"], "part": found["0"], "match": "all"}
    organizer.send(f"{base}/asked/{found['b']}", **typed, **{"rows-0-field": "a", "rows-0-operator": "filled"})
    sent = organizer.send(f"{base}/asked/{found['a']}/restore")
    page = sent.get_data(as_text=True)
    assert sent.status_code == 422
    assert "in a circle: Question a, Question b" in page
    assert "Put it back" in page
    assert order(conference) == [["b"]]
    organizer.send(f"{base}/sections/{found['0']}/asked", question="a")
    assert organizer.send(f"{base}/asked/{found['a']}/restore").status_code == 409, "asked again by hand"
    organizer.send(f"{base}/copy")
    assert [len(one.taken_out) for one in kept(conference, Questionnaire)] == [1, 0]
    assert order(conference) == [["b", "a"]]


def test_a_copy_is_closed_and_whole(conference: Conference, organizer: build.Client) -> None:
    condition = {"field": "a", "operator": "filled"}
    questionnaire(conference, question(conference, "a"), (question(conference, "b"), {"condition": condition}))
    sheet, _found = refs(conference)
    code = sheet.code
    organizer.send(desk(conference, f"/questionnaires/{sheet.ref}/copy"))
    first, second = kept(conference, Questionnaire)
    assert (second.is_open, second.code, second.name) == (False, f"{code}-2", {"en": "Questions (copy)"})
    assert [item.condition for item in second.parts[0].items] == [{}, condition]
    assert {item.ref for item in first.parts[0].items} & {item.ref for item in second.parts[0].items} == set()
    organizer.send(desk(conference, f"/questionnaires/{second.ref}/up"))
    assert [one.code for one in kept(conference, Questionnaire)] == [f"{code}-2", code]


def test_the_preview_is_the_form_in_the_chosen_language(conference: Conference, organizer: build.Client) -> None:
    build.category(conference, code="media")
    build.category(conference, code="observer")
    made = question(conference, "visa", QuestionKind.ONE_OF)
    questionnaire(conference, made, categories=["media"])
    sheet, _found = refs(conference)
    base = desk(conference, f"/questionnaires/{sheet.ref}/preview")
    page = organizer.get(f"{base}?language=id&category=media").get_data(as_text=True)
    assert "Pertanyaan visa" in page
    assert "Pisang" in page
    assert "(opsional)" in page
    assert "Preview" in page
    assert "Nothing is asked of this category." in organizer.get(f"{base}?category=observer").get_data(as_text=True)


def test_nobody_but_organizers_edits(app: Flask, conference: Conference) -> None:
    made = question(conference, "visa")
    sheet = questionnaire(conference, made)
    for role in (Role.ACCREDITATION_OFFICER, Role.VIEWER, Role.PROGRAMME_OFFICER):
        browser: build.Client = app.test_client()  # type: ignore[assignment]
        browser.sign_in(build.staff(conference, role))
        for path in ("/questions", f"/questions/{made.ref}", "/questionnaires", f"/questionnaires/{sheet.ref}/preview"):
            assert browser.get(desk(conference, path)).status_code == 403
        assert browser.send(desk(conference, f"/questionnaires/{sheet.ref}/close")).status_code == 403
    elsewhere: build.Client = app.test_client()  # type: ignore[assignment]
    other = build.conference()
    elsewhere.sign_in(build.staff(other, Role.ORGANIZER))
    assert elsewhere.get(desk(conference, f"/questions/{made.ref}")).status_code == 404
    assert elsewhere.get(desk(other, f"/questions/{made.ref}")).status_code == 404


# --- starting sets ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(SETS))
def test_a_starting_set_is_added_once_and_works(conference: Conference, organizer: build.Client, name: str) -> None:
    code = SETS[name].category_like[0]
    build.category(conference, code=code)
    url = desk(conference, f"/questionnaires/sets/{name}")
    assert organizer.send(url).status_code == 303
    made = kept(conference, Questionnaire)
    assert [one.code for one in made] == [sheet.code for sheet in SETS[name].sheets]
    assert all(one.categories == [code] and not one.is_open for one in made)
    numbers = len(kept(conference, Question))
    assert organizer.send(url).status_code == 303
    assert len(kept(conference, Questionnaire)) == len(made)
    assert len(kept(conference, Question)) == numbers
    for ref in [one.ref for one in kept(conference, Questionnaire)]:
        assert organizer.send(desk(conference, f"/questionnaires/{ref}/open")).status_code == 303
    page = organizer.get(f"/{conference.slug}/register").get_data(as_text=True)
    assert page.count("data-question=") == sum(len(part.asks) for part in SETS[name].sheets[0].parts)


def test_starting_sets_are_complete_in_three_languages() -> None:
    words = [
        words for one in QUESTIONS.values() for words in (one.label, one.help, *(label for _, label in one.options))
    ]
    for chosen in SETS.values():
        words += [chosen.name, chosen.lead]
        for sheet in chosen.sheets:
            words += [sheet.name, *(text for part in sheet.parts for text in (part.title, part.help))]
            assert {ask.code for part in sheet.parts for ask in part.asks} <= set(QUESTIONS)
    assert [one for one in words if one and set(one) != {"en", "id", "ar"}] == []
    assert {ask.code for s in SETS.values() for sheet in s.sheets for part in sheet.parts for ask in part.asks} == set(
        QUESTIONS
    )
    assert all(one.data_class in SEALED for one in QUESTIONS.values() if one.kind in LEAST_CLASS)


# --- hostile ----------------------------------------------------------------------------------------------------------


@pytest.mark.once  # what a database minds of them is in tests/access/test_hostile.py, on both
def test_hostile_strings_in_the_editor(conference: Conference, organizer: build.Client) -> None:
    visa = question(conference, "visa", QuestionKind.ONE_OF)
    questionnaire(conference, visa, question(conference, "mission"))
    _sheet, found = refs(conference)
    base = desk(conference, f"/questionnaires/{found['sheet']}")
    wrong = []
    for hostile in STRINGS:
        text = hostile.encode("utf-8", "surrogatepass")
        common = {"version": text, "match": text, "rows-0-field": "visa", "rows-0-operator": "equals"}
        for url, typed in (
            (desk(conference, "/questions/new?kind=one_of"), {**NEW, "label-en": text, "options-0-label-en": text}),
            (desk(conference, "/questions/new?kind=number"), {"label-en": text, "lowest": text, "kept_days": text}),
            (desk(conference, f"/questions/{visa.ref}"), {**NEW, "version": text, "options-0-code": text}),
            (f"{base}/asked/{found['mission']}", {**common, "required_from": text, "rows-0-value": text}),
            (f"{base}/sections/{found['0']}", {**common, "title-en": text, "rows-0-field": text}),
            (f"{base}/settings", {"version": text, "name-en": text, "asked_at": text, "categories": text}),
            (f"{base}/sections/{found['0']}/asked", {"question": text}),
            (f"{base}/asked/{found['mission']}", {**common, "do": text}),
        ):
            sent = organizer.send(url, **typed)
            page = sent.get_data(as_text=True)
            if sent.status_code >= 500 or "<script>alert" in page or "<img src=x" in page:
                wrong.append(f"{url} {hostile[:30]!r} -> {sent.status_code}")
    assert wrong == []
