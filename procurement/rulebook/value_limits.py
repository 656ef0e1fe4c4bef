"""Rows: amounts, shares and tax rates from which something is due, allowed or forbidden; amounts in whole euro."""

from datetime import date

from procurement.rulebook import sources as src
from procurement.rulebook.rule import LAST_DAY_OF_OLD_LAW, REFORM, VGV_IN_FORCE, Comparison, DatedRule, Unit, since_2016

SUBCENTRAL = "EU-Schwellenwert für Liefer- und Dienstleistungen (subzentrale Auftraggeber)"
CENTRAL = "EU-Schwellenwert für Liefer- und Dienstleistungen (oberste Bundesbehörden)"
WORKS = "EU-Schwellenwert für Bauleistungen"
UTILITIES = "EU-Schwellenwert für Liefer- und Dienstleistungen (Sektorenauftraggeber)"
REGISTER_QUERY = "Abfrage des Wettbewerbsregisters vor dem Zuschlag"
STATISTICS = "Vergabestatistik unterhalb der EU-Schwellenwerte"
VAT = "Umsatzsteuer, Regelsatz"


def _of_2024(rule_id: str, title: str, euro: int, norm: str) -> DatedRule:
    """A threshold of the years 2024 and 2025."""
    first, last = date(2024, 1, 1), date(2025, 12, 31)
    return DatedRule(rule_id, title, euro, Unit.EUR_NET, first, last, norm, src.THRESHOLD_NOTICES)


def _of_2026(rule_id: str, title: str, euro: int, norm: str) -> DatedRule:
    """A threshold of the years 2026 and 2027; the Commission sets new ones for 2028."""
    first, last = date(2026, 1, 1), date(2027, 12, 31)
    return DatedRule(rule_id, title, euro, Unit.EUR_NET, first, last, norm, src.THRESHOLD_NOTICES)


EU_THRESHOLDS = (
    _of_2024("EU_TH_SUBCENTRAL_SUPPLY_SERVICE", SUBCENTRAL, 221_000, src.RL_2014_24_4_C),
    _of_2026("EU_TH_SUBCENTRAL_SUPPLY_SERVICE", SUBCENTRAL, 216_000, src.RL_2014_24_4_C),
    _of_2024("EU_TH_CENTRAL_SUPPLY_SERVICE", CENTRAL, 143_000, src.RL_2014_24_4_B),
    _of_2026("EU_TH_CENTRAL_SUPPLY_SERVICE", CENTRAL, 140_000, src.RL_2014_24_4_B_GWB_106),
    _of_2024("EU_TH_WORKS", WORKS, 5_538_000, src.RL_2014_24_4_A),
    _of_2026("EU_TH_WORKS", WORKS, 5_404_000, src.RL_2014_24_4_A),
    _of_2024("EU_TH_UTILITIES", UTILITIES, 443_000, src.RL_2014_25_15),
    _of_2026("EU_TH_UTILITIES", UTILITIES, 432_000, src.RL_2014_25_15),
    DatedRule(
        "EU_TH_SOCIAL",
        "EU-Schwellenwert für soziale und andere besondere Dienstleistungen",
        750_000,
        Unit.EUR_NET,
        VGV_IN_FORCE,
        None,
        src.RL_2014_24_4_D,
        src.TO_CONFIRM,
    ),
)

