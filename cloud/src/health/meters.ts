// Everything that the cloud measures of itself.
import { type MeterCatalogue, openMeters } from '@wellhead/host';

/** Every counter of the cloud. What is lost, dropped, refused or repeated has one. */
const cloudCounters = {
  batches_accepted_total: { help: 'Batches made durable in the log' },
  readings_logged_total: { help: 'Readings made durable in the log, repeats included' },
  log_writes_failed_total: { help: 'Appends to the log that failed; the gateways send again' },
  log_entries_removed_total: { help: 'Entries of the log removed for room, all consumers being past them' },
  notes_failed_total: { help: 'What a gateway said of itself that could not be kept; it says it again' },
  log_entries_lost_total: { help: 'Entries the log removed before they were stored' },
  batches_left_out_total: {
    help: 'Batches not taken because too many waited; without a receipt they come again',
  },
  receipts_left_out_total: {
    help: 'Receipts not sent because the broker was away; their batches come again',
  },
  readings_stored_total: { help: 'Readings written to the store' },
  readings_repeated_total: { help: 'Readings that came again and were stored already' },
  readings_revised_total: { help: 'Readings replaced by a higher revision' },
  readings_refused_total: { help: 'Readings the store will never take; each is a dead letter' },
  store_writes_failed_total: { help: 'Writes to the store that failed and are tried again' },
  readings_dropped_total: {
    help: 'Readings dropped for good with their month, which is older than store.keepMonths',
  },
  drops_failed_total: { help: 'Attempts to drop old months that failed; the next one comes a day later' },
  store_waits_total: { help: 'Pauses of the indexer because the store was overloaded or out of reach' },
  dead_letters_total: { help: 'Messages that could not be taken', label: 'reason' },
  dead_letters_dropped_total: { help: 'Dead letters dropped because there were too many' },
  dead_letters_replayed_total: {
    help: 'Dead letters sent once more, by whether they were taken or refused again',
    label: 'outcome',
  },
  publishes_refused_total: {
    help: 'Messages under an address that is not the sender’s; the connection was closed',
  },
  connections_refused_total: { help: 'Connections that were refused or broken off', label: 'reason' },
  analysis_rounds_total: { help: 'Rounds of the analysis' },
  analysis_rounds_failed_total: { help: 'Rounds that failed and are tried again' },
  analysis_round_seconds_total: { help: 'Seconds that all rounds took' },
  analysis_series_total: { help: 'Sensors looked at, each time anew' },
  analysis_readings_total: { help: 'Readings given to detectors, those of rebuilt ones again' },
  analysis_detectors_built_total: { help: 'Detectors begun with their year of history' },
  analysis_detector_seconds_total: {
    help: 'Seconds in detectors; by `wellhead_cloud_analysis_series_total`, what a sensor costs',
  },
  analysis_events_changed_total: { help: 'Events that were new, changed or withdrawn' },
  analysis_jobs_total: { help: 'Reanalyses that were asked for and ended', label: 'outcome' },
  analysis_failures_total: { help: 'Sensors whose detector failed; it is begun anew with the next reading' },
  analysis_alarms_over_budget_total: {
    help: 'Weak process events left out because their sensor had reported too many in a week',
  },
  analysis_waits_expired_total: {
    help: 'Sensors whose newest readings were not in the store in time for a round; a later one looks at them',
  },
  analysis_entries_lost_total: { help: 'Entries the log removed before they were analysed' },
  live_sends_skipped_total: { help: 'Live sends left out: the reader was too slow or they were too many' },
  audit_entries_dropped_total: { help: 'Oldest entries of the audit log dropped for newer ones' },
  http_requests_total: { help: 'Answered HTTP requests', label: 'status' },
} as const;

/** What is so at the moment. */
const cloudGauges = {
  gateways_connected: { help: 'Connections at the broker' },
  log_lag_entries: { help: 'Batches in the log that are not in the store yet' },
  analysis_lag_entries: { help: 'Batches in the log that are not analysed yet' },
  analysis_events_open: { help: 'Events that went on at the last round' },
  analysis_detectors: { help: 'Detectors that wait for readings' },
  live_streams: { help: 'Open live streams' },
  exports_running: { help: 'Exports under way' },
  process_resident_memory_bytes: { help: 'Memory of the process' },
} as const;

const cloudHistograms = {
  intake_seconds: {
    help: 'From a message’s arrival until it may be acknowledged: its batch is durable in the log',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  },
  store_write_seconds: {
    help: 'One write to the store, of whatever the log gave at once',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
  },
  http_request_seconds: {
    help: 'From a request’s arrival until its answer has gone out; live streams left out',
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
  },
} as const;

export const cloudCatalogue = {
  prefix: 'wellhead_cloud_',
  counters: cloudCounters,
  gauges: cloudGauges,
  histograms: cloudHistograms,
} satisfies MeterCatalogue;

export type CloudMeters = ReturnType<typeof openCloudMeters>;

export function openCloudMeters() {
  return openMeters(cloudCatalogue);
}
