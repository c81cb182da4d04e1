"""Places scouted: side by side, chosen with the effect shown first, photos checked and private."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.venue import Scouting
from filage.kernel.changes import Change, add
from filage_web import clock
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet, File
from filage_web.store.queries import load_production
from support.cast import Cast

FACTS = (
    add("scene/s1", label="Le pont", set="Pont", int_ext="EXT"),
    add("scene/s2", label="La cave", set="Cave"),
    add("venue/quai", label="Quai", city="Lyon", hospital="Édouard-Herriot", curfew="22:00"),
    add("venue/viaduc", label="Viaduc", city="Oyonnax"),
    add("event/j1", type="shoot", day="2026-10-20", scenes=["scene/s1"], venue="venue/quai"),
    add("scouting/quai", set="Pont", venue="venue/quai", rank="first", authorisation="to_ask", lead_days="21",
        cost="300"),
    add("scouting/viaduc", set="Pont", venue="venue/viaduc", rank="fallback", authorisation="granted", cost="150"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 10, 12))


@pytest.fixture
def scouted(cast: Cast) -> Cast:
    apply(cast.structure, cast.production, FACTS, actor=cast.alice)
    return cast


def dossier(cast: Cast) -> Dossier:
    return load_production(cast.structure, cast.production).dossier


def page(cast: Cast, path: str = "lieux/reperages/") -> str:
    answer = cast.browser("bob").get(cast.address(path))
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def post(cast: Cast, path: str, **typed: Any) -> Any:
    return cast.browser("bob").post(cast.address(f"lieux/reperages/{path}"), typed)


def confirm(cast: Cast, answer: Any) -> None:
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
    assert cast.browser("bob").post(cast.address("effet/"), draft).status_code == 302


def a_photo(form: str = "JPEG", size: tuple[int, int] = (800, 600)) -> bytes:
    image = Image.new("RGB", size, "navy")
    place = Image.Exif()
    place[0x010E] = "chez quelqu’un"
    raw = io.BytesIO()
    image.save(raw, form, exif=place)
    return raw.getvalue()


def test_no_set_says_where_they_come_from(cast: Cast) -> None:
    assert "Aucun décor à repérer" in page(cast)


def test_candidates_stand_side_by_side_and_sets_without_any_below(scouted: Cast) -> None:
    html = page(scouted)
    assert (
        html.index('id="scouting-quai"')
        < html.index('id="scouting-viaduc"')
        < html.index("Décors sans lieu repéré")
    )
    assert "300,00 € par jour" in html
    assert "à demander avant le mar. 29 sept." in html
    assert "Cave" in html


def test_the_fallback_is_taken_in_one_gesture_its_effect_shown_first_and_undone_as_one(scouted: Cast) -> None:
    before = ChangeSet.objects.count()
    answer = post(scouted, "viaduc/choisir/")
    assert ChangeSet.objects.count() == before
    confirm(scouted, answer)
    found = dossier(scouted)
    assert {one.id: one.rank for one in found.all(Scouting)} == {"quai": "fallback", "viaduc": "first"}
    assert [event.venue for event in found.all(Event)] == ["venue/viaduc"]
    assert [line.label for line in found.by_kind["budget_line"].values()] == ["Lieu : Viaduc (Pont)"]  # type: ignore[attr-defined]
    assert ChangeSet.objects.count() == before + 1
    written = ChangeSet.objects.latest("pk")
    scouted.browser("bob").post(scouted.address(f"effet/annuler/{written.pk}/"))
    assert [event.venue for event in dossier(scouted).all(Event)] == ["venue/quai"]


def test_a_candidate_is_kept_as_fallback_or_set_aside_without_more(scouted: Cast) -> None:
    post(scouted, "viaduc/rang/", rank="refused")
    assert dossier(scouted).find("scouting/viaduc", Scouting).rank == "refused"  # type: ignore[union-attr]
    assert post(scouted, "viaduc/rang/", rank="first").status_code == 404


def test_photos_are_cleaned_kept_shown_small_and_taken_off(scouted: Cast) -> None:
    photos = [SimpleUploadedFile("IMG_1.jpg", a_photo()), SimpleUploadedFile("vue.png", a_photo("PNG"))]
    assert post(scouted, "quai/photos/", photos=photos).status_code == 302
    quay = dossier(scouted).find("scouting/quai", Scouting)
    assert quay is not None
    assert quay.photos == ("repérage quai 1.jpg", "repérage quai 2.jpg")
    key = File.objects.get(name="repérage quai 1.jpg").pk
    answer = scouted.browser("rene").get(scouted.address(f"lieux/reperages/quai/photos/{key}/"))
    assert answer["Content-Type"] == "image/jpeg"
    assert "private" in answer["Cache-Control"]
    assert b"chez quelqu" not in answer.content
    small = scouted.browser("rene").get(scouted.address(f"lieux/reperages/quai/photos/{key}/?petite=1"))
    assert max(Image.open(io.BytesIO(small.content)).size) == 480
    for who in ("charlie", "dana", "anonymous"):
        assert (
            scouted.browser(who).get(scouted.address(f"lieux/reperages/quai/photos/{key}/")).status_code
            != 200
        )
    assert post(scouted, f"quai/photos/{key}/retirer/").status_code == 302
    assert dossier(scouted).find("scouting/quai", Scouting).photos == ("repérage quai 2.jpg",)  # type: ignore[union-attr]


def test_a_photo_is_shown_only_from_the_place_it_belongs_to(scouted: Cast) -> None:
    post(scouted, "quai/photos/", photos=SimpleUploadedFile("a.jpg", a_photo()))
    key = File.objects.get().pk
    assert (
        scouted.browser("bob").get(scouted.address(f"lieux/reperages/viaduc/photos/{key}/")).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.jpg", b"\xff\xd8\xff rien", "ne s’ouvre pas"),
        ("a.txt", b"bonjour", "pas une image"),
        ("a.jpg", b"", "vide"),
    ],
)
def test_what_is_not_a_photo_is_refused_and_the_others_are_kept(
    scouted: Cast, name: str, data: bytes, words: str
) -> None:
    given = [SimpleUploadedFile(name, data), SimpleUploadedFile("bon.jpg", a_photo())]
    answer = scouted.browser("bob").post(
        scouted.address("lieux/reperages/quai/photos/"), {"photos": given}, follow=True
    )
    assert words in unescape(answer.content.decode())
    assert len(dossier(scouted).find("scouting/quai", Scouting).photos) == 1  # type: ignore[union-attr]


def test_a_place_tells_what_one_needs_on_the_day_and_what_nobody_wrote(scouted: Cast) -> None:
    html = page(scouted, "lieux/quai/")
    assert "Édouard-Herriot" in html
    assert "22:00" in html
    assert "non renseigné" in html
    assert "Repéré pour" in html
    assert scouted.browser("bob").get(scouted.address("lieux/nulle-part/")).status_code == 404


def test_vehicles_are_listed_with_the_venues(scouted: Cast) -> None:
    apply(scouted.structure, None, [add("vehicle/camion", label="Camion", seats="3")], actor=scouted.alice)
    html = page(scouted, "lieux/")
    assert 'id="vehicle-camion"' in html
    assert "Ajouter un véhicule" in html


@pytest.mark.parametrize("path", ["lieux/reperages/", "lieux/"])
def test_the_pages_ask_as_many_questions_for_one_as_for_three(scouted: Cast, path: str) -> None:
    def asked() -> int:
        page(scouted, path)
        with CaptureQueriesContext(connection) as found:
            page(scouted, path)
        return len(found)

    def write(*changes: Change) -> None:
        apply(scouted.structure, scouted.production, changes, actor=scouted.alice)

    write(add("vehicle/v0", label="V0"))
    one = asked()
    for rank in range(1, 3):
        write(add(f"venue/v{rank}", label="V"), add(f"vehicle/v{rank}", label="V"),
              add(f"scouting/v{rank}", set="Cave", venue=f"venue/v{rank}"))  # fmt: skip
    assert asked() == one
