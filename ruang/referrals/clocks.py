"""Until when a partner is to answer, and for how long something is shared."""

from datetime import datetime, timedelta

from ruang.kernel.codes import Risk
from ruang.territory.facts import CityFacts

EXPIRY, LAPSE = "referral_expiry", "referral_lapse"
"""The two due times of a request: no answer in time; the end of what was shared."""
SHORTEST = timedelta(hours=2)
"""Even at high risk somebody has to see the request first; danger now is for the telephone."""
MORNING = timedelta(hours=1)
LONGEST_SHARE = timedelta(days=731)
"""Two years: a longer consent is asked for again."""
USUAL_SHARE = timedelta(days=90)


def usual_answer_by(*, city: CityFacts, risk: str, at: datetime) -> datetime:
    """Return when an answer is due by the city's hours for this risk.

    High risk runs through the night. The others count from the next opening, and an end
    outside the hours moves to the first hour of the morning after.
    """
    length = max(timedelta(hours=city.answer_hours.get(risk, 6)), SHORTEST)
    if risk == Risk.HIGH:
        return at + length
    due = (city.hours.next_opening(at) or at) + length
    if city.hours.is_open(due):
        return due
    opening = city.hours.next_opening(due)
    return due if opening is None else opening + MORNING
