"""Which records are one person: normalised, compared, weighed and grouped.

The way of a record: `normalise` turns what somebody wrote into traits; `keys` says where records of
one person would meet; `evidence` puts each pair into a few categories per field; `model` weighs the
categories by latent classes that are learned without labels (Fellegi and Sunter 1969; Winkler 1988);
`clusters` joins by the average over all pairs of two groups, so that one weak link chains nobody.
Five words: record, traits, evidence, weight, cluster.
"""
