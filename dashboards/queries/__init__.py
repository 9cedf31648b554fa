"""All SQL of the pages; one module per mart or page."""
