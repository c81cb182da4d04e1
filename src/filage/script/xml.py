"""Reads XML one may have received from anybody: no document type, no entity, no network, no giant."""

from __future__ import annotations

from typing import Any, cast
from xml.parsers import expat

from lxml import etree

from filage.kernel.errors import BadInput, Problem

_RETRY = "enregistrez de nouveau le fichier depuis le logiciel d’origine, ou téléchargez-le de nouveau"
_SAYS = {
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "une balise est fermée sous un autre nom qu’à l’ouverture",
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: "une entité (&nom;) n’est pas définie",
    etree.ErrorTypes.ERR_INVALID_CHAR: "un caractère interdit en XML",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "un caractère n’est pas dans l’encodage annoncé",
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING: "l’encodage annoncé est inconnu",
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: "l’encodage annoncé est inconnu",
    etree.ErrorTypes.ERR_ATTRIBUTE_REDEFINED: "un attribut est donné deux fois",
}


class _Prologue(Exception):
    """The document starts without a document type."""


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def parse_xml(data: bytes, *, name: str) -> etree._Element:
    """Return the root of an XML file, or say at which line it stops being one."""
    _refuse_doctype(data, name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BadInput(_problems(data, parser, name)) from None
    if cast("Any", root.getroottree().docinfo).doctype:
        raise _doctype(name, None)
    return root


def _refuse_doctype(data: bytes, name: str) -> None:
    """Read up to the root element only: an entity is never expanded."""
    reader = expat.ParserCreate()

    def start_doctype(*_: object) -> None:
        raise _doctype(name, reader.CurrentLineNumber)

    def start_element(*_: object) -> None:
        raise _Prologue

    reader.StartDoctypeDeclHandler = start_doctype
    reader.StartElementHandler = start_element
    try:
        reader.Parse(data, True)
    except (_Prologue, expat.ExpatError, ValueError, LookupError):
        return


def _doctype(name: str, line: int | None) -> BadInput:
    return BadInput(
        Problem(
            "ce fichier déclare un type de document (<!DOCTYPE …>) ou des entités : refusé par sécurité",
            file=name,
            line=line,
            suggestion="retirez cette déclaration et écrivez les caractères eux-mêmes",
        )
    )


def _problems(data: bytes, parser: etree.XMLParser, name: str) -> list[Problem]:
    # The parser's own log: the one of the exception also holds the errors of files read before.
    log: Any = parser.error_log
    entries = {entry.line: entry.type for entry in reversed(list(log))}
    if not data.rstrip().endswith(b">") or etree.ErrorTypes.ERR_TAG_NOT_FINISHED in entries.values():
        line = data.rstrip().count(b"\n") + 1
        return [_problem("le fichier s’arrête avant la fin du texte XML", name, line, _RETRY)]
    known = sorted(entries.items()) or [(0, 0)]
    fix = f"corrigez cette ligne, ou {_RETRY}"
    return [_problem(_SAYS.get(kind, "XML mal formé"), name, line, fix) for line, kind in known]


def _problem(message: str, name: str, line: int, suggestion: str) -> Problem:
    return Problem(message, file=name, line=line or None, suggestion=suggestion)
