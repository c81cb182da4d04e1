"""Speed, memory and growth of Filage, measured beside LibreOffice in the same run."""
