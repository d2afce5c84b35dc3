"""schemathesis asks the API what its OpenAPI document allows, and what it does not: no 5xx, every answer as documented."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from sqlalchemy import Engine

from api.main import api
from core.key_flow import create_key
from db import workspaces


@pytest.fixture(scope="module")
def fuzzed_key(engine: Engine) -> str:
    """A key of a workspace that only this test fills."""
    with engine.begin() as conn:
        workspaces.ensure_workspace(conn, workspace_id="fuzzed", name="fuzzed", contact_limit=1_000_000)
    return create_key(engine, workspace_id="fuzzed", name="fuzz").secret


schema = schemathesis.openapi.from_dict(api.openapi())
schema.config.generation.update(allow_extra_parameters=False)  # unknown parameters are ignored, as HTTP has it


@schema.parametrize()
@settings(
    max_examples=15,
    derandomize=True,  # the same requests in every run
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_documented(case, base_url, fuzzed_key):
    """No 5xx, every answer as documented."""
    case.call_and_validate(
        base_url=base_url,
        headers={"X-API-Key": fuzzed_key},
        # Rules that no JSON schema can say, such as the syntax of an email, are answered by 422 as documented.
        excluded_checks=[schemathesis.checks.positive_data_acceptance],
    )
