"""The sample conference's two documents. We wrote both; no state negotiated, adopted or saw them."""

from datetime import date

from confapp.demo.content import Block, Document, block

MARK = block(
    "note",
    "SAMPLE – not an official text. It was written to show and to test this program. No state negotiated or adopted it, "
    "and it commits nobody.",
    "CONTOH – bukan teks resmi. Teks ini disusun untuk memperagakan dan menguji program ini. Tidak ada negara yang "
    "merundingkan atau mengesahkannya, dan teks ini tidak mengikat siapa pun.",
)


def pp(en: str, id: str) -> Block:
    return block("preambular", en, id)


def op(en: str, id: str, *points: Block) -> Block:
    return block("operative", en, id, *points)


def point(en: str, id: str) -> Block:
    return block("list_item", en, id)


def heading(en: str, id: str) -> Block:
    return block("heading", en, id)


MESSAGE = Document(
    symbol="SAMPLE/2027/MSG/1",
    kind="outcome",
    title={
        "en": "Sample Message on Trust and Cooperation in Digital Diplomacy",
        "id": "Contoh Pesan tentang Kepercayaan dan Kerja Sama dalam Diplomasi Digital",
        "ar": "نموذج رسالة بشأن الثقة والتعاون في الدبلوماسية الرقمية",
    },
    languages=("en", "id"),
    authentic=("en",),
    nature="voluntary_message",
    dated=date(2026, 11, 20),
    blocks=(
        block(
            "title",
            "Sample Message on Trust and Cooperation in Digital Diplomacy",
            "Contoh Pesan tentang Kepercayaan dan Kerja Sama dalam Diplomasi Digital",
        ),
        MARK,
        block(
            "organ",
            "We, the heads of delegation at the Sample Regional Conference on Digital Diplomacy, meeting in Ambon from "
            "20 to 22 April 2027,",
            "Kami, para ketua delegasi pada Contoh Konferensi Regional Diplomasi Digital, yang bertemu di Ambon pada "
            "tanggal 20 sampai dengan 22 April 2027,",
        ),
        pp(
            "*Guided* by the purposes and principles of the Charter of the United Nations, in particular the sovereign "
            "equality of States and the peaceful settlement of disputes,",
            "*Berpedoman* pada tujuan dan prinsip Piagam Perserikatan Bangsa-Bangsa, khususnya persamaan kedaulatan "
            "negara-negara dan penyelesaian sengketa secara damai,",
        ),
        pp(
            "*Recalling* the Vienna Convention on Diplomatic Relations and the Vienna Convention on Consular Relations, "
            "which remain the foundation of diplomatic and consular work, by whatever means that work is carried out,",
            "*Mengingat* Konvensi Wina tentang Hubungan Diplomatik dan Konvensi Wina tentang Hubungan Konsuler, yang "
            "tetap menjadi landasan kerja diplomatik dan konsuler, dengan sarana apa pun kerja itu dilaksanakan,",
        ),
        pp(
            "*Recognizing* that digital means have widened the reach of diplomacy and have brought foreign ministries "
            "into daily contact with the people whom they serve,",
            "*Mengakui* bahwa sarana digital telah memperluas jangkauan diplomasi dan mempertemukan kementerian luar "
            "negeri setiap hari dengan masyarakat yang dilayaninya,",
        ),
        pp(
            "*Mindful* that trust is gained slowly and lost quickly, and that a public text is of use only as long as "
            "its readers can tell that it is genuine,",
            "*Menyadari* bahwa kepercayaan diperoleh perlahan dan hilang dengan cepat, dan bahwa suatu teks publik hanya "
            "bermanfaat selama pembacanya dapat memastikan keasliannya,",
        ),
        pp(
            "*Noting with concern* that false and manipulated information can deepen tensions, hinder assistance in "
            "emergencies and harm persons in vulnerable situations,",
            "*Mencatat dengan keprihatinan* bahwa informasi palsu dan informasi yang dimanipulasi dapat memperdalam "
            "ketegangan, menghambat bantuan dalam keadaan darurat, dan merugikan orang-orang dalam situasi rentan,",
        ),
        pp(
            "*Reaffirming* that the rights which people have offline must also be protected online, including freedom "
            "of expression and the right to privacy,",
            "*Menegaskan kembali* bahwa hak yang dimiliki setiap orang di luar jaringan harus dilindungi pula di dalam "
            "jaringan, termasuk kebebasan berekspresi dan hak atas privasi,",
        ),
        pp(
            "*Aware* that States differ in their means, their languages and their needs, and that none should fall "
            "behind because its connectivity is limited or its ministry is small,",
            "*Memahami* bahwa negara-negara berbeda dalam sarana, bahasa, dan kebutuhannya, dan bahwa tidak satu pun "
            "hendaknya tertinggal karena konektivitasnya terbatas atau kementeriannya kecil,",
        ),
        pp(
            "*Appreciating* the contribution of regional organizations, universities, the media, civil society and the "
            "private sector in this field,",
            "*Menghargai* sumbangsih organisasi regional, perguruan tinggi, media, masyarakat sipil, dan sektor swasta "
            "di bidang ini,",
        ),
        pp(
            "*Convinced* that what is agreed in common should be small enough to be carried out and clear enough to be "
            "checked,",
            "*Meyakini* bahwa apa yang disepakati bersama hendaknya cukup sederhana untuk dilaksanakan dan cukup jelas "
            "untuk diperiksa,",
        ),
        heading("I. Common principles", "I. Prinsip bersama"),
        op(
            "*Affirm* that digital diplomacy complements, and does not replace, meetings in person, confidential "
            "negotiation and the established channels between States;",
            "*Menegaskan* bahwa diplomasi digital melengkapi, dan tidak menggantikan, pertemuan tatap muka, perundingan "
            "tertutup, dan saluran antarnegara yang telah mapan;",
        ),
        op(
            "*Affirm also* that this Message is voluntary in nature, creates no rights or obligations under "
            "international law and is carried out by each participant according to its own law, circumstances and "
            "priorities;",
            "*Menegaskan pula* bahwa Pesan ini bersifat sukarela, tidak menimbulkan hak atau kewajiban menurut hukum "
            "internasional, dan dilaksanakan oleh setiap peserta sesuai dengan hukum, keadaan, dan prioritasnya sendiri;",
        ),
        op(
            "*Agree* to be guided in our digital diplomacy by the following principles:",
            "*Sepakat* untuk berpedoman pada prinsip-prinsip berikut dalam diplomasi digital kami:",
            point(
                "accuracy: what is published has been checked, and errors are corrected openly;",
                "ketepatan: apa yang diterbitkan telah diperiksa, dan kekeliruan diperbaiki secara terbuka;",
            ),
            point(
                "openness: the public can see who speaks, in what function and on whose behalf;",
                "keterbukaan: masyarakat dapat mengetahui siapa yang berbicara, dalam jabatan apa, dan atas nama siapa;",
            ),
            point(
                "courtesy: disagreement is expressed with respect for persons and for States;",
                "kesantunan: perbedaan pendapat disampaikan dengan menghormati orang dan negara;",
            ),
            point(
                "restraint: data are collected only for a stated purpose and kept only as long as that purpose requires;",
                "pembatasan: data dikumpulkan hanya untuk tujuan yang dinyatakan dan disimpan hanya selama diperlukan "
                "untuk tujuan itu;",
            ),
        ),
        op(
            "*Emphasize* that these principles apply equally to communication prepared with the aid of automated "
            "systems, and that responsibility for an official statement always rests with a person;",
            "*Menekankan* bahwa prinsip-prinsip tersebut berlaku pula bagi komunikasi yang disiapkan dengan bantuan "
            "sistem otomatis, dan bahwa tanggung jawab atas suatu pernyataan resmi selalu berada pada seseorang;",
        ),
        op(
            "*Encourage* participants to make available to the public, where possible, their guidance on the use of "
            "digital means by diplomats;",
            "*Mendorong* para peserta untuk membuka kepada masyarakat, apabila memungkinkan, pedoman mereka mengenai "
            "penggunaan sarana digital oleh para diplomat;",
        ),
        heading("II. Genuine and reliable public information", "II. Informasi publik yang asli dan andal"),
        op(
            "*Underline* that anyone who reads an official text should be able to check, free of charge and without "
            "special knowledge, whether it is genuine and current;",
            "*Menggarisbawahi* bahwa setiap orang yang membaca suatu teks resmi hendaknya dapat memeriksa, tanpa biaya "
            "dan tanpa pengetahuan khusus, apakah teks itu asli dan masih berlaku;",
        ),
        op(
            "*Invite* participants to publish official texts:",
            "*Mengajak* para peserta untuk menerbitkan teks resmi:",
            point(
                "at a stable address, which does not change when a website is renewed;",
                "pada alamat yang tetap, yang tidak berubah ketika suatu situs diperbarui;",
            ),
            point(
                "with the date, the issuing authority and the available languages stated in the text itself;",
                "dengan tanggal, otoritas penerbit, dan bahasa yang tersedia dinyatakan di dalam teks itu sendiri;",
            ),
            point(
                "in a form that assistive technology can read;",
                "dalam bentuk yang dapat dibaca oleh teknologi bantu;",
            ),
        ),
        op(
            "*Recommend* that a text be corrected by a correction that names what has changed, so that the earlier text "
            "remains on record;",
            "*Merekomendasikan* agar suatu teks diperbaiki melalui ralat yang menyebutkan apa yang berubah, sehingga "
            "teks terdahulu tetap tercatat;",
        ),
        op(
            "*Encourage* cooperation with independent media and with fact-checking organizations, in full respect of "
            "their editorial independence;",
            "*Mendorong* kerja sama dengan media independen dan organisasi pemeriksa fakta, dengan sepenuhnya "
            "menghormati independensi redaksionalnya;",
        ),
        op(
            "*Stress* that measures against false information should be lawful, necessary and proportionate and should "
            "not restrict legitimate debate;",
            "*Menekankan* bahwa tindakan terhadap informasi palsu hendaknya sah menurut hukum, perlu, dan proporsional, "
            "serta tidak membatasi perdebatan yang sah;",
        ),
        heading("III. Cooperation in times of crisis", "III. Kerja sama pada masa krisis"),
        op(
            "*Express our intention* to designate in each ministry a point of contact for public communication in "
            "emergencies, and to keep its particulars up to date;",
            "*Menyatakan niat kami* untuk menunjuk di setiap kementerian satu narahubung bagi komunikasi publik dalam "
            "keadaan darurat dan memutakhirkan keterangan tentangnya;",
        ),
        op(
            "*Encourage* the points of contact to exchange verified information at the earliest moment on:",
            "*Mendorong* para narahubung untuk bertukar informasi yang telah diverifikasi sedini mungkin mengenai:",
            point(
                "the safety of foreign nationals and the assistance available to them;",
                "keselamatan warga negara asing dan bantuan yang tersedia bagi mereka;",
            ),
            point(
                "the closing and reopening of borders, airports and ports;",
                "penutupan dan pembukaan kembali perbatasan, bandar udara, dan pelabuhan;",
            ),
            point(
                "false reports that may endanger persons or relief work;",
                "kabar palsu yang dapat membahayakan orang atau kerja kemanusiaan;",
            ),
        ),
        op(
            "*Recommend* that messages in emergencies be short and dated, be available in the languages of those "
            "affected, and suit slow connections and radio;",
            "*Merekomendasikan* agar pesan dalam keadaan darurat dibuat singkat dan bertanggal, tersedia dalam bahasa "
            "mereka yang terdampak, serta sesuai untuk sambungan yang lambat dan siaran radio;",
        ),
        op(
            "*Invite* participants to hold at least one joint exercise every two years, open to all that wish to "
            "observe it;",
            "*Mengajak* para peserta untuk menyelenggarakan sekurang-kurangnya satu latihan bersama setiap dua tahun, "
            "yang terbuka bagi semua yang hendak meninjaunya;",
        ),
        op(
            "*Underline* that the personal data of those who seek consular assistance deserve particular protection and "
            "should be shared only on a lawful basis and for a humanitarian or consular need;",
            "*Menggarisbawahi* bahwa data pribadi mereka yang meminta bantuan konsuler patut mendapat pelindungan "
            "khusus dan hendaknya dibagikan hanya atas dasar hukum yang sah dan untuk keperluan kemanusiaan atau "
            "konsuler;",
        ),
        heading("IV. Inclusion, skills and languages", "IV. Inklusi, keterampilan, dan bahasa"),
        op(
            "*Resolve* to narrow the differences in skills and equipment among foreign ministries through training, the "
            "exchange of officials and the sharing of tools;",
            "*Bertekad* untuk memperkecil perbedaan keterampilan dan peralatan di antara kementerian luar negeri melalui "
            "pelatihan, pertukaran pejabat, dan berbagi perangkat;",
        ),
        op(
            "*Welcome* the offers of training made at the Conference, and *request* that places be allocated with due "
            "regard to least developed countries, landlocked developing countries and small island developing States;",
            "*Menyambut baik* tawaran pelatihan yang disampaikan pada Konferensi, dan *meminta* agar tempat dibagikan "
            "dengan memperhatikan negara kurang berkembang, negara berkembang yang terkurung daratan, dan negara "
            "berkembang kepulauan kecil;",
        ),
        op(
            "*Encourage* participants to publish information for the public in local languages and in sign languages "
            "wherever possible, and to write it in plain terms;",
            "*Mendorong* para peserta untuk menerbitkan informasi bagi masyarakat dalam bahasa daerah dan bahasa isyarat "
            "sedapat mungkin, dan menuliskannya dengan bahasa yang mudah dipahami;",
        ),
        op(
            "*Call for* the full, equal and meaningful participation of women and of young people in digital diplomacy, "
            "and for their protection from abuse online;",
            "*Menyerukan* partisipasi penuh, setara, dan bermakna dari perempuan dan kaum muda dalam diplomasi digital, "
            "serta pelindungan mereka dari perlakuan kasar di dalam jaringan;",
        ),
        op(
            "*Recommend* that tools developed with public funds be offered to other participants under open licences, "
            "where law and security permit;",
            "*Merekomendasikan* agar perangkat yang dikembangkan dengan dana publik ditawarkan kepada peserta lain "
            "dengan lisensi terbuka, sepanjang hukum dan keamanan mengizinkan;",
        ),
        heading("V. Follow-up", "V. Tindak lanjut"),
        op(
            "*Agree* to form, on a voluntary basis, an informal contact network on digital diplomacy, composed of the "
            "points of contact referred to in paragraph 11;",
            "*Sepakat* untuk membentuk, secara sukarela, jejaring kontak informal tentang diplomasi digital yang "
            "beranggotakan para narahubung sebagaimana dimaksud dalam paragraf 11;",
        ),
        op(
            "*Take note* of the plan of action annexed to this Message as a list of suggested steps, which each "
            "participant may take up as it sees fit;",
            "*Mencatat* rencana aksi yang dilampirkan pada Pesan ini sebagai daftar langkah yang disarankan, yang dapat "
            "diambil oleh setiap peserta menurut pertimbangannya;",
        ),
        op(
            "*Request* the host country to make this Message public in all its language versions and to bring it to the "
            "attention of interested international and regional organizations;",
            "*Meminta* negara tuan rumah untuk mengumumkan Pesan ini dalam semua versi bahasanya dan menyampaikannya "
            "kepada organisasi internasional dan regional yang berkepentingan;",
        ),
        op(
            "*Invite* participants to share, before the next meeting, a written account of the steps they have taken, "
            "of two pages at most;",
            "*Mengajak* para peserta untuk membagikan, sebelum pertemuan berikutnya, uraian tertulis tentang langkah "
            "yang telah diambil, paling banyak dua halaman;",
        ),
        op(
            "*Decide* to review this Message at a meeting to be held within three years, and *express our gratitude* to "
            "the people of Ambon and to the host country for their hospitality.",
            "*Memutuskan* untuk meninjau Pesan ini pada pertemuan yang akan diselenggarakan dalam waktu tiga tahun, dan "
            "*menyampaikan terima kasih* kepada masyarakat Ambon dan negara tuan rumah atas keramahtamahannya.",
        ),
        block(
            "annex",
            "Annex: Plan of action",
            "Lampiran: Rencana aksi",
            block(
                "paragraph",
                "The steps below are suggestions. Each participant chooses those that suit its means, and may stop or "
                "change them at any time.",
                "Langkah-langkah di bawah ini adalah saran. Setiap peserta memilih yang sesuai dengan kemampuannya dan "
                "dapat menghentikan atau mengubahnya sewaktu-waktu.",
            ),
            point(
                "Within three months: name a point of contact and a deputy, and send their particulars to the host "
                "country.",
                "Dalam tiga bulan: menunjuk seorang narahubung dan wakilnya, dan menyampaikan keterangan tentang "
                "keduanya kepada negara tuan rumah.",
            ),
            point(
                "Within three months: publish this Message on the website of the ministry, with a translation into the "
                "national languages where one exists.",
                "Dalam tiga bulan: memuat Pesan ini pada situs kementerian, disertai terjemahan ke dalam bahasa nasional "
                "bila tersedia.",
            ),
            point(
                "Within six months: review whether official texts on the website can be verified, cited and read with "
                "assistive technology.",
                "Dalam enam bulan: meninjau apakah teks resmi pada situs dapat diverifikasi, dikutip, dan dibaca dengan "
                "teknologi bantu.",
            ),
            point(
                "Within six months: agree within the contact network on a common form for messages in emergencies.",
                "Dalam enam bulan: menyepakati dalam jejaring kontak suatu bentuk bersama bagi pesan dalam keadaan "
                "darurat.",
            ),
            point(
                "Within one year: hold a first joint exercise, online, of not more than two hours.",
                "Dalam satu tahun: menyelenggarakan latihan bersama pertama, secara daring, paling lama dua jam.",
            ),
            point(
                "Within one year: open one training course to officials of at least three other participants.",
                "Dalam satu tahun: membuka satu kursus pelatihan bagi pejabat dari sekurang-kurangnya tiga peserta lain.",
            ),
            point(
                "Within two years: exchange two officials for four weeks between ministries of different size.",
                "Dalam dua tahun: mempertukarkan dua pejabat selama empat minggu antara kementerian yang berbeda "
                "ukurannya.",
            ),
            point(
                "Within two years: publish at least one tool under an open licence, with instructions in English and in "
                "one other language.",
                "Dalam dua tahun: menerbitkan sekurang-kurangnya satu perangkat dengan lisensi terbuka, disertai petunjuk "
                "dalam bahasa Inggris dan satu bahasa lain.",
            ),
            point(
                "Before the next meeting: share a written account of the steps taken, of those not taken and of the "
                "reasons.",
                "Sebelum pertemuan berikutnya: membagikan uraian tertulis tentang langkah yang diambil, yang tidak "
                "diambil, dan alasannya.",
            ),
        ),
    ),
    amendments=(
        (
            "*Invite* participants to hold at least one joint exercise",
            {
                "en": "*Invite* participants to hold at least one joint exercise every year, online or in person, open to "
                "all that wish to observe it;",
                "id": "*Mengajak* para peserta untuk menyelenggarakan sekurang-kurangnya satu latihan bersama setiap "
                "tahun, secara daring atau tatap muka, yang terbuka bagi semua yang hendak meninjaunya;",
            },
        ),
        (
            "*Recommend* that tools developed with public funds",
            {
                "en": "*Recommend* that tools developed with public funds be offered to other participants under open "
                "licences and with documentation, where law and security permit;",
            },
        ),
    ),
)

