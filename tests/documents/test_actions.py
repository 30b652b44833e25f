"""What changes documents: nothing is overwritten, a lost race is refused, an issue is whole or not there."""

import pytest
from sqlalchemy import func, select

from confapp.documents import actions, queries
from confapp.documents.models import BlockText, Document, Publication
from confapp.documents.rules import BlockKind, DocumentKind, IssueState, Manner, Status
from confapp.documents.rules.formats import wanted
from confapp.documents.rules.kinds import Modification
from confapp.foundation import audit, files, jobs, known, pdf
from confapp.foundation.access import ANONYMOUS
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Forbidden, Refused
from tests import build
from tests.documents import making
from tests.documents.making import writing_in


def opened(ref: str) -> Document:
    found = queries.document(ref)
    assert found is not None
    return found


def labels(conference, ref) -> list[str]:
    with in_conference(conference.id):
        return [row.label for row in queries.draft(opened(ref)).rows]


def test_blocks_stand_where_they_were_added(conference, by):
    ref = making.document(conference, by)
    with in_conference(conference.id):
        rows = queries.draft(opened(ref)).rows
        assert [row.block.kind for row in rows] == [BlockKind.TITLE, *(kind for kind, _en, _id in making.TEXT)]
        assert [row.label for row in rows] == ["", "", "", "", "1.", "2.", "(a)", "(b)", "", ""]
        annex = rows[-2].block.id
        assert rows[-1].place.parent_id == annex


def test_a_paragraph_can_be_added_in_between(conference, by):
    ref = making.document(conference, by)
    with writing_in(conference):
        document = opened(ref)
        rows = queries.draft(document).rows
        actions.add_block(
            document, BlockKind.OPERATIVE, {"en": "*Note* this;", "id": "*Catat*;"}, after=rows[4].block, by=by
        )
        actions.add_block(document, BlockKind.LIST_ITEM, {"en": "first;", "id": "awal;"}, after=rows[5].block, by=by)
    with in_conference(conference.id):
        shown = [row.texts["en"].inline for row in queries.draft(opened(ref)).rows]
    assert labels(conference, ref) == ["", "", "", "", "1.", "2.", "3.", "(a)", "(b)", "(c)", "", ""]
    assert shown[7] == [{"t": "first;"}]


def test_moving_takes_along_what_stands_below(conference, by):
    ref = making.document(conference, by)
    with writing_in(conference):
        document = opened(ref)
        actions.move_block(document, queries.draft(document).rows[5].block, -1, by=by)
    assert labels(conference, ref) == ["", "", "", "", "1.", "(a)", "(b)", "2.", "", ""]
    with writing_in(conference):
        document = opened(ref)
        block = queries.draft(document).rows[6].block
        with pytest.raises(Refused):
            actions.move_block(document, block, 1, by=by)


def test_deleting_hides_what_stands_below_and_can_be_undone(conference, by):
    ref = making.document(conference, by)
    with writing_in(conference):
        document = opened(ref)
        actions.show_block(document, queries.draft(document).rows[5].block, False, by=by)
    assert labels(conference, ref) == ["", "", "", "", "1.", "", ""]
    with writing_in(conference):
        document = opened(ref)
        hidden = next(row for row in queries.draft(document).hidden if not row.place.is_shown)
        actions.show_block(document, hidden.block, True, by=by)
    assert labels(conference, ref) == ["", "", "", "", "1.", "2.", "(a)", "(b)", "", ""]


def test_the_title_stays(conference, by):
    ref = making.document(conference, by)
    with writing_in(conference):
        document = opened(ref)
        block = queries.draft(document).rows[0].block
        with pytest.raises(Refused):
            actions.show_block(document, block, False, by=by)


