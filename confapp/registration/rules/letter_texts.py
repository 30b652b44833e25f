"""Texts to start from: plain administrative letters with blanks in square brackets, the official words of nobody."""

from dataclasses import dataclass

from confapp.registration.rules.letters import LetterKind


@dataclass(frozen=True)
class Wording:
    """A text in one language."""

    subject: str
    body: str
    signatory: str = ""


STARTING: dict[LetterKind, dict[str, Wording]] = {
    LetterKind.NOTE_VERBALE: {
        "en": Wording(
            "Invitation to {conference}",
            "[Name of the ministry or secretariat] presents its compliments to {addressee} "
            "and has the honour to invite {delegation} to take part in **{conference}**, to be "
            "held on {dates} in {city}.\n\n"
            "{delegation} is kindly requested to answer this invitation and to name a focal point, who will register "
            "the members of the delegation by {deadline}.\n\n"
            "Practical information is published at [address of its pages]. Questions may be addressed to {contact}.\n\n"
            "[Name of the ministry or secretariat] avails itself of this opportunity to renew to "
            "{addressee} the assurances of its highest consideration.",
            "{city}, {date}",
        ),
        "id": Wording(
            "Undangan {conference}",
            "[Nama kementerian atau sekretariat] menyampaikan salam hormat kepada {addressee} "
            "dan dengan hormat mengundang {delegation} untuk berpartisipasi dalam "
            "**{conference}**, yang akan diselenggarakan pada {dates} di {city}.\n\n"
            "{delegation} dimohon kiranya menjawab undangan ini dan menunjuk seorang narahubung, yang akan mendaftarkan "
            "anggota delegasi paling lambat {deadline}.\n\n"
            "Informasi praktis dimuat di [alamat lamannya]. Pertanyaan dapat dialamatkan kepada {contact}.\n\n"
            "[Nama kementerian atau sekretariat] menggunakan kesempatan ini untuk sekali lagi menyampaikan penghargaan "
            "setinggi-tingginya kepada {addressee}.",
            "{city}, {date}",
        ),
        "ar": Wording(
            "دعوة إلى {conference}",
            "تهدي [اسم الوزارة أو الأمانة] تحياتها إلى {addressee}، وتتشرف بدعوة {delegation} "
            "إلى المشاركة في **{conference}** الذي سيعقد في الفترة {dates} في {city}.\n\n"
            "ويُرجى من {delegation} الرد على هذه الدعوة وتسمية جهة اتصال تتولى تسجيل أعضاء الوفد في موعد أقصاه "
            "{deadline}.\n\n"
            "وتُنشر المعلومات العملية على [عنوان صفحاته]. ويمكن توجيه الأسئلة إلى {contact}.\n\n"
            "وتغتنم [اسم الوزارة أو الأمانة] هذه الفرصة لتعرب مجدداً إلى {addressee} عن فائق تقديرها.",
            "{city}، {date}",
        ),
    },
    LetterKind.INVITATION: {
        "en": Wording(
            "Invitation to {conference}",
            "[Salutation],\n\n"
            "On behalf of [name of the ministry or secretariat] I have the pleasure of inviting {delegation} to take part "
            "in **{conference}**, to be held on {dates} in {city}.\n\n"
            "May I ask you to answer this invitation and to name a focal point, who will register your participants by "
            "{deadline}. Questions may be addressed to {contact}.\n\n"
            "Yours sincerely,",
            "[Name]\n[Function]",
        ),
        "id": Wording(
            "Undangan {conference}",
            "[Salam pembuka],\n\n"
            "Atas nama [nama kementerian atau sekretariat], dengan senang hati saya mengundang {delegation} untuk "
            "berpartisipasi dalam **{conference}**, yang akan diselenggarakan pada {dates} di {city}.\n\n"
            "Mohon kiranya undangan ini dijawab dan seorang narahubung ditunjuk untuk mendaftarkan para peserta paling "
            "lambat {deadline}. Pertanyaan dapat dialamatkan kepada {contact}.\n\n"
            "Hormat saya,",
            "[Nama]\n[Jabatan]",
        ),
        "ar": Wording(
            "دعوة إلى {conference}",
            "[التحية]،\n\n"
            "باسم [اسم الوزارة أو الأمانة] يسرني أن أدعو {delegation} إلى المشاركة في **{conference}** الذي سيعقد في الفترة "
            "{dates} في {city}.\n\n"
            "وأرجو منكم الرد على هذه الدعوة وتسمية جهة اتصال تتولى تسجيل المشاركين في موعد أقصاه {deadline}. ويمكن توجيه "
            "الأسئلة إلى {contact}.\n\n"
            "وتفضلوا بقبول فائق الاحترام،",
            "[الاسم]\n[الصفة]",
        ),
    },
    LetterKind.PERSONAL_INVITATION: {
        "en": Wording(
            "Invitation to {conference}",
            "Dear {person},\n\n"
            "[Name of the ministry or secretariat] has the pleasure of inviting you to take part in **{conference}**, to "
            "be held on {dates} in {city}.\n\n"
            "Your registration has the reference {reference}. Questions may be addressed to {contact}.\n\n"
            "Yours sincerely,",
            "[Name]\n[Function]",
        ),
        "id": Wording(
            "Undangan {conference}",
            "Yth. {person},\n\n"
            "[Nama kementerian atau sekretariat] dengan senang hati mengundang Anda untuk berpartisipasi dalam "
            "**{conference}**, yang akan diselenggarakan pada {dates} di {city}.\n\n"
            "Pendaftaran Anda bernomor {reference}. Pertanyaan dapat dialamatkan kepada {contact}.\n\n"
            "Hormat kami,",
            "[Nama]\n[Jabatan]",
        ),
        "ar": Wording(
            "دعوة إلى {conference}",
            "إلى {person}، تحية طيبة وبعد،\n\n"
            "يسر [اسم الوزارة أو الأمانة] أن تدعوكم إلى المشاركة في **{conference}** الذي سيعقد في الفترة {dates} في {city}.\n\n"
            "ورقم تسجيلكم هو {reference}. ويمكن توجيه الأسئلة إلى {contact}.\n\n"
            "وتفضلوا بقبول فائق الاحترام،",
            "[الاسم]\n[الصفة]",
        ),
    },
    LetterKind.VISA_SUPPORT: {
        "en": Wording(
            "Visa support for {person}",
            "To whom it may concern,\n\n"
            "[Name of the ministry or secretariat] confirms that the person named below is registered for "
            "**{conference}**, to be held on {dates} in {city}.\n\n"
            "- Name: **{name}**\n"
            "- Delegation or organization: {body}\n"
            "- Function: {function}\n"
            "- Reference of the registration: {reference}\n\n"
            "This letter was asked for in support of an application for a visa: {purpose}\n\n"
            "Any assistance that can be given to this application would be appreciated. This letter does not replace the "
            "decision of the competent authorities. It can be verified with the code below.",
            "[Name]\n[Function]",
        ),
        "id": Wording(
            "Dukungan visa untuk {person}",
            "Kepada yang berkepentingan,\n\n"
            "[Nama kementerian atau sekretariat] menerangkan bahwa orang yang disebut di bawah ini terdaftar untuk "
            "**{conference}**, yang akan diselenggarakan pada {dates} di {city}.\n\n"
            "- Nama: **{name}**\n"
            "- Delegasi atau organisasi: {body}\n"
            "- Jabatan: {function}\n"
            "- Nomor pendaftaran: {reference}\n\n"
            "Surat ini diminta untuk mendukung permohonan visa: {purpose}\n\n"
            "Bantuan yang dapat diberikan atas permohonan tersebut sangat dihargai. Surat ini tidak menggantikan keputusan "
            "pejabat yang berwenang. Keasliannya dapat diperiksa dengan kode di bawah ini.",
            "[Nama]\n[Jabatan]",
        ),
        "ar": Wording(
            "دعم طلب تأشيرة: {person}",
            "إلى من يهمه الأمر،\n\n"
            "تفيد [اسم الوزارة أو الأمانة] بأن الشخص المذكور أدناه مسجل في **{conference}** الذي سيعقد في الفترة {dates} في "
            "{city}.\n\n"
            "- الاسم: **{name}**\n"
            "- الوفد أو المنظمة: {body}\n"
            "- الصفة: {function}\n"
            "- رقم التسجيل: {reference}\n\n"
            "وقد طُلبت هذه الرسالة دعماً لطلب تأشيرة: {purpose}\n\n"
            "ونقدّر كل مساعدة يمكن تقديمها بشأن هذا الطلب. ولا تحل هذه الرسالة محل قرار السلطات المختصة. ويمكن التحقق منها "
            "بالرمز الوارد أدناه.",
            "[الاسم]\n[الصفة]",
        ),
    },
    LetterKind.CONFIRMATION: {
        "en": Wording(
            "Confirmation of participation",
            "[Name of the ministry or secretariat] confirms that **{person}**, {body}, is accredited as a participant of "
            "**{conference}**, {city}, {dates}, in the category “{category}”.\n\n"
            "Reference of the registration: {reference}. This confirmation can be verified with the code below.",
            "[Name]\n[Function]",
        ),
        "id": Wording(
            "Keterangan keikutsertaan",
            "[Nama kementerian atau sekretariat] menerangkan bahwa **{person}**, {body}, telah diakreditasi sebagai "
            "peserta **{conference}**, yang diselenggarakan pada {dates} di {city}, dalam kategori “{category}”.\n\n"
            "Nomor pendaftaran: {reference}. Keterangan ini dapat diperiksa keasliannya dengan kode di bawah ini.",
            "[Nama]\n[Jabatan]",
        ),
        "ar": Wording(
            "تأكيد المشاركة",
            "تفيد [اسم الوزارة أو الأمانة] بأن **{person}**، {body}، قد اعتُمد مشاركاً في **{conference}** المنعقد في الفترة "
            "{dates} في {city}، ضمن فئة «{category}».\n\n"
            "رقم التسجيل: {reference}. ويمكن التحقق من هذا التأكيد بالرمز الوارد أدناه.",
            "[الاسم]\n[الصفة]",
        ),
    },
}


# Whom a note verbale speaks to where no mission is named; in other languages the name of the delegation stands alone.
AUTHORITIES = {
    "en": "the competent authorities of {name}",
    "id": "pejabat yang berwenang {name}",
    "ar": "السلطات المختصة في {name}",
}


def authorities(name: str, code: str) -> str:
    return AUTHORITIES.get(code, "{name}").replace("{name}", name)


def starting(kind: LetterKind, languages: list[str]) -> dict[str, dict[str, str]]:
    """Subject, body and signatory by language, in those of the conference's languages that we have words for."""
    known = {code: wording for code, wording in STARTING[kind].items() if code in languages}
    return {
        part: {code: getattr(wording, part) for code, wording in known.items()}
        for part in ("subject", "body", "signatory")
    }
