"""The catalogues of interface strings: complete, with the placeholders of their sources, and shown as they are."""

import ast
import re

import pytest
from babel.messages.pofile import read_po

from confapp.foundation import catalogues, languages

MARKS = set(catalogues.KEYWORDS) - {"pgettext"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[-#0-9.]*[a-z]|\{\}")


def messages(code: str):
    with (languages.CATALOGUES / code / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return [message for message in read_po(source, locale=code) if message.id and message.string]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_no_message_is_missing():
    assert catalogues.faults() == []


def test_every_marked_string_is_found():
    """What is marked inside an f-string escapes the search for messages, and would be shown in English for ever."""
    known = {one.id[0] if isinstance(one.id, tuple) else one.id for one in catalogues.extracted() if one.id}
    lost = []
    for file in sorted((catalogues.ROOT / "confapp").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
                said = getattr(node.args[0], "value", None)
                lost += [(file.name, said)] if isinstance(said, str) and said and said not in known else []
    assert lost == []


@pytest.mark.parametrize("code", ["id", "ar"])
def test_translations_keep_the_placeholders_of_their_source(code):
    wrong = []
    for message in messages(code):
        if isinstance(message.id, tuple):
            # "one" and "two" may be words, so only the number may be left out
            needed = set(placeholders(message.id[1])) - {"num"}
            fits = all(set(placeholders(form)) - {"num"} == needed for form in message.string if form)
        else:
            fits = placeholders(message.string) == placeholders(message.id)
        if not fits:
            wrong.append((message.id, message.string))
    assert wrong == []


@pytest.mark.parametrize("code", ["id", "ar"])
def test_translations_keep_the_spaces_and_the_markup_of_their_source(code):
    for message in messages(code):
        source = message.id[0] if isinstance(message.id, tuple) else message.id
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for form in filter(None, forms):
            assert form == form.strip() or source != source.strip(), source
            assert form.count("<") == source.count("<"), source


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0 دقيقة"),
        (1, "دقيقة واحدة"),
        (2, "دقيقتان"),
        (3, "3 دقائق"),
        (10, "10 دقائق"),
        (11, "11 دقيقة"),
        (99, "99 دقيقة"),
        (100, "100 دقيقة"),
        (103, "103 دقائق"),
    ],
)
def test_arabic_counts_in_six_forms(number, shown):
    with languages.speaking("ar"):
        assert languages.ngettext("%(num)d minute", "%(num)d minutes", number) == shown


def test_indonesian_counts_in_one_form():
    with languages.speaking("id"):
        assert [languages.ngettext("%(num)d minute", "%(num)d minutes", n) for n in (1, 2)] == ["1 menit", "2 menit"]


def test_an_empty_string_stays_empty():
    """gettext answers an empty message with the catalogue's header."""
    with languages.speaking("id"):
        assert languages.gettext("") == ""


def test_templates_count_with_other_values_too(app):
    source = '{{ ngettext("%(num)d minute of %(who)s", "%(num)d minutes of %(who)s", 3, who="<b>") }}'
    with app.test_request_context("/"):
        assert app.jinja_env.from_string(source).render() == "3 minutes of &lt;b&gt;"
