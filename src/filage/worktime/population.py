"""Who a row concerns: what is known of a worker, and the named populations over it.

A population answers True, False, or None when a fact is missing to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from filage.kernel.text import fold
from filage.worktime.limit import read_data
from filage.worktime.shift import Setting, Worker

ARTISTS = frozenset({"dramatic", "lyric", "dancer", "musician", "circus", "interpreter", "extra"})
TECHNICIANS = frozenset({"technician", "safety", "roads", "driver"})
GROUPS = (*sorted(ARTISTS), *sorted(TECHNICIANS), "office")
ARTIST_STATUSES = ("artiste", "figurant")
TECHNICAL_STATUSES = ("technicien", "realisateur")
ADULT, YOUNG_WORKER = 18, 16
Answer = bool | None


class Profile(NamedTuple):
    """What the rules ask of a worker: `group` is empty and `artist`, `permanent`… None when nobody said."""

    group: str = ""
    artist: Answer = None
    technician: Answer = None
    permanent: Answer = None
    full_time: Answer = None
    night_worker: bool = False
    listed_2642: bool = False
    place: str = ""
    annex: str = ""
    two_hour_job: bool = False


class Someone(NamedTuple):
    """A profile at an age: None when the birth date is not known."""

    profile: Profile
    age: int | None


def group_names() -> tuple[str, ...]:
    """Every way to name a group: slugs, then the words of the texts."""
    return (*GROUPS, *(one["name"] for one in _named()))


def group_of(written: str) -> Mapping[str, Any] | None:
    """What a group's name says; None when nobody knows that name. Case and accents do not count."""
    return _groups().get(fold(written))


@lru_cache(maxsize=4_096)
def profile_of(worker: Worker, setting: Setting) -> Profile:
    """Return what is known of a worker under a setting; an unknown group counts as not given."""
    said = group_of(worker.job_group) or {} if worker.job_group else {}
    group = said.get("group", "")
    status = worker.status
    if not group and status == "figurant":
        group = "extra"
    artist = said.get("artist")
    if artist is None:
        artist = _either(group in ARTISTS, bool(group), status in ARTIST_STATUSES, bool(status))
    technician = (
        False
        if artist
        else _either(group in TECHNICIANS, bool(group), status in TECHNICAL_STATUSES, bool(status))
    )
    permanent = said.get("permanent", True if worker.permanent or status == "permanent" else None)
    if said.get("fixed_term"):
        permanent = False
    return Profile(
        group=group,
        artist=artist,
        technician=technician,
        permanent=permanent if permanent is not None else (False if status else None),
        full_time=said.get("full_time", True if worker.full_time else None),
        night_worker=said.get("night_worker", False),
        listed_2642=said.get("listed_2642", False) or "2642-REPOS-9H" in setting.agreements,
        place=said.get("place", ""),
        annex=said.get("annex", setting.annex or ""),
        two_hour_job=any(word in fold(worker.job) for word in _TWO_HOUR_JOBS),
    )


_TWO_HOUR_JOBS = ("projectionniste", "menage", "gardien", "caiss", "accueil", "bar", "billet")
"""Jobs that CCNEAC VI.6.1 lets be called for two hours."""


def _either(by_group: bool, has_group: bool, by_status: bool, has_status: bool) -> Answer:  # noqa: FBT001 - two answers and whether each was given
    if has_group:
        return by_group
    return by_status if has_status else None


@cache
def _named() -> tuple[dict[str, Any], ...]:
    return tuple(read_data("populations"))


@cache
def _groups() -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = {group: {"group": group} for group in GROUPS}
    for one in _named():
        for name in (one["name"], *one.get("also", ())):
            known[fold(name)] = one
    return known


def _in_group(*groups: str) -> Callable[[Someone], Answer]:
    """In one of these groups; unknown for an artist, or for anyone, whose group nobody said."""
    artists, technicians = ARTISTS.isdisjoint(groups), TECHNICIANS.isdisjoint(groups)

    def answer(one: Someone) -> Answer:
        profile = one.profile
        if profile.group:
            return profile.group in groups
        impossible = (artists or profile.artist is False) and (technicians or profile.technician is False)
        return False if impossible else None

    return answer


