"""Any fact's own page: add, edit, remove, previewed before they are saved (addresses `forms:add`, `edit`, `remove`)."""
