"""With which words paragraphs begin in each language: customary ones are not marked, an ordinary sentence is."""

import pytest

from confapp.documents.rules import BlockKind
from confapp.documents.rules.lint import LEADS

PREAMBULAR = {
    "en": "Recalling; Deeply concerned; Bearing in mind; Having considered; Convinced; Mindful of; Gravely alarmed",
    "id": "Mengingat; Menyadari; Sangat prihatin; Bertekad; Yakin; Telah mempertimbangkan; Menegaskan kembali",
    "fr": "Rappelant; Réaffirmant; Consciente; Profondément préoccupée; Se félicitant; Ayant à l’esprit; Convaincus; "
    "N’ignorant pas; Désireuse; Notant avec inquiétude; Soucieux; Persuadée; Inspirés; "
    "Vivement alarmée; Tenant compte",
    "es": "Recordando; Teniendo presente; Profundamente preocupada; Reafirmando; Consciente; "
    "Convencidos; Habiendo examinado; "
    "Felicitándose; Reconociendo; Deseosa; Resueltos; Guiada; Tomando nota; Observando con inquietud; Alentada",
    "ru": "напоминая; ссылаясь; будучи глубоко убеждена; с удовлетворением отмечая; "
    "рассмотрев; преисполненная решимости; "
    "сознавая; принимая во внимание; руководствуясь; учитывая; выражая; исходя; "
    "будучи обеспокоены; стремясь; приветствуя; "
    "вновь подтверждая; заслушав; с глубокой озабоченностью отмечая; имея; изучив",
    "ar": "وإذ نشير; إذ تدرك; وقد نظرت; واقتناعا منها; وإدراكا منها; ورغبة منها; وبعد أن استمعت; وإذ يساورها",
    "zh": "回顾; 铭记; 深信; 深为关切; 满意地注意到; 重申; 意识到; 考虑到; 欢迎; 决心; 又忆及; "
    "审议了; 遵循; 鉴于; 赞赏地注意到",
}
OPERATIVE = {
    "en": "Affirms; Decides; Also requests; Strongly condemns; Takes note; Calls upon; Further invites",
    "id": "Menegaskan; Memutuskan; Meminta; Sepakat; Juga menyerukan",
    "fr": "Décide; Prie; Se félicite; Prend note; Accueille; Réaffirme; Souscrit; S’engage; "
    "Demande; Affirmons; Convient; "
    "Fait sienne; Invite; Exhorte; Souligne; Convenons",
    "es": "Decide; Pide; Exhorta; Toma nota; Se felicita; Hace suyo; Acoge; Reafirma; "
    "Convenimos; Insta; También pide; Aprueba; "
    "Expresa; Afirmamos",
    "ru": "постановляет; просит; вновь подтверждает; настоятельно призывает; отмечает; "
    "приветствует; соглашаемся; подтверждаем; "
    "также рекомендует; с удовлетворением отмечает; выражает; обязуется; утверждает; решаем",
    "ar": "تقرر; تؤكد; نؤكد; يطلب; تعرب; تهيب; نتفق; ترحب",
    "zh": "申明; 决定; 请秘书长; 敦促; 欢迎; 商定; 还请; 强烈谴责; 赞赏地注意到; 通过",
}
NEITHER = {
    "en": "The floods came; This text; In order to",
    "id": "Bahwa negara-negara; Para menteri; Untuk itu",
    "fr": "Les inondations; Cependant; Chaque État; Dans ce contexte; Avant la réunion; La Conférence",
    "es": "Los Estados; Cuando la reunión; Estados Miembros; En este contexto; Cada Estado; La Conferencia",
    "ru": "Конференция; Комитет; Для этого; Все государства; В этой связи; Глобальная экономика; Совет",
    "ar": "الدول; في هذا السياق; من أجل; على الدول; هذه الوثيقة",
    "zh": "本次会议; 各国; 在此背景下; 所有国家; 为此",
}


def cases(table):
    return [(language, words) for language, several in table.items() for words in several.split("; ")]


def is_taken(language, kind, words):
    return LEADS[language][kind].match(f"{words} …") is not None


@pytest.mark.parametrize(("kind", "table"), [(BlockKind.PREAMBULAR, PREAMBULAR), (BlockKind.OPERATIVE, OPERATIVE)])
def test_customary_words_are_taken(kind, table):
    assert [case for case in cases(table) if not is_taken(case[0], kind, case[1])] == []


@pytest.mark.parametrize("kind", [BlockKind.PREAMBULAR, BlockKind.OPERATIVE])
def test_an_ordinary_sentence_is_marked(kind):
    assert [case for case in cases(NEITHER) if is_taken(case[0], kind, case[1])] == []


def test_an_operative_paragraph_does_not_begin_as_a_preambular_one():
    """In Chinese and Indonesian the same verbs begin both."""
    told_apart = [case for case in cases(PREAMBULAR) if case[0] not in ("zh", "id")]
    assert [case for case in told_apart if is_taken(case[0], BlockKind.OPERATIVE, case[1])] == []
