"""Whatever happens in whatever order, the workspace holds what contract.md says: checked against a small model of it."""

from dataclasses import dataclass, replace
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine

from core import campaign_flow, lead_flow, request_flow
from core.errors import EmailTaken, InvalidLead, NotFound, QuotaExceeded
from core.records import ImportOptions
from db import check
from tests.factories import make_workspace, read_leads, set_limit, total_leads
from tests.faults.conftest import IS_LONG

EMAILS = [f"{name}@example.com" for name in ("ada", "bob", "cyd", "dan", "eve", "fay")]
#: The same people as they are typed; what is no address; and no address at all.
TYPED = st.one_of(
    st.sampled_from(EMAILS), st.sampled_from(EMAILS).map(lambda email: f" {email.upper()} "), st.sampled_from(["", "no address"])
)
DRAFTS = st.fixed_dictionaries(
    {"email": TYPED},
    optional={
        "company": st.sampled_from(["", "Example Ltd", "Sample Inc"]),
        "status": st.sampled_from(["active", "unsubscribed", "asleep"]),
        "tags": st.lists(st.sampled_from(["fair", "2024", "web"]), max_size=2),
        "custom_fields": st.dictionaries(st.sampled_from(["size", "city"]), st.integers(0, 2), max_size=2),
    },
)
STATUSES = ("active", "bounced", "unsubscribed", "replied")


@dataclass(frozen=True)
class Person:
    """A lead as the model knows it."""

    company: str | None
    status: str
    source: str
    tags: tuple[str, ...] = ()
    custom_fields: tuple[tuple[str, int], ...] = ()
    is_active: bool = True


def key_of(draft) -> str | None:
    """The lead's key (contract.md section 1); None for a row that is invalid (section 3, step 1)."""
    email = draft["email"].strip().lower()
    return email if "@" in email and draft.get("status", "active") in STATUSES else None


def as_new(draft, source: str) -> Person:
    return Person(
        company=draft.get("company") or None,
        status=draft.get("status", "active"),
        source=source,
        tags=tuple(dict.fromkeys(draft.get("tags", ()))),
        custom_fields=tuple(sorted(draft.get("custom_fields", {}).items())),
    )


def merged(stored: Person, draft) -> Person:
    """contract.md section 3, "Restore merge"."""
    return replace(
        stored,
        company=draft.get("company") or stored.company,
        # An import must not silently re-subscribe anybody; what the payload names, it sets.
        status=draft.get("status", stored.status),
        tags=tuple(dict.fromkeys((*stored.tags, *draft.get("tags", ())))),
        custom_fields=tuple(sorted({**dict(stored.custom_fields), **draft.get("custom_fields", {})}.items())),
        is_active=True,
    )


