"""The texts the tests read, and small ones made for one question."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from filage.script.read import read_script
from filage.script.shape import Script

ROOT = Path(__file__).parents[2]
PLAYS = ROOT / "examples" / "scripts"
FIXTURES = ROOT / "tests" / "fixtures" / "scripts"
WOYZECK = PLAYS / "buechner-woyzeck.tei.xml"
LEONCE = PLAYS / "buechner-leonce-und-lena.tei.xml"
NAVETTE = PLAYS / "la-derniere-navette.fountain"


@cache
def read(path: Path, version: str | None = None) -> Script:
    return read_script(path.read_bytes(), name=path.name, version=version)


def fountain(text: str) -> Script:
    return read_script(text.encode(), name="essai.fountain")


def tei(body: str, *, people: str = "", front: str = "", title: str = "Essai") -> Script:
    return read_script(tei_bytes(body, people=people, front=front, title=title), name="essai.xml")


def tei_bytes(body: str, *, people: str = "", front: str = "", title: str = "Essai") -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt></fileDesc>
<profileDesc><particDesc><listPerson>{people}</listPerson></particDesc></profileDesc></teiHeader>
<text><front>{front}</front><body>{body}</body></text></TEI>""".encode()


def fdx(content: str, *, after: str = "") -> Script:
    return read_script(fdx_bytes(content, after=after), name="essai.fdx")


def fdx_bytes(content: str, *, after: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5"><Content>
{content}
</Content>{after}</FinalDraft>""".encode()


def said(kind: str, text: str, *, inside: str = "", **attributes: str) -> str:
    """One paragraph of a Final Draft file."""
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<Paragraph Type="{kind}"{given}>{inside}<Text>{text}</Text></Paragraph>\n'
