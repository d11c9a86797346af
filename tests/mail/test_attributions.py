"""Lines that name whom a reply quotes, in the languages and shapes of mail clients: author, date, and nothing else."""

import pytest

from mail.message import parse_message
from mail.thread import take_apart
from mail.values import Thread

HEAD = """From: Pat Lee <pat@quarry.example>
To: Dana Whitlock <dana@ironvale.example>
Subject: Re: Welders
Content-Type: text/plain; charset=utf-8

"""
LINES = """\
On Thu, Mar 12, 2026 at 4:05 PM Dana Whitlock <dana@ironvale.example> wrote:
On Thursday, March 12, 2026 at 04:05:11 PM CDT, Dana Whitlock <dana@ironvale.example> wrote:
On Mar 12, 2026, at 4:05 PM, Dana Whitlock <dana@ironvale.example> wrote:
On 12 Mar 2026, at 16:05, Dana Whitlock wrote:
On 3/12/26 4:05 PM, Dana Whitlock wrote:
On 12/03/2026 16:05, Dana Whitlock wrote:
On 2026-03-12 16:05, Dana Whitlock wrote:
On Thursday, March 12th, 2026 at 4:05 PM, Dana Whitlock <dana@ironvale.example> wrote:
On Thu, 2026-03-12 at 16:05 -0500, Dana Whitlock wrote:
On March 12, 2026 4:05:11 PM CDT, Dana Whitlock <dana@ironvale.example> wrote:
Dana Whitlock <dana@ironvale.example> wrote on Thu, Mar 12, 2026 at 4:05 PM:
Dana Whitlock <dana@ironvale.example> wrote:
"Whitlock, Dana" <dana@ironvale.example> wrote on 03/12/2026 04:05:11 PM:
El jue, 12 mar 2026 a las 16:05, Dana Whitlock (<dana@ironvale.example>) escribió:
El 12 mar 2026, a las 16:05, Dana Whitlock <dana@ironvale.example> escribió:
El jueves, 12 de marzo de 2026, 16:05:11 CST, Dana Whitlock <dana@ironvale.example> escribió:
El 12/03/2026 a las 16:05, Dana Whitlock escribió:
El jue., 12 de mar. de 2026 4:05 p. m., Dana Whitlock <dana@ironvale.example> escribió:
czw., 12 mar 2026 o 16:05 Dana Whitlock <dana@ironvale.example> napisał(a):
W dniu 12.03.2026 o 16:05, Dana Whitlock pisze:
W dniu czw., 12.03.2026 o 16:05 Dana Whitlock <dana@ironvale.example> napisał(a):
Wiadomość napisana przez Dana Whitlock <dana@ironvale.example> w dniu 12 mar 2026, o godz. 16:05:
Dnia 12 marca 2026 16:05 Dana Whitlock <dana@ironvale.example> napisał(a):
Użytkownik Dana Whitlock <dana@ironvale.example> napisał:
Am Do., 12. März 2026 um 16:05 Uhr schrieb Dana Whitlock <dana@ironvale.example>:
Am 12.03.2026 um 16:05 schrieb Dana Whitlock:
Am 12.03.26 um 16:05 schrieb Dana Whitlock <dana@ironvale.example>:
Dana Whitlock <dana@ironvale.example> schrieb am Do., 12. März 2026, 16:05:
Le jeu. 12 mars 2026 à 16:05, Dana Whitlock <dana@ironvale.example> a écrit :
Le 12/03/2026 à 16:05, Dana Whitlock a écrit :
Le 12 mars 2026 à 16:05, Dana Whitlock <dana@ironvale.example> a écrit :
Le jeudi 12 mars 2026, 16:05:11 UTC−5, Dana Whitlock <dana@ironvale.example> a écrit :
Il giorno gio 12 mar 2026 alle ore 16:05 Dana Whitlock <dana@ironvale.example> ha scritto:
Il 12/03/2026 16:05, Dana Whitlock ha scritto:
Il 12 marzo 2026 alle 16.05 Dana Whitlock <dana@ironvale.example> ha scritto:
Em qui., 12 de mar. de 2026 às 16:05, Dana Whitlock <dana@ironvale.example> escreveu:
Dana Whitlock <dana@ironvale.example> escreveu (quinta, 12/03/2026 à(s) 16:05):
Op do 12 mrt 2026 om 16:05 schreef Dana Whitlock <dana@ironvale.example>:
Op 12 mrt. 2026 om 16:05 heeft Dana Whitlock <dana@ironvale.example> het volgende geschreven:
Op 12-03-2026 om 16:05 schreef Dana Whitlock:
Den tors 12 mars 2026 kl 16:05 skrev Dana Whitlock <dana@ironvale.example>:
12 mars 2026 kl. 16:05 skrev Dana Whitlock <dana@ironvale.example>:
Den 12.03.2026 16:05, skrev Dana Whitlock:
tors. 12. mars 2026 kl. 16:05 skrev Dana Whitlock <dana@ironvale.example>:
Den tor. 12. mar. 2026 kl. 16.05 skrev Dana Whitlock <dana@ironvale.example>:
to 12. maalisk. 2026 klo 16.05 Dana Whitlock <dana@ironvale.example> kirjoitti:
Dana Whitlock kirjoitti 12.3.2026 klo 16.05:
čt 12. 3. 2026 v 16:05 odesílatel Dana Whitlock <dana@ironvale.example> napsal:
Dne 12.03.2026 v 16:05 Dana Whitlock napsal(a):
št 12. 3. 2026 o 16:05 Dana Whitlock <dana@ironvale.example> napísal(a):
Dana Whitlock <dana@ironvale.example> ezt írta (időpont: 2026. márc. 12., Cs, 16:05):
2026. 03. 12. 16:05 keltezéssel, Dana Whitlock írta:
joi, 12 mar. 2026 la 16:05, Dana Whitlock <dana@ironvale.example> a scris:
Pe joi, 12 martie 2026, Dana Whitlock <dana@ironvale.example> a scris:
čet, 12. ožu 2026. u 16:05 Dana Whitlock <dana@ironvale.example> napisao je:
Dana Whitlock <dana@ironvale.example>, 12 Mar 2026 Per, 16:05 tarihinde şunu yazdı:
чт, 12 мар. 2026 г. в 16:05, Dana Whitlock <dana@ironvale.example>:
12.03.2026, 16:05, "Dana Whitlock" <dana@ironvale.example>:
12 марта 2026 г., в 16:05, Dana Whitlock <dana@ironvale.example> написал(а):
Четверг, 12 марта 2026, 16:05 +03:00 от Dana Whitlock <dana@ironvale.example>:
чт, 12 бер. 2026 р. о 16:05 Dana Whitlock <dana@ironvale.example> пише:
Kuupäev N, 12. märts 2026 kell 16:05 kirjutas kasutaja Dana Whitlock (<dana@ironvale.example>):
Στις Πέμ 12 Μαρ 2026 στις 4:05 μ.μ., ο χρήστης Dana Whitlock <dana@ironvale.example> έγραψε:
2026年3月12日(木) 16:05 Dana Whitlock <dana@ironvale.example>:
在 2026年3月12日，下午4:05，Dana Whitlock <dana@ironvale.example> 写道：
Dana Whitlock <dana@ironvale.example> 于2026年3月12日周四 16:05写道：
2026년 3월 12일 (목) 오후 4:05, Dana Whitlock <dana@ironvale.example>님이 작성:
Vào Th 5, 12 thg 3, 2026 vào lúc 16:05 Dana Whitlock <dana@ironvale.example> đã viết:
---- On Thu, 12 Mar 2026 16:05:11 -0500 Dana Whitlock <dana@ironvale.example> wrote ----
At 04:05 PM 3/12/2026, Dana Whitlock wrote:
Quoting Dana Whitlock <dana@ironvale.example>:
Dana Whitlock said:
""".splitlines()
NO_ATTRIBUTION = """\
She wrote: send four welders.
On Monday we wrote to you about four openings:
He said:
Call 312-555-0142 (Dana) or write to dana@ironvale.example:
The list as of 3/12/2026:
On 3/12/2026 we start at 6:00 AM:
Write to me on Monday, March 16, 2026 or later <and ask for Dana>:
""".splitlines()


