"""The plan of a case: goals, services, tasks, mediation, follow-up, closing."""
