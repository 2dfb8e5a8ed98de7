"""Hours in which no session should lie in Banten, the whole year: said here and nowhere else.

A person who plans a session is warned by them, and a plan that is worked out begins with them:
there they are settings, kept with the plan, which another city or the fasting month changes.
"""

from datetime import time

Hours = tuple[time, time]

DHUHR: Hours = (time(11, 45), time(12, 30))
ASR: Hours = (time(15), time(15, 30))
MAGHRIB: Hours = (time(17, 40), time(18, 40))
"""Serang lies six degrees south of the equator: sunset moves by half an hour in a year."""
PRAYERS = (DHUHR, ASR, MAGHRIB)
FRIDAY_PRAYER: Hours = (time(11, 30), time(13))
"""With the way there and back."""
LESSONS: Hours = (time(7, 30), time(12, 30))
"""From Monday to Friday, when every school teaches: sessions in a school lie inside, sessions
for pupils elsewhere outside."""
