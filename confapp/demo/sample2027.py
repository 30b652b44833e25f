"""A conference that does not exist, in the middle of its registration, so that every list has work in it.

Its people are made up: their family names mean "sample" or "example" in many languages, and their addresses reach nobody.
The states are real ones, because the catalogue holds real ones; what they are shown to have answered is made up too.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from confapp.demo.content import (
    Category,
    Conference,
    Delegation,
    Item,
    Page,
    Part,
    Participant,
    Rescheduled,
    Room,
    Session,
    Text,
)
from confapp.demo.decisions2027 import NEXT_MEETING, RESOLUTION
from confapp.demo.message import MESSAGE, TERMS_OF_REFERENCE
from confapp.demo.office2027 import OFFICE
from confapp.demo.translation2027 import GUIDE

AS_OF = date(2026, 11, 20)
FIRST, SECOND, THIRD = (2027, 4, 20), (2027, 4, 21), (2027, 4, 22)

OPEN_SINCE = timedelta(days=40)
OPEN_FOR = timedelta(days=75)


def registration_period(now: datetime) -> tuple[datetime, datetime]:
    """When registration opened and when it closes: at any time somebody starts the demonstration, in its middle."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return hour - OPEN_SINCE, hour + OPEN_FOR


def text(en: str, id: str, ar: str) -> Text:
    return {"en": en, "id": id, "ar": ar}


# --- who is invited -------------------------------------------------------------------------------------------------

STATES = (
    "AUS", "BRA", "CHL", "EGY", "EST", "FJI", "FIN", "FRA", "DEU", "IND", "IDN", "JPN", "JOR", "KEN", "MEX", "MAR", "NLD",
    "NZL", "PHL", "KOR", "RWA", "SGP", "ZAF", "VNM",
)  # fmt: skip

DELEGATIONS = (
    Delegation("AUS", focal_point="matilda-sample", groups=("Pacific",)),
    Delegation("BRA", "invited", contact="protocol.bra@example.org"),
    Delegation("CHL", "acknowledged", contact="protocol.chl@example.org"),
    Delegation("EGY", "invited"),
    Delegation("EST", focal_point="liis-naidis"),
    Delegation("FJI", focal_point="mere-ivakaraitaki", groups=("Pacific",)),
    Delegation("FIN", focal_point="aino-esimerkki"),
    Delegation("FRA", "acknowledged"),
    Delegation("DEU", "accepted"),
    Delegation("IND", focal_point="asha-udaharan"),
    Delegation("IDN", focal_point="sari-contoh", groups=("South-East Asia",), tags=("host",)),
    Delegation("JPN", focal_point="haruka-rei", tags=("two interpreters",)),
    Delegation("JOR", "accepted"),
    Delegation("KEN", focal_point="wanjiru-mfano", paper="to_check", tags=("arrives early",)),
    Delegation("MEX", "invited"),
    Delegation("MAR", "invited"),
    Delegation("NLD", "declined", note="A meeting of its own on the same days (made up)."),
    Delegation("NZL", focal_point="aroha-tauira", groups=("Pacific",)),
    Delegation("PHL", focal_point="luz-halimbawa", groups=("South-East Asia",)),
    Delegation("KOR", focal_point="bora-yesi"),
    Delegation("RWA", "acknowledged"),
    Delegation("SGP", "accepted", groups=("South-East Asia",)),
    Delegation("ZAF", "invited"),
    Delegation(
        "VNM",
        focal_point="lan-mau",
        groups=("South-East Asia",),
        paper="objected",
        objection="The note verbale names another person as head of delegation than the one registered.",
    ),
    Delegation("ASEAN", focal_point="budi-teladan"),
    Delegation("UN", "acknowledged", contact="conferences@nowhere.example"),
)


WITHOUT_ADDRESS = {"adviser", "expert", "interpreter", "security", "staff"}


def member(
    key: str,
    honorific: str,
    given: str,
    family: str,
    function: str,
    delegation: str,
    capacity: str,
    status: str,
    reason: str = "",
) -> Participant:
    return Participant(
        key,
        honorific,
        given,
        family,
        function,
        "" if capacity in WITHOUT_ADDRESS else f"{key.replace('-', '.')}@example.org",
        delegation,
        "",
        "delegate",
        capacity,
        status,
        reason,
    )


def applicant(
    key: str,
    honorific: str,
    given: str,
    family: str,
    function: str,
    organization: str,
    category: str,
    status: str,
    reason: str = "",
) -> Participant:
    return Participant(
        key,
        honorific,
        given,
        family,
        function,
        f"{key.replace('-', '.')}@example.org",
        None,
        organization,
        category,
        "",
        status,
        reason,
    )


