"""Regional Conference on Digital Diplomacy, Jakarta 2019: what public reports say, and nothing else.

Hours and rooms were not published; those here are illustrative and each session says so. Speakers appear by function.
"""

from datetime import date, datetime

from confapp.demo.content import Conference, Document, Item, Page, Part, Room, Session, Text, block
from confapp.demo.participants import participating_states

AS_OF = date(2026, 11, 21)
DAY = (2019, 9, 10)

ILLUSTRATIVE: Text = {
    "en": "Hours and room are illustrative: the programme of the day as printed is not public.",
    "id": "Jam dan ruang bersifat ilustratif: susunan acara tercetak tidak tersedia untuk umum.",
}

# In alphabetical order of the short names in English.
STATES = (
    "AUS", "BRN", "KHM", "CHN", "IND", "IDN", "JPN", "LAO", "MYS", "MMR", "NZL", "PHL", "KOR", "SGP", "THA", "VNM",
)  # fmt: skip

HALL, EXHIBITION, PRESS = "hall", "exhibition", "press"

ROOMS = (
    Room(HALL, {"en": "Plenary hall (illustrative)", "id": "Ruang pleno (ilustratif)"}),
    Room(EXHIBITION, {"en": "Exhibition area (illustrative)", "id": "Area pameran (ilustratif)"}),
    Room(PRESS, {"en": "Press corner (illustrative)", "id": "Pojok pers (ilustratif)"}),
)

STATEMENT: Text = {"en": "Statement", "id": "Pernyataan"}

SESSIONS = (
    Session(
        "exhibition",
        "exhibition",
        {"en": "Digital exhibition", "id": "Pameran digital"},
        (EXHIBITION,),
        datetime(*DAY, 9, 0),
        480,
        summary={
            "en": "Digital start-ups showed their work beside the sessions.",
            "id": "Perusahaan rintisan digital memamerkan karyanya di samping sidang.",
        },
        note={
            "en": "Reports differ: twelve start-ups were announced, sixteen were reported. " + ILLUSTRATIVE["en"],
            "id": "Laporan berbeda: dua belas perusahaan rintisan diumumkan, enam belas diberitakan. "
            + ILLUSTRATIVE["id"],
        },
        illustrative=True,
    ),
    Session(
        "opening",
        "ceremony",
        {"en": "Opening", "id": "Pembukaan"},
        (HALL,),
        datetime(*DAY, 9, 0),
        45,
        summary={
            "en": "The conference was opened by the Minister for Foreign Affairs of Indonesia.",
            "id": "Konferensi dibuka oleh Menteri Luar Negeri Republik Indonesia.",
        },
        note=ILLUSTRATIVE,
        illustrative=True,
        items=(
            Item({"en": "Video on the evolution of diplomacy", "id": "Video tentang evolusi diplomasi"}),
            Item({"en": "Contemporary ethnic dance", "id": "Tari etnik kontemporer"}),
            Item({"en": "Opening address", "id": "Sambutan pembukaan"}, delegation="IDN"),
        ),
        parts=(
            Part(
                "speaker",
                {"en": "Minister for Foreign Affairs of Indonesia", "id": "Menteri Luar Negeri Republik Indonesia"},
            ),
        ),
    ),
    Session(
        "door-stop",
        "press_conference",
        {"en": "Media door-stop", "id": "Keterangan pers singkat (door-stop)"},
        (PRESS,),
        datetime(*DAY, 9, 50),
        20,
        note=ILLUSTRATIVE,
        illustrative=True,
    ),
    Session(
        "session-1",
        "general_debate",
        {
            "en": "Session I, general debate: Overcoming Challenges and Seizing Opportunities",
            "id": "Sesi I, debat umum: Mengatasi Tantangan dan Meraih Peluang",
        },
        (HALL,),
        datetime(*DAY, 10, 15),
        120,
        summary={
            "en": "One statement by each of the sixteen delegations.",
            "id": "Satu pernyataan dari masing-masing dari enam belas delegasi.",
        },
        note={
            "en": "The order of the statements is not public; the list stands in alphabetical order. "
            + ILLUSTRATIVE["en"],
            "id": "Urutan pernyataan tidak tersedia untuk umum; daftar disusun menurut abjad. " + ILLUSTRATIVE["id"],
        },
        illustrative=True,
        items=tuple(Item(STATEMENT, delegation=state) for state in STATES),
    ),
    Session(
        "session-2",
        "panel",
        {
            "en": "Session II, panel: The Role of Digital Diplomacy in Crisis Situation",
            "id": "Sesi II, diskusi panel: Peran Diplomasi Digital dalam Situasi Krisis",
        },
        (HALL,),
        datetime(*DAY, 13, 30),
        90,
        note=ILLUSTRATIVE,
        illustrative=True,
        parts=(
            Part(
                "moderator",
                {"en": "Representative of Pulse Lab Jakarta", "id": "Perwakilan Pulse Lab Jakarta"},
            ),
            Part("panellist", {"en": "Ambassador of Japan to Indonesia", "id": "Duta Besar Jepang untuk Indonesia"}),
            Part(
                "panellist",
                {
                    "en": "Former Ambassador of China to ASEAN",
                    "id": "Mantan Duta Besar Republik Rakyat Tiongkok untuk ASEAN",
                },
            ),
            Part(
                "panellist",
                {
                    "en": "Official of the Department of Foreign Affairs and Trade of Australia",
                    "id": "Pejabat Departemen Luar Negeri dan Perdagangan Australia",
                },
            ),
            Part(
                "panellist",
                {"en": "Representative of Facebook Indonesia", "id": "Perwakilan Facebook Indonesia"},
            ),
            Part("panellist", {"en": "Academic of Telkom University", "id": "Akademisi Universitas Telkom"}),
        ),
    ),
    Session(
        "session-3",
        "panel",
        {
            "en": "Session III, panel: Utilizing Digital Technology to Achieve the Goals of Diplomacy",
            "id": "Sesi III, diskusi panel: Pemanfaatan Teknologi Digital untuk Mencapai Tujuan Diplomasi",
        },
        (HALL,),
        datetime(*DAY, 15, 15),
        90,
        note={
            "en": "One report gives the topic as economic development. The panellists are not known. "
            + ILLUSTRATIVE["en"],
            "id": "Satu laporan menyebut topiknya pembangunan ekonomi. Nama panelis tidak diketahui. "
            + ILLUSTRATIVE["id"],
        },
        illustrative=True,
    ),
    Session(
        "closing",
        "ceremony",
        {"en": "Closing", "id": "Penutupan"},
        (HALL,),
        datetime(*DAY, 17, 0),
        30,
        note={
            "en": "Most reports date the conference 10 and 11 September, many name the 10th only. What took place on the "
            "11th is not known, and the day of the closing is therefore illustrative too. " + ILLUSTRATIVE["en"],
            "id": "Sebagian besar laporan menyebut tanggal 10 dan 11 September, banyak yang hanya menyebut tanggal 10. "
            "Acara tanggal 11 tidak diketahui sehingga hari penutupan juga bersifat ilustratif. " + ILLUSTRATIVE["id"],
        },
        illustrative=True,
        items=(Item({"en": "Closing statement", "id": "Pernyataan penutup"}, delegation="IDN"),),
        parts=(
            Part(
                "speaker",
                {
                    "en": "Director General of Information and Public Diplomacy, Ministry of Foreign Affairs of "
                    "Indonesia",
                    "id": "Direktur Jenderal Informasi dan Diplomasi Publik, Kementerian Luar Negeri Republik "
                    "Indonesia",
                },
            ),
        ),
    ),
)

