"""Bulk import, and what is known of past imports (contract.md section 3)."""

from fastapi import APIRouter

from api.strict_json import StrictRoute

router = APIRouter(tags=["imports"], route_class=StrictRoute)
