"""django-import-export on our table, with its fastest settings: bulk inserts, no diffs, no look-up of what is there."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine

from db.jobs import driver_url

_FIELDS = (
    "workspace_id", "id", "email", "first_name", "last_name", "company", "title", "phone", "linkedin_url", "website",
    "notes", "source", "status", "custom_fields", "tags", "created_at", "updated_at",
)  # fmt: skip


def prepare_django(engine: Engine, values: Sequence[dict[str, Any]]) -> Callable[[], None]:
    """An import of these leads from a dataset of texts, as a file has them."""
    import tablib

    resource = _make_resource(driver_url(engine))
    moment = "2026-01-01 00:00:00"
    rows = [
        {**lead, "custom_fields": json.dumps(lead["custom_fields"]), "tags": ",".join(lead["tags"]),
         "created_at": moment, "updated_at": moment}
        for lead in values
    ]  # fmt: skip
    dataset = tablib.Dataset(*[[row[name] for name in _FIELDS] for row in rows], headers=_FIELDS)

    def run() -> None:
        result = resource.import_data(dataset, raise_errors=True, use_transactions=True)
        if result.totals["new"] != len(values):
            raise RuntimeError(f"not all was imported: {result.totals}")

    return run


@cache
def _make_resource(url: str) -> Any:
    """Django, set up on the database at this address. It can be set up once in a process."""
    import django
    from django.conf import settings

    place = conninfo_to_dict(url)
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": place["dbname"],
                "USER": place.get("user", ""),
                "PASSWORD": place.get("password", ""),
                "HOST": place.get("host", ""),
                "PORT": place.get("port", ""),
                "CONN_MAX_AGE": None,
            }
        },
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "import_export"],
        USE_TZ=True,
    )
    django.setup()
    from django.contrib.postgres.fields import ArrayField
    from django.db import models
    from import_export import resources

    def text() -> models.TextField:
        return models.TextField(null=True)

    meta = type("Meta", (), {"managed": False, "db_table": "leads", "app_label": "auth"})
    texts = {name: text() for name in _FIELDS[2:13]} | {"workspace_id": text()}
    model = type(
        "BenchLead",
        (models.Model,),
        {
            "__module__": __name__,
            "Meta": meta,
            "id": models.UUIDField(primary_key=True),
            **texts,
            "custom_fields": models.JSONField(),
            "tags": ArrayField(models.TextField()),
            "created_at": models.DateTimeField(),
            "updated_at": models.DateTimeField(),
        },
    )

    class LeadResource(resources.ModelResource):
        class Meta:
            fields = _FIELDS
            import_id_fields = ("id",)
            use_bulk = True
            batch_size = 1000
            force_init_instance = True
            skip_diff = True
            skip_html_diff = True

    LeadResource._meta.model = model
    return resources.modelresource_factory(model, resource_class=LeadResource)()
