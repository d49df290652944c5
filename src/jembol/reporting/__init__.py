"""Prove: figures of the programme, reproducible to the row.

Owns the figure (a number with its unit, period, source and way of counting), the four counts of
the front board and the people reached by kelurahan. It has no tables and leaves every row to the
package that owns it. Its five words: figure, unit, period, verdict (why a row counts or not),
claim.
"""
