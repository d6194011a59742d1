// What a reading costs in bytes and in time.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Block, blockOf, decodeBlock, encodeBlock, type Row as ReadingRow } from '@wellhead/protocol';
import { repository } from '../../test/harness/program.ts';
import { blockAt, properties } from './groundwater.ts';
import { figure, type Row } from './row.ts';

const batch = 60;
const rounds = 300;
const runs = 5;

export const codec: Row = {
  ids: ['codec.bytes-per-reading', 'codec.bytes-per-value', 'codec.encode', 'codec.decode'],
  title: 'batch codec',
  async run() {
    const level = sizes(
      Array.from({ length: 50 }, (_, i) => blockAt('b1', i * batch, batch, ['water_level'])),
    );
    const real = bgsBlocks();
    const five = sizes(real ?? Array.from({ length: 50 }, (_, i) => blockAt('b1', i * batch, batch)));
    const block = blockAt('b1', 0, 1_000);
    const bytes = encodeBlock(block);
    const rate = (work: () => void) =>
      Array.from({ length: runs }, () => {
        const start = performance.now();
        for (let i = 0; i < rounds; i++) work();
        return (rounds * block.count) / ((performance.now() - start) / 1000);
      });
    return [
      figure(
        'codec.bytes-per-reading',
        level.map((size) => size / batch),
        'bytes',
        'bar 3; generated water level, batch of 60',
      ),
      figure(
        'codec.bytes-per-value',
        five.map((size) => size / batch / properties.length),
        'bytes',
        `bar 1.5; five properties, batch of 60, ${real === undefined ? 'generated' : 'BGS boreholes'}`,
      ),
      figure(
        'codec.encode',
        rate(() => encodeBlock(block)),
        'readings/s',
        'five properties; JSON.stringify about 1,800,000/s',
      ),
      figure(
        'codec.decode',
        rate(() => decodeBlock(bytes)),
        'readings/s',
        'five properties',
      ),
    ];
  },
};

/** Encoded sizes without the header, which a block has once however many readings it holds. */
function sizes(blocks: readonly Block[]): number[] {
  return blocks.map((block) => encodeBlock(block).length - encodeBlock(blockOf(block, [])).length);
}

function bgsBlocks(): Block[] | undefined {
  const folder = join(repository, '../shared/data/bgs');
  if (!existsSync(folder)) return undefined;
  const blocks: Block[] = [];
  for (const sensor of readdirSync(folder)) {
    const rows: ReadingRow[] = [];
    for (const name of readdirSync(join(folder, sensor)).sort()) {
      for (const line of readFileSync(join(folder, sensor, name), 'utf8')
        .split(/\r?\n/)
        .filter(Boolean)) {
        const [date, time, ...cells] = line.split(',');
        const measuredAt = Date.parse(`${date}T${time}Z`);
        rows.push({
          seq: rows.length + 1,
          revision: 0,
          measuredAt,
          receivedAt: measuredAt + 5 + (rows.length % 4),
          clock: 1,
          timeFlag: 1,
          timeCause: 0,
          values: cells.map((cell) => (Number.isNaN(Number(cell)) ? cell : Number(cell))),
          flags: cells.map(() => 1 as const),
          causes: cells.map(() => 0),
        });
      }
    }
    for (let i = 0; i + batch <= rows.length; i += batch) {
      blocks.push(
        blockOf(
          { sensor, type: 'groundwater', rules: 'groundwater@1', properties },
          rows.slice(i, i + batch),
        ),
      );
    }
  }
  return blocks;
}
