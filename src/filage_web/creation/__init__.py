"""How a production begins: from a title, from a dossier file, from a text. Nothing is half created."""
