"""Finds the scenes of a script again in its next version, by number, heading and likeness of text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from filage.kernel.text import fold
from filage.script.shape import ScriptScene

# How much each sign of identity weighs, and how sure one must be: the text first, then the heading. The same
# number with the same heading is enough, even when every line was rewritten; the same number alone is not, for
# a script that is numbered again gives its numbers to other scenes.
_TEXT, _HEADING, _SET, _NUMBER = 0.60, 0.25, 0.10, 0.15
_SURE = 0.40
# The same number and heading, and at least this share of the text: no better pair is looked for.
_PLAIN = 0.60
# Two words in a row found in more scenes than this say nothing of which scene it is.
_RARE = 12
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """One scene in two versions: `likeness` of the texts from 0 to 1, what `differs`, whether its place did."""

    before: ScriptScene
    after: ScriptScene
    likeness: float
    differs: tuple[str, ...]
    moved: bool


class Matches(NamedTuple):
    """What a new version does to the scenes: each scene of either version is in exactly one list.

    `same`: text and heading untouched (its number may differ); `moved`: the same, at another place among the
    scenes kept; `changed`: heading or text touched (its pair says whether it also moved).
    """

    same: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    new: tuple[ScriptScene, ...]
    cut: tuple[ScriptScene, ...]


def match_scenes(before: Sequence[ScriptScene], after: Sequence[ScriptScene]) -> Matches:
    """Pair the scenes of two versions of one script; what finds no pair is new or cut. Order of `after` is kept."""
    match = _Match(before, after)
    match.pair_alike(lambda scene: (_content(scene), scene.number))
    match.pair_alike(_content)
    match.pair_plain()
    match.pair_likely()
    match.pair_alone()
    pairs = match.pairs()
    touched = [pair for pair in pairs if not _untouched(pair)]
    kept = [pair for pair in pairs if _untouched(pair)]
    return Matches(
        same=tuple(pair for pair in kept if not pair.moved),
        moved=tuple(pair for pair in kept if pair.moved),
        changed=tuple(touched),
        new=tuple(scene for index, scene in enumerate(after) if index not in match.found),
        cut=tuple(scene for index, scene in enumerate(before) if index not in match.found.values()),
    )


def _untouched(pair: Pair) -> bool:
    return not {"heading", "text"} & set(pair.differs)


def _words(scene: ScriptScene) -> list[str]:
    return _WORD.findall(fold(f"{scene.shown}\n{scene.said}"))


def _content(scene: ScriptScene) -> tuple[str, tuple[str, ...]]:
    """What must not change for a scene to be the same: punctuation and case may."""
    return fold(scene.heading), tuple(_words(scene))


class _Match:
    """Pairs as they are found: `found` gives the place before of each place after."""

    def __init__(self, before: Sequence[ScriptScene], after: Sequence[ScriptScene]) -> None:
        self.before, self.after = before, after
        self.found: dict[int, int] = {}
        self._left = [_traits(scene) for scene in before]
        self._right = [_traits(scene) for scene in after]

    def pair_alike(self, key: Callable[[ScriptScene], Hashable]) -> None:
        """Pair scenes of one key, in the order they come."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for index in reversed(self._free_before()):
            waiting[key(self.before[index])].append(index)
        for index in self._free_after():
            if same := waiting[key(self.after[index])]:
                self.found[index] = same.pop()

    def pair_plain(self) -> None:
        """Pair scenes that kept their number, their heading and most of their text."""
        places = {_name(self.before[index]): index for index in self._free_before()}
        for index in self._free_after():
            old = places.get(_name(self.after[index]))
            if old is not None and _likeness(self._left[old], self._right[index]) >= _PLAIN:
                self.found[index] = old
                del places[_name(self.after[index])]

    def pair_alone(self) -> None:
        """Pair scenes without a number whose heading is the only one left of its kind in both versions."""
        left, right = (
            self._alone(self.before, self._free_before()),
            self._alone(self.after, self._free_after()),
        )
        for heading, index in right.items():
            if heading in left:
                self.found[index] = left[heading]

    def _alone(self, scenes: Sequence[ScriptScene], free: list[int]) -> dict[str, int]:
        headings = [(fold(scenes[index].heading), index) for index in free if scenes[index].number is None]
        times = Counter(heading for heading, _ in headings)
        return {heading: index for heading, index in headings if times[heading] == 1}

    def pair_likely(self) -> None:
        """Pair the most likely first, the nearest when two are as likely."""
        scores = []
        for old, new in self._candidates():
            score = _score(self.before[old], self.after[new], self._left[old], self._right[new])
            if score >= _SURE:
                scores.append((-score, abs(old - new), new, old))
        taken = set(self.found.values())
        for _, _, new, old in sorted(scores):
            if new not in self.found and old not in taken:
                self.found[new] = old
                taken.add(old)

    def pairs(self) -> list[Pair]:
        """Every pair, in the order of the new version."""
        order = sorted(self.found)
        still = longest_rise([self.found[index] for index in order])
        return [self._pair(index, moved=self.found[index] not in still) for index in order]

    def _pair(self, index: int, *, moved: bool) -> Pair:
        old, new = self.before[self.found[index]], self.after[index]
        likeness = _likeness(self._left[self.found[index]], self._right[index])
        return Pair(old, new, round(likeness, 3), _differs(old, new), moved)

    def _free_before(self) -> list[int]:
        taken = set(self.found.values())
        return [index for index in range(len(self.before)) if index not in taken]

    def _free_after(self) -> list[int]:
        return [index for index in range(len(self.after)) if index not in self.found]

    def _candidates(self) -> Iterable[tuple[int, int]]:
        """Scenes that share a heading, or two words in a row that few scenes have."""
        held: dict[Hashable, list[int]] = defaultdict(list)
        for index in self._free_before():
            for sign in self._signs(self.before[index], self._left[index]):
                held[sign].append(index)
        for index in self._free_after():
            shared: set[int] = set()
            for sign in self._signs(self.after[index], self._right[index]):
                places = held.get(sign, ())
                if isinstance(sign, str) or len(places) <= _RARE:
                    shared.update(places)
            yield from ((old, index) for old in sorted(shared))

    def _signs(self, scene: ScriptScene, traits: Counter[tuple[str, str]]) -> list[Hashable]:
        return [*traits, fold(scene.heading)]


