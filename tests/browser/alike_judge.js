// Evaluated in a bare page: what the phone's scripts say otherwise than the shared files.
async ([model, pairs, vectors, most]) => {
  const { openAlike } = await import("/alike.js");
  const { keysOf } = await import("/alike-keys.js");
  const { categoriesOf } = await import("/alike-evidence.js");
  const alike = await openAlike(model, [], []);
  const { reader, tables, score, rarity } = alike;
  const unlike = [];
  const compare = (where, said, meant) => {
    if (JSON.stringify(said) !== JSON.stringify(meant)) unlike.push({ where, said, meant });
  };
  // Signs that are no letters show as #, as Python tells them.
  const plain = (word) => word.replace(/[^a-z]/g, "#");
  const readOf = (traits) =>
    Object.fromEntries(
      Object.entries(traits).map(([name, value]) => {
        if (typeof value === "string") return [name, name === "nik" ? value : plain(value)];
        const isWords = Array.isArray(value) && typeof value[0] === "string";
        return [name, isWords ? value.map(plain) : value];
      }),
    );
  const inOrder = (read, like) => Object.fromEntries(Object.keys(like).map((name) => [name, read[name]]));
  const near = (where, said, meant, slack) => {
    if (!(Math.abs(said - meant) <= slack)) unlike.push({ where, said, meant });
  };
  const weighed = (where, categories, meant) => {
    near(`${where}: log-odds`, score.odds(categories), meant.log_odds, 1e-5);
    score.parts(categories).forEach(({ field, bits }, at) => near(`${where}: ${field}`, bits, meant.bits[at], 0.0011));
  };

  const traits = pairs.records.map(({ written, read }) => {
    const found = reader.traits(written);
    compare(JSON.stringify(written), inOrder(readOf(found), read), read);
    return found;
  });
  for (const pair of pairs.pairs) {
    const where = `${pair.kind} ${pair.records}`;
    const [one, other] = pair.records.map((place) => traits[place]);
    const counted = { ...rarity, phone: () => pair.crowd };
    for (const [left, right] of [[one, other], [other, one]]) {
      compare(where, categoriesOf(left, right, counted, tables), pair.categories);
    }
    weighed(where, pair.categories, pair);
    const keys = new Set(keysOf(one, tables));
    compare(`${where}: keys`, keysOf(other, tables).filter((key) => keys.has(key)).length, pair.keys);
  }
  pairs.patterns.forEach((pattern, at) => weighed(`pattern ${at}`, pattern.categories, pattern));
  for (const [text, words, sex] of vectors.names) compare(text, reader.names.read(text), { words, sex });
  for (const [text, digits, kind] of vectors.niks) compare(text, reader.numbers.nik(text), { digits, kind });
  for (const [text, day] of vectors.births) compare(text, reader.numbers.birth(text), day);
  for (const [text, numbers] of vectors.phones) compare(text, reader.numbers.phones(text), numbers);
  for (const [address, rt, rw, ...meant] of vectors.homes) {
    const home = reader.homes.home(address, rt, rw);
    compare(address, [home.rt, home.rw, home.house], meant);
  }
  return { count: unlike.length, first: unlike.slice(0, most) };
};
