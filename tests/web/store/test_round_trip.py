"""A dossier brought in and taken out again is the same dossier; what the structure knows otherwise is asked about."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer
from filage.facts.kinds import ALL, PRIVATE
from filage.facts.reading import read_dossier
from filage.facts.scenario import Scenario
from filage.facts.venue import Venue
from filage.kernel.changes import set_
from filage.kernel.errors import BadInput
from filage_web.accounts.roles import Role
from filage_web.accounts.services import create_structure
from filage_web.store.archive import read_any, unpack
from filage_web.store.changes import apply
from filage_web.store.errors import Undecided
from filage_web.store.exports import export_dossier
from filage_web.store.files import GivenFile, files_of
from filage_web.store.imports import import_dossier
from filage_web.store.models import ChangeSet, Production, Row
from filage_web.store.queries import dossier_of, productions_of
from support.generated_facts import crowd, dossiers

from .conftest import NIR


def fit(dossier: Dossier) -> Dossier:
    """The same without what the office refuses on sight: unknown zones, skipped hours, private scenarios."""
    changed = []
    for fact in dossier:
        if isinstance(fact, Venue):
            changed.append(fact.model_copy(update={"zone": None}))
        elif isinstance(fact, Event):
            before_summer_time = fact.day.replace(day=min(fact.day.day, 24))
            update = {"zone": "Europe/Paris", "end_day": None, "day": before_summer_time}
            changed.append(fact.model_copy(update=update))
        elif isinstance(fact, Employer):
            changed.append(fact.model_copy(update={"rates": (), "expectations": ()}))
        elif isinstance(fact, Scenario):
            kept = tuple(change for change in fact.changes if change.kind not in PRIVATE)
            changed.append(fact.model_copy(update={"changes": kept}))
    return dossier.with_facts(changed)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(generated=dossiers(most=6))
def test_a_dossier_survives_the_database_whatever_it_holds(structure, alice, generated):
    dossier = fit(generated)
    slug = dossier.production.id
    with transaction.atomic():
        import_dossier(structure, dossier, actor=alice)
        assert dossier_of(structure, slug, with_private=True) == dossier
        for form in ("yaml", "json", "zip"):
            exported = export_dossier(structure, slug, form, with_private=True)
            assert read_any(exported.data, file=exported.name)[0] == dossier
        transaction.set_rollback(True)


def test_every_kind_of_fact_survives_the_database(structure, alice):
    import_dossier(structure, crowd(), actor=alice)
    again = dossier_of(structure, crowd().production.id, with_private=True)
    assert again == crowd()
    assert {fact.kind for fact in again} == {model.kind for model in ALL}
    assert list(again) == list(crowd())


def test_an_import_is_one_write(structure, alice):
    import_dossier(structure, crowd(), actor=alice, label="Reprise")
    assert [change_set.label for change_set in ChangeSet.objects.all()] == ["Reprise"]


def test_a_second_production_links_equal_shared_facts_without_asking(structure, alice):
    import_dossier(structure, crowd(), actor=alice)
    people = Row.objects.filter(kind="person").count()
    other = crowd().production.model_copy(update={"id": "seconde", "label": "Seconde"})
    facts = [fact for fact in crowd() if fact.kind != "production"]
    import_dossier(structure, Dossier.of_facts([*facts, other]), actor=alice)
    assert Row.objects.filter(kind="person").count() == people
    assert len(dossier_of(structure, "seconde", with_private=True)) == len(crowd())


def second(**person) -> Dossier:
    """Another production whose person differs from the crowd's."""
    other = crowd().production.model_copy(update={"id": "seconde", "label": "Seconde"})
    changed = crowd().get("person/a").model_copy(update=person)
    facts = [
        fact for fact in crowd() if fact.about not in {"person/a", f"production/{crowd().production.id}"}
    ]
    return Dossier.of_facts([*facts, other, changed])


def test_a_different_shared_fact_is_asked_about_and_nothing_is_imported(structure, alice):
    import_dossier(structure, crowd(), actor=alice)
    with pytest.raises(Undecided) as error:
        import_dossier(structure, second(city="Metz"), actor=alice)
    (question,) = error.value.questions
    assert (question.about, question.mine.city, question.theirs.city) == ("person/a", None, "Metz")
    assert [line.id for line in productions_of(structure)] == [crowd().production.id]


def test_one_keeps_ones_own_or_takes_the_files(structure, alice):
    import_dossier(structure, crowd(), actor=alice)
    import_dossier(structure, second(city="Metz"), actor=alice, decisions={"person/a": "mine"})
    assert dossier_of(structure, "seconde").get("person/a").city is None
    third = second(city="Metz")
    production = third.production.model_copy(update={"id": "troisieme"})
    third = Dossier.of_facts([*(fact for fact in third if fact.kind != "production"), production])
    import_dossier(structure, third, actor=alice, decisions={"person/a": "theirs"})
    assert dossier_of(structure, "seconde").get("person/a").city == "Metz"
    first = Production.objects.get(slug=crowd().production.id)
    assert first.revision == ChangeSet.objects.latest("pk").pk


