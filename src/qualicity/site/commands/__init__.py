"""The sub-commands, one file each: ``HELP``, ``add_arguments(parser)`` and ``run(arguments) -> exit code``."""
