"""« Pourquoi pas la 12 avant la 14 ? » : what it would cost, and who would pay it, or the rules that forbid it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest, fold
from filage.planning.schedule.answer import Status
from filage.planning.schedule.laying_layout import Impossible, LaidDay, LaidScene, Layout
from filage.planning.schedule.laying_problem import LayingProblem, Lock
from filage.planning.schedule.laying_search import lay_out, nobody
from filage.planning.schedule.laying_state import Watching
from filage.planning.schedule.laying_words import weekday

ASKED = "asked"
SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a wish would do: `difference` in euros when some plan holds it, else the rules in `conflict`.

    `bound` is the least that plans holding the wish can cost; `layout` the cheapest one found.
    """

    words: str
    possible: bool
    difference: Decimal | None
    reasons: tuple[str, ...]
    conflict: tuple[str, ...]
    layout: Layout | None
    bound: Decimal | None
    status: Status | None
    seed: int
    seconds: float
    objective: str = "cost"


def why_not(
    problem: LayingProblem,
    layout: Layout,
    one: str,
    before: str | date,
    *,
    seed: int = 0,
    seconds: float = SECONDS,
    watch: Watching = nobody,
) -> Answer:
    """Why a scene is not before another one, or not on a day; scenes by number or id. BadInput for unknown ones."""
    scene = scene_named(problem, one)
    other = before if isinstance(before, date) else scene_named(problem, before)
    asked = _lock(problem, scene, other)
    if _holds(problem, layout, scene, other):
        words = f"C’est déjà le cas dans ce plan : {asked.words.replace(' soit ', ' est ')}."
        return Answer(words, True, Decimal(0), (), (), layout, layout.bound, layout.status, seed, 0.0)
    wished = replace(
        problem,
        locks=(*problem.locks, asked),
        rules={**problem.rules, ASKED: f"vous demandez que {asked.words}"},
    )
    try:
        found = lay_out(wished, seed=seed, seconds=seconds, watch=watch, start=layout)
    except Impossible as error:
        return _forbidden(problem, error, asked, seed)
    return _costs(problem, layout, found, asked)


def scene_named(problem: LayingProblem, written: str) -> str:
    """The scene of that number or id."""
    for scene in problem.scenes:
        if written in (scene.scene, scene.scene.partition("/")[2]):
            return scene.scene
    names = {fold(scene.name.partition(" (")[0]): scene.scene for scene in problem.scenes}
    found = names.get(fold(written))
    if found is None:
        near = closest(fold(written), names)
        hint = f"vouliez-vous {near} ?" if near else "donnez son numéro, tel que la liste des scènes l’écrit"
        raise BadInput(Problem(f"la scène « {written} » n’est pas dans ce plan", suggestion=hint))
    return found


def _lock(problem: LayingProblem, scene: str, other: str | date) -> Lock:
    name = problem.names.get(scene, scene)
    if isinstance(other, date):
        if not any(slot.day == other for slot in problem.slots):
            message = f"le {weekday(other)} n’est pas dans les jours du plan"
            raise BadInput(Problem(message, suggestion="choisissez un jour entre son début et sa fin"))
        return Lock(ASKED, scene, day=other, words=f"la scène {name} soit le {weekday(other)}")
    if other == scene:
        raise BadInput(Problem("une scène ne peut être avant elle-même", suggestion="donnez-en deux"))
    words = f"la scène {name} soit avant la scène {problem.names.get(other, other)}"
    return Lock(ASKED, scene, before=other, words=words)


def _holds(problem: LayingProblem, layout: Layout, scene: str, other: str | date) -> bool:
    mine = _laid(layout, scene)
    if isinstance(other, date):
        return all(day.day == other for day, _one in mine)
    theirs = _laid(layout, other)
    ends = max((problem.slots[day.slot].from_start + one.end for day, one in mine), default=0)
    starts = min((problem.slots[day.slot].from_start + one.start for day, one in theirs), default=0)
    return ends <= starts