CATEGORIES = (
    Category(
        "delegate",
        text("Delegate", "Delegasi", "مندوب"),
        "D",
        text(
            "Members of delegations; the focal point registers them.",
            "Anggota delegasi; didaftarkan oleh narahubung.",
            "أعضاء الوفود؛ يسجلهم منسق الوفد.",
        ),
        for_delegations=True,
        open_to_all=False,
        steps=("protocol", "security"),
        members_fill_in=True,
    ),
    Category(
        "observer",
        text("Observer", "Peninjau", "مراقب"),
        "O",
        text(
            "Organizations that follow the conference.",
            "Organisasi yang mengikuti konferensi.",
            "منظمات تتابع المؤتمر.",
        ),
        capacity=40,
        steps=("protocol",),
    ),
    Category(
        "media",
        text("Media", "Media", "وسائل الإعلام"),
        "M",
        text(
            "With a letter of assignment of your newsroom.",
            "Dengan surat tugas dari redaksi Anda.",
            "مع خطاب تكليف من هيئة التحرير.",
        ),
        capacity=60,
        steps=("press", "security"),
        four_eyes=True,
    ),
    Category(
        "academia",
        text("Academia", "Akademisi", "الأوساط الأكاديمية"),
        "A",
        text(
            "Universities and research institutes.",
            "Perguruan tinggi dan lembaga penelitian.",
            "الجامعات ومعاهد البحوث.",
        ),
        capacity=30,
    ),
    Category(
        "online",
        text("Online participant", "Peserta daring", "مشارك عبر الإنترنت"),
        "P",
        text(
            "Open plenary meetings by video; your confirmed address is enough.",
            "Sidang pleno terbuka melalui video; cukup dengan alamat yang telah dikonfirmasi.",
            "الجلسات العامة المفتوحة عبر الفيديو؛ يكفي تأكيد عنوانكم.",
        ),
        track="admission",
        capacity=500,
        photo="none",
    ),
    Category(
        "round-table",
        text("Online round table", "Meja bundar daring", "مائدة مستديرة عبر الإنترنت"),
        "R",
        text(
            "An hour with a panel by video. Four places; when they are taken you may wait for one.",
            "Satu jam bersama panel melalui video. Empat tempat; bila penuh, Anda dapat menunggu.",
            "ساعة مع المتحدثين عبر الفيديو. أربعة أماكن، ويمكن الانتظار عند امتلائها.",
        ),
        track="admission",
        capacity=4,
        photo="none",
        offer_hours=48,
    ),
    Category(
        "accompanying",
        text("Accompanying person", "Pendamping", "مرافق"),
        "G",
        text(
            "Who accompanies a member of a delegation; registered from the member's page.",
            "Pendamping anggota delegasi; didaftarkan dari halaman anggota.",
            "من يرافق عضو الوفد؛ يُسجَّل من صفحة العضو.",
        ),
        open_to_all=False,
        accompanying=True,
    ),
)

