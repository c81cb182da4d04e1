"""The glossary is whole, sorted, and says which French words may stand in the code."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = yaml.safe_load((ROOT / "docs" / "glossary.yaml").read_text(encoding="utf-8"))
WATCHED = {
    "abattement", "acompte", "amortissement", "artiste", "assiette", "atelier", "auteur", "avenant",
    "billetterie", "brut", "cachet", "captation", "cession", "chargee", "chiffre", "comedien", "compagnie",
    "compte", "conducteur", "conges", "contrat", "coproduction", "corealisation", "cotisation", "cout",
    "decor", "dedit", "defraiement", "depense", "depouillement", "devis", "dossier", "droit", "echeance",
    "embauche", "employeur", "exploitation", "facture", "feuille", "fiche", "filage", "financement",
    "frais", "heures", "intermittent", "jauge", "jour", "journee", "licence", "lieu", "mensuel", "montage",
    "montant", "musicien", "nuitee", "paie", "personne", "plafond", "plateau", "poste", "prestation",
    "prevoyance", "prix", "producteur", "projet", "realisateur", "recette", "regisseur", "repas",
    "repetition", "resultat", "salaire", "salarie", "seance", "semaine", "solde", "spectacle", "subvention",
    "taux", "technicien", "tournage", "tournee", "trajet", "tranche", "travail", "versement",
}  # fmt: skip


def folded(text: str) -> str:
    """Lower case, without accents: how the glossary is sorted."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def identifier_words() -> dict[str, str]:
    """Each word of each identifier of the code, with one file that holds it."""
    words: dict[str, str] = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = {ast.Name: "id", ast.Attribute: "attr", ast.FunctionDef: "name", ast.ClassDef: "name",
                    ast.arg: "arg", ast.keyword: "arg"}.get(type(node))  # fmt: skip
            identifier = (name and getattr(node, name)) or ""
            for word in re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower().split("_"):
                words.setdefault(word, path.relative_to(ROOT).as_posix())
    return words


def kept_words() -> set[str]:
    """The words that the glossary lets stand in the code in French."""
    return {word for entry in GLOSSARY if entry["use"] == "kept" for word in entry["code"].split("_")}


def test_every_term_is_complete() -> None:
    incomplete = [
        entry.get("term", "?")
        for entry in GLOSSARY
        if list(entry) != ["term", "use", "code", "definition", "source"]
        or not all(isinstance(value, str) and value.strip() == value != "" for value in entry.values())
        or entry["use"] not in {"kept", "translated"}
        or not entry["definition"].endswith(".")
    ]
    assert incomplete == []


def test_it_is_sorted_without_accents() -> None:
    terms = [folded(entry["term"]) for entry in GLOSSARY]
    assert terms == sorted(terms)


def test_no_term_is_said_twice() -> None:
    terms = [folded(entry["term"]) for entry in GLOSSARY]
    assert sorted(set(terms)) == terms


def test_its_names_are_plain_identifiers() -> None:
    assert [entry["code"] for entry in GLOSSARY if not re.fullmatch(r"[a-z][a-z0-9_]*", entry["code"])] == []


def test_it_holds_the_trade() -> None:
    assert len(GLOSSARY) >= 60


def test_a_french_word_in_an_identifier_is_one_the_glossary_keeps() -> None:
    allowed = kept_words()
    found = {
        word: path for word, path in identifier_words().items() if word in WATCHED and word not in allowed
    }
    assert found == {}
