// The role that looks for anomalies: in what comes through the log, and in history that somebody asks for.
import type { OpenParts } from '@wellhead/host';
import { ReanalysisJobs } from '../analysis/history/reanalysis-jobs.ts';
import { startAnalysis } from '../analysis/round/start-analysis.ts';
import type { Ground } from './ground.ts';

/** @throws WellheadError LOG_WRITE, STORE_QUERY */
export async function startAnalysisRole(ground: Ground, opened: OpenParts): Promise<ReanalysisJobs> {
  const { config, readingLog, store, types, sites, meters, logger, now } = ground;
  const shared = { store: store!, types, sites, settings: config.analysis, now };
  const onTrouble = (message: string, facts: object) => logger.warn(facts, message);
  opened.add(await startAnalysis({ ...shared, log: readingLog!.log, meters, onTrouble }));
  return opened.add(new ReanalysisJobs({ ...shared, count: meters.add, onTrouble }));
}