# fmt: off
_PEOPLE: tuple[Participant, ...] = (
    member("dewi-contoh", "H.E. Ms", "Dewi", "Contoh", "Deputy Minister", "IDN", "head", "accredited"),
    member("agus-contoh", "Mr", "Agus", "Contoh", "Director General", "IDN", "deputy", "accredited"),
    member("sari-contoh", "Ms", "Sari", "Contoh", "First Secretary", "IDN", "delegate", "accredited"),
    member("yohanes-misal", "Mr", "Yohanes", "Misal", "Deputy Director for Digital Diplomacy", "IDN", "delegate", "accredited"),
    member("putu-misal", "Ms", "Ni Putu", "Misal", "Press Officer", "IDN", "delegate", "accredited"),
    member("rahmat-umpama", "Mr", "Rahmat", "Umpama", "Legal Adviser", "IDN", "adviser", "under_review"),
    member("maria-tuladha", "Dr", "Maria", "Tuladha", "Researcher", "IDN", "expert", "submitted"),
    member("joko-contoh", "Mr", "Joko", "Contoh", "", "IDN", "delegate", "submitted"),
    member("hasan-tuladha", "Mr", "Hasan", "Tuladha", "Interpreter", "IDN", "interpreter", "withdrawn"),

    member("matilda-sample", "Ms", "Matilda", "Sample", "Second Secretary", "AUS", "delegate", "accredited"),
    member("oliver-specimen", "H.E. Mr", "Oliver", "Specimen", "Ambassador for Cyber Affairs", "AUS", "head", "accredited"),
    member("jack-sample", "Mr", "Jack", "Sample", "Assistant Director", "AUS", "delegate", "accredited"),
    member("ruby-specimen", "Ms", "Ruby", "Specimen", "Policy Officer", "AUS", "adviser", "on_hold",
           "A second note verbale has been announced."),
    member("noah-example", "Mr", "Noah", "Example", "Communications Officer", "AUS", "adviser", "returned",
           "The name differs from the one in the note verbale. Please correct one of the two."),

    member("lucas-specimen", "Mr", "Lucas", "Specimen", "Policy Officer", "AUS", "delegate", "withdrawn"),
    member("amelia-specimen", "Ms", "Amelia", "Specimen", "Senior Policy Officer", "AUS", "delegate", "submitted"),

    member("haruka-rei", "Ms", "Haruka", "Rei", "First Secretary", "JPN", "delegate", "accredited"),
    member("kenji-mihon", "H.E. Mr", "Kenji", "Mihon", "Vice-Minister", "JPN", "head", "accredited"),
    member("yui-mihon", "Ms", "Yui", "Mihon", "Deputy Director", "JPN", "deputy", "submitted"),
    member("sota-rei", "Mr", "Sota", "Rei", "Officer", "JPN", "delegate", "under_review"),
    member("emi-tatoe", "Ms", "Emi", "Tatoe", "Interpreter", "JPN", "interpreter", "submitted"),
    member("ren-mihon", "", "Ren", "Mihon", "", "JPN", "alternate", "draft"),

    member("mere-ivakaraitaki", "Ms", "Mere", "Ivakaraitaki", "Senior Officer", "FJI", "delegate", "accredited"),
    member("jone-ivakaraitaki", "H.E. Mr", "Jone", "Ivakaraitaki", "Permanent Secretary", "FJI", "head", "accredited"),
    member("ana-ivakaraitaki", "Ms", "Ana", "Ivakaraitaki", "Officer", "FJI", "delegate", "returned",
           "The photograph is too dark to print. Please send another."),

    member("aino-esimerkki", "Ms", "Aino", "Esimerkki", "Counsellor", "FIN", "delegate", "accredited"),
    member("eero-esimerkki", "H.E. Mr", "Eero", "Esimerkki", "State Secretary", "FIN", "head", "submitted"),
    member("kaisa-malli", "", "Kaisa", "Malli", "", "FIN", "delegate", "draft"),
    member("venla-malli", "Ms", "Venla", "Malli", "Adviser", "FIN", "adviser", "submitted"),

    member("luz-halimbawa", "Ms", "Luz", "Halimbawa", "Third Secretary", "PHL", "delegate", "accredited"),
    member("jose-halimbawa", "H.E. Mr", "José", "Halimbawa", "Undersecretary", "PHL", "head", "accredited"),
    member("grace-huwaran", "Atty", "Grace", "Huwaran", "Legal Officer", "PHL", "adviser", "accredited"),
    member("rico-huwaran", "Mr", "Rico", "Huwaran", "Attaché", "PHL", "delegate", "submitted"),
    member("tala-halimbawa", "Ms", "Tala", "Halimbawa", "Staff", "PHL", "staff", "revoked",
           "The delegation has recalled this member."),

    member("aroha-tauira", "Ms", "Aroha", "Tauira", "Senior Adviser", "NZL", "delegate", "accredited"),
    member("wiremu-tauira", "H.E. Mr", "Wiremu", "Tauira", "Ambassador", "NZL", "head", "accredited"),
    member("isla-sample", "Ms", "Isla", "Sample", "Policy Officer", "NZL", "delegate", "under_review"),

    member("bora-yesi", "Ms", "Bora", "Yesi", "Second Secretary", "KOR", "delegate", "accredited"),
    member("minjun-yesi", "H.E. Mr", "Minjun", "Yesi", "Deputy Minister", "KOR", "head", "accredited"),
    member("sora-gyeonbon", "Ms", "Sora", "Gyeonbon", "Director", "KOR", "deputy", "accredited"),
    member("jiho-gyeonbon", "Mr", "Jiho", "Gyeonbon", "Adviser", "KOR", "adviser", "under_review"),
    member("hana-yesi", "Ms", "Hana", "Yesi", "Security Officer", "KOR", "security", "returned",
           "Please name the equipment that will be brought."),

    member("asha-udaharan", "Ms", "Asha", "Udaharan", "First Secretary", "IND", "delegate", "accredited"),
    member("vikram-udaharan", "H.E. Mr", "Vikram", "Udaharan", "Joint Secretary", "IND", "head", "submitted"),
    member("leela-namuna", "Ms", "Leela", "Namuna", "Under Secretary", "IND", "delegate", "submitted"),
    member("arjun-namuna", "Mr", "Arjun", "Namuna", "Technical Adviser", "IND", "expert", "submitted"),

    member("liis-naidis", "Ms", "Liis", "Näidis", "Third Secretary", "EST", "delegate", "accredited"),
    member("mart-naidis", "H.E. Mr", "Mart", "Näidis", "Ambassador at Large", "EST", "head", "accredited"),
    member("kadri-eeskuju", "Ms", "Kadri", "Eeskuju", "Adviser", "EST", "adviser", "submitted"),

    member("wanjiru-mfano", "Ms", "Wanjiru", "Mfano", "Counsellor", "KEN", "delegate", "submitted"),
    member("otieno-mfano", "H.E. Mr", "Otieno", "Mfano", "Principal Secretary", "KEN", "head", "submitted"),

    member("lan-mau", "Ms", "Lan", "Mẫu", "Desk Officer", "VNM", "delegate", "submitted"),
    member("minh-mau", "H.E. Mr", "Minh", "Mẫu", "Assistant Minister", "VNM", "head", "returned",
           "The note verbale names another head of delegation. Please confirm."),

    member("budi-teladan", "Mr", "Budi", "Teladan", "Senior Officer", "ASEAN", "observer", "accredited"),
    member("siti-teladan", "Dr", "Siti", "Teladan", "Director", "ASEAN", "head", "accredited"),
    member("kyaw-teladan", "Mr", "Kyaw", "Teladan", "Officer", "ASEAN", "observer", "submitted"),

    applicant("erika-muster", "Ms", "Erika", "Muster", "Correspondent", "Sample News Agency", "media", "under_review"),
    applicant("jean-exemple", "Mr", "Jean", "Exemple", "Photographer", "Agence Exemple", "media", "accredited"),
    applicant("layla-mithal", "Ms", "Layla", "Mithal", "Editor", "Example Broadcasting", "media", "returned",
              "Please send the letter of assignment of your newsroom."),
    applicant("tomas-ejemplo", "Mr", "Tomás", "Ejemplo", "Blogger", "Ejemplo Diario", "media", "refused",
              "Accreditation is open to media with an editorial office."),
    applicant("mina-mesal", "Ms", "Mina", "Mesal", "Camera operator", "Mesal Television", "media", "submitted"),
    applicant("ines-exemplo", "Dr", "Inês", "Exemplo", "Lecturer", "Exemplo University", "academia", "submitted"),
    applicant("jan-voorbeeld", "Prof.", "Jan", "Voorbeeld", "Professor of International Law", "Voorbeeld Institute", "academia", "accredited"),
    applicant("thandi-isibonelo", "Dr", "Thandi", "Isibonelo", "Researcher", "Isibonelo Centre", "academia", "submitted"),
    applicant("giulia-esempio", "Ms", "Giulia", "Esempio", "Programme Manager", "Esempio Foundation", "observer", "submitted"),
    applicant("giulia-esempio-2", "Ms", "Giulia", "Esempio", "Manager", "Fondazione Esempio", "observer", "submitted"),
    applicant("keza-urugero", "Ms", "Keza", "Urugero", "Coordinator", "Urugero Youth Network", "observer", "accredited"),

    applicant("nour-mithal", "Ms", "Nour", "Mithal", "Student", "Mithal University", "round-table", "accredited"),
    applicant("pedro-exemplo", "Mr", "Pedro", "Exemplo", "Teacher", "Exemplo School", "round-table", "accredited"),
    applicant("anna-przyklad", "Ms", "Anna", "Przykład", "Librarian", "Przykład Library", "round-table", "accredited"),
    applicant("lea-beispiel", "Ms", "Lea", "Beispiel", "Student", "Beispiel University", "round-table", "withdrawn"),
    applicant("ida-eksempel", "Ms", "Ida", "Eksempel", "Student", "Eksempel University", "round-table", "submitted"),
    applicant("marko-primjer", "Mr", "Marko", "Primjer", "Engineer", "Independent", "round-table", "submitted"),
    applicant("tuan-mau", "Mr", "Tuấn", "Mẫu", "Student", "Mẫu Institute", "round-table", "submitted"),
)
# fmt: on

