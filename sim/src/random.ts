// Chance that can be repeated, so that a simulated year is the same on every machine.

/** Chance that can be repeated: the same seed gives the same numbers on every machine and every Node. */
export interface Random {
  /** A number from 0 (inside) to 1 (outside), 32 bits fine. */
  next(): number;
  /** A whole number from `low` to `high`, both inside. */
  between(low: number, high: number): number;
  /** A draw from the normal distribution with mean 0 and standard deviation 1. */
  gaussian(): number;
  /** A draw from the exponential distribution with mean 1. */
  exponential(): number;
}

/**
 * A generator of its own for each seed; seeds of any text are welcome (`"7/faults/12"`), so that parts of
 * a simulation draw from streams that do not disturb each other.
 * The algorithm is sfc32 (Doty-Humphrey, PractRand): 128 bits of state, small, fast, passes BigCrush.
 */
export function createRandom(seed: number | string): Random {
  const mix = hashOf(String(seed));
  let a = mix();
  let b = mix();
  let c = mix();
  let counter = 1;
  let spare: number | undefined;

  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  // The state is still close to the seed at first: PractRand's author runs it twelve rounds before use.
  for (let i = 0; i < 12; i++) next();

  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    gaussian: () => {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      // Box and Muller: two uniform draws give two normal ones. 1 - next() is never 0.
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const angle = 2 * Math.PI * next();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    exponential: () => -Math.log(1 - next()),
  };
}

/** Spreads a text over 32-bit words: FNV-1a over the text, then a different multiplicative finish per word. */
function hashOf(text: string): () => number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return () => {
    hash = (hash + 0x9e3779b9) | 0;
    let word = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return word ^ (word >>> 16);
  };
}
