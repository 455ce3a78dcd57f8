"""Three years of spot checks, from the plan to the published follow-up, worked through by simulated people."""
