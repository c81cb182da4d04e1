"""The storyboard: images checked, put in order, timed, moved to another scene; served to members only."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from filage.facts.script import Shot
from filage.kernel.changes import add
from filage.kernel.errors import BadInput
from filage_web.script.frames import frames_of
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet, File
from filage_web.store.queries import dossier_of


def picture(form="PNG", size=(40, 30), mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size).save(out, form)
    return out.getvalue()


def pdf(pages=3):
    out = io.BytesIO()
    first, *rest = [Image.new("RGB", (120, 80), "white") for _ in range(pages)]
    first.save(out, "PDF", save_all=True, append_images=rest)
    return out.getvalue()


@pytest.fixture
def col(cast):
    scenes = [add("scene/10", number="10", label="Le col"), add("scene/11", number="11", label="La cabine")]
    apply(cast.structure, "woyzeck", scenes, actor=cast.alice)
    return cast


def give(cast, *files, scene="10", who="alice"):
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return cast.browser(who).post(cast.address("texte/storyboard/ajouter/"), {"scene": scene, "file": sent})


def arrange(cast, *shots, who="alice", **more):
    return cast.browser(who).post(cast.address("texte/storyboard/ranger/"), {"shot": shots, **more})


def shots(cast):
    found = dossier_of(cast.structure, "woyzeck").all(Shot)
    return {shot.id: (shot.scene, shot.number) for shot in found}


def test_images_become_the_shots_of_a_scene_in_one_write(col):
    before = ChangeSet.objects.count()
    give(col, ("un.png", picture()), ("deux.jpg", picture("JPEG")))
    assert shots(col) == {"10-1": ("scene/10", "10/1"), "10-2": ("scene/10", "10/2")}
    assert ChangeSet.objects.count() == before + 1
    page = col.browser("alice").get(col.address("texte/storyboard/")).content.decode()
    assert 'alt="Plan 10/1"' in page


def test_each_page_of_a_pdf_is_a_shot(col):
    give(col, ("planches.pdf", pdf(3)))
    assert list(shots(col)) == ["10-1", "10-2", "10-3"]
    assert sorted(File.objects.values_list("name", flat=True)) == [
        f"storyboard-10-planches-{n}.jpg" for n in (1, 2, 3)
    ]


def test_a_file_that_is_no_image_is_said_and_the_others_are_kept(col):
    answer = give(col, ("texte.png", b"hello"), ("un.png", picture()))
    assert answer.status_code == 302
    page = col.browser("alice").get(col.address("texte/storyboard/")).content.decode()
    assert "texte.png : ce fichier n’est pas une image" in page
    assert list(shots(col)) == ["10-1"]


@pytest.mark.parametrize(
    ("files", "scene", "said"),
    [
        ([], "10", "choisissez au moins une image ou un PDF"),
        ([("un.png", picture())], "", "choisissez la scène"),
        ([("x.gif", b"GIF89a")], "10", "n’est pas une image"),
        ([("x.png", b"\x89PNG\r\n\x1a\nbroken")], "10", "cette image ne s’ouvre pas"),
        ([("x.pdf", b"%PDF-1.7 broken")], "10", "ce PDF ne s’ouvre pas"),
        ([("x.svg", b"<svg onload='alert(1)'/>")], "10", "n’est pas une image"),
    ],
)
def test_what_cannot_be_a_frame_is_refused_with_its_reason(col, files, scene, said):
    answer = give(col, *files, scene=scene)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert shots(col) == {}
    assert not File.objects.exists()


def test_a_picture_too_large_is_refused_before_it_is_opened():
    with pytest.raises(BadInput, match="points"):
        frames_of(picture(size=(9_000, 9_000), mode="L"), "grand.png")
    with pytest.raises(BadInput, match="21 Mo"):
        frames_of(b"\x89PNG\r\n\x1a\n" + bytes(21_000_000), "lourd.png")


def test_a_frame_says_nothing_of_the_camera():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Marie"
    Image.new("RGB", (3_000, 2_000)).save(out, "JPEG", exif=exif)
    (frame,) = frames_of(out.getvalue(), "photo.jpg")
    assert b"Appareil" not in frame
    assert Image.open(io.BytesIO(frame)).size == (1_600, 1_067)


def test_shots_sent_in_another_order_are_numbered_again(col):
    give(col, ("un.png", picture()), ("deux.png", picture()), ("trois.png", picture()))
    arrange(col, "10-3", "10-1", "10-2")
    assert shots(col) == {
        "10-1": ("scene/10", "10/2"),
        "10-2": ("scene/10", "10/3"),
        "10-3": ("scene/10", "10/1"),
    }


def test_one_button_moves_one_shot_without_javascript(col):
    give(col, ("un.png", picture()), ("deux.png", picture()))
    arrange(col, "10-1", "10-2", action="up:10-2")
    assert shots(col) == {"10-1": ("scene/10", "10/2"), "10-2": ("scene/10", "10/1")}


def test_the_second_of_two_people_sees_both_versions(col):
    give(col, ("un.png", picture()))
    page = col.browser("alice").get(col.address("texte/storyboard/")).content.decode()
    seen = page.split('name="seen-10-1" value="')[1].split('"')[0]
    arrange(col, "10-1", **{"label-10-1": "Le capot", "seen-10-1": seen})
    answer = arrange(col, "10-1", who="bob", **{"label-10-1": "Le moteur", "seen-10-1": seen})
    assert answer.status_code == 409
    assert dossier_of(col.structure, "woyzeck").find("shot/10-1", Shot).label == "Le capot"


def test_a_shot_goes_to_another_scene_with_its_words_and_minutes(col):
    give(col, ("un.png", picture()), ("deux.png", picture()))
    typed = {"label-10-1": "Le capot", "size-10-1": "gros plan", "minutes-10-1": "40", "scene-10-1": "11"}
    arrange(col, "10-1", "10-2", **typed)
    assert shots(col) == {"10-1": ("scene/11", "11/1"), "10-2": ("scene/10", "10/1")}
    moved = dossier_of(col.structure, "woyzeck").find("shot/10-1", Shot)
    assert (moved.label, moved.size, moved.minutes) == ("Le capot", "gros plan", 40)


def test_a_scene_that_is_none_is_said(col):
    give(col, ("un.png", picture()))
    answer = arrange(col, "10-1", **{"scene-10-1": "99"})
    assert answer.status_code == 422
    assert "« 99 » n’est pas une scène" in answer.content.decode()
    assert shots(col) == {"10-1": ("scene/10", "10/1")}


def test_images_go_first_to_the_shots_that_have_none(col):
    apply(col.structure, "woyzeck", [add("shot/a", scene="scene/10", number="10/1")], actor=col.alice)
    give(col, ("un.png", picture()), ("deux.png", picture()))
    found = dossier_of(col.structure, "woyzeck").all(Shot)
    assert [(shot.id, shot.number, shot.file) for shot in found] == [
        ("a", "10/1", "storyboard-10-un.jpg"),
        ("10-2", "10/2", "storyboard-10-deux.jpg"),
    ]


def test_a_number_of_ones_own_is_kept_until_the_order_changes(col):
    own = [add("shot/a", scene="scene/10", number="10A"), add("shot/b", scene="scene/10", number="10B")]
    apply(col.structure, "woyzeck", own, actor=col.alice)
    arrange(col, "a", "b", **{"minutes-a": "5"})
    assert shots(col) == {"a": ("scene/10", "10A"), "b": ("scene/10", "10B")}


def test_minutes_that_are_none_are_said_and_nothing_is_written(col):
    give(col, ("un.png", picture()))
    answer = arrange(col, "10-1", **{"minutes-10-1": "beaucoup", "label-10-1": "Le capot"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "« beaucoup » n’est pas un nombre de minutes" in text
    assert "Le capot" in text


def test_an_image_is_shown_to_members_alone_with_right_headers(col):
    give(col, ("un.png", picture()))
    where = col.address("texte/storyboard/image/10-1/")
    answer = col.browser("rene").get(where)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    assert col.browser("charlie").get(where).status_code == 404
    assert col.browser("anonymous").get(where).status_code == 302


def test_a_file_that_is_no_image_is_never_shown_as_one(col):
    from filage_web.store.files import GivenFile, keep_file
    from filage_web.store.models import Production

    production = Production.objects.get(structure=col.structure, slug="woyzeck")
    keep_file(col.structure, production, GivenFile("p.html", b"<script>", "image/png"), actor=col.alice)
    apply(col.structure, "woyzeck", [add("shot/x", scene="scene/10", file="p.html")], actor=col.alice)
    assert col.browser("alice").get(col.address("texte/storyboard/image/x/")).status_code == 404


def test_a_missing_image_is_said(col):
    give(col, ("un.png", picture()))
    File.objects.all().delete()
    page = col.browser("alice").get(col.address("texte/storyboard/")).content.decode()
    assert "storyboard-10-un.jpg manque" in page
    assert col.browser("alice").get(col.address("texte/storyboard/image/10-1/")).status_code == 404


def test_who_may_not_edit_adds_and_moves_nothing(col):
    assert give(col, ("un.png", picture()), who="rene").status_code == 403
    assert arrange(col, "10-1", who="rene").status_code == 403
    assert shots(col) == {}