# Sealed in the database; (passport number, access needs), none of them real.
SEALED = {
    "yui-mihon": ("SAMPLE00016", ""),
    "eero-esimerkki": ("SAMPLE00023", ""),
    "ana-ivakaraitaki": ("SAMPLE00021", "Sign language interpretation in plenary meetings"),
    "vikram-udaharan": ("SAMPLE00039", "A seat near the door"),
}
# What else is known of some: how they came, whom they replace or accompany, and which fields they were asked to mend.
MORE: dict[str, dict[str, Any]] = {
    "ren-mihon": {"invited": True},
    "kaisa-malli": {"invited": True},
    "amelia-specimen": {"replaces": "lucas-specimen"},
    "joko-contoh": {"category": "accompanying", "accompanies": "dewi-contoh"},
    "ines-exemplo": {"invited": True},
    "noah-example": {"defects": (("printed_name", "The note verbale writes “Noah James Example”."),)},
    "ana-ivakaraitaki": {"defects": (("photo", "The face is in shadow."),)},
    "minh-mau": {"defects": (("capacity", "The note verbale names a deputy minister as head of delegation."),)},
    "layla-mithal": {"defects": (("assignment", "The file shows an invoice."), ("organization", "As in the letter."))},
}
PEOPLE = tuple(
    replace(person, passport=passport, access_needs=needs, **MORE.get(person.key, {}))
    for person in _PEOPLE
    for passport, needs in [SEALED.get(person.key, ("", ""))]
)

# --- rooms and sessions ---------------------------------------------------------------------------------------------

ROOMS = (
    Room("plenary", text("Plenary Hall", "Ruang Pleno", "قاعة الجلسات العامة"), 400),
    Room("cengkeh", text("Cengkeh Room", "Ruang Cengkeh", "قاعة تشينغكيه"), 120),
    Room("pala", text("Pala Room", "Ruang Pala", "قاعة بالا"), 80),
    Room("press", text("Press Centre", "Pusat Media", "المركز الصحفي"), 60),
    Room("foyer", text("Exhibition Foyer", "Serambi Pameran", "بهو المعرض"), 250),
)

BOTH = ("en", "id")
STATEMENT = text("Statement", "Pernyataan", "بيان")


def chair(person: str) -> Part:
    return Part("chair", person=person)


def moderator(person: str) -> Part:
    return Part("moderator", person=person)


def panellist(person: str) -> Part:
    return Part("panellist", person=person)


def by_function(role: str, en: str, id: str, ar: str) -> Part:
    return Part(role, text(en, id, ar))


def statements(*delegations: str) -> tuple[Item, ...]:
    return tuple(Item(STATEMENT, 5, delegation=code) for code in delegations)


