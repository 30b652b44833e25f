"""International Conference on Digital Diplomacy, Bali 2021: what public reports say, and nothing else.

The beginning and the end of the day are reported; the hours between them and the rooms are illustrative and say so.
"""

from datetime import date, datetime

from confapp.demo.content import Conference, Document, Item, Page, Part, Room, Session, Text, block
from confapp.demo.participants import participating_states

AS_OF = date(2026, 11, 21)
DAY = (2021, 11, 16)

ILLUSTRATIVE: Text = {
    "en": "The hour inside the day and the room are illustrative; the beginning at 13:00 and the end at 17:40 WITA are "
    "reported.",
    "id": "Jam di dalam hari itu dan ruangnya bersifat ilustratif; awal pukul 13.00 dan akhir pukul 17.40 WITA "
    "bersumber dari laporan.",
}

# In the order of the list on the conference's site, which is alphabetical.
STATES = (
    "AUS", "BRN", "KHM", "CHL", "CHN", "FJI", "FIN", "IND", "IDN", "JPN", "LAO", "MYS", "NZL", "PHL", "KOR", "SGP",
    "ZAF", "THA", "GBR", "USA", "VNM",
)  # fmt: skip

HALL = "hall"

ROOMS = (
    Room(HALL, {"en": "Plenary hall (illustrative)", "id": "Ruang pleno (ilustratif)"}),
    Room("panel-1", {"en": "Panel room 1 (illustrative)", "id": "Ruang panel 1 (ilustratif)"}),
    Room("panel-2", {"en": "Panel room 2 (illustrative)", "id": "Ruang panel 2 (ilustratif)"}),
    Room("panel-3", {"en": "Panel room 3 (illustrative)", "id": "Ruang panel 3 (ilustratif)"}),
    Room("panel-4", {"en": "Panel room 4 (illustrative)", "id": "Ruang panel 4 (ilustratif)"}),
)

STATEMENT: Text = {"en": "Recorded statement", "id": "Pernyataan rekaman"}

PANELS: tuple[Text, ...] = (
    {
        "en": "Inclusive Digital Economy: Benefits and Challenges",
        "id": "Ekonomi Digital yang Inklusif: Manfaat dan Tantangan",
    },
    {"en": "Digital Innovation for SMEs", "id": "Inovasi Digital untuk UMKM"},
    {"en": "Making Sense of Data and Digital Diplomacy", "id": "Memaknai Data dan Diplomasi Digital"},
    {"en": "Big Data and Crisis Management", "id": "Mahadata dan Manajemen Krisis"},
)

