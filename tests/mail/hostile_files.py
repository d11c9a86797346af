"""Mails whose attached files are made to break a reader: sheets, PDF, winmail.dat, signatures."""

import base64
import io
import zipfile
import zlib
from collections.abc import Callable

from tests.mail.hostile_base import HEAD, WORDS, attached, mixed, plain, repeated


def _zipped(name: str, files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return attached(name, packed.getvalue())


WORKBOOK = {
    "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.'
    b'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    b'<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    b'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def _sheet_of_rows(size: int) -> bytes:
    """Unpacked a thousand times as large."""
    rows = repeated(b'<row><c t="inlineStr"><is><t>welder</t></is></c></row>', size * 20)
    return _zipped("list.xlsx", {**WORKBOOK, "xl/worksheets/sheet1.xml": SHEET % rows})


def _sheet_of_one_cell(size: int) -> bytes:
    cell = b'<row r="1"><c t="inlineStr"><is><t>' + b"a" * (size * 20) + b"</t></is></c></row>"
    return _zipped("list.xlsx", {**WORKBOOK, "xl/worksheets/sheet1.xml": SHEET % cell})


def _sheet_of_strings(size: int) -> bytes:
    shared = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % repeated(
        b"<si><t>a</t></si>", size * 20
    )
    row = b'<row r="1"><c t="s"><v>0</v></c></row>'
    return _zipped("list.xlsx", {**WORKBOOK, "xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": SHEET % row})


def _sheet_of_entities(size: int) -> bytes:
    """A billion laughs: each entity is ten of the one before."""
    entities = b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10 if level else b"lol") for level in range(10)
    )
    cell = b'<row r="1"><c t="inlineStr"><is><t>&l9;</t></is></c></row>'
    sheet = b'<?xml version="1.0"?><!DOCTYPE x [' + entities + b"]>" + SHEET % cell
    return _zipped("list.xlsx", {**WORKBOOK, "xl/worksheets/sheet1.xml": sheet + b" " * size})


def _sheet_far_away(size: int) -> bytes:
    """One cell a million rows down and sixteen thousand columns to the right."""
    row = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return _zipped("list.xlsx", {**WORKBOOK, "xl/worksheets/sheet1.xml": SHEET % row + b" " * size})


def _word_of_tags(size: int) -> bytes:
    body = b"<w:document><w:body>" + repeated(b"<w:p><w:r><w:t>welder</w:t></w:r></w:p>", size * 20)
    return _zipped("list.docx", {"word/document.xml": body})


def _word_of_angles(size: int) -> bytes:
    return _zipped("list.docx", {"word/document.xml": b"<" * (size * 10)})


def _zip_of_zeros(size: int) -> bytes:
    return _zipped("list.zip", {f"{number}.txt": b"\x00" * (size * 10) for number in range(8)})


