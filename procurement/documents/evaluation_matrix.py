"""The evaluation matrix of one run, landscape: result, criteria, points with all reasons, price, reruns, proof."""

from fractions import Fraction

from procurement.documents import matrix_wording as wording
from procurement.documents.contents_evaluation_matrix import (
    EvaluationMatrixContent,
    MatrixBid,
    MatrixProof,
    MatrixReason,
    PriceTable,
    ReasonedCriterion,
    Rerun,
)
from procurement.documents.exact_figures import exact, points, rounded
from procurement.documents.kinds import DocumentKind
from procurement.documents.notation import NOTHING, moment
from procurement.documents.pairs import draw_pairs, draw_pairs_section
from procurement.documents.panels import (
    draw_ending,
    draw_facts,
    draw_letterhead,
    draw_notice,
    draw_signatures,
    draw_title,
    identity_facts,
)
from procurement.documents.sheet import LANDSCAPE, Imprint, Sheet
from procurement.documents.tables import (
    Column,
    Row,
    RowKind,
    Table,
    draw_table,
    draw_table_section,
    figure_column,
    kept_height,
    text_column,
)
from procurement.documents.typesetting import SMALL_QUIET
from procurement.values.figures import percent

INDENT = "\u2003"
CENTS = 100


def draw_evaluation_matrix(content: EvaluationMatrixContent) -> bytes:
    """The evaluation matrix of one run of one lot as a PDF file; equal content gives equal bytes."""
    kind = DocumentKind.EVALUATION_MATRIX.label
    title = f"{content.tender_title}, {content.lot}"
    sheet = Sheet(Imprint(kind, title, content.letterhead, content.identity), LANDSCAPE)
    draw_letterhead(sheet)
    draw_title(sheet, kind, title)
    draw_facts(sheet, identity_facts(content.identity))
    draw_pairs(
        sheet,
        [
            ("Vergabe", content.tender_number),
            ("Los", content.lot),
            ("Wertung", f"{content.proof.number} vom {moment(content.proof.made_at)}, {content.proof.made_by}"),
            ("Rang 1", content.winners),
        ],
    )
    for notice in content.notices:
        draw_notice(sheet, notice)
    _draw_result(sheet, content)
    _draw_method(sheet, content)
    _draw_criteria(sheet, content)
    _draw_points(sheet, content)
    _draw_reasons(sheet, content)
    _draw_price(sheet, content)
    _draw_reruns(sheet, content)
    _draw_proof(sheet, content.proof)
    if content.prepared:
        sheet.section("Ausfertigung")
        draw_signatures(sheet, [("Ausgefertigt", content.prepared)])
    draw_ending(sheet, content.closing)
    return sheet.save()


def _draw_result(sheet: Sheet, content: EvaluationMatrixContent) -> None:
    has_points = any(bid.points is not None for bid in content.bids)
    columns = (
        figure_column("Rang"),
        text_column("Bieter"),
        *([figure_column("Leistungspunkte L")] if has_points else []),
        figure_column("Wertungspreis P netto\u00a0€"),
        *(figure_column(title) for title in content.columns),
    )
    rows = tuple(_result_row(bid, has_points=has_points) for bid in content.bids)
    draw_table_section(sheet, "Ergebnis", Table(columns, rows, lead=2))
    for bid in content.bids:
        if bid.explanation:
            told = f"Rang {bid.rank}, {bid.name}: {bid.explanation}."
            sheet.paragraph(f"{told} Abstand: {bid.distance}." if bid.distance else told, after=2)
    for bid in content.bids:
        if bid.hint:
            draw_notice(sheet, f"{bid.name}: {bid.hint}")
    if content.drawing:
        sheet.subheading("Losentscheid")
        draw_pairs(sheet, content.drawing)
    _draw_unranked(sheet, content.bids)


def _result_row(bid: MatrixBid, *, has_points: bool) -> Row:
    cells = (
        NOTHING if bid.rank is None else str(bid.rank),
        bid.name,
        *([points(bid.points)] if has_points else []),
        rounded(bid.price),
        *bid.figures,
    )
    return Row(cells, RowKind.OWN if bid.rank == 1 else RowKind.BODY)


def _draw_unranked(sheet: Sheet, bids: tuple[MatrixBid, ...]) -> None:
    out = [bid for bid in bids if bid.rank is None]
    if not out:
        sheet.paragraph("Alle Angebote sind in der Rangfolge; keines ist ausgeschlossen.")
        return
    table = Table((text_column("Bieter"), text_column("Grund")), tuple(Row((bid.name, bid.exclusion)) for bid in out))
    sheet.subheading("Nicht in der Rangfolge", kept=kept_height(sheet, table))
    draw_table(sheet, table)


