"""Reads XML one may have received from anybody: no document type, no entity, no network, no giant."""

from __future__ import annotations

from typing import Any, cast
from xml.parsers import expat

from lxml import etree

from filage.kernel.errors import BadInput, Problem

_RETRY = "enregistrez de nouveau le fichier depuis le logiciel d’origine, ou téléchargez-le de nouveau"
_CUT = {
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED,
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY,
    etree.ErrorTypes.ERR_DOCUMENT_END,
}
_SAYS = {
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "une balise est fermée sous un autre nom qu’à l’ouverture",
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: "une entité (&nom;) n’est pas définie",
    etree.ErrorTypes.ERR_INVALID_CHAR: "un caractère interdit en XML",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "un caractère n’est pas dans l’encodage annoncé",
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING: "l’encodage annoncé est inconnu",
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
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput(_problems(error, name)) from None
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


def _problems(error: Exception, name: str) -> list[Problem]:
    log: Any = error.error_log if isinstance(error, etree.XMLSyntaxError) else []
    entries = list(log)
    if not entries:
        return [Problem("XML illisible", file=name, suggestion=_RETRY)]
    return [_problem(entry.type, entry.line, name) for entry in entries[:5]]


def _problem(kind: int, line: int, name: str) -> Problem:
    if kind in _CUT:
        return Problem(
            "le fichier s’arrête avant la fin du texte XML", file=name, line=line or None, suggestion=_RETRY
        )
    message = _SAYS.get(kind, "XML mal formé")
    return Problem(message, file=name, line=line or None, suggestion=f"corrigez cette ligne, ou {_RETRY}")
