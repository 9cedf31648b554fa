"""One module per source; its ``suite()`` is the agreement on the file.

A suite judges the rows as a whole, once they are read. What can be seen while
reading (headers, encoding, a file that is cut off) is refused by landing, and what
is wrong with a single row is its ``_problem``.
"""
