// No sensors yet: says how to get some.

export function EmptyState() {
  return (
    <section class="empty">
      <h1>No sensors yet</h1>
      <p>
        Wellhead is running and listens. As soon as a gateway sends its first reading, it appears here by
        itself.
      </p>
      <h2>To look around: start the demo</h2>
      <p>It starts a gateway beside this server and replays two boreholes through it.</p>
      <pre>
        <code>npm start</code>
      </pre>
      <h2>To measure: connect a gateway</h2>
      <p>
        Write <code>gateway.yaml</code> on the machine beside the sensors, and start it there:
      </p>
      <pre>
        <code>{gatewayFile}</code>
      </pre>
      <pre>
        <code>npx wellhead-edge --config gateway.yaml</code>
      </pre>
      <p>
        Sensors publish to the gateway's own broker, for example <code>{'{"water_level": 12.34}'}</code> to{' '}
        <code>sensors/borehole-1</code>.
      </p>
    </section>
  );
}

const gatewayFile = `site: my-site
gateway: gw1
uplink:
  url: mqtt://${location.hostname}:1883
sensors:
  - id: borehole-1
    type: groundwater`;
