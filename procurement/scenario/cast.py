"""The people and members of a scenario: as written in the file, or a plain cast made up when it names none."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from procurement.audit.actor import COMMAND_LINE
from procurement.core.permissions import Role
from procurement.members import actions, actions_accounts, queries
from procurement.members.demonstration import DEMONSTRATION_PASSWORD
from procurement.members.kinds import FigureKind
from procurement.members.models import Account, Member
from procurement.scenario.errors import at_path
from procurement.scenario.schema import AccountPart, AssociationPart, FigurePart, MemberPart, ScenarioFile

OFFICERS_NEEDED = 3
DOMAIN = "vorfuehrung.example"


@dataclass
class Cast:
    """Who acts: three different officers, so that every step of four eyes finds a second and a third person."""

    members: dict[str, Member] = field(default_factory=dict)
    leads: dict[str, Account] = field(default_factory=dict)
    officers: list[Account] = field(default_factory=list)

    @property
    def preparer(self) -> Account:
        """Who plans, records and calculates."""
        return self.officers[0]

    @property
    def checker(self) -> Account:
        """The second person."""
        return self.officers[1]

    @property
    def approver(self) -> Account:
        """Who approves at the end."""
        return self.officers[2]

    def officer(self, email: str) -> Account:
        """The officer with this address; LookupError with a German sentence if the scenario knows none."""
        found = [account for account in self.officers if account.email == email]
        if not found:
            raise LookupError(f"Eine Person der Vergabestelle mit der Adresse {email} gibt es nicht.")
        return found[0]

    def member(self, key: str) -> Member:
        """The member with this key; LookupError with a German sentence if the scenario knows none."""
        if key not in self.members:
            raise LookupError(f"Ein Mitglied mit dem Schlüssel {key} gibt es nicht.")
        return self.members[key]


def assemble(scenario: ScenarioFile) -> Cast:
    """Enter association, members with figures and accounts; what the database has already is used as it is."""
    cast = Cast()
    _enter_association(scenario.association)
    for index, part in enumerate(scenario.members):
        with at_path(f"members[{index}]"):
            cast.members[part.key] = queries.member_by_key(part.key) or _new_member(part)
    for index, account in enumerate([*scenario.accounts, *_missing_accounts(scenario)]):
        with at_path(f"accounts[{index}]"):
            _enlist(cast, account)
    return cast


def _enter_association(part: AssociationPart) -> None:
    details = part.model_dump(exclude={"name", "short_name"})
    if queries.association() is None:
        actions.set_up_association(part.name, part.short_name, by=COMMAND_LINE, **details)


def _new_member(part: MemberPart) -> Member:
    entry = actions.MemberEntry(part.key, part.name, part.kind, part.district, part.population_basis)
    member = actions.add_member(entry, by=COMMAND_LINE)
    short = [
        FigurePart(kind=kind, value=value)
        for kind, value in ((FigureKind.INHABITANTS, part.inhabitants), (FigureKind.CLIENTS, part.clients))
        if value is not None
    ]
    for figure in [*short, *part.figures]:
        written = actions.FigureEntry(
            figure.kind, figure.reference_date, figure.value, figure.source, figure.census_basis
        )
        actions.record_figure(member, written, by=COMMAND_LINE)
    return member


def _missing_accounts(scenario: ScenarioFile) -> Sequence[AccountPart]:
    """The accounts a whole case needs and the file does not name."""
    named = scenario.accounts
    officers = sum(account.role is Role.OFFICER for account in named)
    made = [
        AccountPart(name=f"Vergabestelle {number}", email=f"vergabe{number}@{DOMAIN}", role=Role.OFFICER)
        for number in range(officers + 1, OFFICERS_NEEDED + 1)
    ]
    with_lead = {account.member for account in named if account.role is Role.MEMBER_LEAD}
    made += [
        AccountPart(
            name=f"IT-Leitung {member.name}",
            email=f"it-{member.key}@{DOMAIN}",
            role=Role.MEMBER_LEAD,
            member=member.key,
        )
        for member in scenario.members
        if member.key not in with_lead
    ]
    return made


def _enlist(cast: Cast, part: AccountPart) -> None:
    """Create the account unless it exists, and remember what part the person plays."""
    account = queries.account_by_email(part.email)
    if account is None:
        member = cast.member(part.member) if part.member else None
        account = actions_accounts.create_account(
            part.name, part.email, DEMONSTRATION_PASSWORD, by=COMMAND_LINE, is_demonstration=True
        )
        actions_accounts.assign_role(account, part.role, member, by=COMMAND_LINE)
    if part.role is Role.OFFICER:
        cast.officers.append(account)
    if part.role is Role.MEMBER_LEAD and part.member:
        cast.leads.setdefault(part.member, account)
