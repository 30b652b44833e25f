"""Two people write one text: drafts that survive, who is where, a conflict, keys, paste, words replaced."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.hands import Mouse

DESK = "/desk/sample-2027/documents"
FROM_WORD = """<html><body><style>p {}</style><p class=MsoNormal><i>Recalling</i> what <b>was*</b> said,</p>
<p><span style='mso-list:Ignore'>1. </span>Second <del>gone</del><script>alert(1)</script> one.</p></body></html>"""
# As Word, LibreOffice and an online editor put a footnote on the clipboard.
SIGN = """<span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference><span lang=EN-GB style='font-size:12.0pt'>[1]</span></span><![endif]></span></span>"""
WITH_NOTES = [
    f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=EN-GB><!--StartFragment-->
<p class=MsoNormal><i>Recalling</i> the record<a style='mso-footnote-id:ftn1' href="#_ftn1"
name="_ftnref1" title="">{SIGN}</a>
of 2026,</p><div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all>
<hr align=left size=1 width="33%">
<![endif]><div style='mso-element:footnote' id=ftn1><p
class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1" title="">{SIGN}</a> See <i>Collected Papers</i>, vol. [2],</p>
<p class=MsoFootnoteText>p. 3.</p></div></div>
<!--EndFragment--></body></html>""",
    """<p><i>Recalling</i> the record<a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a>
of 2026,</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a>See <i>Collected Papers</i>, vol. [2], p. 3.</p></div>""",
    """<p><i>Recalling</i> the record<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> of 2026,</p><hr><div><p>
<a href="#ftnt_ref1" id="ftnt1">[1]</a> See <span
style="font-style:italic">Collected Papers</span>, vol. [2], p. 3.</p></div>""",
]
NOTED = r"*Recalling* the record^[See *Collected Papers*, vol. \[2\], p. 3.] of 2026,"
PASTE = """([field, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  field.focus();
  field.select();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_two_people_write_one_text(hands_of: Callable[..., list[Mouse]]) -> None:
    one, two = hands_of("Administrator", "Organizer")
    one.open(f"{DESK}/new")
    one.page.locator("input[name=begins]").uncheck()
    one.fill(title__en="Text of two", title__id="Teks berdua", symbol="TWO/2027/L.1").press("Create the document")
    document = one.page.url.split("#")[0].rstrip("/")
    one.open(f"{document}/import").fill(words="Text of two\n\n1. Affirms trust.\n\n2. Decides to trust all.")
    one.press("Read it").press("Take it into the draft")
    page = one.page
    page.locator(".editor-row", has_text="Affirms").get_by_role("link", name="Edit").click()
    field = page.locator("textarea[lang=en]")
    field.press("End")
    field.type(" And more")
    expect(page.locator("#kept")).to_contain_text("Kept as your draft")

    # The other one sees that somebody is here, and does not see the draft.
    two.open(f"{document}/")
    row = two.page.locator(".editor-row", has_text="Affirms")
    expect(row.locator("[data-writer]")).to_contain_text("is writing here", timeout=15_000)
    expect(row).not_to_contain_text("And more")
    row.get_by_role("link", name="Edit").click()
    two.page.locator("textarea[lang=en]").fill("*Affirms* theirs.")
    two.page.keyboard.press("Control+Enter")
    expect(two.page.locator(".editor-row", has_text="theirs")).to_have_count(1)

    # Leaving keeps what was typed last, and saving over the other's text shows both.
    field.type(" yet")
    page.keyboard.press("Alt+PageDown")
    expect(page.locator("textarea[lang=en]")).to_have_value("Decides to trust all.")
    page.keyboard.press("Alt+PageUp")
    one.reads("You had not saved this")
    expect(page.locator("textarea[lang=en]")).to_have_value("Affirms trust. And more yet")
    page.locator("textarea[lang=en]").focus()
    page.keyboard.press("Control+Shift+Enter")
    one.reads("Two people wrote this paragraph at the same time").reads("Affirms theirs.")
    expect(page.locator("textarea[lang=en]")).to_have_value("Affirms trust. And more yet")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("textarea[lang=en]")).to_have_value("Decides to trust all.")
    one.does_not_read("You had not saved this")

    # Paste from a word processor.
    for html in WITH_NOTES:
        page.evaluate(PASTE, [page.locator("textarea[lang=en]").element_handle(), html])
        expect(page.locator("textarea[lang=en]")).to_have_value(NOTED)
    page.evaluate(PASTE, [page.locator("textarea[lang=en]").element_handle(), FROM_WORD])
    pasted = "*Recalling* what **was\\*** said,\n\nSecond one."
    expect(page.locator("textarea[lang=en]")).to_have_value(pasted)
    expect(page.locator("#kept")).to_contain_text("Several paragraphs were pasted")
    one.press("Save and divide at empty lines")
    expect(page.locator(".editor-row.operative")).to_have_count(3)

    # Words replaced in one act, and taken back.
    one.follow("Find and replace", within="main").fill(find="trust", replacement="confidence").press("Show where")
    one.press("Replace in the ticked texts").open(f"{document}/").reads("Affirms confidence. And more yet")
    one.follow("Find and replace", within="main").press("Take back")
    one.open(f"{document}/").reads("Affirms trust. And more yet")
