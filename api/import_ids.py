"""The id of an import in a request, and the answer where it leads to none."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from core.errors import NotFound
from core.ids import parse_import_id

NO_IMPORT = "There is no such import in this workspace."
#: The same for an endpoint's documentation (errors.documented).
NO_IMPORT_404 = {404: NO_IMPORT}


def known_import_id(text: str) -> UUID:
    """The id in the text. Raises NotFound for what cannot be an id: it is that of no import."""
    parsed = parse_import_id(text)
    if parsed is None:
        raise NotFound(NO_IMPORT)
    return parsed


def _in_path(import_id: Annotated[str, Path(description="An id like `imp_…`.")]) -> UUID:
    return known_import_id(import_id)


ImportIdDep = Annotated[UUID, Depends(_in_path)]