SESSIONS = (
    Session(
        "opening",
        "ceremony",
        {"en": "Opening", "id": "Pembukaan"},
        (HALL,),
        datetime(*DAY, 13, 0),
        20,
        summary={
            "en": "The Minister opened the conference by video link and named three points: trust, with a secure "
            "environment and the privacy of data; bridging the digital divide; using digital diplomacy for global issues.",
            "id": "Menteri membuka konferensi secara virtual dan menyebut tiga hal: kepercayaan, dengan lingkungan yang "
            "aman dan privasi data; menjembatani kesenjangan digital; memanfaatkan diplomasi digital untuk isu global.",
        },
        note={
            "en": "The hour of the beginning is reported. The length and the room are illustrative.",
            "id": "Jam mulai bersumber dari laporan. Lama acara dan ruangnya bersifat ilustratif.",
        },
        illustrative=True,
        items=(Item({"en": "Opening remarks", "id": "Sambutan pembukaan"}, delegation="IDN"),),
        parts=(
            Part(
                "speaker",
                {"en": "Minister for Foreign Affairs of Indonesia", "id": "Menteri Luar Negeri Republik Indonesia"},
            ),
        ),
    ),
    Session(
        "review",
        "general_debate",
        {
            "en": "Countries’ Review",
            "id": "Tinjauan Negara-Negara (Countries’ Review)",
        },
        (HALL,),
        datetime(*DAY, 13, 20),
        105,
        summary={
            "en": "Ministers and heads of delegation at ministerial level spoke in recorded statements on one of two "
            "topics: (i) Digital Diplomacy for Crisis Management; (ii) Digital Diplomacy and the New Era of "
            "Opportunities.",
            "id": "Para menteri dan ketua delegasi setingkat menteri menyampaikan pernyataan rekaman tentang salah satu "
            "dari dua topik: (i) Diplomasi Digital untuk Manajemen Krisis; (ii) Diplomasi Digital dan Era Peluang Baru.",
        },
        note={
            "en": "Which state chose which topic, the limit of length and the order are not public. All 21 invited "
            "states are listed, in alphabetical order; one report counts 19 that took part. " + ILLUSTRATIVE["en"],
            "id": "Topik pilihan masing-masing negara, batas waktu, dan urutannya tidak tersedia untuk umum. Semua 21 "
            "negara undangan dicantumkan menurut abjad; satu laporan menyebut 19 negara berpartisipasi. "
            + ILLUSTRATIVE["id"],
        },
        illustrative=True,
        items=tuple(Item(STATEMENT, delegation=state) for state in STATES),
    ),
    *(
        Session(
            f"panel-{number}",
            "panel",
            {"en": f"Panel {number}: {title['en']}", "id": f"Panel {number}: {title['id']}"},
            (f"panel-{number}",),
            datetime(*DAY, 15, 20),
            90,
            summary={
                "en": "One of four panels held at the same time; the public could follow online.",
                "id": "Salah satu dari empat panel yang berlangsung serentak; masyarakat dapat mengikuti secara daring.",
            },
            note={
                "en": "The speakers and moderators are not known. " + ILLUSTRATIVE["en"],
                "id": "Pembicara dan moderator tidak diketahui. " + ILLUSTRATIVE["id"],
            },
            illustrative=True,
            choice="panels",
        )
        for number, title in enumerate(PANELS, start=1)
    ),
    Session(
        "closing",
        "ceremony",
        {"en": "Closing and press conference", "id": "Penutupan dan konferensi pers"},
        (HALL,),
        datetime(*DAY, 17, 0),
        40,
        summary={
            "en": "The outcome was announced and presented to the press.",
            "id": "Hasil konferensi diumumkan dan disampaikan kepada pers.",
        },
        note={
            "en": "The end at 17:40 WITA is the announced one; the beginning and the room are illustrative.",
            "id": "Waktu berakhir pukul 17.40 WITA sesuai pengumuman; waktu mulai dan ruangnya bersifat ilustratif.",
        },
        illustrative=True,
        items=(
            Item({"en": "Announcement of the outcome", "id": "Pengumuman hasil"}, delegation="IDN"),
            Item({"en": "Press conference", "id": "Konferensi pers"}, delegation="IDN"),
        ),
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
            "en": "This demonstration page describes a conference that has taken place. Reports name the **Conrad Bali, "
            "Nusa Dua**, as the place from which it was held; most participants took part online. The rooms are not "
            "known.\n\nAll hours are given in Central Indonesian Time (WITA, UTC+8). At 13:00 WITA it was 05:00 in "
            "London, 14:00 in Tokyo, 17:00 in Suva and 02:00 in Santiago.",
            "id": "Halaman demonstrasi ini menjelaskan konferensi yang telah berlangsung. Laporan menyebut **Conrad "
            "Bali, Nusa Dua**, sebagai tempat penyelenggaraan; sebagian besar peserta hadir secara daring. Ruang yang "
            "dipakai tidak diketahui.\n\nSemua jam dinyatakan dalam Waktu Indonesia Tengah (WITA, UTC+8). Pukul 13.00 "
            "WITA sama dengan pukul 05.00 di London, 14.00 di Tokyo, 17.00 di Suva, dan 02.00 di Santiago.",
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
            "secretariat@icdd-2021.example. The conference was organized by the Ministry of Foreign Affairs of "
            "Indonesia.",
            "id": "Halaman demonstrasi ini memakai alamat pada domain contoh yang tidak sampai kepada siapa pun: "
            "secretariat@icdd-2021.example. Konferensi diselenggarakan oleh Kementerian Luar Negeri Republik Indonesia.",
        },
        AS_OF,
    ),
    Page(
        "run-up",
        {"en": "The days before", "id": "Rangkaian acara sebelumnya"},
        {
            "en": "As reported:\n\n- **8 November**: media gathering of the spokesperson, online\n- **12 November**: webinar "
            "with Udayana University, Denpasar; about 50 persons on site and almost 1,500 online\n- **13 November**: "
            "photo exhibition opened by the Vice Minister; its end is reported as the 15th or the 16th\n- **13 "
            "November**: hybrid talk show on public awareness of cyber security\n\nWhat took place on 14 and 15 "
            "November is not known.",
            "id": "Sebagaimana diberitakan:\n\n- **8 November**: temu media juru bicara, secara daring\n- **12 "
            "November**: webinar bersama Universitas Udayana, Denpasar; sekitar 50 orang hadir di tempat dan hampir "
            "1.500 secara daring\n- **13 November**: pameran foto dibuka oleh Wakil Menteri; hari terakhirnya "
            "diberitakan tanggal 15 atau 16\n- **13 November**: gelar wicara hibrida tentang kesadaran masyarakat akan "
            "keamanan siber\n\nAcara tanggal 14 dan 15 November tidak diketahui.",
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
            "en": "This demonstration page stands where an organizer describes step-free access, interpretation, "
            "captions and assistance. Nothing is known about the arrangements of 2021.",
            "id": "Halaman demonstrasi ini adalah tempat penyelenggara menjelaskan akses tanpa tangga, penjurubahasaan, "
            "takarir, dan pendampingan. Pengaturan tahun 2021 tidak diketahui.",
        },
        AS_OF,
    ),
)

