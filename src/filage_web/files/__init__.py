"""What leaves the office and what is given to it: documents made on demand, the dossier exported, files kept."""
