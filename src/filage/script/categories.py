"""How the categories of the breakdown are titled when they hold several elements."""

from __future__ import annotations

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "cast": "Rôles",
    "extras": "Figuration",
    "props": "Accessoires",
    "set": "Décors",
    "costume": "Costumes",
    "makeup": "Maquillage et coiffure",
    "vehicle": "Véhicules",
    "animal": "Animaux",
    "stunt": "Cascades",
    "effect": "Effets",
    "music": "Musique",
    "sound": "Son",
    "video": "Vidéo",
    "equipment": "Matériel",
    "child": "Enfants",
    "intimacy": "Intimité",
    "safety": "Sécurité",
}
"""Every category of `Element`, in the order of the trade."""
