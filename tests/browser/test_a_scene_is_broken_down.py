"""A scene marked at the keyboard and with the mouse, scenes put in order, a storyboard; then without JavaScript."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from filage.facts.intent import Mark
from filage.facts.script import RunningOrder, Scene, Shot
from filage_web.store.files import GivenFile, keep_file
from filage_web.store.models import Production
from filage_web.store.queries import dossier_of
from support.cast import Cast

pytestmark = pytest.mark.browser
TEXT = Path(__file__).parents[2] / "examples" / "scripts" / "buechner-woyzeck.tei.xml"
SCENE = "texte/scene/h4-1/"


@pytest.fixture
def page(browser_of, cast: Cast) -> Page:
    production = Production.objects.get(structure=cast.structure, slug=cast.production)
    keep_file(cast.structure, production, GivenFile(TEXT.name, TEXT.read_bytes()), actor=cast.alice)
    return browser_of("bob", reduced_motion="reduce").new_page()


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def marks(cast: Cast) -> list[Mark]:
    return [mark for mark in dossier_of(cast.structure, cast.production).all(Mark) if mark.scene]


def test_words_are_chosen_with_the_arrows_and_marked_without_the_mouse(page: Page, cast: Cast) -> None:
    page.goto(cast.address(SCENE))
    page.locator("[data-passage]").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#category")).to_be_focused()
    passage = page.locator("#passage").input_value()
    assert len(passage.split()) == 2
    page.keyboard.type("Acc")
    page.keyboard.press("Tab")
    page.keyboard.type("Le bois")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Le bois")
    expect(page.locator(".script mark").last).to_contain_text("accessoire")
    assert violations(page) == []
    (mark,) = marks(cast)
    assert mark.passage.split() == passage.replace("\u202f", " ").replace("\xa0", " ").split()
    page.locator(".toast").get_by_role("button", name="Annuler").click()
    expect(page.locator(".toast")).to_contain_text("Annulation")
    assert marks(cast) == []


def test_words_are_chosen_with_the_mouse_in_the_middle_of_a_mark(page: Page, cast: Cast) -> None:
    for _time in range(2):
        page.goto(cast.address(SCENE))
        box = page.locator(".script .speech").first.bounding_box()
        assert box
        page.mouse.dblclick(box["x"] + 30, box["y"] + 12)
        expect(page.locator("#passage")).not_to_have_value("")
        passage = page.locator("#passage").input_value()
        page.locator("#category").select_option("effect")
        page.get_by_role("button", name="Marquer", exact=True).click()
        expect(page.locator(".toast")).to_contain_text("Enregistré")
    assert [mark.passage for mark in marks(cast)] == [passage, passage]
    assert len({mark.start for mark in marks(cast)}) == 1


def test_keys_go_from_scene_to_scene(page: Page, cast: Cast) -> None:
    page.goto(cast.address(SCENE))
    page.keyboard.press("n")
    page.wait_for_url("**/scene/h4-2/")
    page.keyboard.press("p")
    page.wait_for_url("**/scene/h4-1/")


def order(cast: Cast) -> list[str]:
    dossier = dossier_of(cast.structure, cast.production)
    return [one.scene for one in dossier.find("running_order/le-fil", RunningOrder).scenes]  # type: ignore[union-attr]


def test_what_is_played_is_moved_at_the_keyboard_then_saved_once(page: Page, cast: Cast) -> None:
    before = order(cast)
    page.goto(cast.address("texte/ordre/"))
    page.locator("input[name=title-0]").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-said]")).to_contain_text("place 3 sur")
    expect(page.locator("input[name=title-0]")).to_be_focused()
    assert order(cast) == before
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Ordre joué")
    assert order(cast)[:3] == [before[1], before[2], before[0]]


def test_what_is_played_is_dragged(page: Page, cast: Cast) -> None:
    before = order(cast)
    page.goto(cast.address("texte/ordre/"))
    rows = page.locator("tr[data-item]")
    rows.nth(2).locator("[data-grip]").hover()
    page.mouse.down()
    box = rows.nth(0).bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 30, steps=4)
    page.mouse.move(box["x"] + 200, box["y"] + 4, steps=4)
    page.mouse.up()
    expect(page.locator("[data-said]")).to_contain_text("L’ordre a changé")
    page.get_by_role("button", name="Enregistrer l’ordre").click()
    expect(page.locator(".toast")).to_contain_text("Ordre joué")
    assert order(cast)[:3] == [before[2], before[0], before[1]]


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 180), colour).save(out, "PNG")
    return out.getvalue()


def test_a_storyboard_is_given_moved_and_seen(page: Page, cast: Cast) -> None:
    page.goto(cast.address("texte/storyboard/"))
    page.locator("#frames-scene").select_option("h4-1")
    names = ("un.png", "deux.png")
    given = [{"name": name, "mimeType": "image/png", "buffer": picture("grey")} for name in names]
    page.locator("#frames").set_input_files(given)  # type: ignore[arg-type]
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator(".frame img")).to_have_count(2)
    assert (
        page.locator(".frame img").first.evaluate("one => one.decode().then(() => one.naturalWidth)") == 320
    )
    page.locator("textarea").first.fill("La ville au loin")
    page.keyboard.press("Alt+ArrowRight")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Storyboard")
    assert violations(page) == []
    found = {one.number: one.label for one in dossier_of(cast.structure, cast.production).all(Shot)}
    assert found == {"1/1": None, "1/2": "La ville au loin"}


def test_without_javascript_the_same_pages_do_the_same(page: Page, browser_of, cast: Cast) -> None:
    plain = browser_of("bob", java_script_enabled=False).new_page()
    plain.goto(cast.address(SCENE))
    words = " ".join((plain.locator(".script .speech [data-at]").first.text_content() or "").split()[:2])
    plain.locator("#passage").fill(words)
    plain.locator("#category").select_option("music")
    plain.get_by_role("button", name="Marquer", exact=True).click()
    expect(plain.locator(".script mark").first).to_contain_text("musique")
    before = order(cast)
    plain.goto(cast.address("texte/ordre/"))
    plain.locator("button[value='down:0']").click()
    expect(plain.locator(".toast")).to_contain_text("Ordre joué")
    assert order(cast)[:2] == [before[1], before[0]]
    scene = dossier_of(cast.structure, cast.production).find("scene/h4-1", Scene)
    assert scene is not None
    assert len(scene.elements) == 3
