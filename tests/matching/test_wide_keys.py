"""The keys of lists that aren't large: pairs that several slips at once would keep apart."""

import pytest

from matching.batch import grouped
from matching.forms import form_of
from matching.records import CandidateRecord, EmployerRecord
from matching.wide_keys import acronyms, wide_keys


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (EmployerRecord("a", "Quillfeatherworks"), EmployerRecord("b", "Quillfwatherworks")),
        (EmployerRecord("a", "Harrowe, Inc. Elgin"), EmployerRecord("b", "Harowe")),
        (EmployerRecord("a", "Lark Oak Finch Packing"), EmployerRecord("b", "LOF")),
        (EmployerRecord("a", street="12 Oak St", zip="60120"), EmployerRecord("b", street="12 Main St", zip="60120")),
        (CandidateRecord("a", "Scott", "Broockz", city="Elgin"), CandidateRecord("b", "S", "Brooks", city="Elgin")),
        (CandidateRecord("a", "Ana", "Lopez", zip="ab12 3cd"), CandidateRecord("b", "Maria", "Ruiz", zip="AB12 3CD")),
    ],
)
def test_they_meet(a: EmployerRecord | CandidateRecord, b: EmployerRecord | CandidateRecord) -> None:
    assert len(grouped([a, b]).left) == 1


def test_initials_are_keys_only_where_a_short_name_could_be_theirs() -> None:
    long, short = form_of(EmployerRecord("a", "Lark Oak Finch Packing")), form_of(EmployerRecord("b", "LOF"))
    assert "i:lof" in wide_keys(long, acronyms([long, short]))
    assert "i:lof" not in wide_keys(long, acronyms([long]))


def test_a_record_is_never_its_own_pair() -> None:
    """Initials may be a key of both kinds: a key counts once."""
    records = [
        EmployerRecord("a", "Avalon Tools Inc"),
        EmployerRecord("b", "ATI"),
        EmployerRecord("c", "Avalon Tool Inc"),
    ]
    found = grouped(records)
    assert all(found.left < found.right)
