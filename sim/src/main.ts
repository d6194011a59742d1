import { registerBorehole } from './command/borehole.ts';
import { registerReplay } from './command/replay.ts';
import { createProgram } from './program.ts';

const program = createProgram();
registerReplay(program);
registerBorehole(program);
await program.parseAsync();