def thread_of(body: str) -> Thread:
    return take_apart(parse_message((HEAD + body).encode()))


@pytest.mark.parametrize("line", LINES)
def test_an_attribution_names_the_quoted_author(line: str) -> None:
    thread = thread_of(f"Yes.\n\n{line}\n\n> How many?\n")

    (quoted,) = thread.turns
    assert thread.reply_text == "Yes."
    assert thread.forward_kind is None
    assert quoted.sender.name in ("Dana Whitlock", "Whitlock, Dana")
    assert quoted.sender.address == ("dana@ironvale.example" if "@" in line else "")
    assert quoted.date[:10] == ("2026-03-12" if "26" in line else "")
    assert quoted.body == "How many?"


WRAPPED = [
    (line, cut)
    for line in LINES
    for width in (34, 50)
    if len(line) > 50 and "작성" not in line and "írta" not in line and (cut := line.rfind(" ", 0, width)) >= 8
]


@pytest.mark.parametrize(("line", "cut"), WRAPPED)
def test_an_attribution_may_be_wrapped(line: str, cut: int) -> None:
    thread = thread_of(f"Yes.\n\n{line[:cut]}\n{line[cut + 1 :]}\n\n> How many?\n")

    assert thread.reply_text == "Yes."
    assert [turn.body for turn in thread.turns] == ["How many?"]


@pytest.mark.parametrize("line", NO_ATTRIBUTION)
def test_a_sentence_is_no_attribution(line: str) -> None:
    thread = thread_of(f"Yes.\n\n{line}\n\nFour would do.\n")

    assert thread.turns == ()
    assert "Four would do." in thread.message