INFORMATION_NOTE = Document(
    symbol="ICDD/2021/INF/1",
    kind="information_note",
    title={"en": "Information note on the Bali Message", "id": "Catatan informasi tentang Bali Message"},
    languages=("en", "id"),
    authentic=("en",),
    dated=AS_OF,
    blocks=(
        block("title", "Information note on the Bali Message", "Catatan informasi tentang Bali Message"),
        block(
            "note",
            "The official text of the Bali Message is not public as far as we know. This note is not that text, quotes "
            "nothing from it and replaces nothing of it. It states only what was reported publicly.",
            "Sejauh yang kami ketahui, teks resmi Bali Message tidak tersedia untuk umum. Catatan ini bukan teks "
            "tersebut, tidak mengutipnya, dan tidak menggantikannya. Catatan ini hanya memuat hal yang diberitakan "
            "secara terbuka.",
        ),
        block("heading", "Title", "Judul"),
        block(
            "paragraph",
            "The outcome of the International Conference on Digital Diplomacy, Bali, 16 November 2021, is reported as the "
            "“Bali Message on International Cooperation in Digital Diplomacy”.",
            "Hasil Konferensi Internasional Diplomasi Digital, Bali, 16 November 2021, diberitakan dengan judul “Bali "
            "Message on International Cooperation in Digital Diplomacy”.",
        ),
        block("heading", "Five focus areas", "Lima area fokus"),
        block(
            "paragraph",
            "Most reports name these five focus areas:",
            "Sebagian besar laporan menyebut lima area fokus berikut:",
            block(
                "list_item",
                "government policy framework to support digital diplomacy;",
                "kerangka kebijakan pemerintah untuk mendukung diplomasi digital;",
            ),
            block(
                "list_item",
                "crisis management through digital diplomacy;",
                "manajemen krisis melalui diplomasi digital;",
            ),
            block(
                "list_item",
                "data management to support digital diplomacy;",
                "manajemen data untuk mendukung diplomasi digital;",
            ),
            block(
                "list_item",
                "innovation to support small and medium-sized enterprises (SMEs);",
                "inovasi untuk mendukung usaha kecil dan menengah (UKM);",
            ),
            block(
                "list_item",
                "capacity building and digital inclusion.",
                "peningkatan kapasitas dan inklusi digital.",
            ),
        ),
        block(
            "paragraph",
            "One report gives other words for the fourth and the fifth area, another divides the areas differently.",
            "Satu laporan memakai rumusan lain untuk area keempat dan kelima, laporan lain membagi area-area itu secara "
            "berbeda.",
        ),
        block("heading", "Voluntary nature", "Sifat sukarela"),
        block(
            "paragraph",
            "The message is described as a recommendation, which countries implement voluntarily according to their "
            "conditions, needs and priorities. Delegations commented on the draft. No signature is reported, and the "
            "languages of the text beyond its English title are not known.",
            "Pesan tersebut digambarkan sebagai rekomendasi yang dilaksanakan negara-negara secara sukarela menurut "
            "kondisi, kebutuhan, dan prioritasnya. Delegasi memberikan tanggapan atas rancangannya. Penandatanganan "
            "tidak diberitakan, dan bahasa teks selain judulnya dalam bahasa Inggris tidak diketahui.",
        ),
        block("heading", "Participation", "Partisipasi"),
        block(
            "paragraph",
            "Twenty-one states were invited: Australia, Brunei Darussalam, Cambodia, Chile, China, Fiji, Finland, India, "
            "Indonesia, Japan, Lao PDR, Malaysia, New Zealand, Philippines, Republic of Korea, Singapore, South Africa, "
            "Thailand, UK, USA, Viet Nam.",
            "Dua puluh satu negara diundang: Afrika Selatan, Amerika Serikat, Australia, Brunei Darussalam, Chile, Fiji, "
            "Filipina, Finlandia, India, Indonesia, Inggris Raya, Jepang, Kamboja, Laos, Malaysia, Republik Korea, RRT, "
            "Selandia Baru, Singapura, Thailand, Vietnam.",
        ),
        block(
            "paragraph",
            "About 4,300 participants from governments, the private sector and the public are reported; one report "
            "counts 21 states among them, another 19.",
            "Sekitar 4.300 peserta dari pemerintah, sektor swasta, dan masyarakat diberitakan hadir; satu laporan "
            "menyebut 21 negara, laporan lain 19 negara.",
        ),
        block("heading", "Sources", "Sumber"),
        block(
            "paragraph",
            "The conference’s website of 2021 and reports of Indonesian news media of November 2021, among them Antara, "
            "Detik, Kumparan, Medcom and Tribunnews, read in 2026. Where they differ, this note says so.",
            "Situs konferensi tahun 2021 dan pemberitaan media Indonesia bulan November 2021, antara lain Antara, Detik, "
            "Kumparan, Medcom, dan Tribunnews, dibaca pada tahun 2026. Bila berbeda, catatan ini menyebutkannya.",
        ),
    ),
)

