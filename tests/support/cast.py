"""The cast of every test of the office: compagnie Le Fil, who works there, who does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.test import Client

from filage.facts.reading import read_dossier
from filage.kernel.changes import add, set_
from filage.planning.schedule.laying_json import layout_json
from filage.planning.schedule.laying_layout import Layout
from filage.planning.sheets import content_of, to_json
from filage_web import clock
from filage_web.accounts import addresses, services
from filage_web.accounts.models import Membership, PrivateLink, Structure, User
from filage_web.accounts.roles import Role
from filage_web.jobs.models import Computation
from filage_web.store.changes import apply
from filage_web.store.files import GivenFile, keep_file
from filage_web.store.issued import Copy, Paper, freeze, last_version, plan
from filage_web.store.models import ChangeSet, Production, Row
from filage_web.store.queries import dossier_of

PASSWORD = "une phrase de passe"
EXAMPLE = Path(__file__).parents[2] / "examples" / "woyzeck.filage.yaml"
PRODUCTION = "woyzeck"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550"
    "000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
"""A picture of one point."""
SHEET = ("call_sheet", "2026-11-05")
"""A sheet that may be issued once Dana is at an event."""


@dataclass
class Cast:
    """Le Fil's people, and a browser for each."""

    structure: Structure
    alice: User
    bob: User
    agnes: User
    rene: User
    charlie: User
    dana_link: PrivateLink
    dana_token: str
    production: str = PRODUCTION
    _browsers: dict[str, Client] = field(default_factory=dict)

    def role(self, name: str) -> Role | None:
        """What someone of the cast is at Le Fil."""
        if name == "dana":
            return Role.PARTICIPANT
        if name == "anonymous":
            return None
        found = Membership.objects.filter(structure=self.structure, user=getattr(self, name)).first()
        return Role(found.role) if found else None

    def browser(self, name: str) -> Client:
        """A browser where someone of the cast is signed in (Dana and the anonymous have no account)."""
        if name not in self._browsers:
            client = Client()
            if name not in {"dana", "anonymous"}:
                client.force_login(getattr(self, name), backend="django.contrib.auth.backends.ModelBackend")
            self._browsers[name] = client
        return self._browsers[name]

    def address(self, path: str = "") -> str:
        """An address in Le Fil's production."""
        return f"/s/{self.structure.slug}/p/{self.production}/{path}"


EVERYBODY = ("alice", "agnes", "bob", "rene", "charlie", "dana", "anonymous")
"""Owner, administrator, producer, reader, stranger, participant, anonymous."""


def make_cast() -> Cast:
    """Write the cast in the database: also for tests that need a real transaction."""
    alice = User.objects.create_user("alice@lefil.test", PASSWORD, name="Alice Ferrand")
    structure = services.create_structure("Compagnie Le Fil", alice, slug="le-fil")
    others = {}
    for name, full_name, role in (
        ("bob", "Bob Lenoir", Role.PRODUCER),
        ("agnes", "Agnès Roy", Role.ADMINISTRATOR),
        ("rene", "René Vidal", Role.READER),
    ):
        others[name] = User.objects.create_user(f"{name}@lefil.test", PASSWORD, name=full_name)
        services.add_member(structure, others[name], role)
    charlie = User.objects.create_user("charlie@ailleurs.test", PASSWORD, name="Charlie Dupré")
    services.create_structure("Ailleurs", charlie, slug="ailleurs")
    first = add(f"production/{PRODUCTION}", label="Woyzeck", form="theatre")
    apply(structure, PRODUCTION, [first], actor=alice, label="Création")
    link, token = services.make_private_link(structure, PRODUCTION, "dana", label="Dana Morel", by=alice)
    return Cast(structure, alice, charlie=charlie, dana_link=link, dana_token=token, **others)


def load_example(cast: Cast) -> None:
    """Give the production everything the Woyzeck example knows."""
    dossier = read_dossier(EXAMPLE.read_bytes())
    wanted = [
        set_(fact.about, **values) if fact.kind in {"production", "employer"} else add(fact.about, **values)
        for fact in dossier
        for values in [fact.model_dump(exclude_none=True, exclude={"id"})]
    ]
    apply(cast.structure, cast.production, wanted, actor=cast.alice, label="Exemple")


def _known(cast: Cast, about: str, **values: Any) -> str:
    """Make sure a fact exists; its id."""
    kind, _, ident = about.partition("/")
    if not Row.objects.filter(structure=cast.structure, kind=kind, ident=ident).exists():
        apply(cast.structure, cast.production, [add(about, **values)], actor=cast.alice)
    return ident


