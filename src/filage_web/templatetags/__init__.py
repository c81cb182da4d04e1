"""Template filters and tags, loaded everywhere (see TEMPLATES in the settings)."""
