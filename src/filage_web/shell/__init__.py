"""What surrounds every page: navigation, top bar, palette, theme, errors, and the style page."""
