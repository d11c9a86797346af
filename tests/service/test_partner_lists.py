"""Partner lists: whatever form they come in, previewed, taken in as a batch, undone; out and in again the same."""

import io
import json
import zipfile
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import batches, exporting, hsds, hsds_tables, partner_files, partners
from service.db import Database
from service.models import ImportBatch, Organisation, Party, Referral

TABLE = """Agency Name;Website;Program;Program description;Job titles;Population served;Neighborhoods;Slots
Tamarack Works;https://www.tamarackworks.example/about;Forklift class;Weeks on forklifts;53-7051;Veterans; Pullman;12
Tamarack Works;;Front desk class;;hotel desk clerk;;Chatham;
Bluestem Career Center;bluestem.example;Placement desk;Presents cooks and bakers;cook; returning citizens;Cicero;0
"""


def taken(session: Session, content: bytes, *, who: str = "Rosa", dry_run: bool = False) -> partners.ImportReport:
    directory = partner_files.directory_of(partner_files.read(content))
    return partners.import_directory(session, directory, dry_run=dry_run, who=who, source="list.csv")


def named(session: Session, name: str) -> Organisation:
    return session.scalars(select(Organisation).where(Organisation.name == name)).one()


def test_a_table_of_somebody_elses_columns_is_understood(db: Database) -> None:
    with db.begin() as session:
        report = taken(session, TABLE.encode())
        works = named(session, "Tamarack Works")
        assert report.added == ["Tamarack Works", "Bluestem Career Center"]
        assert works.values("domain") == ["tamarackworks.example"]
        assert [(s.name, s.occupations, s.populations, s.capacity) for s in works.services] == [
            ("Forklift class", ["53-7051"], ["veterans"], 12),
            ("Front desk class", ["hotel desk clerk"], [], None),
        ]
        assert named(session, "Bluestem Career Center").services[0].populations == ["returning_citizens"]


def test_a_person_may_say_which_column_is_which() -> None:
    file = partner_files.read(b"who,what\nTamarack Works,cook\n")
    with pytest.raises(partners.UnreadableList, match="name"):
        partner_files.directory_of(file)
    entry = partner_files.directory_of(file, {"who": "name", "what": "occupations"})["partners"][0]
    assert (entry["name"], entry["services"][0]["occupations"]) == ("Tamarack Works", ["cook"])


def test_a_dry_run_says_what_would_be_other_and_changes_nothing(db: Database) -> None:
    with db.begin() as session:
        taken(session, TABLE.encode())
    with db.begin() as session:
        report = taken(session, TABLE.replace(";12", ";7").encode(), dry_run=True, who="")
        assert report.changed == ["Tamarack Works"]
        assert report.same == ["Bluestem Career Center"]
        assert report.details["Tamarack Works"] == ["Forklift class, capacity: 12 → 7"]
    with db.read() as session:
        assert named(session, "Tamarack Works").services[0].capacity == 12
        assert len(session.scalars(select(ImportBatch)).all()) == 1


def test_a_batch_is_undone_as_if_it_had_not_been(db: Database) -> None:
    with db.begin() as session:
        first = taken(session, TABLE.encode())
        before = partners.directory(session)
    with db.begin() as session:
        second = taken(session, (TABLE.replace(";12", ";7") + "Sagebrush Hall;;Hall;;;;;\n").encode())
        undone = batches.undo(session, second.batch_id or 0, "Rosa")
        assert (undone.put_back, undone.removed, undone.stays) == (["Tamarack Works"], ["Sagebrush Hall"], [])
        assert partners.directory(session) == before
        with pytest.raises(batches.UnknownBatch):
            batches.undo(session, second.batch_id or 0, "Rosa")
        assert first.batch_id != second.batch_id


def test_what_somebody_changed_since_stays_and_so_does_who_takes_part_in_something(db: Database) -> None:
    with db.begin() as session:
        report = taken(session, TABLE.encode())
        named(session, "Tamarack Works").description = "changed by hand"
        referral = Referral(kind="request", status="draft")
        referral.parties.append(Party(organisation_id=named(session, "Bluestem Career Center").id, role="receiving"))
        session.add(referral)
        session.flush()
        undone = batches.undo(session, report.batch_id or 0, "Rosa")
        assert undone.removed == []
        assert len(undone.stays) == 2
        assert named(session, "Tamarack Works").description == "changed by hand"