PAGES = (
    Page(
        "venue",
        {"en": "Venue", "id": "Tempat"},
        {
            "en": "This demonstration page describes a conference that has taken place. Reports name **Hotel Mulia, "
            "Jakarta** as its venue. The rooms are not known.\n\nAll hours are given in Western Indonesian Time (WIB, "
            "UTC+7).",
            "id": "Halaman demonstrasi ini menjelaskan konferensi yang telah berlangsung. Laporan menyebut **Hotel "
            "Mulia, Jakarta** sebagai tempatnya. Ruang yang dipakai tidak diketahui.\n\nSemua jam dinyatakan dalam "
            "Waktu Indonesia Barat (WIB, UTC+7).",
        },
        AS_OF,
    ),
    Page(
        "visa",
        {"en": "Visa", "id": "Visa"},
        {
            "en": "This demonstration page stands where an organizer explains entry rules. The conference is over; no "
            "visa letters are issued. For present rules ask the nearest Indonesian mission.",
            "id": "Halaman demonstrasi ini adalah tempat penyelenggara menjelaskan ketentuan masuk. Konferensi telah "
            "selesai; surat dukungan visa tidak diterbitkan. Untuk ketentuan saat ini, hubungi Perwakilan Indonesia "
            "terdekat.",
        },
        AS_OF,
    ),
    Page(
        "hotels",
        {"en": "Hotels", "id": "Hotel"},
        {
            "en": "This demonstration page stands where an organizer lists hotels. Nothing was published about the "
            "accommodation of delegations, so nothing is listed.",
            "id": "Halaman demonstrasi ini adalah tempat penyelenggara mencantumkan hotel. Tidak ada keterangan yang "
            "diterbitkan tentang akomodasi delegasi sehingga daftar ini kosong.",
        },
        AS_OF,
    ),
    Page(
        "contacts",
        {"en": "Contacts", "id": "Kontak"},
        {
            "en": "This demonstration page uses an address in a reserved example domain, which reaches nobody: "
            "secretariat@rcdd-2019.example. The conference was organized by the Ministry of Foreign Affairs of "
            "Indonesia, Directorate General of Information and Public Diplomacy.",
            "id": "Halaman demonstrasi ini memakai alamat pada domain contoh yang tidak sampai kepada siapa pun: "
            "secretariat@rcdd-2019.example. Konferensi diselenggarakan oleh Kementerian Luar Negeri Republik "
            "Indonesia, Direktorat Jenderal Informasi dan Diplomasi Publik.",
        },
        AS_OF,
    ),
    Page(
        "code-of-conduct",
        {"en": "Code of conduct", "id": "Kode etik"},
        {
            "en": "This demonstration page stands where an organizer publishes the code of conduct. No code of conduct "
            "of this conference is known to us.",
            "id": "Halaman demonstrasi ini adalah tempat penyelenggara menerbitkan kode etik. Kode etik konferensi ini "
            "tidak kami ketahui.",
        },
        AS_OF,
    ),
    Page(
        "privacy",
        {"en": "Privacy", "id": "Privasi"},
        {
            "en": "This demonstration holds no data of persons who took part. Speakers are shown by their function "
            "only, as reported by the press.",
            "id": "Demonstrasi ini tidak menyimpan data orang yang hadir. Pembicara ditampilkan menurut jabatannya saja, "
            "sebagaimana diberitakan media.",
        },
        AS_OF,
    ),
    Page(
        "accessibility",
        {"en": "Accessibility", "id": "Aksesibilitas"},
        {
            "en": "This demonstration page stands where an organizer describes step-free access, interpretation and "
            "assistance. Nothing is known about the arrangements of 2019.",
            "id": "Halaman demonstrasi ini adalah tempat penyelenggara menjelaskan akses tanpa tangga, penjurubahasaan, "
            "dan pendampingan. Pengaturan tahun 2019 tidak diketahui.",
        },
        AS_OF,
    ),
)

