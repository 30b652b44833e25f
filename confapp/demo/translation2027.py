"""Work on languages in the sample conference: its terms, and a paper that is being translated."""

from confapp.demo.content import Block, Document, Text

TERMS: tuple[tuple[Text, Text, str], ...] = (
    (
        {"en": "focal point", "id": "narahubung", "ar": "جهة الاتصال; جهة اتصال"},
        {"id": "titik fokus"},
        "Of a delegation; a person, not a place.",
    ),
    ({"en": "early warning", "id": "peringatan dini", "ar": "الإنذار المبكر"}, {}, ""),
    (
        {"en": "disaster risk reduction", "id": "pengurangan risiko bencana", "ar": "الحد من مخاطر الكوارث"},
        {"id": "pengurangan resiko bencana"},
        "",
    ),
    ({"en": "capacity building; capacity-building", "id": "peningkatan kapasitas", "ar": "بناء القدرات"}, {}, ""),
    ({"en": "outcome document", "id": "dokumen hasil", "ar": "الوثيقة الختامية"}, {}, ""),
)


def _block(kind: str, en: str, id_: str = "", ar: str = "") -> Block:
    return Block(kind, {code: words for code, words in (("en", en), ("id", id_), ("ar", ar)) if words})


GUIDE = Document(
    symbol="SAMPLE/2027/L.6",
    kind="working_paper",
    title={
        "en": "Sample guide to writing warnings",
        "id": "Contoh panduan menulis peringatan",
        "ar": "نموذج دليل لكتابة الإنذارات",
    },
    languages=("en", "id", "ar"),
    authentic=("en",),
    published=False,
    blocks=(
        _block(
            "title",
            "Sample guide to writing warnings",
            "Contoh panduan menulis peringatan",
            "نموذج دليل لكتابة الإنذارات",
        ),
        _block("heading", "Before a warning", "Sebelum peringatan", "قبل الإنذار"),
        _block(
            "operative",
            "Agree beforehand with each focal point who issues an early warning.",
            "Sepakati terlebih dahulu dengan setiap narahubung siapa yang mengeluarkan peringatan dini.",
            "اتفقوا مسبقًا مع كل جهة اتصال على من يصدر الإنذار المبكر.",
        ),
        _block(
            "operative",
            "Test the channels once a year.",
            "Uji salurannya sekali setahun.",
            "اختبروا القنوات مرة في السنة.",
        ),
        _block("heading", "The words", "Kata-katanya", "الصياغة"),
        _block(
            "operative",
            "Say what happens, where, and what to do, in short sentences.",
            "Katakan apa yang terjadi, di mana, dan apa yang harus dilakukan, dengan kalimat pendek.",
        ),
        _block("operative", "Give the hour of the warning and its author.", "Sebutkan jam peringatan dan penulisnya."),
    ),
    amendments=(("Test the channels once a year", {"en": "Test the channels twice a year, once without notice."}),),
)
CHECKED = 3  # paragraphs of its Indonesian text that somebody has checked
NOTE = "Please use the glossary; the paper is discussed in the rehearsal."
