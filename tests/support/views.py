"""Every address of the office, with values that exist at Le Fil."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import URLResolver, get_resolver, reverse

from support.cast import OWN_SAMPLES, SAMPLES, Cast

LIBRARY_SAMPLES = {"key": "abc", "uidb36": "1"}


class View(NamedTuple):
    callback: Callable[..., Any]
    parts: frozenset[str]
    """The names of what varies in its address: `structure`, `production`…"""


def _walk(resolver: Any, space: str, parts: frozenset[str]) -> Iterator[tuple[str, View]]:
    for entry in resolver.url_patterns:
        mine = parts | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space, mine)
        else:
            yield f"{space}{entry.name}", View(entry.callback, mine)


VIEWS = dict(_walk(get_resolver(), "", frozenset()))


def address(name: str, cast: Cast) -> str:
    parts, samples = VIEWS[name].parts, SAMPLES | OWN_SAMPLES.get(name, {})
    missing = sorted(part for part in parts if part not in samples and part not in LIBRARY_SAMPLES)
    assert missing == [], f"{name}: give SAMPLES (tests/support/cast.py) a value for {', '.join(missing)}"
    values = {part: samples[part](cast) if part in samples else LIBRARY_SAMPLES[part] for part in parts}
    query = f"?{samples['?'](cast)}" if "?" in samples else ""
    return reverse(name, kwargs=values) + query
