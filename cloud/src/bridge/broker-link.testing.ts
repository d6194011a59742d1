// A link to a broker in the hand of a test, and what it counts and says.
import { type BrokerLink, type BrokerLinkOptions, openBrokerLink } from './broker-link.ts';
import { ScriptedBroker, type Session } from './scripted-broker.testing.ts';

export const gateways = 'bridge-1-gateways';
export const publishers = 'bridge-1-publishers';

export class TestLink {
  broker: ScriptedBroker;
  readonly counted: Record<string, number> = {};
  readonly told: [boolean, string][] = [];
  #link: BrokerLink | undefined;

  private constructor(broker: ScriptedBroker) {
    this.broker = broker;
  }

  static async begin(): Promise<TestLink> {
    return new TestLink(await ScriptedBroker.open());
  }

  open(options: Partial<BrokerLinkOptions> = {}): BrokerLink {
    this.#link = openBrokerLink({
      url: this.broker.url,
      name: 'bridge-1',
      mqttVersion: 5,
      group: undefined,
      sessionExpirySeconds: 3_600,
      receiveMaximum: 7,
      maxPendingBytes: 100,
      bridge: () => Promise.resolve(),
      count: (name, amount = 1) => {
        this.counted[name] = (this.counted[name] ?? 0) + amount;
        this.broker.changed();
      },
      onLink: (isUp, why) => {
        this.told.push([isUp, why]);
        this.broker.changed();
      },
      ...options,
    });
    return this.#link;
  }

  isUp(): Promise<true> {
    return this.broker.until(() => this.told.at(-1)?.[0] === true);
  }

  async close(): Promise<void> {
    await this.#link?.close();
    await this.broker.close();
  }
}

export function publish(session: Session, topic: string, payload: string, messageId = 1): void {
  session.send({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain: false });
}

export const acknowledged = ({ packets }: Session) =>
  packets.flatMap((packet) => (packet.cmd === 'puback' ? [packet.messageId] : []));
