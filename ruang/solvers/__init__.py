"""The prevention planner's algorithms: pure, heavy to import, for worker processes alone."""