def test_texts_are_appended_and_the_newest_is_the_drafts(conference, by):
    ref = making.document(conference, by)
    making.write(conference, ref, 4, "en", "*Affirm* that tests help much;", by)
    with in_conference(conference.id):
        row = queries.draft(opened(ref)).rows[4]
        past = [one for one in queries.history(row.block) if one.text.language == "en"]
        written = [one.text.inline for one in past]
    assert [(change.kind, change.words) for change in past[0].changes if change.kind != "same"] == [("ins", " much")]
    assert written == [
        [{"em": "Affirm"}, {"t": " that tests help much;"}],
        [{"em": "Affirm"}, {"t": " that tests help;"}],
    ]
    assert row.behind == ["id"]


def test_the_same_text_is_not_written_twice(conference, by):
    ref = making.document(conference, by)
    before = count(BlockText)
    making.write(conference, ref, 4, "en", "*Affirm* that tests help;", by)
    assert count(BlockText) == before


def count(model) -> int:
    with across_conferences("a test counts"):
        return db.session.scalar(select(func.count()).select_from(model))


def test_a_translation_can_be_said_to_fit_the_changed_original(conference, by):
    ref = making.document(conference, by)
    making.write(conference, ref, 4, "en", "*Affirm* that tests help greatly;", by)
    with writing_in(conference):
        document = opened(ref)
        row = queries.draft(document).rows[4]
        same = row.texts["id"]
        actions.write_text(
            document, row.block, "id", "*Menegaskan* bahwa uji membantu;", base=same.sha256, by=by, is_checked=True
        )
    with in_conference(conference.id):
        assert queries.draft(opened(ref)).behind == []


def test_two_who_write_the_same_paragraph_both_keep_their_text(conference, by):
    ref = making.document(conference, by)
    with in_conference(conference.id):
        base = queries.draft(opened(ref)).rows[4].texts["en"].sha256
    making.write(conference, ref, 4, "en", "*Affirm* what the first one wrote;", by)
    with writing_in(conference):
        document = opened(ref)
        block = queries.draft(document).rows[4].block
        with pytest.raises(actions.Conflict) as refusal:
            actions.write_text(document, block, "en", "*Affirm* what the second one wrote;", base=base, by=by)
    assert refusal.value.status == 409
    assert refusal.value.theirs.inline == [{"em": "Affirm"}, {"t": " what the first one wrote;"}]


def test_a_symbol_is_used_once_in_a_conference(conference, by):
    making.document(conference, by)
    with pytest.raises(Refused) as refusal:
        making.document(conference, by)
    assert refusal.value.field == "symbol"
    making.document(build.conference("other-2027"), by)


def test_freezing_keeps_the_text_and_opens_a_new_draft(conference, by):
    ref = making.document(conference, by)
    with writing_in(conference):
        first = actions.freeze(opened(ref), by=by)
        assert (first.number, first.label) == (1, "")
        assert actions.freeze(opened(ref), by=by) is first
    making.write(conference, ref, 4, "en", "*Affirm* something else;", by)
    with writing_in(conference):
        second = actions.freeze(opened(ref), by=by)
        assert (second.number, second.label) == (2, "Rev.1")
    with in_conference(conference.id):
        document = opened(ref)
        old = queries.reading(document, queries.version(document, 1), "en")
        new = queries.reading(document, queries.version(document, 2), "en")
    assert [p.inline for p in old.paragraphs][3] == [{"em": "Affirm"}, {"t": " that tests help;"}]
    assert [p.inline for p in new.paragraphs][3] == [{"em": "Affirm"}, {"t": " something else;"}]


def test_adoption_needs_a_complete_text_and_freezes_it(conference, by):
    ref = making.document(conference, by)
    with writing_in(conference):
        document = opened(ref)
        actions.add_block(document, BlockKind.OPERATIVE, {"en": "*Also* this."}, by=by)
    with pytest.raises(Refused, match="1 paragraphs"):
        making.adopt(conference, ref, by)
    with in_conference(conference.id):
        assert opened(ref).status == Status.DRAFT
        number = len(queries.draft(opened(ref)).rows) - 1
    making.write(conference, ref, number, "id", "*Juga* ini.", by)
    making.adopt(conference, ref, by)
    with in_conference(conference.id):
        document = opened(ref)
        assert document.status == Status.ADOPTED
        assert document.latest_frozen.adoption.manner == Manner.CONSENSUS


