"""What requests write: headings, files, pieces ticked; and the document itself, drawn or frozen as a version."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any, Final

from filage.documents.merge_pdf import Assembled, Piece, piece_of
from filage.facts.dossier import Dossier
from filage.facts.funding import Funding, Request
from filage.funding.request_headings import REPORT, form_of
from filage.funding.request_json import digest
from filage.funding.request_proposals import proposed
from filage.kernel import french
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import fold
from filage.law import load_law
from filage_web import clock
from filage_web.accounts.models import Structure, User
from filage_web.funding.requests_queries import content_of, paper_of
from filage_web.store.files import GivenFile, bytes_of, keep_file
from filage_web.store.issued import EVERYBODY, Copy, Frozen, OutrunError, Paper, freeze, plan
from filage_web.store.models import File, Production
from filage_web.store.outcomes import Opened

SCHEMA: Final = 1
ATTEMPTS: Final = 3


# --- what is written --------------------------------------------------------------------------------------------------


def texts_changed(request: Request, dossier: Dossier, typed: Mapping[str, str]) -> tuple[Change, ...]:
    """The change that keeps what was typed under the headings; a text left as proposed stays proposed."""
    form, on = form_of(request.purpose), clock.today()
    known = {one.topic: one.text for one in request.texts}
    for topic, text in typed.items():
        heading = form.heading(topic)
        offered = proposed(heading.proposal, dossier, on).text if heading else ""
        written = _plain(text)
        if written and (written != _plain(offered) or topic in known):
            known[topic] = written
        else:
            known.pop(topic, None)
    texts = [{"topic": topic, "text": text} for topic, text in known.items()]
    if texts == [{"topic": one.topic, "text": one.text} for one in request.texts]:
        return ()
    return (set_(request.about, texts=texts) if texts else set_(request.about, clear=("texts",)),)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def files_changed(request: Request, names: Iterable[str]) -> Change:
    """The change that gives a request its list of files."""
    kept = list(dict.fromkeys(names))
    return set_(request.about, files=kept) if kept else set_(request.about, clear=("files",))


def kept_names(structure: Structure, production: str, files: Iterable[Any], actor: User) -> list[str]:
    """Keep files given, each under a name no other file has; their names. BadInput when one is refused."""
    anchor = Production.objects.get(structure=structure, slug=production)
    known = dict(File.objects.filter(production=anchor).values_list("name", "sha256"))
    names = []
    for given in files:
        name = PurePath(str(given.name).replace("\\", "/")).name
        file = GivenFile(name, bytes(given.read()), given.content_type or "application/octet-stream")
        path, rank = PurePath(name), 2
        while known.get(file.name, file.sha256) != file.sha256:
            file = GivenFile(f"{path.stem} ({rank}){path.suffix}", file.data, file.media_type)
            rank += 1
        names.append(str(keep_file(structure, anchor, file, actor=actor).name))
        known[file.name] = file.sha256
    return names


def piece_ticked(funding: Funding, label: str) -> Change:
    """The change that says a piece gathered, or takes it back; it keeps the names as they were given."""
    gathered = [one for one in funding.gathered if fold(one) != fold(label)]
    missing = [one for one in funding.missing if fold(one) != fold(label)]
    if len(gathered) == len(funding.gathered):
        gathered.append(label)
    elif len(missing) < len(funding.missing) or label in funding.gathered:
        missing.append(label)
    values = {"gathered": gathered, "missing": missing}
    clear = tuple(name for name, value in values.items() if not value)
    return set_(funding.about, clear=clear, **{name: value for name, value in values.items() if value})


def sent_changes(request: Request, funding: Funding | None) -> list[Change]:
    """What follows from having sent a request: its day, and the funding that becomes « demandé »."""
    today = clock.today().isoformat()
    changes = [set_(request.about, on=today)]
    if funding is not None and request.purpose != REPORT and funding.state == "to_ask":
        changes.append(set_(funding.about, state="asked", asked_on=today))
    return changes


# --- the document -----------------------------------------------------------------------------------------------------


def pieces_read(structure: Structure, production: str, names: Iterable[str]) -> list[Piece]:
    """Read the files of a request, those the production no longer has kept by name; one query."""
    wanted = list(names)
    mine = File.objects.filter(structure=structure, production__slug=production, name__in=wanted)
    files = {file.name: file for file in mine.select_related("structure")}
    return [piece_of(name, bytes_of(files[name]) if name in files else None) for name in wanted]


def drawn(
    structure: Structure, production: str, request: Request, content: Mapping[str, Any], stamp: str = ""
) -> Assembled:
    """Make the PDF of a request from what it says."""
    form = form_of(request.purpose)
    told = {"form": form.form, "warning": form.warning, "source": form.source}
    pieces = pieces_read(structure, production, content["files"])
    more = {"stamp": stamp} if stamp else {}
    if request.purpose == REPORT:
        from filage.documents.financial_report_pdf import financial_report_pdf

        return financial_report_pdf(content, pieces, told, **more)
    from filage.documents.request_pdf import request_pdf

    return request_pdf(content, pieces, told, **more)


def issue(structure: Structure, production: str, opened: Opened, request: Request, *, actor: User) -> Frozen:
    """Freeze what a request says today as its next version. UnchangedError when nothing moved since the last one."""
    label = f"{request.label}, {opened.dossier.production.label}"
    paper = Paper(*paper_of(request), label, None, SCHEMA, load_law().digest)
    _made, content = content_of(structure, production, opened.outcome, request, clock.today())
    for _attempt in range(ATTEMPTS):
        planned = plan(structure, production, paper, [Copy(EVERYBODY, content, digest(content))])
        stamp = f"Version {planned.version}, émise le {french.day(clock.today())}"
        data = drawn(structure, production, request, content, stamp).data
        copies = tuple(Copy(one.recipient, one.content, one.sha256, data) for one in planned.copies)
        try:
            return freeze(
                structure, production, paper, type(planned)(planned.version, planned.new, copies), actor=actor
            )
        except OutrunError:
            continue
    raise BadInput(Problem("quelqu’un d’autre émet ce document en ce moment : réessayez"))