def _laid(layout: Layout, scene: str) -> list[tuple[LaidDay, LaidScene]]:
    return [(day, one) for day in layout.days for one in day.scenes if one.scene == scene]


def _forbidden(problem: LayingProblem, error: Impossible, asked: Lock, seed: int) -> Answer:
    rules = tuple(
        words for rule, words in zip(error.rules, error.conflict, strict=False) if rule != ASKED
    ) or tuple(words for words in error.conflict if words != f"vous demandez que {asked.words}")
    told = " ; ".join((*rules, *error.context))
    words = f"Impossible que {asked.words} : {told}." if told else f"Impossible que {asked.words}."
    del problem
    return Answer(words, False, None, (), rules, None, None, None, seed, 0.0)


def _costs(problem: LayingProblem, layout: Layout, found: Layout, asked: Lock) -> Answer:
    difference = found.cost - layout.cost
    reasons = tuple(_reasons(problem, layout, found))
    because = f" : {', '.join(reasons)}" if reasons else ""
    sure = found.status == "optimal"
    if difference > 0:
        least = "" if sure else f" (le mieux trouvé ; {french.euro(found.bound)} au moins en tout)"
        words = f"{french.signed_euro(difference)} pour que {asked.words}{because}{least}."
    elif difference == 0:
        words = f"Rien ne s’oppose à ce que {asked.words} : un autre plan le fait pour le même coût."
    else:
        words = f"Ce serait même moins cher, {french.signed_euro(difference)} : le plan donné n’était pas le meilleur."
    return Answer(
        words,
        True,
        difference,
        reasons,
        (),
        found,
        found.bound,
        found.status,
        found.seed,
        found.seconds,
    )


def _reasons(problem: LayingProblem, layout: Layout, found: Layout) -> list[str]:
    """What changes between two plans, the dearest first."""
    before = {one.person: one for one in layout.people}
    told: list[tuple[Decimal, str]] = []
    for one in found.people:
        was = before.get(one.person)
        if was is None or was.cost == one.cost:
            continue
        parts = []
        if one.held != was.held:
            parts.append(f"attendrait {_days(abs(one.held - was.held))} de {_more(one.held - was.held)}")
        if one.days != was.days:
            parts.append(f"viendrait {_days(abs(one.days - was.days))} de {_more(one.days - was.days)}")
        told.append(
            (one.cost - was.cost, f"{problem.names.get(one.person, one.person)} {' et '.join(parts)}")
        )
    shoot = problem.sort == "shoot"
    unit = ("jour", "jours") if shoot else ("service", "services")
    told.append((found.crew - layout.crew, _count(len(found.days) - len(layout.days), *unit, "d’équipe")))
    told.append(
        (found.moving - layout.moving, _count(found.moves - layout.moves, "déplacement", "déplacements"))
    )
    told.append(
        (
            found.setting_up - layout.setting_up,
            _count(found.setups - layout.setups, "mise en place", "mises en place"),
        )
    )
    told.append((found.places - layout.places, "d’autres jours de décor"))
    return [words for cost, words in sorted(told, key=lambda pair: -pair[0]) if cost]


def _days(count: int) -> str:
    return "un jour" if count == 1 else f"{count} jours"


def _more(difference: int) -> str:
    return "plus" if difference > 0 else "moins"


def _count(difference: int, one: str, many: str, what: str = "") -> str:
    noun = one if abs(difference) == 1 else many
    return f"{abs(difference)} {noun} {what + ' ' if what else ''}de {_more(difference)}"


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer as JSON values; money in euros."""
    return {
        "words": answer.words,
        "possible": answer.possible,
        "difference": None if answer.difference is None else float(answer.difference),
        "reasons": list(answer.reasons),
        "conflict": list(answer.conflict),
        "cost": None if answer.layout is None else float(answer.layout.cost),
        "bound": None if answer.bound is None else float(answer.bound),
        "status": answer.status,
        "objective": answer.objective,
        "seed": answer.seed,
        "seconds": answer.seconds,
    }
