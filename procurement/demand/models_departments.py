"""What a member took over from its departments, kept beside the item so that a later change of the sums is noticed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment, QuantityColumn
from procurement.demand.models import Article, Demand
from procurement.values.quantity import Quantity


class DepartmentTakeover(Base):
    """The sum of one article as the lead last took it over, with its origin in words; the trail keeps earlier ones."""

    __tablename__ = "department_takeover"

    id: Mapped[int] = mapped_column(primary_key=True)
    demand_id: Mapped[int] = mapped_column(sa.ForeignKey("demand.id"))
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), index=True)
    minimum: Mapped[Quantity] = mapped_column(QuantityColumn)
    expected: Mapped[Quantity] = mapped_column(QuantityColumn)
    maximum: Mapped[Quantity] = mapped_column(QuantityColumn)
    origin: Mapped[str] = mapped_column(sa.Text)
    taken_at: Mapped[datetime] = mapped_column(Moment)
    taken_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    demand: Mapped[Demand] = relationship()
    article: Mapped[Article] = relationship()

    __table_args__ = (sa.UniqueConstraint("demand_id", "article_id"),)
