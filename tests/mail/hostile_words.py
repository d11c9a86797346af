"""Mails whose words, or whose HTML, are made to break a reader."""

from collections.abc import Callable

from tests.mail.hostile_base import WORDS, html, plain, repeated


def _in_text(piece: bytes) -> Callable[[int], bytes]:
    return lambda size: plain(WORDS + repeated(piece, size))


def _in_html(piece: bytes, after: bytes = b"") -> Callable[[int], bytes]:
    return lambda size: html(repeated(piece, size) + after)


def _turns(size: int) -> bytes:
    """Twenty mails quoted in turn, each full of needs."""
    head = b"From: Jo Poe <jo@quarry.example>\r\nSent: Monday, March 2, 2026 9:00 AM\r\nTo: Pat\r\nSubject: x\r\n\r\n"
    need = b"Quarry Foods needs 3 forklift operators at $19 to $23 an hour in Cicero by March 3rd.\r\n"
    return plain(WORDS + (head + repeated(need, size // 20) + b"\r\n") * 20)


TEXTS: dict[str, Callable[[int], bytes]] = {
    "one line": _in_text(b"a"),
    "one line of words": _in_text(b"welder "),
    "one line of blanks": _in_text(b" "),
    "line ends": _in_text(b"\r\n"),
    "carriage returns": _in_text(b"\r"),
    "one line of digits": _in_text(b"1"),
    "one line of numbers": _in_text(b"12, "),
    "one line of dollars": _in_text(b"$21 "),
    "one line of dots": _in_text(b"."),
    "one line of dashes": _in_text(b"-"),
    "one line of quote marks": _in_text(b"> "),
    "one line of bars": _in_text(b"| "),
    "one line of at signs": _in_text(b"a@"),
    "one line of addresses": _in_text(b"jo@quarry.example "),
    "one line of links": _in_text(b"https://quarry.example/a?b=c "),
    "one line of capitals": _in_text(b"Jo Poe "),
    "one line of initials": _in_text(b"J. "),
    "one line of brackets": _in_text(b"(["),
    "one line of stars": _in_text(b"*"),
    "one line of apostrophes": _in_text(b"'"),
    "wrapped safe links": _in_text(b"https://urldefense.com/v3/__https://a.example/*b__;4pyT!!x "),
    "a safe link in a safe link": _in_text(b"https://nam.safelinks.protection.outlook.com/?url=https%3A%2F%2F"),
    "needs": _in_text(b"Quarry Foods needs 3 forklift operators at $19 to $23 an hour in Cicero by March 3rd.\r\n"),
    "needs in one line": _in_text(b"3 forklift operators at $19 to $23 an hour in Cicero by March 3rd, "),
    "people": _in_text(b"Jo Poe, 312-555-0100, jo@quarry.example, forklift operator\r\n"),
    "signatures": _in_text(b"--\r\nJo Poe\r\nPlant Manager\r\nQuarry Foods, Inc.\r\n312-555-0100\r\n"),
    "tables": _in_text(b"Job Title | Openings | Pay\r\nWelder | 2 | $21\r\n\r\n"),
    "forms": _in_text(b"Position 1: Welder\r\nOpenings 1: 2\r\nWage: $21\r\n"),
    "mails quoted in turn": _turns,
    "attributions": _in_text(b"On Thu, Apr 30, 2020 at 10:07 AM Jo Poe <jo@quarry.example> wrote:\r\n"),
    "attributions wrapped": _in_text(b"On Thu, Apr 30, 2020 at 10:07 AM Jo Poe\r\n<\r\n"),
    "blocks": _in_text(b"From: Jo Poe <jo@quarry.example>\r\nSent: Monday\r\nTo: Pat\r\nSubject: x\r\n\r\nhi\r\n\r\n"),
    "blocks without an end": _in_text(b"From: Jo Poe\r\nTo: "),
    "forwards in forwards": _in_text(
        b"---------- Forwarded message ---------\r\nFrom: Jo <jo@a.example>\r\nDate: x\r\nSubject: y\r\nTo: z\r\n\r\n"
    ),
    "quotes that deepen": lambda size: plain(b"".join(b">" * (n % 900) + b" a\r\n" for n in range(size // 450))),
    "statuses": _in_text(
        b"We hired Jo Poe as a welder on March 3 at $21. Ann Lee was not hired. We can't do welders.\r\n"
    ),
    "Spanish needs": _in_text("Necesitamos una decena de soldadores a $21 la hora en Cícero. ".encode()),
    "Polish needs": _in_text("Potrzebujemy dwóch spawaczy od 3 marca za 21 dolarów na godzinę. ".encode()),
    "combining marks": _in_text("e\u0301\u0323".encode()),
}
PAGES: dict[str, Callable[[int], bytes]] = {
    "HTML nested": _in_html(b"<div>"),
    "HTML nested quotes": _in_html(b"<blockquote type=cite>a"),
    "HTML nested tables": _in_html(b"<table><tr><td>a"),
    "HTML nested lists": _in_html(b"<ul><li>a"),
    "HTML misnested": _in_html(b"<b><p></b></p>"),
    "HTML formatting never closed": _in_html(b"<b><i><a href=x><p>"),
    "HTML under the depth bound": _in_html(b"<div>" * 900 + b"a" + b"</div>" * 900),
    "HTML rows": _in_html(b"<table><tr><td>Welder<td>2</tr></table>"),
    "HTML cells": lambda size: html(b"<table><tr>" + repeated(b"<td>a", size)),
    "HTML tables beside": _in_html(b"<table><tr><td>a</td></tr></table>"),
    "HTML tables under the depth bound": _in_html(b"<table><tr><td>a" * 200 + b"</td></tr></table>" * 200),
    "HTML links": _in_html(b"<a href='https://quarry.example/a'>a</a>"),
    "HTML links in each other": _in_html(b"<a href=a><div>"),
    "HTML hidden": _in_html(b"<span style='display:none'>a</span>"),
    "HTML white on white": _in_html(b"<font style='color:#fff'>a"),
    "HTML style": _in_html(b"<p style='" + b"display :" * 400 + b"'>a</p>"),
    "CSS": lambda size: html(b"<style>" + repeated(b"a{b:c} @import 'x'; /* ", size)),
    "CSS never closed": lambda size: html(b"<style>" + repeated(b"<style>", size)),
    "comments": _in_html(b"<!-- a "),
    "conditional comments": _in_html(b"<!--[if mso]><table><tr><td><![endif]-->a"),
    "HTML entities": _in_html(b"&amp;lt;"),
    "HTML entities that are none": _in_html(b"&#x110000;&#0;&nosuch;&#99999999999;"),
    "HTML attributes": lambda size: html(b"<p " + repeated(b"a=b ", size) + b">"),
    "HTML attributes of one name each": lambda size: html(
        b"<p " + b" ".join(b"a%d=1" % number for number in range(size // 8)) + b">"
    ),
    "HTML tags without end": _in_html(b"<a "),
    "HTML of angles": _in_html(b"<"),
    "HTML scripts": _in_html(b"<script>document.write('<p>')</script>"),
    "HTML preformatted": lambda size: html(b"<pre>" + repeated(b"a\n", size)),
    "HTML pictures": _in_html(b"<img src='data:image/png;base64,AAAA' alt='a'>"),
    "SVG": _in_html(b"<svg><foreignObject><p>a"),
    "frames": _in_html(b"<frameset><frame src=x>"),
}
