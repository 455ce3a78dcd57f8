"""How the simulated plan runs: handed out, worked on, chased, judged and written down, on a simulated clock."""
