"""What waits for what: an order in which everything can be done, and the circles that have none."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def in_order(after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return names so that each comes after those it waits for; there must be no circle."""
    return tuple(TopologicalSorter(after).static_order())


def circles_of(after: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of names that wait for each other, however long the way round; each in the order given."""
    rank = {name: place for place, name in enumerate(after)}
    found = [
        tuple(sorted(group, key=rank.__getitem__))
        for group in _strongly_tied(after)
        if len(group) > 1 or group[0] in after[group[0]]
    ]
    return tuple(sorted(found, key=lambda group: rank[group[0]]))


def _strongly_tied(after: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Kosaraju’s two walks, without recursion: a chain of tasks may be longer than Python’s stack."""
    before: dict[str, list[str]] = {name: [] for name in after}
    for name, waits in after.items():
        for one in waits:
            before[one].append(name)
    seen: set[str] = set()
    for root in reversed(_finished(after)):
        if root in seen:
            continue
        group, stack = [], [root]
        seen.add(root)
        while stack:
            name = stack.pop()
            group.append(name)
            fresh = [one for one in before[name] if one not in seen]
            seen.update(fresh)
            stack.extend(fresh)
        yield group


def _finished(after: Mapping[str, Sequence[str]]) -> list[str]:
    """Names in the order a walk leaves them."""
    left: list[str] = []
    seen: set[str] = set()
    for root in after:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(after[root]))]
        while stack:
            name, waits = stack[-1]
            following = next((one for one in waits if one not in seen), None)
            if following is None:
                left.append(name)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(after[following])))
    return left