SESSIONS = (
    Session(
        "arrival",
        "social",
        text("Arrival and collection of badges", "Kedatangan dan pengambilan tanda pengenal", "الوصول واستلام الشارات"),
        ("foyer",),
        datetime(*FIRST, 7, 30),
        75,
    ),
    *(
        Session(
            f"exhibition-{number}",
            "exhibition",
            text(
                "Exhibition: Tools of digital diplomacy",
                "Pameran: Perangkat diplomasi digital",
                "معرض: أدوات الدبلوماسية الرقمية",
            ),
            ("foyer",),
            datetime(*day, 9, 0),
            minutes,
        )
        for number, (day, minutes) in enumerate(((FIRST, 480), (SECOND, 480), (THIRD, 240)), start=1)
    ),
    Session(
        "opening",
        "ceremony",
        text("Opening ceremony", "Upacara pembukaan", "حفل الافتتاح"),
        ("plenary",),
        datetime(*FIRST, 9, 0),
        45,
        languages=BOTH,
        items=(
            Item(text("Welcome by the city", "Sambutan selamat datang dari kota", "كلمة ترحيب من المدينة"), 10),
            Item(text("Opening address", "Pidato pembukaan", "كلمة الافتتاح"), 20, delegation="IDN"),
            Item(
                text(
                    "Election of the Chair and adoption of the agenda",
                    "Pemilihan Ketua dan pengesahan agenda",
                    "انتخاب الرئيس وإقرار جدول الأعمال",
                ),
                15,
            ),
        ),
        parts=(
            chair("dewi-contoh"),
            by_function("speaker", "Mayor of the host city", "Wali Kota kota tuan rumah", "رئيس بلدية المدينة المضيفة"),
        ),
    ),
    Session(
        "photograph",
        "ceremony",
        text("Group photograph", "Foto bersama", "الصورة الجماعية"),
        ("plenary",),
        datetime(*FIRST, 9, 50),
        20,
    ),
    Session(
        "debate-1",
        "general_debate",
        text(
            "Plenary I: general debate, first part",
            "Pleno I: debat umum, bagian pertama",
            "الجلسة العامة الأولى: المناقشة العامة، الجزء الأول",
        ),
        ("plenary",),
        datetime(*FIRST, 10, 20),
        100,
        languages=BOTH,
        summary=text(
            "Statements of delegations in the order of the list of speakers, five minutes each.",
            "Pernyataan delegasi menurut daftar pembicara, masing-masing lima menit.",
            "بيانات الوفود حسب قائمة المتكلمين، خمس دقائق لكل بيان.",
        ),
        items=statements("AUS", "CHL", "EST", "FJI", "FIN", "FRA", "DEU", "IND", "IDN", "JPN", "JOR", "KEN"),
        parts=(chair("dewi-contoh"),),
    ),
    Session(
        "debate-2",
        "general_debate",
        text(
            "Plenary I: general debate, second part",
            "Pleno I: debat umum, bagian kedua",
            "الجلسة العامة الأولى: المناقشة العامة، الجزء الثاني",
        ),
        ("plenary",),
        datetime(*FIRST, 13, 30),
        75,
        languages=BOTH,
        items=(
            *statements("NZL", "PHL", "KOR", "RWA", "SGP", "VNM", "ASEAN"),
            Item(text("Right of reply", "Hak jawab", "حق الرد"), 15),
        ),
        parts=(chair("agus-contoh"),),
    ),
    Session(
        "panel-genuine",
        "panel",
        text(
            "Panel A: How does a reader know that a text is genuine?",
            "Panel A: Bagaimana pembaca mengetahui bahwa suatu teks asli?",
            "حلقة النقاش ألف: كيف يعرف القارئ أن النص أصلي؟",
        ),
        ("plenary",),
        datetime(*FIRST, 15, 15),
        90,
        summary=text(
            "From the red seal to the electronic one: what ministries do so that a message can be checked, and what readers "
            "really look at.",
            "Dari segel lilin hingga segel elektronik: apa yang dilakukan kementerian agar suatu pesan dapat diperiksa, dan "
            "apa yang sebenarnya dilihat pembaca.",
            "من ختم الشمع إلى الختم الإلكتروني: ما تفعله الوزارات ليمكن التحقق من الرسائل، وما ينظر إليه القراء فعلاً.",
        ),
        choice="first-afternoon",
        parts=(
            moderator("sora-gyeonbon"),
            panellist("mart-naidis"),
            panellist("jan-voorbeeld"),
            panellist("asha-udaharan"),
        ),
    ),
    Session(
        "panel-small",
        "panel",
        text(
            "Panel B: Small ministries, large audiences",
            "Panel B: Kementerian kecil, khalayak besar",
            "حلقة النقاش باء: وزارات صغيرة وجمهور كبير",
        ),
        ("cengkeh",),
        datetime(*FIRST, 15, 15),
        90,
        choice="first-afternoon",
        parts=(
            moderator("jone-ivakaraitaki"),
            panellist("aroha-tauira"),
            panellist("keza-urugero"),
            by_function(
                "panellist",
                "Representative of a sample island newspaper",
                "Perwakilan contoh surat kabar kepulauan",
                "ممثل صحيفة جزرية نموذجية",
            ),
        ),
    ),
    Session(
        "workshop-languages",
        "workshop",
        text(
            "Workshop: One text in several languages",
            "Lokakarya: Satu teks dalam beberapa bahasa",
            "ورشة عمل: نص واحد بلغات عدة",
        ),
        ("pala",),
        datetime(*FIRST, 15, 15),
        90,
        choice="first-afternoon",
        parts=(Part("speaker", person="maria-tuladha"),),
    ),
    Session(
        "press-1",
        "press_conference",
        text("Press briefing, first day", "Taklimat pers, hari pertama", "إحاطة صحفية، اليوم الأول"),
        ("press",),
        datetime(*FIRST, 17, 0),
        30,
        parts=(
            by_function("speaker", "Spokesperson of the conference", "Juru bicara konferensi", "المتحدث باسم المؤتمر"),
        ),
    ),
    Session(
        "reception",
        "social",
        text("Reception by the host", "Resepsi tuan rumah", "حفل استقبال يقيمه البلد المضيف"),
        ("foyer",),
        datetime(*FIRST, 18, 30),
        120,
    ),
    Session(
        "crisis",
        "plenary",
        text(
            "Plenary II: Speaking to the public in a crisis",
            "Pleno II: Berbicara kepada masyarakat pada masa krisis",
            "الجلسة العامة الثانية: مخاطبة الجمهور في الأزمات",
        ),
        ("plenary",),
        datetime(*SECOND, 9, 0),
        90,
        languages=BOTH,
        items=(
            Item(text("Introduction", "Pengantar", "مقدمة"), 15, person="siti-teladan"),
            Item(
                text("The first hour of an emergency", "Jam pertama keadaan darurat", "الساعة الأولى من الطوارئ"),
                20,
                person="kenji-mihon",
            ),
            Item(text("Recorded message", "Pesan rekaman", "رسالة مسجلة"), 10, delegation="RWA"),
            Item(text("Discussion", "Diskusi", "مناقشة"), 45),
        ),
        parts=(chair("kenji-mihon"), panellist("siti-teladan"), panellist("jose-halimbawa")),
    ),
    Session(
        "panel-consular",
        "panel",
        text(
            "Panel C: Data held by consular services",
            "Panel C: Data yang dikelola layanan konsuler",
            "حلقة النقاش جيم: البيانات التي تحتفظ بها الخدمات القنصلية",
        ),
        ("plenary",),
        datetime(*SECOND, 10, 45),
        75,
        choice="second-morning",
        parts=(moderator("grace-huwaran"), panellist("yohanes-misal"), panellist("oliver-specimen")),
    ),
    Session(
        "drafting-1",
        "plenary",
        text("Drafting group, first meeting", "Kelompok perumus, pertemuan pertama", "فريق الصياغة، الاجتماع الأول"),
        ("cengkeh",),
        datetime(*SECOND, 10, 45),
        75,
        access="closed",
        choice="second-morning",
        parts=(chair("agus-contoh"),),
    ),
    Session(
        "side-students",
        "side_event",
        text(
            "Side event: What students would ask a ministry",
            "Acara sampingan: Apa yang akan ditanyakan mahasiswa",
            "فعالية جانبية: ما الذي يسأل عنه الطلاب الوزارات",
        ),
        ("pala",),
        datetime(*SECOND, 10, 45),
        60,
        audience=95,  # more than Pala Room seats: a warning that harms nobody
        choice="second-morning",
        parts=(moderator("keza-urugero"),),
    ),
    Session(
        "panel-skills",
        "panel",
        text("Panel D: Learning on the job", "Panel D: Belajar sambil bekerja", "حلقة النقاش دال: التعلم أثناء العمل"),
        ("plenary",),
        datetime(*SECOND, 13, 30),
        90,
        choice="second-afternoon",
        parts=(
            moderator("aino-esimerkki"),
            panellist("minjun-yesi"),
            by_function(
                "panellist",
                "Head of a sample diplomatic academy",
                "Kepala contoh akademi diplomatik",
                "رئيس أكاديمية دبلوماسية نموذجية",
            ),
        ),
    ),
    Session(
        "panel-tools",
        "panel",
        text(
            "Panel E: Tools that may be shared",
            "Panel E: Perangkat yang dapat dibagikan",
            "حلقة النقاش هاء: أدوات قابلة للمشاركة",
        ),
        ("cengkeh",),
        datetime(*SECOND, 13, 30),
        90,
        audience=100,  # more than Pala Room seats: a warning that harms nobody
        choice="second-afternoon",
        parts=(moderator("liis-naidis"), panellist("jack-sample"), panellist("wiremu-tauira")),
    ),
    Session(
        "workshop-access",
        "workshop",
        text(
            "Workshop: Documents that everyone can read",
            "Lokakarya: Dokumen yang dapat dibaca semua orang",
            "ورشة عمل: وثائق يستطيع الجميع قراءتها",
        ),
        ("pala",),
        datetime(*SECOND, 13, 30),
        90,
        choice="second-afternoon",
        parts=(Part("speaker", person="bora-yesi"),),
    ),
    Session(
        "drafting-2",
        "plenary",
        text("Drafting group, second meeting", "Kelompok perumus, pertemuan kedua", "فريق الصياغة، الاجتماع الثاني"),
        ("cengkeh",),
        datetime(*SECOND, 15, 30),
        90,
        access="closed",
        parts=(chair("agus-contoh"),),
    ),
    Session(
        "round-table",
        "plenary",
        text("Round table of training institutes", "Meja bundar lembaga pelatihan", "مائدة مستديرة لمعاهد التدريب"),
        ("plenary",),
        datetime(*SECOND, 15, 30),
        90,
        parts=(chair("sora-gyeonbon"),),
    ),
    Session(
        "press-2",
        "press_conference",
        text("Press briefing, second day", "Taklimat pers, hari kedua", "إحاطة صحفية، اليوم الثاني"),
        ("press",),
        datetime(*SECOND, 17, 15),
        30,
        parts=(
            by_function("speaker", "Spokesperson of the conference", "Juru bicara konferensi", "المتحدث باسم المؤتمر"),
        ),
    ),
    Session(
        "inclusion",
        "plenary",
        text(
            "Plenary III: Inclusion, skills and languages",
            "Pleno III: Inklusi, keterampilan, dan bahasa",
            "الجلسة العامة الثالثة: الشمول والمهارات واللغات",
        ),
        ("plenary",),
        datetime(*THIRD, 9, 0),
        90,
        languages=BOTH,
        parts=(chair("jose-halimbawa"), panellist("mere-ivakaraitaki"), panellist("haruka-rei")),
    ),
    Session(
        "reading",
        "plenary",
        text("Reading of the draft message", "Pembacaan rancangan pesan", "قراءة مشروع الرسالة"),
        ("plenary",),
        datetime(*THIRD, 10, 45),
        75,
        access="closed",
        parts=(chair("agus-contoh"),),
    ),
    Session(
        "consideration",
        "plenary",
        text(
            "Plenary IV: Consideration of the Message",
            "Pleno IV: Pembahasan Pesan",
            "الجلسة العامة الرابعة: النظر في الرسالة",
        ),
        ("plenary",),
        datetime(*THIRD, 13, 30),
        60,
        languages=BOTH,
        items=(
            Item(
                text("Report of the drafting group", "Laporan kelompok perumus", "تقرير فريق الصياغة"),
                10,
                person="agus-contoh",
            ),
            Item(text("Consideration and adoption", "Pembahasan dan pengesahan", "النظر والاعتماد"), 30),
            Item(text("Statements after adoption", "Pernyataan setelah pengesahan", "بيانات بعد الاعتماد"), 20),
        ),
        parts=(chair("dewi-contoh"),),
    ),
    Session(
        "closing",
        "ceremony",
        text("Closing ceremony", "Upacara penutupan", "حفل الاختتام"),
        ("plenary",),
        datetime(*THIRD, 14, 45),
        30,
        languages=BOTH,
        items=(Item(text("Closing remarks", "Sambutan penutup", "كلمة ختامية"), 20, delegation="IDN"),),
        parts=(chair("dewi-contoh"),),
    ),
    Session(
        "press-3",
        "press_conference",
        text("Final press conference", "Konferensi pers penutup", "المؤتمر الصحفي الختامي"),
        ("press",),
        datetime(*THIRD, 15, 30),
        45,
        parts=(by_function("speaker", "Chair of the conference", "Ketua konferensi", "رئيس المؤتمر"),),
    ),
    Session(
        "young-diplomats",
        "side_event",
        text("Side event: Young diplomats", "Acara sampingan: Diplomat muda", "فعالية جانبية: الدبلوماسيون الشباب"),
        ("pala",),
        datetime(*THIRD, 10, 45),
        60,
        released=False,
    ),
)

