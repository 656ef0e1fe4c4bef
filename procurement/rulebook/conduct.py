"""Rows: how a step must be done - which norm applies, whether two people are needed, what may or shall follow."""

from datetime import date

from procurement.rulebook import sources as src
from procurement.rulebook.rule import LAST_DAY_OF_OLD_LAW, REFORM, VGV_IN_FORCE, Comparison, DatedRule, Unit

YES, NO = 1, 0


def _until_reform(rule_id: str, title: str, value: int | str, unit: Unit, norm: str) -> DatedRule:
    """A row of the old law: from the VgV of 2016 to the last day before the reform."""
    return DatedRule(rule_id, title, value, unit, VGV_IN_FORCE, LAST_DAY_OF_OLD_LAW, norm, src.STATUTE, Comparison.IS)


def _since_reform(rule_id: str, title: str, value: int | str, unit: Unit, norm: str) -> DatedRule:
    """A row of the law as reformed on 01.07.2026, without a known end."""
    return DatedRule(rule_id, title, value, unit, REFORM, None, norm, src.STATUTE, Comparison.IS)


WHICH_LAW = (
    _until_reform("LOTS_NORM", "Norm des Losgrundsatzes", src.GWB_97_4, Unit.TEXT, src.GWB_97_4),
    _since_reform("LOTS_NORM", "Norm des Losgrundsatzes", src.GWB_97A, Unit.TEXT, src.GWB_97A),
    DatedRule(
        "TRANSITION",
        "Vor diesem Tag begonnene Verfahren folgen dem alten Recht",
        REFORM,
        Unit.DATE,
        REFORM,
        None,
        src.GWB_187_2,
        src.STATUTE,
        Comparison.BELOW,
    ),
    DatedRule(
        "NRW_SUBTH_REGIME",
        "Recht unterhalb der EU-Schwellenwerte für Kommunen in NRW: UVgO",
        "UVGO",
        Unit.TEXT,
        date(2018, 9, 15),
        date(2025, 12, 31),
        src.KOMHVO_26,
        src.NRW_REPORTS_OLD,
        Comparison.IS,
    ),
    DatedRule(
        "NRW_SUBTH_REGIME",
        "Recht unterhalb der EU-Schwellenwerte für Kommunen in NRW: frei, Grenzen nur durch Satzung",
        "P75A",
        Unit.TEXT,
        date(2026, 1, 1),
        None,
        src.GO_NRW_75A,
        src.NRW_REPORTS,
        Comparison.IS,
    ),
)

PROCEDURE = (
    DatedRule(
        "EFORMS",
        "Nationaler eForms-Standard verpflichtend",
        YES,
        Unit.BOOL,
        date(2023, 10, 25),
        None,
        src.VGV_10A,
        src.EFORMS_REPORT,
        Comparison.IS,
    ),
    DatedRule(
        "DL_START_PREF_DATE",
        "Fristbeginn mit dem gewünschten Veröffentlichungstag",
        YES,
        Unit.BOOL,
        REFORM,
        None,
        src.VGV_40_1,
        src.STATUTE_START_TO_CONFIRM,
        Comparison.IS,
    ),
    _until_reform("OPENING_TWO_PERSONS", "Angebotsöffnung durch zwei Personen", YES, Unit.BOOL, src.VGV_55_2),
    _since_reform(
        "OPENING_TWO_PERSONS_EBID",
        "Zwei Personen bei elektronischen Angeboten, deren Unversehrtheit technisch gewährleistet ist",
        NO,
        Unit.BOOL,
        src.VGV_55_2,
    ),
    _until_reform(
        "SUBSEQ_DOCS_SCOPE",
        "Umfang der Nachforderung",
        "COMPANY_AND_PARTLY_PERFORMANCE",
        Unit.TEXT,
        src.VGV_56_2,
    ),
    _since_reform(
        "SUBSEQ_DOCS_SCOPE",
        "Umfang der Nachforderung",
        "ALL_EXCEPT_AWARD_CRITERIA",
        Unit.TEXT,
        src.VGV_56_2_3,
    ),
    _until_reform("LOW_BID_REJECT", "Nicht aufgeklärter niedriger Preis: Ablehnung", "MAY", Unit.TEXT, src.VGV_60_3),
    _since_reform("LOW_BID_REJECT", "Nicht aufgeklärter niedriger Preis: Ablehnung", "SHALL", Unit.TEXT, src.VGV_60_3),
)

AFTERWARDS = (
    _since_reform("STANDSTILL_CALLOFF", "Stillhaltefrist bei Einzelabrufen", NO, Unit.BOOL, src.GWB_134_3_2),
    _since_reform(
        "APPEAL_SUSPENSIVE",
        "Beschwerde des unterlegenen Bieters hat aufschiebende Wirkung",
        NO,
        Unit.BOOL,
        src.GWB_173_1,
    ),
    DatedRule(
        "FRAMEWORK_MAX_VOLUME",
        "Höchstmenge oder Höchstwert der Rahmenvereinbarung muss genannt sein und bindet",
        YES,
        Unit.BOOL,
        date(2021, 6, 17),
        None,
        src.ECJ_C_23_20,
        src.ECJ_JUDGMENT,
        Comparison.IS,
    ),
    DatedRule(
        "VAT_2B_OPTION",
        "Option zum alten Umsatzsteuerrecht, nutzbar für Leistungen vor diesem Tag",
        date(2027, 1, 1),
        Unit.DATE,
        date(2021, 1, 1),
        date(2026, 12, 31),
        src.USTG_27_22A,
        src.STATUTE,
        Comparison.BELOW,
    ),
    DatedRule(
        "VAT_EXEMPT_29",
        "Steuerbefreiung der Kostenteilung: nur Dienstleistungen, nur genauer Anteil",
        YES,
        Unit.BOOL,
        date(2020, 1, 1),
        None,
        src.USTG_4_29,
        src.VAT_EXEMPT_REPORTS,
        Comparison.IS,
    ),
)

CONDUCT = WHICH_LAW + PROCEDURE + AFTERWARDS
