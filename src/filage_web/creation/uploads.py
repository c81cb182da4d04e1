"""A file given by a form: its name and its bytes."""

from django.core.files.uploadedfile import UploadedFile


def read_upload(file: UploadedFile, limit: int) -> tuple[str, bytes]:
    """Give the name and bytes of an upload; what is over the limit is cut there, for the reader to refuse."""
    return str(file.name), bytes(file.read(limit + 1))
