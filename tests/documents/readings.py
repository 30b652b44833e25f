"""A small text in every printed language as plain values: what files are made of, without a database."""

from datetime import UTC, date, datetime
from typing import Any

from confapp.documents.rules import BlockKind, DocumentKind, Manner, Nature, inline
from confapp.documents.rules.beside import Beside, Cast, EndorsementFacts, OralRevision, StatementFacts, StatementKind
from confapp.documents.rules.composition import Place, paragraphs
from confapp.documents.rules.reading import AdoptionFacts, IssueFacts, Masthead, Reading
from confapp.foundation.languages import PRINTED

ADDRESS = "https://confapp.example/verify/7K3M-XH2P-9QRT"
TITLES = {
    "en": "Message on Shared Practice in Public Communication",
    "id": "Pesan tentang Praktik Bersama dalam Komunikasi Publik",
    "fr": "Message sur l’échange des pratiques de communication publique",
    "es": "Mensaje sobre el intercambio de prácticas de comunicación pública",
    "ru": "Послание об обмене опытом в области общественной коммуникации",
    "ar": "رسالة بشأن تبادل الممارسات في مجال التواصل العام",
    "zh": "关于交流公共传播实践的讯息",
}
# Kind, number of the block above (or none), and the words in the order of PRINTED: en, id, fr, es, ru, ar, zh.
K = BlockKind
TEXT: tuple[tuple[BlockKind, int | None, tuple[str, ...]], ...] = (
    (K.NOTE, None, (
        "This text is a sample.", "Teks ini contoh.", "Ce texte est un exemple.", "Este texto es una muestra.",
        "Этот текст — образец.", "هذا النص عينة.", "本案文为样本。")),
    (K.ORGAN, None, (
        "We, the participating States,", "Kami, Negara-negara peserta,", "Nous, États participants,",
        "Nosotros, los Estados participantes,", "Мы, государства-участники,", "نحن، الدول المشاركة،", "我们，与会各国，")),
    (K.PREAMBULAR, None, (
        "*Recalling* that trust grows where figures are “open”,", "*Mengingat* bahwa kepercayaan tumbuh dari angka terbuka,",
        "*Rappelant* que la confiance naît de chiffres « ouverts »,", "*Recordando* que la confianza nace de cifras abiertas,",
        "*напоминая*, что доверие растет там, где данные «открыты»,", "*وإذ نشير* إلى أن الثقة تنمو حيث تكون الأرقام متاحة،",
        "*回顾*在数字“公开”之处信任才会增长，")),
    (K.HEADING, None, (
        "I. Principles", "I. Prinsip", "I. Principes", "I. Principios", "I. Принципы", "أولا - المبادئ", "一、原则")),
    (K.OPERATIVE, None, (
        "*Affirm* that **every person** may know:", "*Menegaskan* bahwa **setiap orang** boleh tahu:",
        "*Affirmons* que **chacun** peut savoir :", "*Afirmamos* que **toda persona** puede saber:",
        "*подтверждаем*, что **каждый** вправе знать:", "*نؤكد* أن **كل شخص** يحق له أن يعرف:", "*申明***人人**均可知晓：")),
    (K.LIST_ITEM, 4, (
        "who decides & why;", "siapa memutuskan & mengapa;", "qui décide et pourquoi ;", "quién decide y por qué;",
        "кто решает и почему;", "من يقرر ولماذا؛", "由谁决定和为何决定；")),
    (K.LIST_ITEM, 5, (
        "in <plain> words;", "dengan kata <sederhana>;", "en mots <simples> ;", "con palabras <sencillas>;",
        "<простыми> словами;", "بكلمات بسيطة؛", "用<平实>的语言；")),
    (K.LIST_ITEM, 4, (
        "by when.", "kapan.", "à quelle date.", "cuándo.", "когда.", "ومتى.", "何时决定。")),
    (K.OPERATIVE, None, (
        "*Agree* to meet again.", "*Sepakat* bertemu lagi.", "*Convenons* de nous revoir.", "*Convenimos* en reunirnos de nuevo.",
        "*соглашаемся* встретиться вновь.", "*نتفق* على الاجتماع مرة أخرى.", "*商定*再次举行会议。")),
    (K.SIGNATURES, None, (
        "Endorsed by", "Didukung oleh", "Soutenu par", "Respaldado por", "Поддержали", "أيدها", "赞同方")),
    (K.LIST_ITEM, 9, ("Nguyễn Thị Hường", "ทิพย์ น้ำใจ", "សុខ ច័ន្ទរតនៈ", "မြန်မာ ကြည်", "ສົມສັກ ນໍ້າ", "निर्मला कृष्णमूर्ति", "髙橋 直子 / 김철수")),
    (K.ANNEX, None, (
        "Annex: Steps", "Lampiran: Langkah", "Annexe : étapes", "Anexo: pasos", "Приложение: шаги", "المرفق: الخطوات", "附件：步骤")),
    (K.PARAGRAPH, None, (
        "The steps are few.", "Langkahnya sedikit.", "Les étapes sont peu nombreuses.", "Los pasos son pocos.",
        "Шагов немного.", "الخطوات قليلة.", "步骤不多。")),
)  # fmt: skip