TERMS_OF_REFERENCE = Document(
    symbol="SAMPLE/2027/L.2",
    kind="paper",
    title={
        "en": "Sample terms of reference of the contact network",
        "id": "Contoh kerangka acuan jejaring kontak",
        "ar": "نموذج اختصاصات شبكة الاتصال",
    },
    languages=("en", "id"),
    authentic=("en",),
    published=False,
    blocks=(
        block(
            "title",
            "Sample terms of reference of the contact network",
            "Contoh kerangka acuan jejaring kontak",
        ),
        MARK,
        heading("Purpose", "Tujuan"),
        op(
            "The contact network connects the officials who are responsible for digital diplomacy in the ministries of "
            "the participants.",
            "Jejaring kontak menghubungkan para pejabat yang bertanggung jawab atas diplomasi digital di kementerian para "
            "peserta.",
        ),
        op(
            "It is informal. It takes no decisions on behalf of States and has no budget of its own.",
            "Jejaring ini bersifat informal, tidak mengambil keputusan atas nama negara, dan tidak memiliki anggaran "
            "sendiri.",
        ),
        heading("Members", "Anggota"),
        op(
            "Each participant names a point of contact and a deputy. Either may be replaced at any time by written "
            "notice to the coordinator.",
            "Setiap peserta menunjuk seorang narahubung dan wakilnya. Keduanya dapat diganti sewaktu-waktu dengan "
            "pemberitahuan tertulis kepada koordinator.",
        ),
        op(
            "International and regional organizations may be invited as observers.",
            "Organisasi internasional dan regional dapat diundang sebagai peninjau.",
        ),
        heading("Work", "Kerja"),
        op(
            "The network:",
            "Jejaring ini:",
            point("meets online twice a year;", "bertemu secara daring dua kali setahun;"),
            point(
                "keeps the list of points of contact, which is not public;",
                "memelihara daftar narahubung, yang tidak dibuka untuk umum;",
            ),
            point(
                "prepares the joint exercise in the plan of action.",
                "menyiapkan latihan bersama yang tercantum dalam rencana aksi.",
            ),
        ),
        Block(
            "operative",
            {
                "en": "The coordinator is the host country of the last meeting, for one year, and may be supported by a "
                "deputy from another region."
            },
        ),
        heading("Review", "Peninjauan"),
        op(
            "These terms are reviewed with the Message.",
            "Kerangka acuan ini ditinjau bersama dengan Pesan.",
        ),
    ),
)
