// Bytes as a person at a cable wants to see them.

/** One line: when, which way, the bytes in hexadecimal, and what of them is text. */
export function showBytes(direction: 'sent' | 'received', bytes: Uint8Array, ms: number): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  let text = '';
  for (const byte of bytes) {
    text +=
      byte === 0x0d
        ? '\\r'
        : byte === 0x0a
          ? '\\n'
          : byte >= 0x20 && byte < 0x7f
            ? String.fromCharCode(byte)
            : '·';
  }
  return `${(ms / 1000).toFixed(3).padStart(9)} s  ${direction === 'sent' ? '→' : '←'}  ${hex}   ${text}`;
}
