"""The design language holds: the two dark lists agree, contrasts are real, the index names every component."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import filage_web
from filage_web.shell.samples import ICONS

OFFICE = Path(filage_web.__file__).parent
STATIC = OFFICE / "static" / "filage"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
TEMPLATES = sorted((OFFICE / "templates").rglob("*.html"))
DOCS = (Path(__file__).parents[3] / "docs" / "design-system.md").read_text(encoding="utf-8")
STATUSES = ("calc", "hand", "doubt", "stale", "breach", "done")


def block(selector: str) -> dict[str, str]:
    start = TOKENS.index(selector)
    text = TOKENS[TOKENS.index("{", start) : TOKENS.index("}", start)]
    return dict(re.findall(r"--([\w-]+): ([^;]+);", text))


LIGHT, SYSTEM_DARK, FORCED_DARK = (
    block(selector) for selector in (":root {", ':root:not([data-theme="light"])', ':root[data-theme="dark"]')
)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_dark_is_the_same_whether_chosen_or_followed() -> None:
    assert SYSTEM_DARK == FORCED_DARK


@pytest.mark.parametrize("theme", [LIGHT, FORCED_DARK], ids=["light", "dark"])
def test_text_and_status_contrasts_are_above_the_minimum(theme: dict[str, str]) -> None:
    grounds = ("paper", "surface", "sunken")
    weak = [
        f"{text} on {ground}: {contrast(theme[text], theme[ground]):.2f}"
        for ground in grounds
        for text in ("ink", "ink2", "ink3", *STATUSES)
        if contrast(theme[text], theme[ground]) < 4.5
    ]
    weak += [f"{s} on its tint" for s in STATUSES if contrast(theme[s], theme[f"{s}-tint"]) < 4.5]
    weak += [f"field on {g}" for g in grounds if contrast(theme["field"], theme[g]) < 3]
    assert weak == []


def test_every_component_is_in_the_index() -> None:
    components = {
        f"<c-{path.stem.replace('_', '-')}>" for path in (OFFICE / "templates/components").glob("*.html")
    }
    assert sorted(name for name in components if name not in DOCS) == []


def test_every_icon_used_exists_and_is_shown_on_the_style_page() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    used = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert drawn == set(ICONS)
    assert used - drawn == set()


def test_templates_hold_no_inline_style_nor_script() -> None:
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*src)|\son[a-z]+=|hx-on|javascript:")
    guilty = [path.name for path in TEMPLATES if inline.search(path.read_text(encoding="utf-8"))]
    assert guilty == []


def test_nothing_is_fetched_from_another_host() -> None:
    files = [*TEMPLATES, *STATIC.glob("*.css"), *STATIC.glob("*.js")]
    away = re.compile(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//")
    assert [path.name for path in files if away.search(path.read_text(encoding="utf-8"))] == []


def test_every_vendored_file_has_its_licence_beside_it() -> None:
    assert sorted(path.name for path in STATIC.rglob("LICENSE*")) == [
        "LICENSE-EB-Garamond.txt",
        "LICENSE-Inter.txt",
        "LICENSE-htmx.txt",
    ]


def test_what_scrolls_sideways_holds_what_is_drawn_out_of_sight_inside_it() -> None:
    """Without a position of its own, a box that scrolls lets hidden words widen the whole page."""
    scrolls: dict[str, str] = {}
    held: set[str] = set()
    for path in sorted(STATIC.glob("*.css")):
        for selectors, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", path.read_text(encoding="utf-8")):
            for selector in selectors.split(","):
                last = selector.split()[-1] if selector.split() else ""
                if "overflow-x: auto" in rules:
                    scrolls[last] = path.name
                if re.search(r"position: (relative|absolute|sticky|fixed)", rules):
                    held.add(last)
    assert {last: name for last, name in scrolls.items() if last not in held} == {}
