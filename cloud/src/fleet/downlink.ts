// The way to the gateways: by the broker of this process, or by one that others run.

export interface Publisher {
  publish(topic: string, payload: string): void;
}

/** Whatever is to be said to gateways goes by here; before there is a broker it is not said, and asked again. */
export class Downlink implements Publisher {
  #publisher: Publisher | undefined;

  connect(publisher: Publisher): void {
    this.#publisher = publisher;
  }

  publish(topic: string, payload: string): void {
    this.#publisher?.publish(topic, payload);
  }
}
