"""Practice data: a few hundred leads, some soft-deleted, and three campaigns; with it duplicates and restores can be seen."""

import random
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import Connection, insert, select, update

from db.tables import campaign_memberships, campaigns, leads, workspaces

LEADS = 300
DELETED = 40
#: The same data on every machine, so that documents and lessons can speak of it.
SEED = 20_000
NAMESPACE = UUID("6f1c7c1e-4f0b-5e0e-9d57-0c5b1b1a7a11")

FIRST_NAMES = (
    "Anna", "Ben", "Carla", "David", "Elif", "Frank", "Greta", "Hugo", "Ines", "Jonas", "Katja", "Luca", "Maria",
    "Noah", "Olga", "Paul", "Rosa", "Sven", "Tara", "Yusuf",
)  # fmt: skip
LAST_NAMES = (
    "Adler", "Becker", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen", "Ivanova", "Jansen", "Keller",
    "Lopez", "Moreau", "Novak", "Olsen",
)  # fmt: skip
COMPANIES = ("Northwind", "Acme Tools", "Blue Harbor", "Kite & Co", "Lumen Foods", "Pine Street Labs")
TITLES = ("Head of Sales", "Marketing Manager", "Founder", "Operations Lead", "Buyer")
CAMPAIGNS = ("Spring launch", "Trade fair follow-up", "Win-back")


class DemoCounts(NamedTuple):
    """What was made."""

    active: int
    deleted: int
    campaigns: int
    memberships: int


def fill(conn: Connection, *, workspace_id: str) -> DemoCounts | None:
    """Fill an empty workspace; None, and nothing changed, where it has leads (active or deleted) already."""
    conn.execute(select(workspaces).where(workspaces.c.id == workspace_id).with_for_update(key_share=True))
    if conn.execute(select(leads.c.id).where(leads.c.workspace_id == workspace_id).limit(1)).first():
        return None
    chance = random.Random(SEED)
    people = [_person(workspace_id, i, chance) for i in range(LEADS)]
    active = {person["id"] for person in people if person["deleted_at"] is None}
    made = [_campaign(workspace_id, name) for name in CAMPAIGNS]
    members = [
        {"workspace_id": workspace_id, "campaign_id": campaign["id"], "lead_id": person["id"], "created_at": person["created_at"]}
        for campaign in made
        for person in chance.sample(people, 90)
    ]
    for campaign in made:
        campaign["total_leads"] = sum(
            member["campaign_id"] == campaign["id"] and member["lead_id"] in active for member in members
        )
    conn.execute(insert(leads), people)
    conn.execute(insert(campaigns), made)
    conn.execute(insert(campaign_memberships), members)
    conn.execute(
        update(workspaces)
        .where(workspaces.c.id == workspace_id)
        .values(active_leads=workspaces.c.active_leads + len(active))
    )
    return DemoCounts(len(active), LEADS - len(active), len(made), len(members))


def _person(workspace_id: str, i: int, chance: random.Random) -> dict:
    first, last, company = FIRST_NAMES[i % 20], LAST_NAMES[i // 20], chance.choice(COMPANIES)
    domain = company.lower().replace(" & ", "-").replace(" ", "-") + ".example.com"
    email = f"{first}.{last}@{domain}".lower()
    created_at = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(hours=5 * i)
    is_deleted = i % (LEADS // DELETED) == 3 and i // (LEADS // DELETED) < DELETED
    status = chance.choices(("active", "replied", "unsubscribed", "bounced"), (85, 8, 5, 2))[0]
    return {
        "workspace_id": workspace_id,
        "id": _time_ordered(uuid5(NAMESPACE, f"{workspace_id} {email}"), created_at),
        "email": email,
        "first_name": first,
        "last_name": last,
        "company": company,
        "title": chance.choice(TITLES),
        "phone": None if i % 4 else f"+49 30 5550{i:04d}",
        "linkedin_url": None,
        "website": f"https://{domain}",
        "notes": None,
        "source": "demo",
        "status": status,
        "custom_fields": {},
        "tags": ["practice", *(["vip"] if i % 25 == 0 else [])],
        "created_at": created_at,
        "updated_at": created_at,
        "last_contacted_at": None,
        "deleted_at": created_at + timedelta(days=30) if is_deleted else None,
    }


def _time_ordered(one: UUID, at: datetime) -> UUID:
    """The id as a UUIDv7 of this moment, like all ids of leads: the newest lead has the largest."""
    return UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | one.int & ~(0xF << 76) & (1 << 80) - 1)


def _campaign(workspace_id: str, name: str) -> dict:
    moment = datetime(2026, 1, 4, 9, tzinfo=UTC)
    return {
        "workspace_id": workspace_id,
        "id": uuid5(NAMESPACE, f"{workspace_id} {name}"),
        "name": name,
        "status": "active",
        "total_leads": 0,
        "created_at": moment,
        "updated_at": moment,
    }
