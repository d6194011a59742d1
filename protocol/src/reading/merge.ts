// Small blocks of one sensor joined into a larger one.
import { type Block, type BlockHead, blockOf } from './block.ts';
import { rowsOf } from './reading.ts';

/** Whether readings of two heads may stand in one block. */
export function sameHead(a: BlockHead, b: BlockHead): boolean {
  return (
    a.sensor === b.sensor &&
    a.type === b.type &&
    a.rules === b.rules &&
    a.properties.length === b.properties.length &&
    a.properties.every((property, p) => property === b.properties[p])
  );
}

/** Joins neighbouring blocks of the same head into one. */
export function mergeBlocks(blocks: readonly [Block, ...Block[]]): Block {
  return blockOf(blocks[0], blocks.flatMap(rowsOf));
}
