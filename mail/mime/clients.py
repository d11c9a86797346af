"""The words of mail clients by language: names of header fields, lines above a forward, and "X wrote:" lines."""

import re
import unicodedata
from functools import lru_cache

FROM, TO, CC, DATE, SUBJECT, OTHER = "from", "to", "cc", "date", "subject", "other"

# English, Spanish, Polish, German, French, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Finnish, Czech,
# Slovak, Hungarian, Romanian, Croatian, Turkish, Russian, Ukrainian, Estonian, Greek, Bulgarian, Slovenian, Lithuanian,
# Latvian, Japanese, Chinese, Korean, Vietnamese, Arabic, Hebrew; as shown by Outlook, Gmail, Apple Mail, Thunderbird,
# Yahoo, Samsung, Zimbra, Notes, HubSpot and mail.ru.
_FIELDS = {
    FROM: """from|de|od|von|da|van|från|fra|lähettäjä|feladó|expeditorul|expeditor|expéditeur|de la|šalje|kimden|
    gönderen|
    от|от кого|отправитель|від|від кого|відправник|nadawca|mittente|saatja|kellelt|από|αποστολέας|pošiljatelj|nuo|no|
    送信元|送信者|差出人|发件人|發件人|寄件者|寄件人|보낸 사람|보낸사람|發信人|من|מאת|từ|
    absender|remitente|remetente|lähettänyt|
    odesílatel|odosielateľ|afzender|avsändare|afsender|avsender""",
    TO: """to|para|do|an|à|a|aan|till|til|vastaanottaja|komu|pre|címzett|destinatarul|către|catre|prima|kime|alıcı|
    кому|pour|adressaat|
    adresat|destinatario|destinatário|destinataire|saaja|kellele|προς|za|kam|送信先|宛先|收件人|받는 사람|받는사람|
    إلى|אל|đến|
    empfänger|odbiorca|príjemca|příjemce|ontvanger|mottagare|modtager|mottaker|получатель|одержувач|до""",
    CC: """cc|copia|kopie|kopia|kopi|kopio|dw|másolat|másolatot kap|copie|copie à|kópia|kopie (cc)|bilgi|копия|
    копія|cópia|
    do wiadomości|c.c.|koopia|kop.|κοιν.|抄送|副本|参照|참조|con copia|in copia|ccn|kopija|عدد|עותק""",
    DATE: """date|sent|fecha|data|datum|dato|päivämäärä|päiväys|dátum|dată|enviado|enviado el|enviado em|enviada|
    enviada em|
    enviado a|wysłano|wysłane|wyslano|gesendet|envoyé|envoyé le|inviato|verzonden|skickat|skickad|sendt|lähetetty|
    odesláno|odoslané|
    elküldve|küldve|trimis|poslano|gönderildi|gönderilen|gönderilme tarihi|gönderme tarihi|tarih|отправлено|дата|
    надіслано|відправлено|kuupäev|saadetud|
    ημερομηνία|στάλθηκε|poslané|日付|日時|送信日時|发送时间|发送日期|日期|寄件日期|
    보낸 날짜|날짜|message du|date d'envoi|
    изпратено|ngày|تاريخ|נשלח|תאריך|datum odeslání|trimis la|data wysłania|sendt den|skickat den|am|nadano|
    data wysłania wiadomości|enviado:|odoslané dňa|odeslané|elküldés ideje|afsendt|sendt dato|lähetysaika|päivä|
    išsiųsta|đã gửi|poslano dana|datum slanja|trimis pe|datat|saatmisaeg|час""",
    SUBJECT: """subject|asunto|temat|betreff|objet|sujet|oggetto|assunto|onderwerp|ämne|emne|aihe|předmět|predmet|
    tárgy|subiect|
    subiectul|naslov|konu|тема|teema|θέμα|件名|主题|主題|主旨|제목|относно|tema|zadeva|chủ đề|موضوع|נושא""",
    OTHER: """reply-to|reply to|répondre à|responder a|responder para|antwort an|antworten an|odpowiedz do|
    rispondi a|risposta|
    svar till|svar til|antwoord aan|beantwoorden|bcc|cco|cci|udw|importance|importancia|importanza|wichtigkeit|
    priority|attachments|attachment|attach|adjuntos|datos adjuntos|anexos|anhänge|anlagen|załączniki|pièces jointes|
    allegati|bijlagen|bilagor|vedhæftede filer|liitteet|vložení|вложения|resent-from|resent-to|resent-date|organization|
    list-id|message-id|categories|sensitivity|x-mailer|user-agent|mailing-list|mailed-by|signed-by|security|
    adres zwrotny|odpověď komu|válaszcím|yanıtla|sender|priorität|flag status|follow up flag|return-path|
    importance:|prioridad|ważność|retention|expires|cc/bcc|delivered-to""",
}  # fmt: skip


