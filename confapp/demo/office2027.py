"""What the offices of the sample conference have done so far: all of it made up, in neutral words.

The names of zones, texts and views are data of the conference, like its programme.
"""

from typing import Any

from confapp.demo.content import Cleared, OfficeWork, Prepared, Said, SignUp, Text, Zone

MINISTRY: Text = {
    "en": "Sample Ministry of Foreign Affairs",
    "id": "Contoh Kementerian Luar Negeri",
    "ar": "وزارة الخارجية النموذجية",
}

# The blanks that the starting texts of letters leave to be filled in.
BLANKS: dict[str, str] = {
    "[Name of the ministry or secretariat]": f"The {MINISTRY['en']}",
    "[name of the ministry or secretariat]": f"the {MINISTRY['en']}",
    "[Nama kementerian atau sekretariat]": MINISTRY["id"],
    "[nama kementerian atau sekretariat]": MINISTRY["id"],
    "[اسم الوزارة أو الأمانة]": MINISTRY["ar"],
    "[Salutation]": "Dear colleagues",
    "[Salam pembuka]": "Yang terhormat rekan-rekan",
    "[التحية]": "الزملاء الأعزاء",
    "[Name]": "Dewi Contoh",
    "[Nama]": "Dewi Contoh",
    "[الاسم]": "ديوي تشونتوه",
    "[Function]": "Chair of the organizing committee",
    "[Jabatan]": "Ketua panitia penyelenggara",
    "[الصفة]": "رئيسة اللجنة المنظمة",
    "[address of its pages]": "www.sample-2027.example",
    "[alamat lamannya]": "www.sample-2027.example",
    "[عنوان صفحاته]": "www.sample-2027.example",
}

ZONES = (
    Zone(
        "venue",
        {"en": "Venue", "id": "Tempat konferensi", "ar": "مقر المؤتمر"},
        "#2f6b4f",
        ("delegate", "observer", "media", "academia", "accompanying"),
    ),
    Zone(
        "floor",
        {"en": "Floor of the plenary", "id": "Lantai sidang pleno", "ar": "قاعة الجلسات العامة"},
        "#3a4a8c",
        ("delegate", "observer"),
    ),
    Zone("press", {"en": "Press centre", "id": "Pusat media", "ar": "المركز الصحفي"}, "#8a4b08", ("media",), 40),
    Zone(
        "bilateral",
        {"en": "Rooms for bilateral meetings", "id": "Ruang pertemuan bilateral", "ar": "قاعات اللقاءات الثنائية"},
        "#6b3a6e",
        ("delegate",),
        24,
    ),
)

CLEARED = (
    Cleared("rahmat-umpama", "protocol"),
    Cleared("sota-rei", "protocol"),
    Cleared("sota-rei", "security"),
    Cleared("isla-sample", "protocol"),
    Cleared("isla-sample", "security"),
    Cleared("jiho-gyeonbon", "protocol"),
    Cleared("jiho-gyeonbon", "security", "The date of birth is needed for this check and is not given yet."),
    Cleared("erika-muster", "press"),
    Cleared("erika-muster", "security"),
)
PREPARED = (
    Prepared("sota-rei", "accredit"),
    Prepared("isla-sample", "accredit"),
    Prepared("erika-muster", "accredit"),
)
SAID = (
    Said("layla-mithal", "Is a letter signed by the head of the foreign desk enough, or must the editor sign?"),
    Said("layla-mithal", "The head of the desk is enough; the letter should carry its date and a telephone.", "office"),
    Said("ana-ivakaraitaki", "A new photograph can be taken on Monday. Is that in time?"),
    Said("ruby-specimen", "The mission telephoned: the second note verbale is expected this week.", "internal"),
)

IN_PERSON: dict[str, Any] = {
    "attendance-mode": "in-person",
    "working-languages": ["en"],
    "interpretation": "none",
    "passport-kind": "service",
    "visa-needed": "no",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "dewi-contoh": {**IN_PERSON, "nationality": "IDN", "working-languages": ["id", "en"]},
    "agus-contoh": {**IN_PERSON, "nationality": "IDN", "working-languages": ["id", "en"], "interpretation": "id"},
    "haruka-rei": {**IN_PERSON, "nationality": "JPN", "division": "Division for Digital Matters"},
    "kenji-mihon": {**IN_PERSON, "nationality": "JPN", "passport-kind": "diplomatic"},
    "yui-mihon": {**IN_PERSON, "nationality": "JPN", "working-languages": ["en", "fr"]},
    "sota-rei": {**IN_PERSON, "nationality": "JPN", "visa-needed": "yes", "visa-mission": "Sample City"},
    "eero-esimerkki": {"attendance-mode": "online", "working-languages": ["en"]},
    "erika-muster": {"outlet": "Sample News Agency", "outlet-kind": "freelance", "attendance-mode": "in-person"},
    "jean-exemple": {
        "outlet": "Agence Exemple",
        "outlet-kind": "freelance",
        "attendance-mode": "in-person",
        "equipment": "Camera, maker Sample, serial number SAMPLE-1\nLens, maker Sample, serial number SAMPLE-2",
    },
}

SIGN_UPS = (
    SignUp("panel-skills", 40, ("matilda-sample", "wiremu-tauira", "grace-huwaran", "jack-sample")),
    SignUp("panel-tools", 30, ("liis-naidis", "aroha-tauira")),
    SignUp("workshop-access", 3, ("yohanes-misal", "putu-misal", "jan-voorbeeld", "keza-urugero", "mere-ivakaraitaki")),
)

OFFICE = OfficeWork(
    host="IDN",
    zones=ZONES,
    cleared=CLEARED,
    said=SAID,
    prepared=PREPARED,
    looked_after=("ruby-specimen", "layla-mithal", "erika-muster"),
    blanks=BLANKS,
    letters_to=("BRA", "CHL", "JPN", "ASEAN", "UN"),
    visa_support=("jan-voorbeeld", "The consulate in Sample City; travel from 18 to 24 April 2027."),
    confirmation="keza-urugero",
    question_sets=("delegate", "media"),
    answers=ANSWERS,
    sign_ups=SIGN_UPS,
    private_link=("academia", "Diplomatic academies", 10),
    views=(
        ("Returned, to follow up", {"status": "returned"}),
        ("Media under review", {"status": "under_review", "category": "media"}),
    ),
)
