"""Days that make sense: others break clocks and calendars before any rule is asked."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator

THINKABLE = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 30)))
