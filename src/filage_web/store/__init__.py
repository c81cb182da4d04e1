"""The store: facts in tables. Writes in services, reads in queries; nothing else touches the rows.

`structure`: an accounts Structure; `production`: its id; `about`: the reference `kind/id`.

Read: `filage_web.store.queries`

    load_production(structure, production, *, with_private=False) -> Loaded
        one query; UnknownProduction is a 404
        Loaded: dossier, revision, revisions (about → revision: what a form sends back as `seen`), findings
    dossier_of(structure, production, *, with_private=False) -> Dossier
    productions_of(structure) -> list[ProductionLine]
        ProductionLine: id, title, subtitle, form, season, revision, next_on, next_label, balance, severity,
        findings, fresh
    history_of(structure, production=None, *, about=None, before=None, limit=50) -> list[Moment]
        Moment: id, at, who, label, undoes, undone, changes: tuple[Entry, …]
        Entry: about, op, label, title, private, fields: tuple[FieldChange(field, title, before, after), …]
    moment_of(structure, number) -> Moment | None
    used_where(structure, about, production=None) -> list[Found]
    search(structure, text, *, production=None, limit=20) -> list[Found]
        Found: about, label, title, production, day

Write: `filage_web.store.changes` (each call is one transaction: one ChangeSet, or nothing)

    apply(structure, production, changes, *, actor, label="", seen=None) -> ChangeSet | None
        changes are made with filage.kernel.changes.add / set_ / remove; None when nothing changes
        adding `production/ID` with production="ID" opens it; production=None writes shared facts only
        BadInput: every problem, path `kind/id.field`; UnknownProduction
        Conflict: `moved`, a tuple of Moved(about, mine, theirs, who, at, label, revision)
    undo(change_set, *, actor) -> ChangeSet | None
        Conflict, BadInput
    revision_of(structure, production) -> int
"""