def test_only_an_adopted_outcome_is_published(conference, by):
    ref = making.document(conference, by)
    with pytest.raises(Refused, match="first adopted"):
        making.prepare(conference, ref, by)


@pytest.mark.parametrize("modification", Modification)
def test_what_extends_an_outcome_is_the_secretariats_unless_it_amends_it(conference, by, modification):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    with writing_in(conference):
        extending = actions.extend(opened(ref), modification, languages=["en"], by=by).ref
    if modification == Modification.AMENDMENT:
        with pytest.raises(Refused, match="first adopted"):
            making.prepare(conference, extending, by)
    else:
        assert making.publish(conference, extending, by) == 1


def test_another_paper_is_published_without_adoption(conference, by):
    ref = making.document(conference, by, kind=DocumentKind.INFORMATION_NOTE)
    with pytest.raises(Refused, match="outcome documents only"):
        making.adopt(conference, ref, by)
    assert making.publish(conference, ref, by) == 1


def test_strangers_neither_adopt_nor_publish(conference, by):
    ref = making.document(conference, by)
    with pytest.raises(Forbidden):
        making.adopt(conference, ref, ANONYMOUS)
    making.adopt(conference, ref, by)
    with pytest.raises(Forbidden):
        making.prepare(conference, ref, ANONYMOUS)


def test_an_issue_has_all_its_files_or_none(conference, by, monkeypatch):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    rendered, real = [], pdf.render

    def fail_at_the_second(*arguments, **options):
        rendered.append(options["language"])
        if len(rendered) == 2:
            raise pdf.RenderingFailed("No installed font can print these characters: X.")
        return real(*arguments, **options)

    monkeypatch.setattr(pdf, "render", fail_at_the_second)
    making.prepare(conference, ref, by)
    jobs.run_due()
    with in_conference(conference.id):
        document = opened(ref)
        assert document.issues[0].state == IssueState.FAILED
        assert document.status == Status.ADOPTED
        assert queries.job(document.issues[0]).message.startswith("No installed font")
        assert count(Publication) == 0
        assert document.newest_public_issue is None


def test_without_pango_a_publication_waits(conference, by, monkeypatch):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)

    def missing(*arguments, **options):
        raise pdf.PangoMissing

    monkeypatch.setattr(pdf, "render", missing)
    making.prepare(conference, ref, by)
    jobs.run_due()
    with in_conference(conference.id):
        issue = opened(ref).issues[0]
        assert issue.state == IssueState.PREPARING
        assert "Pango is missing" in queries.job(issue).message


def test_without_a_signature_nothing_is_published(conference, by, monkeypatch):
    """The key is lost: the publication waits with the reason, and goes on when there is one again."""
    from confapp.foundation import signing

    ref = making.document(conference, by)
    making.adopt(conference, ref, by)

    def lost(*arguments):
        raise signing.CannotSign("The signing key is not there.")

    with monkeypatch.context() as patch:
        patch.setattr(signing.Hand, "pdf", lost)
        making.prepare(conference, ref, by)
        jobs.run_due()
    with in_conference(conference.id):
        issue = opened(ref).issues[0]
        assert issue.state == IssueState.PREPARING
        assert "signing key is not there" in queries.job(issue).message
        assert count(Publication) == count(known.KnownFile) == 0


def test_publishing_runs_no_slow_work_under_the_lock(conference, by, monkeypatch):
    from confapp.foundation import transactions

    real, seen = pdf.render, []

    def watched(*arguments, **options):
        seen.append(transactions.is_writing())
        return real(*arguments, **options)

    monkeypatch.setattr(pdf, "render", watched)
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    assert seen
    assert not any(seen)


def test_a_publication_run_twice_is_one_publication(conference, by):
    from confapp.documents import tasks

    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    with in_conference(conference.id):
        issue = opened(ref).issues[0]
        hashes = {(one.language, one.format): one.sha256 for one in issue.publications}
        assert set(hashes) == set(wanted(["en", "id"], "en"))
        tasks.publish(issue=issue.id)
    with in_conference(conference.id):
        assert {(one.language, one.format): one.sha256 for one in opened(ref).issues[0].publications} == hashes


