"""Bad files: everything wrong is told at once, where it stands and what to write instead."""

from __future__ import annotations

import time

import pytest
import yaml

from filage.facts import tree
from filage.facts.reading import fact_of_values, read_dossier
from filage.kernel.errors import BadInput, Problem

HEAD = """schema: filage/1
employer: {id: fil, label: Le Fil}
production: {id: w, label: Woyzeck, form: theatre}
"""
FILE = "essai.filage.yaml"


def problems(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as caught:
        read_dossier(text.encode() if isinstance(text, str) else text, file=FILE)
    return caught.value.problems


def only(text: str | bytes) -> Problem:
    (problem,) = problems(text)
    return problem


def wrong(fact: str) -> Problem:
    return only(HEAD + fact)


def test_reads_the_smallest_dossier() -> None:
    dossier = read_dossier(HEAD.encode())
    assert [fact.about for fact in dossier] == ["employer/fil", "production/w"]


def test_an_unknown_field_is_located_and_the_nearest_one_named() -> None:
    assert wrong("positions:\n- id: woyzeck\n  label: Woyzeck\n  statut: artiste\n") == Problem(
        "« statut » est inconnu ici", "positions[0].statut", FILE, 7, "", "vouliez-vous « status » ?"
    )


@pytest.mark.parametrize(
    ("given", "meant"),
    [("nom", "family_name"), ("prénom", "given_name"), ("Métier", "trade"), ("citty", "city")],
)
def test_a_field_may_be_found_by_its_french_title(given, meant) -> None:
    problem = wrong(f"people: [{{id: a, given_name: A, family_name: B, {given}: C}}]\n")
    assert problem.suggestion == f"vouliez-vous « {meant} » ?"


def test_an_unknown_field_without_any_near_one_lists_those_known() -> None:
    assert wrong("budget_posts: [{id: a, code: 10, label: A, zzz: B}]\n").suggestion == (
        "champs connus : id, note, code, label, phase"
    )


@pytest.mark.parametrize(
    ("given", "meant"),
    [("persons", "people"), ("funding", "fundings"), ("employers", "employer"), ("event", "events")],
)
def test_an_unknown_collection_names_the_one_meant(given, meant) -> None:
    assert wrong(f"{given}: []\n") == Problem(
        f"« {given} » est inconnu ici", given, FILE, 4, "", f"vouliez-vous « {meant} » ?"
    )


def test_a_missing_field_says_what_it_is() -> None:
    assert wrong("people:\n- id: dana\n  given_name: Dana\n") == Problem(
        "« family_name » manque", "people[0].family_name", FILE, 5, "Nom"
    )


@pytest.mark.parametrize(
    ("fact", "expected", "suggestion"),
    [
        (
            "people: [{id: Dana, given_name: A, family_name: B}]",
            "un identifiant de 1 à 64 minuscules",
            "besancon-1",
        ),
        ("people: [{id: a, given_name: '', family_name: B}]", "un texte non vide", ""),
        ('people: [{id: a, given_name: "a\\0", family_name: B}]', "un texte sans caractère nul", ""),
        (
            "events: [{id: a, type: performance, day: 05/11/2026}]",
            "un jour au format AAAA-MM-JJ",
            "2026-11-05",
        ),
        ("events: [{id: a, type: performance, day: 2026-02-29}]", "un jour qui existe", "2026-11-30"),
        (
            "events: [{id: a, type: performance, day: 2026-11-05, start: 20h}]",
            "une heure au format HH:MM",
            "20:00",
        ),
        (
            "events: [{id: a, type: performance, day: 2026-11-05, start: '20:00+25:00'}]",
            "une heure et un décalage qui existent",
            "02:30+01:00",
        ),
        ("events: [{id: a, type: performance, day: 2026-11-05, premiere: oui}]", "true ou false", "true"),
        (
            "contracts: [{id: a, label: A, type: cession, unit_price: '4 300,00'}]",
            "un montant en euros",
            "1250.50",
        ),
        ("contracts: [{id: a, label: A, type: cession, unit_price: 1e3}]", "un montant en euros", "1250.50"),
        ("contracts: [{id: a, label: A, type: cession, unit_price: ٣}]", "un montant en euros", "1250.50"),
        (
            "contracts: [{id: a, label: A, type: cession, vat_rate: 5.5}]",
            "une fraction entre 0 et 1",
            "0.055",
        ),
        ("venues: [{id: a, label: A, capacity: -1}]", "un nombre entier positif ou nul", "14"),
        ("venues: [{id: a, label: A, stage_width: NaN}]", "un nombre décimal", "1250.50"),
        ("stays: [{id: a, people: [9]}]", "un texte", ""),
    ],
)
def test_each_scalar_says_what_it_expects_and_gives_an_example(fact, expected, suggestion) -> None:
    problem = wrong(fact + "\n")
    assert (problem.line, problem.expected[: len(expected)]) == (4, expected)
    assert problem.suggestion == (f"par exemple {suggestion}" if suggestion else "")


def test_a_value_outside_its_list_names_the_nearest() -> None:
    problem = wrong("events: [{id: a, type: performanc, day: 2026-11-05}]\n")
    assert problem.message == "« performanc » n’est pas admis ici"
    assert problem.expected.startswith("une de : rehearsal, shoot, performance, setup")
    assert problem.suggestion == "vouliez-vous performance ?"


def test_a_value_outside_a_short_list_shows_the_list() -> None:
    text = HEAD.replace("theatre}", "theatre, pricing: {structure_mode: rien}}")
    assert only(text).expected == "une de : amount, rate_of_cost, rate_of_price"


def test_a_reference_without_its_kind_is_completed() -> None:
    assert wrong("events: [{id: a, type: performance, day: 2026-11-05, venue: ecluse}]\n") == Problem(
        "valeur refusée",
        "events[0].venue",
        FILE,
        4,
        "une référence venue/identifiant",
        "par exemple venue/ecluse",
    )


def test_a_reference_to_nothing_names_the_nearest_fact() -> None:
    events = "events: [{id: a, type: performance, day: 2026-11-05, venue: venue/eclus}]\n"
    text = "venues: [{id: ecluse, label: E}]\n" + events
    assert wrong(text) == Problem(
        "venue/eclus n’existe pas", "events[0].venue", FILE, 5, "", "vouliez-vous venue/ecluse ?"
    )


def test_a_reference_inside_a_part_is_located() -> None:
    text = "running_orders:\n- id: a\n  label: A\n  scenes:\n  - {scene: scene/s1}\n"
    assert wrong(text) == Problem(
        "scene/s1 n’existe pas",
        "running_orders[0].scenes[0].scene",
        FILE,
        8,
        "",
        "ajoutez ce fait dans scenes",
    )


def test_an_id_given_twice_says_where_the_first_is() -> None:
    text = "people:\n- {id: a, given_name: A, family_name: B}\n- {id: a, given_name: C, family_name: D}\n"
    assert wrong(text) == Problem("person/a est déjà donné par people[0]", "people[1]", FILE, 6)


@pytest.mark.parametrize(
    ("check", "path", "message", "hint"),
    [
        ("{wording: x}", "check", "« form » manque : date, place, exclusivity, credit ou local_hiring", ""),
        ("{form: credi}", "check", "forme inconnue : date, place, exclusivity, credit ou local_hiring", ""),
        ("{form: credit, wording: x, wordin: y}", "check.wordin", "« wordin » est inconnu ici", "wording"),
        ("{form: date, date: 2026-11-05}", "check.date", "« date » est inconnu ici", ""),
        (
            "{form: date, not_befor: 2026-11-05}",
            "check.not_befor",
            "« not_befor » est inconnu ici",
            "not_before",
        ),
    ],
)
def test_a_form_of_check_speaks_of_its_own_fields(check, path, message, hint) -> None:
    problem = wrong(f"constraints: [{{id: a, imposed_by: funder, text: T, check: {check}}}]\n")
    assert (problem.path, problem.message) == (f"constraints[0].{path}", message)
    assert not hint or problem.suggestion == f"vouliez-vous « {hint} » ?"


def test_a_field_named_like_a_form_of_check_keeps_its_name() -> None:
    text = "events: [{id: a, type: performance, day: 2026-11-05, date: 2026-11-06}]\n"
    assert wrong(text).path == "events[0].date"


def test_a_wrong_change_of_a_scenario_speaks_of_changes() -> None:
    text = "scenarios: [{id: a, label: A, changes: [{op: sett, about: x, valus: {a: b}}]}]\n"
    assert [(p.path, p.message) for p in problems(HEAD + text)] == [
        ("scenarios[0].changes[0].op", "valeur hors de la liste"),
        ("scenarios[0].changes[0].about", "ce texte n’a pas la forme attendue"),
        ("scenarios[0].changes[0].valus", "« valus » est inconnu ici"),
    ]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    text = HEAD + (
        "people:\n- {id: dana, given_name: Dana, family_name: ~}\n- {id: Élie, given_name: Élie}\n"
        "venues: rien\nlieux: []\nvenues: []\n"
    )
    assert [(problem.line, problem.path) for problem in problems(text)] == [
        (5, "people[0].family_name"),
        (6, "people[1].id"),
        (6, "people[1].family_name"),
        (8, "lieux"),
        (9, "venues"),
    ]


@pytest.mark.parametrize("empty", ["", "~", "null", "Null", "NULL"])
def test_an_empty_value_is_refused_not_taken_for_absent(empty) -> None:
    problem = wrong(f"people:\n- id: a\n  given_name: A\n  family_name: {empty}\n")
    assert problem == Problem(
        "valeur vide ; retirez le champ s’il est sans objet", "people[0].family_name", FILE, 7
    )


def test_the_words_of_nothing_are_text_when_quoted() -> None:
    dossier = read_dossier((HEAD + "people: [{id: a, given_name: 'null', family_name: '~'}]\n").encode())
    assert dossier.get("person/a").name() == "null ~"


@pytest.mark.parametrize("text", ["Non", "on", "1_000", "0x10", "2026-11-05", "1.50", "08:30"])
def test_text_is_never_taken_for_something_else(text) -> None:
    dossier = read_dossier((HEAD + f"people: [{{id: a, given_name: {text}, family_name: B}}]\n").encode())
    assert dossier.get("person/a").given_name == text


def test_a_key_given_twice_is_refused() -> None:
    assert wrong("employer: {id: x, label: y}\n") == Problem(
        "« employer » est donné deux fois", "employer", FILE, 4
    )
    double = '{"schema": "filage/1", "schema": "filage/1"}'
    assert problems(double)[0] == Problem("« schema » est donné deux fois", file=FILE)


def test_aliases_are_refused() -> None:
    text = "people:\n- &dana {id: a, given_name: A, family_name: B}\n- *dana\n"
    assert wrong(text).message == "les renvois YAML (& et *) ne sont pas admis : écrivez la valeur"
    assert wrong(text).line == 6


def test_a_tag_runs_nothing() -> None:
    text = HEAD + "people: [!!python/object/apply:os.getcwd {id: a, given_name: A, family_name: B}]\n"
    assert read_dossier(text.encode()).get("person/a").name() == "A B"


def test_a_name_of_field_must_be_text_and_what_follows_is_still_read() -> None:
    assert [(p.line, p.message) for p in problems(HEAD + "? [a]\n: b\nvenuess: []\n")] == [
        (4, "un nom de champ doit être un texte"),
        (6, "« venuess » est inconnu ici"),
    ]


def test_one_document_per_file() -> None:
    assert wrong("---\nvenues: []\n").message == "un seul document par fichier"


def test_another_encoding_is_named_with_its_line() -> None:
    data = (HEAD + "people: [{id: a, given_name: Élie, family_name: B}]\n").encode("latin-1")
    assert only(data) == Problem(
        "le texte n’est pas en UTF-8", "", FILE, 4, "", "enregistrez le fichier en UTF-8"
    )


def test_a_byte_order_mark_is_ignored() -> None:
    assert len(read_dossier(HEAD.encode("utf-8-sig"))) == 2


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    started = time.perf_counter()
    problem = only(b"a: b\n" * 4_200_000)
    assert problem == Problem("21000000 octets : 20000000 au plus", file=FILE)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "bonjour", "[1]"])
