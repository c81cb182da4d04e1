"""Versions are frozen, numbered, refused when nothing changed; what became of each copy is told once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import RestrictedError

from filage.kernel.changes import add
from filage_web.store.changes import apply
from filage_web.store.erasure import erase_private
from filage_web.store.errors import UnknownProduction
from filage_web.store.issued import (
    Copy,
    Counted,
    OutrunError,
    Paper,
    UnchangedError,
    ask_again,
    claim_reminder,
    claim_sending,
    copy_of,
    counts_of,
    deliveries_of,
    digests_since,
    freeze,
    latest_of,
    note_failed,
    note_opened,
    note_read,
    plan,
    received_by,
    said_by_last,
    versions_of,
)
from filage_web.store.models import Delivery, Issued

DAY = date(2026, 12, 1)
KEY = ("call_sheet", "2026-12-01")


def paper(number: str = KEY[1]) -> Paper:
    return Paper(KEY[0], number, "Feuille de service", DAY, 1, "law")


def general(says: str = "un") -> Copy:
    return Copy("", {"says": says}, says, b"%PDF")


def copy(person: str, says: str = "un") -> Copy:
    return Copy(f"person/{person}", {"says": says}, says, b"%PDF", person.title(), f"{person}@lefil.test")


@pytest.fixture
def issued(structure, alice, woyzeck):
    """Issue copies of the day's sheet."""

    def issue(*copies: Copy, number: str = KEY[1], again: bool = False):
        planned = plan(structure, "woyzeck", paper(number), copies, again=again)
        return freeze(structure, "woyzeck", paper(number), planned, actor=alice)

    return issue


def test_the_first_version_holds_the_general_copy_and_what_there_is_to_send(issued, structure) -> None:
    done = issued(general(), copy("marie"), copy("paul"))
    assert (done.version, done.new) == (1, True)
    assert [(one.person, one.email) for one in done.deliveries] == [
        ("marie", "marie@lefil.test"),
        ("paul", "paul@lefil.test"),
    ]
    kept = copy_of(structure, "woyzeck", KEY, 1, "person/marie")
    assert (kept.content, bytes(kept.data), kept.law_digest) == ({"says": "un"}, b"%PDF", "law")


def test_versions_count_up_for_each_document_apart(issued, structure) -> None:
    issued(general("un"))
    issued(general("deux"))
    issued(general("un"), number="2026-12-02")
    listed = [(one.number, one.version) for one in versions_of(structure, "woyzeck")]
    assert sorted(listed) == [("2026-12-01", 1), ("2026-12-01", 2), ("2026-12-02", 1)]
    latest = latest_of(versions_of(structure, "woyzeck"))
    assert {key: one.version for key, one in latest.items()} == {KEY: 2, (KEY[0], "2026-12-02"): 1}


def test_the_same_content_is_refused_and_names_the_version(issued, structure) -> None:
    issued(general(), copy("marie"))
    with pytest.raises(UnchangedError) as refused:
        issued(general(), copy("marie"))
    assert refused.value.version == 1
    assert Issued.objects.count() == 2


def test_the_same_content_is_issued_again_when_asked(issued) -> None:
    issued(general(), copy("marie"))
    assert issued(general(), copy("marie"), again=True).version == 2


def test_one_copy_that_differs_makes_a_new_version(issued) -> None:
    issued(general(), copy("marie"))
    assert issued(general(), copy("marie", "autre")).version == 2


def test_somebody_new_is_added_to_the_version_that_stands(issued, structure) -> None:
    issued(general(), copy("marie"))
    done = issued(general(), copy("marie"), copy("paul"))
    assert (done.version, done.new, [one.person for one in done.deliveries]) == (1, False, ["paul"])
    assert counts_of(structure, "woyzeck")[(*KEY, 1)] == Counted(people=2)


def test_an_unknown_production_is_refused(structure, alice) -> None:
    planned = plan(structure, "nulle-part", paper(), [general()])
    with pytest.raises(UnknownProduction):
        freeze(structure, "nulle-part", paper(), planned, actor=alice)


@pytest.mark.parametrize("first", ["", "person/marie"])
def test_a_plan_outrun_by_somebody_else_is_refused(issued, structure, alice, first: str) -> None:
    copies = [general(), copy("marie")]
    if first:
        issued(general())  # then both want to add the same reader to version 1
    planned = plan(structure, "woyzeck", paper(), copies)
    issued(*copies)
    with pytest.raises(OutrunError):
        freeze(structure, "woyzeck", paper(), planned, actor=alice)


