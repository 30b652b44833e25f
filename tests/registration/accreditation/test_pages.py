"""The offices' pages over HTTP: what each does, who is turned away, what bad input gets."""

import csv
import io
import json
import re
from html import unescape
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from confapp.foundation import jobs
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db
from confapp.foundation.files import StoredFile
from confapp.foundation.sealing import Reading
from confapp.people.rules import Role
from confapp.registration import actions, queries, tasks
from confapp.registration.actions import waiting
from confapp.registration.models import Category, Clearance, Remark, TrackStep
from confapp.registration.rules import Office, Outcome, Status, mark_of
from confapp.registration.views.desk import decisions
from confapp.registration.views.desk import vetting as vetting_views
from tests import build
from tests.registration.accreditation.conftest import Offices
from tests.registration.questions import making


def page(answer: Any) -> str:
    return answer.get_data(as_text=True)


def count(kind: Any) -> int:
    db.session.rollback()
    with across_conferences("test"):
        return db.session.scalar(select(func.count(kind.id))) or 0


def every(kind: Any) -> list[Any]:
    db.session.rollback()
    with across_conferences("test"):
        return list(db.session.scalars(select(kind).order_by(kind.id)))


def step_ref(offices: Offices, office: Office) -> str:
    with offices.looking():
        return next(s.ref for s in db.session.get_one(Category, offices.category.id).steps if s.office == office)


# --- one registration -------------------------------------------------------------------------------------------------


def test_an_office_clears_its_step_on_the_page(offices: Offices) -> None:
    offices.with_steps(Office.PROTOCOL, Office.SECURITY)
    ref = offices.member()
    client, url = offices.as_(offices.security), f"{offices.desk}/registrations/{ref}"
    shown = page(client.get(url))
    assert "Security" in shown
    assert shown.count('value="cleared"') == 1  # its own step only
    mine, other = step_ref(offices, Office.SECURITY), step_ref(offices, Office.PROTOCOL)
    assert client.send(f"{url}/steps/{mine}", outcome="cleared", _key="once").status_code == 303
    assert client.send(f"{url}/steps/{mine}", outcome="cleared", _key="once").status_code == 303
    assert client.send(f"{url}/steps/{other}", outcome="cleared").status_code == 403
    assert client.send(f"{url}/steps/nonsense", outcome="cleared").status_code == 404
    assert client.send(f"{url}/steps/{mine}", outcome="perhaps").status_code == 422
    answer = client.send(f"{url}/steps/{mine}", outcome="objected", note="")
    assert (answer.status_code, "Say what stands against it" in page(answer)) == (422, True)
    assert count(Clearance) == 1


