"""Every field the trade expects on its sheets (feuille de service, feuille de route, conducteur) has its place.

The lists are those of the reference of documents; a place is a section, a column, a line, or the head of the sheet.
A field no fact of a production can fill is named here, and nowhere hidden.
"""

from __future__ import annotations

import pytest

from cli.commands import ROOT
from filage.documents.sheets import Stamp, stamp_lines
from filage.kernel.changes import add, set_
from filage.planning.sheets import content_of
from filage.planning.sheets.words import Words
from support.dossiers import TODAY
from support.sheets import shoot, tour

CALL_SHEET = {
    "film": "head.title", "n_jour_sur_total": "head.name", "date": "head.when", "version": "stamp",
    "societe": "head.company",
    "realisation": "direction/director", "production": "contacts/Production", "1er_AR": "direction/first_assistant",
    "scripte": "direction/script_supervisor", "PAT": "key:PAT", "fin_journee_estimee": "key:Fin estimée",
    "coupure": "key:Coupure", "lever_coucher_soleil": "light/sun", "meteo": "light/weather",
    "decor": "sets:set", "INT_EXT": "sets:effect", "JOUR_NUIT": "sets:effect", "adresse": "sets:address",
    "RDV_equipe": "sets:unit_at", "parking_camions": "sets:parking", "loges_HMC": "sets:dressing_rooms",
    "cantine": "sets:catering",
    "num": "scenes:number", "seq.decor": "scenes:set", "effet": "scenes:effect", "resume": "scenes:summary",
    "minutage": "scenes:minutes", "pages_huitiemes": "scenes:eighths", "roles_num": "scenes:roles",
    "role": "artists:role", "comedien": "artists:name", "prise_en_charge": "artists:pickup",
    "HMC": "artists:dressing",
    "PAT_comedien": "artists:ready", "chauffeur": "artists:driver",
    "nb": "extras:count", "type": "extras:kind", "heure": "extras:at", "costume": "extras:costume",
    "departement": "crew:job", "equipe.heure": "crew:call", "equipe.lieu": "head.place",
    "accessoires": "needs/accessoires", "decoration": "needs/décor", "costumes": "needs/costumes",
    "maquillage": "needs/maquillage", "cascades": "needs/cascades", "SFX": "needs/effets",
    "VFX": "needs/vidéo, effets visuels", "animaux": "needs/animaux", "vehicules_jeu": "needs/véhicules de jeu",
    "machinerie_camera": "needs/caméra, machinerie", "son": "needs/son", "regie": "needs/régie",
    "hopital_urgences": "safety/emergency", "pompiers": "safety/emergency", "secouriste": "safety/first_aid",
    "consignes": "safety/instructions", "referent_VHSS": "safety/vhss", "referent_eco": "safety/eco",
    "vehicule": "transport:vehicle", "transport.chauffeur": "transport:driver", "trajet": "transport:route",
    "transport.heure": "transport:at", "previsionnel_J1": "access/tomorrow",
}  # fmt: skip

DAY_SHEET = {
    "artiste_tournee": "head.production", "date_jour_semaine": "head.when", "n_date_sur_total": "head.name",
    "ville": "head.title", "lieu": "head.place", "adresse": "head.address", "version": "stamp", "meteo": "key:Météo",
    "fuseau": "logistics/zone",
    "regie_lieu": "contacts/Régie du lieu", "accueil": "contacts/Accueil du lieu",
    "organisateur_nuit": "contacts/La nuit",
    "tour_manager": "contacts/Responsable de tournée", "administration": "contacts/Administration",
    "urgence": "safety/emergency", "hopital": "safety/emergency",
    "depart_RDV": "leg/train/meeting", "train_vol_ref": "leg/train", "arrivee_hotel": "stay/cloche",
    "debut": "event/dole", "catering": "meal/midi", "autres_horaires": "event/dole/balance", "fin": "end",
    "couvre_feu": "logistics/curfew",
    "vehicules_places_permis": "transport:vehicle", "km_et_duree_estimes": "transport:route",
    "billets": "transport:driver",
    "hotel_adresse": "stay/cloche/address", "hotel_checkin": "stay/cloche/keys",
    "petit_dej": "stay/cloche/breakfast_told",
    "rooming_list": "stay/cloche/rooms", "parking": "logistics/parking", "wifi": "logistics/wifi",
    "douches_laverie": "logistics/dressing_rooms", "plan_acces": "access/access",
    "contacts_regies": "contacts/Régie générale",
    "spectacle.duree": "show/length", "entracte": "show/length", "invitations": "needs/invitations",
    "presse": "needs/presse", "merch": "needs/vente", "photo_video": "needs/photo",
    "accessibilite_dates": "needs/accessibilité",
}  # fmt: skip
NO_FACT = ("pauses_conduite", "materiel_fourni", "reserves_de_compatibilite")
"""Fields of a day sheet that no fact tells yet, said in the guide of sheets."""

