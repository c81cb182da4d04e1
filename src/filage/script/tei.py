"""Reads a play in TEI (DraCor flavour): leaf scenes, who speaks, words said, cast list, versions of a text.

Source of the vocabulary: TEI P5 guidelines, chapter « Performance Texts ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import fold
from filage.script.draft import Direction, Draft, DraftScene, PrintedKind, Remark, Speech
from filage.script.ids import Unique, slug
from filage.script.numbering import scene_number
from filage.script.words import squeeze
from filage.script.xml import local

_LINE = "\x1e"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_UNSPOKEN = {"speaker", "stage", "note", "head", "sp", "fw", "figure", "del", "castList"}
_APART = {"p", "l", "lg", "ab", "quote", "cit", "floatingText", "list", "item", "table", "row", "cell"}
_BREAKS = {"lb", "pb", "cb", "milestone"}
_CHOSEN = ("corr", "reg", "expan")
_SIGLUM = re.compile(r"\(\s*([A-Z]{1,3}\s?\d{1,3}[a-z]?|[A-Z]{1,2})\s*\)\s*$")
_VERSION_TYPES = {"version", "draft", "variant", "fassung", "witness", "etat", "manuscript"}
_VERSION_WORDS = re.compile(
    r"\b(version|fassung|entwurf|draft|brouillon|ebauche|handschrift|reinschrift|manuscrit|manuscript)\b"
)
_ACT_WORD = re.compile(r"\b(acte?|akt|aufzug|atto|acto|jornada)\b")
_ARTICLES = {
    *("der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une"),
    *("the", "a", "an", "il", "lo", "i", "el"),
}

_Div = etree._Element  # noqa: SLF001  (the only name lxml gives its elements)


def draft_tei(root: _Div, *, name: str, stem: str) -> Draft:
    """Return what a TEI play holds; a text without a scene is refused."""
    divs = [element for element in root.iter() if re.fullmatch(r"div\d?", local(element))]
    leaves = [div for div in divs if _is_scene(div) and not any(_is_scene(d) for d in div.iterdescendants())]
    if not leaves:
        raise BadInput(
            Problem(
                "aucune scène dans ce texte TEI",
                file=name,
                expected='des <div type="scene">',
                suggestion="marquez chaque scène ainsi, à l’intérieur des actes",
            )
        )
    draft = Draft(title=_title(root) or stem, format="tei")
    versions = _versions(leaves)
    draft.versions = {ident: _head(div) or f"Version {ident}" for div, ident in versions.items()}
    draft.names = _listed(root)
    cast = _Cast(draft)
    place = _Places(versions)
    for leaf in leaves:
        draft.scenes.append(_scene(leaf, place, cast))
    held = set(leaves)
    for speech in root.iter("{*}sp"):
        if held.isdisjoint(speech.iterancestors()):
            draft.homeless.append(cast.speech(speech))
    _add_cast_list(root, draft)
    return draft


def _is_scene(element: _Div) -> bool:
    return local(element).startswith("div") and element.get("type", "").lower() == "scene"


def _title(root: _Div) -> str:
    for title in root.iterfind("{*}teiHeader/{*}fileDesc/{*}titleStmt/{*}title"):
        if title.get("type", "main") == "main":
            return squeeze("".join(_said(title)))
    return ""


def _head(div: _Div) -> str:
    return squeeze(" ".join("".join(_said(head)) for head in div.iterfind("{*}head")))


# -- versions, parts and acts ----------------------------------------------------------------------


def _siglum(div: _Div) -> str:
    found = _SIGLUM.search(_head(div))
    return slug(found[1], "") if found else ""


def _tells_a_version(div: _Div) -> bool:
    if div.get("type", "").lower() in _VERSION_TYPES or _siglum(div):
        return True
    return not _is_act(div) and bool(_VERSION_WORDS.search(fold(_head(div))))


def _is_act(div: _Div) -> bool:
    kind = div.get("type", "").lower()
    return kind == "act" or (kind not in {"scene", "part"} and bool(_ACT_WORD.search(fold(_head(div)))))


def _divs_above(leaf: _Div) -> list[_Div]:
    above = [element for element in leaf.iterancestors() if local(element).startswith("div")]
    return above[::-1]


def _versions(leaves: list[_Div]) -> dict[_Div, str]:
    """Give the id of each version: the siglum that ends its head (« (H1) »), else its rank among them."""
    above = list(dict.fromkeys(div for leaf in leaves for div in _divs_above(leaf)))
    level = next((div.getparent() for div in above if _tells_a_version(div)), None)
    if level is None:
        return {}
    ids = Unique()
    siblings = [div for div in above if div.getparent() is level]
    return {div: ids.take(_siglum(div) or str(rank)) for rank, div in enumerate(siblings, start=1)}


class _Places:
    """Says where each scene stands: version, part, act, and the id that follows from it."""

    def __init__(self, versions: dict[_Div, str]) -> None:
        self._versions = versions
        self._ranks: dict[_Div, int] = {}
        self._counts: dict[tuple[_Div | None, str], int] = {}

    def describe(self, leaf: _Div) -> tuple[list[str], dict[str, str]]:
        """Return the steps of the scene's id and its version, part and act."""
        steps: list[str] = []
        names: dict[str, str] = {}
        for div in _divs_above(leaf):
            if div in self._versions:
                steps.append(self._versions[div])
                names["version"] = self._versions[div]
                continue
            level = "act" if _is_act(div) else "part"
            rank = self._rank(div, level)
            names[level] = _head(div) or div.get("n") or f"{'Acte' if level == 'act' else 'Partie'} {rank}"
            steps.append(str(rank) if level == "act" else f"p{rank}")
        return steps, names

    def _rank(self, div: _Div, level: str) -> int:
        if div not in self._ranks:
            key = (div.getparent(), level)
            self._counts[key] = self._counts.get(key, 0) + 1
            self._ranks[div] = self._counts[key]
        return self._ranks[div]

    def scene_rank(self, leaf: _Div) -> int:
        """Return the rank of a scene among its siblings."""
        return self._rank(leaf, "scene")


