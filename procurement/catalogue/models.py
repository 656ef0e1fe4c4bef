"""The articles KAAW buys again and again, and the CPV codes that classify them."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from procurement.core.db import Base, UnitPriceColumn, labelled
from procurement.values.money import UnitPrice
from procurement.values.payment import Nature, Period


class CatalogueArticle(Base):
    """An article of the catalogue; both prices are net per unit and say only what was usual so far."""

    __tablename__ = "catalogue_article"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    category_code: Mapped[str] = mapped_column(sa.String(10), index=True)
    category: Mapped[str] = mapped_column(sa.String(120))
    title: Mapped[str] = mapped_column(sa.String(300))
    unit: Mapped[str] = mapped_column(sa.String(40))
    nature: Mapped[Nature] = mapped_column(labelled(Nature))
    period: Mapped[Period] = mapped_column(labelled(Period))
    cpv: Mapped[str] = mapped_column(sa.String(8), default="")
    price_from_net: Mapped[UnitPrice | None] = mapped_column(UnitPriceColumn)
    price_to_net: Mapped[UnitPrice | None] = mapped_column(UnitPriceColumn)
    contract_form: Mapped[str] = mapped_column(sa.String(200), default="")
    suggested_key: Mapped[str] = mapped_column(sa.String(200), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.number} {self.title}"


class CpvCode(Base):
    """A code of the Common Procurement Vocabulary (CPV 2008) with its German label.

    ``search_text`` is the label folded as in a directory (:func:`german_sort_key`), so that both engines find
    "Ausrüstung" by "ausrustung" without rules of their own for capitals and umlauts.
    """

    __tablename__ = "cpv_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True)
    check_digit: Mapped[str] = mapped_column(sa.String(1))
    label: Mapped[str] = mapped_column(sa.String(400))
    division: Mapped[str] = mapped_column(sa.String(2), index=True)
    search_text: Mapped[str] = mapped_column(sa.String(400), index=True)
