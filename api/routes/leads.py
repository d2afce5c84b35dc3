"""Endpoints of leads (contract.md section 4)."""

from fastapi import APIRouter

from api.strict_json import StrictRoute

router = APIRouter(tags=["leads"], route_class=StrictRoute)