# -- scenes and speeches ---------------------------------------------------------------------------


def _scene(leaf: _Div, place: _Places, cast: _Cast) -> DraftScene:
    heading = _head(leaf)
    number = leaf.get("n") or scene_number(heading)
    rank = place.scene_rank(leaf)
    steps, names = place.describe(leaf)
    scene = DraftScene(
        wanted_id=slug("-".join([*steps, number or str(rank)]), "scene"),
        number=number,
        heading=heading or f"Scène {number or rank}",
        line=_line(leaf),
        version=names.get("version"),
        part=names.get("part"),
        act=names.get("act"),
    )
    scene.print("heading", scene.heading)
    for element in leaf.iterdescendants():
        kind = local(element)
        if kind == "sp":
            scene.blocks.append(cast.speech(element))
            for printed, text in _page(element):
                scene.print(printed, text)
        elif kind == "stage" and (text := squeeze("".join(_said(element)))):
            scene.blocks.append(Direction(text))
            if not any(local(above) == "sp" for above in element.iterancestors()):
                scene.print("stage", text)
    return scene


class _Cast:
    """Knows who speaks: resolves `who`, and meets speakers the cast list forgot."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def speech(self, element: _Div) -> Speech:
        """Return one `sp`: its speakers, its label, the words said."""
        label = squeeze(" ".join("".join(_said(speaker)) for speaker in element.iterfind("{*}speaker")))
        named = [who.lstrip("#") for who in element.get("who", "").split()]
        keys = tuple(dict.fromkeys(key for key in named if key))
        for key in keys:
            if key not in self._draft.names:
                self._meet(key, label if len(keys) == 1 else "", _line(element))
        return Speech(keys, label.strip(" .:"), squeeze("".join(_said(element))), _line(element))

    def _meet(self, key: str, label: str, line: int) -> None:
        name = label.strip(" .:") or key.replace("_", " ")
        self._draft.names[key] = name
        message = f'« {name} » (who="#{key}") parle sans être dans la liste des personnages ; rôle ajouté.'
        self._draft.remarks.append(Remark("script.unlisted_speaker", message, line))


def _page(speech: _Div) -> Iterator[tuple[PrintedKind, str]]:
    """One `sp` as it is read: who speaks, what is said line by line, the directions between."""
    for kind, parts in groupby(_parts(speech), key=lambda part: part[0]):
        lines = "".join(_LINE if text is None else text.replace(_LINE, " ") for _, text in parts).split(_LINE)
        yield kind, "\n".join(line for line in map(squeeze, lines) if line)


def _parts(element: _Div) -> Iterator[tuple[PrintedKind, str | None]]:
    """Yield each stretch of text with its kind; None where a line of verse or a paragraph ends."""
    yield "speech", element.text or ""
    for child in element:
        kind = local(child)
        if kind == "speaker":
            yield "cue", squeeze("".join(_said(child)))
        elif kind == "stage":
            yield "stage", squeeze("".join(_said(child)))
        elif kind == "choice":
            yield from _parts(_chosen(child))
        elif kind in _BREAKS:
            yield "speech", "" if child.get("break") == "no" else " "
        elif kind in _APART:
            yield "speech", None
            yield from _parts(child)
            yield "speech", None
        elif kind and kind not in _UNSPOKEN:
            yield from _parts(child)
        else:
            yield "speech", " "
        yield "speech", child.tail or ""


def _line(element: _Div) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def _said(element: _Div) -> Iterator[str]:
    """Yield the text a reader hears: no speaker name, stage direction or note; a space where a line ends."""
    yield element.text or ""
    for child in element:
        kind = local(child)
        if kind == "choice":
            yield from _said(_chosen(child))
        elif kind in _BREAKS:
            yield "" if child.get("break") == "no" else " "
        elif kind in _APART:
            yield " "
            yield from _said(child)
            yield " "
        elif kind and kind not in _UNSPOKEN:
            yield from _said(child)
        else:
            yield " "
        yield child.tail or ""


def _chosen(choice: _Div) -> _Div:
    """Of several readings, the corrected one."""
    readings = [child for child in choice if local(child)]
    return next((child for child in readings if local(child) in _CHOSEN), readings[0] if readings else choice)


# -- who is listed ---------------------------------------------------------------------------------


def _listed(root: _Div) -> dict[str, str]:
    """Return the names of `listPerson` by id, in its order."""
    names: dict[str, str] = {}
    for person in root.iterfind(".//{*}listPerson//*"):
        key = person.get(_XML_ID)
        if local(person) in {"person", "personGrp"} and key:
            found = next((child for child in person if local(child) in {"persName", "name"}), None)
            text = squeeze("".join(_said(found))) if found is not None else ""
            names[key] = text or key.replace("_", " ")
    return names


def _add_cast_list(root: _Div, draft: Draft) -> None:
    """Keep those the printed cast list names and nobody else: servants who never speak, a crowd."""
    known = _KnownNames(draft.names)
    for item in root.iter("{*}castItem"):
        roles = list(item.iter("{*}role"))
        for key, text in _roles(roles) if roles else [("", _printed(item))]:
            if text and key not in draft.names and not known.covers(text):
                draft.names.setdefault(key or text, text)
                known.add(text)


class _KnownNames:
    """Recognises « Der Präsident des Staatsrats » as Präsident: every word of the name, articles apart."""

    def __init__(self, names: dict[str, str]) -> None:
        self._by_word: dict[str, list[frozenset[str]]] = {}
        for name in names.values():
            self.add(name)

    def add(self, name: str) -> None:
        """Know one more name."""
        words = _significant(name)
        if words:
            self._by_word.setdefault(min(words), []).append(words)

    def covers(self, text: str) -> bool:
        """Whether every word of a known name is in this text."""
        words = _significant(text)
        return any(name <= words for word in words for name in self._by_word.get(word, ()))


def _roles(roles: list[_Div]) -> list[tuple[str, str]]:
    keys = [(role.get("corresp") or role.get(_XML_ID) or "").lstrip("#") for role in roles]
    return [(key, squeeze("".join(_said(role)))) for key, role in zip(keys, roles, strict=True)]


def _printed(item: _Div) -> str:
    return squeeze("".join(_said(item))).rstrip(" .")


def _significant(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(name))) - _ARTICLES
