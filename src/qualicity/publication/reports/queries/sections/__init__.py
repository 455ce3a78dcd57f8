"""The sections of the report, one file each: facts in, paragraphs, tables and charts out."""
