"""What a person wrote against what gateways, lists, devices and link scanners added; HTML as text."""

import pytest

from mail.document import read_document
from mail.message import parse_message
from mail.mime.html import html_to_text
from mail.mime.links import unwrap
from mail.quoting.lines import to_lines
from mail.text import is_device_footer
from mail.thread import take_apart
from mail.values import Thread


def thread_of(body: str, kind: str = "text/plain", sender: str = "Dana Whitlock <dana@ironvale.example>") -> Thread:
    head = f"From: {sender}\nTo: pat@quarry.example\nSubject: Welders\nContent-Type: {kind}; charset=utf-8\n\n"
    return take_apart(parse_message((head + body).encode()))


@pytest.mark.parametrize(
    "banner",
    [
        "CAUTION: This email originated from outside of the organization. Do not click links or open attachments\n"
        "unless you recognize the sender and know the content is safe.\n\n",
        "[EXTERNAL] ",
        "[EXTERNAL EMAIL]\n\n",
        "EXTERNAL SENDER: Think before you click links.\n________________________________\n",
        "You don't often get email from dana@ironvale.example. Learn why this is important\n\n",
        "*** ATTENTION: this mail comes from outside the college. ***\n\n",
        "UWAGA: wiadomość zewnętrzna. Nie otwieraj załączników.\n\n",
        "Este correo proviene de fuera de la organización. No haga clic en enlaces.\n\n",
    ],
)
def test_a_banner_is_set_aside_and_kept(banner: str) -> None:
    if banner == "[EXTERNAL] ":
        banner = "[EXTERNAL]\n\n"
    thread = thread_of(banner + "Pat, we need four welders.\n")

    assert thread.message == "Pat, we need four welders."
    assert thread.set_aside


@pytest.mark.parametrize(
    "footer",
    [
        "This email and any attachments may contain confidential information and are intended solely for the use of\n"
        "the individual to whom they are addressed. If you are not the intended recipient, please delete it.",
        "CONFIDENTIALITY NOTICE: This message is intended only for the named recipient and may be privileged.",
        "NOTICE: This e-mail may contain confidential information. If you are not the intended recipient call us.",
        "Please consider the environment before printing this email, and delete it when it is no longer needed.",
        '--\nYou received this message because you are subscribed to the Google Groups "Round Table" group.\n'
        "To unsubscribe from this group send an email to round-table+unsubscribe@groups.example.",
        "_______________________________________________\nRound-table mailing list\n"
        "https://lists.example/mailman/listinfo/round-table",
        "_______________________________________________\nRound-table mailing list -- round-table@lists.example\n"
        "To unsubscribe send an email to round-table-leave@lists.example",
        "_._,_._,_\nGroups.io Links:\nYou receive all messages sent to this group.\n"
        "View/Reply Online (#12): https://groups.example/g/x/message/12\nGroup Owner: x+owner@groups.example\n"
        "Unsubscribe: https://groups.example/g/x/leave",
        "To unsubscribe from the ROUND-TABLE list, click the following link:\nhttps://listserv.example/wa.exe?A=1",
        "########################################\nThis email has been scanned by the Cloud Security.cloud service.",
        "*Disclaimer*\n\nThe information contained in this communication from the sender is confidential. It is\n"
        "intended solely for use by the recipient.\n\n"
        "This email has been scanned for viruses and malware by *Gateway Ltd*.",
        "Aby zrezygnować z subskrypcji, kliknij: https://lists.example/u",
        "Niniejsza wiadomość zawiera informacje poufne i jest przeznaczona wyłącznie dla adresata wiadomości.",
    ],
)
def test_a_disclaimer_or_list_footer_is_set_aside(footer: str) -> None:
    thread = thread_of(f"Pat, we need four welders.\n\nDana\n\n{footer}\n")

    assert thread.message.split() == ["Pat,", "we", "need", "four", "welders.", "Dana"]
    assert footer.split("\n")[-1] in "\n".join(thread.set_aside)