LOTS_AND_CHANGES = (
    since_2016(
        "LOT_BAGATELLE_VALUE",
        "Einzelnes Los darf die VgV verlassen",
        80_000,
        Unit.EUR_NET,
        src.VGV_3_9,
        Comparison.BELOW,
    ),
    since_2016(
        "LOT_BAGATELLE_SHARE",
        "Summe solcher Lose am Gesamtwert",
        20,
        Unit.PERCENT,
        src.VGV_3_9,
        Comparison.AT_MOST,
    ),
    since_2016(
        "VALUE_MONTHS_CAP",
        "Angerechnete Monate bei unbestimmter oder längerer Laufzeit",
        48,
        Unit.MONTHS,
        src.VGV_3_11,
        Comparison.IS,
    ),
    since_2016(
        "CHANGE_MINOR_PCT",
        "Geringfügige Auftragsänderung, Anteil am ursprünglichen Wert",
        10,
        Unit.PERCENT,
        src.GWB_132_3,
        Comparison.AT_MOST,
    ),
    DatedRule(
        "CHANGE_MINOR_ABS",
        "Geringfügige Auftragsänderung, zugleich höchstens der EU-Schwellenwert",
        "EU_TH_SUBCENTRAL_SUPPLY_SERVICE",
        Unit.REFERENCE,
        VGV_IN_FORCE,
        None,
        src.GWB_132_3,
        src.STATUTE,
        Comparison.AT_MOST,
    ),
    since_2016(
        "CHANGE_NEED_PCT",
        "Zusätzlicher oder unvorhersehbarer Bedarf je Änderung",
        50,
        Unit.PERCENT,
        src.GWB_132_2,
        Comparison.AT_MOST,
    ),
    since_2016(
        "INHOUSE_SHARE",
        "Tätigkeit für die Mitglieder bei Inhouse-Vergabe",
        80,
        Unit.PERCENT,
        src.GWB_108_4,
        Comparison.ABOVE,
    ),
    since_2016(
        "COOP_MARKET_SHARE",
        "Marktanteil bei öffentlicher Zusammenarbeit",
        20,
        Unit.PERCENT,
        src.GWB_108_6,
        Comparison.BELOW,
    ),
    since_2016("RETENTION_CONTRACT", "Aufbewahrung von Vertragskopien", 1_000_000, Unit.EUR_NET, src.VGV_8_4),
    DatedRule(
        "LOW_BID_TRIGGER",
        "Abstand zum nächsthöheren Angebot, ab dem der Preis aufzuklären ist (Praxis)",
        20,
        Unit.PERCENT,
        None,
        None,
        src.CASE_LAW_LOW_BIDS,
        src.TO_CONFIRM,
    ),
    DatedRule(
        "LOW_BID_ESTIMATE",
        "Abstand zur eigenen Kostenschätzung, ab dem der Preis zu prüfen ist (Praxis)",
        20,
        Unit.PERCENT,
        None,
        None,
        src.VGV_60_1,
        src.TO_CONFIRM,
    ),
    DatedRule(
        "LOW_BID_MEAN",
        "Abstand zum Mittel der übrigen Angebote, ab dem der Preis zu prüfen ist (Praxis anderer Länder)",
        40,
        Unit.PERCENT,
        None,
        None,
        src.VGV_60_1,
        src.TO_CONFIRM,
    ),
    DatedRule(
        "PRICE_SHIFT",
        "Einheitspreis in Prozent des Medians der übrigen, ab dem auf Verlagerung zu prüfen ist; hoch beim Kehrwert",
        50,
        Unit.PERCENT,
        None,
        None,
        src.BGH_X_ZR_100_16,
        src.TO_CONFIRM,
        Comparison.AT_MOST,
    ),
)

REGISTERS_AND_STATE_LAW = (
    DatedRule(
        "WREG_QUERY",
        REGISTER_QUERY,
        30_000,
        Unit.EUR_NET,
        date(2022, 6, 1),
        LAST_DAY_OF_OLD_LAW,
        src.WREGG_6_1,
        src.STATUTE_START_TO_CONFIRM,
    ),
    DatedRule("WREG_QUERY", REGISTER_QUERY, 50_000, Unit.EUR_NET, REFORM, None, src.WREGG_6_1, src.STATUTE),
    DatedRule(
        "VERGSTAT_SUB",
        STATISTICS,
        25_000,
        Unit.EUR_NET,
        date(2020, 10, 1),
        LAST_DAY_OF_OLD_LAW,
        src.VERGSTAT_2_2,
        src.STATUTE_START_TO_CONFIRM,
        Comparison.ABOVE,
    ),
    DatedRule(
        "VERGSTAT_SUB",
        STATISTICS,
        50_000,
        Unit.EUR_NET,
        REFORM,
        None,
        src.VERGSTAT_2_2,
        src.VERGSTAT_REPORTS,
        Comparison.ABOVE,
    ),
    DatedRule(
        "TVGG_NRW",
        "Tariftreue und Mindestlohn, nur Bau- und Dienstleistungen",
        25_000,
        Unit.EUR_NET,
        date(2018, 3, 30),
        None,
        src.TVGG_NRW_1_5,
        src.TVGG_REPORT,
    ),
    DatedRule(
        "BTTG_FEDERAL",
        "Bundestariftreue, nur Auftraggeber des Bundes",
        50_000,
        Unit.EUR_NET,
        date(2026, 5, 1),
        None,
        src.BTTG,
        src.BTTG_REPORT,
    ),
    DatedRule(
        "NRW_DIRECT_MUNI",
        "Direktauftrag, Wertgrenze der Stadt Köln",
        25_000,
        Unit.EUR_NET,
        None,
        date(2025, 12, 31),
        src.NRW_DECREE_2025,
        src.COLOGNE_PRESS,
        Comparison.AT_MOST,
    ),
)

TAX = (
    DatedRule(
        "VAT_STANDARD",
        VAT,
        16,
        Unit.PERCENT,
        date(2020, 7, 1),
        date(2020, 12, 31),
        src.USTG_28,
        src.TO_CONFIRM,
        Comparison.IS,
    ),
    DatedRule(
        "VAT_STANDARD",
        VAT,
        19,
        Unit.PERCENT,
        date(2021, 1, 1),
        None,
        src.USTG_12_1,
        src.TO_CONFIRM,
        Comparison.IS,
    ),
    DatedRule(
        "VAT_2B_MIN",
        "Keine größere Wettbewerbsverzerrung bis zu diesem Jahresumsatz gleichartiger Tätigkeiten",
        17_500,
        Unit.EUR,
        date(2017, 1, 1),
        None,
        src.USTG_2B_2_1,
        src.STATUTE,
        Comparison.AT_MOST,
    ),
)

VALUE_LIMITS = EU_THRESHOLDS + LOTS_AND_CHANGES + REGISTERS_AND_STATE_LAW + TAX
