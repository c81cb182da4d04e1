"""A dossier read from YAML or JSON: every error at once, with file, line, path, what was expected and what to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from filage.facts.base import Fact
from filage.facts.dossier import SCHEMA, Dossier
from filage.facts.kinds import BY_COLLECTION, BY_KIND
from filage.facts.tree import Lines, Path, Tree, path_text, read_tree
from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest, fold

MAX_PROBLEMS = 200
_COLLECTIONS = {"schema": "schéma"} | {model.collection: f"{model.kind}s" for model in BY_KIND.values()}
"""Top-level keys, each with the plural somebody may try instead."""


def read_dossier(data: bytes, *, file: str = "dossier") -> Dossier:
    """Read and validate a dossier; BadInput holds every problem found, with its line."""
    soft: list[Problem] = []
    tree = read_tree(data, file=file, soft=soft)
    try:
        dossier = dossier_of_tree(tree)
    except BadInput as error:
        told = {problem.path for problem in soft}
        later = (problem for problem in _located(error.problems, data, file) if problem.path not in told)
        raise BadInput(sorted([*soft, *later], key=lambda problem: problem.line or 0)) from None
    if soft:
        raise BadInput(soft)
    return dossier


def dossier_of_tree(tree: Tree) -> Dossier:
    """Validate plain values as a dossier; BadInput holds every problem, located by path."""
    tree = _current(tree)
    problems: list[Problem] = []
    facts: list[Fact] = []
    seen: dict[str, Path] = {}
    refused: set[str] = set()
    for path, model, values in _candidates(tree, problems):
        try:
            fact = model.model_validate(values)
        except ValidationError as error:
            problems.extend(problems_of(error, model, path))
            refused.add(f"{model.kind}/{values.get('id')}")
            continue
        about = fact.about
        if about in seen:
            first = path_text(seen[about])
            problems.append(Problem(f"{about} est déjà donné par {first}", path=path_text(path)))
            continue
        seen[about] = path
        facts.append(fact)
    dossier = Dossier.of_facts(facts)
    for problem in dossier.dangling(elsewhere=refused):
        about, _, field = problem.path.partition(".")
        problems.append(
            Problem(problem.message, path=f"{path_text(seen[about])}.{field}", suggestion=problem.suggestion)
        )
    if "production" not in tree:
        problems.append(
            Problem("la production manque", path="production", expected="production: {id, label, form}")
        )
    if "employer" not in tree:
        problems.append(Problem("la structure manque", path="employer", expected="employer: {id, label}"))
    if problems:
        raise BadInput(problems[:MAX_PROBLEMS])
    return dossier


def fact_of_values(kind: str, values: Mapping[str, Any]) -> Fact:
    """Validate the values of one fact; BadInput lists what is wrong, located by field."""
    model = BY_KIND.get(kind)
    if model is None:
        near = closest(kind, BY_KIND)
        raise BadInput(
            Problem(
                f"« {kind} » n’est pas une sorte de fait", suggestion=f"vouliez-vous {near} ?" if near else ""
            )
        )
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise BadInput(problems_of(error, model, ())) from None


def problems_of(error: ValidationError, model: type[BaseModel], path: Path) -> list[Problem]:
    """Translate a validation error: what was expected, and the nearest right writing."""
    return [_problem(detail, model, path) for detail in error.errors(include_url=False, include_input=False)]


def _candidates(tree: Tree, problems: list[Problem]) -> Iterator[tuple[Path, type[Fact], Mapping[str, Any]]]:
    """Yield the values of each fact with its path and kind; what cannot be a fact becomes a problem."""
    for key, value in tree.items():
        if key == "schema":
            continue
        model = BY_COLLECTION.get(key)
        if model is None:
            problems.append(_unknown(key, _COLLECTIONS, (key,)))
            continue
        if model.alone:
            items: list[tuple[Path, Any]] = [((key,), value)]
        elif isinstance(value, list):
            items = [((key, index), item) for index, item in enumerate(value)]
        else:
            problems.append(
                Problem(f"« {key} » doit être une liste", path=key, expected=f"{key}: puis « - id: … »")
            )
            continue
        for path, item in items:
            if isinstance(item, dict):
                yield path, model, item
            else:
                problems.append(
                    Problem("un fait s’écrit avec des champs", path=path_text(path), expected="- id: …")
                )


def _current(tree: Tree) -> Tree:
    """Return the tree in today's schema, migrated if it is older; a newer one is refused by name."""
    schema = tree.get("schema")
    if schema is None:
        raise BadInput(Problem("le schéma manque", path="schema", expected=f"schema: {SCHEMA}"))
    if schema != SCHEMA:
        message = f"schéma « {schema} » inconnu de cette version de Filage"
        hint = "mettez Filage à jour" if str(schema).startswith("filage/") else f"écrivez {SCHEMA}"
        raise BadInput(Problem(message, path="schema", expected=SCHEMA, suggestion=hint))
    return tree


