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
    latest_writes(structure, production, *, limit) -> list[Moment]      without what they did
    moment_of(structure, number) -> Moment | None
    used_where(structure, about, production=None) -> list[Found]
    search(structure, text, *, production=None, limit=20) -> list[Found]
        Found: about, label, title, production, day

Review: `filage_web.store.outcomes` (kept in the process while nothing moves; `day` is today by default)

    open_production(structure, production, *, day=None, scenario=None) -> Opened
        Opened: loaded, outcome (filage.review.Outcome), dossier; what a page should call: two light queries when warm
    outcome_of(structure, production, day=None, scenario=None) -> Outcome
    preview(structure, production, changes, *, day=None, scenario=None) -> Preview
        Preview: before, after, difference (filage.review.Difference), revision; nothing is written; BadInput

Files, import, export

    files.keep_file(structure, production_anchor, GivenFile(name, data, media_type), *, actor) -> File
    files.files_of(structure, production) -> list[File]; files.bytes_of(file); files.remove_file(file)
    archive.read_any(data, *, file) -> (Dossier, tuple[GivenFile, …])        YAML, JSON or NAME.filage.zip; BadInput
    imports.import_dossier(structure, dossier, *, actor, role=None, decisions={}, files=()) -> production id
        Undecided: `questions`, a tuple of Question(about, mine, theirs); call again with
        decisions={about: "mine" | "theirs"}
    exports.export_dossier(structure, production, form="yaml" | "json" | "zip", *, role=None, with_private=False)
        -> Exported: name, media_type, data; PermissionDenied
    erasure.erase_private(structure, "person/ID", *, actor) -> int

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
