"""The curve of a campaign drawn on the server: what came in, what a usual campaign would have, the goal."""

from dataclasses import dataclass
from decimal import Decimal

from filage.funding.campaign import CampaignView
from filage.kernel import french

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 22, 28


@dataclass(frozen=True, slots=True)
class CampaignChart:
    """Everything the drawing needs, in its own units."""

    raised: str
    expected: str
    goal_y: int
    goal: str
    today_x: int | None
    last_x: int
    last_y: int
    ticks: tuple[tuple[int, str, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def campaign_chart(view: CampaignView) -> CampaignChart:
    """Draw a campaign: days across, euros up."""
    points = view.points
    highest = max(view.campaign.goal, view.raised, Decimal(1))
    across = max(len(points) - 1, 1)

    def x(number: int) -> int:
        return LEFT + (WIDTH - LEFT - RIGHT) * number // across

    def y(value: Decimal) -> int:
        room = HEIGHT - TOP - BOTTOM
        return HEIGHT - BOTTOM - int(room * value / highest)

    known = [(x(n), y(p.raised)) for n, p in enumerate(points) if p.raised is not None]
    usual = [(x(n), y(p.expected)) for n, p in enumerate(points)]
    days = [n for n, p in enumerate(points) if p.on == view.today]
    ends = sorted({0, across // 2, len(points) - 1})
    anchors = {0: "start", len(points) - 1: "end"}
    return CampaignChart(
        raised=_line(known),
        expected=_line(usual),
        goal_y=y(view.campaign.goal),
        goal=french.euro(view.campaign.goal),
        today_x=x(days[0]) if days else None,
        last_x=known[-1][0] if known else LEFT,
        last_y=known[-1][1] if known else HEIGHT - BOTTOM,
        ticks=tuple((x(n), french.day(points[n].on, year=False), anchors.get(n, "middle")) for n in ends),
    )


def _line(points: list[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