RESCHEDULED = (
    Rescheduled("panel-tools", rooms=("pala",)),
    Rescheduled("workshop-access", rooms=("cengkeh",)),
    Rescheduled("press-2", start=datetime(*SECOND, 17, 30)),
)

# --- practical information ------------------------------------------------------------------------------------------

PAGES = (
    Page(
        "venue",
        text("Venue", "Tempat", "المكان"),
        text(
            "The **Sample Convention Centre** is a building that does not exist. In this sample it stands in Ambon, ten "
            "minutes from the harbour.\n\n- Doors open at 07:30 each day.\n- Bring your badge and the document named on it.\n"
            "- All hours are in Eastern Indonesian Time (WIT, UTC+9).",
            "**Pusat Konvensi Contoh** adalah gedung yang tidak ada. Dalam contoh ini gedung tersebut berada di Ambon, sepuluh "
            "menit dari pelabuhan.\n\n- Pintu dibuka pukul 07.30 setiap hari.\n- Bawalah tanda pengenal dan dokumen yang "
            "tertera padanya.\n- Semua jam dinyatakan dalam Waktu Indonesia Timur (WIT, UTC+9).",
            "**مركز المؤتمرات النموذجي** مبنى غير موجود. في هذا المثال يقع في أمبون على بعد عشر دقائق من الميناء.\n\n- تُفتح "
            "الأبواب في الساعة 07:30 كل يوم.\n- أحضروا الشارة والوثيقة المذكورة عليها.\n- جميع الأوقات بتوقيت شرق إندونيسيا "
            "(UTC+9).",
        ),
        AS_OF,
    ),
    Page(
        "visa",
        text("Visa", "Visa", "التأشيرة"),
        text(
            "Members of delegations apply at the mission of the host country with the letter of confirmation that they "
            "receive after accreditation. In this sample no letter has any effect.\n\n- Apply at least four weeks before "
            "arrival.\n- Holders of diplomatic and service passports: ask the mission whether a visa is needed.",
            "Anggota delegasi mengajukan permohonan di Perwakilan negara tuan rumah dengan surat konfirmasi yang diterima "
            "setelah akreditasi. Dalam contoh ini surat tersebut tidak berlaku.\n\n- Ajukan paling lambat empat minggu sebelum "
            "kedatangan.\n- Pemegang paspor diplomatik dan dinas: tanyakan kepada Perwakilan apakah visa diperlukan.",
            "يقدّم أعضاء الوفود طلباتهم لدى بعثة البلد المضيف مع خطاب التأكيد الذي يتسلمونه بعد الاعتماد. لا أثر لأي خطاب في هذا "
            "المثال.",
        ),
        AS_OF,
    ),
    Page(
        "hotels",
        text("Hotels", "Hotel", "الفنادق"),
        text(
            "Three hotels that do not exist hold rooms until two weeks before the conference: **Hotel Contoh**, **Hotel "
            "Sample** and **Wisma Misal**. A shuttle runs between them and the venue every twenty minutes.",
            "Tiga hotel yang tidak ada menyediakan kamar sampai dua minggu sebelum konferensi: **Hotel Contoh**, **Hotel "
            "Sample**, dan **Wisma Misal**. Bus ulang-alik beroperasi antara hotel dan tempat konferensi setiap dua puluh "
            "menit.",
            "ثلاثة فنادق غير موجودة تحجز غرفاً حتى أسبوعين قبل المؤتمر: **فندق تشونتوه** و**فندق سامبل** و**ويسما ميسال**.",
        ),
        AS_OF,
    ),
    Page(
        "contacts",
        text("Contacts", "Kontak", "جهات الاتصال"),
        text(
            "- Secretariat: secretariat@sample-2027.example\n- Accreditation: accreditation@sample-2027.example\n- Media: "
            "press@sample-2027.example\n\nThese addresses stand in a reserved example domain and reach nobody.",
            "- Sekretariat: secretariat@sample-2027.example\n- Akreditasi: accreditation@sample-2027.example\n- Media: "
            "press@sample-2027.example\n\nAlamat-alamat ini berada pada domain contoh dan tidak sampai kepada siapa pun.",
            "- الأمانة: secretariat@sample-2027.example\n- الاعتماد: accreditation@sample-2027.example\n- الإعلام: "
            "press@sample-2027.example\n\nهذه عناوين في نطاق مخصص للأمثلة ولا تصل إلى أحد.",
        ),
        AS_OF,
    ),
    Page(
        "code-of-conduct",
        text("Code of conduct", "Kode etik", "مدونة السلوك"),
        text(
            "Everyone who takes part meets the others with respect, whatever their country, language, gender, religion, age, "
            "disability or opinion. Harassment is not accepted, at the venue or online.\n\nWhoever sees or suffers a breach "
            "may speak to the information desk or write to conduct@sample-2027.example. Reports are treated in confidence.",
            "Setiap peserta memperlakukan peserta lain dengan hormat, tanpa membedakan negara, bahasa, gender, agama, usia, "
            "disabilitas, atau pendapat. Pelecehan tidak diterima, baik di tempat konferensi maupun secara daring.\n\nSiapa "
            "pun yang melihat atau mengalami pelanggaran dapat melapor ke meja informasi atau menulis ke "
            "conduct@sample-2027.example. Laporan diperlakukan secara rahasia.",
            "يعامل جميع المشاركين بعضهم بعضاً باحترام أياً كان البلد أو اللغة أو الجنس أو الدين أو العمر أو الإعاقة أو الرأي. "
            "ولا يُقبل التحرش في مكان المؤتمر ولا عبر الإنترنت.",
        ),
        AS_OF,
    ),
    Page(
        "privacy",
        text("Privacy", "Privasi", "الخصوصية"),
        text(
            "- Names, functions and delegations appear in the list of participants; nothing else does.\n- Passport numbers are "
            "kept encrypted, seen only by the accreditation office, and deleted after the conference. Each look is "
            "recorded.\n- Telephone numbers and addresses are never published.\n- You may see, correct and withdraw your data "
            "at any time.",
            "- Nama, jabatan, dan delegasi tercantum dalam daftar peserta; selain itu tidak ada.\n- Nomor paspor disimpan "
            "terenkripsi, hanya dilihat oleh kantor akreditasi, dan dihapus setelah konferensi. Setiap pembukaan dicatat.\n- "
            "Nomor telepon dan alamat tidak pernah diterbitkan.\n- Anda dapat melihat, memperbaiki, dan menarik data Anda "
            "sewaktu-waktu.",
            "- تظهر الأسماء والوظائف والوفود في قائمة المشاركين ولا يظهر سواها.\n- تُحفظ أرقام جوازات السفر مشفرة ولا يطلع عليها "
            "إلا مكتب الاعتماد وتُحذف بعد المؤتمر.\n- لا تُنشر أرقام الهواتف والعناوين أبداً.",
        ),
        AS_OF,
    ),
    Page(
        "accessibility",
        text("Accessibility", "Aksesibilitas", "إمكانية الوصول"),
        text(
            "All rooms are step-free. Plenary meetings have captions in English and Indonesian and sign language "
            "interpretation. Tell us on the registration form what you need; only the protocol office reads it.",
            "Semua ruang dapat dicapai tanpa tangga. Sidang pleno dilengkapi takarir dalam bahasa Inggris dan bahasa Indonesia "
            "serta juru bahasa isyarat. Sampaikan kebutuhan Anda pada formulir registrasi; hanya kantor protokol yang "
            "membacanya.",
            "جميع القاعات خالية من الدرج. تتوفر في الجلسات العامة كتابة نصية بالإنكليزية والإندونيسية وترجمة بلغة الإشارة. "
            "أخبرونا في استمارة التسجيل بما تحتاجون إليه.",
        ),
        AS_OF,
    ),
)

