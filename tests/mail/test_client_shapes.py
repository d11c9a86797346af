"""Forwards and replies in the shapes of many mail clients: same author, subject, date and words in every one."""

import pytest

from mail.message import parse_message
from mail.thread import take_apart
from mail.values import Thread

HEAD = """From: Pat Lee <pat@quarry.example>
To: intake@tracker.example
Subject: {subject}
Date: Fri, 13 Mar 2026 10:11:12 -0500
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

"""

FORWARDS = {
    "em_client_8": """\
See this.

------ Original Message ------
From: "Dana Whitlock" <dana@ironvale.example>
To: "Pat Lee" <pat@quarry.example>
Sent: 3/12/2026 4:05:11 PM
Subject: Welders

We need four welders.
""",
    "em_client_9": """\
See this.

------ Original Message ------
From "Dana Whitlock" <dana@ironvale.example>
To "Pat Lee" <pat@quarry.example>
Date 3/12/2026 4:05:11 PM
Subject Welders

We need four welders.
""",
    "proton": """\
See this.

Sent with Proton Mail secure email.

------- Forwarded Message -------
From: Dana Whitlock <dana@ironvale.example>
Date: On Thursday, March 12th, 2026 at 4:05 PM
Subject: Welders
To: Pat Lee <pat@quarry.example>


> We need four welders.
""",
    "zimbra": """\
See this.


From: "Dana Whitlock" <dana@ironvale.example>
To: "Pat Lee" <pat@quarry.example>
Sent: Thursday, March 12, 2026 4:05:11 PM
Subject: Welders

We need four welders.
""",
    "groupwise": """\
See this.

>>> Dana Whitlock <dana@ironvale.example> 3/12/2026 4:05 PM >>>
We need four welders.
""",
    "groupwise2": """\
See this.

>>> "Dana Whitlock" <dana@ironvale.example> 03/12/26 4:05 PM >>>
We need four welders.
""",
    "roundcube": """\
See this.

-------- Original Message --------
Subject: Welders
Date: 2026-03-12 16:05
From: Dana Whitlock <dana@ironvale.example>
To: pat@quarry.example

We need four welders.
""",
    "samsung": """\
See this.


Sent from my Galaxy


-------- Original message --------
From: Dana Whitlock <dana@ironvale.example>
Date: 3/12/26 4:05 PM (GMT-06:00)
To: Pat Lee <pat@quarry.example>
Subject: Welders

We need four welders.
""",
    "outlook_ios": """\
See this.

Get Outlook for iOS<https://aka.ms/o0ukef>
________________________________
From: Dana Whitlock <dana@ironvale.example>
Sent: Thursday, March 12, 2026 4:05:11 PM
To: Pat Lee <pat@quarry.example>
Subject: Welders

We need four welders.
""",
    "iphone": """\
See this.

Sent from my iPhone

Begin forwarded message:

> From: Dana Whitlock <dana@ironvale.example>
> Date: March 12, 2026 at 4:05:11 PM CDT
> To: Pat Lee <pat@quarry.example>
> Subject: Welders
> 
> \ufeffWe need four welders.
""",
    "fastmail": """\
See this.

----- Original message -----
From: Dana Whitlock <dana@ironvale.example>
To: Pat Lee <pat@quarry.example>
Subject: Welders
Date: Thursday, March 12, 2026 4:05 PM

We need four welders.
""",
    "hey": """\
See this.

---
On March 12, 2026, Dana Whitlock <dana@ironvale.example> wrote:

We need four welders.
""",
    "k9": """\
See this.

-------- Original Message --------
From: Dana Whitlock <dana@ironvale.example>
Sent: March 12, 2026 4:05:11 PM CDT
To: pat@quarry.example
Subject: Welders

We need four welders.
""",
    "mutt": """\
See this.

----- Forwarded message from Dana Whitlock <dana@ironvale.example> -----

Date: Thu, 12 Mar 2026 16:05:11 -0500
From: Dana Whitlock <dana@ironvale.example>
To: pat@quarry.example
Subject: Welders

We need four welders.

----- End forwarded message -----
""",
    "horde": """\
See this.

----- Forwarded message from dana@ironvale.example -----
   Date: Thu, 12 Mar 2026 16:05:11 -0500
   From: Dana Whitlock <dana@ironvale.example>
Subject: Welders
     To: pat@quarry.example

We need four welders.
""",
    "aol": """\
See this.

-----Original Message-----
From: Dana Whitlock <dana@ironvale.example>
To: Pat Lee <pat@quarry.example>
Sent: Thu, Mar 12, 2026 4:05 pm
Subject: Welders

We need four welders.
""",
    "gmail_wrapped_narrow": """\
See this.

---------- Forwarded message ---------
From: Dana
Whitlock <
dana@ironvale.example>
Date: Thu,
Mar 12, 2026 at
4:05 PM
Subject:
Welders
To: Pat Lee <
pat@quarry.example>


We need four welders.
""",
    "double_spaced": """\
See this.

From: Dana Whitlock <dana@ironvale.example>

Sent: Thursday, March 12, 2026 4:05 PM

To: Pat Lee <pat@quarry.example>

Subject: Welders

We need four welders.
""",
    "bold_md": """\
See this.

**From:** Dana Whitlock <dana@ironvale.example>
**Sent:** Thursday, March 12, 2026 4:05 PM
**To:** Pat Lee <pat@quarry.example>
**Subject:** Welders

We need four welders.
""",
    "spark": """\
See this.

---------- Forwarded message ----------
From: Dana Whitlock <dana@ironvale.example>
Date: Mar 12, 2026 at 4:05 PM -0500
To: Pat Lee <pat@quarry.example>
Subject: Welders

> We need four welders.
""",
    "superhuman": """\
See this.

---------- Forwarded message ----------
From: Dana Whitlock < dana@ironvale.example >
Date: Thu, Mar 12, 2026 at 4:05 PM
Subject: Welders
To: Pat Lee < pat@quarry.example >

We need four welders.
""",
    "gmail_es_mobile": """\
See this.

---------- Forwarded message ---------
De: Dana Whitlock <dana@ironvale.example>
Date: jue, 12 mar 2026, 4:05 p. m.
Subject: Welders
To: <pat@quarry.example>

We need four welders.
""",
    "table_pipes": """\
See this.

| From: | Dana Whitlock <dana@ironvale.example> |
| Sent: | Thursday, March 12, 2026 4:05 PM |
| To: | Pat Lee <pat@quarry.example> |
| Subject: | Welders |

We need four welders.
""",
}
SPANISH_AND_POLISH = {
    "spanish_outlook": """\
Mira esto.

De: Dana Whitlock <dana@ironvale.example>
Enviado el: jueves, 12 de marzo de 2026 16:05
Para: Pat Lee <pat@quarry.example>
Asunto: Welders

Necesitamos cuatro soldadores.
""",
    "polish_outlook": """\
Patrz niżej.

Od: Dana Whitlock <dana@ironvale.example>
Wysłane: czwartek, 12 marca 2026 16:05
Do: Pat Lee <pat@quarry.example>
Temat: Welders

Potrzebujemy czterech spawaczy.
""",
    "polish_tb": """\
Patrz niżej.

-------- Wiadomość przekazana --------
Temat: Welders
Data: Thu, 12 Mar 2026 16:05:11 -0500
Od: Dana Whitlock <dana@ironvale.example>
Do: Pat Lee <pat@quarry.example>

Potrzebujemy czterech spawaczy.
""",
}


