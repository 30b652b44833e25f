"""The page of the editor: as many statements for three hundred paragraphs as for one, and never an old text."""

from confapp.documents import actions, queries
from confapp.documents.rules import BlockKind
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/documents/"


def test_statements_do_not_grow_with_the_text(client, conference, editor, by, statements):
    small, large = making.empty(conference, by), making.document(conference, by)
    desk = client.sign_in(editor)

    def look(ref):
        assert desk.get(DESK + f"{ref}/").status_code == 200

    counts = [statements(lambda ref=ref: look(ref)) for ref in (small, large)]
    assert counts[0] == counts[1]
    assert statements(lambda: look(large)) == counts[1] - 1  # the words are drawn already


def test_what_changes_is_seen_at_once_in_every_language_of_the_page(client, conference, editor, by):
    ref = making.document(conference, by)
    desk = client.sign_in(editor)
    assert "Numbered paragraph" not in desk.get(DESK + f"{ref}/").text
    for language, word in (("en", "Edit"), ("id", "Ubah")):
        shown = desk.get(f"/{language}{DESK}{ref}/").text
        assert f">{word}<span" in shown
        assert f'href="/{language}{DESK}{ref}/blocks/' in shown
    making.write(conference, ref, 4, "en", "*Affirm* <anew>;", by)
    shown = desk.get(DESK + f"{ref}/").text
    assert "<em>Affirm</em> &lt;anew&gt;;" in shown
    assert shown.count("Older than the original") == 1
    with writing_in(conference):
        document = queries.document(ref)
        actions.change_kind(document, queries.draft(document).rows[4].block, BlockKind.PARAGRAPH, by=by)
    assert 'class="editor-row paragraph level-0"' in desk.get(DESK + f"{ref}/").text