def test_one_wrong_row_is_named_and_the_others_go_on(sqlite_db: Database) -> None:
    rows = [
        "name,domains,service,populations",
        "Tamarack,gmail.com,,",
        ",x.example,,",
        "Bluestem,b.example,Desk,Martians",
    ]
    with sqlite_db.begin() as session:
        report = taken(session, "\n".join(rows).encode())
    assert report.added == ["Bluestem"]
    assert [error.partition(":")[0] for error in report.errors] == ["row 2", "row 3"]
    assert report.notes == ["row 4: 'Martians' is no population known here and was left out"]


@pytest.mark.parametrize("name", ["partners.json", "partners.hsds.json", "partners.zip"])
def test_out_and_in_again_is_the_same_directory(db: Database, name: str) -> None:
    with db.begin() as session:
        taken(session, TABLE.encode())
        service = named(session, "Tamarack Works").services[0]
        service.requires, service.pathways, service.programmes = ["youth"], ["training"], ["49.0205"]
        service.confirmed_on, service.languages = date(2026, 11, 2), ["Spanish"]
        service.capacity_on = date(2026, 11, 1)
        session.flush()
        before = partners.directory(session)
        content = exporting.directory_file(before, name)
        for row in session.scalars(select(Organisation)).all():
            row.services.clear()
        session.flush()
        taken(session, content)
        after = partners.directory(session)
    for one, other in zip(before["partners"], after["partners"], strict=True):
        for service, again in zip(one["services"], other["services"], strict=True):
            again["capacity_on"] = again["capacity_on"] and service["capacity_on"]
            assert again == service


def test_a_table_goes_out_and_in_again(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        taken(session, TABLE.encode())
        rows = [
            dict(zip(partner_files.COLUMNS, row, strict=True))
            for row in partner_files.table_rows(partners.directory(session))
        ]
        text = [{k: "; ".join(v) if isinstance(v, list) else str(v) for k, v in row.items()} for row in rows]
        file = partner_files.PartnerFile("table", {}, partner_files.COLUMNS, tuple(text))
        report = partners.import_directory(session, partner_files.directory_of(file))
    assert (report.added, report.changed, report.errors) == ([], [], [])


def hsds_service(**more: object) -> dict[str, object]:
    term = {"id": "t", "code": "53-3032", "name": "Truck drivers", "taxonomy_detail": {"name": "O*NET-SOC 2019"}}
    area = {"id": "a", "name": "Cook County"}
    return {
        "id": "s1",
        "name": "Truck driving",
        "status": "temporarily closed",
        "assured_date": "2026-10-05",
        "attributes": [{"id": "x", "taxonomy_term": term}, {"id": "y"}],
        "service_areas": [area],
        "capacities": [{"id": "c", "available": 3, "unit": {"name": "seats"}, "updated": "2026-10-01T00:00:00Z"}],
        **more,
    }


def test_hsds_by_service_names_its_organization() -> None:
    owner = {"id": "o1", "name": "Cottonwood College", "website": "https://www.cottonwood.example/"}
    found = hsds.to_directory(
        {"contents": [hsds_service(organization=owner), hsds_service(id="s2", organization=owner)]}
    )
    partner = found["partners"][0]
    assert (partner["name"], partner["domains"], len(partner["services"])) == (
        "Cottonwood College",
        ["cottonwood.example"],
        2,
    )
    service = partner["services"][0]
    assert (service["occupations"], service["areas"], service["capacity"]) == (["53-3032"], ["Cook County"], "3")
    assert (service["closed"], service["confirmed_on"]) == (True, "2026-10-05")


def test_a_package_has_the_files_of_the_specification() -> None:
    directory = {"partners": [hsds.to_directory([hsds_service(organization={"name": "Cottonwood"})])["partners"][0]]}
    entry = directory["partners"][0]
    entry["services"][0] |= {"agreement_required": False, "capacity": 3}
    with zipfile.ZipFile(io.BytesIO(hsds_tables.pack(hsds.from_directory(directory, date(2026, 11, 2))))) as archive:
        listed = {resource["path"] for resource in json.loads(archive.read("datapackage.json"))["resources"]}
        assert listed | {"datapackage.json"} == set(archive.namelist())
        services = archive.read("services.csv").decode().splitlines()
    assert services[0].startswith("id,organization_id,name")
    assert "inactive" in services[1]


def _zip(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 nothing",
        _zip(services="id,name\n1,x\n"),
        b'{"contents": [{"id": "1"}]}',
        b'[{"name": "A service", "status": "active"}]',
        b'{"partners": 5}',
        b"{",
        b"[" * 100_000,
        b"name\n",
    ],
)
def test_a_list_that_is_none_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(partners.UnreadableList) as refused:
        partner_files.directory_of(partner_files.read(content))
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith(".")
