"""Endpoints of campaigns (contract.md section 4)."""

from fastapi import APIRouter

from api.strict_json import StrictRoute

router = APIRouter(tags=["campaigns"], route_class=StrictRoute)
