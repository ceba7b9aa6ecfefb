/* What a reader typed on the first page, as words and ids; or why it will not do. */
const ownSentence = (() => {
  const MOST_WORDS = 8, MOST_LETTERS = 12;
  const SPACE = /[\s\u2013\u2014]+/u; // dashes part words as spaces do
  const EDGES = /^[\p{P}\p{C}]+|[\p{P}\p{C}]+$/gu; // quotes, commas, full stops
  const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

  const wordsOf = (text) => text.normalize("NFC").toLowerCase().split(SPACE)
    .map((word) => word.replace(EDGES, "")).filter(Boolean);

  /* Letters as readers count them: an emoji is one, however many codes it has. */
  const letters = (word) => Intl.Segmenter
    ? Array.from(new Intl.Segmenter().segment(word), ({ segment }) => segment) : [...word];

  /* A word as the page shows it: not too long, and with its own direction. */
  const shown = (word) => {
    const all = letters(word);
    const short = all.length > MOST_LETTERS
      ? `${all.slice(0, MOST_LETTERS - 1).join("")}…` : word;
    return RIGHT_TO_LEFT.test(short) ? `\u2068${short}\u2069` : short;
  };

  const wrong = (words) => {
    const more = words.length - MOST_WORDS;
    if (!words.length) return "Type a sentence: two to eight words, with spaces between.";
    if (words.length === 1) return "No word follows the first one. Type another.";
    if (more > 0) return `${words.length} words are too many: leave out ${more}.`;
    if (new Set(words).size === 1) {
      return "It is the same word each time, so there is nothing to guess. Add another.";
    }
    return "";
  };

  /* The least loss, in nats, of a machine that knows the last word alone: it gives each
     follower of a word the share in which it follows. */
  const floorOf = (ids, targets) => {
    const times = (id, target) => ids.filter((one, t) =>
      one === id && (target === undefined || targets[t] === target)).length;
    return ids.reduce((sum, id, t) =>
      sum + Math.log(times(id) / times(id, targets[t])), 0);
  };

  /* The words, as the page shows them, and their ids; or `refused`, a sentence. */
  const read = (text) => {
    const said = wordsOf(text), refused = wrong(said);
    if (refused) return { refused };
    const vocabulary = [...new Set(said)].sort();
    const ids = said.map((word) => vocabulary.indexOf(word));
    const [from, to] = [ids.slice(0, -1), ids.slice(1)];
    return { words: vocabulary.map(shown), ids: from, targets: to,
      even: from.length * Math.log(vocabulary.length), floor: floorOf(from, to) };
  };

  return { read };
})();
