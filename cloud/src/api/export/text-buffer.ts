// Bytes of text as they are written, digit by digit: no string is made where none is needed.
import { dayMs } from '@wellhead/protocol';

const zero = 48;
const minus = 45;
const point = 46;
/** The longest number as text, with room to spare; also of times. */
const longestNumber = 40;
const powers = [1, 10, 100, 1_000, 10_000, 100_000];
/** Below this, times a power above, whole numbers are exact. */
const maxExact = 1e9;
/** A power of two. */
const daysKept = 64;

export class TextBuffer {
  #bytes: Buffer;
  #length = 0;
  /** Lately written days, each at its place; times of one reading can be days apart. */
  readonly #days = new Float64Array(daysKept).fill(Number.NaN);
  readonly #dayTexts = new Array<string>(daysKept).fill('');

  /** `size` is where it begins; it grows where one piece needs more. */
  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafe(size);
  }

  get length(): number {
    return this.#length;
  }

  /** All that was written since; a new one begins. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.allocUnsafe(this.#bytes.length);
    this.#length = 0;
    return taken;
  }

  /** One ASCII character. */
  byte(code: number): void {
    this.#makeRoom(1);
    this.#bytes[this.#length++] = code;
  }

  text(text: string): void {
    this.#makeRoom(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** Text that is known to be ASCII, and short: quicker than `text`. */
  ascii(text: string): void {
    this.#makeRoom(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#length++] = text.charCodeAt(i);
  }

  /** The shortest text that reads back as the same double. JavaScript's own drops the sign of -0. */
  number(value: number): void {
    this.#makeRoom(longestNumber);
    const size = Math.abs(value);
    if (size < maxExact) {
      for (let decimals = 0; decimals < powers.length; decimals++) {
        const scaled = Math.round(size * powers[decimals]!);
        // Both are exact whole numbers, so their quotient is the double that the text stands for.
        if (scaled / powers[decimals]! !== size) continue;
        if (value < 0 || Object.is(value, -0)) this.#bytes[this.#length++] = minus;
        // JavaScript writes 0.00000123 as 1.23e-6; five decimals never get there.
        this.#decimal(scaled, decimals);
        return;
      }
    }
    this.ascii(String(value));
  }

  /** ISO 8601, UTC, of milliseconds since 1970. */
  time(ms: number, slowly: (ms: number) => string): void {
    if (!Number.isInteger(ms)) {
      this.ascii(slowly(ms));
      return;
    }
    this.#makeRoom(longestNumber);
    const day = Math.floor(ms / dayMs);
    const place = day & (daysKept - 1);
    if (day !== this.#days[place]) {
      this.#days[place] = day;
      this.#dayTexts[place] = slowly(day * dayMs).slice(0, -13);
    }
    this.ascii(this.#dayTexts[place]!);
    const rest = ms - day * dayMs;
    const seconds = Math.floor(rest / 1000);
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    this.#two(hours);
    this.#bytes[this.#length++] = 58;
    this.#two(minutes - hours * 60);
    this.#bytes[this.#length++] = 58;
    this.#two(seconds - minutes * 60);
    this.#bytes[this.#length++] = point;
    this.#digits(rest - seconds * 1000, 3);
    this.#bytes[this.#length++] = 90;
  }

  #two(value: number): void {
    this.#digits(value, 2);
  }

  #decimal(scaled: number, decimals: number): void {
    if (decimals === 0) {
      this.#whole(scaled);
      return;
    }
    const power = powers[decimals]!;
    const whole = Math.floor(scaled / power);
    this.#whole(whole);
    this.#bytes[this.#length++] = point;
    this.#digits(scaled - whole * power, decimals);
  }

  #whole(value: number): void {
    let width = 1;
    for (let limit = 10; limit <= value; limit *= 10) width++;
    this.#digits(value, width);
  }

  /** Exactly so many digits, zeros before. */
  #digits(value: number, width: number): void {
    let left = value;
    for (let at = this.#length + width - 1; at >= this.#length; at--) {
      const tenth = Math.floor(left / 10);
      this.#bytes[at] = zero + (left - tenth * 10);
      left = tenth;
    }
    this.#length += width;
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + bytes));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