def reading(language: str = "en", **changes: Any) -> Reading:
    """One language of the text, adopted and issued."""
    places = [Place(_ref(at), kind, at, _ref(above)) for at, (kind, above, _words) in enumerate(TEXT)]
    spoken = PRINTED.index(language)
    texts = {_ref(at): {language: inline.parse(words[spoken])} for at, (_kind, _above, words) in enumerate(TEXT)}
    values: dict[str, Any] = {
        "symbol": "CONF/2027/L.3/Rev.1",
        "kind": DocumentKind.OUTCOME,
        "nature": Nature.VOLUNTARY_MESSAGE,
        "title": TITLES[language],
        "language": language,
        "languages": PRINTED,
        "original_language": "en",
        "authentic_languages": ("en", "ar"),
        "paragraphs": tuple(paragraphs(places, texts, language)),
        "conference": {"en": "Sample Conference on Open Practice", "ar": "المؤتمر العينة المعني بالممارسات المفتوحة"},
        "conference_slug": "sample-2027",
        "city": {"en": "Makassar", "ar": "ماكاسار", "zh": "望加锡", "ru": "Макасар"},
        "held": (date(2027, 4, 20), date(2027, 4, 22)),
        "zone": "Asia/Makassar",
        "masthead": Masthead(agenda_item="7 (b)"),
        "version": 2,
        "adoption": AdoptionFacts(
            Manner.CONSENSUS, date(2027, 4, 22), {"en": "closing session"}, {"en": "H.E. the Chair"}
        ),
        "issue": IssueFacts(1, "7K3M-XH2P-9QRT", "5f0c2b7a91d4e386", datetime(2027, 4, 23, 2, 30, tzinfo=UTC)),
    }
    return Reading(**(values | changes))


def adopted_by_vote(language: str = "en", **changes: Any) -> Reading:
    """The same with everything that can stand beside it."""
    day = date(2027, 4, 24)
    beside = Beside(
        votes=(
            ({"en": "Westland", "ar": "الغربية"}, "WL", Cast.FOR),
            ({"en": "Eastland", "ar": "الشرقية"}, "EL", Cast.AGAINST),
            ({"en": "Northland", "ar": "الشمالية"}, "", Cast.FOR),
        ),
        statements=(
            StatementFacts(
                "f" * 20,
                StatementKind.DISSOCIATION,
                {"en": "Eastland", "ar": "الشرقية"},
                {"en": "Placeholder, first line.\nSecond line."},
                ("block008",),
                datetime(2027, 4, 22, 9, tzinfo=UTC),
            ),
        ),
        endorsements=(
            EndorsementFacts({"en": "Northland"}, "", True, {"en": "Minister"}, day),
            EndorsementFacts({"en": "A Body"}, "AB", False, {"en": "Secretary"}, day, day, {"en": "As it wished"}),
        ),
        oral_revisions=(OralRevision({"en": "add “soon”"}, {"en": "Westland"}, ("block004",)),),
    )
    facts = AdoptionFacts(
        Manner.RECORDED_VOTE, date(2027, 4, 22), {"en": "closing session"}, {"en": "H.E. the Chair"}, "5", "CONF/SR.5"
    )
    return reading(language, **({"adoption": facts, "beside": beside} | changes))


def _ref(at: int | None) -> str | None:
    return None if at is None else f"block{at:03d}"


def source_words(text: Reading) -> list[str]:
    """What a reader finds in every file: title, labels and paragraphs."""
    return [text.title, *(inline.to_plain(paragraph.inline) for paragraph in text.paragraphs)]
