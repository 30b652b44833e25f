"""What the columns of a table mean: the fields of the form, guessed from their heads in three languages."""

from collections.abc import Iterator, Sequence

from confapp.foundation import text
from confapp.foundation.languages import INTERFACE, N_, speaking
from confapp.foundation.languages import gettext as _
from confapp.registration.imports import answers

FIELDS: dict[str, str] = {
    "honorific": N_("Style of address"),
    "given_name": N_("Given name"),
    "family_name": N_("Family name"),
    "printed_name": N_("Name as printed"),
    "badge_name": N_("Name on the badge"),
    "delegation": N_("Delegation or organization"),
    "delegation_code": N_("Code of the delegation"),
    "organization": N_("Organization"),
    "capacity": N_("Capacity"),
    "rank": N_("Rank"),
    "functional_title": N_("Functional title"),
    "category": N_("Category"),
    "country": N_("Country"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "language": N_("Language of mails"),
    "passport_number": N_("Passport number"),
    "birth_date": N_("Date of birth"),
    "diet": N_("Diet"),
    "access_needs": N_("Access needs"),
    "reference": N_("Reference of your own"),
}
OF_OFFICE = ("delegation", "delegation_code", "organization")  # a focal point's delegation is known
ALSO: dict[str, tuple[str, ...]] = {
    "honorific": ("title", "salutation", "prefix", "mr/ms", "sapaan", "gelar", "اللقب", "لقب"),
    "given_name": ("first name", "given names", "forename", "name", "nama depan", "nama", "الاسم الأول", "الاسم"),
    "family_name": ("last name", "surname", "family names", "nama belakang", "nama keluarga", "اسم العائلة", "الكنية"),
    "printed_name": ("full name", "printed name", "nama lengkap", "الاسم الكامل"),
    "badge_name": ("badge name", "badge", "nama tanda pengenal"),
    "delegation": ("delegation", "state", "country/organization", "party", "delegasi", "negara/organisasi", "الوفد"),
    "delegation_code": ("delegation code", "iso", "iso3", "kode delegasi"),
    "organization": ("organisation", "company", "institution", "ministry", "organisasi", "instansi", "المنظمة"),
    "capacity": ("position in delegation", "role", "kedudukan", "kapasitas", "peran", "الصفة"),
    "rank": ("protocol rank", "pangkat"),
    "functional_title": ("position", "job title", "designation", "function", "jabatan", "المنصب", "الوظيفة"),
    "category": ("type", "participant type", "kategori", "الفئة"),
    "country": ("nationality", "country code", "negara", "kewarganegaraan", "البلد", "الجنسية"),
    "email": ("email", "mail", "e-mail address", "email address", "surel", "alamat surel", "البريد الإلكتروني"),
    "phone": ("phone", "mobile", "mobile phone", "cell", "telepon", "nomor telepon", "hp", "الهاتف", "الجوال"),
    "language": ("language", "preferred language", "bahasa", "اللغة"),
    "passport_number": ("passport", "passport no", "passport no.", "paspor", "nomor paspor", "رقم جواز السفر"),
    "birth_date": ("birth date", "birthdate", "dob", "tanggal lahir", "تاريخ الميلاد"),
    "diet": ("dietary", "dietary requirements", "makanan", "النظام الغذائي"),
    "access_needs": ("accessibility", "special needs", "kebutuhan khusus"),
    "reference": ("reference", "your reference", "id", "external id", "referensi", "المرجع"),
}


def guessed(heads: Sequence[str], offered: Sequence[str]) -> list[str]:
    """The field of each column, "" where none is recognized; each field is given to one column, the first."""
    known = {word: field for field, word in _words() if field in offered}
    if any(field.startswith(answers.PREFIX) for field in offered):
        known = {_folded(word): field for field, word in answers.words() if field in offered} | known
    found: list[str] = []
    for head in heads:
        field = known.get(_folded(head), "")
        found.append(field if field not in found else "")
    return found


def offered(*, for_office: bool) -> dict[str, str]:
    """The fields that a column may be given, by name in the page's language."""
    found = {name: _(label) for name, label in FIELDS.items() if for_office or name not in OF_OFFICE}
    return found | answers.offered()


def label(field: str) -> str:
    """A field or a question in words."""
    return _(FIELDS[field]) if field in FIELDS else answers.offered().get(field, field)


def _words() -> Iterator[tuple[str, str]]:
    for field, words in ALSO.items():
        yield from ((field, _folded(word)) for word in words)
    for code in INTERFACE:
        with speaking(code):
            yield from ((field, _folded(_(label))) for field, label in FIELDS.items())
    yield from ((field, _folded(field)) for field in FIELDS)


def _folded(word: str) -> str:
    return text.fold(word.replace("_", " ")).strip(" :*")