class Workspace(RuleBasedStateMachine):
    engine: Engine

    @initialize(limit=st.integers(2, 5))
    def begin(self, limit: int) -> None:
        self.workspace_id = make_workspace(self.engine, contact_limit=limit)
        self.place = {"workspace_id": self.workspace_id}
        self.limit = limit
        self.people: dict[str, Person] = {}
        self.members: set[str] = set()
        self.campaign_id: UUID = campaign_flow.create_campaign(self.engine, **self.place, values={"name": "Spring"}).id

    @property
    def active(self) -> int:
        return sum(person.is_active for person in self.people.values())

    def id_of(self, email: str) -> UUID:
        return read_leads(self.engine, self.workspace_id)[email]["id"]

    # --- what people do -------------------------------------------------------------------------------------------------

    @rule(drafts=st.lists(DRAFTS, min_size=1, max_size=5), restore=st.booleans(), dry_run=st.booleans())
    def import_leads(self, drafts, restore: bool, dry_run: bool) -> None:
        people, seen, counts = dict(self.people), set(), {"created": 0, "restored": 0, "duplicate": 0, "error": 0}
        for draft in drafts:
            email = key_of(draft)
            stored = people.get(email)
            if email is None:
                outcome = "error"
            elif email in seen or (stored and (stored.is_active or not restore)):
                outcome = "duplicate"
            elif stored:
                outcome, people[email] = "restored", merged(stored, draft)
            else:
                outcome, people[email] = "created", as_new(draft, "api")
            counts[outcome] += 1
            if email:
                seen.add(email)
        added = counts["created"] + counts["restored"]
        try:
            answer = request_flow.import_leads(
                self.engine, **self.place, drafts=drafts, options=ImportOptions(restore, "api"), created_by="model",
                dry_run=dry_run,
            )  # fmt: skip
        except QuotaExceeded as error:
            told = (error.limit, error.active, error.added)
            assert self.active + added > self.limit
            assert told == (self.limit, self.active, added)
            return
        assert not added or self.active + added <= self.limit
        assert {outcome: answer.plan.counts[outcome] for outcome in counts} == counts
        if not dry_run:
            self.people = people

    @rule(draft=DRAFTS)
    def create(self, draft) -> None:
        email, stored = key_of(draft), self.people.get(key_of(draft) or "")
        try:
            made = lead_flow.create_lead(self.engine, **self.place, draft=draft)
        except InvalidLead:
            assert email is None
        except EmailTaken:
            assert stored is not None
            assert stored.is_active
        except QuotaExceeded:
            assert self.active >= self.limit
        else:
            assert made.is_restored == (stored is not None)
            assert self.active < self.limit
            self.people[email] = merged(stored, draft) if stored else as_new(draft, "manual")

    @rule(emails=st.sets(st.sampled_from(EMAILS), min_size=1))
    def delete(self, emails: set[str]) -> None:
        there = [email for email in emails if email in self.people]
        count = lead_flow.delete_leads(self.engine, **self.place, lead_ids=[self.id_of(email) for email in there])
        assert count == sum(self.people[email].is_active for email in there)
        self.people |= {email: replace(self.people[email], is_active=False) for email in there}

    @rule(emails=st.sets(st.sampled_from(EMAILS), min_size=1))
    def restore(self, emails: set[str]) -> None:
        there = [email for email in emails if email in self.people]
        gone = [email for email in there if not self.people[email].is_active]
        try:
            count = lead_flow.restore_leads(self.engine, **self.place, lead_ids=[self.id_of(email) for email in there])
        except QuotaExceeded:
            assert self.active + len(gone) > self.limit
            return
        assert count == len(gone)
        self.people |= {email: replace(self.people[email], is_active=True) for email in gone}

    @rule(emails=st.sets(st.sampled_from(EMAILS), min_size=1))
    def add_to_campaign(self, emails: set[str]) -> None:
        there = [email for email in emails if email in self.people]
        place = {**self.place, "campaign_id": self.campaign_id}
        try:
            added = campaign_flow.add_leads(self.engine, **place, lead_ids=[self.id_of(email) for email in there])
        except NotFound:
            assert any(not self.people[email].is_active for email in there)
            return
        assert added == len({*there} - self.members)
        self.members |= {*there}

    @rule(email=st.sampled_from(EMAILS))
    def remove_from_campaign(self, email: str) -> None:
        if email not in self.people:
            return
        place = {**self.place, "campaign_id": self.campaign_id}
        try:
            campaign_flow.remove_lead(self.engine, **place, lead_id=self.id_of(email))
        except NotFound:
            assert not self.people[email].is_active or email not in self.members
            return
        self.members.remove(email)

    @rule(email=st.sampled_from(EMAILS), new=st.sampled_from(EMAILS), company=st.sampled_from([None, "Sample Inc"]))
    def patch(self, email: str, new: str, company: str | None) -> None:
        if email not in self.people:
            return
        try:
            lead_flow.update_lead(
                self.engine, **self.place, lead_id=self.id_of(email), changes={"email": new, "company": company}
            )
        except NotFound:
            assert not self.people[email].is_active
            return
        except EmailTaken as error:
            is_deleted = error.is_deleted
            assert new != email
            assert is_deleted == (not self.people[new].is_active)
            return
        self.people[new] = replace(self.people.pop(email), company=company)
        if email in self.members:
            self.members = {*self.members - {email}, new}

    @rule(limit=st.integers(0, 6))
    def change_limit(self, limit: int) -> None:
        set_limit(self.engine, self.workspace_id, limit)
        self.limit = limit

    # --- what must be so ------------------------------------------------------------------------------------------------

    @invariant()
    def the_workspace_holds_what_the_model_says(self) -> None:
        found = {
            email: Person(
                lead["company"], lead["status"], lead["source"], tuple(lead["tags"]),
                tuple(sorted(lead["custom_fields"].items())), lead["deleted_at"] is None,
            )
            for email, lead in read_leads(self.engine, self.workspace_id).items()
        }  # fmt: skip
        assert found == self.people
        members = sum(self.people[email].is_active for email in self.members)
        assert total_leads(self.engine, self.campaign_id) == members

    def teardown(self) -> None:
        with self.engine.connect() as conn:
            assert [fault for fault in check.find_faults(conn) if self.workspace_id in fault] == []


def test_any_sequence_of_actions_does_what_the_contract_says(engine):
    class Here(Workspace):
        pass

    Here.engine = engine
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=200 if IS_LONG else 15,
            stateful_step_count=40 if IS_LONG else 20,
            derandomize=not IS_LONG,  # the same every time in `make test`, new ones in `make faults`
            suppress_health_check=list(HealthCheck),
        ),
    )
