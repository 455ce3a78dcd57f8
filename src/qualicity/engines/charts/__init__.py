"""Charts: one specification (Vega-Lite, by Altair) for the page, the PDF and the DOCX."""
