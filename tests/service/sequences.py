"""A small network at random: mails, lists, decisions, undos, edits, erasures in any order, and what must hold after
each. Run by test_sequences.py on both databases; LOOPIN_BENCH_SEQUENCES says how many."""

import csv
import itertools
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from mail.message import parse_message
from mail.values import Candidate as ReadCandidate
from mail.values import Contact, Hired, Introduction, Status
from mail.values import Employer as ReadEmployer
from matching.model import match
from service import (
    bulk,
    claims,
    consent,
    editing,
    erasing,
    exporting,
    identities,
    importing,
    key_index,
    merges,
    visibility,
)
from service.db import Database
from service.models import (
    Bulk,
    Candidate,
    Credit,
    Employer,
    EmployerContact,
    InboundMessage,
    MatchKey,
    Merge,
    Organisation,
    Pair,
    Placement,
    RecordChange,
    Referral,
)
from service.plain_records import kind_of, record_of
from tests.service.said import Mail, arrive

EMPLOYERS = (
    ("Alder Dock Freight", "alderdock.example"),
    ("Alder Dock Freight LLC", "alderdock.example"),
    ("Alder Dock", ""),
    ("The Alder Docks Freight", ""),
    ("Birch Street Cafe", "birchcafe.example"),
    ("Birch St. Café", ""),
)
PEOPLE = (
    ("Nora Feld", "nora@inbox.example", "+13125550101"),
    ("Nora A. Feld", "nora@inbox.example", ""),
    ("Norah Feld", "", "+13125550101"),
    ("Teddy Okafor", "teddy@inbox.example", ""),
    ("Edward Okafor", "", "+13125550102"),
)
SENDERS = {
    "Lakeside Jobs Council": "Dora Hale <dora@lakesidejobs.example>",
    "Northfield College": "Ivo Brandt <ivo@northfield.example>",
    "Harbor Veterans Desk": "Abe Noll <abe@harborvets.example>",
}
some_employer = st.sampled_from(EMPLOYERS)
some_people = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True)
some_sender = st.sampled_from(sorted(SENDERS))
some_mail = st.tuples(some_employer, some_people, some_sender, st.booleans())
some_place = st.integers(0, 11)
HUB = visibility.Viewer(1, "Rosa Lind", "hub@hub.example", "hub", None)