RUNNING_SHEET = {
    "n": "sequences:number", "heure_debut": "sequences:start", "duree": "sequences:duration",
    "timecode_cumule": "sequences:cumulated", "sequence": "sequences:sequence", "intervenants": "sequences:speakers",
    "lieu_plateau": "sequences:stage_place", "image_source": "sequences:picture", "son_micros": "sequences:sound",
    "lumiere": "sequences:light", "video_synthe": "sequences:video", "musique": "sequences:music",
    "texte_lancement": "sequences:presenter", "notes": "sequences:notes", "realise": "sequences:done",
}  # fmt: skip


def places(sheet) -> set[str]:
    """Every place of a sheet that holds something."""
    found = {"stamp"} if stamp_lines(Words("fr"), Stamp(version=1)) else set()
    found |= {
        f"head.{name}" for name in ("title", "name", "when", "company", "production") if getattr(sheet, name)
    }
    if sheet.place:
        found |= {"head.place"} | ({"head.address"} if sheet.place.address else set())
    found |= {f"key:{hour.label}" for hour in sheet.hours}
    for section in sheet.sections:
        found |= {row.id for row in section.rows}
        for rank, column in enumerate(section.columns):
            if any(row.cells[rank] for row in section.rows):
                found.add(f"{section.id}:{column.id}")
        if section.id == "contacts":
            found |= {f"contacts/{row.cells[0]}" for row in section.rows}
    return found


def full_shoot():
    """The shoot with what its plain form does not tell."""
    categories = (
        "set",
        "costume",
        "makeup",
        "stunt",
        "effect",
        "video",
        "animal",
        "vehicle",
        "equipment",
        "sound",
    )
    elements = [add(f"element/x-{one}", label=f"un {one}", category=one) for one in categories]
    known = ["element/samira", "element/lucien", "element/gateau"]
    return shoot(
        *elements,
        set_("scene/8", elements=[*known, *(f"element/x-{one}" for one in categories)]),
        add("need/cafe", label="café", department="régie", state="booked"),
        set_("event/j1", needs=["need/cafe"]),
        set_("position/image", label="Scripte"),
        set_("venue/col", hospital="CHU", first_aid="secouriste", access="Par la D219."),
        set_(
            "production/navette",
            safety="Casques.",
            contacts=[{"role": role, "label": role} for role in ("production", "vhss", "eco")],
        ),
    )


def full_tour():
    """The tour with what its plain form does not tell."""
    needs = {
        "invitations": "12 places",
        "vente": "disques",
        "photo": "captation",
        "accessibilité": "séance LSF",
        "presse": "radio",
    }
    facts = [
        add(f"need/n{rank}", label=label, department=name, state="booked")
        for rank, (name, label) in enumerate(needs.items())
    ]
    return tour(
        *facts,
        set_(
            "event/dole", needs=[f"need/n{rank}" for rank in range(len(needs))],
            moments=[{"at": "16:30", "label": "Balance"}],
        ),
        set_("venue/fabrique", zone="Europe/Zurich", parking="cour", access="Par la cour.",
             hospital="CHU", contact="Jo, 03 00 00 00 00"),
        set_(
            "production/petite",
            contacts=[{"role": role, "label": role} for role in ("stage", "host", "night", "tour", "administration")],
        ),
    )  # fmt: skip


def full_order():
    """The running order with a cue of each department and a note."""
    departments = ("picture", "sound", "light", "video", "music", "presenter")
    cues = [add(f"cue/d-{one}", scene="scene/s1", department=one, label=f"top {one}") for one in departments]
    return tour(*cues, set_("production/petite", form="tv_show"), set_("scene/s1", note="attention"))


@pytest.mark.parametrize(
    ("dossier", "document", "key", "fields"),
    [
        (full_shoot, "call_sheet", "2026-10-29", CALL_SHEET),
        (full_tour, "day_sheet", "2026-11-06", DAY_SHEET),
        (full_order, "running_sheet", "jeu", RUNNING_SHEET),
    ],
    ids=["feuille_de_service", "feuille_de_route", "conducteur"],
)
def test_every_field_of_the_trade_has_its_place(dossier, document, key, fields):
    found = places(content_of(dossier(), document, key, TODAY, public=False))
    assert {field: place for field, place in fields.items() if place not in found} == {}


def test_a_full_sheet_lacks_nothing():
    assert content_of(full_shoot(), "call_sheet", "2026-10-29", TODAY).missing == ()


def test_what_no_fact_tells_is_said_in_the_guide():
    guide = (ROOT / "docs" / "guide" / "feuilles.md").read_text(encoding="utf-8")
    told = guide.partition("## Ce qu'aucun fait ne dit encore")[2]
    assert [
        word
        for word in ("matériel fourni", "réserves", "temps de conduite")
        if " ".join(word.split()) not in " ".join(told.split())
    ] == []
    assert len(NO_FACT) == 3
