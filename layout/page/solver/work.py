"""Work units: what the solver counts instead of time, so that every machine finds the same page."""

from __future__ import annotations


class Meter:
    """Counts work; `stop` is the count at which the search under way has to end."""

    def __init__(self, budget: int) -> None:
        """Start at nothing spent."""
        self.budget = budget
        self.spent = 0
        self.stop = budget

    def spend(self, units: int) -> None:
        """Count work done."""
        self.spent += units

    @property
    def over(self) -> bool:
        """Whether the search under way has to end."""
        return self.spent >= self.stop

    @property
    def out(self) -> bool:
        """Whether the whole budget is spent."""
        return self.spent >= self.budget

    def allow(self, units: int) -> None:
        """Let the next search spend so many units, within the whole budget."""
        self.stop = min(self.budget, self.spent + units)