class Network(RuleBasedStateMachine):
    """`fresh` gives an empty database with three partners."""

    fresh: Callable[[], Database]

    def __init__(self) -> None:
        super().__init__()
        self.db = type(self).fresh()
        self.numbers = itertools.count(1)
        self.said: dict[int, set[str]] = {}  # what each organisation has told of candidates
        self.gone: list[str] = []  # addresses and numbers of those who were erased everywhere
        self.credits = 0
        self.contacts = False
        self.folder = Path(tempfile.mkdtemp(prefix="sequences-"))

    # what happens

    @initialize(
        mails=st.lists(st.tuples(some_employer, some_people, some_sender, st.booleans()), min_size=3, max_size=5)
    )
    def a_network_at_work(self, mails: list[Any]) -> None:
        for employer, people, sender, hired in mails:
            self.a_mail_comes(employer, people, sender, hired)
        for kind, place in itertools.product(("employer", "candidate"), range(6)):
            self.two_are_compared(place, kind)

    @rule(employer=some_employer, people=some_people, sender=some_sender, hired=st.booleans())
    def a_mail_comes(self, employer: tuple[str, str], people: list[Any], sender: str, hired: bool) -> None:
        name, domain = employer
        contacts = (Contact("Pia Lund", "", name, f"pia@{domain}"),) if domain else ()
        said = Introduction(
            kind="introduction",
            referring_org=sender,
            receiving_orgs=tuple(one for one in SENDERS if one != sender)[:1],
            employer=ReadEmployer(name),
            contacts=contacts,
            candidates=tuple(ReadCandidate(n, e, (p,) if p else (), sender) for n, e, p in people),
        )
        words = ", ".join(" ".join(one) for one in people)
        mail = Mail(said, SENDERS[sender], ("pat@hub.example",), subject=f"{name} {next(self.numbers)}", text=words)
        arrive(self.db, mail, tell=False)
        self._told(sender, people)
        self.contacts = self.contacts or bool(domain)
        if hired:
            status = Status(hired=tuple(Hired(n, None, "2026-11-16") for n, _, _ in people[:1]))
            told = Introduction(kind="status_update", sender_org=sender, status=status)
            words = f"{people[0][0]} starts Monday"
            answer = Mail(told, SENDERS[sender], ("pat@hub.example",), text=words, answers=mail.message_id)
            arrive(self.db, answer, tell=False)

    @rule(people=some_people, sender=some_sender)
    def a_list_comes(self, people: list[Any], sender: str) -> None:
        path = self.folder / "people.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([("name", "email", "phone"), *people])
        with self.db.begin() as session:
            importing.take(session, "candidates", path, organisation=sender)
        self._told(sender, people)

    def _told(self, sender: str, people: list[Any]) -> None:
        with self.db.read() as session:
            owner = session.scalars(select(Organisation.id).where(Organisation.name == sender)).one()
        self.said.setdefault(owner, set()).update(value for _, email, phone in people for value in (email, phone))

    @rule(place=some_place, decision=st.sampled_from(("same", "same", "not_same", "not_sure")))
    def a_pair_is_decided(self, place: int, decision: str) -> None:
        with self.db.begin() as session:
            pair = _at(session.scalars(_open()).all(), place)
            if pair is not None:
                _unless_refused(lambda: identities.decide(session, pair.id, decision, "Rosa"))

    @rule(said=st.lists(st.tuples(some_place, st.sampled_from(("same", "not_same"))), min_size=2, max_size=4))
    def several_pairs_are_decided(self, said: list[tuple[int, str]]) -> None:
        for place, decision in said:
            self.a_pair_is_decided(place, decision)

    @rule(place=some_place, kind=st.sampled_from(("employer", "candidate")))
    def two_are_compared(self, place: int, kind: str) -> None:
        """A pair that the index did not bring up, as a person or a linked list may."""
        with self.db.begin() as session:
            records = _living(session, kind)
            one, other = _at(records, place), _at(records, place // 2 + 1)
            if one is not None and other is not None and one.id != other.id:
                found = match(record_of(one), record_of(other))
                identities.open_pair(session, one, other, found)

    @rule(place=some_place)
    def a_merge_is_undone_at_once(self, place: int) -> None:
        with self.db.begin() as session:
            pair = _at(session.scalars(_open()).all(), place)
            if pair is None:
                return
            before = self._exported(session)
            link = _unless_refused(lambda: identities.decide(session, pair.id, "same", "Rosa"))
            if link is not None:
                assert identities.undo_merge(session, link.id, "Rosa").asks == []
                assert self._exported(session) == before

    @rule(place=some_place)
    def a_merge_is_undone_later(self, place: int) -> None:
        with self.db.begin() as session:
            link = _at(session.scalars(_standing_merges()).all(), place)
            if link is not None:
                _unless_refused(lambda: identities.undo_merge(session, link.id, "Rosa"))

    @rule(place=some_place, side=st.sampled_from(("kept", "merged")))
    def what_was_unclear_is_settled(self, place: int, side: str) -> None:
        with self.db.begin() as session:
            asked = [link for link in session.scalars(select(Merge).order_by(Merge.id)) if link.asks]
            link = _at(asked, place)
            if link is not None:
                identities.settle_ask(session, link.id, 0, side)

    @rule(place=some_place)
    def a_decision_is_taken_back(self, place: int) -> None:
        with self.db.begin() as session:
            decided = select(Pair).where(Pair.decision != "", Pair.follows_id.is_(None)).order_by(Pair.id)
            pair = _at(session.scalars(decided).all(), place)
            if pair is not None:
                _unless_refused(lambda: identities.reopen(session, pair.id, "Rosa"))

    @rule(kind=st.sampled_from(("employer", "candidate")), least=st.sampled_from((0.0, 0.3, 0.8)), again=st.booleans())
    def many_are_joined_at_once(self, kind: str, least: float, again: bool) -> None:
        with self.db.begin() as session:
            before = self._exported(session)
            above = select(Pair).where(Pair.kind == kind, Pair.decision == "", Pair.probability >= least)
            pairs = session.scalars(above.order_by(Pair.id)).all()
            planned = bulk.plan(session, kind, pairs)
            if not planned.join:
                return
            made = bulk.join(session, kind, pairs, "Rosa", source="score", least=least)
            assert made.joined == len(planned.join)
            for group in planned.groups:
                assert set(group) <= merges.cluster(session, session.get_one(bulk.MODELS[kind], group[0]))
            if again:
                bulk.undo(session, made.id, "Rosa")
                assert self._exported(session) == before

    @rule(place=some_place)
    def many_are_parted_later(self, place: int) -> None:
        with self.db.begin() as session:
            standing = select(Bulk).where(Bulk.undone_at.is_(None)).order_by(Bulk.id)
            made = _at(session.scalars(standing).all(), place)
            if made is not None:
                with session.begin_nested() as trial:
                    if _unless_refused(lambda: bulk.undo(session, made.id, "Rosa")) is None:
                        trial.rollback()

    @rule(place=some_place, employer=some_employer, field=st.sampled_from(("name", "city", "phones", "aliases")))
    def an_employer_is_edited(self, place: int, employer: tuple[str, str], field: str) -> None:
        value = {"name": employer[0], "city": "Joliet", "phones": "+13125550190", "aliases": employer[0]}[field]
        with self.db.begin() as session:
            record = _at(_living(session, "employer"), place)
            if record is not None:
                editing.change(session, record, field, value, "Rosa")

    @rule(place=some_place, city=st.sampled_from(("Joliet", "Peoria")))
    def a_candidate_is_edited(self, place: int, city: str) -> None:
        with self.db.begin() as session:
            record = _at(_living(session, "candidate"), place)
            if record is not None:
                editing.change(session, record, "city", city, "Rosa")

    @rule(place=some_place)
    def an_edit_is_undone(self, place: int) -> None:
        with self.db.begin() as session:
            made = select(RecordChange).where(RecordChange.undone_at.is_(None)).order_by(RecordChange.id)
            change = _at(session.scalars(made).all(), place)
            if change is not None:
                _unless_refused(lambda: editing.undo(session, change.id, "Rosa"))

    @rule(place=some_place, state=st.sampled_from(("none", "verbal", "signed", "signed")))
    def consent_is_said(self, place: int, state: str) -> None:
        with self.db.begin() as session:
            record = _at(session.scalars(select(Candidate).where(Candidate.erased_at.is_(None))).all(), place)
            if record is not None:
                consent.record(session, record.id, state, "Rosa", on=date(2026, 11, 1))

    @rule(place=some_place)
    def two_claims_become_one(self, place: int) -> None:
        with self.db.begin() as session:
            one = _at(claims.suggested(session, HUB), place)
            if one is not None:
                with session.begin_nested() as trial:
                    accepted = _unless_refused(lambda: claims.accept(session, HUB, one.kept.id, one.other.id))
                    if accepted is None:
                        trial.rollback()
                    else:
                        assert {one.kept.status, one.other.status} >= {"void"}

    @rule(place=some_place)
    @precondition(lambda self: self.said)
    def a_person_is_erased(self, place: int) -> None:
        with self.db.begin() as session:
            record = _at(_living(session, "candidate"), place)
            if record is None:
                return
            for one in erasing.records_of(session, record, everywhere=True):
                self.gone += [*one.emails, *one.phones]
            erasing.erase_candidate(session, record.id, "asked for it", "Rosa", everywhere=True)
        self._the_erased_are_gone()

    @rule(place=st.integers(0, 3))
    @precondition(lambda self: self.contacts)
    def a_contact_is_erased(self, place: int) -> None:
        with self.db.begin() as session:
            contact = _at(session.scalars(select(EmployerContact).order_by(EmployerContact.id)).all(), place)
            if contact is not None:
                self.gone += [contact.email] if contact.email else []
                erasing.erase_contact(session, contact.id, "asked for it", "Rosa")
            self.contacts = contact is not None
        self._the_erased_are_gone()

    # what must hold

    @invariant()
    def the_index_is_what_a_rebuild_would_make(self) -> None:
        with self.db.read() as session:
            there: dict[tuple[str, int], set[str]] = {}
            for row in session.scalars(select(MatchKey)):
                there.setdefault((row.kind, row.record_id), set()).add(row.key)
            wanted = {
                (kind_of(record), record.id): set(key_index.keys_of(session, record))
                for model in (Employer, Candidate)
                for record in session.scalars(select(model))
                if not (isinstance(record, Candidate) and record.erased_at)
            }
            assert there == {key: found for key, found in wanted.items() if found}

    @invariant()
    def nothing_is_asked_that_was_answered(self) -> None:
        with self.db.read() as session:
            for kind in ("employer", "candidate"):
                standing = bulk.Standing(session, kind)
                for pair in session.scalars(select(Pair).where(Pair.kind == kind)):
                    one, other = standing.of(pair.left_id), standing.of(pair.right_id)
                    if pair.decision == "":
                        assert one != other, "asked of two that stand as one"
                        assert other not in standing.apart.get(one, set()), "asked though it was said: not the same"
                    assert not (pair.decision == "not_same" and one == other), "overruled"

    @invariant()
    def no_organisation_knows_what_another_told(self) -> None:
        with self.db.read() as session:
            for record in session.scalars(select(Candidate)):
                own = self.said.get(record.organisation_id or 0, set())
                assert {*record.emails, *record.phones} <= own

    @invariant()
    def the_machine_joins_no_candidates_of_two_organisations(self) -> None:
        with self.db.read() as session:
            linked = {(link.kept_id, link.merged_id) for link in session.scalars(_standing_merges())}
            for record in session.scalars(select(Candidate).where(Candidate.merged_into_id.is_not(None))):
                assert (record.merged_into_id, record.id) in linked, "joined without a decision"

    @invariant()
    def people_behind_a_wall_are_compared_by_hashes_alone(self) -> None:
        with self.db.read() as session:
            waiting = select(Pair).where(Pair.kind == "candidate", Pair.decision == "")
            for pair in session.scalars(waiting):
                left, right = session.get_one(Candidate, pair.left_id), session.get_one(Candidate, pair.right_id)
                assert pair.veiled == visibility.walled(left, right)
            keys = session.scalars(select(MatchKey.key).where(MatchKey.kind == "candidate"))
            assert all(re.fullmatch("[0-9a-f]{24}", key) for key in keys)

    @invariant()
    def no_claim_is_lost(self) -> None:
        with self.db.read() as session:
            count = session.scalar(select(func.count(Credit.id))) or 0
            placements = select(Placement).where(Placement.status == "void")
            voided = [row for row in session.scalars(placements) if not row.end_reason.startswith("one with")]
        assert count >= self.credits
        assert voided == []
        self.credits = count

    @invariant()
    def rows_belong_to_what_stands(self) -> None:
        with self.db.read() as session:
            merged = set(session.scalars(select(Employer.id).where(Employer.merged_into_id.is_not(None))))
            assert not merged & set(session.scalars(select(Referral.employer_id)))

    def _the_erased_are_gone(self) -> None:
        """No address or number of theirs in any record, mail, reading or list."""
        with self.db.read() as session:
            whole = self._exported(session).decode()
            for mail in session.scalars(select(InboundMessage).options(undefer("*"))):
                whole += f"{mail.reading} {mail.subject} {mail.content.decode('latin-1')}"
                whole += parse_message(mail.content).text if mail.content.startswith(b"From:") else ""
            for model in (Candidate, EmployerContact, Merge, RecordChange):
                for row in session.scalars(select(model)):
                    whole += repr({column.key: getattr(row, column.key) for column in model.__table__.columns})
        for words in self.gone:
            at = whole.find(words)
            assert at < 0, whole[max(0, at - 200) : at + 60]

    def _exported(self, session: Session) -> bytes:
        """Every list that goes out, byte for byte."""
        found = b""
        for what in exporting.COLUMNS:
            exporting.write(session, what, self.folder / f"{what}.csv")
            found += (self.folder / f"{what}.csv").read_bytes()
        return found

    def teardown(self) -> None:
        self._the_erased_are_gone()
        shutil.rmtree(self.folder)


def _open() -> Any:
    return select(Pair).where(Pair.decision == "").order_by(Pair.id)


def _standing_merges() -> Any:
    return select(Merge).where(Merge.undone_at.is_(None)).order_by(Merge.id.desc())


def _living(session: Session, kind: str) -> list[Any]:
    model = bulk.MODELS[kind]
    rows = session.scalars(select(model).where(model.merged_into_id.is_(None)).order_by(model.id)).all()
    return [row for row in rows if not (isinstance(row, Candidate) and row.erased_at)]


def _at(rows: Any, place: int) -> Any:
    return rows[place % len(rows)] if rows else None


def _unless_refused(act: Callable[[], Any]) -> Any:
    """A refusal is a sentence for a person, never another error."""
    try:
        return act()
    except ValueError as refusal:
        assert re.search(r"undo|erased|not the same|already", str(refusal)), refusal
        return None
