// What is wrong with a file, for the person on site: said once when it begins and once when it is over.
import type { SourceHost } from '../../reading/sensor-driver.ts';

export class FileTrouble {
  readonly #facts: { readonly sensor: string; readonly path: string };
  readonly #host: Pick<SourceHost, 'say'>;
  #isSaid = false;

  constructor(facts: { readonly sensor: string; readonly path: string }, host: Pick<SourceHost, 'say'>) {
    this.#facts = facts;
    this.#host = host;
  }

  complain(text: string, facts: Readonly<Record<string, string>> = {}): void {
    if (this.#isSaid) return;
    this.#isSaid = true;
    this.#host.say('warn', { ...this.#facts, ...facts }, text);
  }

  recover(): void {
    if (!this.#isSaid) return;
    this.#isSaid = false;
    this.#host.say('info', this.#facts, 'a file is there and read again');
  }
}
