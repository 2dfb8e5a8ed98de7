"""Approvals: what a second person is asked for, and the answer."""
