// The parts of the cloud, in the order the data flows; closed in reverse, so that nothing new comes in first.
import { type Logger, openInOrder, type Running } from '@wellhead/host';
import type { LoadedConfig } from './config/load.ts';
import { startAnalysisRole } from './role/analysis.ts';
import { startApi } from './role/api.ts';
import { startBridge } from './role/bridge.ts';
import { startBroker } from './role/broker.ts';
import { openGround } from './role/ground.ts';
import { startIndexer } from './role/indexer.ts';

export interface Cloud extends Running {
  readonly brokerPort: number | undefined;
  readonly httpPort: number | undefined;
}

/** Starts the roles this process is to play. @throws WellheadError LOG_OPEN, STORE_OPEN, PORT_TAKEN */
export function startCloud(loaded: LoadedConfig, logger: Logger, version: string): Promise<Cloud> {
  return openInOrder(async (opened) => {
    const ground = await openGround(loaded, logger, version, opened);
    const { config, meters, plays } = ground;

    const indexer = plays('indexer') ? await startIndexer(ground, opened) : undefined;
    const lag = indexer === undefined ? undefined : () => indexer.lag;
    // Else what it had not looked at when it last ran would fill the log for ever.
    if (!plays('analysis')) await ground.readingLog?.forget('analysis');
    const history = plays('analysis') ? await startAnalysisRole(ground, opened) : undefined;
    const bridge = plays('bridge') ? startBridge(ground, opened) : undefined;
    const broker = plays('broker') ? await startBroker(ground, bridge?.bridge, opened) : undefined;
    const peers = { intake: bridge?.intake, history, lag, broker };
    const api = plays('api') ? await startApi(ground, peers, opened) : undefined;

    meters.gauge('log_lag_entries', () => lag?.() ?? 0);
    meters.gauge('process_resident_memory_bytes', () => process.memoryUsage.rss());
    const ports = { broker: broker?.port, http: api?.port };
    logger.info({ roles: config.roles, ...ports, data: loaded.data }, 'the cloud is running');
    return {
      brokerPort: broker?.port,
      httpPort: api?.port,
      async close() {
        await opened.close();
        logger.info('the cloud has stopped');
      },
    };
  });
}
