"""Late demand and withdrawals as tests need them: a planned tender at 200.000,00 € and a member without answer.

The line is 200 × 1.000,00 €: Ahaus 150, Borken 50. Laer was invited and did not answer.
"""

from dataclasses import dataclass

from procurement.demand import actions as demand_actions
from procurement.demand.models import Demand, DemandRound
from procurement.members.models import Account, Member
from procurement.tenders import actions, actions_publication
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.models import Tender
from tests.factories import demand as ask
from tests.factories import members as make
from tests.factories import tenders


@dataclass(frozen=True, slots=True)
class Case:
    """The people and things of the case."""

    officer: Account
    round: DemandRound
    tender: Tender | None
    members: dict[str, Member]
    leads: dict[str, Account]

    def demand(self, name: str) -> Demand:
        """The demand of a member."""
        return ask.demand_of(self.round, self.members[name])


def case(
    *, price: str = "1000.00", procedure: ProcedureType = ProcedureType.NATIONAL_PUBLIC, is_planned: bool = True
) -> Case:
    """A closed round, and the tender planned from it with its first estimate."""
    officer = make.officer()
    members = {name: make.member(name) for name in ("Ahaus", "Borken", "Laer")}
    leads = {name: make.lead(member) for name, member in members.items()}
    round_ = ask.round_with([ask.article("A-1", price=price)], list(members.values()), officer=officer)
    for name, amount in (("Ahaus", (100, 150, 150)), ("Borken", 50)):
        ask.submitted_demand(round_, members[name], {"A-1": amount}, by=leads[name])
    demand_actions.close_round(round_, by=officer)
    tender = None
    if is_planned:
        tender = actions.plan(tenders.entry(procedure_type=procedure), round_, by=officer)
        actions_publication.estimate_value(tender, by=officer)
    return Case(officer, round_, tender, members, leads)