def _problem(detail: Mapping[str, Any], model: type[BaseModel], path: Path) -> Problem:
    tagged = detail["loc"]
    loc = tuple(part for index, part in enumerate(tagged) if not _is_tag(tagged, index))
    owner = _model_at(model, tagged[:-1])
    place = path_text((*path, *loc))
    kind = detail["type"]
    field = str(loc[-1]) if loc else ""
    if kind == "missing":
        return Problem(f"« {field} » manque", path=place, expected=_title(owner, field))
    if kind == "extra_forbidden":
        return _unknown(field, _known_fields(owner), (*path, *loc))
    context = detail.get("ctx", {})
    if kind == "expected":
        example = context.get("example")
        return Problem(
            "valeur refusée",
            path=place,
            expected=context["expected"],
            suggestion=f"par exemple {example}" if example else "",
        )
    if kind == "choice":
        options = context["options"]
        near = closest(context.get("given", ""), options.split(", "))
        given = context.get("given")
        message = f"« {given} » n’est pas admis ici" if given else "valeur refusée"
        return Problem(
            message,
            path=place,
            expected=f"une de : {options}",
            suggestion=f"vouliez-vous {near} ?" if near else "",
        )
    if kind == "literal_error":
        options = context["expected"].replace(" or ", ", ").replace("'", "")
        return Problem("valeur hors de la liste", path=place, expected=f"une de : {options}")
    return Problem(_FRENCH.get(kind, "valeur refusée"), path=place, expected=_title(owner, field))


_FRENCH = {
    "tuple_type": "une liste est attendue",
    "model_type": "des champs sont attendus",
    "model_attributes_type": "des champs sont attendus",
    "dict_type": "des champs sont attendus",
    "string_type": "un texte est attendu",
    "string_pattern_mismatch": "ce texte n’a pas la forme attendue",
    "union_tag_not_found": "« form » manque : date, place, exclusivity, credit ou local_hiring",
    "union_tag_invalid": "forme inconnue : date, place, exclusivity, credit ou local_hiring",
}
_TAGS = frozenset({"date", "place", "exclusivity", "credit", "local_hiring"})


def _is_tag(loc: tuple[Any, ...], index: int) -> bool:
    """Whether a part of pydantic's location names a form of check or a validator, not a field."""
    part = loc[index]
    if index and loc[index - 1] == "check":
        return part in _TAGS
    return isinstance(part, str) and ("function-" in part or "[" in part)


def _unknown(word: str, known: Mapping[str, str], path: Path) -> Problem:
    """A word that is no field here, and the field of the nearest name or French title."""
    by_title = {fold(title): name for name, title in known.items()}
    near = by_title.get(fold(word)) or closest(word, known)
    hint = f"vouliez-vous « {near} » ?" if near else f"champs connus : {', '.join(known)}"
    return Problem(f"« {word} » est inconnu ici", path=path_text(path), suggestion=hint)


def _model_at(model: type[BaseModel], loc: tuple[Any, ...]) -> type[BaseModel]:
    """Return the class a location leads to; after a form of check, the class of that form."""
    models = [model]
    for part in loc:
        if part in _TAGS and len(models) > 1:
            models = [one for one in models if get_args(one.model_fields["form"].annotation) == (part,)]
        elif part in models[0].model_fields:
            models = list(_models_in(models[0].model_fields[part].annotation)) or models
    return models[0]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _known_fields(model: type[BaseModel]) -> dict[str, str]:
    return {name: field.title or name for name, field in model.model_fields.items()}


def _title(model: type[BaseModel], name: str) -> str:
    field = model.model_fields.get(name)
    if field is None:
        return ""
    return " — ".join(text for text in (field.title, field.description) if text)


def _located(problems: tuple[Problem, ...], data: bytes, file: str) -> list[Problem]:
    """Give each problem its file and line, by reading the tree a second time with line numbers."""
    lines: Lines = {}
    with suppress(BadInput):  # JSON that YAML cannot read: problems keep their path, without a line
        read_tree(data, file=file, lines=lines, soft=[])
    by_text = {path_text(path): line for path, line in lines.items()}
    located = []
    for problem in problems:
        path = problem.path
        while path and path not in by_text:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        located.append(
            Problem(
                problem.message, problem.path, file, by_text.get(path), problem.expected, problem.suggestion
            )
        )
    return located
