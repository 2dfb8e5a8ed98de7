"""Working a plan out: in the worker's child alone, because of what the solvers weigh."""
