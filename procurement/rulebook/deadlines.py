"""Rows: minimum periods and last days; periods count calendar days from the day after the event (§ 82 VgV)."""

from datetime import date

from procurement.rulebook import sources as src
from procurement.rulebook.rule import REFORM, Comparison, DatedRule, Unit, since_2016

BIDDING_PERIODS = (
    since_2016("DL_OPEN", "Offenes Verfahren: Angebotsfrist", 35, Unit.DAYS, src.VGV_15_2),
    since_2016("DL_OPEN_E", "Offenes Verfahren: Angebotsfrist, elektronische Angebote", 30, Unit.DAYS, src.VGV_15_4),
    since_2016("DL_OPEN_URGENT", "Offenes Verfahren: Angebotsfrist, Dringlichkeit", 15, Unit.DAYS, src.VGV_15_3),
    since_2016("DL_OPEN_PIN", "Offenes Verfahren: Angebotsfrist nach Vorinformation", 15, Unit.DAYS, src.VGV_38_3),
    since_2016("DL_RESTR_PART", "Nicht offenes Verfahren: Teilnahmefrist", 30, Unit.DAYS, src.VGV_16_2),
    since_2016(
        "DL_RESTR_PART_URGENT",
        "Nicht offenes Verfahren: Teilnahmefrist, Dringlichkeit",
        15,
        Unit.DAYS,
        src.VGV_16_3,
    ),
    since_2016("DL_RESTR_BID", "Nicht offenes Verfahren: Angebotsfrist", 30, Unit.DAYS, src.VGV_16_5),
    since_2016(
        "DL_RESTR_BID_E",
        "Nicht offenes Verfahren: Angebotsfrist, elektronische Angebote",
        25,
        Unit.DAYS,
        src.VGV_16_8,
    ),
    since_2016(
        "DL_RESTR_BID_URGENT",
        "Nicht offenes Verfahren: Angebotsfrist bei Dringlichkeit oder ohne Einigung",
        10,
        Unit.DAYS,
        src.VGV_16_6_7,
    ),
    since_2016(
        "DL_RESTR_PIN", "Nicht offenes Verfahren: Angebotsfrist nach Vorinformation", 10, Unit.DAYS, src.VGV_38_3
    ),
    since_2016("DL_NEG_PART", "Verhandlungsverfahren: Teilnahmefrist", 30, Unit.DAYS, src.VGV_17_2),
    since_2016(
        "DL_NEG_PART_URGENT",
        "Verhandlungsverfahren: Teilnahmefrist, Dringlichkeit",
        15,
        Unit.DAYS,
        src.VGV_17_3,
    ),
    since_2016("DL_NEG_BID", "Verhandlungsverfahren: Frist für Erstangebote", 30, Unit.DAYS, src.VGV_17_6),
    since_2016(
        "DL_NEG_BID_E",
        "Verhandlungsverfahren: Frist für Erstangebote, elektronische Angebote",
        25,
        Unit.DAYS,
        src.VGV_17_9,
    ),
    since_2016(
        "DL_NEG_BID_URGENT",
        "Verhandlungsverfahren: Frist für Erstangebote bei Dringlichkeit oder ohne Einigung",
        10,
        Unit.DAYS,
        src.VGV_17_7_8,
    ),
    since_2016("DL_NEG_PIN", "Verhandlungsverfahren: Angebotsfrist nach Vorinformation", 10, Unit.DAYS, src.VGV_38_3),
    DatedRule(
        "DL_NEG_WO_EXTREME",
        "Verhandlungsverfahren ohne Teilnahmewettbewerb bei äußerster Dringlichkeit",
        0,
        Unit.DAYS,
        REFORM,
        None,
        src.VGV_17_15,
        src.STATUTE,
    ),
    since_2016(
        "DL_DIALOGUE_PART",
        "Wettbewerblicher Dialog und Innovationspartnerschaft: Teilnahmefrist",
        30,
        Unit.DAYS,
        src.VGV_18_19,
    ),
    since_2016("DL_QA", "Auskünfte vor Ablauf der Angebotsfrist", 6, Unit.DAYS, src.VGV_20_3),
    since_2016("DL_QA_URGENT", "Auskünfte vor Ablauf der Angebotsfrist, Dringlichkeit", 4, Unit.DAYS, src.VGV_20_3),
    since_2016(
        "DL_DOCS_NOT_FREE",
        "Verlängerung, wenn Unterlagen nicht frei abrufbar sind",
        5,
        Unit.DAYS,
        src.VGV_41_2_3,
        Comparison.PLUS,
    ),
)

