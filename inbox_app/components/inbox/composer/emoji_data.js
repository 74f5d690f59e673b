// What emoji are called in a language: emojibase's data, from our own origin, in the form that frimousse takes.

/** Newer ones are an empty box on many a guest's phone (Emoji 15: 2022). */
const NEWEST_VERSION = 15;

const LANGUAGES = {
  it: () => Promise.all([import("emojibase-data/it/data.json"), import("emojibase-data/it/messages.json")]),
  en: () => Promise.all([import("emojibase-data/en/data.json"), import("emojibase-data/en/messages.json")]),
  es: () => Promise.all([import("emojibase-data/es/data.json"), import("emojibase-data/es/messages.json")]),
};

export async function emojiData(locale) {
  const [{ default: emojis }, { default: messages }] = await (LANGUAGES[locale] ?? LANGUAGES.en)();
  return asPicked(locale, emojis, messages);
}

/** Without what has no category, and without skin tones by themselves. */
export function asPicked(locale, emojis, messages) {
  const groups = messages.groups.filter(({ key }) => key !== "component");
  const shown = new Set(groups.map(({ order }) => order));
  return {
    locale,
    emojis: emojis.filter(({ group, version }) => shown.has(group) && version <= NEWEST_VERSION).map(named),
    categories: groups.map(({ order, message }) => ({ index: order, label: capitalized(message) })),
    skinTones: {},
  };
}

const named = ({ emoji, group, version, label, tags = [] }) => ({
  emoji, version, category: group, label: capitalized(label), tags: [...tags, ...unaccented([label, ...tags])],
});

/** «caffe» finds «caffè». */
const unaccented = (words) => words.map(plain).filter((word, at) => word !== words[at]);
const plain = (word) => word.normalize("NFD").replace(/\p{M}/gu, "");
const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);