def test_the_page_says_which_steps_are_missing(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    ref = offices.member()
    client, url = offices.as_(offices.officer), f"{offices.desk}/registrations/{ref}"
    shown = page(client.get(url))
    assert "Not cleared yet: Security." in shown
    assert f"{url}/accredit_anyway" in shown
    answer = client.send(f"{url}/accredit")
    assert (answer.status_code, "Not cleared yet: Security." in page(answer)) == (409, True)
    assert client.send(f"{url}/accredit_anyway", reason="").status_code == 422
    assert client.send(f"{url}/accredit_anyway", reason="By order of the chair.").status_code == 303
    assert offices.status(ref) == Status.ACCREDITED


def test_defects_are_ticked_by_the_office_and_read_beside_their_fields(offices: Offices) -> None:
    ref = offices.member()
    client, url = offices.as_(offices.officer), f"{offices.desk}/registrations/{ref}/return"
    assert "Passport number" in page(client.get(url))
    empty = client.send(url)
    assert (empty.status_code, "Please give a reason." in page(empty)) == (422, True)
    ticked = client.send(url, **{"d-given_name-wrong": "y", "d-family_name-text": "As in the passport."})
    assert (ticked.status_code, "Say what should be corrected." in page(ticked)) == (422, True)
    assert "As in the passport." in page(ticked)
    typed = {"d-family_name-wrong": "y", "d-family_name-text": "As in the passport."}
    version = re.findall(r'name="version"[^>]* value="([^"]+)"', page(client.get(url)))[0]
    offices.correct(ref, offices.focal_point, phone="+62 812 3456 7890")
    stale = client.send(url, **typed, version=version)
    assert (stale.status_code, "As in the passport." in page(stale)) == (409, True)
    sent = client.send(url, **typed)
    assert sent.status_code == 303
    assert offices.status(ref) == Status.RETURNED
    assert "By the opening of the conference, " in offices.mails()[-1].text
    own = page(offices.as_(offices.focal_point).get(f"{offices.me}/registrations/{ref}/correct"))
    label = own.index('for="family_name"')
    assert "To be corrected:" in own[label : own.index('name="family_name"')]
    assert own.count("As in the passport.") == 2  # above the form and beside the field
    offices.correct(ref, offices.focal_point, family_name="Contoh-Misal")
    offices.decide(ref, "submit", offices.focal_point)
    desk = page(client.get(f"{offices.desk}/registrations/{ref}"))
    assert "Corrected since it was returned" in desk
    assert "Family name" in desk[desk.index("Corrected since") :][:200]


def test_an_answer_of_a_questionnaire_is_named_by_its_code(offices: Offices) -> None:
    outlet = making.question(offices.conference, "outlet")
    making.questionnaire(offices.conference, outlet)
    ref = offices.member()
    with offices.looking():
        making.answer(offices.row(ref), outlet, "Daily")
    client, url = offices.as_(offices.officer), f"{offices.desk}/registrations/{ref}/return"
    assert "Question outlet" in page(client.get(url))
    assert client.send(url, **{"d-outlet-text": "The full name, please."}).status_code == 303
    own = page(offices.as_(offices.focal_point).get(f"{offices.me}/registrations/{ref}/correct"))
    assert own.count("The full name, please.") == 2


def test_a_return_is_prepared_with_its_defects(offices: Offices) -> None:
    ref = offices.member()
    url = f"{offices.desk}/registrations/{ref}/return"
    fields = {"d-photo-wrong": "y", "d-photo-text": "A plain background.", "then": "prepare"}
    assert offices.as_(offices.officer).send(url, **fields).status_code == 303
    assert offices.status(ref) == Status.UNDER_REVIEW
    with offices.looking():
        prepared = offices.row(ref).prepared
        assert (prepared.verb, prepared.defects) == ("return", [{"field": "photo", "text": "A plain background."}])
        key = prepared.ref
    offices.release(key, offices.colleague)
    with offices.looking():
        assert offices.row(ref).defects == {"photo": "A plain background."}


def test_internal_notes_and_holds_never_reach_the_person(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    ref = offices.member(email="dewi@mail.example")
    security, url = offices.as_(offices.security), f"{offices.desk}/registrations/{ref}"
    assert security.send(f"{url}/notes", text="INTERNAL-WORD").status_code == 303
    offices.clear(ref, Office.SECURITY, offices.security, Outcome.OBJECTED, "INTERNAL-OBJECTION")
    offices.decide(ref, "hold", reason="INTERNAL-HOLD")
    offices.decide(ref, "resume")
    offices.prepare(ref, "refuse", reason="INTERNAL-DRAFT")
    with offices.at_work():
        officer = offices.actor(offices.officer)
        actions.assign(offices.row(ref), next(a for a in queries.reviewers() if a.id == officer.account_id), by=officer)
    desk = page(security.get(url))
    for word in ("INTERNAL-WORD", "INTERNAL-OBJECTION", "INTERNAL-HOLD", "INTERNAL-DRAFT"):
        assert word in desk, word
    focal = offices.as_(offices.focal_point)
    for address in (f"registrations/{ref}", f"registrations/{ref}/correct", f"delegations/{offices.delegation.ref}"):
        own = page(focal.get(f"{offices.me}/{address}"))
        assert "INTERNAL" not in own, address
        assert offices.officer.email not in own
        assert "On hold" not in own
    assert not any("INTERNAL" in mail.text for mail in offices.mails())


def test_who_only_looks_reads_nothing_that_the_offices_say_to_each_other(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    ref, held = offices.member(), offices.member(given_name="Eka")
    offices.clear(ref, Office.SECURITY, offices.security, Outcome.OBJECTED, "INTERNAL-OBJECTION")
    offices.prepare(ref, "refuse", reason="INTERNAL-DRAFT")
    offices.decide(held, "hold", reason="INTERNAL-HOLD")
    viewer = offices.as_(offices.viewer)
    for one in (ref, held):
        shown = viewer.get(f"{offices.desk}/registrations/{one}")
        assert (shown.status_code, "INTERNAL" in page(shown), "Prepared:" in page(shown)) == (200, False, False)


def test_the_reason_of_a_return_is_not_what_was_said_about_a_place_since(offices: Offices) -> None:
    ref = offices.member()
    offices.decide(ref, "return", reason="The title is missing.")
    with offices.at_work():
        waiting.give_place(offices.row(ref), by=offices.actor(offices.officer), reason="Asked by telephone")
    with offices.looking():
        assert offices.row(ref).reason == "The title is missing."


def test_a_question_is_asked_answered_and_seen_by_both_sides(offices: Offices) -> None:
    ref = offices.member(email="dewi@mail.example")
    focal, desk = offices.as_(offices.focal_point), f"{offices.desk}/registrations"
    own = f"{offices.me}/registrations/{ref}"
    assert focal.send(f"{own}/messages", text="May she bring a camera?", _key="q").status_code == 303
    assert focal.send(f"{own}/messages", text="May she bring a camera?", _key="q").status_code == 303
    assert count(Remark) == 1
    answer = focal.send(f"{own}/messages", text=" ")
    assert (answer.status_code, "Write something first." in page(answer)) == (422, True)
    officer = offices.as_(offices.officer)
    assert "Contoh" in page(officer.get(f"{desk}?asked=yes"))
    assert "Answer the question of 1 participant" in page(officer.get(f"{offices.desk}/"))
    assert officer.send(f"{desk}/{ref}/messages", text="<b>Yes</b>, without flash.").status_code == 303
    assert "No registration matches" in page(officer.get(f"{desk}?asked=yes"))
    shown = page(focal.get(own))
    assert "&lt;b&gt;Yes&lt;/b&gt;, without flash." in shown
    assert "May she bring a camera?" in page(officer.get(f"{desk}/{ref}"))


def test_it_is_taken_given_and_left(offices: Offices) -> None:
    ref = offices.member()
    client, url = offices.as_(offices.security), f"{offices.desk}/registrations/{ref}/assignee"
    assert client.send(url, assignee=offices.officer.ref).status_code == 303
    assert client.send(url, assignee=offices.viewer.ref).status_code == 404
    assert client.send(url, assignee=offices.focal_point.ref).status_code == 404
    mine = offices.as_(offices.officer).get(f"{offices.desk}/registrations/mine", follow_redirects=True)
    assert "Contoh" in page(mine)
    assert "Contoh" not in page(client.get(f"{offices.desk}/registrations/mine", follow_redirects=True))
    assert client.send(url, assignee="").status_code == 303
    assert "Contoh" in page(client.get(f"{offices.desk}/registrations?assignee=none"))


def test_the_ledger_tells_everything_in_one_list(offices: Offices) -> None:
    offices.with_steps(Office.PROTOCOL)
    ref = offices.member(email="dewi@mail.example")
    offices.clear(ref, Office.PROTOCOL, offices.protocol)
    offices.decide(ref, "return", defects=[{"field": "rank", "text": "Which rank?"}])
    offices.correct(ref, offices.focal_point, functional_title="Minister")
    offices.decide(ref, "submit", offices.focal_point)
    offices.decide(ref, "hold", reason="Until Monday.")
    shown = page(offices.as_(offices.officer).get(f"{offices.desk}/registrations/{ref}"))
    order = ["Registration made", "Protocol", "Taken up for review", "Returned for correction", "Which rank?"]
    order += ["Corrected", "Functional title", "Submitted again", "Put on hold", "Until Monday."]
    at = shown.index("Ledger")
    for words in order:
        at = shown.index(words, at)


# --- prepared decisions -----------------------------------------------------------------------------------------------


def test_decisions_are_prepared_seen_and_released_together(offices: Offices) -> None:
    offices.with_steps(four_eyes=True)
    refs = [offices.member(given_name=name, email=f"{name}@mail.example") for name in ("ani", "budi")]
    officer = offices.as_(offices.officer)
    shown = page(officer.get(f"{offices.desk}/registrations/{refs[0]}"))
    assert "Prepare: Accredit" in shown
    for ref in refs:
        url = f"{offices.desk}/registrations/{ref}/accredit"
        assert officer.send(url).status_code == 409
        assert officer.send(url, then="prepare").status_code == 303
    prepared = f"{offices.desk}/registrations/prepared"
    assert "Release 2 prepared decisions" in page(officer.get(f"{offices.desk}/"))
    colleague = offices.as_(offices.colleague)
    assert page(officer.get(prepared)).count("somebody else releases it") == 2
    assert officer.get(f"{prepared}/release").status_code == 303
    assert "You prepared 2 of these decisions yourself" in page(officer.get(prepared))
    assert "Release all 2" in page(colleague.get(prepared))
    assert "4 mails go out at once." in page(colleague.get(f"{prepared}/release"))
    with offices.looking():
        keys = [one.ref for one in queries.prepared(offices.actor(offices.officer), offices.conference)]
    assert [f"{prepared}/release?" in page(by.get(f"{prepared}/{keys[0]}")) for by in (officer, colleague)] == [
        False,
        True,
    ]
    one = page(officer.get(f"{prepared}/{keys[0]}"))
    assert "Accredited: SC" in one
    assert "(a link of their own)" in one
    own = officer.send(f"{prepared}/release", ref=keys)
    assert (own.status_code, page(own).count("You prepared this decision yourself")) == (200, 2)
    assert colleague.send(f"{prepared}/release", ref=keys, _key="r").status_code == 303
    assert colleague.send(f"{prepared}/release", ref=keys, _key="r").status_code == 303
    assert [offices.status(ref) for ref in refs] == [Status.ACCREDITED] * 2
    for ask, path in ((officer.get, ""), (officer.send, "/drop")):
        late = ask(f"{prepared}/{keys[0]}{path}")
        assert (late.status_code, "/prepared" in late.location) == (303, False)
        assert "released or taken out in the meantime" in page(officer.get(late.location))
    assert officer.get(f"{prepared}/release").status_code == 303


def test_several_are_put_on_hold_all_or_none_or_those_that_can(offices: Offices) -> None:
    refs = [offices.member(given_name=name) for name in ("Ani", "Budi", "Citra")]
    offices.decide(refs[1], "withdraw", offices.focal_point)
    client, url = offices.as_(offices.officer), f"{offices.desk}/registrations/selection"
    shown = page(client.get(url, query_string={"ref": refs}))
    assert "possible for 2 of 3, 2 mails go out at once" in re.sub(r"<[^>]+>", "", shown)  # to the focal point
    assert client.send(url, ref=refs, do="hold", reason="").status_code == 422
    refused = client.send(url, ref=refs, do="hold", reason="Until Monday.")
    assert (refused.status_code, "Budi Contoh" in page(refused), "Until Monday." in page(refused)) == (409, True, True)
    assert [offices.status(ref) for ref in refs] == [Status.SUBMITTED, Status.WITHDRAWN, Status.SUBMITTED]
    assert client.send(url, ref=refs, do="hold", reason="Until Monday.", part="possible").status_code == 303
    assert [offices.status(ref) for ref in refs] == [Status.ON_HOLD, Status.WITHDRAWN, Status.ON_HOLD]
    assert client.send(url, ref=refs, do="nonsense").status_code == 400


def test_those_beyond_what_is_decided_at_once_are_said(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "MOST", 2)
    refs = [offices.member(given_name=name) for name in ("Ani", "Budi", "Citra")]
    client, url = offices.as_(offices.officer), f"{offices.desk}/registrations/selection"
    for words in ({"all": "3"}, {"ref": refs}):
        shown = page(client.get(url, query_string=words))
        assert ("2 persons ticked" in shown, "1 more is not among them: at most 2" in shown) == (True, True)
    assert "not among them" not in page(client.get(url, query_string={"ref": refs[:2]}))


@pytest.mark.parametrize("do", ["accredit", "prepare-accredit", "hold", "resume"])
def test_offices_do_for_several_only_what_they_may(offices: Offices, do: str) -> None:
    ref = offices.member()
    url = f"{offices.desk}/registrations/selection"
    assert offices.as_(offices.security).send(url, ref=ref, do=do, reason="x").status_code == 400
    assert offices.as_(offices.viewer).send(url, ref=ref, do=do, reason="x").status_code == 403
    assert offices.status(ref) == Status.SUBMITTED


def test_several_are_cleared_and_taken_at_once(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    refs = [offices.member(given_name=name) for name in ("Ani", "Budi")]
    client, url = offices.as_(offices.security), f"{offices.desk}/registrations/selection"
    assert client.send(url, ref=refs, do="clear-security").status_code == 303
    assert client.send(url, ref=refs, do="take").status_code == 303
    with offices.looking():
        assert queries.waiting_for(Office.SECURITY) == 0
        assert {offices.row(ref).assignee_id for ref in refs} == {offices.security.id}


# --- the track --------------------------------------------------------------------------------------------------------


def test_the_track_of_a_category_is_edited_on_its_page(offices: Offices) -> None:
    client, url = offices.as_(offices.organizer), f"{offices.desk}/categories/{offices.category.ref}"
    for office in ("protocol", "security"):
        assert client.send(f"{url}/steps", office=office).status_code == 303
    assert client.send(f"{url}/steps", office="nonsense").status_code == 422
    second = step_ref(offices, Office.SECURITY)
    assert client.send(f"{url}/steps/{second}/up").status_code == 303
    shown = page(client.get(url))
    assert shown.index("1. Security") < shown.index("2. Protocol")
    assert client.send(f"{url}/steps/{second}/retire").status_code == 303
    assert "Security" not in page(client.get(url)).partition('id="track"')[2].partition("Add a step")[0]
    assert client.send(f"{url}/four-eyes", needed="yes").status_code == 303
    assert "take two persons" in page(client.get(url))
    assert count(TrackStep) == 2
    for account in (offices.officer, offices.viewer):
        assert offices.as_(account).send(f"{url}/steps", office="press").status_code == 403


def test_who_is_admitted_has_no_steps(offices: Offices) -> None:
    online = build.category(offices.conference, code="online", track="admission")
    client, url = offices.as_(offices.organizer), f"{offices.desk}/categories/{online.ref}"
    assert "None: a confirmed address is enough" in page(client.get(url))
    assert client.send(f"{url}/steps", office="security").status_code == 409


# --- the vetting list -------------------------------------------------------------------------------------------------


def test_the_list_goes_out_without_formulas_and_without_passports(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    offices.member(given_name='=HYPERLINK("http://evil.example")')
    client, url = offices.as_(offices.security), f"{offices.desk}/registrations/vetting"
    assert "Your role does not open them" in page(client.get(url)).replace("your role", "Your role")
    missing = client.send(f"{url}/list", format="xlsx", office="security", reason="")
    assert (missing.status_code, "Give the reason" in page(missing)) == (422, True)
    answer = client.send(f"{url}/list", format="xlsx", office="security", reason="Vetting by the host")
    assert answer.status_code == 200
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert "Passport number" not in rows[0]
    assert not any(
        cell.data_type == "f" for row in openpyxl.load_workbook(io.BytesIO(answer.data)).active for cell in row
    )
    assert b"X1234567" not in answer.data
    assert count(Reading) == 0
    assert client.send(f"{url}/list", format="csv", office="security", reason="x", sealed="y").status_code == 403
    assert client.send(f"{url}/list", format="csv", office="protocol", reason="x").status_code == 403


def test_each_passport_on_the_list_is_a_recorded_look(offices: Offices) -> None:
    offices.with_steps(Office.ACCREDITATION)
    ref = offices.member()
    client, url = offices.as_(offices.officer), f"{offices.desk}/registrations/vetting"
    answer = client.send(f"{url}/list", format="csv", office="accreditation", reason="Venue access", sealed="y")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert "X1234567" in rows[1]
    with across_conferences("test"):
        reading = db.session.scalars(select(Reading)).one()
        assert (reading.field, reading.reason, reading.account_id) == (
            "passport_number",
            "Venue access",
            offices.officer.id,
        )
        export = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "export")).one()
        assert export.facts["rows"] == 1
        assert "X1234567" not in str(export.facts)
    own = page(offices.as_(offices.focal_point).get(f"{offices.me}/registrations/{ref}"))
    assert "Venue access" in own or offices.officer.name in own


def test_who_decides_takes_the_lists_of_the_other_offices_but_answers_for_none(offices: Offices) -> None:
    """The host's security looks at passport numbers, which the accreditation officer alone opens."""
    offices.with_steps(Office.SECURITY)
    offices.member()
    client, url = offices.as_(offices.officer), f"{offices.desk}/registrations/vetting"
    assert "no category asks it" in page(client.get(url))  # of the accreditation office
    taken = client.send(f"{url}/list", format="csv", office="security", reason="Vetting by the host", sealed="y")
    assert "X1234567" in taken.data.decode("utf-8-sig")
    assert count(Reading) == 1
    assert upload(client, url, taken.data).status_code == 403
    assert client.send(f"{url}/list", format="csv", office="press", reason="x").status_code == 403  # asked nowhere
    for form in ("list", "results"):
        unnamed = client.send(f"{url}/{form}", format="csv", office="", reason="Typed")
        assert unnamed.status_code == 422
        assert "Choose an office." in page(unnamed)


def upload(client: Any, url: str, content: bytes, name: str = "results.csv", office: str = "security") -> Any:
    return client.send(f"{url}/results", office=office, file=(io.BytesIO(content), name))


def test_results_are_looked_at_row_by_row_before_they_are_recorded(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    refs = [offices.member(given_name=name) for name in ("Ani", "Budi")]
    with offices.looking():
        numbers = [offices.row(ref).number for ref in refs]
    client, url = offices.as_(offices.security), f"{offices.desk}/registrations/vetting"
    table = f"Number,Result,Note\n{numbers[0]},Cleared,\nSC99-9999,Cleared,\n{numbers[1]},Objected,Unknown\n"
    answer = upload(client, url, table.encode())
    shown = page(answer)
    assert answer.status_code == 200
    assert "2 rows say something new." in shown
    assert "There is no registration of this number." in shown
    assert count(Clearance) == 0
    rows = shown.partition('name="rows" value="')[2].partition('"')[0].replace("&#34;", '"').replace("&#39;", "'")
    assert client.send(f"{url}/apply", office="security", rows=rows).status_code == 409
    assert count(Clearance) == 0
    assert client.send(f"{url}/apply", office="security", rows=rows, part="sound").status_code == 303
    assert count(Clearance) == 2
    again = page(upload(client, url, table.encode()))
    assert "0 rows say something new." in again
    assert client.send(f"{url}/apply", office="security", rows=rows, part="sound").status_code == 303
    assert count(Clearance) == 2


def test_the_list_that_went_out_comes_back_as_xlsx(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    offices.member()
    client, url = offices.as_(offices.security), f"{offices.desk}/registrations/vetting"
    taken = client.send(f"{url}/list", format="xlsx", office="security", reason="Vetting")
    book = openpyxl.load_workbook(io.BytesIO(taken.data))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    offered = sheet.data_validations.dataValidation[0]
    assert (offered.sqref, offered.formula1) == (f"{'ABCDEFGHIJKL'[heads.index('Result')]}2", '"Cleared,Objected"')
    assert "Contains personal data" in sheet.oddFooter.left.text
    sheet.cell(2, heads.index("Result") + 1).value = "Diloloskan"  # as the list says it in Indonesian
    out = io.BytesIO()
    book.save(out)
    assert "1 row says something new." in page(upload(client, url, out.getvalue(), "results.xlsx"))


def test_what_changed_since_it_was_looked_at_is_not_cleared(offices: Offices) -> None:
    """Through the list that went out, for several at once, and on the page of one."""
    offices.with_steps(Office.SECURITY)
    ref, other = offices.member(), offices.member(given_name="Budi")
    answers_since = offices.member(given_name="Citra")
    arms = making.question(offices.conference, "arms", looks_again=True, readers=["security_officer"])
    client, url = offices.as_(offices.security), f"{offices.desk}/registrations"
    taken = client.send(f"{url}/vetting/list", format="csv", office="security", reason="Vetting")
    rows = list(csv.reader(io.StringIO(taken.data.decode("utf-8-sig"))))
    selected = page(client.get(f"{url}/selection", query_string={"ref": [ref, other]}))
    seen = re.findall(r'name="seen" value="([^"]+)"', selected)
    version = re.findall(r'name="version" value="([^"]+)"', page(client.get(f"{url}/{ref}")))[0]
    offices.correct(ref, offices.focal_point, passport_number="Y7654321")
    with offices.looking():
        third = offices.row(answers_since)
    making.answer(third, arms, "A rifle")

    result = rows[0].index("Result")
    for row in rows[1:]:
        row[result] = "Cleared"
    brought = page(upload(client, f"{url}/vetting", "\n".join(map(",".join, rows)).encode()))
    assert "1 row says something new" in brought
    told = re.findall(r'class="figures">(\d+)</th>(?:(?!</tr>).)*It was changed since', brought, re.DOTALL)
    assert sorted(told) == ["2", "4"]  # by the numbers of their rows
    several = client.send(f"{url}/selection", ref=[ref, other], seen=seen, do="clear-security")
    assert (several.status_code, "It was changed since you ticked it" in page(several)) == (409, True)
    step = step_ref(offices, Office.SECURITY)
    one = client.send(f"{url}/{ref}/steps/{step}", outcome="cleared", note="Known.", version=version)
    assert (one.status_code, "Known." in page(one)) == (409, True)
    assert count(Clearance) == 0
    again = re.findall(r'name="seen" value="([^"]+)"', page(several))
    assert client.send(f"{url}/selection", ref=[ref, other], seen=again, do="clear-security").status_code == 303
    assert count(Clearance) == 2


def test_an_older_list_takes_nothing_from_what_the_office_said_since(offices: Offices) -> None:
    """Two lists are out; the one that was taken first comes back last. A list that was written by hand says it anew."""
    offices.with_steps(Office.SECURITY)
    offices.member()
    client, url = offices.as_(offices.security), f"{offices.desk}/registrations/vetting"
    head, row = vetting_list(client, url)
    brought(client, url, head, row, result="Objected", note="Unknown to us.")
    shown = page(answer := brought(client, url, head, row, result="Cleared"))
    assert answer.status_code == 409
    assert "The office has said something newer since the list was taken" in shown
    assert f"Said so far: Objected, by {offices.security.name}" in shown
    assert brought(client, url, head, row, result="Cleared", part="sound").status_code == 303
    assert f">{row[0]}</a>" in page(client.get(url)).partition("something newer than the list")[2]
    assert [one.outcome for one in every(Clearance)] == [Outcome.OBJECTED]

    by_hand = [*row[:-1], ""]
    assert brought(client, url, head, by_hand, result="Cleared").status_code == 303
    assert [one.outcome for one in every(Clearance) if one.superseded_at is None] == [Outcome.CLEARED]
    assert "something newer than the list" not in page(client.get(url))


def vetting_list(client: Any, url: str) -> list[list[str]]:
    taken = client.send(f"{url}/list", format="csv", office="security", reason="Vetting")
    return list(csv.reader(io.StringIO(taken.data.decode("utf-8-sig"))))


def brought(client: Any, url: str, head: list[str], row: list[str], part: str = "", **said: str) -> Any:
    """A row of a list brought back with what is written in its columns Result and Note."""
    written = [said.get(name.casefold(), cell) for name, cell in zip(head, row, strict=True)]
    table = io.StringIO()
    csv.writer(table).writerows([head, written])
    shown = page(upload(client, url, table.getvalue().encode()))
    rows = unescape(shown.partition('name="rows" value="')[2].partition('"')[0])
    return client.send(f"{url}/apply", office="security", rows=rows, **{"part": part} if part else {})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04 broken",
        b"A,B\n1,2\n",
        b"Number,Result\n",
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(offices: Offices, content: bytes) -> None:
    offices.with_steps(Office.SECURITY)
    client, url = offices.as_(offices.security), f"{offices.desk}/registrations/vetting"
    assert upload(client, url, content).status_code == 422
    assert client.send(f"{url}/results", office="security").status_code == 422
    assert client.send(f"{url}/apply", office="security", rows="nonsense").status_code == 400


def test_many_results_are_recorded_by_a_job_a_few_at_a_time(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vetting_views, "AT_A_TIME", 1)
    monkeypatch.setattr(tasks, "AT_A_TIME", 1)
    offices.with_steps(Office.SECURITY)
    refs = [offices.member(given_name=name) for name in ("Ani", "Budi", "Citra")]
    with offices.looking():
        known = [offices.row(ref) for ref in refs]
        rows = json.dumps([[2 + n, row.number, "Cleared", "", mark_of(row)] for n, row in enumerate(known)])
        changed = known[1].number
    client, url = offices.as_(offices.security), f"{offices.desk}/registrations/vetting"
    assert client.send(f"{url}/apply", office="security", rows=rows).status_code == 303
    assert count(Clearance) == 0
    with offices.at_work():
        offices.row(refs[1]).person.given_name = "Another"
    jobs.run_due()
    assert count(Clearance) == 2
    assert [offices.status(ref) for ref in refs] == [Status.UNDER_REVIEW, Status.SUBMITTED, Status.UNDER_REVIEW]
    assert f">{changed}</a>" in page(client.get(url)), "who was left out is named"
    assert client.send(f"{url}/apply", office="security", rows=rows, part="sound").status_code == 303
    assert "were not recorded" in page(client.get(url))
    row = json.dumps([[2, changed, "Cleared", ""]])
    assert client.send(f"{url}/apply", office="security", rows=row).status_code == 303
    assert "were not recorded" not in page(client.get(url))
    with across_conferences("test"):
        stored = db.session.scalars(select(StoredFile).where(StoredFile.name == "vetting.json")).one()
        assert stored.erased_at is not None


# --- substitution -----------------------------------------------------------------------------------------------------

NEW = {"given_name": "Ayu", "family_name": "Misal", "language": "en", "data_use": "y", "rank": "other"}


def test_the_focal_point_replaces_a_member_after_seeing_what_is_taken_over(offices: Offices) -> None:
    ref = offices.member(capacity="deputy")
    offices.decide(ref, "accredit")
    client, url = offices.as_(offices.focal_point), f"{offices.me}/registrations/{ref}/replace"
    shown = page(client.get(url))
    assert "Capacity in the delegation: Deputy head of delegation" in shown
    bad = client.send(url, **{**NEW, "given_name": ""}, taken="capacity:capacity")
    assert bad.status_code == 422
    answer = client.send(url, **NEW, taken="capacity:capacity", _key="s")
    assert answer.status_code == 303
    assert client.send(url, **NEW, taken="capacity:capacity", _key="s").status_code == 303
    with offices.looking():
        (new,) = offices.row(ref).replaced_by
        assert (new.person.given_name, str(new.capacity)) == ("Ayu", "deputy")
        number = offices.row(ref).number
    assert client.send(url, **NEW).status_code == 409
    gate, door = offices.as_(build.staff(offices.conference, Role.GATE_STAFF)), f"{offices.desk}/attendance"
    for shown in (gate.get(f"{door}?number={number}"), gate.send(door, number=number, do="note")):
        assert f"nobody enters with it. {new.number} came in its place." in page(shown)
    assert shown.status_code == 422


def test_only_the_focal_point_and_the_offices_find_the_way_to_replace(offices: Offices) -> None:
    ref = offices.member(email="dewi@mail.example")
    with offices.looking():
        person = offices.row(ref).person_id
    member = build.account()
    build.mandate(member, Role.DELEGATE, offices.conference, person_id=person)
    stranger = build.account()
    other = build.delegation(offices.conference)
    build.mandate(stranger, Role.FOCAL_POINT, offices.conference, delegation_id=other.id)
    for account in (member, stranger, build.account()):
        assert offices.as_(account).get(f"{offices.me}/registrations/{ref}/replace").status_code == 404
    for account in (offices.viewer, offices.security):
        assert offices.as_(account).get(f"{offices.desk}/registrations/{ref}/replace").status_code == 403
    for account in (offices.officer, offices.protocol):
        assert offices.as_(account).get(f"{offices.desk}/registrations/{ref}/replace").status_code == 200


# --- outsiders --------------------------------------------------------------------------------------------------------


def test_outsiders_find_nothing(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    ref = offices.member()
    key = offices.prepare(ref, "refuse", reason="No.")
    desk = f"{offices.desk}/registrations"
    step = step_ref(offices, Office.SECURITY)
    posts = {
        f"{desk}/{ref}/steps/{step}": {"outcome": "cleared"},
        f"{desk}/{ref}/return": {"reason": "x"},
        f"{desk}/{ref}/messages": {"text": "x"},
        f"{desk}/{ref}/notes": {"text": "x"},
        f"{desk}/{ref}/assignee": {"assignee": ""},
        f"{desk}/{ref}/replace": NEW,
        f"{desk}/prepared/release": {"ref": key},
        f"{desk}/prepared/{key}/drop": {},
        f"{desk}/selection": {"ref": ref, "do": "hold", "reason": "x"},
        f"{desk}/vetting/list": {"office": "security", "reason": "x"},
        f"{desk}/vetting/apply": {"office": "security", "rows": "[]"},
    }
    gets = [f"{desk}/prepared", f"{desk}/prepared/{key}", f"{desk}/vetting", f"{desk}/mine", f"{desk}/{ref}/return"]
    foreign = build.conference()
    outsiders = {
        "nobody": (None, {303}),
        "focal point": (offices.focal_point, {403, 404}),
        "officer elsewhere": (build.staff(foreign, Role.ACCREDITATION_OFFICER), {404}),
    }
    for name, (account, expected) in outsiders.items():
        client = offices.as_(account)
        for url, fields in posts.items():
            assert client.send(url, **fields).status_code in expected, (name, url)
        for url in gets:
            assert client.get(url).status_code in expected, (name, url)
    assert offices.status(ref) == Status.UNDER_REVIEW
    with offices.looking():
        assert offices.row(ref).prepared is not None


def test_pages_ask_as_much_for_three_as_for_one(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY, four_eyes=True)
    client = offices.as_(offices.colleague)
    offices.prepare(offices.member(given_name="Ani"), "refuse", reason="No.")
    addresses = [f"{offices.desk}/registrations/prepared", f"{offices.desk}/registrations/prepared/release"]

    def asked() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with build.count_queries() as counted:
                assert client.get(address).status_code == 200
            found.append(counted.number)
        return found

    one = asked()
    for name in ("Budi", "Citra"):
        offices.prepare(offices.member(given_name=name), "refuse", reason="No.")
    assert asked() == one
