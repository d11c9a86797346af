"""Files in and out: pairs with reasons, and one clear line for what can't be read."""

import csv
import io
from pathlib import Path

import pytest

from matching.linkage import link, link_files, main
from matching.records import EmployerRecord
from matching.tables import UnreadableTable, read_records

EMPLOYERS = """id,name,domain,phone,street,city,zip,colour
1,"Quillfeather Foods, Inc.",quillfeather.example,312-555-0101,12 N Lark Ave,Elgin,60120,blue
2,The Quillfeathre Foods Company,,(312) 555-0101,12 Lark Avenue,Elgin,60120,
3,Harrow Tool & Die,harrow.example,,900 W Oak St,Joliet,60431,red
4,Harrow Tool and Die LLC,harrow.example;gmail.com,,900 Oak,Joliet,,
5,Zeta Dental,,312-555-0177,5 Elm St,Aurora,60505,
"""


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new.csv"
    path.write_text(EMPLOYERS, encoding="utf-8")
    return path


def test_pairs_of_one_file(new: Path, tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    assert link_files("employers", new, None, out) == 2
    found = rows(out.read_text(encoding="utf-8"))
    assert {(row["left_id"], row["right_id"]) for row in found} == {("1", "2"), ("3", "4")}
    assert all(float(row["probability"]) > 0.9 and row["decision"] == "same" for row in found)
    assert "same phone +" in found[0]["why"]


def test_pairs_between_two_files_only(new: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.csv"
    known.write_text(
        "id;name;phone\nk1;Quillfeather Foods;3125550101\nk2;Quillfeather Foods Inc;\n", encoding="utf-8-sig"
    )
    out = io.StringIO()
    link_files("employers", new, known, out)
    found = rows(out.getvalue())
    assert {row["right_id"] for row in found} == {"k1", "k2"}
    assert {row["left_id"] for row in found} == {"1", "2"}


def test_equal_records_are_all_paired(tmp_path: Path) -> None:
    records = [EmployerRecord(str(k), "Quillfeather Foods" + (" Inc" if k % 2 else "")) for k in range(100)]
    found = list(link(records))
    assert len(found) == 100 * 99 // 2


def test_candidates(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "id,given_name,family_name,date_of_birth\n1,Robert,Quillfeather,1984-03-09\n2,Bob,Quillfeather,3/9/1984\n3,Eva,Lund,1990-01-02\n",
        encoding="utf-8",
    )
    out = io.StringIO()
    assert link_files("candidates", path, None, out) == 1


def test_ids_that_look_like_formulas_are_disarmed(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text("id,name\n=1+1,Quillfeather Foods\n@x,Quillfeather Foods\n", encoding="utf-8")
    out = io.StringIO()
    link_files("employers", path, None, out)
    assert rows(out.getvalue())[0]["left_id"].startswith("'=")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"name,phone\nLark,1\n", "no column id"),
        (b"id,colour\n1,red\n", "nothing to compare employers by"),
        (b"id,name,name\n1,a,b\n", "names the column name twice"),
        (b"id,name\n1,Lark,surplus\n", "line 2: 3 values for 2 columns"),
        (b"id,name\n,Lark\n", "line 2: the id is empty"),
        (b"id,name\n1,Lark\n1,Harrow\n", "line 3: the id '1' was used before"),
        (b"id,name\n1,Caf\xe9\n", "not UTF-8"),
        (b"PK\x03\x04\0\0\0", "is no CSV file"),
    ],
)
def test_what_cant_be_read_is_said_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "new.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableTable) as caught:
        list(read_records("employers", path))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["employers", str(tmp_path / "none.csv")]) == 65
    assert "can't be opened" in capsys.readouterr().err


def test_an_empty_list_has_no_pairs(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text("id,name\n", encoding="utf-8")
    out = io.StringIO()
    assert link_files("employers", path, None, out) == 0
    assert out.getvalue().startswith("left_id,right_id,probability,decision,why")


def test_progress_is_told(new: Path) -> None:
    told: list[tuple[str, int, int]] = []
    link_files("employers", new, None, io.StringIO(), lambda *said: told.append(said))
    assert told
