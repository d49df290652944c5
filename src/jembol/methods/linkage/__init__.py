"""Which records are one person: normalised, compared, weighed and grouped.

The way of a record: `written` is what somebody wrote; `names`, `numbers`, `where` and `businesses`
read it, and `traits` holds what is compared. `blocking` (many records at once) and `keys` (one
record) say where records of one person would meet; `evidence` puts a pair into one category for
each field, and `kernel` does so compiled; `model` weighs the categories; `clusters` joins by the
average over all pairs of two groups, so that one weak link chains nobody; `link` goes the whole
way, and `compare` sets one record beside a few others. Five words: record, traits, evidence,
weight, cluster.
"""