CONFERENCE = Conference(
    slug="sample-2027",
    acronym="Sample 2027",
    name=text(
        "Sample Regional Conference on Digital Diplomacy 2027",
        "Contoh Konferensi Regional Diplomasi Digital 2027",
        "نموذج المؤتمر الإقليمي للدبلوماسية الرقمية 2027",
    ),
    theme=text(
        "Trust, Word by Word",
        "Kepercayaan, Kata demi Kata",
        "الثقة كلمة بكلمة",
    ),
    first_day=date(*FIRST),
    last_day=date(*THIRD),
    zone="Asia/Jayapura",
    venue=text("Sample Convention Centre", "Pusat Konvensi Contoh", "مركز المؤتمرات النموذجي"),
    city=text("Ambon", "Ambon", "أمبون"),
    format="hybrid",
    languages=("en", "id", "ar"),
    accent="#3a4a8c",
    contact="secretariat@sample-2027.example",
    host=text("Sample Ministry of Foreign Affairs", "Contoh Kementerian Luar Negeri", "وزارة خارجية نموذجية"),
    notice=text(
        "A sample: this conference does not exist, its people are made up, and no state has answered any invitation to it.",
        "Contoh: konferensi ini tidak ada, orang-orangnya rekaan, dan tidak ada negara yang menjawab undangan kepadanya.",
        "نموذج: هذا المؤتمر غير موجود وأشخاصه من نسج الخيال ولم ترد أي دولة على دعوة إليه.",
    ),
    description=text(
        "Foreign ministries speak to the public every day. How does the public know that it is really they who speak, that "
        "the text is complete, and that it is still valid?\n\nOver three days delegations exchange experience on genuine "
        "information, on crises, on skills and on languages, and consider a voluntary message.",
        "Kementerian luar negeri berbicara kepada masyarakat setiap hari. Bagaimana masyarakat mengetahui bahwa benar "
        "kementerian itu yang berbicara, bahwa teksnya lengkap, dan bahwa teks itu masih berlaku?\n\nSelama tiga hari delegasi "
        "bertukar pengalaman tentang informasi yang asli, krisis, keterampilan, dan bahasa, serta membahas suatu pesan yang "
        "bersifat sukarela.",
        "تخاطب وزارات الخارجية الجمهور كل يوم. فكيف يعرف الجمهور أنها هي المتحدثة حقاً، وأن النص كامل وما زال سارياً؟\n\nعلى مدى "
        "ثلاثة أيام تتبادل الوفود الخبرات بشأن المعلومات الأصلية والأزمات والمهارات واللغات، وتنظر في رسالة طوعية.",
    ),
    states=STATES,
    organizations=("ASEAN", "UN"),
    pages=PAGES,
    rooms=ROOMS,
    sessions=SESSIONS,
    documents=(MESSAGE, TERMS_OF_REFERENCE, RESOLUTION, NEXT_MEETING, GUIDE),
    delegations=DELEGATIONS,
    categories=CATEGORIES,
    people=PEOPLE,
    rescheduled=RESCHEDULED,
    office=OFFICE,
)