def test_what_is_not_a_mapping_is_refused(text) -> None:
    assert only(text) == Problem(
        "le fichier ne contient pas de dossier", file=FILE, expected="des champs « nom: valeur »"
    )


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (HEAD + "a: [", "YAML illisible", 5),
        (HEAD + "\tvenues: []\n", "YAML illisible", 4),
        ('{"schema":\n "filage/1",,}', "JSON illisible", 2),
    ],
)
def test_what_cannot_be_parsed_says_where_it_stopped(text, message, line) -> None:
    problem = only(text)
    assert (problem.message.partition(" :")[0], problem.line) == (message, line)


@pytest.mark.parametrize("text", ['{"a":' * 3000, "[" * 3000, "a: [" + "[" * 3000])
def test_what_is_nested_beyond_reason_is_refused(text) -> None:
    assert "trop imbriqué" in only(text).message


def test_the_schema_is_asked_for() -> None:
    assert only("production: {id: w}\n") == Problem("le schéma manque", "schema", FILE, 1, "schema: filage/1")


def test_a_newer_schema_is_refused_by_name() -> None:
    assert only("schema: filage/2\n") == Problem(
        "schéma « filage/2 » inconnu de cette version de Filage",
        "schema",
        FILE,
        1,
        "filage/1",
        "mettez Filage à jour",
    )


