"""Header blocks as Outlook writes them in the languages of its users: who, to whom, when, about what."""

import pytest

from mail.document import read_document

# Language: the words for From, Sent, Subject and To, and 12 March 2026, 16:05.
OUTLOOK = {
    "bg": ("От", "Изпратено", "Относно", "До", "четвъртък, 12 март 2026 г. 16:05"),
    "cs": ("Od", "Odesláno", "Předmět", "Komu", "čtvrtek 12. března 2026 16:05"),
    "da": ("Fra", "Sendt", "Emne", "Til", "12. marts 2026 16:05"),
    "de": ("Von", "Gesendet", "Betreff", "An", "Donnerstag, 12. März 2026 16:05"),
    "el": ("Από", "Στάλθηκε", "Θέμα", "Προς", "Πέμπτη, 12 Μαρτίου 2026 4:05 μμ"),
    "et": ("Saatja", "Saadetud", "Teema", "Adressaat", "neljapäev, 12. märts 2026 16:05"),
    "fi": ("Lähettäjä", "Lähetetty", "Aihe", "Vastaanottaja", "torstai 12. maaliskuuta 2026 16.05"),
    "fr": ("De", "Envoyé", "Objet", "À", "jeudi 12 mars 2026 16:05"),
    "hr": ("Šalje", "Poslano", "Predmet", "Prima", "četvrtak, 12. ožujka 2026. 16:05"),
    "hu": ("Feladó", "Elküldve", "Tárgy", "Címzett", "2026. március 12., csütörtök 16:05"),
    "it": ("Da", "Inviato", "Oggetto", "A", "giovedì 12 marzo 2026 16:05"),
    "ja": ("差出人", "送信日時", "件名", "宛先", "2026年3月12日 16:05"),
    "ko": ("보낸 사람", "보낸 날짜", "제목", "받는 사람", "2026년 3월 12일 목요일 오후 4:05"),
    "nl": ("Van", "Verzonden", "Onderwerp", "Aan", "donderdag 12 maart 2026 16:05"),
    "no": ("Fra", "Sendt", "Emne", "Til", "torsdag 12. mars 2026 16:05"),
    "pt": ("De", "Enviado", "Assunto", "Para", "quinta-feira, 12 de março de 2026 16:05"),
    "ro": ("De la", "Trimis", "Subiect", "Către", "joi, 12 martie 2026 16:05"),
    "ru": ("От", "Отправлено", "Тема", "Кому", "12 марта 2026 г. 16:05"),
    "sk": ("Od", "Odoslané", "Predmet", "Komu", "štvrtok 12. marca 2026 16:05"),
    "sl": ("Od", "Poslano", "Zadeva", "Za", "četrtek, 12. marec 2026 16:05"),
    "sv": ("Från", "Skickat", "Ämne", "Till", "den 12 mars 2026 16:05"),
    "tr": ("Kimden", "Gönderildi", "Konu", "Kime", "12 Mart 2026 Perşembe 16:05"),
    "uk": ("Від", "Надіслано", "Тема", "Кому", "12 березня 2026 р. 16:05"),
    "vi": ("Từ", "Đã gửi", "Chủ đề", "Đến", "12 tháng 3, 2026 16:05"),
    "zh": ("发件人", "发送时间", "主题", "收件人", "2026年3月12日 16:05"),
}
HEAD = (
    "From: Pat Lee <pat@quarry.example>\nTo: intake@tracker.example\nSubject: Welders\n"
    "Content-Type: text/plain; charset=utf-8\n\n"
)


@pytest.mark.parametrize("language", sorted(OUTLOOK))
def test_a_header_block_is_read_in_the_language(language: str) -> None:
    sender, sent, subject, to, day = OUTLOOK[language]
    block = f"{sender}: Dana Whitlock <dana@ironvale.example>\n{sent}: {day}\n{to}: Pat Lee <pat@quarry.example>\n"
    body = f"See.\n\n{block}{subject}: Welders\n\nFour welders.\n"

    original = read_document((HEAD + body).encode(), structure=True)["original"]

    assert original["from"] == {"name": "Dana Whitlock", "address": "dana@ironvale.example"}
    assert original["to"] == [{"name": "Pat Lee", "address": "pat@quarry.example"}]
    assert original["date"].startswith("2026-03-12T16:05")
    assert (original["subject"], original["body"]) == ("Welders", "Four welders.")


def test_a_bracket_at_the_end_of_a_name_is_closed() -> None:
    body = "See.\n\nFrom: Whitlock, Dana (HR) [mailto:dana@ironvale.example]\nSent: Thursday, March 12, 2026 4:05 PM\n"
    body += "To: Pat Lee <pat@quarry.example>\nSubject: Welders\n\nFour welders.\n"

    assert read_document((HEAD + body).encode(), structure=True)["original"]["from"]["name"] == "Whitlock, Dana (HR)"