def _any(cast: Cast, kind: str) -> str:
    """The id of some fact of a kind: those of the example."""
    found = Row.objects.filter(structure=cast.structure, kind=kind).order_by("ident")
    return found.values_list("ident", flat=True).first() or f"no-{kind}"


def _engagement(cast: Cast) -> str:
    """Somebody engaged; the engagement's id."""
    _known(cast, "person/dana", given_name="Dana", family_name="Morel")
    _known(cast, "position/marie", label="Comédienne")
    values = {"starts_on": "2026-11-05", "ends_on": "2026-11-14", "unit": "cachet", "unit_pay": "160"}
    return _known(cast, "engagement/dana", person="person/dana", position="position/marie", **values)


def _shot(cast: Cast) -> str:
    """A shot of a scene, with its image; its id."""
    production = Production.objects.get(structure=cast.structure, slug=cast.production)
    keep_file(cast.structure, production, GivenFile("plan.png", DOT, "image/png"), actor=cast.alice)
    _known(cast, "scene/s1", label="Scène 1")
    return _known(cast, "shot/p1", scene="scene/s1", number="1/1", file="plan.png")


def _cue(cast: Cast) -> str:
    """A cue of a scene; its id."""
    _known(cast, "scene/s1", label="Scène 1")
    return _known(cast, "cue/l1", scene="scene/s1", department="light", label="Noir")


def _part(cast: Cast) -> str:
    """Dana's part in an event; its id."""
    _known(cast, "person/dana", given_name="Dana", family_name="Morel")
    _known(cast, "event/p1", type="performance", day="2026-11-05")
    return _known(cast, "participation/dana-p1", event="event/p1", person="person/dana")


def _last_write(cast: Cast) -> int:
    """The number of a write that can be undone by whoever edits the production."""
    written = apply(
        cast.structure,
        cast.production,
        [set_(f"production/{cast.production}", season="2026")],
        actor=cast.alice,
    )
    return (
        written.pk if written else ChangeSet.objects.filter(production__slug=cast.production).latest("pk").pk
    )


def _mark(cast: Cast) -> str:
    """A passage marked in a writing; its id."""
    _known(cast, "writing/note", label="Note", text="Une forêt, l’été. Un couteau brille.")
    return _known(cast, "mark/couteau", writing="writing/note", passage="Un couteau brille", start=18)


def _scouting(cast: Cast) -> str:
    """A place scouted for a set; its id."""
    _known(cast, "venue/pre", label="Le pré")
    return _known(cast, "scouting/pre", set="Pré", venue="venue/pre")


def _photo(cast: Cast) -> int:
    """A photo of a place scouted; the key of its file."""
    from io import BytesIO

    from PIL import Image

    raw = BytesIO()
    Image.new("RGB", (8, 6), "white").save(raw, "JPEG")
    production = Production.objects.get(structure=cast.structure, slug=cast.production)
    file = keep_file(cast.structure, production, GivenFile("pre.jpg", raw.getvalue()), actor=cast.alice)
    _scouting(cast)
    apply(cast.structure, cast.production, [set_("scouting/pre", photos=["pre.jpg"])], actor=cast.alice)
    return int(file.pk)


def _issued_request(cast: Cast) -> str:
    """A request issued once; its id."""
    paper = Paper("funding_request", "drac", "DRAC, aide au projet", None, 1, "law")
    copy = Copy("", {"purpose": "application"}, "sum", b"%PDF")
    if not last_version(cast.structure, cast.production, "funding_request", "drac"):
        freeze(cast.structure, cast.production, paper, plan(cast.structure, cast.production, paper, [copy]),
               actor=cast.alice)  # fmt: skip
    return "drac"


def _scenario(cast: Cast) -> str:
    return f"scenario={_any(cast, 'scenario')}"


def _delivery(cast: Cast) -> int:
    """The copy that Dana received of the sheet of a day; its number."""
    _part(cast)
    paper = Paper("call_sheet", "2026-11-05", "Feuille de service", date(2026, 11, 5), 1, "law")
    content = to_json(content_of(dossier_of(cast.structure, cast.production), *SHEET, date(2026, 10, 12)))
    copies = [Copy(about, content, "sum", b"%PDF", "Dana Morel") for about in ("", "person/dana")]
    planned = plan(cast.structure, cast.production, paper, copies, again=True)
    return freeze(cast.structure, cast.production, paper, planned, actor=cast.alice).deliveries[0].pk


