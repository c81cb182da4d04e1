"""What the phone pages of sheets say around a sheet, in the reader's language."""

from types import MappingProxyType
from typing import Final

from filage.planning.sheets.words import LANGUAGES
from filage_web.store.sheets import FRENCH

_WORDS: Final = MappingProxyType({
    # key: (French, English)
    "for": ("pour {name}", "for {name}"),
    "ready": ("lisible hors connexion", "readable offline"),
    "kept": (
        "Hors connexion : vous lisez la version gardée le {when}. Elle a pu changer depuis.",
        "Offline: you are reading the copy kept on {when}. It may have changed since.",
    ),
    "unsent": (
        "Pas de connexion : votre lecture n’est pas enregistrée. Réessayez une fois connecté.",
        "No connection: your reading is not recorded. Try again once connected.",
    ),
    "version": ("version {version}", "version {version}"),
    "since": ("Depuis la version {version} :", "Since version {version}:"),
    "newer": (
        "Une version plus récente existe : celle-ci ne vaut plus.",
        "A newer version exists: this one no longer holds.",
    ),
    "newer_link": ("Lire la version {version}", "Read version {version}"),
    "newer_absent": (
        "Elle ne vous a pas été envoyée : demandez-la à la production.",
        "It was not sent to you: ask the production office for it.",
    ),
    "read": ("J’ai lu la version {version}", "I have read version {version}"),
    "done": ("Version {version} lue, le {when}", "Version {version} read on {when}"),
    "confirmed": ("{confirmed} sur {people} ont confirmé.", "{confirmed} of {people} have confirmed."),
    "emergency": ("Urgences : 15 ou 112.", "Emergency: 15 or 112."),
    "route": ("Itinéraire", "Directions"),
    "maps": ("Ouvrir dans mes cartes", "Open in my maps"),
    "calendar": ("Ajouter à mon calendrier", "Add to my calendar"),
    "pdf": ("PDF", "PDF"),
    "call": ("appeler", "call"),
    "mine": ("Toutes mes dates", "All my dates"),
    "only_you": (
        "Ce lien n’est que pour vous : qui le possède voit cette page.",
        "This link is for you only: whoever holds it sees this page.",
    ),
    "until": ("Il s’arrête le {day}.", "It ends on {day}."),
    "thanks": ("C’est noté : vous avez lu la version {version}.", "Noted: you have read version {version}."),
    "sheets": ("Mes feuilles", "My sheets"),
    "to_read": ("à lire", "to read"),
    "was_read": ("lue", "read"),
    "old": ("feuille passée", "past sheet"),
    "subject": ("{what}{again}, {production}", "{what}{again}, {production}"),
    "of_day": ("{name} du {when}", "{name} for {when}"),
    "again": (", version {version}", ", version {version}"),
    "be_there": ("Votre rendez-vous : {when}.", "Be there: {when}."),
    "reminder": ("Rappel, {subject}", "Reminder, {subject}"),
    "hello": ("Bonjour {name},", "Hello {name},"),
    "mail": ("Voici votre feuille pour {production} : {name}.", "Here is your sheet for {production}: {name}."),
    "mail_again": (
        "Vous n’avez pas encore confirmé la lecture de : {name}.",
        "You have not yet confirmed that you have read: {name}.",
    ),
    "open_it": (
        "À ouvrir, puis à confirmer par « J’ai lu » :",
        "Please open it, then confirm with “I have read”:",
    ),
    "sent_by": ("{company}, par Filage", "{company}, through Filage"),
})  # fmt: skip


class Words:
    """The words of one language: `fr` or `en`; a template reads `words.route`, a function calls words("route")."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else FRENCH

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, with values put in their place."""
        return _WORDS[key][LANGUAGES.index(self.language)].format(**values)

    # a template calls what it can: it must read this as a value, then its words by name
    do_not_call_in_templates = True

    def __getitem__(self, key: str) -> str:
        """The words of a key, as they are."""
        return _WORDS[key][LANGUAGES.index(self.language)]