INFORMATION_NOTE = Document(
    symbol="RCDD/2019/INF/1",
    kind="information_note",
    title={
        "en": "Information note on the Jakarta Message",
        "id": "Catatan informasi tentang Jakarta Message",
    },
    languages=("en", "id"),
    authentic=("en",),
    dated=AS_OF,
    blocks=(
        block(
            "title",
            "Information note on the Jakarta Message",
            "Catatan informasi tentang Jakarta Message",
        ),
        block(
            "note",
            "The official text of the Jakarta Message is not public as far as we know. This note is not that text, "
            "quotes nothing from it and replaces nothing of it. It states only what was reported publicly.",
            "Sejauh yang kami ketahui, teks resmi Jakarta Message tidak tersedia untuk umum. Catatan ini bukan teks "
            "tersebut, tidak mengutipnya, dan tidak menggantikannya. Catatan ini hanya memuat hal yang diberitakan "
            "secara terbuka.",
        ),
        block("heading", "Title", "Judul"),
        block(
            "paragraph",
            "The outcome of the Regional Conference on Digital Diplomacy, Jakarta, September 2019, is reported as the "
            "“Jakarta Message on Regional Cooperation in Digital Diplomacy”.",
            "Hasil Konferensi Regional Diplomasi Digital, Jakarta, September 2019, diberitakan dengan judul “Jakarta "
            "Message on Regional Cooperation in Digital Diplomacy”.",
        ),
        block(
            "paragraph",
            "Another report gives the title with “on Digital Diplomacy” in place of “in Digital Diplomacy”.",
            "Laporan lain menuliskan judul itu dengan “on Digital Diplomacy”, bukan “in Digital Diplomacy”.",
        ),
        block("heading", "Content as reported", "Isi sebagaimana diberitakan"),
        block(
            "paragraph",
            "According to the reports the message:",
            "Menurut pemberitaan, pesan tersebut:",
            block(
                "list_item",
                "recognizes the importance of digital diplomacy;",
                "mengakui pentingnya diplomasi digital;",
            ),
            block(
                "list_item",
                "expresses a joint commitment to cooperation among stakeholders;",
                "menyatakan komitmen bersama untuk bekerja sama di antara para pemangku kepentingan;",
            ),
            block(
                "list_item",
                "calls for a community free of false information;",
                "menyerukan masyarakat yang bebas dari informasi palsu;",
            ),
            block(
                "list_item",
                "initiates a Regional Network on Digital Diplomacy.",
                "memprakarsai Jejaring Regional Diplomasi Digital (Regional Network on Digital Diplomacy).",
            ),
        ),
        block("heading", "Plan of action", "Rencana aksi"),
        block(
            "paragraph",
            "The message is reported to be accompanied by a plan of action. Its content is not public.",
            "Pesan tersebut diberitakan disertai rencana aksi. Isinya tidak tersedia untuk umum.",
        ),
        block("heading", "Nature", "Sifat"),
        block(
            "paragraph",
            "The message is described as a reference for each participating country. No signature is reported; the "
            "reports say that it was discussed and agreed. The languages of the text are not known.",
            "Pesan tersebut digambarkan sebagai acuan bagi setiap negara peserta. Penandatanganan tidak diberitakan; "
            "laporan menyebutnya dibahas dan disepakati. Bahasa teks tersebut tidak diketahui.",
        ),
        block("heading", "Participating states", "Negara peserta"),
        block(
            "paragraph",
            "Sixteen states took part: Australia, Brunei Darussalam, Cambodia, China, India, Indonesia, Japan, Lao PDR, "
            "Malaysia, Myanmar, New Zealand, Philippines, Republic of Korea, Singapore, Thailand, Viet Nam.",
            "Enam belas negara berpartisipasi: Australia, Brunei Darussalam, Filipina, India, Indonesia, Jepang, "
            "Kamboja, Laos, Malaysia, Myanmar, Republik Korea, RRT, Selandia Baru, Singapura, Thailand, Vietnam.",
        ),
        block("heading", "Sources", "Sumber"),
        block(
            "paragraph",
            "Reports of Indonesian news media of September 2019, among them Antara, Jakarta Globe, Kompas, Sindonews and "
            "Tempo, read in 2026. Where they differ, this note says so.",
            "Pemberitaan media Indonesia bulan September 2019, antara lain Antara, Jakarta Globe, Kompas, Sindonews, dan "
            "Tempo, dibaca pada tahun 2026. Bila berbeda, catatan ini menyebutkannya.",
        ),
    ),
)

