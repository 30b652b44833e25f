"""What delegations and one institute ask of the sample: side events and meetings. Everything is made up."""

from dataclasses import dataclass
from datetime import datetime

from confapp.demo.content import Text

GUIDANCE: Text = {
    "en": "Side events take up the theme of the conference. They last at most an hour, without interpretation. Preference "
    "is given to applications of several delegations.",
    "id": "Acara sampingan mengangkat tema konferensi. Lamanya paling banyak satu jam, tanpa penjurubahasaan. Permohonan "
    "dari beberapa delegasi diutamakan.",
    "ar": "تتناول الفعاليات الجانبية موضوع المؤتمر، وتدوم ساعة واحدة على الأكثر دون ترجمة شفوية. وتُعطى الأولوية للطلبات "
    "المقدمة من عدة وفود.",
}


@dataclass(frozen=True)
class Applied:
    """By a delegation (its party) or an organization; `end` is what became of it: an action of the desk or nothing."""

    title: Text
    description: Text
    contact: tuple[str, str]
    lead: str = ""
    organization: str = ""
    sponsors: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    minutes: int = 60
    audience: int = 40
    layout: str = ""
    equipment: tuple[str, ...] = ()
    end: str = ""
    reason: str = ""


SIDE_EVENTS = (
    Applied(
        {
            "en": "Early warning messages in many languages",
            "id": "Pesan peringatan dini dalam banyak bahasa",
            "ar": "رسائل الإنذار المبكر بلغات متعددة",
        },
        {
            "en": "How embassies reach their citizens before a storm does, shown with invented data.",
            "id": "Bagaimana kedutaan menjangkau warganya sebelum badai tiba, diperagakan dengan data rekaan.",
            "ar": "كيف تصل السفارات إلى مواطنيها قبل وصول العاصفة، مع عرض ببيانات متخيلة.",
        },
        ("Haruka Rei", "haruka.rei@example.org"),
        lead="JPN",
        sponsors=("PHL",),
        partners=("Sample Institute of Tides",),
        layout="theatre",
        equipment=("projector",),
        end="accept",
    ),
    Applied(
        {"en": "Small islands, large registers", "id": "Pulau kecil, daftar besar", "ar": "جزر صغيرة وسجلات كبيرة"},
        {
            "en": "What a ministry of twenty people can keep, and what it should not.",
            "id": "Apa yang dapat disimpan sebuah kementerian berisi dua puluh orang, dan apa yang sebaiknya tidak.",
            "ar": "ما يمكن لوزارة تضم عشرين شخصًا أن تحفظه، وما لا ينبغي لها.",
        },
        ("Mere Ivakaraitaki", "mere.ivakaraitaki@example.org"),
        lead="FJI",
        minutes=45,
    ),
    Applied(
        {
            "en": "Pacific registers: one form for all",
            "id": "Daftar Pasifik: satu formulir untuk semua",
            "ar": "سجلات المحيط الهادئ: استمارة واحدة للجميع",
        },
        {
            "en": "A draft of a common form, to be taken apart together.",
            "id": "Rancangan formulir bersama, untuk dibedah bersama.",
            "ar": "مسودة استمارة مشتركة لمناقشتها معًا.",
        },
        ("Aroha Tauira", "aroha.tauira@example.org"),
        lead="NZL",
        sponsors=("JPN", "AUS"),
        minutes=45,
    ),
    Applied(
        {"en": "Archives that answer", "id": "Arsip yang menjawab", "ar": "أرشيفات تجيب"},
        {
            "en": "An institute shows how old cables are found again.",
            "id": "Sebuah lembaga menunjukkan cara menemukan kembali kawat lama.",
            "ar": "يعرض معهد كيفية العثور على البرقيات القديمة من جديد.",
        },
        ("Rin Contoh", "rin.contoh@example.net"),
        organization="Sample Institute of Archives",
        equipment=("projector", "two microphones"),
        end="wait",
    ),
    Applied(
        {"en": "Coffee and protocol", "id": "Kopi dan keprotokolan", "ar": "القهوة والمراسم"},
        {
            "en": "A tasting with remarks.",
            "id": "Icip-icip dengan sambutan singkat.",
            "ar": "جلسة تذوق مع كلمات قصيرة.",
        },
        ("Luz Halimbawa", "luz.halimbawa@example.org"),
        lead="PHL",
        end="decline",
        reason="It does not take up the theme; the reception would be a good place for it.",
    ),
)


@dataclass(frozen=True)
class Meeting:
    """One delegation asks another; `end`: nothing, "agree", or "place" into the room `room` at `start`."""

    asking: str
    asked: str
    subject: str
    wishes: tuple[tuple[datetime, datetime], ...] = ()
    minutes: int = 30
    people: int = 8
    end: str = ""


def _times(day: int, begin: int, end: int) -> tuple[datetime, datetime]:
    return datetime(2027, 4, day, begin), datetime(2027, 4, day, end)


SMALL_ROOM: Text = {"en": "Melati Room", "id": "Ruang Melati", "ar": "قاعة ميلاتي"}
MEETINGS = (
    Meeting(
        "JPN", "KEN", "Shared forms for consular emergencies", (_times(20, 15, 18), _times(21, 8, 12)), end="place"
    ),
    Meeting("PHL", "JPN", "Early warning: who writes first", (_times(21, 9, 11),)),
    Meeting("JPN", "IDN", "Thanks for the preparations", (_times(22, 9, 12),), 20, 6, "agree"),
    Meeting("NZL", "FJI", "A common register in the Pacific", (), end="agree"),
)