def test_the_worker_killed_while_publishing_makes_the_same_bytes_again(conference, by):
    """What a first run would have stored is what the second one stores: preparing an issue fixes its input."""
    from confapp.documents import printing, tasks

    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.prepare(conference, ref, by)
    with in_conference(conference.id):
        row = opened(ref).issues[0]
        texts = [queries.reading(row.document, row.version, code, row) for code in ("en", "id")]
        address = tasks.verify_address(row.code)
    first = list(printing.files_of(texts, address, lambda share, language: None, lambda unsigned: unsigned))
    jobs.run_due()
    with in_conference(conference.id):
        issue = opened(ref).issues[0]
        made = known.about(known.Kind.ISSUE, issue.id)
        published = {(one.language, one.format): one.unsigned_sha256 or one.sha256 for one in made}
        assert {one.sha256 for one in made} == {one.sha256 for one in issue.publications}
    assert {(language, file_format): sha256 for language, file_format, sha256, _size, _type in first} == published


def test_a_second_issue_supersedes_the_first(conference, by):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    with pytest.raises(Refused, match="published already"):
        making.prepare(conference, ref, by)
    making.write(conference, ref, 4, "en", "*Affirm* more;", by)
    making.write(conference, ref, 4, "id", "*Menegaskan* lagi;", by)
    making.adopt(conference, ref, by)
    assert making.publish(conference, ref, by) == 2
    with in_conference(conference.id):
        first, second = opened(ref).issues
        assert (first.is_current, second.is_current) == (False, True)
        assert second.supersedes_id == first.id
        assert first.sha256 != second.sha256


def test_withdrawing_asks_for_a_reason_and_can_be_resumed(conference, by):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    with pytest.raises(Refused), writing_in(conference):
        actions.withdraw(opened(ref), {"en": " "}, by=by)
    with writing_in(conference):
        actions.withdraw(opened(ref), {"en": "Published by mistake."}, by=by)
    with in_conference(conference.id):
        document = opened(ref)
        assert document.status == Status.WITHDRAWN
        assert document.issues[0].state == IssueState.WITHDRAWN
    with pytest.raises(Refused):
        making.write(conference, ref, 4, "en", "changed", by)
    with writing_in(conference):
        actions.resume(opened(ref), by=by)
    making.write(conference, ref, 4, "en", "changed", by)


def test_every_act_is_in_the_record_and_the_chain_holds(conference, by):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    with across_conferences("a test reads the record"):
        verbs = list(db.session.scalars(select(audit.AuditEntry.verb).order_by(audit.AuditEntry.id)))
        assert verbs[0] == "documents.create"
        assert verbs.count("documents.add_block") == len(making.TEXT)
        verbs = [verb for verb in verbs if verb.startswith("documents.")]
        steps = ["adopt", "prepare", "prepared", "publish"]
        assert verbs[-4:] == [f"documents.{step}" for step in steps]
        assert audit.verify() == []


def test_published_bytes_are_those_that_are_stored(conference, by):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    with in_conference(conference.id):
        for one in opened(ref).issues[0].publications:
            assert files.read(one.file)
            assert one.file.sha256 == one.sha256


def test_a_symbol_of_a_published_document_stays(conference, by):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    with writing_in(conference):
        document = opened(ref)
        kept = {"kind": document.kind, "nature": document.nature, "authentic_languages": [], "submitted_by": {}}
        with pytest.raises(Refused) as refusal:
            actions.change_details(document, symbol="TEST/2", by=by, **kept)
    assert refusal.value.field == "symbol"


def test_another_conference_sees_nothing_of_it(conference, by):
    ref = making.document(conference, by)
    other = build.conference("other-2027")
    with in_conference(other.id):
        assert queries.document(ref) is None
        assert queries.register() == []
        assert queries.with_symbol("TEST/1/L.1") is None