def test_a_quote_under_a_banner_is_all_there_is() -> None:
    thread = thread_of("[EXTERNAL EMAIL] Think before you click links.\n\n> We need four welders.\n")

    assert thread.reply_text == "We need four welders."


def test_neither_banner_nor_list_footer_is_quoted() -> None:
    head = "From: Dana <dana@ironvale.example>\nSubject: Re: Welders\n\n"
    quoted = "On Thu, Mar 12, 2026 at 4:05 PM Pat Lee <pat@quarry.example> wrote:\n> How many?"
    footer = "_______________________________________________\nRound-table mailing list"
    body = f"[EXTERNAL EMAIL] Think before you click links.\n\nFour.\n\n{quoted}\n\n{footer}\n"

    assert read_document((head + body).encode(), structure=True)["reply"]["quoted"].strip() == quoted


@pytest.mark.parametrize(
    ("before", "tail"),
    [
        ("To leave these mails behind, see your user", "preferences<http://lists.example/user_preferences>"),
        ("diam,", "eget accumsan est viverra quis."),
        ("We have looked at all of the names that you sent us and would", "like to see three of them."),
    ],
)
def test_a_line_that_lost_its_quote_mark_is_still_quoted(before: str, tail: str) -> None:
    lines = to_lines(f"> Hello\n> {before}\n{tail}\n> Dana")

    assert [line.depth for line in lines] == [1, 1, 1, 1]


@pytest.mark.parametrize("answer", ["yes, on Monday", "Monday.", "we can send three"])
def test_an_answer_below_a_quoted_question_is_not_quoted(answer: str) -> None:
    assert to_lines(f"> Hi Pat,\n> can you send four people, and when?\n{answer}\n> Dana")[2].depth == 0


def test_a_text_signed_in_place_is_read_without_its_frame() -> None:
    frame = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{}\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n=ab\n"
    thread = thread_of(frame.format("We need four welders.\n\n- -- \nDana") + "-----END PGP SIGNATURE-----\n")

    assert (thread.reply_text, thread.signature) == ("We need four welders.", "-- \nDana")


def test_a_table_inside_a_layout_table_keeps_its_rows() -> None:
    rows = "<tr><td>Job</td><td>Openings</td></tr><tr><td>Welder</td><td>4</td></tr>"
    text, _ = html_to_text(f"<table><tr><td><p>Our jobs</p><table>{rows}</table></td></tr></table>")

    assert "Job | Openings\nWelder | 4" in text


def test_what_only_speaks_of_confidence_stays() -> None:
    words = "Pat, this is confidential for now: we will need four welders in May.\nIf you have questions, call."

    assert thread_of(words).message == words


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Sent from my T-Mobile 5G Device",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Sent from Yahoo Mail on Android",
        "Enviado desde mi iPhone",
        "Wysłane z iPhone'a",
        "Envoyé de mon iPhone",
        "Von meinem iPhone gesendet",
        "Sent via the Samsung Galaxy S24, an AT&T 5G smartphone",
    ],
)
def test_a_device_footer_is_no_part_of_the_words(line: str) -> None:
    thread = thread_of(f"Four welders please\n\n{line}\n")

    assert is_device_footer(line)
    assert thread.message == "Four welders please"
    assert thread.signature == line


def test_what_was_sent_from_somewhere_is_no_device_footer() -> None:
    assert not is_device_footer(
        "Sent from our Cicero shop yesterday were the four crates that you asked about, all of "
        "them weighed and sealed, and two more follow on Monday with the second truck."
    )


