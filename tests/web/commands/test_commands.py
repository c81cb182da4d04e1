"""The office's commands, in words and exit codes."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest

from filage.facts.reading import read_dossier
from filage.facts.writing import write_yaml
from filage.kernel.changes import set_
from filage.kernel.errors import BadInput
from filage_web.accounts.models import Structure, User
from filage_web.accounts.services import create_structure, use_sign_in_link
from filage_web.commands import demo
from filage_web.commands.account import account
from filage_web.commands.erase import erase
from filage_web.commands.exports import export
from filage_web.commands.imports import import_
from filage_web.commands.serve import Supervised, address, refuse_taken, web_command
from filage_web.commands.store import check_store
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet, Row
from filage_web.store.queries import dossier_of, productions_of
from support.generated_facts import crowd


@pytest.fixture
def alice(db):
    return User.objects.create_user("alice@lefil.test", name="Alice")


@pytest.fixture
def structure(alice) -> Structure:
    return create_structure("Compagnie Le Fil", alice, slug="le-fil")


def told(error) -> str:
    return str(error.value)


def test_what_is_exported_is_imported_again_the_same(structure, tmp_path, capsys):
    file = tmp_path / "crowd.filage.yaml"
    file.write_bytes(write_yaml(crowd(), with_private=True))
    import_(file, "le-fil")
    slug = crowd().production.id
    assert (
        capsys.readouterr().out
        == f"{crowd().production.label} : {len(crowd())} faits, production « {slug} ».\n"
    )
    out = tmp_path / "out.json"
    export(slug, "le-fil", out, with_private=True)
    assert read_dossier(out.read_bytes()) == crowd()
    assert out.stat().st_mode & 0o777 == 0o600


def test_an_import_asks_before_it_replaces_and_shows_both(structure, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes(write_yaml(crowd(), with_private=True))
    import_(file, "le-fil")
    person = crowd().get("person/a").model_copy(update={"city": "Metz"})
    private = crowd().get("person_private/a").model_copy(update={"nir": "269054958815780"})
    file.write_bytes(write_yaml(crowd().with_facts([person, private]), with_private=True))
    with pytest.raises(BadInput) as error:
        import_(file, "le-fil")
    assert "person/a : la structure le sait autrement : city « absent » ici, « Metz » là" in told(error)
    assert "269054958815780" not in told(error)
    import_(file, "le-fil", theirs=["person/a"], mine=["person_private/a"])
    assert dossier_of(structure, crowd().production.id).get("person/a").city == "Metz"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda file: import_(file, "le-fi"), "vouliez-vous le-fil"),
        (lambda file: export("woyzec", "le-fil"), "production « woyzec » inconnue"),
        (lambda file: export("woyzeck", "le-fil", file.with_suffix(".doc")), "écrivez .yaml, .json ou .zip"),
        (lambda file: account("alice"), "n’est pas une adresse"),
    ],
)
def test_a_wrong_word_is_answered_with_the_right_ones(structure, tmp_path, call, message):
    file = tmp_path / "a.yaml"
    file.write_bytes(write_yaml(crowd()))
    with pytest.raises(BadInput) as error:
        call(file)
    assert message in told(error)


def test_an_account_is_made_once_and_its_link_enters_once(db, capsys):
    account("bob@lefil.test", name="Bob")
    account("BOB@lefil.test", url="https://filage.example/")
    links = capsys.readouterr().out.split()
    assert User.objects.get().name == "Bob"
    assert links[1].startswith("https://filage.example/entrer/")
    token = links[1].rstrip("/").rpartition("/")[2]
    assert use_sign_in_link(token).email == "bob@lefil.test"
    assert use_sign_in_link(token) is None


def test_the_demo_loads_its_examples_once_and_keeps_what_was_done_since(db):
    first = demo.prepare()
    assert first.titles == ("Woyzeck (Compagnie Le Fil)", "La dernière navette (Le Grand Virage)")
    assert use_sign_in_link(first.path.partition("?")[0].rstrip("/").rpartition("/")[2]).email == demo.EMAIL
    structure = Structure.objects.get(slug="le-fil")
    apply(structure, "woyzeck", [set_("production/woyzeck", subtitle="à nous")], actor=None)
    written = ChangeSet.objects.count()
    assert demo.prepare().titles == first.titles
    assert ChangeSet.objects.count() == written
    (line,) = productions_of(structure)
    assert (line.subtitle, line.balance is not None) == ("à nous", True)


def test_the_check_names_what_no_longer_reads_and_none_of_its_values(structure, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes(write_yaml(crowd()))
    import_(file, "le-fil")
    check_store()
    row = Row.objects.get(kind="event", ident="a")
    Row.objects.filter(pk=row.pk).update(body={**row.body, "option": "secret"})
    with pytest.raises(BadInput) as error:
        check_store()
    assert f"le-fil/{crowd().production.id} event/a.option" in told(error)
    assert "secret" not in told(error)


def test_private_data_is_erased_for_good_and_only_when_sure(structure, tmp_path, capsys):
    file = tmp_path / "a.yaml"
    file.write_bytes(write_yaml(crowd(), with_private=True))
    import_(file, "le-fil")
    with pytest.raises(BadInput, match="--yes"):
        erase("person/a", "le-fil")
    with pytest.raises(BadInput, match="n’est pas une personne"):
        erase("person/z", "le-fil", yes=True)
    erase("person/a", "le-fil", yes=True)
    kept = dossier_of(structure, crowd().production.id, with_private=True)
    private = crowd().get("person_private/a")
    assert private.person == "person/a"
    assert kept.get("person_private/a") is None
    assert "données privées effacées" in capsys.readouterr().out


def test_a_taken_port_is_said_before_starting():
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadInput, match=f"--port {port + 1}"):
            refuse_taken("127.0.0.1", port)


def test_the_address_is_one_a_browser_can_open():
    assert address("127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert address("0.0.0.0", 80) == "http://localhost:80/"
    assert address("::1", 8000) == "http://[::1]:8000/"


def test_the_server_writes_no_line_per_request():
    assert "--no-access-log" in web_command("127.0.0.1", 8000, 1)


def test_a_process_that_stops_is_started_again_but_not_at_once():
    one = Supervised(["true"])
    one.start()
    first = one.process
    first.wait()
    one.watch()
    assert one.process is first
    one.starts = [moment - 50 for moment in one.starts]
    one.watch()
    assert one.process is not first
    one.process.wait()
