/**
 * Reads along the fixed headers of an MQTT byte stream (MQTT 3.1.1, 2.2) and says, from the declared length
 * alone, when a packet is too large: before any of it is buffered.
 */
export class PacketGuard {
  #skip = 0;
  /** −1: the next byte starts a packet; otherwise the place in the length field. */
  #lengthByte = -1;
  #length = 0;
  #factor = 1;

  /** The first declared length above `limit` in this chunk, or undefined when all packets fit. */
  inspect(chunk: Uint8Array, limit: number): number | undefined {
    let i = 0;
    while (i < chunk.length) {
      if (this.#skip > 0) {
        const step = Math.min(this.#skip, chunk.length - i);
        this.#skip -= step;
        i += step;
        continue;
      }
      const byte = chunk[i++]!;
      if (this.#lengthByte < 0) {
        this.#lengthByte = 0;
        this.#length = 0;
        this.#factor = 1;
        continue;
      }
      this.#length += (byte & 0x7f) * this.#factor;
      this.#factor *= 128;
      if (this.#length > limit) return this.#length;
      if (byte < 128) {
        this.#skip = this.#length;
        this.#lengthByte = -1;
      } else if (++this.#lengthByte > 3) return Number.POSITIVE_INFINITY;
    }
    return undefined;
  }
}
