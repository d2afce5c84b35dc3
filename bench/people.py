"""Made-up leads for the measurements: 13 fields each, as a sales list has them."""

from core.records import LeadDraft

FIRST = ("Anna", "Ben", "Carla", "David", "Élodie", "Frank", "Greta", "Hugo", "Inês", "Jürgen")
LAST = ("Adler", "Becker", "Costa", "Dubois", "Eriksen", "Fischer", "García", "Hansen", "Ivanova", "Müller")


def make_drafts(count: int, prefix: str) -> list[LeadDraft]:
    """``count`` different, valid leads; ``prefix`` keeps the emails of two calls apart."""
    return [make_draft(i, prefix) for i in range(count)]


def make_draft(i: int, prefix: str) -> LeadDraft:
    first, last, company = FIRST[i % 10], LAST[i // 10 % 10], f"Company {i % 97} & Sons"
    return {
        "email": f"{prefix}.person{i}@company{i % 97}.example.com",
        "first_name": first,
        "last_name": last,
        "company": company,
        "title": "Head of Sales",
        "phone": f"+49 30 5550{i:05d}",
        "linkedin_url": f"https://www.linkedin.com/in/{prefix}-{i}",
        "website": f"https://www.company{i % 97}.example.com",
        "notes": f"Met at the fair, stand {i % 40}; wants a demo in spring.",
        "source": "trade fair",
        "status": "active",
        "tags": ["fair", f"stand-{i % 40}"],
        "custom_fields": {"Budget": str(i * 10), "Region": "North"},
    }