PUBLICATION = (
    since_2016("PIN_WINDOW_MIN", "Vorinformation vor der Bekanntmachung, mindestens", 35, Unit.DAYS, src.VGV_38_3),
    since_2016(
        "PIN_WINDOW_MAX",
        "Vorinformation vor der Bekanntmachung, höchstens",
        12,
        Unit.MONTHS,
        src.VGV_38_3,
        Comparison.AT_MOST,
    ),
    since_2016("NATIONAL_PUBLICATION_WAIT", "Nationale Bekanntmachung frühestens", 48, Unit.HOURS, src.VGV_40_3),
    since_2016("AWARD_NOTICE", "Vergabebekanntmachung", 30, Unit.DAYS, src.VGV_39_1, Comparison.AT_MOST),
    DatedRule(
        "MODIF_NOTICE",
        "Bekanntmachung der Auftragsänderung",
        30,
        Unit.DAYS,
        REFORM,
        None,
        src.VGV_39_5,
        src.STATUTE_START_TO_CONFIRM,
        Comparison.AT_MOST,
    ),
    DatedRule(
        "VERGSTAT_DEADLINE",
        "Meldung zur Vergabestatistik nach dem Zuschlag",
        60,
        Unit.DAYS,
        date(2020, 10, 1),
        None,
        src.VERGSTAT_1_2,
        src.STATUTE,
        Comparison.AT_MOST,
    ),
)

AFTER_THE_BIDS = (
    since_2016("STANDSTILL_E", "Stillhaltefrist, elektronisch versandt", 10, Unit.DAYS, src.GWB_134_2),
    since_2016("STANDSTILL_POST", "Stillhaltefrist, sonst versandt", 15, Unit.DAYS, src.GWB_134_2),
    since_2016("RUEGE", "Rüge ab Kenntnis", 10, Unit.DAYS, src.GWB_160_3_1, Comparison.AT_MOST),
    since_2016(
        "REVIEW_APPLICATION",
        "Nachprüfungsantrag nach Nichtabhilfe",
        15,
        Unit.DAYS,
        src.GWB_160_3_4,
        Comparison.AT_MOST,
    ),
    since_2016("VK_DECISION", "Entscheidung der Vergabekammer", 5, Unit.WEEKS, src.GWB_167_1, Comparison.AT_MOST),
    since_2016(
        "VK_EXTENSION", "Verlängerung durch die Vergabekammer", 2, Unit.WEEKS, src.GWB_167_1, Comparison.AT_MOST
    ),
    since_2016("DEBRIEF", "Unterrichtung auf Antrag", 15, Unit.DAYS, src.VGV_62_2, Comparison.AT_MOST),
    since_2016("FRAMEWORK_MAX", "Laufzeit der Rahmenvereinbarung", 48, Unit.MONTHS, src.VGV_21_6, Comparison.AT_MOST),
    DatedRule(
        "FRAMEWORK_MAX_SOCIAL",
        "Laufzeit der Rahmenvereinbarung, soziale Dienstleistungen",
        96,
        Unit.MONTHS,
        REFORM,
        None,
        src.VGV_65_2,
        src.STATUTE,
        Comparison.AT_MOST,
    ),
    since_2016("RETENTION_MIN", "Aufbewahrung der Vergabeakte nach dem Zuschlag", 3, Unit.YEARS, src.VGV_8_4),
    DatedRule(
        "PAYMENT_TERM",
        "Zahlung nach prüffähiger Rechnung",
        30,
        Unit.DAYS,
        REFORM,
        None,
        src.VGV_29_3,
        src.STATUTE,
        Comparison.AT_MOST,
    ),
    DatedRule(
        "WREG_REUSE",
        "Abfrage des Wettbewerbsregisters für dasselbe Unternehmen wiederverwendbar",
        2,
        Unit.MONTHS,
        date(2021, 3, 25),
        None,
        src.WREGG_6_1,
        src.STATUTE,
        Comparison.AT_MOST,
    ),
)

DEADLINES = BIDDING_PERIODS + PUBLICATION + AFTER_THE_BIDS
