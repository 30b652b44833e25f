"""What is printed of some speakers of the sample conference, its themes and its own kinds. Nobody here exists."""

from dataclasses import dataclass

from confapp.demo.content import Text


@dataclass(frozen=True)
class Profile:
    """A speaker with a page of their own; `colours` are ground, dress and hair of the drawn portrait."""

    key: str
    affiliation: Text
    biography: Text
    colours: tuple[str, str, str]
    consents: tuple[str, ...] = ("speaker_portrait", "speaker_photographed", "speaker_recorded", "speaker_streamed")


@dataclass(frozen=True)
class Theme:
    name: Text
    code: str
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class OwnKind:
    name: Text
    nature: str
    minutes: int
    sessions: tuple[str, ...]


def text(en: str, id: str, ar: str = "") -> Text:
    return {"en": en, "id": id} | ({"ar": ar} if ar else {})


PROFILES = (
    Profile(
        "dewi-contoh",
        text(
            "Deputy Minister, chair of the conference", "Wakil Menteri, ketua konferensi", "نائبة الوزير، رئيسة المؤتمر"
        ),
        text(
            "Dewi Contoh has chaired three sample conferences and knows how long a statement of five minutes is. Before that "
            "she led a press service and a consular section.",
            "Dewi Contoh telah memimpin tiga konferensi contoh dan tahu berapa lama suatu pernyataan lima menit. Sebelumnya ia "
            "memimpin layanan pers dan bagian kekonsuleran.",
        ),
        ("#d9dfe8", "#7a2f3b", "#2b2422"),
    ),
    Profile(
        "sora-gyeonbon",
        text("Director of public diplomacy", "Direktur diplomasi publik", "مديرة الدبلوماسية العامة"),
        text(
            "Sora Gyeonbon moderates talks between people who publish and people who check. She trained as an archivist.",
            "Sora Gyeonbon memandu percakapan antara mereka yang menerbitkan dan mereka yang memeriksa. Ia dididik sebagai "
            "arsiparis.",
        ),
        ("#e6ded0", "#2f4a6b", "#1d1a1a"),
    ),
    Profile(
        "maria-tuladha",
        text("Researcher on multilingual texts", "Peneliti teks multibahasa", "باحثة في النصوص المتعددة اللغات"),
        text(
            "Maria Tuladha compares texts that are meant to say the same in several languages, and counts where they do not.",
            "Maria Tuladha membandingkan teks yang seharusnya berkata sama dalam beberapa bahasa, dan menghitung di mana tidak.",
        ),
        ("#dfe6dc", "#4f6a45", "#3a2a20"),
    ),
    Profile(
        "kenji-mihon",
        text("Vice-Minister", "Wakil Menteri", "نائب الوزير"),
        text(
            "Kenji Mihon was on duty in the first hour of several exercises, and writes about what was said then.",
            "Kenji Mihon bertugas pada jam pertama beberapa latihan, dan menulis tentang apa yang disampaikan saat itu.",
        ),
        ("#e2dbe4", "#3d3d45", "#4a4a4a"),
        ("speaker_recorded", "speaker_streamed"),
    ),
)
DECLINED = ("crisis", "jose-halimbawa", "A vote in parliament on the same day.")
REPLACED = ("panel-skills", "minjun-yesi", "siti-teladan")

THEMES = (
    Theme(
        text("Genuine information", "Informasi yang asli", "المعلومات الأصلية"),
        "GEN",
        ("panel-genuine", "panel-small"),
    ),
    Theme(
        text("Speaking in a crisis", "Berbicara saat krisis", "المخاطبة في الأزمات"),
        "CRI",
        ("crisis", "panel-consular"),
    ),
    Theme(
        text("Skills and languages", "Keterampilan dan bahasa", "المهارات واللغات"),
        "SKL",
        ("workshop-languages", "workshop-access", "panel-skills", "inclusion", "round-table"),
    ),
)
OWN_KINDS = (
    OwnKind(
        text("Hands-on workshop", "Lokakarya praktik", "ورشة تطبيقية"),
        "workshop",
        90,
        ("workshop-languages", "workshop-access"),
    ),
)