CONFERENCE = Conference(
    slug="icdd-2021",
    acronym="ICDD 2021",
    name={
        "en": "International Conference on Digital Diplomacy",
        "id": "Konferensi Internasional Diplomasi Digital",
        "ar": "المؤتمر الدولي للدبلوماسية الرقمية",
    },
    theme={
        "en": "Unmasking Digital Diplomacy in the New Normal",
        "id": "Menyingkap Diplomasi Digital dalam Kenormalan Baru",
        "ar": "كشف النقاب عن الدبلوماسية الرقمية في ظل الوضع الطبيعي الجديد",
    },
    first_day=date(2021, 11, 16),
    last_day=date(2021, 11, 16),
    zone="Asia/Makassar",
    venue={"en": "Conrad Bali, Nusa Dua", "id": "Conrad Bali, Nusa Dua"},
    city={"en": "Bali", "id": "Bali", "ar": "بالي"},
    format="hybrid",
    languages=("en", "id"),
    accent="#0b5f6b",
    contact="secretariat@icdd-2021.example",
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
        "en": "The Ministry of Foreign Affairs of Indonesia convened the conference to exchange experience of the "
        "pandemic, to discuss challenges, opportunities and effectiveness, and to strengthen cooperation and capacity "
        "building.\n\nIts outcome is reported as the Bali Message on International Cooperation in Digital Diplomacy, a "
        "voluntary recommendation with five focus areas.\n\nWhat sources report differently: one closing report gives "
        "the theme with “New Era”; one outlet calls the conference “Indonesian”; 21 or 19 states are counted.",
        "id": "Konferensi ini diselenggarakan oleh Kementerian Luar Negeri Republik Indonesia untuk bertukar pengalaman "
        "pada masa pandemi, membahas tantangan, peluang, dan efektivitas, serta memperkuat kerja sama dan peningkatan "
        "kapasitas.\n\nHasilnya diberitakan sebagai Bali Message on International Cooperation in Digital Diplomacy, "
        "rekomendasi yang bersifat sukarela dengan lima area fokus.\n\nHal yang dilaporkan secara berbeda: satu laporan "
        "penutupan menulis tema dengan “New Era”; satu media menyebut konferensi ini “Indonesian”; jumlah negara disebut "
        "21 atau 19.",
    },
    states=STATES,
    pages=(*PAGES, participating_states(STATES, AS_OF, {"en": "Invited states", "id": "Negara undangan"})),
    rooms=ROOMS,
    sessions=SESSIONS,
    documents=(INFORMATION_NOTE,),
)