def _annex(number: str, inner: Callable[[Someone], Answer]) -> Callable[[Someone], Answer]:
    """In a population of one annex of IDCC 3090; unknown while nobody said the annex."""

    def answer(one: Someone) -> Answer:
        if one.profile.annex:
            return inner(one) if one.profile.annex == number else False
        return False if inner(one) is False else None

    return answer


def _aged(first: int, below: int) -> Callable[[Someone], Answer]:
    return lambda one: None if one.age is None else first <= one.age < below


def _artists(one: Someone) -> Answer:
    return one.profile.artist


def _technicians(one: Someone) -> Answer:
    return one.profile.technician


def _everyone(_one: Someone) -> Answer:
    return True


def _shoots(place: str) -> Callable[[Someone], Answer]:
    def answer(one: Someone) -> Answer:
        if one.profile.technician is not True:
            return one.profile.technician
        return one.profile.place == place if one.profile.place else None

    return answer


def _is_adult(one: Someone) -> Answer:
    """An adult, and anybody whose age is not known: the rules of the young are then said not to be checked."""
    return one.age is None or one.age >= ADULT


def _opposite(answer: Answer) -> Answer:
    return None if answer is None else not answer


_TRAVELLERS_APART = frozenset({"musician", "dramatic", "circus"})

POPULATIONS: Mapping[str, Callable[[Someone], Answer]] = {
    "everyone": _everyone,
    "adults": _is_adult,
    "under_18": _aged(0, ADULT),
    "age_16_17": _aged(YOUNG_WORKER, ADULT),
    "under_16": _aged(0, YOUNG_WORKER),
    "under_3": _aged(0, 3),
    "age_3_5": _aged(3, 6),
    "age_6_11": _aged(6, 12),
    "age_12_15": _aged(12, YOUNG_WORKER),
    "age_13_15": _aged(13, YOUNG_WORKER),
    "not_artists": lambda one: _opposite(one.profile.artist),
    "permanents": lambda one: one.profile.permanent,
    "full_time": lambda one: one.profile.full_time,
    "technical_and_safety": _technicians,
    "general_travellers": lambda one: one.profile.group not in _TRAVELLERS_APART,
    "musicians": _in_group("musician"),
    "musicians_fixed_term": lambda one: False if one.profile.permanent else _in_group("musician")(one),
    "dramatic": _in_group("dramatic"),
    "dramatic_and_circus": _in_group("dramatic", "circus"),
    "dramatic_dance_circus": _in_group("dramatic", "dancer", "circus"),
    "dancers": _in_group("dancer"),
    "circus": _in_group("circus"),
    "drivers": lambda one: one.profile.group == "driver",
    "not_drivers": lambda one: one.profile.group != "driver",
    "listed_jobs_2642": lambda one: one.profile.listed_2642,
    "technicians": _technicians,
    "technicians_paris": _shoots("paris"),
    "technicians_region": _shoots("region"),
    "interpreters": lambda one: False if one.profile.group == "extra" else one.profile.artist,
    "extras": lambda one: one.profile.group == "extra",
    "annex_1_artists": _annex("1", _artists),
    "annex_1_rehearsers": _annex("1", _in_group("dramatic", "lyric", "dancer")),
    "annex_1_musicians": _annex("1", _in_group("musician")),
    "annex_1_technicians": _annex("1", _technicians),
    "annex_2": _annex("2", _everyone),
    "annex_2_technicians": _annex("2", _technicians),
    "annex_2_artists": _annex("2", _artists),
    "annex_4": _annex("4", _everyone),
    "annex_4_technicians": _annex("4", _technicians),
    "annex_4_artists": _annex("4", _artists),
    "annex_4_roads": _annex("4", _in_group("roads")),
}
"""The named populations that data may use."""

_AGES = frozenset(
    {"under_18", "age_16_17", "under_16", "under_3", "age_3_5", "age_6_11", "age_12_15", "age_13_15"}
)


def needs_of(population: str, someone: Someone) -> str:
    """The fact whose absence keeps a population from answering, in French, with its name in a file."""
    if population in _AGES:
        return "la date de naissance (birth_date)"
    if population.startswith("annex_") and not someone.profile.annex:
        return "l’annexe de la convention (annex)"
    if population in ("technicians_paris", "technicians_region") and someone.profile.technician:
        return "le lieu du tournage, en région parisienne ou non (job_group)"
    if population in ("permanents", "full_time"):
        return "le contrat de la personne, permanent ou à temps plein (job_group)"
    return "la population de la personne (job_group)"
