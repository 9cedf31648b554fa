"""What the team presents and publishes, made from one publication.

``slides`` says what is told, once; the deck, the handout, the sheet, the pictures and
the presenter's page only draw it. ``bulletin`` does the same for the fortnight.
"""
