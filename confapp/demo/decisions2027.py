"""A resolution that was put to the vote in the rehearsal of the sample conference, and a draft under silence.

Only states that do not exist vote, state and endorse: nothing here is put into the mouth of a real one.
"""

from confapp.demo.content import Block, Document, Recorded, Text, block
from confapp.demo.message import MARK, heading, op, point, pp

OWN_STATES: dict[str, Text] = {
    "sampleland": {"en": "Sampleland", "id": "Negeri Contoh", "ar": "بلاد النموذج"},
    "examples": {"en": "Republic of Examples", "id": "Republik Misalnya", "ar": "جمهورية الأمثلة"},
    "placeholders": {"en": "Placeholder Islands", "id": "Kepulauan Umpama", "ar": "جزر المواضع"},
}
WORDS: Text = {
    "en": "Placeholder for a statement of the delegation.\nIn a real conference its own words stand here, and nobody changes "
    "them.",
    "id": "Tempat bagi pernyataan delegasi.\nDalam konferensi yang sebenarnya, kata-katanya sendiri tercantum di sini dan "
    "tidak diubah oleh siapa pun.",
}
MINISTER: Text = {
    "en": "Minister for Foreign Affairs (placeholder)",
    "id": "Menteri Luar Negeri (contoh)",
    "ar": "وزير الخارجية (نموذج)",
}


def _title(en: str, id: str) -> Block:
    return block("title", en, id)


RESOLUTION = Document(
    symbol="SAMPLE/2027/L.4",
    kind="outcome",
    title={
        "en": "Sample resolution on the exchange of practice",
        "id": "Contoh resolusi tentang pertukaran praktik",
        "ar": "نموذج قرار بشأن تبادل الممارسات",
    },
    languages=("en", "id"),
    authentic=("en",),
    nature="resolution",
    blocks=(
        _title("Sample resolution on the exchange of practice", "Contoh resolusi tentang pertukaran praktik"),
        MARK,
        block("organ", "The sample conference,", "Contoh konferensi ini,"),
        pp(
            "*Recalling* the sample message on trust and cooperation in digital diplomacy,",
            "*Mengingat* contoh pesan tentang kepercayaan dan kerja sama dalam diplomasi digital,",
        ),
        op(
            "*Encourages* participants to exchange, once a year, what they have learned;",
            "*Mendorong* para peserta untuk bertukar pelajaran setahun sekali;",
        ),
        op(
            "*Recommends* that such an exchange",
            "*Merekomendasikan* agar pertukaran itu",
            point("be held online;", "dilakukan secara daring;"),
            point("be short and open to all participants;", "singkat dan terbuka bagi semua peserta;"),
        ),
        op(
            "*Invites* the host of the next meeting to report on it in two pages.",
            "*Mengundang* tuan rumah pertemuan berikutnya untuk melaporkannya dalam dua halaman.",
        ),
        block("signatures", "Endorsed by", "Didukung oleh"),
    ),
    recorded=Recorded(
        votes={"sampleland": "for", "examples": "for", "placeholders": "abstaining"},
        dissociates=("placeholders", "*Recommends*"),
        words=WORDS,
        endorsed_by=("examples", "sampleland"),
        authority=MINISTER,
    ),
)

NEXT_MEETING = Document(
    symbol="SAMPLE/2027/L.5",
    kind="outcome",
    title={
        "en": "Sample decision on the next meeting",
        "id": "Contoh keputusan tentang pertemuan berikutnya",
        "ar": "نموذج مقرر بشأن الاجتماع المقبل",
    },
    languages=("en", "id"),
    authentic=("en",),
    published=False,
    silence_days=12,
    note={
        "en": "The draft was read twice in the rehearsal. It is put forward for adoption by silence.",
        "id": "Rancangan ini telah dibaca dua kali dalam gladi bersih dan diajukan untuk disahkan dengan prosedur diam.",
        "ar": "قُرئ المشروع مرتين في التدريب، وهو معروض للاعتماد بإجراء الصمت.",
    },
    blocks=(
        _title("Sample decision on the next meeting", "Contoh keputusan tentang pertemuan berikutnya"),
        MARK,
        heading("Place and time", "Tempat dan waktu"),
        op(
            "The next meeting is held in the host country of this one, within two years.",
            "Pertemuan berikutnya diselenggarakan di negara tuan rumah pertemuan ini, dalam waktu dua tahun.",
        ),
        op(
            "Its agenda is circulated three months before it opens.",
            "Agendanya diedarkan tiga bulan sebelum pertemuan dibuka.",
        ),
    ),
)
