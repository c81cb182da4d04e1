"""The page of the text."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import add
from filage_web.store.changes import apply

ROLE = add("element/marie", label="Marie", source="marie", words="1200")


def scenes(cast, count):
    made = [
        add(f"scene/s{n}", label=f"Scène {n}", elements=["element/marie"], words="10") for n in range(count)
    ]
    order = add(
        "running_order/ordre",
        label="Version de plateau",
        scenes=[{"scene": f"scene/s{n}", "title": f"Titre {n}", "part": "Un"} for n in range(count)],
    )
    apply(cast.structure, "woyzeck", [ROLE, *made, order], actor=cast.alice)


def page(cast, who="alice"):
    return cast.browser(who).get(cast.address("texte/"))


def test_an_empty_text_says_what_to_do(cast):
    assert "Aucune scène dans cette production" in page(cast).content.decode()


def test_shows_the_order_played_and_who_is_to_be_cast(cast):
    scenes(cast, 2)
    text = page(cast).content.decode()
    assert "Version de plateau, 2\N{NO-BREAK SPACE}scènes jouées, 20 mots dits" in text
    assert "Titre 1" in text
    assert "à distribuer" in text


def queries(cast):
    page(cast)
    with CaptureQueriesContext(connection) as asked:
        page(cast)
    return len(asked)


def test_as_many_queries_for_one_scene_as_for_three(cast):
    scenes(cast, 1)
    one = queries(cast)
    more = [add(f"scene/t{n}", label=f"Autre {n}") for n in range(2)]
    apply(cast.structure, "woyzeck", more, actor=cast.alice)
    assert queries(cast) == one


def test_a_prop_of_a_scene_is_no_role(cast):
    prop = add("element/couteau", label="le couteau", category="props")
    scene = add("scene/s1", label="L’étang", elements=["element/marie", "element/couteau"], source="h1-15")
    apply(cast.structure, "woyzeck", [ROLE, prop, scene], actor=cast.alice)
    (row,) = [line for line in page(cast).content.decode().splitlines() if 'id="scene-s1"' in line]
    assert "le couteau" not in row
    assert "h1-15" in row


def test_a_heading_is_not_written_twice(cast):
    place = {"int_ext": "INT", "set": "CUISINE", "time": "SOIR"}
    changes = [
        add("scene/s1", label="INT. CUISINE - SOIR", **place),
        add("scene/s2", label="Cuisine de Noé", **place),
    ]
    apply(cast.structure, "woyzeck", changes, actor=cast.alice)
    text = page(cast).content.decode()
    assert text.count("INT · SOIR") == 1
    assert "CUISINE · SOIR" not in text


def test_a_role_to_cast_leads_to_engaging_somebody_for_it(cast):
    scenes(cast, 1)
    link = "/s/le-fil/p/woyzeck/equipe/engager/?role=element/marie"
    assert link in page(cast).content.decode()
    assert link in cast.browser("alice").get(cast.address("texte/elements/marie/")).content.decode()