def thread_of(body: str, subject: str = "Fwd: Welders", head: str = HEAD) -> Thread:
    return take_apart(parse_message((head.format(subject=subject) + body).encode()))


@pytest.mark.parametrize("client", sorted(FORWARDS))
def test_a_forward_of_any_client_is_undone(client: str) -> None:
    thread = thread_of(FORWARDS[client])

    assert thread.forward_kind == "inline"
    assert thread.message == "See this."
    original = thread.turns[0]
    assert (original.sender.name, original.sender.address) == ("Dana Whitlock", "dana@ironvale.example")
    assert original.subject == "Welders"
    assert original.date.startswith("2026-03-12")
    assert original.body == "We need four welders."


@pytest.mark.parametrize("client", sorted(SPANISH_AND_POLISH))
def test_a_forward_in_spanish_or_polish_is_undone(client: str) -> None:
    original = thread_of(SPANISH_AND_POLISH[client]).turns[0]

    assert original.sender.address == "dana@ironvale.example"
    assert original.to[0].address == "pat@quarry.example"
    assert original.date.startswith("2026-03-12T16:05")


def test_names_without_addresses_are_kept_with_their_commas() -> None:
    body = """See this.

From: Whitlock, Dana
Sent: Thursday, March 12, 2026 4:05 PM
To: Lee, Pat; Roe, Alex
Cc: Poe, Kim
Subject: Welders
Importance: High

We need four welders.
"""
    original = thread_of(body).turns[0]

    assert original.sender.name == "Whitlock, Dana"
    assert [address.name for address in original.to] == ["Lee, Pat", "Roe, Alex"]
    assert [address.name for address in original.cc] == ["Poe, Kim"]


