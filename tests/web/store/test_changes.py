"""Facts written: one ChangeSet or nothing, both versions when someone was faster, undo."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from filage.kernel.changes import add, remove, set_
from filage.kernel.errors import BadInput
from filage_web.store.changes import apply, revision_of, undo
from filage_web.store.errors import Conflict, UnknownProduction
from filage_web.store.models import Change, ChangeSet, Production, Row
from filage_web.store.queries import (
    dossier_of,
    history_of,
    load_production,
    productions_of,
    search,
    used_where,
)

OTHER = (
    add("production/lenz", label="Lenz", form="theatre"),
    add("position/lenz", label="Comédien"),
    add("engagement/lenz", position="position/lenz", person="person/marie", starts_on="2026-01-01",
        ends_on="2026-01-31", unit="cachet", unit_pay="200"),
)  # fmt: skip


def messages(error) -> list[str]:
    return [f"{problem.path}: {problem.message}" for problem in error.value.problems]


def test_a_production_is_read_with_the_shared_facts_it_links_to_and_its_employer(structure, woyzeck):
    loaded = load_production(structure, "woyzeck")
    assert [fact.about for fact in loaded.dossier] == [
        "employer/le-fil", "production/woyzeck", "person/marie", "company/nord", "venue/nord", "position/marie",
        "engagement/marie", "event/p1", "participation/p1",
    ]  # fmt: skip
    assert loaded.revision == woyzeck.pk
    assert set(loaded.revisions.values()) == {woyzeck.pk}
    assert loaded.findings == ()


def test_private_facts_are_read_only_when_asked_for(structure, woyzeck):
    assert dossier_of(structure, "woyzeck").get("person_private/marie") is None
    assert (
        dossier_of(structure, "woyzeck", with_private=True).get("person_private/marie").born_on.year == 1969
    )


def test_a_dossier_is_read_in_one_query(structure, woyzeck, django_assert_num_queries):
    with django_assert_num_queries(1):
        load_production(structure, "woyzeck", with_private=True)


def test_another_structure_sees_nothing_of_it(structure, woyzeck, bob):
    from filage_web.accounts.services import create_structure

    elsewhere = create_structure("Ailleurs", bob)
    with pytest.raises(UnknownProduction):
        load_production(elsewhere, "woyzeck")
    assert search(elsewhere, "marie") == []
    assert productions_of(elsewhere) == []


def test_a_change_gives_the_row_and_the_production_its_revision(structure, woyzeck, alice):
    change_set = apply(structure, "woyzeck", [set_("event/p1", day="2026-12-02")], actor=alice)
    loaded = load_production(structure, "woyzeck")
    assert (
        loaded.revision == loaded.revisions["event/p1"] == change_set.pk == revision_of(structure, "woyzeck")
    )
    assert loaded.revisions["engagement/marie"] == woyzeck.pk
    assert loaded.dossier.get("event/p1").day.isoformat() == "2026-12-02"


def test_what_changes_nothing_writes_nothing(structure, woyzeck, alice):
    assert apply(structure, "woyzeck", [set_("event/p1", day="2026-12-01")], actor=alice) is None
    assert ChangeSet.objects.count() == 1


def test_a_field_named_in_clear_is_emptied_and_an_absent_one_left(structure, woyzeck, alice):
    apply(structure, "woyzeck", [set_("event/p1", clear=("venue",), option="option_1")], actor=alice)
    event = dossier_of(structure, "woyzeck").get("event/p1")
    assert (event.venue, event.option, event.day.isoformat()) == (None, "option_1", "2026-12-01")


def test_every_problem_is_told_at_once_and_nothing_is_written(structure, woyzeck, alice):
    changes = [
        set_("event/p1", day="demain"),
        set_("event/inconnu", day="2026-12-01"),
        add("position/marie", label="Encore"),
        add("budget_line/a", label="A", post="10"),
    ]
    with pytest.raises(BadInput) as error:
        apply(structure, "woyzeck", changes, actor=alice)
    assert messages(error) == [
        "event/p1.day: valeur refusée",
        "event/inconnu: ce fait n’existe pas (ou plus)",
        "position/marie: ce fait existe déjà",
    ]
    assert ChangeSet.objects.count() == 1
    assert not Row.objects.filter(ident="a").exists()


def test_a_reference_to_nothing_is_refused_by_its_field(structure, woyzeck, alice):
    with pytest.raises(BadInput) as error:
        apply(structure, "woyzeck", [set_("event/p1", venue="venue/sud")], actor=alice)
    assert messages(error) == ["event/p1.venue: venue/sud n’existe pas"]


def test_a_fact_still_referred_to_cannot_be_removed(structure, woyzeck, alice):
    with pytest.raises(BadInput) as error:
        apply(structure, "woyzeck", [remove("person/marie")], actor=alice)
    assert messages(error) == [
        "person/marie: encore cité par « Données privées » (données privées)",
        "person/marie: encore cité par « marie » (engagement), production woyzeck",
    ]
    assert dossier_of(structure, "woyzeck").get("person/marie") is not None


def test_a_fact_goes_with_what_refers_to_it_in_the_same_write(structure, woyzeck, alice):
    apply(structure, "woyzeck", [remove("event/p1"), remove("participation/p1")], actor=alice)
    assert dossier_of(structure, "woyzeck").get("event/p1") is None


def test_the_second_of_two_saves_is_refused_with_both_versions(structure, woyzeck, alice, bob):
    shown = {"event/p1": woyzeck.pk}
    faster = apply(
        structure, "woyzeck", [set_("event/p1", day="2026-12-02")], actor=bob, label="Décalage", seen=shown
    )
    with pytest.raises(Conflict) as error:
        apply(structure, "woyzeck", [set_("event/p1", end="23:00")], actor=alice, seen=shown)
    (moved,) = error.value.moved
    assert (moved.mine.day.isoformat(), moved.mine.end.isoformat("minutes")) == ("2026-12-01", "23:00")
    assert (moved.theirs.day.isoformat(), moved.theirs.end.isoformat("minutes")) == ("2026-12-02", "22:00")
    assert (moved.who, moved.label, moved.at, moved.revision) == (
        "Bob Lenoir",
        "Décalage",
        faster.at,
        faster.pk,
    )
    assert dossier_of(structure, "woyzeck").get("event/p1") == moved.theirs


def test_a_save_of_a_fact_removed_meanwhile_is_refused(structure, woyzeck, alice, bob):
    shown = {"participation/p1": woyzeck.pk}
    apply(structure, "woyzeck", [remove("participation/p1")], actor=bob)
    with pytest.raises(Conflict) as error:
        apply(structure, "woyzeck", [set_("participation/p1", call="17:00")], actor=alice, seen=shown)
    (moved,) = error.value.moved
    assert (moved.theirs, moved.revision, moved.who) == (None, None, "Bob Lenoir")


def test_saving_other_facts_meanwhile_is_no_conflict(structure, woyzeck, alice, bob):
    shown = {"event/p1": woyzeck.pk}
    apply(structure, "woyzeck", [set_("position/marie", label="Marie")], actor=bob)
    assert (
        apply(structure, "woyzeck", [set_("event/p1", day="2026-12-02")], actor=alice, seen=shown) is not None
    )


def test_undo_brings_every_fact_back_as_a_new_write(structure, woyzeck, alice):
    before = dossier_of(structure, "woyzeck", with_private=True)
    done = apply(
        structure,
        "woyzeck",
        [remove("participation/p1"), remove("event/p1"), set_("person_private/marie", clear=("nir",)),
         set_("position/marie", label="Marie"), add("variable/nb", name_text="nb", value="3")],
        actor=alice,
    )  # fmt: skip
    undone = undo(done, actor=alice)
    assert dossier_of(structure, "woyzeck", with_private=True) == before
    assert undone.undoes == done
    assert [moment.undone for moment in history_of(structure, "woyzeck")] == [False, True, False]


def test_an_undo_can_be_undone(structure, woyzeck, alice):
    done = apply(structure, "woyzeck", [set_("event/p1", day="2026-12-02")], actor=alice)
    undo(undo(done, actor=alice), actor=alice)
    assert dossier_of(structure, "woyzeck").get("event/p1").day.isoformat() == "2026-12-02"


def test_undo_is_refused_with_both_versions_when_a_row_moved_since(structure, woyzeck, alice, bob):
    done = apply(structure, "woyzeck", [set_("event/p1", day="2026-12-02")], actor=alice)
    apply(structure, "woyzeck", [set_("event/p1", day="2026-12-03")], actor=bob)
    with pytest.raises(Conflict) as error:
        undo(done, actor=alice)
    (moved,) = error.value.moved
    assert (moved.mine.day.isoformat(), moved.theirs.day.isoformat()) == ("2026-12-01", "2026-12-03")


def test_undoing_a_removal_whose_id_was_taken_again_is_a_conflict(structure, woyzeck, alice):
    done = apply(structure, "woyzeck", [remove("participation/p1")], actor=alice)
    apply(
        structure, "woyzeck", [add("participation/p1", event="event/p1", person="person/marie")], actor=alice
    )
    with pytest.raises(Conflict):
        undo(done, actor=alice)


def test_opening_a_production_is_not_undone(structure, woyzeck, alice):
    with pytest.raises(BadInput, match="ne s’annule pas"):
        undo(woyzeck, actor=alice)


def test_editing_a_shared_fact_bumps_the_productions_that_use_it_and_no_other(structure, woyzeck, alice):
    apply(structure, "lenz", OTHER, actor=alice)
    apply(structure, "seule", [add("production/seule", label="Seule", form="dance")], actor=alice)
    alone = revision_of(structure, "seule")
    edited = apply(structure, None, [set_("person/marie", stage_name="Marie O.")], actor=alice)
    assert revision_of(structure, "woyzeck") == revision_of(structure, "lenz") == edited.pk
    assert revision_of(structure, "seule") == alone


def test_editing_a_shared_fact_reached_through_another_bumps_too(structure, woyzeck, alice):
    edited = apply(structure, None, [set_("company/nord", city="Lille")], actor=alice)
    assert revision_of(structure, "woyzeck") == edited.pk


def test_editing_the_employer_bumps_every_production(structure, woyzeck, alice):
    apply(structure, "seule", [add("production/seule", label="Seule", form="dance")], actor=alice)
    edited = apply(structure, None, [set_("employer/le-fil", headcount="12")], actor=alice)
    assert set(Production.objects.values_list("revision", flat=True)) == {edited.pk}


def test_editing_private_data_bumps_the_productions_of_its_person(structure, woyzeck, alice):
    edited = apply(structure, None, [set_("person_private/marie", nationality="FR")], actor=alice)
    assert revision_of(structure, "woyzeck") == edited.pk


def test_one_write_never_spans_two_productions(structure, woyzeck, alice):
    apply(structure, "lenz", OTHER, actor=alice)
    with pytest.raises(BadInput):
        apply(structure, "woyzeck", [set_("production/lenz", label="L")], actor=alice)
    with pytest.raises(BadInput):
        apply(structure, "woyzeck", [set_("engagement/lenz", unit_pay="1")], actor=alice)
    with pytest.raises(BadInput, match="dites laquelle"):
        apply(structure, None, [set_("engagement/lenz", unit_pay="1")], actor=alice)


def test_a_structure_has_one_employer(structure, woyzeck, alice):
    with pytest.raises(BadInput, match="déjà une fiche employeur"):
        apply(structure, None, [add("employer/autre", label="Autre")], actor=alice)


def test_an_unknown_production_is_not_opened_by_accident(structure, alice):
    with pytest.raises(UnknownProduction):
        apply(structure, "woyzek", [add("position/a", label="A")], actor=alice)


def test_a_scenario_never_carries_private_data(structure, woyzeck, alice):
    change = {"op": "set", "about": "person_private/marie", "values": {"nir": "1"}}
    with pytest.raises(BadInput, match="données privées"):
        apply(structure, "woyzeck", [add("scenario/b", label="B", changes=[change])], actor=alice)


def instants(kind: str) -> tuple[datetime, datetime]:
    return Row.objects.values_list("starts", "ends").get(kind=kind)


def test_instants_are_utc_and_a_participation_follows_its_event(structure, woyzeck, alice):
    assert instants("event") == (datetime(2026, 12, 1, 19, tzinfo=UTC), datetime(2026, 12, 1, 21, tzinfo=UTC))
    assert instants("participation")[0] == datetime(2026, 12, 1, 17, tzinfo=UTC)
    apply(structure, "woyzeck", [set_("event/p1", day="2026-07-14")], actor=alice)
    assert instants("event")[0] == datetime(2026, 7, 14, 18, tzinfo=UTC)
    assert instants("participation")[0] == datetime(2026, 7, 14, 16, tzinfo=UTC)
    assert load_production(structure, "woyzeck").revisions["participation/p1"] == woyzeck.pk


def test_a_venue_that_changes_zone_moves_its_events_and_their_participations(structure, woyzeck, alice):
    apply(structure, None, [set_("venue/nord", zone="America/Montreal")], actor=alice)
    assert instants("event")[0] == datetime(2026, 12, 2, 1, tzinfo=UTC)
    assert instants("participation")[0] == datetime(2026, 12, 1, 23, tzinfo=UTC)


def test_a_time_that_does_not_exist_is_refused(structure, woyzeck, alice):
    with pytest.raises(BadInput, match="passage à l’heure d’été"):
        apply(
            structure,
            "woyzeck",
            [set_("event/p1", day="2026-03-29", start="02:30", end="04:00")],
            actor=alice,
        )


def test_an_unknown_zone_is_refused(structure, woyzeck, alice):
    with pytest.raises(BadInput, match="fuseau horaire"):
        apply(structure, None, [set_("venue/nord", zone="Mars/Olympus")], actor=alice)


def test_a_day_without_times_lasts_all_day(structure, woyzeck, alice):
    apply(
        structure,
        "woyzeck",
        [add("event/off", type="other", day="2026-12-24", end_day="2026-12-25")],
        actor=alice,
    )
    assert Row.objects.values_list("starts", "ends").get(ident="off") == (
        datetime(2026, 12, 23, 23, tzinfo=UTC), datetime(2026, 12, 25, 23, tzinfo=UTC),
    )  # fmt: skip


def test_a_fact_that_no_longer_reads_is_a_finding_and_the_rest_goes_on(structure, woyzeck, alice):
    row = Row.objects.get(kind="position")
    Row.objects.filter(pk=row.pk).update(body={**row.body, "department": "disparu"})
    loaded = load_production(structure, "woyzeck")
    assert [(finding.code, finding.about) for finding in loaded.findings] == [
        ("store.unreadable_fact", "position/marie")
    ]
    assert loaded.dossier.get("event/p1") is not None
    apply(structure, "woyzeck", [set_("position/marie", department="technical")], actor=alice)
    assert load_production(structure, "woyzeck").dossier.get("position/marie").department == "technical"


def test_history_says_who_did_what_to_which_field(structure, woyzeck, alice, bob):
    apply(structure, "woyzeck", [set_("event/p1", day="2026-12-02")], actor=bob)
    moment = history_of(structure, "woyzeck")[0]
    assert (moment.who, moment.label) == ("Bob Lenoir", "Modification : événement Représentation")
    (entry,) = moment.changes
    (field,) = entry.fields
    assert (entry.op, field.title, field.before, field.after) == ("set", "Jour", "2026-12-01", "2026-12-02")
    assert [one.id for one in history_of(structure, "woyzeck", about="event/p1")] == [moment.id, woyzeck.pk]
    assert [one.id for one in history_of(structure, "woyzeck", before=moment.id)] == [woyzeck.pk]


def test_history_of_a_shared_fact_spans_productions(structure, woyzeck, alice):
    edited = apply(structure, None, [set_("person/marie", city="Lille")], actor=alice)
    found = history_of(structure, "woyzeck", about="person/marie")
    assert [one.id for one in found] == [edited.pk, woyzeck.pk]


def test_lists_cost_the_same_number_of_queries_whatever_their_length(
    structure, woyzeck, alice, django_assert_num_queries
):
    def count() -> None:
        with django_assert_num_queries(3):
            productions_of(structure)
        with django_assert_num_queries(3):
            history_of(structure, "woyzeck")
        with django_assert_num_queries(1):
            search(structure, "marie")

    count()
    for number in range(3):
        slug = f"autre-{number}"
        apply(structure, slug, [add(f"production/{slug}", label=slug, form="dance")], actor=alice)
        apply(structure, "woyzeck", [add(f"position/marie-{number}", label="Marie")], actor=alice)
    count()


def test_search_ignores_case_and_accents(structure, woyzeck):
    assert [found.about for found in search(structure, "OEDIPE  marie")] == ["person/marie"]
    assert [found.about for found in search(structure, "comedienne", production="woyzeck")] == [
        "position/marie"
    ]
    assert search(structure, "  ") == []


def test_used_where_lists_what_refers_to_a_fact(structure, woyzeck, alice):
    apply(structure, "lenz", OTHER, actor=alice)
    assert [(found.about, found.production) for found in used_where(structure, "person/marie")] == [
        ("engagement/lenz", "lenz"), ("engagement/marie", "woyzeck"),
    ]  # fmt: skip
    assert [found.about for found in used_where(structure, "event/p1", "woyzeck")] == ["participation/p1"]


def test_lists_say_the_next_date(structure, woyzeck):
    import time_machine as machine

    with machine.travel("2026-11-22T12:00:00Z", tick=False):
        (line,) = productions_of(structure)
    assert (line.title, line.form, line.subtitle) == ("Woyzeck", "Théâtre", "d’après Büchner")
    assert (line.next_on.isoformat(), line.next_label) == ("2026-12-01", "Représentation")
    with machine.travel("2026-12-02T12:00:00Z", tick=False):
        (line,) = productions_of(structure)
    assert line.next_on is None


def test_changes_of_private_facts_are_kept_apart(structure, woyzeck):
    change = Change.objects.select_related("private").get(kind="person_private")
    assert (change.before, change.after, change.label) == (None, None, "Données privées")
    assert change.private.after["born_on"] == "1969-05-04"