def test_another_employer_is_asked_about_whatever_its_id(structure, alice):
    import_dossier(structure, crowd(), actor=alice)
    other = crowd().employer.model_copy(update={"id": "autre", "label": "Autre"})
    facts = [fact for fact in second() if fact.kind != "employer"]
    dossier = Dossier.of_facts([*facts, other])
    with pytest.raises(Undecided) as error:
        import_dossier(structure, dossier, actor=alice)
    mine = crowd().employer.about
    assert [question.about for question in error.value.questions] == [mine]
    with transaction.atomic():
        import_dossier(structure, dossier, actor=alice, decisions={mine: "mine"})
        assert dossier_of(structure, "seconde").employer == crowd().employer
        transaction.set_rollback(True)
    import_dossier(structure, dossier, actor=alice, decisions={mine: "theirs"})
    assert dossier_of(structure, crowd().production.id).employer == other


def test_a_production_already_there_is_asked_about_then_brought_up_to_date(structure, alice):
    import_dossier(structure, crowd(), actor=alice)
    slug = crowd().production.id
    assert import_dossier(structure, crowd(), actor=alice) == slug
    assert ChangeSet.objects.count() == 1
    facts = [fact for fact in crowd() if fact.about != "action/b"]
    newer = Dossier.of_facts(facts).with_facts([crowd().get("variable/a").model_copy(update={"value": "28"})])
    with pytest.raises(Undecided) as error:
        import_dossier(structure, newer, actor=alice)
    assert [question.about for question in error.value.questions] == [f"production/{slug}"]
    import_dossier(structure, newer, actor=alice, decisions={f"production/{slug}": "theirs"})
    assert dossier_of(structure, slug, with_private=True) == newer
    assert {change.about for change in ChangeSet.objects.latest("pk").changes.all()} == {
        "variable/a",
        "action/b",
    }


def test_a_producer_may_not_import_another_employer_over_the_structures(structure, alice):
    import_dossier(structure, crowd(), actor=alice)
    other = crowd().employer.model_copy(update={"label": "Autre"})
    dossier = second().with_facts([other])
    with pytest.raises(BadInput, match="votre rôle"):
        import_dossier(structure, dossier, actor=alice, role=Role.PRODUCER, decisions={other.about: "theirs"})


def test_two_structures_keep_facts_of_one_id_apart(structure, alice, bob):
    import_dossier(structure, crowd(), actor=alice)
    elsewhere = create_structure("Ailleurs", bob)
    import_dossier(elsewhere, second(city="Metz"), actor=bob)
    assert dossier_of(structure, crowd().production.id).get("person/a").city is None


def test_files_travel_with_the_archive(structure, alice, bob):
    given = GivenFile("texte.fountain", b"INT. GARE\n", "text/plain")
    import_dossier(structure, crowd(), actor=alice, files=[given])
    exported = export_dossier(structure, crowd().production.id, "zip", with_private=True)
    assert exported.name == f"{crowd().production.id}.filage.zip"
    elsewhere = create_structure("Ailleurs", bob)
    dossier, files = read_any(exported.data, file=exported.name)
    import_dossier(elsewhere, dossier, actor=bob, files=files)
    assert export_dossier(elsewhere, crowd().production.id, "zip", with_private=True).data == exported.data
    assert [file.name for file in files_of(elsewhere, crowd().production.id)] == ["texte.fountain"]


def archive(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in entries.items():
            packed.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 rien", "ne s’ouvre pas"),
        (archive(autre=b"x"), "manque dans l’archive"),
    ],
)
def test_a_bad_archive_is_refused_in_words(data, message):
    with pytest.raises(BadInput, match=message):
        unpack(data, file="a.zip")


def test_a_file_that_is_not_what_its_sum_says_is_refused(structure, alice):
    import_dossier(structure, crowd(), actor=alice, files=[GivenFile("a.txt", b"un")])
    packed = zipfile.ZipFile(io.BytesIO(export_dossier(structure, crowd().production.id, "zip").data))
    entries = {name: packed.read(name) for name in packed.namelist()}
    digest = json.loads(entries["files.json"])[0]["sha256"]
    entries[f"files/{digest}"] = b"autre"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as again:
        for name, data in entries.items():
            again.writestr(name, data)
    with pytest.raises(BadInput, match="empreinte"):
        unpack(out.getvalue(), file="a.zip")


def test_private_data_leaves_only_when_asked_for_and_with_the_right(structure, woyzeck):
    for form in ("yaml", "json"):
        assert NIR not in export_dossier(structure, "woyzeck", form).data.decode()
        assert NIR in export_dossier(structure, "woyzeck", form, with_private=True).data.decode()
        assert (
            NIR
            in export_dossier(structure, "woyzeck", form, with_private=True, role=Role.OWNER).data.decode()
        )
    for role in (Role.PRODUCER, Role.READER):
        with pytest.raises(PermissionDenied):
            export_dossier(structure, "woyzeck", with_private=True, role=role)


def test_an_export_is_a_dossier_anyone_can_read_back(structure, woyzeck, alice):
    apply(structure, "woyzeck", [set_("event/p1", note="Ligne 1\nligne 2 : « œuvre »")], actor=alice)
    exported = export_dossier(structure, "woyzeck")
    assert read_dossier(exported.data) == dossier_of(structure, "woyzeck")