def _sheet_key(cast: Cast) -> str:
    """A day that has a sheet, issued once."""
    _delivery(cast)
    return SHEET[1]


def _plan(cast: Cast) -> str:
    """A plan of rehearsals that may be looked for; its id."""
    _known(cast, "scene/s1", label="Scène 1", minutes="30")
    hours = [{"start": "14:00", "end": "18:00"}]
    values = {"type": "rehearse", "starts_on": "2026-11-02", "ends_on": "2026-11-04", "services": hours}
    return _known(cast, "plan/reprises", label="Reprises", **values)


def _envelope(cast: Cast) -> int:
    """A search of an envelope that is over, with one way found; its number."""
    way = {
        "levers": ["date/p1"], "labels": ["Renoncer à la date"], "value": "900.00",
        "losses": [{"kind": "dates", "words": "1 date"}],
        "changes": [{"op": "set", "about": "event/p1", "values": {"option": "cancelled"}}],
    }  # fmt: skip
    answer = {
        "measure": "cost", "target": "1000.00", "now": "1200.00", "reached": False, "lowest": "900.00",
        "levers": [{"id": "date/p1", "kind": "date", "label": "Renoncer à la date"}], "ways": [way], "reviews": 1,
        "left": 0, "largest": 1,
    }  # fmt: skip
    return Computation.objects.create(
        structure=cast.structure,
        production=Production.objects.get(structure=cast.structure, slug=cast.production),
        kind="envelope",
        about="cost/1000/1@",
        revision=0,
        asked={"measure": "cost", "target": "1000", "size": 1, "reviews": 10, "scenario": ""},
        state=Computation.DONE,
        answer=answer,
        created_at=clock.now(),
    ).pk


def _computation(cast: Cast) -> int:
    """A search that is over, with the plan it found; its number."""
    zero = Decimal(0)
    return Computation.objects.create(
        structure=cast.structure,
        production=Production.objects.get(structure=cast.structure, slug=cast.production),
        kind="lay_out",
        about=f"plan/{_plan(cast)}",
        revision=0,
        state=Computation.DONE,
        answer=layout_json(Layout((), zero, zero, zero, "optimal", 0, 1.0)),
        created_at=clock.now(),
    ).pk


def _followed(cast: Cast) -> str:
    """A line of expense."""
    return f"line/{_known(cast, 'budget_line/toile', label='Toile', post='30', unit_price='100')}"


def _receipt(cast: Cast) -> int:
    """The picture of a receipt."""
    return _kept(cast, GivenFile("ticket 1.png", DOT, "image/png"))


def _statement(cast: Cast) -> int:
    """A list of expenses."""
    return _kept(cast, GivenFile("import d.csv", b"Date;Libelle;Montant\n01/10/2026;Clous;12\n", "text/csv"))


def _kept(cast: Cast, given: GivenFile) -> int:
    production = Production.objects.get(structure=cast.structure, slug=cast.production)
    return int(keep_file(cast.structure, production, given, actor=cast.alice).pk)


def _version(cast: Cast) -> str:
    """A version of the budget, with its frozen document; its id."""
    line = {"line": "line/decor", "label": "Décor", "post": "30", "amount": "900"}
    _known(cast, "budget_version/votee", label="Votée", on="2026-10-01", lines=[line])
    paper = Paper("budget_version", "votee", "Votée", None, 1, "law")
    planned = plan(cast.structure, cast.production, paper, [Copy("", {}, "sum", b"%PDF")], again=True)
    freeze(cast.structure, cast.production, paper, planned, actor=cast.alice)
    return "votee"


