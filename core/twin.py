"""An import's twin: the same leads as requests to the HTTP API, and the few lines that send them. Pure.

One request body per line (JSON Lines), so that a shell and a program can both send them one by one. Rows that the user
left out or parked, and leads that stay deleted because nobody confirmed them, are not in it: the API would import them.
"""

import json
from collections.abc import Container, Sequence
from typing import Any

from core.fields import FIELD_BY_KEY
from core.records import ImportOptions, LeadDraft

#: Leads in one request (contract.md section 3), and seconds between two: a key may ask 100 times a minute (section 4).
MAX_LEADS = 1000
PAUSE_S = 0.6


def request_lines(
    drafts: Sequence[LeadDraft], row_numbers: Sequence[int], *, left_out: Container[int], options: ImportOptions
) -> bytes:
    """The bodies, one per line. Bad values go along as they are: the API reports them like the wizard did."""
    leads = [
        _wire_lead(draft, options.default_source)
        for draft, row in zip(drafts, row_numbers, strict=True)
        if row not in left_out
    ]
    bodies = (
        {"leads": leads[start : start + MAX_LEADS], "restoreSoftDeleted": options.restore_soft_deleted}
        for start in range(0, len(leads), MAX_LEADS)
    )
    # Escaped to ASCII: a cell may hold half a character, which no UTF-8 can carry.
    return "".join(json.dumps(body, separators=(",", ":")) + "\n" for body in bodies).encode("ascii")


def file_name(import_id: str) -> str:
    """What the file with the bodies is called: of our own letters only, since it stands in a program."""
    return f"{import_id}-requests.jsonl"


def curl_script(base_url: str, import_id: str) -> str:
    """Shell lines that send every body, paced by the rate limit, each at most once however often they are run."""
    return f"""\
export LEAD_IMPORT_KEY=otr_…   # Settings, API keys: one that may write
n=0
while IFS= read -r body; do
  n=$((n + 1))
  printf '%s' "$body" | curl --silent --show-error --fail-with-body --retry 5 \\
    --header "X-API-Key: $LEAD_IMPORT_KEY" --header "Content-Type: application/json" \\
    --header "Idempotency-Key: {import_id}-$n" --data-binary @- {base_url}/api/v1/leads/import
  echo
  sleep {PAUSE_S}
done < {file_name(import_id)}
"""


def python_script(base_url: str, import_id: str) -> str:
    """A program that sends every body with httpx, waits when it is told to, and adds the counts up."""
    return f"""\
import os, time
from collections import Counter

import httpx

client = httpx.Client(headers={{"X-API-Key": os.environ["LEAD_IMPORT_KEY"], "Content-Type": "application/json"}}, timeout=60)
total = Counter()
for number, body in enumerate(open("{file_name(import_id)}", "rb"), start=1):
    while True:
        answer = client.post("{base_url}/api/v1/leads/import", content=body,
                             headers={{"Idempotency-Key": f"{import_id}-{{number}}"}})
        if answer.status_code not in (429, 503):
            break
        time.sleep(int(answer.headers.get("Retry-After", 5)))
    answer.raise_for_status()
    report = answer.json()["data"]
    total.update({{name: report[name] for name in ("created", "restored", "duplicates", "errors")}})
print(dict(total))
"""


def _wire_lead(draft: LeadDraft, default_source: str) -> dict[str, Any]:
    given = {key: value for key, value in draft.items() if value}
    lead: dict[str, Any] = {"email": "", "source": default_source}
    lead.update({FIELD_BY_KEY[key].json: value for key, value in given.items() if key in FIELD_BY_KEY})
    if custom := given.get("custom_fields"):
        lead["customFields"] = custom
    return lead
