export * from './broker.ts';
export * from './config.ts';
export * from './health-server.ts';
export * from './lenient.ts';
export * from './log.ts';
export * from './meters.ts';
export * from './program.ts';
export * from './sensor-types.ts';
