"""The catalogue of parties an organizer invites from: states, and some international organizations.

Short names come from the CLDR territories that Babel carries, corrected by the table below, each correction with its
source and date. Formal names and the status at the United Nations are typed only for the states of the demonstrations;
for the others they are missing and unknown until an organizer types or imports them. Every conference copies what it
uses and may change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from babel import Locale

LANGUAGES = ("en", "id", "ar", "fr", "es", "ru", "zh", "pt", "ms")  # the most used first

Names = dict[str, str]


class Kind(StrEnum):
    STATE = "state"
    ORGANIZATION = "organization"


class UnStatus(StrEnum):
    MEMBER = "member"
    OBSERVER = "observer"


@dataclass(frozen=True)
class Source:
    """Where a correction of a name comes from."""

    name: str
    as_of: date


@dataclass(frozen=True)
class PartyData:
    code: str
    kind: Kind
    names: Names
    alpha2: str | None = None
    formal_names: Names = field(default_factory=dict)
    designations: Names = field(default_factory=dict)
    un_status: UnStatus | None = None
    groups: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def printed_names(self) -> Names:
        """What stands on a list or a nameplate of a conference; a delegation begins with these."""
        return self.names | self.designations

    def designation(self, language: str = "en") -> str:
        return self.printed_names.get(language) or self.printed_names["en"]


# ISO 3166-1: every state that is a member or an observer of the United Nations.
_ISO_CODES = """
AFG=AF AGO=AO ALB=AL AND=AD ARE=AE ARG=AR ARM=AM ATG=AG AUS=AU AUT=AT AZE=AZ BDI=BI BEL=BE BEN=BJ BFA=BF BGD=BD
BGR=BG BHR=BH BHS=BS BIH=BA BLR=BY BLZ=BZ BOL=BO BRA=BR BRB=BB BRN=BN BTN=BT BWA=BW CAF=CF CAN=CA CHE=CH CHL=CL
CHN=CN CIV=CI CMR=CM COD=CD COG=CG COL=CO COM=KM CPV=CV CRI=CR CUB=CU CYP=CY CZE=CZ DEU=DE DJI=DJ DMA=DM DNK=DK
DOM=DO DZA=DZ ECU=EC EGY=EG ERI=ER ESP=ES EST=EE ETH=ET FIN=FI FJI=FJ FRA=FR FSM=FM GAB=GA GBR=GB GEO=GE GHA=GH
GIN=GN GMB=GM GNB=GW GNQ=GQ GRC=GR GRD=GD GTM=GT GUY=GY HND=HN HRV=HR HTI=HT HUN=HU IDN=ID IND=IN IRL=IE IRN=IR
IRQ=IQ ISL=IS ISR=IL ITA=IT JAM=JM JOR=JO JPN=JP KAZ=KZ KEN=KE KGZ=KG KHM=KH KIR=KI KNA=KN KOR=KR KWT=KW LAO=LA
LBN=LB LBR=LR LBY=LY LCA=LC LIE=LI LKA=LK LSO=LS LTU=LT LUX=LU LVA=LV MAR=MA MCO=MC MDA=MD MDG=MG MDV=MV MEX=MX
MHL=MH MKD=MK MLI=ML MLT=MT MMR=MM MNE=ME MNG=MN MOZ=MZ MRT=MR MUS=MU MWI=MW MYS=MY NAM=NA NER=NE NGA=NG NIC=NI
NLD=NL NOR=NO NPL=NP NRU=NR NZL=NZ OMN=OM PAK=PK PAN=PA PER=PE PHL=PH PLW=PW PNG=PG POL=PL PRK=KP PRT=PT PRY=PY
PSE=PS QAT=QA ROU=RO RUS=RU RWA=RW SAU=SA SDN=SD SEN=SN SGP=SG SLB=SB SLE=SL SLV=SV SMR=SM SOM=SO SRB=RS SSD=SS
STP=ST SUR=SR SVK=SK SVN=SI SWE=SE SWZ=SZ SYC=SC SYR=SY TCD=TD TGO=TG THA=TH TJK=TJ TKM=TM TLS=TL TON=TO TTO=TT
TUN=TN TUR=TR TUV=TV TZA=TZ UGA=UG UKR=UA URY=UY USA=US UZB=UZ VAT=VA VCT=VC VEN=VE VNM=VN VUT=VU WSM=WS YEM=YE
ZAF=ZA ZMB=ZM ZWE=ZW
"""
STATE_CODES: dict[str, str] = dict(pair.split("=") for pair in _ISO_CODES.split())

UN_USAGE = Source("Short names as used in United Nations documents", date(2026, 11, 21))
HOST_USAGE = Source("Usage of the Ministry of Foreign Affairs of Indonesia", date(2026, 11, 21))
RENDERED = Source("Our rendering of United Nations usage, to be confirmed by a native speaker", date(2026, 11, 21))
ICDD_LIST = Source("List of invited states on the website of ICDD 2021", date(2021, 11, 16))

NAME_CORRECTIONS: tuple[tuple[str, Names, Source], ...] = (
    ("ATG", {"en": "Antigua and Barbuda"}, UN_USAGE),
    ("BIH", {"en": "Bosnia and Herzegovina"}, UN_USAGE),
    ("BLR", {"fr": "Bélarus"}, UN_USAGE),
    ("BOL", {"en": "Bolivia (Plurinational State of)", "fr": "Bolivie (État plurinational de)"}, UN_USAGE),
    ("BRN", {"en": "Brunei Darussalam", "id": "Brunei Darussalam", "fr": "Brunéi Darussalam"}, UN_USAGE),
    ("CHL", {"id": "Chile"}, HOST_USAGE),
    ("CHN", {"id": "RRT"}, HOST_USAGE),
    (
        "COD",
        {
            "en": "Democratic Republic of the Congo",
            "id": "Republik Demokratik Kongo",
            "ar": "جمهورية الكونغو الديمقراطية",
            "fr": "République démocratique du Congo",
        },
        UN_USAGE,
    ),
    ("COG", {"en": "Congo", "id": "Kongo", "ar": "الكونغو", "fr": "Congo"}, UN_USAGE),
    ("CPV", {"en": "Cabo Verde", "fr": "Cabo Verde"}, UN_USAGE),
    ("FSM", {"en": "Micronesia (Federated States of)", "fr": "Micronésie (États fédérés de)"}, UN_USAGE),
    (
        "GBR",
        {
            "en": "United Kingdom of Great Britain and Northern Ireland",
            "fr": "Royaume-Uni de Grande-Bretagne et d’Irlande du Nord",
        },
        UN_USAGE,
    ),
    ("IRN", {"en": "Iran (Islamic Republic of)", "fr": "Iran (République islamique d’)"}, UN_USAGE),
    ("KGZ", {"fr": "Kirghizistan"}, UN_USAGE),
    ("KNA", {"en": "Saint Kitts and Nevis", "fr": "Saint-Kitts-et-Nevis"}, UN_USAGE),
    ("KOR", {"en": "Republic of Korea", "ar": "جمهورية كوريا", "fr": "République de Corée"}, UN_USAGE),
    ("KOR", {"id": "Republik Korea"}, HOST_USAGE),
    (
        "PRK",
        {
            "en": "Democratic People’s Republic of Korea",
            "id": "Republik Rakyat Demokratik Korea",
            "ar": "جمهورية كوريا الشعبية الديمقراطية",
            "fr": "République populaire démocratique de Corée",
        },
        UN_USAGE,
    ),
    ("LAO", {"en": "Lao People’s Democratic Republic", "fr": "République démocratique populaire lao"}, UN_USAGE),
    ("LBR", {"fr": "Libéria"}, UN_USAGE),
    ("LCA", {"en": "Saint Lucia"}, UN_USAGE),
    ("MDA", {"en": "Republic of Moldova", "fr": "République de Moldova"}, UN_USAGE),
    ("MMR", {"en": "Myanmar", "id": "Myanmar", "ar": "ميانمار", "fr": "Myanmar"}, UN_USAGE),
    ("NGA", {"fr": "Nigéria"}, UN_USAGE),
    ("NLD", {"en": "Netherlands"}, UN_USAGE),
    (
        "PSE",
        {"en": "State of Palestine", "id": "Palestina", "ar": "دولة فلسطين", "fr": "État de Palestine"},
        UN_USAGE,
    ),
    ("RUS", {"en": "Russian Federation", "fr": "Fédération de Russie"}, UN_USAGE),
    ("SLV", {"fr": "El Salvador"}, UN_USAGE),
    ("STP", {"en": "Sao Tome and Principe"}, UN_USAGE),
    ("SWZ", {"id": "Eswatini"}, UN_USAGE),
    ("SYR", {"en": "Syrian Arab Republic", "fr": "République arabe syrienne"}, UN_USAGE),
    ("TLS", {"fr": "Timor-Leste"}, UN_USAGE),
    ("TTO", {"en": "Trinidad and Tobago"}, UN_USAGE),
    ("TZA", {"en": "United Republic of Tanzania", "fr": "République-Unie de Tanzanie"}, UN_USAGE),
    ("USA", {"en": "United States of America", "fr": "États-Unis d’Amérique"}, UN_USAGE),
    ("VAT", {"en": "Holy See", "id": "Takhta Suci", "ar": "الكرسي الرسولي", "fr": "Saint-Siège"}, UN_USAGE),
    ("VCT", {"en": "Saint Vincent and the Grenadines"}, UN_USAGE),
    (
        "VEN",
        {"en": "Venezuela (Bolivarian Republic of)", "fr": "Venezuela (République bolivarienne du)"},
        UN_USAGE,
    ),
    ("VNM", {"en": "Viet Nam", "fr": "Viet Nam"}, UN_USAGE),
)

# In the other official languages of the United Nations, and in two more where its usage differs from what people say.
OTHER_LANGUAGES: tuple[tuple[str, Names, Source], ...] = (
    (
        "BOL",
        {
            "es": "Bolivia (Estado Plurinacional de)",
            "ru": "Боливия (Многонациональное Государство)",
            "zh": "多民族玻利维亚国",
        },
        UN_USAGE,
    ),
    ("BRN", {"es": "Brunei Darussalam", "ru": "Бруней-Даруссалам", "zh": "文莱达鲁萨兰国"}, UN_USAGE),
    (
        "COD",
        {"es": "República Democrática del Congo", "ru": "Демократическая Республика Конго", "zh": "刚果民主共和国"},
        UN_USAGE,
    ),
    ("COG", {"es": "Congo", "ru": "Конго", "zh": "刚果"}, UN_USAGE),
    (
        "FSM",
        {"es": "Micronesia (Estados Federados de)", "ru": "Микронезия (Федеративные Штаты)", "zh": "密克罗尼西亚联邦"},
        UN_USAGE,
    ),
    (
        "GBR",
        {
            "es": "Reino Unido de Gran Bretaña e Irlanda del Norte",
            "ru": "Соединенное Королевство Великобритании и Северной Ирландии",
            "zh": "大不列颠及北爱尔兰联合王国",
        },
        UN_USAGE,
    ),
    (
        "IRN",
        {"es": "Irán (República Islámica del)", "ru": "Иран (Исламская Республика)", "zh": "伊朗伊斯兰共和国"},
        UN_USAGE,
    ),
    ("KNA", {"es": "Saint Kitts y Nevis"}, UN_USAGE),
    ("KOR", {"es": "República de Corea", "ru": "Республика Корея", "zh": "大韩民国"}, UN_USAGE),
    (
        "LAO",
        {
            "es": "República Democrática Popular Lao",
            "ru": "Лаосская Народно-Демократическая Республика",
            "zh": "老挝人民民主共和国",
        },
        UN_USAGE,
    ),
    ("MDA", {"es": "República de Moldova", "ru": "Республика Молдова", "zh": "摩尔多瓦共和国"}, UN_USAGE),
    ("MMR", {"es": "Myanmar", "ru": "Мьянма", "zh": "缅甸"}, UN_USAGE),
    (
        "PRK",
        {
            "es": "República Popular Democrática de Corea",
            "ru": "Корейская Народно-Демократическая Республика",
            "zh": "朝鲜民主主义人民共和国",
        },
        UN_USAGE,
    ),
    ("PSE", {"es": "Estado de Palestina", "ru": "Государство Палестина", "zh": "巴勒斯坦国"}, UN_USAGE),
    ("RUS", {"es": "Federación de Rusia", "ru": "Российская Федерация", "zh": "俄罗斯联邦"}, UN_USAGE),
    (
        "SYR",
        {"es": "República Árabe Siria", "ru": "Сирийская Арабская Республика", "zh": "阿拉伯叙利亚共和国"},
        UN_USAGE,
    ),
    ("TLS", {"ru": "Тимор-Лешти"}, UN_USAGE),
    ("TUR", {"es": "Türkiye"}, UN_USAGE),
    (
        "TZA",
        {"es": "República Unida de Tanzanía", "ru": "Объединенная Республика Танзания", "zh": "坦桑尼亚联合共和国"},
        UN_USAGE,
    ),
    ("USA", {"es": "Estados Unidos de América", "ru": "Соединенные Штаты Америки", "zh": "美利坚合众国"}, UN_USAGE),
    ("VAT", {"es": "Santa Sede", "ru": "Святой Престол", "zh": "教廷"}, UN_USAGE),
    (
        "VEN",
        {
            "es": "Venezuela (República Bolivariana de)",
            "ru": "Венесуэла (Боливарианская Республика)",
            "zh": "委内瑞拉玻利瓦尔共和国",
        },
        UN_USAGE,
    ),
    ("VNM", {"es": "Viet Nam", "ru": "Вьетнам", "zh": "越南"}, UN_USAGE),
    ("COD", {"pt": "República Democrática do Congo", "ms": "Republik Demokratik Congo"}, RENDERED),
    ("COG", {"pt": "Congo", "ms": "Congo"}, RENDERED),
    ("KOR", {"pt": "República da Coreia", "ms": "Republik Korea"}, RENDERED),
    ("MMR", {"pt": "Mianmar", "ms": "Myanmar"}, RENDERED),
    ("PRK", {"pt": "República Popular Democrática da Coreia", "ms": "Republik Demokratik Rakyat Korea"}, RENDERED),
    ("PSE", {"pt": "Estado da Palestina", "ms": "Palestin"}, RENDERED),
    ("VAT", {"pt": "Santa Sé", "ms": "Takhta Suci"}, RENDERED),
)

# The short forms a conference prints, where they differ from the name.
DESIGNATIONS: tuple[tuple[str, Names, Source], ...] = (
    ("GBR", {"en": "UK"}, ICDD_LIST),
    ("KOR", {"en": "Republic of Korea"}, ICDD_LIST),
    ("LAO", {"en": "Lao PDR"}, ICDD_LIST),
    ("USA", {"en": "USA"}, ICDD_LIST),
    ("VNM", {"en": "Viet Nam"}, ICDD_LIST),
)

# As in the lists of the United Nations, with the leading article, which a nameplate leaves out and sorting ignores.
FORMAL_NAMES: dict[str, Names] = {
    "AUS": {"en": "Australia", "id": "Australia"},
    "BRA": {"en": "the Federative Republic of Brazil", "id": "Republik Federatif Brasil"},
    "BRN": {"en": "Brunei Darussalam", "id": "Brunei Darussalam"},
    "CHL": {"en": "the Republic of Chile", "id": "Republik Chile"},
    "CHN": {"en": "the People’s Republic of China", "id": "Republik Rakyat Tiongkok"},
    "DEU": {"en": "the Federal Republic of Germany", "id": "Republik Federal Jerman"},
    "EGY": {"en": "the Arab Republic of Egypt", "id": "Republik Arab Mesir"},
    "EST": {"en": "the Republic of Estonia", "id": "Republik Estonia"},
    "FIN": {"en": "the Republic of Finland", "id": "Republik Finlandia"},
    "FJI": {"en": "the Republic of Fiji", "id": "Republik Fiji"},
    "FRA": {"en": "the French Republic", "id": "Republik Prancis"},
    "GBR": {
        "en": "the United Kingdom of Great Britain and Northern Ireland",
        "id": "Kerajaan Bersatu Britania Raya dan Irlandia Utara",
    },
    "IDN": {"en": "the Republic of Indonesia", "id": "Republik Indonesia"},
    "IND": {"en": "the Republic of India", "id": "Republik India"},
    "JOR": {"en": "the Hashemite Kingdom of Jordan"},
    "JPN": {"en": "Japan", "id": "Jepang"},
    "KEN": {"en": "the Republic of Kenya", "id": "Republik Kenya"},
    "KHM": {"en": "the Kingdom of Cambodia", "id": "Kerajaan Kamboja"},
    "KOR": {"en": "the Republic of Korea", "id": "Republik Korea"},
    "LAO": {"en": "the Lao People’s Democratic Republic", "id": "Republik Demokratik Rakyat Laos"},
    "MAR": {"en": "the Kingdom of Morocco", "id": "Kerajaan Maroko"},
    "MEX": {"en": "the United Mexican States"},
    "MMR": {"en": "the Republic of the Union of Myanmar", "id": "Republik Uni Myanmar"},
    "MYS": {"en": "Malaysia", "id": "Malaysia"},
    "NLD": {"en": "the Kingdom of the Netherlands", "id": "Kerajaan Belanda"},
    "NZL": {"en": "New Zealand", "id": "Selandia Baru"},
    "PHL": {"en": "the Republic of the Philippines", "id": "Republik Filipina"},
    "RWA": {"en": "the Republic of Rwanda", "id": "Republik Rwanda"},
    "SGP": {"en": "the Republic of Singapore", "id": "Republik Singapura"},
    "THA": {"en": "the Kingdom of Thailand", "id": "Kerajaan Thailand"},
    "USA": {"en": "the United States of America", "id": "Amerika Serikat"},
    "VNM": {"en": "the Socialist Republic of Viet Nam", "id": "Republik Sosialis Vietnam"},
    "ZAF": {"en": "the Republic of South Africa", "id": "Republik Afrika Selatan"},
}

# All states of the demonstrations are members; what is not typed here is unknown, not "none".
UN_STATUS: dict[str, UnStatus] = dict.fromkeys(FORMAL_NAMES, UnStatus.MEMBER)

GROUPS: dict[str, tuple[str, ...]] = {
    "ASEAN": ("BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"),
}

ORGANIZATIONS: tuple[PartyData, ...] = (
    PartyData(
        "ASEAN",
        Kind.ORGANIZATION,
        {"en": "ASEAN Secretariat", "id": "Sekretariat ASEAN", "ar": "أمانة رابطة أمم جنوب شرق آسيا"},
        formal_names={"en": "the Secretariat of the Association of Southeast Asian Nations"},
        designations={"en": "ASEAN", "id": "ASEAN"},
    ),
    PartyData(
        "AU",
        Kind.ORGANIZATION,
        {"en": "African Union", "id": "Uni Afrika", "ar": "الاتحاد الأفريقي", "fr": "Union africaine"},
    ),
    PartyData(
        "EU",
        Kind.ORGANIZATION,
        {"en": "European Union", "id": "Uni Eropa", "ar": "الاتحاد الأوروبي", "fr": "Union européenne"},
    ),
    PartyData(
        "ICRC",
        Kind.ORGANIZATION,
        {
            "en": "International Committee of the Red Cross",
            "id": "Komite Internasional Palang Merah",
            "ar": "اللجنة الدولية للصليب الأحمر",
            "fr": "Comité international de la Croix-Rouge",
        },
        designations={"en": "ICRC", "id": "ICRC", "fr": "CICR"},
    ),
    PartyData(
        "ITU",
        Kind.ORGANIZATION,
        {
            "en": "International Telecommunication Union",
            "id": "Persatuan Telekomunikasi Internasional",
            "ar": "الاتحاد الدولي للاتصالات",
            "fr": "Union internationale des télécommunications",
        },
        designations={"en": "ITU", "id": "ITU", "fr": "UIT"},
    ),
    PartyData(
        "LAS",
        Kind.ORGANIZATION,
        {"en": "League of Arab States", "id": "Liga Arab", "ar": "جامعة الدول العربية", "fr": "Ligue des États arabes"},
    ),
    PartyData(
        "PIF",
        Kind.ORGANIZATION,
        {"en": "Pacific Islands Forum Secretariat", "id": "Sekretariat Forum Kepulauan Pasifik"},
        designations={"en": "PIF", "id": "PIF"},
    ),
    PartyData(
        "UN",
        Kind.ORGANIZATION,
        {
            "en": "United Nations",
            "id": "Perserikatan Bangsa-Bangsa",
            "ar": "الأمم المتحدة",
            "fr": "Organisation des Nations Unies",
        },
        designations={"id": "PBB"},
    ),
    PartyData(
        "UNESCO",
        Kind.ORGANIZATION,
        {
            "en": "United Nations Educational, Scientific and Cultural Organization",
            "id": "Organisasi Pendidikan, Ilmu Pengetahuan, dan Kebudayaan PBB",
            "ar": "منظمة الأمم المتحدة للتربية والعلم والثقافة",
            "fr": "Organisation des Nations Unies pour l’éducation, la science et la culture",
        },
        designations={"en": "UNESCO", "id": "UNESCO", "ar": "اليونسكو", "fr": "UNESCO"},
    ),
)

CODES = frozenset({*STATE_CODES, *(one.code for one in ORGANIZATIONS)})


def catalogue() -> list[PartyData]:
    """Every state, then the organizations, each by its code."""
    territories = {language: Locale(language).territories for language in LANGUAGES}
    return [_state(code, alpha2, territories) for code, alpha2 in sorted(STATE_CODES.items())] + list(ORGANIZATIONS)


def _state(code: str, alpha2: str, territories: Mapping[str, Mapping[str, str]]) -> PartyData:
    names = {language: territories[language][alpha2] for language in LANGUAGES}
    designations: Names = {}
    sources: list[Source] = []
    for table, target in ((NAME_CORRECTIONS, names), (OTHER_LANGUAGES, names), (DESIGNATIONS, designations)):
        for corrected, texts, source in table:
            if corrected == code:
                target.update(texts)
                sources.append(source)
    return PartyData(
        code,
        Kind.STATE,
        names,
        alpha2=alpha2,
        formal_names=FORMAL_NAMES.get(code, {}),
        designations=designations,
        un_status=UN_STATUS.get(code),
        groups=tuple(group for group, codes in GROUPS.items() if code in codes),
        sources=tuple(dict.fromkeys(sources)),
    )
