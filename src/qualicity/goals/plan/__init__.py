"""The plan to read: tasks, phases, organisations. Serves everybody who signs in; never changes the plan."""
