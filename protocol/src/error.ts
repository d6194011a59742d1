// Everything that can go wrong around a program, by its code, with what the person on site can do about it.

/**
 * Every trouble with its surroundings that a Wellhead program can meet, by code, with what the person on
 * site can do about it. Docs list exactly these codes; a test holds the two together.
 */
export const errorCodes = {
  CONFIG_UNREADABLE: 'Check that the file exists, that this user may read it, and that it is YAML.',
  CONFIG_INVALID: 'Mend the listed keys; `--check` reads the file again without starting anything.',
  SENSOR_TYPE_UNREADABLE: 'Check the YAML file of the sensor type against docs/reference/sensor-type.md.',
  SENSOR_TYPE_UNKNOWN: 'Name one of the types in the sensor-types folder, or add a YAML file of your own.',
  BATCH_TRUNCATED: 'The batch ended early; it is kept as a dead letter and will be sent again.',
  BATCH_VERSION: 'The batch was written by another version of Wellhead; update this program.',
  BATCH_CHECKSUM: 'The batch was damaged on its way; it is kept as a dead letter and will be sent again.',
  BATCH_MALFORMED: 'The batch does not follow the format; look at who publishes to this topic.',
  JOURNAL_OPEN: 'Check the disk and the rights of the journal folder; another gateway may hold it open.',
  JOURNAL_WRITE:
    'Check the disk: it may be full or failing. Sensors keep their readings until it works again.',
  LOG_OPEN: 'Check the disk and the rights of the data folder; another Wellhead may hold it open.',
  LOG_WRITE: 'Check the disk: it may be full or failing. Gateways keep their readings until it works again.',
  STORE_OPEN: 'Check the disk and the rights of the data folder; another Wellhead may hold it open.',
  STORE_WRITE: 'Check the disk: it may be full or failing. The log keeps all readings until it works again.',
  STORE_QUERY: 'Ask for a shorter range, or look into the log for the cause.',
  SERIAL_MISSING:
    'The package serialport is not installed or does not run here; install it again with `npm ci`, on this machine.',
  SERIAL_OPEN:
    'Check the cable, the path of the port (`wellhead-edge probe` lists them), that this user may use it (group dialout), and that no other program does.',
  PORT_FORBIDDEN: 'Choose a port from 1024 on, or give the program the right to use lower ones.',
  PORT_TAKEN: 'Another program listens there: stop it, or choose another port.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** The one error for broken surroundings: a stable code, the cause, and a hint for the person on site. */
export class WellheadError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; hint?: string } = {}) {
    super(message, { cause: options.cause });
    this.name = 'WellheadError';
    this.code = code;
    this.hint = options.hint ?? errorCodes[code];
  }
}
