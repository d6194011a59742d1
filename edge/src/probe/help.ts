// What `wellhead-edge probe` tells of itself, kind by kind.

export const probeHelp = {
  probe: `
Without a kind it lists the serial ports of this machine. Every byte is shown, in hexadecimal and as text:
→ is sent, ← is received. Stop the gateway first: a port has one user.

Examples:
  $ wellhead-edge probe                                            which serial ports are there
  $ wellhead-edge probe modbus --port /dev/ttyUSB0 --scan          which units answer
  $ wellhead-edge probe sdi12 --port /dev/ttyUSB0 --scan           which addresses answer, and who they are
  $ wellhead-edge probe ascii --port /dev/ttyUSB0 --baud 4800      listen for ten seconds
  $ wellhead-edge probe modbus --config gateway.yaml --sensor bh1  read one sensor as the gateway would
  $ wellhead-edge probe http --config gateway.yaml --sensor air1   ask its feed once
  $ wellhead-edge probe file --config gateway.yaml --sensor bh4    the newest line of its file`,
  modbus: `
Examples:
  $ wellhead-edge probe modbus --port /dev/ttyUSB0 --scan --from 1 --to 20
  $ wellhead-edge probe modbus --tcp 192.168.1.20:502 --unit 1 --address 0 --count 4
  $ wellhead-edge probe modbus --config gateway.yaml --sensor bh1`,
  sdi12: `
Examples:
  $ wellhead-edge probe sdi12 --port /dev/ttyUSB0 --scan
  $ wellhead-edge probe sdi12 --port /dev/ttyUSB0 --send 0M
  $ wellhead-edge probe sdi12 --config gateway.yaml --sensor bh1`,
  ascii: `
Examples:
  $ wellhead-edge probe ascii --port /dev/ttyUSB0 --baud 4800
  $ wellhead-edge probe ascii --tcp 192.168.1.20:4001 --send "R\\r"
  $ wellhead-edge probe ascii --config gateway.yaml --sensor bh1`,
};
