"""Starting sets of questions and questionnaires, as conferences ask them: data, not words of the program."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from confapp.people.rules import Role
from confapp.registration.rules.questions import AskedAt, DataClass, QuestionKind

Words = Mapping[str, str]

OFFICE = (Role.ORGANIZER, Role.ACCREDITATION_OFFICER)
PROTOCOL = (Role.ORGANIZER, Role.PROTOCOL_OFFICER)
SECURITY = (Role.ACCREDITATION_OFFICER, Role.SECURITY_OFFICER)
PRESS = (*OFFICE, Role.PRESS_DESK)
PROGRAMME = (Role.ORGANIZER, Role.PROGRAMME_OFFICER)


def words(en: str, id: str, ar: str) -> dict[str, str]:
    return {"en": en, "id": id, "ar": ar}


@dataclass(frozen=True)
class Q:
    """A question of the catalogue."""

    kind: QuestionKind
    label: Words
    help: Words = field(default_factory=dict)
    options: Sequence[tuple[str, Words]] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    data_class: DataClass = DataClass.PERSONAL
    kept_days: int = 90
    readers: Sequence[str] = OFFICE
    looks_again: bool = False


@dataclass(frozen=True)
class Ask:
    code: str
    needed: bool = False
    condition: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    title: Words
    asks: Sequence[Ask]
    help: Words = field(default_factory=dict)
    condition: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A questionnaire of a set."""

    code: str
    name: Words
    asked_at: AskedAt
    parts: Sequence[Part]


@dataclass(frozen=True)
class QuestionSet:
    name: Words
    lead: Words
    category_like: tuple[str, ...]  # codes of categories that it is for, where the conference has them
    sheets: Sequence[Sheet]


YES_NO = (("yes", words("Yes", "Ya", "نعم")), ("no", words("No", "Tidak", "لا")))
SIX_LANGUAGES = (
    ("ar", words("Arabic", "Arab", "العربية")),
    ("zh", words("Chinese", "Tionghoa", "الصينية")),
    ("en", words("English", "Inggris", "الإنكليزية")),
    ("fr", words("French", "Prancis", "الفرنسية")),
    ("id", words("Indonesian", "Indonesia", "الإندونيسية")),
    ("ru", words("Russian", "Rusia", "الروسية")),
    ("es", words("Spanish", "Spanyol", "الإسبانية")),
)
K, HIGH = QuestionKind, DataClass.HIGH

