"""Publication tells the city: what leaves the house."""
