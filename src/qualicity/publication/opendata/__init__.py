"""Open data (开放数据): the tables that may leave the house, and nothing else of it."""
