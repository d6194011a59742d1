// Modbus devices that answer read requests (functions 3 and 4), several units on one line.
import type { Instrument, Say, Utterance } from './instrument.ts';

export interface ModbusSlaveOptions {
  /** tcp: frames with the header of Modbus TCP; rtu: with a CRC. */
  readonly framing: 'tcp' | 'rtu';
  /** Registers by address, for each unit; holding and input registers are the same here. */
  readonly units: ReadonlyMap<number, Map<number, number>>;
}

/** A real RTU slave sees the end of a request by the silence behind it: what is older was no request. */
const staleAfterMs = 50;

export function createModbusSlave({ framing, units }: ModbusSlaveOptions): Instrument {
  const connect = (say: Say) => {
    let pending = Buffer.alloc(0);
    let heardAt = 0;
    const hear = (bytes: Uint8Array) => {
      if (framing === 'rtu' && Date.now() - heardAt > staleAfterMs) pending = Buffer.alloc(0);
      heardAt = Date.now();
      pending = Buffer.concat([pending, bytes]).subarray(-1_024);
      for (;;) {
        const size = framing === 'rtu' ? 8 : pending.length < 6 ? 6 : 6 + pending.readUInt16BE(4);
        if (pending.length < size) return;
        const request = pending.subarray(0, size);
        const isSound =
          framing === 'rtu'
            ? crc16(request.subarray(0, 6)) === request.readUInt16LE(6)
            : request.readUInt16BE(2) === 0;
        if (!isSound) {
          pending = pending.subarray(1);
          continue;
        }
        pending = pending.subarray(size);
        answer(framing === 'rtu' ? request.subarray(0, 6) : request.subarray(6), request.subarray(0, 2), say);
      }
    };
    return { hear, end: () => undefined };
  };

  const answer = (request: Buffer, transaction: Buffer, say: Say) => {
    const unit = request.readUInt8(0);
    const registers = units.get(unit);
    // A device on a serial line keeps silent when another unit is called.
    if (registers === undefined || request.length < 6) return;
    say(utteranceOf(unit, pduOf(request, registers), transaction));
  };

  const utteranceOf = (unit: number, pdu: Buffer, transaction: Buffer): Utterance => {
    const body = Buffer.concat([Buffer.from([unit]), pdu]);
    const stranger = Buffer.from([unit === 247 ? 1 : unit + 1, 0x03, 0x02, 0x12, 0x34]);
    if (framing === 'rtu') {
      const bytes = framed(body);
      const spoiled = Buffer.from(bytes);
      spoiled.writeUInt8(spoiled.readUInt8(spoiled.length - 1) ^ 0x55, spoiled.length - 1);
      return { from: String(unit), bytes, spoiled, foreign: framed(stranger) };
    }
    const bytes = headed(body, transaction);
    const other = Buffer.from([transaction.readUInt8(0) ^ 0x80, transaction.readUInt8(1)]);
    // There is no checksum over TCP: the wrong transaction takes its place.
    return { from: String(unit), bytes, spoiled: headed(body, other), foreign: headed(stranger, other) };
  };

  return {
    connect,
    set(from, place, value) {
      const registers = units.get(Number(from));
      if (registers === undefined) throw new TypeError(`there is no unit ${from}`);
      registers.set(Number(place), value & 0xffff);
    },
  };
}

/** Modbus Application Protocol V1.1b3, 6.3 and 6.4; exceptions of section 7. */
function pduOf(request: Buffer, registers: ReadonlyMap<number, number>): Buffer {
  const code = request.readUInt8(1);
  const address = request.readUInt16BE(2);
  const count = request.readUInt16BE(4);
  if (code !== 3 && code !== 4) return Buffer.from([code | 0x80, 1]);
  if (count < 1 || count > 125) return Buffer.from([code | 0x80, 3]);
  const pdu = Buffer.alloc(2 + count * 2);
  pdu.writeUInt8(code, 0);
  pdu.writeUInt8(count * 2, 1);
  for (let i = 0; i < count; i++) {
    const value = registers.get(address + i);
    if (value === undefined) return Buffer.from([code | 0x80, 2]);
    pdu.writeUInt16BE(value, 2 + i * 2);
  }
  return pdu;
}

function framed(body: Buffer): Buffer {
  const crc = Buffer.alloc(2);
  crc.writeUInt16LE(crc16(body));
  return Buffer.concat([body, crc]);
}

function headed(body: Buffer, transaction: Buffer): Buffer {
  const header = Buffer.alloc(6);
  transaction.copy(header);
  header.writeUInt16BE(body.length, 4);
  return Buffer.concat([header, body]);
}

/** Modbus over Serial Line V1.02, 6.2.2. */
function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc % 2 === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
