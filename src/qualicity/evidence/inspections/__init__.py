"""Spot checks (监督抽查): plan, draw, field work, laboratory, what follows a failure, and both published."""