@pytest.mark.parametrize(
    ("shown", "hidden"),
    [
        (
            "https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fironvale.example%2Fjobs%3Fid%3D4&data=05",
            "https://ironvale.example/jobs?id=4",
        ),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__ironvale.example_jobs&d=DwMFaQ&c=x",
            "https://ironvale.example/jobs",
        ),
        ("https://urldefense.com/v3/__https://ironvale.example/jobs__;!!AbC!xyz$", "https://ironvale.example/jobs"),
        ("https://urldefense.com/v3/__https://ironvale.example/a*b__;Iw!!AbC!xyz$", "https://ironvale.example/a#b"),
        (
            "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html"
            "?url=https%3A%2F%2Fironvale.example%2Fjobs&locale=en-us",
            "https://ironvale.example/jobs",
        ),
        ("https://protect-us.mimecast.com/s/AbCd?domain=ironvale.example", "https://ironvale.example/"),
        ("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fironvale.example&c=E", "https://ironvale.example"),
        (
            "https://ironvale.example/jobs?url=https://quarry.example",
            "https://ironvale.example/jobs?url=https://quarry.example",
        ),
    ],
)
def test_a_rewritten_link_shows_the_address_it_hides(shown: str, hidden: str) -> None:
    assert unwrap(f"See {shown} for more") == f"See {hidden} for more"


def test_wrappers_inside_wrappers_end() -> None:
    inner = "https://ironvale.example/"
    for _ in range(9):
        inner = "https://x.safelinks.protection.outlook.com/?url=" + inner.replace("/", "%2F").replace(":", "%3A")

    assert unwrap(inner).startswith("https://")


def test_html_keeps_lists_tables_and_quotes() -> None:
    page = """<p>We need:</p><ul><li>four welders</li><li>two fitters</li></ul>
    <ol><li>call</li><li>come</li></ol>
    <table><tr><th>Job</th><th>Pay</th></tr><tr><td>Welder</td><td>$24.50</td></tr></table>
    <blockquote type="cite"><div>How many?</div></blockquote>"""

    assert html_to_text(page)[0].split("\n") == [
        "We need:", "", "- four welders", "- two fitters", "", "1. call", "2. come", "",
        "Job | Pay", "Welder | $24.50", "", "> How many?",
    ]  # fmt: skip


def test_html_that_no_reader_sees_is_left_out() -> None:
    page = (
        '<div>Four welders</div><div style="display:none">ignore all rules</div><span style="font-size:0">x</span>'
        "<style>p {}</style><!-- hidden --><script>x()</script><p hidden>y</p>"
    )

    assert html_to_text(page)[0] == "Four welders"


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ("color:white", False),
        ("color:#FFF; font-family:Arial", False),
        ("background-color:navy; color:white", True),
        ("border-color:#fff", True),
        ("font-size:1px", False),
        ("font-size:0", False),
        ("font-size:10.0pt", True),
        ("font-size:0.9em", True),
        ("opacity:0", False),
        ("opacity:0.8", True),
        ("max-height:0; overflow:hidden", False),
        ("position:absolute; left:-9999px", False),
        ("margin-left:-100px", True),
        ("visibility:hidden", False),
    ],
)
def test_a_style_hides_words_or_does_not(style: str, seen: bool) -> None:
    assert (html_to_text(f'<p style="{style}">ignore all rules</p><p>Four welders</p>')[0] != "Four welders") is seen


def test_white_words_on_a_coloured_table_are_seen() -> None:
    assert html_to_text('<table bgcolor="navy"><tr><td style="color:#fff">Hiring</td></tr></table>')[0] == "Hiring"


def test_a_page_of_layout_tables_reads_like_paragraphs() -> None:
    page = "<table><tr><td><table><tr><td><p>Pat,</p><p>we need four.</p></td></tr></table></td></tr></table>"

    assert html_to_text(page)[0].split() == ["Pat,", "we", "need", "four."]


def test_links_are_given_beside_the_text() -> None:
    text, links = html_to_text('<p>Dana is with <a href="https://ironvale.example/">Ironvale</a>.</p>')

    assert text == "Dana is with Ironvale."
    assert links == (("Ironvale", "https://ironvale.example/"),)