def _draw_method(sheet: Sheet, content: EvaluationMatrixContent) -> None:
    pairs = [*content.method, ("Rundung", content.rounding), ("Gleichstand", content.tie)]
    draw_pairs_section(sheet, "Methode, Rundung und Regel bei Gleichstand", pairs)
    if content.references:
        columns = (text_column("Vergleichswert"), figure_column("Wert"), figure_column("genau"))
        table = Table(columns, tuple(Row((one.label, one.shown, one.exact)) for one in content.references))
        sheet.subheading("Vergleichswerte", kept=kept_height(sheet, table))
        draw_table(sheet, table)


def _draw_criteria(sheet: Sheet, content: EvaluationMatrixContent) -> None:
    if not content.nodes:
        sheet.section("Kriterien")
        sheet.paragraph("Einziges Zuschlagskriterium ist der Preis; Leistungspunkte gibt es nicht.")
        return
    columns = (
        text_column("Nr."),
        text_column("Kriterium"),
        text_column("Art"),
        text_column("Mindestpunktzahl"),
        text_column("Bewertungsskala"),
        figure_column("Gewicht"),
        figure_column("Gewichtungspunkte GP"),
    )
    rows = tuple(
        Row(
            (
                node.number,
                f"{INDENT * (node.level - 1)}{node.title}",
                node.kind,
                node.minimum or NOTHING,
                node.scale or NOTHING,
                node.weight or NOTHING,
                points(node.weight_points),
            )
        )
        for node in content.nodes
    )
    draw_table_section(sheet, "Kriterienbaum und Gewichte", Table(columns, rows, lead=2))


def _draw_points(sheet: Sheet, content: EvaluationMatrixContent) -> None:
    if content.rows:
        columns = [text_column("Nr."), text_column("Kriterium"), figure_column("GP")]
        for bid in content.rated:
            columns += [figure_column(f"{bid} BP"), figure_column(f"{bid} LP")]
        draw_table_section(
            sheet, "Bewertungspunkte und Leistungspunkte", Table(tuple(columns), _point_rows(content), 3)
        )
        sheet.paragraph(wording.HOW_POINTS, SMALL_QUIET)
    if content.minimums:
        _draw_minimums(sheet, content)


def _point_rows(content: EvaluationMatrixContent) -> tuple[Row, ...]:
    rows = []
    for row in content.rows:
        cells = [row.number, f"{INDENT * (row.level - 1)}{row.title}", points(row.weight_points)]
        for given, performance in zip(row.points, row.performance, strict=True):
            cells += [points(given), points(performance)]
        rows.append(Row(tuple(cells), RowKind.OWN if row.level == 1 else RowKind.BODY))
    total = ["", "Leistungspunkte L", ""]
    for figure in content.totals:
        total += ["", points(figure)]
    return (*rows, Row(tuple(total), RowKind.TOTAL))


def _draw_minimums(sheet: Sheet, content: EvaluationMatrixContent) -> None:
    columns = (
        text_column("Wo"),
        text_column("Bieter"),
        text_column("Ergebnis"),
        figure_column("erreicht LP"),
        figure_column("erreichbar LP"),
        figure_column("Anteil"),
        figure_column("verlangt"),
    )
    rows = tuple(
        Row(
            (
                one.node,
                one.bid,
                "erreicht ✓" if one.is_reached else "nicht erreicht ✗: ausgeschlossen",
                points(one.attained),
                points(one.attainable),
                percent(one.attained / one.attainable),
                percent(one.required),
            )
        )
        for one in content.minimums
    )
    table = Table(columns, rows, lead=2)
    sheet.subheading("Mindestpunktzahlen", kept=kept_height(sheet, table))
    draw_table(sheet, table)


def _draw_reasons(sheet: Sheet, content: EvaluationMatrixContent) -> None:
    if content.answers:
        sheet.section("Ausschlusskriterien (A)")
        for criterion in content.answers:
            _draw_criterion(sheet, criterion, is_scored=False)
    if not content.reasons:
        return
    sheet.section("Begründungen je Kriterium")
    sheet.paragraph(wording.ONLY_RECORD, SMALL_QUIET)
    if content.panel:
        sheet.subheading("Wertungsgremium")
        draw_pairs(sheet, content.panel)
    for criterion in content.reasons:
        _draw_criterion(sheet, criterion, is_scored=True)


