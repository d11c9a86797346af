"""A mail as it is shown: where each value was read, in its words and in its attachments."""

from service import lit
from service.covering import Cover

TEXT = "Job title | Openings\nPacker | 12\nWelder | 2\n"
READING = {
    "message": "The list is attached.",
    "attachments": [{"name": "openings.xlsx", "text": TEXT, "places": ["row 1", "row 4", "row 5", ""]}],
    "introduction": {
        "facts": [
            {"field": "needs[0].title", "value": "packer", "confidence": 0.95, "part": "attachment:openings.xlsx",
             "start": 21, "end": 27, "words": "Packer"},
            {"field": "needs[0].openings", "value": 12, "confidence": 0.95, "part": "attachment:openings.xlsx",
             "start": 30, "end": 32, "words": "12"},
            {"field": "referring_org", "value": "Lakeside", "confidence": 0.9, "part": "headers", "start": 0, "end": 0,
             "words": "Dora Hale"},
        ]
    },
}  # fmt: skip


def test_a_value_of_an_attachment_names_its_row_and_the_words_there() -> None:
    need, referring = lit.groups(READING)
    assert need.places == [("openings.xlsx, row 4", "Packer | 12")]
    assert referring.places == []


def test_the_attachments_words_are_shown_with_the_values_lit() -> None:
    shown = next(passage for passage in lit.passages(READING, Cover()) if passage.title == "Attachment openings.xlsx")
    assert [piece.text for piece in shown.pieces if piece.values] == ["Packer", "12"]
    assert not shown.folded


def test_a_value_of_the_headers_has_no_mark_to_go_to() -> None:
    assert [value.part for value in lit.values(READING)][2] == ""