QUESTIONS: dict[str, Q] = {
    "attendance-mode": Q(
        K.ONE_OF,
        words("How do you take part?", "Bagaimana Anda ikut serta?", "كيف تشارك؟"),
        options=(
            ("in-person", words("In person", "Hadir langsung", "حضورياً")),
            ("online", words("Online", "Daring", "عبر الإنترنت")),
        ),
    ),
    "division": Q(K.TEXT, words("Department or division", "Direktorat atau divisi", "الإدارة أو القسم")),
    "office-phone": Q(
        K.TELEPHONE,
        words("Office telephone", "Telepon kantor", "هاتف المكتب"),
        words("With its country code.", "Dengan kode negaranya.", "مع رمز البلد."),
    ),
    "working-languages": Q(
        K.SEVERAL_OF,
        words("Languages you work in", "Bahasa kerja Anda", "لغات العمل"),
        options=SIX_LANGUAGES,
        readers=(*OFFICE, Role.PROTOCOL_OFFICER, Role.PROGRAMME_OFFICER),
    ),
    "interpretation": Q(
        K.ONE_OF,
        words(
            "Interpretation needed into",
            "Memerlukan penjurubahasaan ke dalam",
            "الترجمة الشفوية المطلوبة إلى",
        ),
        options=(("none", words("None", "Tidak perlu", "لا حاجة")), *SIX_LANGUAGES),
        readers=(*OFFICE, Role.PROTOCOL_OFFICER, Role.PROGRAMME_OFFICER),
    ),
    "nationality": Q(
        K.COUNTRY,
        words("Nationality", "Kewarganegaraan", "الجنسية"),
        data_class=HIGH,
        kept_days=30,
        readers=SECURITY,
        looks_again=True,
    ),
    "passport-kind": Q(
        K.ONE_OF,
        words("Kind of passport", "Jenis paspor", "نوع جواز السفر"),
        options=(
            ("diplomatic", words("Diplomatic", "Diplomatik", "دبلوماسي")),
            ("service", words("Service", "Dinas", "خدمة")),
            ("ordinary", words("Ordinary", "Biasa", "عادي")),
            ("laissez-passer", words("Laissez-passer", "Laissez-passer", "جواز مرور")),
        ),
        data_class=HIGH,
        kept_days=30,
        readers=SECURITY,
    ),
    "passport-expires": Q(
        K.DATE,
        words("Passport valid until", "Paspor berlaku hingga", "تاريخ انتهاء جواز السفر"),
        data_class=HIGH,
        kept_days=30,
        readers=SECURITY,
    ),
    "passport-copy": Q(
        K.FILE,
        words("Copy of the passport's data page", "Salinan halaman data paspor", "نسخة من صفحة بيانات جواز السفر"),
        data_class=HIGH,
        kept_days=30,
        readers=SECURITY,
    ),
    "visa-needed": Q(
        K.ONE_OF,
        words("Is a visa needed?", "Apakah memerlukan visa?", "هل تلزم تأشيرة؟"),
        options=YES_NO,
        readers=(*OFFICE, Role.PROTOCOL_OFFICER),
    ),
    "visa-mission": Q(
        K.TEXT,
        words(
            "Mission where the visa is applied for", "Perwakilan tempat visa diajukan", "البعثة التي تُطلب منها التأشيرة"
        ),
        readers=(*OFFICE, Role.PROTOCOL_OFFICER),
    ),
    "arrival": Q(
        K.TRAVEL_LEG,
        words("Arrival", "Kedatangan", "الوصول"),
        settings={"direction": "arrival"},
        data_class=HIGH,
        kept_days=14,
        readers=PROTOCOL,
    ),
    "departure": Q(
        K.TRAVEL_LEG,
        words("Departure", "Keberangkatan", "المغادرة"),
        settings={"direction": "departure"},
        data_class=HIGH,
        kept_days=14,
        readers=PROTOCOL,
    ),
    "vehicle": Q(
        K.TEXT,
        words("Vehicle: make and registration", "Kendaraan: merek dan nomor polisi", "المركبة: الطراز ورقم اللوحة"),
        readers=(*PROTOCOL, Role.SECURITY_OFFICER),
    ),
    "radio-equipment": Q(
        K.LONG_TEXT,
        words(
            "Firearms and radio equipment to be declared",
            "Senjata api dan peralatan radio yang dilaporkan",
            "الأسلحة النارية وأجهزة اللاسلكي المصرّح بها",
        ),
        words("Type, serial number, frequencies.", "Jenis, nomor seri, frekuensi.", "النوع والرقم التسلسلي والترددات."),
        data_class=HIGH,
        kept_days=30,
        readers=SECURITY,
    ),
    "emergency-contact": Q(
        K.TEXT,
        words("Whom to call in an emergency", "Kontak darurat", "جهة الاتصال في حالات الطوارئ"),
        words("A name and a telephone number.", "Nama dan nomor telepon.", "اسم ورقم هاتف."),
        data_class=HIGH,
        kept_days=14,
        readers=PROTOCOL,
    ),
    "outlet": Q(K.TEXT, words("Media outlet", "Media", "المؤسسة الإعلامية"), readers=PRESS, looks_again=True),
    "outlet-kind": Q(
        K.ONE_OF,
        words("Kind of outlet", "Jenis media", "نوع المؤسسة"),
        options=(
            ("agency", words("News agency", "Kantor berita", "وكالة أنباء")),
            ("print", words("Newspaper or magazine", "Surat kabar atau majalah", "صحيفة أو مجلة")),
            ("broadcast", words("Radio or television", "Radio atau televisi", "إذاعة أو تلفزيون")),
            ("online", words("Online", "Daring", "إلكترونية")),
            ("freelance", words("Freelance", "Lepas", "عمل حر")),
        ),
        readers=PRESS,
    ),
    "press-card": Q(
        K.TEXT,
        words("Number of the press card", "Nomor kartu pers", "رقم البطاقة الصحفية"),
        readers=PRESS,
        looks_again=True,
    ),
    "press-card-until": Q(
        K.DATE, words("Press card valid until", "Kartu pers berlaku hingga", "صلاحية البطاقة الصحفية"), readers=PRESS
    ),
    "assignment": Q(
        K.FILE,
        words("Letter of assignment", "Surat tugas", "كتاب التكليف"),
        words("Signed by the editor.", "Ditandatangani pemimpin redaksi.", "موقّع من رئيس التحرير."),
        settings={"kinds": ["application/pdf", "image/jpeg"]},
        readers=PRESS,
    ),
    "equipment": Q(
        K.LONG_TEXT,
        words("Equipment brought along", "Peralatan yang dibawa", "المعدات المصطحبة"),
        words(
            "One line each: item, make, serial number.",
            "Satu baris per barang: jenis, merek, nomor seri.",
            "سطر لكل قطعة: النوع والطراز والرقم التسلسلي.",
        ),
        readers=(*PRESS, Role.SECURITY_OFFICER),
    ),
    "crew": Q(
        K.NUMBER,
        words("Persons in the crew", "Jumlah anggota tim", "عدد أفراد الفريق"),
        settings={"min": "1", "max": "20"},
        readers=PRESS,
    ),
    "topic": Q(K.TEXT, words("Topic of your statement", "Topik pernyataan Anda", "موضوع بيانك"), readers=PROGRAMME),
    "biography": Q(
        K.LONG_TEXT,
        words("Short biography", "Biografi singkat", "نبذة تعريفية"),
        words("It may be printed in the programme.", "Dapat dimuat dalam program.", "قد تُنشر في البرنامج."),
        settings={"longest": 1500},
        kept_days=365,
        readers=PROGRAMME,
    ),
    "contribution": Q(
        K.ONE_OF,
        words("You speak", "Anda berbicara", "ستتحدث"),
        options=(
            ("in-person", words("In person", "Hadir langsung", "حضورياً")),
            ("live", words("Live from elsewhere", "Langsung dari tempat lain", "مباشرة من مكان آخر")),
            ("recorded", words("By a recording", "Melalui rekaman", "بتسجيل مسبق")),
        ),
        readers=PROGRAMME,
    ),
    "slides": Q(
        K.FILE,
        words("Slides", "Salindia", "الشرائح"),
        settings={"kinds": ["application/pdf"]},
        readers=PROGRAMME,
    ),
    "recording-consent": Q(
        K.CONSENT,
        words(
            "My contribution may be recorded and published by the organizers.",
            "Kontribusi saya boleh direkam dan diumumkan oleh penyelenggara.",
            "يجوز للمنظمين تسجيل مساهمتي ونشرها.",
        ),
        kept_days=730,
        readers=PROGRAMME,
    ),
    "mandate": Q(
        K.LONG_TEXT,
        words("Mandate of the organization", "Mandat organisasi", "ولاية المنظمة"),
        settings={"longest": 1000},
        readers=(*OFFICE, Role.PROTOCOL_OFFICER),
    ),
    "accredited-to": Q(
        K.TEXT,
        words("Bodies to which it is accredited", "Lembaga tempat organisasi terakreditasi", "الهيئات المعتمدة لديها"),
        readers=(*OFFICE, Role.PROTOCOL_OFFICER),
    ),
    "speaks": Q(
        K.ONE_OF,
        words("Does it wish to take the floor?", "Apakah hendak menyampaikan pernyataan?", "هل ترغب في أخذ الكلمة؟"),
        options=YES_NO,
        readers=(*PROGRAMME, Role.PROTOCOL_OFFICER),
    ),
    "sessions": Q(
        K.SESSION_CHOICE,
        words("Sessions you wish to attend", "Sesi yang ingin Anda ikuti", "الجلسات التي تود حضورها"),
        readers=PROGRAMME,
    ),
    "heard-from": Q(
        K.ONE_OF,
        words("How did you hear of the conference?", "Dari mana Anda mengetahui konferensi ini?", "كيف علمت بالمؤتمر؟"),
        options=(
            ("press", words("Press", "Pers", "الصحافة")),
            ("social", words("Social media", "Media sosial", "وسائل التواصل الاجتماعي")),
            ("university", words("School or university", "Sekolah atau universitas", "مدرسة أو جامعة")),
            ("other", words("Otherwise", "Lainnya", "غير ذلك")),
        ),
    ),
    "questions-to-panel": Q(
        K.LONG_TEXT,
        words("A question to the panel", "Pertanyaan untuk panel", "سؤال إلى المتحدثين"),
        settings={"longest": 500},
        readers=PROGRAMME,
    ),
    "badge-collected": Q(
        K.ONE_OF,
        words("Document shown at the gate", "Dokumen yang ditunjukkan di pintu masuk", "الوثيقة المبرزة عند المدخل"),
        options=(
            ("passport", words("Passport", "Paspor", "جواز سفر")),
            ("identity-card", words("Identity card", "Kartu identitas", "بطاقة هوية")),
            ("service-card", words("Service card", "Kartu dinas", "بطاقة خدمة")),
        ),
    ),
}

