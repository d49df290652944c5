"""Value types that know no framework: amounts, areas, identifiers, texts, cells and sealed bytes.

The kit owns what has the same meaning in every package and can be written as values in, values
out. It leaves every rule of a programme to the packages above it. Its five words: key, span,
reach, refusal, seal.
"""