def folded(word: str) -> str:
    """Lower case in one composed form, single spaces."""
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


FIELD_OF: dict[str, str] = {
    folded(word): name for name, words in _FIELDS.items() for word in words.replace("\n", "").split("|")
}
LONGEST_FIELD = max(map(len, FIELD_OF))


@lru_cache(maxsize=4096)
def field_of(word: str) -> str | None:
    """Which header field a shown word names: "Wysłano" is DATE; None for any other word."""
    return FIELD_OF.get(folded(word.strip(" *_\t")))


# Words that only a forward's dividing line has ("Original Message" stands over replies as well).
FORWARD_WORD = re.compile(
    r"forward|fwd\b|reenvia|encaminhad|transf[ée]r|transmis|r[ée]exp[ée]di|weitergeleitet|doorgestuurd|vidarebefordra|"
    r"videresend|v[äa]litet|edelleenl[äa]het|p[řr]epos[íi]?l|przekaz|przes[łl]|podaj dalej|tov[áa]bb[íi]t|inoltrat|"
    r"redirec[țt]|proslije[đd]|"
    r"iletil|ileti ba[şs]|пересыл|перенаправ|переадрес|переслан|пересила|転送|转发|轉寄|轉發|전달|"
    r"edasta|προωθ|posredov|"
    r"препрат|persi[ųu]st|"
    r"chuyển tiếp|مُعاد|הועבר",
    re.I,
)
ORIGINAL_WORD = re.compile(
    r"original|ursprüngliche|nachricht|message d.origine|oryginal|wiadomość|originale|oorspronkelijk|ursprungligt|"
    r"oprindelig|"
    r"opprinnelig|alkuperäinen|původní|pôvodná|eredeti|izvorna|özgün|orijinal|исходное|оригинал|первоначальное|"
    r"початкове|"
    r"元のメッセージ|原始邮件|原始郵件|원본|reply message|quoted message|algne",
    re.I,
)
# "Begin forwarded message:" and its kin: a line of its own that ends in a colon.
BEGIN_FORWARDED = re.compile(
    r"^(?:begin forwarded message|forwarded message|inicio del mensaje reenviado|mensaje reenviado|"
    r"début du message (?:réexpédié|transféré)|"
    r"anfang der weitergeleiteten (?:nachricht|e-?mail)|inizio (?:del )?messaggio inoltrato|begin doorgestuurd bericht|"
    r"doorgestuurd bericht|vidarebefordrat (?:mejl|brev|meddelande)|start på videresendt besked|"
    r"videresendt (?:melding|besked)|"
    r"välitetty viesti alkaa|początek przekazywanej wiadomości|początek przesłanej wiadomości|"
    r"začátek přeposílané zprávy|"
    r"začiatok preposlanej správy|továbbított levél kezdete|începe mesajul redirecționat|započni proslijeđenu poruku|"
    r"ileti başlangıcı|iletilen ileti başlangıcı|начало переадресованного (?:сообщения|письма)|"
    r"початок (?:листа, що пересилається|переадресованого листа)|início da mensagem (?:re)?encaminhada|"
    r"mensagem encaminhada|"
    r"転送されたメッセージ|开始转发邮件|開始轉寄郵件|전달된 메시지)\s*[:：]?\s*$",
    re.I,
)

