"""Who signs a mail: name, title, organisation, phones, street, also without "-- "."""

import pytest

from mail.message import parse_message
from mail.people import contacts, signature_contact
from mail.quoting.signature import split_signature
from mail.thread import take_apart
from mail.values import Contact


@pytest.mark.parametrize(
    ("block", "contact"),
    [
        (
            "Best,\nJane Q. Doe, PHR\nSenior Recruiter\nQuarry Foods LLC\n"
            "200 W Adams St, Suite 300\nChicago, IL 60606\n"
            "Direct: 312-555-0111 | Cell 773.555.0112 | Fax: 312-555-0113\njane@quarry.example | www.quarry.example",
            Contact(
                "Jane Q. Doe",
                "Senior Recruiter",
                "Quarry Foods LLC",
                "jane@quarry.example",
                ("+13125550111", "+17735550112"),
                "200 W Adams St, Suite 300, Chicago, IL 60606",
            ),
        ),
        (
            "Rae Poe\nSr. VP Operations @ Hilltop Logistics, Inc.\nmain (312) 555-0100 ext 4 // m: 312 555 0199",
            Contact("Rae Poe", "Sr. VP Operations", "Hilltop Logistics, Inc.", "", ("+13125550199",), ""),
        ),
        (
            "Kim Tran\nHuman Resources Generalist\nMidline Packaging\nO: 630-555-0101 C: 630-555-0102 F: 630-555-0103",
            Contact(
                "Kim Tran", "Human Resources Generalist", "Midline Packaging", "", ("+16305550101", "+16305550102"), ""
            ),
        ),
        (
            "Thanks, Ann\nAnn Brek\nRecruiter, Elm Freight\n312/555-0101 office\n(312) 555-0102 (c)\n312-555-0103 (f)\n"
            "312.555.0104 fax\n312.555.0100 main",
            Contact("Ann Brek", "Recruiter", "Elm Freight", "", ("+13125550101", "+13125550102"), ""),
        ),
        (
            "Lee Coe | Owner | Coe & Sons Roofing | 815.555.0144 (cell)",
            Contact("Lee Coe", "Owner", "Coe & Sons Roofing", "", ("+18155550144",), ""),
        ),
        (
            "*Robin Castellan* (they/them)\nDirector, Business Attraction & Workforce\nNorthstar Chamber of Commerce",
            Contact(
                "Robin Castellan",
                "Director, Business Attraction & Workforce",
                "Northstar Chamber of Commerce",
                "",
                (),
                "",
            ),
        ),
    ],
)
def test_a_block_is_read(block: str, contact: Contact) -> None:
    assert signature_contact(block) == contact


@pytest.mark.parametrize("closing", ["Thanks, Pat", "Best, Pat Lee", "Gracias, Pat", "Kind regards, Pat"])
def test_a_closing_is_no_organisation(closing: str) -> None:
    contact = signature_contact(closing, "Pat Lee", "pat@quarry.example")

    assert (contact.name, contact.org, contact.title) == ("Pat Lee", "", "")


def test_a_firm_may_begin_like_a_closing() -> None:
    assert signature_contact("Pat Lee\nStore Manager\nBest Tools Inc.").org == "Best Tools Inc."


def test_the_mail_domain_tells_the_organisation_from_the_department() -> None:
    block = "Bill Osei\nEmployer Outreach | Second Chapter Illinois\n(312) 555-0110"

    contact = signature_contact(block, "Osei, Bill", "bosei@secondchapter.example")

    assert (contact.name, contact.title, contact.org) == ("Bill Osei", "Employer Outreach", "Second Chapter Illinois")


def test_what_is_copied_to_others_below_a_signature_is_not_its_own() -> None:
    block = "Dana Whitlock\nPlant Manager\n312-555-0142\n\ncc: Kim Tran, Program Manager, 630-555-0101"

    assert signature_contact(block).phones == ("+13125550142",)


@pytest.mark.parametrize(
    ("words", "signature"),
    [
        ("Four welders, please.\n", "-- \nDana"),
        ("Four welders, please.\n\n", "Dana Whitlock\nPlant Manager\n312-555-0142"),
        ("Four welders, please.\n\nThanks,\n", "D. Whitlock\nIronvale"),
        ("Four welders, please.\n\n", "Ironvale Fabrication Inc.\n312-555-0142\ndana@ironvale.example"),
    ],
)
def test_a_signature_is_found_without_its_dashes(words: str, signature: str) -> None:
    own, signed = split_signature((words + signature).split("\n"), "Dana Whitlock")

    assert "\n".join(own).strip() == words.strip()
    assert "\n".join(signed) == signature


@pytest.mark.parametrize(
    "words",
    [
        "Dana said that four welders are needed.\nCould you call her on 312-555-0142 before noon?",
        "We need:\n- four welders\n- two fitters",
        "Our official list (see\nhttps://ironvale.example/jobs)\nalso works well for people who are new to the trade.",
    ],
)
def test_sentences_and_lists_are_no_signature(words: str) -> None:
    assert split_signature(words.split("\n"), "Pat Lee") == (words.split("\n"), [])


def test_the_authors_of_a_chain_are_contacts_once() -> None:
    mail = b"""From: Pat Lee <pat@quarry.example>
To: intake@tracker.example
Subject: Fwd: Welders

See this.

Pat Lee
Quarry Foods LLC
312-555-0100

---------- Forwarded message ---------
From: Dana Whitlock <dana@ironvale.example>
Date: Thu, Mar 12, 2026 at 4:05 PM
Subject: Welders
To: <pat@quarry.example>

Four welders, please.

Dana Whitlock
Plant Manager, Ironvale Fabrication Inc.
T 312-555-0142 | F 312-555-0143

On Thu, Mar 12, 2026 at 1:05 PM Pat Lee <pat@quarry.example> wrote:
> How many?
"""
    parsed = parse_message(mail)

    found = contacts(parsed, take_apart(parsed))

    assert [(contact.email, contact.title, contact.org, contact.phones) for contact in found] == [
        ("pat@quarry.example", "", "Quarry Foods LLC", ("+13125550100",)),
        ("dana@ironvale.example", "Plant Manager", "Ironvale Fabrication Inc.", ("+13125550142",)),
    ]
