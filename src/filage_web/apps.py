"""The office is one Django app: its folders are areas, not apps."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Filage's pages, store and accounts."""

    name = "filage_web"
    label = "filage_web"
    verbose_name = "Filage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give Django the permissions of our roles table."""
        from filage_web.accounts.permissions import register

        register()
