"""Contents of documents as a feature would collect them: the firewall case of the paper, and price comparisons."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from procurement.documents.contents import (
    AnnexFile,
    ChangeLogEntry,
    ClosingNotes,
    ControlSum,
    DocumentIdentity,
    DocumentStatus,
    Letterhead,
    SignOff,
    SignOffs,
)
from procurement.documents.contents_allocation import (
    AllocationContent,
    Comparison,
    CostBlock,
    KeyFigureKind,
    LegalFrame,
    Participant,
    PositionColumn,
    PositionRow,
    PositionTable,
    Pot,
    PotShare,
    QuantityLine,
    TenderReference,
    VatTreatment,
)
from procurement.documents.contents_member_statement import (
    MemberShareLine,
    MemberStatementContent,
    PaymentTerms,
    Recipient,
)
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from procurement.values.shares import split
from tests.examples import firewall_3_6 as paper

ISSUED = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
INPUT_HASH = "3b7f0c7a1d5e4f60925a8b6c1e2d3f405162738495a6b7c8d9eaf0b1c2d3e4f5"

LETTERHEAD = Letterhead(
    name="Zweckverband Kommunale ADV-Anwendergemeinschaft West",
    short_name="KAAW",
    address_lines=("Musterstraße 1", "49477 Ibbenbüren"),
    phone="05451 000-0",
    representative="Verbandsvorsteherin: Eva Exempel",
    email="vergabe@kaaw.example",
    website="www.kaaw.example",
)
IDENTITY = DocumentIdentity(
    number="KA-2026-0001",
    version=1,
    status=DocumentStatus.FINAL,
    issued_at=ISSUED,
    run_id="17",
    input_hash=INPUT_HASH,
    program_version="0.1.0",
)
TENDER = TenderReference(
    title="Firewall/UTM",
    number="V-2026-007",
    lot="Los 1 Firewall-Systeme mit Betrieb",
    supplier="Netzwerk Müller GmbH, Münster",
    awarded_on=date(2026, 10, 12),
    file_number="10-32-05/2026",
    contract="Rahmenvertrag RV-2026-11",
)
LEGAL = LegalFrame(
    bases=(
        "§ 19 Abs. 1 GkG NRW",
        "§ 12 der Verbandssatzung vom 03.03.2020",
        "Beschluss der Verbandsversammlung vom 14.09.2026, TOP 5",
        "Teilnahmevereinbarung Firewall/UTM vom 01.06.2026",
    ),
    charge_type="Kostenerstattung",
    period_from=date(2027, 1, 1),
    period_to=date(2027, 12, 31),
    service_note="Aufbau mit Abnahme bis 31.03.2027, Betrieb Jahr 1",
)
ROUNDING_RULE = (
    "Verteilt wird in ganzen Cent nach dem Verfahren der größten Reste (Hare-Niemeyer): Jeder Anteil wird zuerst "
    "abgerundet; die fehlenden Cent erhalten je einzeln die größten Reste. Bei gleichem Rest entscheidet das größere "
    "Gewicht, danach der kleinere Gemeindeschlüssel. Gerundet wird einmal je Kostenblock, Teiltopf und Zeitraum."
)
BLOCKS = (
    CostBlock(
        code="A",
        title="Einrichtung",
        amount=Money.of("48500"),
        recurrence="einmalig",
        key="Mischschlüssel 30 % Sockel, 70 % Einwohner",
        definition="Teiltopf A1: gleicher Betrag je Mitglied. Teiltopf A2: Einwohner am 31.12.2024.",
        reason="Der Aufwand der Einrichtung entsteht zu einem Teil je Mitglied unabhängig von der Größe.",
        evidence="Rechnung 2026-4711 vom 02.11.2026, 48.500,00 €",
        deviation="Sockel 30 % statt 20 %: Beschluss vom 14.09.2026, freigegeben durch den Verbandsvorsteher.",
        accounts="Soll 5431, Haben 4482, Kostenstelle 111-10",
    ),
    CostBlock(
        code="B",
        title="Geräte",
        amount=Money.of("107551.60"),
        recurrence="einmalig",
        key="tatsächliche Menge",
        definition="Gelieferte Geräte je Mitglied zum Vertragspreis.",
        reason="Jedes Mitglied trägt, was es bekommt.",
    ),
    CostBlock(
        code="C",
        title="Betrieb Jahr 1",
        amount=Money.of("62400"),
        recurrence="wiederkehrend, jährlich",
        key="Arbeitsplätze (Clients)",
        definition="Arbeitsplätze am 30.06.2026 ohne Schul-IT und ohne Rats-Tablets.",
        reason="Der Betriebsaufwand wächst mit der Zahl der geschützten Arbeitsplätze.",
    ),
    CostBlock(
        code="D",
        title="Beschaffungskosten KAAW",
        amount=Money.of("9750"),
        recurrence="einmalig",
        key="Auftragsvolumen",
        definition="Nettoanteil an den Blöcken A bis C.",
        reason="Tatsächlicher Personalaufwand, verteilt nach dem bewegten Volumen.",
        evidence="Stundennachweis 130 Stunden zu 75,00 €",
    ),
)
FIGURE_KINDS = (
    KeyFigureKind(
        "Einwohner",
        date(2024, 12, 31),
        "Destatis Gemeindeverzeichnis",
        "Zensus 2022",
        Quantity.of(paper.SUMS.inhabitants),
    ),
    KeyFigureKind("Clients", date(2026, 6, 30), "Meldung der Mitglieder", total=Quantity.of(paper.SUMS.clients)),
)
VAT_V1 = VatTreatment(
    case="V1",
    title="Umsatzsteuer der Lieferanten ist Kosten",
    norm="§ 2b Abs. 3 Nr. 2 UStG, § 27 Abs. 22a UStG",
    reason="Die Weiterbelastung ist nicht steuerbar; der Verband kann keine Vorsteuer abziehen.",
    blocks="A, B, C; Block D enthält nur Personalkosten ohne Umsatzsteuer",
    note="Umsatzsteuer wird nicht gesondert ausgewiesen; ein Vorsteuerabzug ist nicht möglich.",
)
VAT_V2 = VatTreatment(
    case="V2",
    title="steuerpflichtige Leistung zum Regelsatz 19 %",
    norm="§ 1 Abs. 1 Nr. 1, § 12 Abs. 1 UStG",
    reason="Die Weiterbelastung ist eine steuerpflichtige Leistung.",
    blocks="A, B, C, D",
)


def euro(text: str) -> Money:
    """Read "1.616,67" as written on paper."""
    return Money(paper.cents(text))


def participants() -> tuple[Participant, ...]:
    return tuple(
        Participant(row.ags, row.name, (Quantity.of(row.inhabitants), Quantity.of(row.clients))) for row in paper.ROWS
    )


def position_row(row: paper.Row, vat_case: str) -> PositionRow:
    vat, gross = (row.v1_burden, row.v1_due) if vat_case == "V1" else (row.v2_vat, row.v2_gross)
    amounts = tuple(euro(text) for text in (row.base, row.population, row.devices, row.operation, row.own_cost))
    return PositionRow(row.ags, amounts, euro(row.net), euro(vat), euro(gross))


def position_table(vat_case: str) -> PositionTable:
    titles = (("A1", "Sockel"), ("A2", "Einwohner"), ("B", "Geräte (Ist)"), ("C", "Betrieb"), ("D", "KAAW-Kosten"))
    labels = ("USt-Last", "Zahlbetrag") if vat_case == "V1" else ("USt 19 %", "Brutto")
    return PositionTable(
        columns=tuple(PositionColumn(*title) for title in titles),
        rows=tuple(position_row(row, vat_case) for row in paper.ROWS),
        total=position_row(paper.SUMS, vat_case),
        vat_label=labels[0],
        gross_label=labels[1],
    )


def pot(code: str, title: str, total: Money, weights: list[int], unit: str) -> Pot:
    """A remainder table of the nine members; the test of the A2 table compares it with the printed proof."""
    parts = split(total.cents, weights, [row.ags for row in paper.ROWS])
    shares = tuple(
        PotShare(
            key=key,
            weight=weight,
            part=Fraction(weight, parts.total_weight),
            floor=Money(floor),
            remainder=remainder,
            has_extra_cent=bool(extra),
            amount=Money(share),
        )
        for key, weight, floor, remainder, extra, share in zip(
            parts.keys, parts.weights, parts.floors, parts.remainders, parts.extra, parts.shares, strict=True
        )
    )
    return Pot(
        code=code,
        title=title,
        total=total,
        weight_unit=unit,
        total_weight=parts.total_weight,
        floor_total=Money(sum(parts.floors)),
        remainder_total=sum(parts.remainders),
        extra_cents=sum(parts.extra),
        shares=shares,
    )


def pots(vat_case: str = "V1") -> tuple[Pot, ...]:
    before_own = [paper.cents(row.net) - paper.cents(row.own_cost) for row in paper.ROWS]
    inhabitants = [row.inhabitants for row in paper.ROWS]
    made = [
        pot("A1", "Einrichtung, Sockel", euro(paper.SUMS.base), [1] * 9, "Mitglied"),
        pot("A2", "Einrichtung, Einwohner", euro(paper.SUMS.population), inhabitants, "Einwohner"),
        pot("C", "Betrieb Jahr 1", euro(paper.OPERATION), [r.clients for r in paper.ROWS], "Clients"),
        pot("D", "Beschaffungskosten KAAW", euro(paper.OWN_COST), before_own, "Nettovolumen A bis C in Cent"),
    ]
    if vat_case == "V1":
        supplier_vat = euro(paper.SUPPLIER_VAT)
        made.append(pot("USt", "Umsatzsteuer der Lieferanten", supplier_vat, before_own, "Netto A bis C in Cent"))
    return tuple(made)


def quantity_lines() -> tuple[QuantityLine, ...]:
    lines = []
    for row in paper.ROWS:
        for article, price, quantities in paper.DEVICES:
            wanted = Quantity.of(quantities.get(row.name, 0))
            if wanted:
                unit_price = UnitPrice.of(price)
                lines.append(QuantityLine("B", row.ags, article, "Stück", wanted, unit_price, unit_price.times(wanted)))
    return tuple(lines)


def control_sums(vat_case: str) -> tuple[ControlSum, ...]:
    gross = paper.SUMS.v1_due if vat_case == "V1" else paper.SUMS.v2_gross
    pairs = (
        ("A1 + A2 = Einrichtung", paper.SET_UP),
        ("Netto aller Mitglieder", paper.SUMS.net),
        ("Zahlbetrag aller Mitglieder", gross),
    )
    return tuple(ControlSum(label, euro(total), euro(total), Money(0)) for label, total in pairs)


def sign_offs() -> SignOffs:
    return SignOffs(
        prepared=SignOff("Petra Beispiel", "Sachbearbeitung Vergabe", datetime(2026, 11, 20, 8, 15, tzinfo=UTC)),
        checked=SignOff("Jonas Muster", "Sachgebietsleitung", datetime(2026, 11, 20, 14, 3, tzinfo=UTC)),
        approved=SignOff("Dr. Anke Vorbild", "Geschäftsführung", datetime(2026, 11, 23, 9, 40, tzinfo=UTC)),
    )


def firewall_allocation(vat_case: str = "V1") -> AllocationContent:
    """The whole firewall case, in VAT case V1 or V2."""
    return AllocationContent(
        letterhead=LETTERHEAD,
        identity=IDENTITY,
        title="Firewall/UTM, Einrichtung und Betrieb Jahr 1",
        tender=TENDER,
        legal=LEGAL,
        blocks=BLOCKS,
        figure_kinds=FIGURE_KINDS,
        participants=participants(),
        positions=position_table(vat_case),
        pots=pots(vat_case),
        control_sums=control_sums(vat_case),
        vat=(VAT_V1 if vat_case == "V1" else VAT_V2,),
        rounding_rule=ROUNDING_RULE,
        sign_offs=sign_offs(),
        quantity_lines=quantity_lines(),
        comparisons=(
            Comparison(
                label="Kostenschätzung vom 02.03.2026",
                reference=Money.of("240000"),
                actual=euro(paper.SUMS.net),
                deviation=euro(paper.SUMS.net) - Money.of("240000"),
                share=Fraction(22820160 - 24000000, 24000000),
                reason="günstigerer Gerätepreis",
            ),
        ),
        change_log=(ChangeLogEntry(1, date(2026, 11, 23), "Petra Beispiel", "Erste Fassung"),),
        closing=ClosingNotes(
            retention="10 Jahre ab Ende des Haushaltsjahres, § 59 KomHVO NRW",
            contact="Geschäftsstelle KAAW, 05451 000-0, vergabe@kaaw.example",
            annexes=(AnnexFile("KA-2026-0001.json", "Eingabe und Ergebnis des Rechenlaufs", "a" * 64),),
        ),
    )


def share_lines(index: int, content: AllocationContent) -> tuple[MemberShareLine, ...]:
    keys = {"A1": "Sockel", "A2": "Einwohner", "B": "tatsächliche Menge", "C": "Clients", "D": "Auftragsvolumen"}
    by_code = {each.code: each for each in content.pots}
    lines = []
    for column, amount, total in zip(
        content.positions.columns,
        content.positions.rows[index].amounts,
        content.positions.total.amounts,
        strict=True,
    ):
        line = MemberShareLine(
            code=column.code,
            title=column.title,
            key=keys[column.code],
            recurrence="jährlich" if column.code == "C" else "einmalig",
            total=total,
            amount=amount,
        )
        found = by_code.get(column.code)
        if found:
            share = found.shares[index]
            line = replace(
                line,
                weight=share.weight,
                total_weight=found.total_weight,
                part=share.part,
                remainder=share.remainder,
                has_extra_cent=share.has_extra_cent,
            )
        lines.append(line)
    return tuple(lines)


def firewall_statement(index: int = 0, vat_case: str = "V1") -> MemberStatementContent:
    """The statement of the member in this line of the printed table; by default Ibbenbüren."""
    content = firewall_allocation(vat_case)
    row = content.positions.rows[index]
    member = content.participants[index]
    return MemberStatementContent(
        identity=replace(IDENTITY, number=f"KM-2026-{index + 1:04d}"),
        allocation=content,
        recipient=Recipient(
            key=member.key,
            name=f"Stadt {member.name}",
            address_lines=("Der Bürgermeister", "Alte Münsterstraße 16", "49477 Ibbenbüren"),
            ags=member.key,
            leitweg_id=f"{member.key}-31001-42",
        ),
        shares=share_lines(index, content),
        net=row.net,
        vat=row.vat,
        gross=row.gross,
        balance=row.gross,
        payment=PaymentTerms(
            due_on=date(2027, 1, 15),
            account_holder="Zweckverband KAAW",
            iban="DE02 1203 0000 0000 2020 51",
            bic="BYLADEM1001",
            bank="Deutsche Kreditbank",
            reference="KM-2026-0001",
        ),
        accounts="Aufwand 5231, Produkt 111-10",
    )