IN_PERSON = {"field": "attendance-mode", "operator": "equals", "value": "in-person"}
VISA = {"field": "visa-needed", "operator": "equals", "value": "yes"}
TRAVEL = Part(
    words("Travel", "Perjalanan", "السفر"),
    (Ask("arrival"), Ask("departure"), Ask("vehicle"), Ask("emergency-contact")),
    words("For greeting and transport.", "Untuk penjemputan dan transportasi.", "للاستقبال والنقل."),
)
PAPERS = Part(
    words("Passport and visa", "Paspor dan visa", "جواز السفر والتأشيرة"),
    (
        Ask("nationality", True),
        Ask("passport-kind", True),
        Ask("passport-expires"),
        Ask("passport-copy"),
        Ask("visa-needed", True),
        Ask("visa-mission", True, VISA),
    ),
    condition=IN_PERSON,
)
TAKING_PART = words("Taking part", "Keikutsertaan", "المشاركة")
GATE = Part(words("At the gate", "Di pintu masuk", "عند المدخل"), (Ask("badge-collected", True),))


def _sheet(code: str, name: Words, *parts: Part, at: AskedAt = AskedAt.REGISTRATION) -> Sheet:
    return Sheet(code, name, at, parts)


SETS: dict[str, QuestionSet] = {
    "delegate": QuestionSet(
        words("Delegates", "Delegasi", "المندوبون"),
        words(
            "Attendance, languages, passport and visa; travel after accreditation; the document shown at the gate.",
            "Kehadiran, bahasa, paspor dan visa; perjalanan setelah akreditasi; dokumen di pintu masuk.",
            "الحضور واللغات وجواز السفر والتأشيرة؛ والسفر بعد الاعتماد؛ والوثيقة عند المدخل.",
        ),
        ("delegate", "delegates"),
        (
            _sheet(
                "delegate",
                words("Delegates", "Delegasi", "المندوبون"),
                Part(
                    TAKING_PART,
                    (
                        Ask("attendance-mode", True),
                        Ask("division"),
                        Ask("office-phone"),
                        Ask("working-languages"),
                        Ask("interpretation"),
                    ),
                ),
                PAPERS,
                Part(
                    words("Security officers", "Petugas keamanan", "ضباط الأمن"),
                    (Ask("radio-equipment"),),
                    condition={"field": "capacity", "operator": "equals", "value": "security"},
                ),
            ),
            _sheet(
                "delegate-travel",
                words("Delegates: travel", "Delegasi: perjalanan", "المندوبون: السفر"),
                TRAVEL,
                at=AskedAt.AFTER_ACCREDITATION,
            ),
            _sheet(
                "delegate-gate",
                words("Delegates: at the gate", "Delegasi: di pintu masuk", "المندوبون: عند المدخل"),
                GATE,
                at=AskedAt.AT_GATE,
            ),
        ),
    ),
    "media": QuestionSet(
        words("Media", "Media", "الإعلام"),
        words(
            "Outlet, press card, letter of assignment and equipment.",
            "Media, kartu pers, surat tugas, dan peralatan.",
            "المؤسسة والبطاقة الصحفية وكتاب التكليف والمعدات.",
        ),
        ("media", "press"),
        (
            _sheet(
                "media",
                words("Media", "Media", "الإعلام"),
                Part(
                    words("Your outlet", "Media Anda", "مؤسستك"),
                    (
                        Ask("outlet", True),
                        Ask("outlet-kind", True),
                        Ask("press-card"),
                        Ask("press-card-until", condition={"field": "press-card", "operator": "filled"}),
                        Ask(
                            "assignment",
                            True,
                            {
                                "field": "outlet-kind",
                                "operator": "one_of",
                                "value": ["agency", "print", "broadcast", "online"],
                            },
                        ),
                    ),
                ),
                Part(
                    words("Your work on site", "Peliputan di tempat", "عملك في الموقع"),
                    (
                        Ask("attendance-mode", True),
                        Ask("crew", condition={"field": "outlet-kind", "operator": "equals", "value": "broadcast"}),
                        Ask("equipment", condition=IN_PERSON),
                    ),
                ),
            ),
        ),
    ),
    "speaker": QuestionSet(
        words("Speakers", "Pembicara", "المتحدثون"),
        words(
            "Topic, biography, manner of speaking and the agreement to a recording; travel after accreditation.",
            "Topik, biografi, cara berbicara, dan persetujuan rekaman; perjalanan setelah akreditasi.",
            "الموضوع والنبذة وطريقة الحديث والموافقة على التسجيل؛ والسفر بعد الاعتماد.",
        ),
        ("speaker", "speakers"),
        (
            _sheet(
                "speaker",
                words("Speakers", "Pembicara", "المتحدثون"),
                Part(
                    words("Your contribution", "Kontribusi Anda", "مساهمتك"),
                    (
                        Ask("topic", True),
                        Ask("contribution", True),
                        Ask("working-languages"),
                        Ask("biography"),
                        Ask("slides"),
                        Ask("recording-consent"),
                    ),
                ),
            ),
            _sheet(
                "speaker-travel",
                words("Speakers: travel", "Pembicara: perjalanan", "المتحدثون: السفر"),
                Part(
                    TRAVEL.title,
                    TRAVEL.asks,
                    TRAVEL.help,
                    {"field": "contribution", "operator": "equals", "value": "in-person"},
                ),
                at=AskedAt.AFTER_ACCREDITATION,
            ),
        ),
    ),
    "observer": QuestionSet(
        words("Observers", "Peninjau", "المراقبون"),
        words(
            "The organization's mandate, whether it takes the floor, passport and visa.",
            "Mandat organisasi, apakah menyampaikan pernyataan, paspor dan visa.",
            "ولاية المنظمة، وأخذ الكلمة، وجواز السفر والتأشيرة.",
        ),
        ("observer", "observers"),
        (
            _sheet(
                "observer",
                words("Observers", "Peninjau", "المراقبون"),
                Part(
                    words("Your organization", "Organisasi Anda", "منظمتك"),
                    (
                        Ask("mandate", True),
                        Ask("accredited-to"),
                        Ask("speaks", True),
                        Ask("topic", condition={"field": "speaks", "operator": "equals", "value": "yes"}),
                    ),
                ),
                Part(TAKING_PART, (Ask("attendance-mode", True), Ask("working-languages"))),
                PAPERS,
            ),
        ),
    ),
    "public": QuestionSet(
        words("Online public", "Publik daring", "الجمهور عبر الإنترنت"),
        words(
            "The sessions wished for, and a question to the panel.",
            "Sesi yang diminati dan pertanyaan untuk panel.",
            "الجلسات المرغوبة وسؤال إلى المتحدثين.",
        ),
        ("public", "online-public", "online"),
        (
            _sheet(
                "public",
                words("Online public", "Publik daring", "الجمهور عبر الإنترنت"),
                Part(
                    words("What interests you", "Minat Anda", "ما يهمك"),
                    (Ask("sessions"), Ask("heard-from"), Ask("questions-to-panel")),
                ),
            ),
        ),
    ),
}
