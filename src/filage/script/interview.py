"""The guided interview with the artist: questions by kind of work, why each is asked and what it may lead to.

The questions are data (`data/interview/*.yaml`): one file per family of works, one for what is asked of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from filage.facts.base import Fact, choices
from filage.facts.production import Constraint
from filage.facts.script import Element

COMMON: Final = "common"
PLAIN: Final[Mapping[str, str]] = {
    "place": "un lieu",
    "language": "une langue",
    "team": "quelqu’un à engager",
    "date": "une date",
    "right": "une autorisation ou des droits",
    "money": "une ligne de budget",
    "audience": "une information au public",
}
"""What an answer may lead to, when it takes no further word."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What an answer may lead to: `need`, `risk` or `constraint` with its value, or one of `PLAIN`."""

    kind: str
    value: str = ""

    @property
    def label(self) -> str:
        """Say it in French."""
        match self.kind:
            case "need":
                return f"un besoin : {_words(Element, 'category')[self.value].lower()}"
            case "risk":
                return f"une précaution : {_words(Element, 'risks')[self.value].lower()}"
            case "constraint":
                return f"une contrainte : {_words(Constraint, 'imposed_by')[self.value].lower()}"
        return PLAIN[self.kind]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its words, why it is asked, what it may lead to; `id` is `family-name`, kept by the answers."""

    id: str
    section: str
    text: str
    why: str
    leads_to: tuple[Lead, ...]

    @property
    def category(self) -> str:
        """The category of element an answer most likely becomes; props when none is named."""
        return next((lead.value for lead in self.leads_to if lead.kind == "need"), "props")


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds of works that are asked the same questions."""

    key: str
    label: str
    forms: tuple[str, ...]
    questions: tuple[Question, ...]


@cache
def families() -> tuple[Family, ...]:
    """Return the families of works, by key."""
    folder = files("filage.data").joinpath("interview")
    names = sorted(
        entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    )
    return tuple(_family(name) for name in names if name != COMMON)


def family_of(form: str) -> Family:
    """Return the family of a kind of production; KeyError when the kind is unknown."""
    found = next((family for family in families() if form in family.forms), None)
    if found is None:
        raise KeyError(form)
    return found


@cache
def questions_for(form: str) -> tuple[Question, ...]:
    """Return the questions for a kind of production (`theatre`, `fiction`…), in the order they are asked."""
    own = family_of(form).questions
    asked_of_all = _data(COMMON)["questions"]
    first = [_question(COMMON, entry) for entry in asked_of_all if not entry.get("last")]
    last = [_question(COMMON, entry) for entry in asked_of_all if entry.get("last")]
    return (*first, *own, *last)


def question(topic: str) -> Question | None:
    """Return the question an answer was given to, or None when the guide no longer asks it."""
    key, _dash, _name = topic.partition("-")
    if key == COMMON:
        return next((one for one in map(_of_all, _data(COMMON)["questions"]) if one.id == topic), None)
    family = next((family for family in families() if family.key == key), None)
    return next((one for one in family.questions if one.id == topic), None) if family else None


def _of_all(entry: dict[str, Any]) -> Question:
    return _question(COMMON, entry)


def _family(key: str) -> Family:
    data = _data(key)
    return Family(
        key, data["label"], tuple(data["forms"]), tuple(_question(key, one) for one in data["questions"])
    )


def _question(key: str, entry: Mapping[str, Any]) -> Question:
    leads = tuple(Lead(*str(lead).split(":")) for lead in entry["leads_to"])
    return Question(f"{key}-{entry['id']}", entry["section"], entry["text"], entry["why"], leads)


@cache
def _data(key: str) -> dict[str, Any]:
    import yaml

    text = files("filage.data").joinpath(f"interview/{key}.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe)
    return data


def _words(model: type[Fact], field: str) -> dict[str, str]:
    return choices(model, field)