def test_a_dossier_needs_its_structure_and_its_production() -> None:
    assert [problem.path for problem in problems("schema: filage/1\n")] == ["production", "employer"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("people: dana\n", "« people » doit être une liste"),
        ("people: {dana: {given_name: D}}\n", "« people » doit être une liste"),
        ("people: [dana]\n", "un fait s’écrit avec des champs"),
    ],
)
def test_a_collection_is_a_list_of_facts(text, message) -> None:
    assert wrong(text).message == message


def test_json_says_its_lines_too_even_indented_with_tabs() -> None:
    text = '{\n\t"schema": "filage/1",\n\t"people": [\n\t\t{"id": "A"}]}'
    assert Problem("« family_name » manque", "people[0].family_name", FILE, 4, "Nom") in problems(text)


def test_json_that_yaml_cannot_read_keeps_its_problems() -> None:
    problem = problems('{"schema": "filage/1", "people": [{"id": "\\ud83d\\ude00"}]}')[0]
    assert (problem.path, problem.line) == ("people[0].id", None)


def test_half_a_character_is_refused() -> None:
    found = problems(
        '{"schema": "filage/1", "people": [{"id": "a", "given_name": "\\ud83d", "family_name": "B"}]}'
    )
    assert found[0].expected == "un texte sans caractère nul ni moitié de caractère"