_WROTE = (
    r"wrote|writes|said|says|quoting|zitat von|citando a|cytat|napisana przez|escribió|escribio|napisał(?:\(a\)|a|"
    r"/a)?|pisze|schrieb|hat (?:am .{0,60})?geschrieben|"
    r"a écrit|ha scritto|scrisse|"
    r"escreveu|schreef|heeft .{0,160}geschreven|geschreven|skrev|kirjoitti|napsal(?:\(a\)|a)?|napísal(?:\(a\)|a)?|"
    r"ezt írta|írta|a scris|"
    r"je napisa(?:o|la)(?:/la)?|napisa(?:o|la)(?:/la)?|şunu yazdı|yazdı|написал(?:\(а\)|а)?|написав(?:\(ла\)|ла)?|"
    r"пише|пишет|kirjutas|"
    r"έγραψε|написа|je napisal(?:\(a\)|a)?|rašė|rakstīja|のメール|書きました|写道|寫道|"
    r"작성|님이 작성|đã viết|كتب|כתב|schrieb am|"
    r"tarihinde şunu"
)
WROTE = re.compile(rf"(?<![^\W\d_])(?:{_WROTE})(?![^\W\d_(])|写道|寫道|書きました|작성", re.I)
# What an attribution begins with, when it does not begin with the name or the date.
OPENER = re.compile(
    r"^(?:[-–—]{2,}\s*)?(?:on|at|in a message dated|le|el(?: día| dia)?|am|op|den|d\.|em|a\(?s?\)?|w dniu|dnia|dne|"
    r"dňa|il(?: giorno)?|pe|la|u|"
    r"tarihinde|в|kl\.|på|στις|на|dana|dne|kuupäeval|kuupäev|vào|在|于|於|il giorno|data)\b[\s:]*",
    re.I,
)
# Weekdays and months that begin a date, as Gmail and Apple Mail shorten them, in the languages above.
MONTH_OR_DAY = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|mai|maj|jun|jul|aug|ago|sep|set|oct|okt|out|ott|nov|dec|dez|dic|déc)[^\W\d_]{0,7}|"
    r"(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|mié|mie|jue|jeu|vie|ven|sáb|sab|sam|dom|dim|gio|seg|ter|qua|qui|"
    r"sex)[^\W\d_]{0,8}|"
    r"(?:pon|wto|wt|śro|śr|czw|pią|pt|sob|sb|nie|ndz|mo|di|mi|do|fr|sa|so|ma|wo|vr|zo|man|mån|tir|tis|ons|tors|tor|"
    r"fre|lør|lör|søn|sön)[^\W\d_]{0,8}|"
    r"(?:ti|ke|to|pe|la|su|po|út|st|čt|pá|ne|ut|št|pi|hét|kedd|sze|csüt|cs|pén|szo|vas|joi|vin|sâm|dum|uto|sri|čet|"
    r"pet|sub|ned)[^\W\d_]{0,8}|"
    r"(?:pzt|sal|çar|per|cum|cmt|paz|пн|вт|ср|чт|пт|сб|вс|понед|вторн|сред|четв|пятн|субб|воскр|нд|понеділ|середа|"
    r"п.ятн|неділ)[^\W\d_]{0,8}|"
    r"[ETKNRLP](?=, \d)|(?:δευ|τρί|τετ|πέμ|παρ|σάβ|κυρ)[^\W\d_]{0,8})(?=[.,]?\s|[.,])",
    re.I,
)
END_OF_FORWARD = re.compile(r"^\W{0,3}-{2,}\s?(?:end|fin|ende|koniec|fine|fim)\b.{1,60}-{2,}\s*$", re.I)

# A line that a device writes below a mail. Bounded, whole line.
DEVICE_FOOTER = re.compile(
    r"^\W{0,4}(?:"
    r"sent (?:from|via|with|by|on|using) .{1,80}|sent from$|get outlook for .{1,60}|get \[?outlook.{1,80}|"
    r"from my (?:iphone|ipad|android|mobile|phone|cell|blackberry).{0,40}|"
    r"someone from mobile|(?:enviado|enviada) (?:desde|do|de|a partir) .{1,70}|obtener outlook para .{1,40}|"
    r"obtenga outlook .{1,40}|wysłan[eyo] (?:z|ze|za pomocą|przez) .{1,70}|"
    r"pobierz (?:aplikację )?outlook .{1,60}|(?:envoyé|envoye) (?:depuis|de|avec|à partir) .{1,70}|"
    r"télécharger outlook .{1,50}|téléchargez outlook .{1,50}|obtenir outlook .{1,50}|"
    r"von (?:meinem|meiner) .{1,50} gesendet.{0,40}|gesendet (?:von|mit|aus) .{1,70}|holen sie sich outlook .{1,50}|"
    r"outlook für .{1,30} beziehen.{0,60}|diese nachricht wurde von .{1,70} gesendet\.?|inviato d(?:a|al|alla|"
    r"all)\b.{1,70}|"
    r"scarica outlook .{1,50}|ottieni outlook .{1,50}|verzonden (?:vanaf|met|via|van) .{1,70}|verstuurd (?:vanaf|"
    r"met) .{1,70}|outlook voor .{1,30} downloaden|sendt (?:fra|med) .{1,60}|skickat från .{1,60}|"
    r"skickades från .{1,60}|lähetetty .{1,60}|odesláno z .{1,60}|odoslané z .{1,60}|trimis de pe .{1,60}|"
    r"poslano s .{1,60}|.{1,30}?(?:imden|umdan|'dan|dan) gönderildi|"
    r"отправлено (?:с|из|от) .{1,60}|надіслано з .{1,60}|"
    r"從我的 .{1,40} 傳送|发自我的.{1,40}|.{1,30}から送信|나의 .{1,30}에서 보냄|"
    r"yahoo mail for (?:iphone|android).{0,40}|sent with .{1,60}|sent while .{1,60}|envoyé avec .{1,60}"
    r")\W{0,6}$",
    re.I,
)
