// What `wellhead-sim device` tells of itself, kind by kind.

const control = `
While it runs, words on standard input change it:
  noise, delay, bad-checksum, foreign, silence, babble, cut   a fault of all, or of one: "silence 2", "delay 2 500"
  ok                                      all is well again, or for one: "ok 2"
  unplug, replug                          the cable
  set WHO PLACE VALUE                     another value: "set 1 0 240"; WHO is a unit, an address, or all`;

export const deviceHelp = {
  device: `
Examples:
  $ wellhead-sim device modbus --port 1502 --unit 1:0=235,1=1013          Modbus TCP
  $ wellhead-sim device modbus --rtu --pty /tmp/line --unit 1:0=235       Modbus RTU at a serial port /tmp/line
  $ wellhead-sim device sdi12 --pty /tmp/line --sensor 0:1.23,-4.5
  $ wellhead-sim device ascii --pty /tmp/line --line "{0},{1}" --values 16.38,7.2 --every 1s
  $ wellhead-sim device http --port 8081 --values 41.5,12`,
  modbus: `
A value with a point is a float32 in two registers, big-endian; others are one register.
${control}

Examples:
  $ wellhead-sim device modbus --port 1502 --unit 1:0=235,1=1013 --unit 2:100=16.38
  $ wellhead-sim device modbus --rtu --pty /tmp/line --unit 1:0=235`,
  sdi12: `${control}

Examples:
  $ wellhead-sim device sdi12 --pty /tmp/line --sensor 0:1.23,-4.5 --sensor 1:7.2 --seconds 2`,
  ascii: `
In --line, {0} is the first value and {time} is now. \\r and \\n are written so in --end and --request.
${control}

Examples:
  $ wellhead-sim device ascii --port 4001 --line "LVL={0} T={1}" --values 16.38,9.7 --every 1s
  $ wellhead-sim device ascii --port 4001 --line "WIMTW,{0},C" --values 9.7 --nmea --request "R\\r"`,
  http: `
In --body, {0} is the first value and {time} is now.
${control}

Examples:
  $ wellhead-sim device http --port 8081 --values 41.5,12 --body '{"time":"{time}","o3":{0},"pm10":{1}}'
  $ wellhead-sim device http --port 8081 --type text/csv --body 'time,o3\\n{time},{0}'`,
};
