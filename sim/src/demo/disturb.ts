// What happens when a watcher disturbs the demo: the uplink is cut, or a program is killed.
import type { Link } from '../network/link.ts';
import type { Actions } from './control.ts';
import type { SupervisedProgram } from './program.ts';

const gatewayAwayMs = 5_000;
const cloudAwayMs = 5_000;

export interface Disturbed {
  readonly link: Pick<Link, 'cut' | 'restore'>;
  readonly gateway: Pick<SupervisedProgram, 'kill'>;
  readonly cloud: Pick<SupervisedProgram, 'kill'>;
  readonly quit: () => void;
}

export class Disturber implements Actions {
  readonly #parts: Disturbed;
  #isCut = false;
  #isUntouched = true;

  constructor(parts: Disturbed) {
    this.#parts = parts;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  /** Whether the watcher has left everything alone so far. */
  get isUntouched(): boolean {
    return this.#isUntouched;
  }

  setUplink(cut: boolean): void {
    this.#isCut = cut;
    if (cut) this.#parts.link.cut();
    else this.#parts.link.restore();
  }

  toggleUplink(): string {
    this.#isUntouched = false;
    this.setUplink(!this.#isCut);
    return this.#isCut
      ? 'The uplink is cut: readings gather in the gateway. Press u again to restore it.'
      : 'The uplink is restored: the gateway sends what has gathered.';
  }

  killGateway(): string {
    this.#isUntouched = false;
    this.#parts.gateway.kill(gatewayAwayMs);
    return `kill -9 to the gateway; it comes back in ${gatewayAwayMs / 1000} s. Sensors keep what was not acknowledged.`;
  }

  killCloud(): string {
    this.#isUntouched = false;
    this.#parts.cloud.kill(cloudAwayMs);
    return `kill -9 to the cloud; it comes back in ${cloudAwayMs / 1000} s. The gateway keeps what has no receipt.`;
  }

  quit(): string {
    this.#parts.quit();
    return 'Stopping …';
  }
}
