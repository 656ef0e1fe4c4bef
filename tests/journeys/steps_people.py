"""Who takes part in the chain: the association, three members with their figures, and everybody's account."""

from datetime import date

from procurement.members.kinds import FigureKind
from tests.factories import members as make
from tests.factories.members import Role
from tests.journeys.site import Site

REFERENCE_DATE = date(2025, 12, 31)
# Name, key, inhabitants, clients. Round figures: 2 : 1 inhabitants and 3 : 1 clients between Ahaus and Borken.
MEMBERS = (
    ("Ahaus", "05554004", 20_000, 300),
    ("Borken", "05554012", 10_000, 100),
    ("Velen", "05554064", 5_000, 50),
)
PETRA, OLAF, INES = "petra@kaaw.example", "olaf@kaaw.example", "ines@kaaw.example"
AUDITOR = "rita@kaaw.example"
LEADS = {name: f"leitung@{name.casefold()}.example" for name, *_ in MEMBERS}


def everybody(site: Site) -> None:
    """Set up the association, the members with their figures, three officers, a lead per member and an auditor."""
    with site.saved():
        make.association()
        for name, key, inhabitants, clients in MEMBERS:
            member = make.member(name, key)
            make.figure(member, FigureKind.INHABITANTS, inhabitants, REFERENCE_DATE)
            make.figure(member, FigureKind.CLIENTS, clients, REFERENCE_DATE)
            make.account(Role.MEMBER_LEAD, member, f"Leitung {name}", LEADS[name])
        for name, email in (("Petra Plan", PETRA), ("Olaf Offen", OLAF), ("Ines Prüf", INES)):
            make.account(Role.OFFICER, name=name, email=email)
        make.account(Role.AUDITOR, name="Rita Revision", email=AUDITOR)
