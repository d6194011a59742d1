// What a log in Kafka has to be told: where the brokers are, which topic, and how to log in.
import type { SASLOptions } from 'kafkajs';

export interface KafkaLogOptions {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** Made with the next two settings where it does not exist; an existing topic is left as it is. */
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  /** How this process is called in the brokers' logs and quotas. */
  readonly clientId: string;
  readonly ssl?: boolean | { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly sasl?: SASLOptions;
  /** Told of lost connections, refused sends and the like; all of them are tried again. */
  readonly onTrouble: (message: string, error?: unknown) => void;
}