def test_a_message_is_taken_once(issued) -> None:
    one = issued(general(), copy("marie")).deliveries[0]
    assert [claim_sending(one.pk), claim_sending(one.pk)] == [True, False]


def test_a_failure_is_kept_and_may_be_tried_again_at_another_address(issued, structure) -> None:
    one = issued(general(), copy("marie")).deliveries[0]
    claim_sending(one.pk)
    note_failed(one.pk, "adresse refusée")
    assert not claim_sending(one.pk)
    assert counts_of(structure, "woyzeck")[(*KEY, 1)] == Counted(people=1, failed=1)
    again = ask_again(deliveries_of(structure, "woyzeck", KEY, 1), {"marie": "m@lefil.test"})
    assert again == [one]
    assert claim_sending(one.pk)
    assert Delivery.objects.get().email == "m@lefil.test"


def test_a_reminder_is_taken_once_and_never_after_reading(issued) -> None:
    one = issued(general(), copy("marie")).deliveries[0]
    assert not claim_reminder(one.pk, 0)  # not written to yet: there is nothing to remind of
    claim_sending(one.pk)
    assert [claim_reminder(one.pk, 0), claim_reminder(one.pk, 0)] == [True, False]
    note_read(one)
    assert not claim_reminder(one.pk, 1)


def test_a_reminder_that_fails_leaves_what_was_sent(issued) -> None:
    one = issued(general(), copy("marie")).deliveries[0]
    claim_sending(one.pk)
    claim_reminder(one.pk, 0)
    note_failed(one.pk, "serveur muet", reminder=True)
    kept = Delivery.objects.get()
    assert (kept.failed, kept.sent_at is not None, kept.reminders) == ("serveur muet", True, 1)
    assert claim_reminder(one.pk, 1)
    assert Delivery.objects.get().failed == ""


def test_reading_is_written_once_and_counts_as_opening(issued, structure) -> None:
    one = issued(general(), copy("marie")).deliveries[0]
    assert [note_read(one), note_read(one)] == [True, False]
    first = Delivery.objects.get().opened_at
    note_opened(one)
    assert Delivery.objects.get().opened_at == first
    assert counts_of(structure, "woyzeck")[(*KEY, 1)] == Counted(people=1, opened=1, confirmed=1)


def test_somebody_sees_the_last_version_they_received_of_each_document(issued, structure) -> None:
    issued(general("un"), copy("marie"))
    issued(general("deux"), copy("marie", "deux"), copy("paul", "deux"))
    issued(general("trois"), copy("paul", "trois"))
    assert [one.issued.version for one in received_by(structure, "woyzeck", "marie")] == [2]
    last = said_by_last(structure, "woyzeck", KEY, ["", "person/marie"])
    assert last == {"": (3, {"says": "trois"}), "person/marie": (2, {"says": "deux"})}
    assert digests_since(structure, "woyzeck", DAY) == {KEY: (3, {"": "trois", "person/paul": "trois"})}
    assert digests_since(structure, "woyzeck", date(2026, 12, 2)) == {}


def test_issued_copies_survive_erasure_and_keep_their_production(issued, structure, alice) -> None:
    issued(general(), copy("marie"))
    apply(
        structure, "woyzeck",
        [add("person_private/marie-2", person="person/marie", nir="269054958815780")], actor=alice,
    )  # fmt: skip
    erase_private(structure, "person/marie", actor=alice)
    assert Issued.objects.count() == 2
    with pytest.raises(RestrictedError):
        Issued.objects.first().production.delete()


def test_lists_read_in_the_same_number_of_queries_however_many(
    issued, structure, django_assert_num_queries
) -> None:
    def lists() -> None:
        versions_of(structure, "woyzeck")
        counts_of(structure, "woyzeck")
        [one.issued.label for one in deliveries_of(structure, "woyzeck")]
        received_by(structure, "woyzeck", "marie")

    issued(general(), copy("marie"))
    with django_assert_num_queries(4):
        lists()
    issued(general("deux"), copy("marie", "deux"), copy("paul"))
    issued(general("trois"), copy("marie", "trois"), copy("paul", "trois"))
    with django_assert_num_queries(4):
        lists()
