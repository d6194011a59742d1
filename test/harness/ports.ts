/** A loopback port that was free a moment ago, for programs that must come back on the same one. */
export { anyFreePort as freePort } from '../../sim/src/demo/ports.ts';