def test_an_attribution_wrapped_before_its_verb_is_whole() -> None:
    body = """Yes, four it is.

On Thu, Mar 12, 2026 at 4:05 PM Dana Whitlock <dana@ironvale.example>
wrote:

> We need four welders.
"""
    thread = thread_of(body, "RE: Welders")

    assert thread.forward_kind is None
    assert thread.reply_text == "Yes, four it is."
    assert [turn.body for turn in thread.turns] == ["We need four welders."]


OUTLOOK_BLOCK = """Works for us.

From: Dana Whitlock <dana@ironvale.example>
Sent: Thursday, March 12, 2026 4:05 PM
To: Pat Lee <pat@quarry.example>
Subject: Welders

We need four welders.
"""


@pytest.mark.parametrize("subject", ["Welders", "RE: Welders", "FW: Welders"])
def test_a_quoted_author_who_is_written_to_is_answered_whatever_the_subject_says(subject: str) -> None:
    head = HEAD.replace(
        "To: intake@tracker.example", "To: Dana Whitlock <dana@ironvale.example>\nCc: intake@tracker.example"
    )

    thread = thread_of(OUTLOOK_BLOCK, subject, head)

    assert thread.forward_kind is None
    assert thread.reply_text == "Works for us."
    assert thread.turns[0].sender.address == "dana@ironvale.example"


def test_an_answer_to_a_token_address_answers_the_letter_of_the_tracker() -> None:
    head = HEAD.replace("To: intake@tracker.example", "To: intake+3k2x.9f@tracker.example")
    body = OUTLOOK_BLOCK.replace("Dana Whitlock <dana@ironvale.example>", "Loopin <intake@tracker.example>")

    assert thread_of(body, "Welders", head).forward_kind is None


@pytest.mark.parametrize("subject", ["Welders", "FW: Welders", "please read"])
def test_a_quoted_author_who_is_not_written_to_is_forwarded(subject: str) -> None:
    assert thread_of(OUTLOOK_BLOCK, subject).forward_kind == "inline"


def test_notes_names_stand_above_their_recipients() -> None:
    body = """Please see below.

---------------------- Forwarded by Pat Lee/CHI/Quarry on 05/14/2001
09:31 AM ---------------------------


"Roe, Alex" <alex.roe@hilltop.example> on 05/14/2001 08:10:52 AM
To:\t"'pat.lee@quarry.example'" <pat.lee@quarry.example>
cc:

Subject:\tMeeting on Monday

Pat, can we meet?



Pat Lee
05/12/2001 09:31 AM
To:\tAlex Roe/CHI/Quarry@QUARRY, Kim Poe/CHI/Quarry@QUARRY
cc:\tLee Coe@QUARRY
Subject:\tRe: Meeting

Fine with me.
"""
    thread = thread_of(body)

    assert thread.message == "Please see below."
    assert [turn.sender.name for turn in thread.turns] == ["Roe, Alex", "Pat Lee"]
    assert [turn.date for turn in thread.turns] == ["2001-05-14T08:10:52", "2001-05-12T09:31"]
    assert [address.name for address in thread.turns[1].to] == ["Alex Roe", "Kim Poe"]