def _pdf(stream: bytes, pages: int = 1, extra: bytes = b"") -> bytes:
    """A PDF of pages that all show one packed stream."""
    packed = zlib.compress(stream, 9)
    kids = b" ".join(b"3 0 R" for _ in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += (
        b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    )
    return out + extra


def _pdf_of_words(size: int) -> bytes:
    return attached("list.pdf", _pdf(b"BT /F 12 Tf " + repeated(b"(welder) Tj 0 -14 Td ", size * 5) + b"ET", 10))


def _pdf_of_zeros(size: int) -> bytes:
    return attached("list.pdf", _pdf(b" " * (size * 50)))


def _pdf_in_a_ring(size: int) -> bytes:
    catalog = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    ring = b"2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 9>>\nendobj\ntrailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF"
    return attached("list.pdf", catalog + ring + b" " * size)


def _pdf_cut(size: int) -> bytes:
    return attached("list.pdf", _pdf(b"BT (x) Tj ET")[:-60] + repeated(b"1 0 obj\n", size))


def _pdf_of_open_brackets(size: int) -> bytes:
    return attached("list.pdf", b"%PDF-1.4\n1 0 obj\n" + b"[" * size + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF")


def _comma_list(size: int) -> bytes:
    return attached("list.csv", b"name,phone,job\n" + repeated(b'"a"",b', size), "text/csv")


def _lists_beside(size: int) -> bytes:
    """Twenty lists, each as long as one may be."""
    rows = repeated(b"Title,Openings,Pay\nForklift operator,3,$19 to $23 an hour in Cicero by March 3rd\n", size // 20)
    head = b"Content-Type: text/csv\r\nContent-Disposition: attachment; filename="
    lists = [head + b"a%d.csv\r\n\r\n" % number + rows for number in range(20)]
    return mixed(b"Content-Type: text/plain\r\n\r\n" + WORDS, *lists)


def _comma_rows(size: int) -> bytes:
    rows = repeated(b"Job Title,Openings,Pay\nWelder,2,$21\nname,phone,job\nJo Poe,312-555-0100,welder\n", size)
    return attached("list.csv", rows, "text/csv")


def _tnef(level: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + level


def _tnef_broken(size: int) -> bytes:
    return attached("winmail.dat", _tnef(b"\x01" + b"\xff" * size), "application/ms-tnef")


def _tnef_lengths(size: int) -> bytes:
    """Attributes that each claim four gigabytes, or nothing."""
    claim = b"\x02\x05\x90\x06\x00\xff\xff\xff\xff" + b"\x02\x02\x90\x06\x00\x00\x00\x00\x00\x00\x00"
    return attached("winmail.dat", _tnef(repeated(claim, size)), "application/ms-tnef")


def _tnef_properties(size: int) -> bytes:
    """A property list that claims more properties than there are bytes."""
    body = b"\xff\xff\xff\x7f" + repeated(b"\x1e\x10\x00\x30\xff\xff\xff\x7f", size)
    attribute = b"\x01\x03\x90\x06\x00" + len(body).to_bytes(4, "little") + body + b"\x00\x00"
    return attached("winmail.dat", _tnef(attribute), "application/ms-tnef")


def _signed(size: int) -> bytes:
    """An opaque signature in an opaque signature, as deep as there is room."""
    mail = plain(WORDS)
    oid = bytes.fromhex("06092a864886f70d010702")
    while len(mail) < size:
        body = _der(0x30, oid + _der(0xA0, _der(0x30, b"\x02\x01\x01\x31\x00" + _encapsulated(mail))))
        encoded = base64.encodebytes(body)
        kind = (
            b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        )
        mail = HEAD + kind + encoded
    return mail


def _encapsulated(content: bytes) -> bytes:
    return _der(0x30, bytes.fromhex("06092a864886f70d010701") + _der(0xA0, _der(0x04, content)))


def _der(tag: int, body: bytes) -> bytes:
    length = len(body)
    if length < 128:
        return bytes([tag, length]) + body
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + body


def _opaque_lengths(size: int) -> bytes:
    claim = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80"
    return attached("smime.p7m", claim + repeated(b"\x24\x80\x04\x00", size), "application/pkcs7-mime")


FILES: dict[str, Callable[[int], bytes]] = {
    "sheet of rows": _sheet_of_rows,
    "sheet of one cell": _sheet_of_one_cell,
    "sheet of strings": _sheet_of_strings,
    "sheet of entities": _sheet_of_entities,
    "sheet far away": _sheet_far_away,
    "Word file of tags": _word_of_tags,
    "Word file of angles": _word_of_angles,
    "zip of zeros": _zip_of_zeros,
    "PDF of words": _pdf_of_words,
    "PDF of blanks": _pdf_of_zeros,
    "PDF in a ring": _pdf_in_a_ring,
    "PDF cut": _pdf_cut,
    "PDF of brackets": _pdf_of_open_brackets,
    "list of quotes": _comma_list,
    "lists beside": _lists_beside,
    "list of rows": _comma_rows,
    "winmail.dat broken": _tnef_broken,
    "winmail.dat of claims": _tnef_lengths,
    "winmail.dat of properties": _tnef_properties,
    "signature in a signature": _signed,
    "signature of claims": _opaque_lengths,
}
