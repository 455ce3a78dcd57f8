"""The roof: settings, urls, menu, command line."""