def test_answers_between_the_quotes_are_the_newest_words() -> None:
    body = """On Thu, Mar 12, 2026 at 4:05 PM Dana Whitlock <dana@ironvale.example> wrote:
> Can you send four?

Yes.

> And when?

Monday.
"""
    thread = thread_of(body, "Re: Welders")

    assert thread.reply_text.split() == ["Yes.", "Monday."]
    assert thread.turns[0].body.split("\n")[0] == "Can you send four?"
    assert "Monday" not in thread.turns[0].body


def test_a_phone_number_above_a_header_begins_no_attribution() -> None:
    body = """Call me.

Pat Lee
312-555-0117
From: Dana Whitlock <dana@ironvale.example>
Sent: Tuesday, March 17, 2026 5:19 PM
To: Pat Lee <pat@quarry.example>
Subject: Welders

We need four welders.
"""
    thread = thread_of(body)

    assert thread.message.endswith("312-555-0117")
    assert [turn.sender.address for turn in thread.turns] == ["dana@ironvale.example"]


NOTES = {
    "imceanotes": """\
fyi

 -----Original Message-----
From: \t"Jane Doe" <jane@x.example>@Q [mailto:IMCEANOTES-+22Jane+20Doe+22+20+3Cjane+40x+2Eexample+3E+40Q@Q.com]\x20
Sent:\tMonday, May 14, 2001 8:10 AM
To:\tPoe, Kim
Subject:\tDeal

body
""",
    "path and date in From": """\
fyi




From:\tJane Doe/QUARRY@quarryXgate on 05/14/2001 08:10 AM
To:\tKim Poe/HOU/ECT@ECT, Lee
      Coe/HOU/ECT@ECT
cc:\tAl Oh/HOU/ECT@ECT\x20
Subject:\tDeal

body
""",
    "name and date on one line": """\
fyi

Jane Doe @ ECT 05/14/2001 08:10 AM
To: Kim Poe/HOU/ECT@ECT
cc: \x20
Subject: Deal

body
""",
    "sent by another": """\
fyi

\tJane Doe
\tSent by: Alex Roe
\t05/14/2001 08:10 AM
\t\t\x20
\t\t To: Kim Poe/HOU/ECT@ECT
\t\t cc:\x20
\t\t Subject: Deal

body
""",
    "letterhead between": """\
fyi
---------------------- Forwarded by Kim Poe/HOU/ECT on 05/14/2001 09:10 AM ---------------------------
  \x20
\tQuarry Capital Management
\t
\tFrom:  Jane Doe                           05/14/2001 08:10 AM
\t

To:\tKim Poe/HOU/ECT@ECT
cc:\t\x20
Subject:\tDeal

body
""",
    "address and date": """\
ok

"Doe, Jane" <jane@x.example> on 05/14/2001 08:10:11 AM
To: "'kim.poe@quarry.example'" <kim.poe@quarry.example>
cc: \x20
Subject: Deal

body
""",
    "indented Outlook": """\
ok

   -----Original Message-----
   From: Doe, Jane\x20
   Sent: Mon 5/14/2001 8:10 AM\x20
   To: Poe, Kim\x20
   Cc:\x20
   Subject: Deal
  \x20
  \x20

   body
""",
    "please respond to": """\
fyi


Jane Doe <jane@x.example> on 05/14/2001 08:10:11 AM
Please respond to jane@x.example
To:\tkim.poe@quarry.example
cc:\t\x20
Subject:\tDeal

body
""",
    "indented Notes": """\
fyi
----- Forwarded by Kim Poe/NA/Quarry on 05/14/2001 09:10 AM -----

\t"Jane Doe" <jane@x.example>
\t05/14/2001 08:10 AM
\t\t\x20
\t\t To: <kim.poe@quarry.example>
\t\t cc:\x20
\t\t Subject: Deal

body
""",
}


@pytest.mark.parametrize("shape", sorted(NOTES))
def test_the_headers_of_notes_and_old_outlook_are_read(shape: str) -> None:
    (original,) = thread_of(NOTES[shape], "FW: Deal").turns

    assert "Doe" in original.sender.name
    assert (original.subject, original.body) == ("Deal", "body")
    assert original.date.startswith("2001-05-14T08:10")
    assert original.to