def _draw_criterion(sheet: Sheet, criterion: ReasonedCriterion, *, is_scored: bool) -> None:
    columns: tuple[Column, ...]
    if is_scored:
        columns = (
            text_column("Bieter"),
            text_column("Begründung"),
            text_column("Festgelegt"),
            figure_column("BP"),
            figure_column("LP"),
        )
        rows = tuple(Row((*_reason(one), one.points, points(one.performance))) for one in criterion.reasons)
    else:
        columns = tuple(text_column(title) for title in ("Bieter", "Begründung", "Festgelegt", "Antwort"))
        rows = tuple(Row((*_reason(one), one.points)) for one in criterion.reasons)
    table = Table(columns, rows)
    heading = f"{criterion.number} {criterion.title}"
    if criterion.weight_points is not None:
        heading += f", {points(criterion.weight_points)} Gewichtungspunkte"
    sheet.subheading(heading, kept=kept_height(sheet, table))
    draw_table(sheet, table)


def _reason(one: MatrixReason) -> tuple[str, str, str]:
    who = f"im Konsens: {one.agreed_by}" if one.agreed_by else one.given_by
    return one.bid, one.reason or NOTHING, f"{who}, {moment(one.given_at)}"


def _draw_price(sheet: Sheet, content: EvaluationMatrixContent) -> None:
    if content.prices is None:
        sheet.section("Wertungspreis")
        sheet.paragraph(wording.PLAIN_PRICE)
        return
    columns = (text_column("Bestandteil"), *(figure_column(f"{bid}\u00a0€") for bid in content.prices.bids))
    draw_table_section(sheet, "Wertungspreis", Table(columns, _price_rows(content.prices)))
    _draw_price_texts(sheet, content.prices)


def _price_rows(prices: PriceTable) -> tuple[Row, ...]:
    rows = [
        Row((row.title, *(_amount(row.texts[place], amount) for place, amount in enumerate(row.amounts))))
        for row in prices.rows
    ]
    return (*rows, Row(("Wertungspreis P", *(rounded(total) for total in prices.totals)), RowKind.TOTAL))


def _amount(text: str, amount: Fraction | None) -> str:
    """Whole cents as usual, anything finer as it is."""
    if amount is None:
        return "fehlt" if text else NOTHING
    return rounded(amount) if (amount * CENTS).denominator == 1 else f"{rounded(amount)} ({exact(amount)})"


def _draw_price_texts(sheet: Sheet, prices: PriceTable) -> None:
    """How each line came about, once per wording."""
    for row in prices.rows:
        texts = dict.fromkeys(text for text in row.texts if text)
        if texts:
            sheet.paragraph(f"{row.title}: {' / '.join(texts)}", SMALL_QUIET, after=1)
    sheet.paragraph("Jede Zeile ist genau; gerundet wird nur die Summe, kaufmännisch auf den Cent.", SMALL_QUIET)


def _draw_reruns(sheet: Sheet, content: EvaluationMatrixContent) -> None:
    if content.reruns:
        sheet.section("Neue Wertung nach Ausschluss: beide Rangfolgen")
    for one in content.reruns:
        _draw_rerun(sheet, one)


def _draw_rerun(sheet: Sheet, one: Rerun) -> None:
    sheet.subheading(f"Wertung {one.before} und Wertung {one.after}: Ausschluss von {one.excluded}")
    changed = "Rang 1 ändert sich" if one.winner_before != one.winner_after else "Rang 1 bleibt"
    draw_pairs(
        sheet,
        [
            ("Ausgeschlossen nach", one.norm),
            ("Gründe", one.reason),
            *one.decided,
            ("Rang 1", f"{changed}: vorher {one.winner_before}, nachher {one.winner_after}"),
        ],
    )
    columns = (
        text_column("Angebot"),
        figure_column(f"Rang in Wertung {one.before}"),
        figure_column(f"Rang in Wertung {one.after}"),
        figure_column("Ergebnis vorher"),
        figure_column("Ergebnis nachher"),
        text_column("Bemerkung"),
    )
    rows = tuple(
        Row((row.bid, _rank(row.rank_before), _rank(row.rank_after), row.score_before, row.score_after, row.reason))
        for row in one.rows
    )
    draw_table(sheet, Table(columns, rows))
    if one.references:
        compared = (text_column("Vergleichswert"), figure_column("vorher"), figure_column("nachher"))
        draw_table(sheet, Table(compared, tuple(Row(figures) for figures in one.references)))


def _rank(rank: int | None) -> str:
    return NOTHING if rank is None else str(rank)


def _draw_proof(sheet: Sheet, proof: MatrixProof) -> None:
    draw_pairs_section(
        sheet,
        "Herkunft der Zahlen",
        [
            ("Wertung", f"{proof.number}, gerechnet {moment(proof.made_at)} durch {proof.made_by}"),
            ("Prüfpfad", proof.trail),
            ("SHA-256 der Eingaben", proof.input_hash),
            ("SHA-256 des Ergebnisses", proof.result_hash),
            ("SHA-256 der Veröffentlichung", proof.published_hash),
            ("Nachrechnung", wording.REPRODUCED if proof.is_reproduced else wording.NOT_REPRODUCED),
        ],
    )