def _name(scene: ScriptScene) -> tuple[str | None, str]:
    return scene.number, fold(scene.heading)


def _traits(scene: ScriptScene) -> Counter[tuple[str, str]]:
    """The words of a scene two by two: their order counts, so that common words prove nothing."""
    words = ["", *_words(scene), ""]
    return Counter(pairwise(words)) if len(words) > 2 else Counter()  # noqa: PLR2004


def _likeness(left: Counter[tuple[str, str]], right: Counter[tuple[str, str]]) -> float:
    """The share of the text two scenes have in common, from 0 to 1 (Dice); two empty scenes are alike."""
    whole = left.total() + right.total()
    return 2 * (left & right).total() / whole if whole else 1.0


def _score(
    old: ScriptScene, new: ScriptScene, left: Counter[tuple[str, str]], right: Counter[tuple[str, str]]
) -> float:
    heading = _HEADING if fold(old.heading) == fold(new.heading) else _SET if _one_set(old, new) else 0.0
    numbered = old.number is not None and new.number is not None
    number = _NUMBER if numbered and fold(old.number or "") == fold(new.number or "") else 0.0
    likeness = _likeness(left, right) if left or right else 0.0
    score = _TEXT * likeness + heading + number
    return score if numbered else score / (1 - _NUMBER)


def _one_set(old: ScriptScene, new: ScriptScene) -> bool:
    return old.set is not None and new.set is not None and fold(old.set) == fold(new.set)


def _differs(old: ScriptScene, new: ScriptScene) -> tuple[str, ...]:
    signs = {
        "number": old.number == new.number,
        "heading": fold(old.heading) == fold(new.heading),
        "characters": set(map(fold, old.characters)) == set(map(fold, new.characters)),
        "text": _words(old) == _words(new),
        "eighths": old.eighths == new.eighths,
        "seconds": old.seconds == new.seconds,
    }
    return tuple(sign for sign, same in signs.items() if not same)


def longest_rise(places: list[int]) -> set[int]:
    """The most places that follow each other in both versions: the others moved."""
    tails: list[int] = []
    behind: list[int | None] = []
    for index, place in enumerate(places):
        rank = bisect_left([places[tail] for tail in tails], place)
        behind.append(tails[rank - 1] if rank else None)
        tails[rank : rank + 1] = [index]
    still: set[int] = set()
    step = tails[-1] if tails else None
    while step is not None:
        still.add(places[step])
        step = behind[step]
    return still
