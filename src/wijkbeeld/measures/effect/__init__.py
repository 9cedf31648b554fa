"""What a start did to crime, how sure that is, and in which words it may be said.

Implements MEASURES C. One module per design; ``study`` runs the designs of one start
and ``verdict`` says what they allow to be said.
"""
