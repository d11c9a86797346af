"""HTML as text: what a reader sees, with paragraphs, lists, tables as rows, and quotes marked by ">"."""

import re
from dataclasses import dataclass, field
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mail.mime.clients import field_of

LONGEST = 500_000  # characters of HTML that are read
_DEEPEST_QUOTE = 40
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_SPACED = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "blockquote", "table",
})  # fmt: skip
_UNSEEN = frozenset({
    "head", "style", "script", "title", "template", "noscript", "object", "embed", "svg", "math", "audio", "video",
    "canvas", "select", "map", "iframe", "xml",
})  # fmt: skip
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*(?:0+(?:\.0*)?(?!\.?\d)|1\s*p[xt])|mso-hide\s*:\s*all|"
    r"opacity\s*:\s*0+(?:\.0*)?(?!\.?\d)|max-height\s*:\s*0(?!\.?\d)|(?<![-\w])(?:left|top|text-indent)\s*:\s*-\d{3}",
    re.I,
)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))", re.I)
_COLOURED = re.compile(r"background", re.I)
_NO_MARGIN = re.compile(r"margin(?:-bottom|-top)?\s*:\s*0", re.I)
_QUOTE_CLASS = re.compile(r"gmail_quote|moz-cite|protonmail_quote|tutanota_quote|quote|cite", re.I)
_DEEPEST = 1_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})")
_WHOLE_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_ATTRIBUTE = re.compile(r"[\s/]++[^\s/>]")
_LONG_TAG = 8_000  # characters
_MOST_ATTRIBUTES = 1_000  # of one tag
_ANY_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>?")
_BREAKING_TAG = re.compile(r"<(?:br|/?(?:p|div|tr|li|h\d|blockquote|table))\b[^<>]{0,2000}>", re.I)
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,20000}-->|<(style|script)\b[^<>]{0,2000}>[^<]{0,200000}</\1>", re.I)
_UNNESTED = frozenset({
    "br", "img", "hr", "input", "meta", "link", "p", "li", "td", "th", "tr", "option", "dd", "dt", "tbody", "wbr",
    "col", "area", "base", "param", "source", "o:p",
})  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Page:
    """The text so far: finished lines and the one being written."""

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    quote: int = 0
    pre: int = 0
    bullet: str = ""
    counts: list[int] = field(default_factory=list)  # items so far of the lists that are open, -1 without numbers
    links: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str) -> None:
        if self.pre:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self.words.append(first)
            for line in rest:
                self.end_line()
                self.words.append(line)
            return
        text = _SPACE.sub(" ", text)
        if text == " " and (not self.words or self.words[-1].endswith(" ")):
            return
        self.words.append(text.lstrip(" ") if not self.words else text)

    def end_line(self, force: bool = True) -> None:
        """Close the line; an empty one only where `force` says that it is meant (br)."""
        text = "".join(self.words)
        force = force or "\xa0" in text  # <p>&nbsp;</p> is how Word makes an empty line
        text = text.replace("\xa0", " ")
        text = text.rstrip() if self.pre else text.strip()
        self.words = []
        if text or force:
            if text and self.bullet:
                text, self.bullet = self.bullet + text, ""
            self.lines.append(">" * self.quote + (" " if self.quote and text else "") + text)

    def gap(self) -> None:
        """One blank line, never two."""
        self.end_line(force=False)
        if self.lines and self.lines[-1].strip(" >"):
            self.lines.append(">" * self.quote)


