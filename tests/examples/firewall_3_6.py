"""The worked case "Firewall/UTM": nine members, four cost blocks, every printed figure copied by hand from the paper.

Amounts are written as a clerk writes them, "1.616,67". The order of the members is the order of the printed table.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """One line of the printed table; the sum line has no key."""

    ags: str
    name: str
    inhabitants: int
    clients: int
    base: str
    population: str
    devices: str
    operation: str
    own_cost: str
    net: str
    v1_burden: str
    v1_due: str
    v2_vat: str
    v2_gross: str


class ProofRow(NamedTuple):
    """One line of the printed proof of pot A2 (70 % by inhabitants)."""

    ags: str
    weight: int
    floor: int
    remainder: int
    extra: int
    share: str


def cents(euro: str) -> int:
    """Read "1.616,67" as 161667 cents."""
    return int(euro.replace(".", "").replace(",", ""))


# fmt: off
ROWS = [
    Row("05566028", "Ibbenbüren", 51803, 620,
        "1.616,67", "6.426,14", "19.137,50", "13.807,28", "1.829,37", "42.816,96",
        "7.787,64", "50.604,60", "8.135,22", "50.952,18"),
    Row("05554004", "Ahaus", 40176, 430,
        "1.616,67", "4.983,81", "14.506,00", "9.576,02", "1.369,43", "32.051,93",
        "5.829,67", "37.881,60", "6.089,87", "38.141,80"),
    Row("05554012", "Borken", 43035, 450,
        "1.616,67", "5.338,47", "16.821,75", "10.021,41", "1.508,50", "35.306,80",
        "6.421,68", "41.728,48", "6.708,29", "42.015,09"),
    Row("05554020", "Gronau (Westf.)", 50547, 520,
        "1.616,67", "6.270,33", "16.821,75", "11.580,30", "1.619,66", "37.908,71",
        "6.894,92", "44.803,63", "7.202,65", "45.111,36"),
    Row("05566036", "Laer", 6993, 62,
        "1.616,66", "867,48", "4.123,90", "1.380,73", "356,56", "8.345,33",
        "1.517,86", "9.863,19", "1.585,61", "9.930,94"),
    Row("05566060", "Neuenkirchen", 13915, 110,
        "1.616,66", "1.726,15", "6.439,65", "2.449,68", "545,95", "12.778,09",
        "2.324,11", "15.102,20", "2.427,84", "15.205,93"),
    Row("05554048", "Rhede", 19674, 165,
        "1.616,67", "2.440,55", "8.755,40", "3.674,52", "735,86", "17.223,00",
        "3.132,56", "20.355,56", "3.272,37", "20.495,37"),
    Row("05566084", "Steinfurt", 34860, 340,
        "1.616,66", "4.324,37", "14.506,00", "7.571,73", "1.250,54", "29.269,30",
        "5.323,56", "34.592,86", "5.561,17", "34.830,47"),
    Row("05554064", "Velen", 12678, 105,
        "1.616,67", "1.572,70", "6.439,65", "2.338,33", "534,13", "12.501,48",
        "2.273,80", "14.775,28", "2.375,28", "14.876,76"),
]
SUMS = Row("", "Summe", 273681, 2802,
           "14.550,00", "33.950,00", "107.551,60", "62.400,00", "9.750,00", "228.201,60",
           "41.505,80", "269.707,40", "43.358,30", "271.559,90")

PROOF_OF_A2 = [
    ProofRow("05566028", 51803, 642613, 216547, 1, "6.426,14"),
    ProofRow("05554004", 40176, 498381, 109539, 0, "4.983,81"),
    ProofRow("05554012", 43035, 533847, 44193, 0, "5.338,47"),
    ProofRow("05554020", 50547, 627033, 46527, 0, "6.270,33"),
    ProofRow("05566036", 6993, 86747, 229293, 1, "867,48"),
    ProofRow("05566060", 13915, 172614, 252866, 1, "1.726,15"),
    ProofRow("05554048", 19674, 244055, 13545, 0, "2.440,55"),
    ProofRow("05566084", 34860, 432436, 183084, 1, "4.324,37"),
    ProofRow("05554064", 12678, 157269, 272811, 1, "1.572,70"),
]
PROOF_SUMS = ProofRow("", 273681, 3394995, 1368405, 5, "33.950,00")
# fmt: on

SET_UP = "48.500,00"
BASE_PERCENT, POPULATION_PERCENT = "30", "70"
OPERATION = "62.400,00"
OWN_COST = "9.750,00"
SUPPLIER_NET = "218.451,60"
SUPPLIER_VAT = "41.505,80"
VAT_RATE = "19"

LARGE_CLUSTER = (
    "Firewall-Cluster groß",
    "9874.50",
    {"Ibbenbüren": 1, "Ahaus": 1, "Borken": 1, "Gronau (Westf.)": 1, "Steinfurt": 1},
)
SMALL_CLUSTER = ("Firewall-Cluster klein", "4123.90", {"Laer": 1, "Neuenkirchen": 1, "Rhede": 1, "Velen": 1})
BRANCH_UNIT = (
    "Außenstellengerät",
    "2315.75",
    {
        "Ibbenbüren": 4,
        "Ahaus": 2,
        "Borken": 3,
        "Gronau (Westf.)": 3,
        "Laer": 0,
        "Neuenkirchen": 1,
        "Rhede": 2,
        "Steinfurt": 2,
        "Velen": 1,
    },
)
DEVICES = [LARGE_CLUSTER, SMALL_CLUSTER, BRANCH_UNIT]