CONFERENCE = Conference(
    slug="rcdd-2019",
    acronym="RCDD 2019",
    name={
        "en": "Regional Conference on Digital Diplomacy",
        "id": "Konferensi Regional Diplomasi Digital",
        "ar": "المؤتمر الإقليمي للدبلوماسية الرقمية",
    },
    theme={
        "en": "Digital Diplomacy: Challenges and Opportunities",
        "id": "Diplomasi Digital: Tantangan dan Peluang",
        "ar": "الدبلوماسية الرقمية: التحديات والفرص",
    },
    first_day=date(2019, 9, 10),
    last_day=date(2019, 9, 11),
    zone="Asia/Jakarta",
    venue={"en": "Hotel Mulia", "id": "Hotel Mulia"},
    city={"en": "Jakarta", "id": "Jakarta", "ar": "جاكرتا"},
    format="in_person",
    languages=("en", "id"),
    accent="#7a2233",
    contact="secretariat@rcdd-2019.example",
    host={
        "en": "Ministry of Foreign Affairs of Indonesia",
        "id": "Kementerian Luar Negeri Republik Indonesia",
        "ar": "وزارة خارجية إندونيسيا",
    },
    notice={
        "en": "A demonstration made from public reports. This is not the conference’s official site.",
        "id": "Demonstrasi yang disusun dari pemberitaan umum. Ini bukan situs resmi konferensi.",
        "ar": "عرض توضيحي أُعدّ من تقارير منشورة. هذا ليس الموقع الرسمي للمؤتمر.",
    },
    description={
        "en": "The Ministry of Foreign Affairs of Indonesia convened the conference: the ten states of ASEAN, as they were "
        "in 2019, and Australia, China, India, Japan, New Zealand and the Republic of Korea.\n\nIts outcome is reported "
        "as the Jakarta Message on Regional Cooperation in Digital Diplomacy, with a plan of action and a Regional "
        "Network on Digital Diplomacy.\n\nWhat sources report differently: most give 10 and 11 September 2019, many the "
        "10th only; 150 persons were planned, more than 200 are reported to have attended.",
        "id": "Konferensi ini diselenggarakan oleh Kementerian Luar Negeri Republik Indonesia: sepuluh negara ASEAN, "
        "sebagaimana keanggotaannya pada tahun 2019, serta Australia, India, Jepang, Republik Korea, RRT, dan Selandia "
        "Baru.\n\nHasilnya diberitakan sebagai Jakarta Message on Regional Cooperation in Digital Diplomacy, disertai "
        "rencana aksi dan Jejaring Regional Diplomasi Digital.\n\nHal yang dilaporkan secara berbeda: sebagian besar "
        "menyebut 10 dan 11 September 2019, banyak yang hanya menyebut tanggal 10; 150 orang direncanakan hadir, lebih "
        "dari 200 diberitakan hadir.",
    },
    states=STATES,
    pages=(*PAGES, participating_states(STATES, AS_OF)),
    rooms=ROOMS,
    sessions=SESSIONS,
    documents=(INFORMATION_NOTE,),
)
