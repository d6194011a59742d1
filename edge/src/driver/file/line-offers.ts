// Finished lines of a file to what is offered to the journal: a reading, or a dead letter with number and reason.

import type { BadInput } from '../../reading/raw-reading.ts';
import type { DriverHost } from '../../reading/sensor-driver.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { CutLine } from './cut-lines.ts';
import type { ReadLine } from './read-line.ts';

export type Offer = () => Promise<void>;

export interface LineSource {
  readonly sensor: string;
  readonly path: string;
  readonly encoding: 'utf-8' | 'latin1';
  readonly readLine: ReadLine;
  readonly host: Pick<DriverHost, 'intake' | 'count'>;
}

/** More bad lines than this in a row are another kind of file: they would only push out other dead letters. */
const worthKeeping = 100;
const maxPayload = 4_096;
const cutOff = 'the line was cut off where the next file begins';

export class LineOffers {
  readonly #source: LineSource;
  readonly #utf8 = new TextDecoder();
  #badInRow = 0;

  constructor(source: LineSource) {
    this.#source = source;
  }

  /** What these lines come to. Notes in `checkpoint` what the next ones need; its `carried` is used up. */
  of(lines: readonly CutLine[], checkpoint: Checkpoint): Offer[] {
    const carried = Buffer.from(checkpoint.carried, 'base64');
    checkpoint.carried = '';
    return lines.flatMap((line, i) => {
      const before = i === 0 ? carried : Buffer.alloc(0);
      return line.tooLong === undefined && before.length > 0
        ? this.#ofHalves(before, line.bytes, checkpoint)
        : [
            ...(before.length > 0 ? [this.#refusal(checkpoint, before, cutOff)] : []),
            ...this.#ofLine(line, checkpoint),
          ];
    });
  }

  #ofLine({ bytes, tooLong }: CutLine, checkpoint: Checkpoint): Offer[] {
    if (tooLong === undefined) return this.#ofText(bytes, checkpoint);
    checkpoint.line++;
    return [this.#refusal(checkpoint, bytes, `${tooLong} bytes are too many for a line`)];
  }

  /** The file before ended within a line. Its other half is the first line here, unless that is whole itself. */
  #ofHalves(carried: Uint8Array, bytes: Uint8Array, checkpoint: Checkpoint): Offer[] {
    const joined = Buffer.concat([carried, bytes]);
    if ((bytes.length === 0 || !this.#isSound(bytes, checkpoint)) && this.#isSound(joined, checkpoint))
      return this.#ofText(joined, checkpoint);
    return [this.#refusal(checkpoint, carried, cutOff), ...this.#ofText(bytes, checkpoint)];
  }

  #isSound(bytes: Uint8Array, checkpoint: Checkpoint): boolean {
    const decoded = this.#source.readLine(this.#text(bytes, checkpoint.line), { ...checkpoint });
    return decoded === undefined || !('reason' in decoded);
  }

  #ofText(bytes: Uint8Array, checkpoint: Checkpoint): Offer[] {
    const { readLine, host, sensor } = this.#source;
    const decoded = readLine(this.#text(bytes, checkpoint.line), checkpoint);
    if (decoded === undefined) return [];
    if (!('reason' in decoded)) {
      this.#badInRow = 0;
      return [() => host.intake.accept({ sensor, ...decoded })];
    }
    if (++this.#badInRow <= worthKeeping)
      return [this.#refusal(checkpoint, bytes, decoded.detail, decoded.reason)];
    host.count('lines_dropped_total', 1, sensor);
    return [];
  }

  #refusal(
    { line }: Checkpoint,
    bytes: Uint8Array,
    detail: string,
    reason: BadInput['reason'] = 'bad-frame',
  ): Offer {
    const { host, sensor, path } = this.#source;
    // A copy: the chunk it lies in is let go.
    const payload = Uint8Array.from(bytes.subarray(0, maxPayload));
    return () =>
      host.intake.refuse({ source: sensor, reason, detail: `${path}, line ${line}: ${detail}`, payload });
  }

  #text(bytes: Uint8Array, line: number): string {
    const isUtf8 = this.#source.encoding === 'utf-8';
    const text = isUtf8 ? this.#utf8.decode(bytes) : Buffer.from(bytes).toString('latin1');
    // A power cut at the logger leaves zeros before the next line.
    const whole = text.replace(/^\0+/, '');
    return line === 0 ? whole.replace(/^\uFEFF/, '') : whole;
  }
}