SAMPLES: dict[str, Callable[[Cast], Any]] = {
    "structure": lambda cast: cast.structure.slug,
    "production": lambda cast: cast.production,
    "membership": lambda cast: Membership.objects.get(structure=cast.structure, user=cast.bob).pk,
    "invitation": lambda cast: services.invite(cast.structure, "x@y.test", Role.READER, cast.alice)[0].pk,
    "link": lambda cast: cast.dana_link.pk,
    "token": lambda cast: cast.dana_token,
    "document": lambda cast: "calendrier",
    "form": lambda cast: "yaml",
    "file": lambda cast: (
        keep_file(
            cast.structure,
            Production.objects.get(structure=cast.structure, slug=cast.production),
            GivenFile("devis.txt", b"devis"),
            actor=cast.alice,
        ).pk
    ),
    "number": _last_write,
    "line": lambda _cast: "total/balance",
    "deal": lambda cast: _known(
        cast, "deal/ecluse", label="Écluse", type="cession", fee="4300", performances="2"
    ),
    "nature": lambda _cast: "corealisation",
    "figure": lambda _cast: "income",
    "kind": lambda _cast: "person",
    "person": lambda cast: _known(cast, "person/dana", given_name="Dana", family_name="Morel"),
    "event": lambda cast: _known(cast, "event/p1", type="performance", day="2026-11-05"),
    "template": lambda cast: _known(
        cast,
        "day_template/montage",
        label="Montage",
        events=[{"type": "setup", "start": "09:00", "end": "18:00"}],
    ),
    "engagement": _engagement,
    "part": _part,
    "task": lambda cast: _known(cast, "task/note", label="Note d’intention", checklist=[{"label": "Relue"}]),
    "paper": lambda _cast: "lignes",
    "ident": lambda cast: _known(cast, "person/dana", given_name="Dana", family_name="Morel"),
    "scenario_id": lambda cast: _any(cast, "scenario"),
    "scene": lambda cast: _known(cast, "scene/s1", label="Scène 1"),
    "element": lambda cast: _known(cast, "element/couteau", label="Couteau", category="props"),
    "cue": _cue,
    "shot": _shot,
    "writing": lambda cast: _known(
        cast, "writing/note", label="Note", text="Une forêt, l’été. Un couteau brille."
    ),
    "mark": _mark,
    "venue": lambda cast: _known(cast, "venue/pre", label="Le pré"),
    "expense": lambda cast: _known(cast, "expense/clous", label="Clous", amount="12.50", on="2026-10-01"),
    "commitment": lambda cast: _known(cast, "commitment/bois", label="Bois", amount="400", on="2026-09-01"),
    "figure_name": lambda _cast: "final",
    "scouting": _scouting,
    "topic": lambda _cast: "common-desir",
    "need": lambda cast: _known(cast, "need/gateau", label="Gâteau", estimate="140"),
    "plan": _plan,
    "computation": _computation,
    "search": _envelope,
    "rank": lambda _cast: 0,
    "presentation": lambda _cast: "cerfa_12156",
    "output": lambda _cast: "classeur",
    "version_id": _version,
    "request_id": lambda cast: _known(cast, "request/drac", label="DRAC, aide au projet"),
    "company": lambda cast: _known(cast, "company/ecluse", label="Théâtre de l’Écluse", role="coproducer"),
    "finding": lambda _cast: "0123456789abcdef",
    "post": lambda _cast: "production-10",
    "parameter": lambda _cast: "paie.pmss",
    "moved": lambda _cast: "total",
    "delivery": _delivery,
    "feed": lambda cast: (
        addresses.make_feed_link(cast.structure, cast.production, label="Agenda", by=cast.alice)[0].pk
    ),
}
"""For each part of an address, a value that exists at Le Fil: `test_every_view` asks every view with them."""

OWN_SAMPLES: dict[str, dict[str, Callable[[Cast], Any]]] = {
    **{
        f"sheets:{view}": {
            "paper": lambda _cast: SHEET[0],
            "key": _sheet_key,
            "version": lambda _cast: 1,
        }
        for view in ("sheet", "issue", "progress", "remind", "send_again", "draft", "issued")
    },
    "funding:request_issued": {"request_id": _issued_request, "version": lambda _cast: 1},
    "funding:reason": {"?": lambda _cast: "quoi=scheme/fonpeps_aesp_apaj_adep"},
    "team:compare": {"?": lambda cast: f"of={_engagement(cast)}"},
    "team:reason": {"?": lambda cast: f"of={_engagement(cast)}&quoi=cost"},
    **{name: {"line": _followed} for name in ("follow:line", "follow:reason")},
    "follow:picture": {"file": _receipt},
    "follow:typed": {"file": _receipt},
    "follow:reading": {"file": _statement},
    **{name: {"form": lambda _cast: "xlsx"} for name in ("follow:export", "cash:export")},
    "venues:photo": {"file": _photo},
    "venues:remove_photo": {"file": _photo},
    "scenarios:add_fact": {"kind": lambda _cast: "event", "?": _scenario},
    "scenarios:edit_fact": {
        "kind": lambda _cast: "event",
        "ident": lambda cast: _any(cast, "event"),
        "?": _scenario,
    },
}
"""The same, for a view that asks more of its address than the others do; `?` is what follows it."""