def html_to_text(html: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words of a page and its links as (words, address). Hidden parts are left out; nothing recurses."""
    page = _Page()
    html = html[:LONGEST]
    if _too_deep(html) or _too_many_attributes(html):
        return _stripped(html), ()
    tree = LexborHTMLParser(html)
    root = tree.body or tree.root
    if root is not None:
        _walk(root, page)
    page.end_line(force=False)
    return "\n".join(line.rstrip() for line in page.lines).strip("\n"), tuple(page.links)


def _too_deep(html: str) -> bool:
    """More than a thousand open tags at once: the parser's time is their number times their depth."""
    if html.count("<") <= _DEEPEST:
        return False
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() in _UNNESTED:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def _too_many_attributes(html: str) -> bool:
    """More than a thousand in one tag: the parser compares each with all before it."""
    return any(
        len(tag[0]) > _LONG_TAG and len(_ATTRIBUTE.findall(_QUOTED.sub(" a", tag[0]))) > _MOST_ATTRIBUTES
        for tag in _WHOLE_TAG.finditer(html)
    )


def _stripped(html: str) -> str:
    """The words between the tags of a page that no parser should be given."""
    text = _BREAKING_TAG.sub("\n", _COMMENT.sub("", html))
    lines = (" ".join(line.split()) for line in unescape(_ANY_TAG.sub(" ", text)).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(root: LexborNode, page: _Page) -> None:
    node, depth = root, 0
    while True:
        enter = _open(node, page)
        child = node.child if enter else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        _close(node, page, enter)
        while node.next is None:
            if depth <= 0 or node.parent is None:
                return
            node, depth = node.parent, depth - 1
            _close(node, page, True)
            if depth <= 0:
                return
        if depth <= 0:
            return
        node = node.next


def _open(node: LexborNode, page: _Page) -> bool:
    """Write what a tag begins with; say whether its children are to be read."""
    tag = node.tag
    if tag == "-text":
        page.add(node.text_content or "")
        return False
    if tag is None or tag.startswith(("-", "_", "!")) or tag in _UNSEEN:
        return False
    if tag == "br":
        page.end_line()
        return False
    if tag == "hr":
        page.end_line(force=False)
        page.lines.append(">" * page.quote + "_" * 32)
        return False
    if tag == "img":
        return False
    attributes = node.attributes
    style = attributes.get("style") or ""
    if "hidden" in attributes or (style and _is_hidden(node, style)):
        return False
    if tag == "table" and _write_rows(node, page):
        return False
    if tag in _BLOCKS:
        _open_block(node, tag, style, page)
    return True


def _is_hidden(node: LexborNode, style: str) -> bool:
    """Whether a style keeps a reader from seeing its words; white ones only where nothing gives them a ground."""
    return bool(_HIDDEN.search(style) or (_WHITE.search(style) and _on_white(node)))


def _on_white(node: LexborNode) -> bool:
    around: LexborNode | None = node
    for _ in range(20):
        if around is None:
            break
        attributes = around.attributes
        if attributes and (
            "bgcolor" in attributes or "background" in attributes or _COLOURED.search(attributes.get("style") or "")
        ):
            return False
        around = around.parent
    return True


def _open_block(node: LexborNode, tag: str, style: str, page: _Page) -> None:
    if tag in _SPACED and not (tag == "p" and _tight(node, style)):
        page.gap()
    else:
        page.end_line(force=False)
    if tag == "blockquote" and is_quote(node):
        page.quote = min(page.quote + 1, _DEEPEST_QUOTE)
    elif tag == "pre":
        page.pre += 1
    elif tag in ("ol", "ul"):
        page.counts.append(0 if tag == "ol" else -1)
    elif tag == "li":
        page.bullet = _bullet(page)


def _close(node: LexborNode, page: _Page, entered: bool) -> None:
    tag = node.tag
    if not entered or tag is None or tag.startswith("-"):
        return
    if tag == "a":
        _note_link(node, page)
    elif tag in ("td", "th"):
        page.add(" ")
    elif tag in _BLOCKS:
        page.end_line(force=False)
        if tag == "blockquote" and is_quote(node):
            page.quote = max(page.quote - 1, 0)
        elif tag == "pre":
            page.pre = max(page.pre - 1, 0)
        elif tag in ("ol", "ul") and page.counts:
            page.counts.pop()
        if tag in _SPACED and not (tag == "p" and _tight(node, node.attributes.get("style") or "")):
            page.gap()


def _tight(node: LexborNode, style: str) -> bool:
    """Word's paragraphs and those without margin stand line under line."""
    return "MsoNormal" in (node.attributes.get("class") or "") or bool(style and _NO_MARGIN.search(style))


def is_quote(node: LexborNode) -> bool:
    """A blockquote that quotes a mail; clients also indent with one (no type, no class, a plain left margin)."""
    attributes = node.attributes
    style = attributes.get("style") or ""
    return (
        (attributes.get("type") or "").lower() == "cite"
        or bool(_QUOTE_CLASS.search(attributes.get("class") or ""))
        or "border-left" in style
        or (not style and "cite" in attributes)
    )


def _bullet(page: _Page) -> str:
    if not page.counts or page.counts[-1] < 0:
        return "- "
    page.counts[-1] += 1
    return f"{page.counts[-1]}. "


def _note_link(node: LexborNode, page: _Page) -> None:
    href = (node.attributes.get("href") or "").strip()
    if href and len(page.links) < 500:
        page.links.append((_SPACE.sub(" ", node.text(deep=True) or "").strip()[:300], href[:2000]))


def _write_rows(table: LexborNode, page: _Page) -> bool:
    """Write a table of data as rows ("a | b | c", "Key: value"); False for a table that only lays out the page."""
    rows = _rows(table)
    if rows is None:
        return False
    page.gap()
    fields = sum(len(row) == 2 and field_of(row[0]) is not None for row in rows) > 1  # as Notes shows a mail's header
    for row in rows:
        head, *rest = row
        if len(row) == 2 and (head.endswith((":", "：")) or (fields and field_of(head))):
            page.words.append(f"{head if head.endswith((':', '：')) else head + ':'} {row[1]}")
        else:
            page.words.append(" | ".join(row) if rest else head)
        page.end_line(force=False)
    page.gap()
    return True


def _rows(table: LexborNode) -> list[list[str]] | None:
    """The cells of a table of data, None where cells hold blocks of their own, or rows have one cell only."""
    rows: list[list[str]] = []
    if any(part.css_first("table, blockquote, hr") is not None for part in table.iter()):
        return None
    for row in table.css("tr"):
        cells = []
        for cell in row.iter():
            if cell.tag in ("td", "th"):
                text = " ".join((cell.text(deep=True, separator=" ") or "").split())
                if len(text) > 400:
                    return None
                cells.append(text)
        if any(cells):
            rows.append(cells)
    if len(rows) < 2 or sum(len(row) > 1 for row in rows) * 2 < len(rows):
        return None
    return rows