def test_the_problems_told_are_counted() -> None:
    many = HEAD + "people:\n" + "- {id: A}\n" * 300
    assert len(problems(many)) == 200


def test_one_fact_is_read_from_its_values_and_an_unknown_kind_named() -> None:
    assert fact_of_values("venue", {"id": "a", "label": "A"}).about == "venue/a"
    with pytest.raises(BadInput) as caught:
        fact_of_values("venu", {"id": "a"})
    assert caught.value.problems == (
        Problem("« venu » n’est pas une sorte de fait", suggestion="vouliez-vous venue ?"),
    )


def test_a_refused_value_is_never_repeated_in_the_message_of_a_private_fact() -> None:
    text = "people_private: [{{id: a, person: {nir}, born_on: '{nir}', nom: '{nir}'}}]\n"
    for nir in ("2 90 05 25 056 001 42", "290052505600142"):
        found = problems(HEAD + text.format(nir=nir))
        assert len(found) == 3
        assert [str(problem) for problem in found if nir in str(problem)] == []


def test_libyaml_reads_when_it_is_there_and_both_parsers_say_the_same(monkeypatch) -> None:
    assert (tree._PARSER is not None) == yaml.__with_libyaml__
    text = HEAD + "people:\n- {id: a, given_name: ~, family_name: 'null'}\n- id: b\n"
    fast = problems(text)
    monkeypatch.setattr(tree, "_PARSER", None)
    assert problems(text) == fast


def test_a_megabyte_of_yaml_is_read_within_a_second() -> None:
    people = "".join(
        f"- {{id: p{number}, given_name: Dana, family_name: Morel}}\n" for number in range(22_000)
    )
    data = (HEAD + "people:\n" + people).encode()
    started = time.perf_counter()
    assert len(read_dossier(data)) == 22_002
    assert time.perf_counter() - started < 2.5


def test_tells_a_duplicate_id_a_wrong_field_and_a_dangling_reference_at_once():
    text = """\
schema: filage/1
employer: {id: fil, label: Le Fil}
production: {id: w, label: Woyzeck, form: theatre}
people:
- {id: dana, given_name: Dana, family_name: Morel}
- {id: dana, given_name: Dana, family_name: Autre}
- {id: elie, given_name: Élie, nom: Vasseur}
people_private:
- {id: elie, person: person/elie}
- {id: nour, person: person/nour}
"""
    with pytest.raises(BadInput) as caught:
        read_dossier(text.encode(), file="d.yaml")
    assert [(problem.line, problem.path) for problem in caught.value.problems] == [
        (6, "people[1]"), (7, "people[2].family_name"), (7, "people[2].nom"), (10, "people_private[1].person"),
    ]  # fmt: skip
