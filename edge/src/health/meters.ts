// Everything that a gateway measures of itself.
import { type MeterCatalogue, openMeters } from '@wellhead/host';

/** Every counter of the gateway. What is lost, dropped, refused or repeated has one. */
const gatewayCounters = {
  readings_accepted_total: { help: 'Readings taken from sensors and kept' },
  readings_repeated_total: { help: 'Readings a sensor sent again that were kept already' },
  readings_refused_total: { help: 'Readings that could not be kept and were not acknowledged' },
  readings_lost_total: { help: 'Readings given up: unreadable on the disk, or dropped for room' },
  readings_found_total: { help: 'Readings that had been given up as lost and turned out to be there' },
  readings_evicted_total: { help: 'Delivered readings removed from the journal for room' },
  ignored_total: {
    help: 'Messages to topics that no sensor has, and names in readings that no property has',
    label: 'kind',
  },
  dead_letters_total: { help: 'Messages that could not be read', label: 'reason' },
  dead_letters_dropped_total: { help: 'Dead letters dropped because there were too many' },
  connections_refused_total: {
    help: 'Connections of sensors that were refused or broken off',
    label: 'reason',
  },
  polls_total: { help: 'Turns in which a sensor was asked', label: 'sensor' },
  polls_failed_total: {
    help: 'Turns in which a sensor did not answer, all attempts together',
    label: 'sensor',
  },
  turns_missed_total: {
    help: 'Turns that passed while the one before was not done: a slow bus, or a reading not kept yet',
    label: 'sensor',
  },
  readings_unkept_total: {
    help: 'Readings that were measured and could not be kept before the gateway stopped',
    label: 'sensor',
  },
  bytes_discarded_total: {
    help: 'Bytes on a bus that were part of no answer: noise, late or foreign answers',
    label: 'bus',
  },
  frames_dropped_total: {
    help: 'Frames dropped because too many of a sensor that speaks by itself waited for the journal',
    label: 'sensor',
  },
  ports_opened_total: { help: 'Times the port or connection of a bus was opened', label: 'bus' },
  answers_unchanged_total: {
    help: 'Requests that a feed answered with “nothing new” (304)',
    label: 'sensor',
  },
  requests_deferred_total: {
    help: 'Requests not made, because the feed’s server had asked to be left alone for a while',
    label: 'sensor',
  },
  files_begun_total: {
    help: 'Times a followed file was begun at its start: the first time, or after it was rotated or cut',
    label: 'sensor',
  },
  lines_dropped_total: {
    help: 'Bad lines of a file, or bad answers and records of a feed, beyond the first in a row: those are dead letters',
    label: 'sensor',
  },
  checkpoints_unkept_total: {
    help: 'Times the disk did not take how far a file or feed was read; after a restart it may be read twice',
  },
  blocks_damaged_total: { help: 'Blocks of the journal that failed their checksum' },
  delivery_marks_failed_total: {
    help: 'Marks of delivery the disk did not take; those readings are sent again after a restart',
  },
  uplink_connections_total: { help: 'Times the cloud was reached' },
  uplink_batches_total: { help: 'Batches sent' },
  uplink_bytes_total: { help: 'Bytes of batches sent' },
  uplink_readings_total: { help: 'Readings sent, again or for the first time' },
  uplink_receipts_total: { help: 'Receipts from the cloud' },
  uplink_receipts_refused_total: { help: 'Receipts that could not be read or were for another journal' },
  uplink_requests_total: { help: 'Requests of the cloud to send readings again' },
  uplink_requests_refused_total: { help: 'Requests that could not be read or were for another journal' },
  uplink_resent_batches_total: { help: 'Batches whose receipt did not come in time' },
} as const;

/** What is so at the moment. */
const gatewayGauges = {
  readings_undelivered: { help: 'Readings kept that the cloud has no receipt for' },
  uplink_up: { help: '1 while the cloud is reached' },
  poll_lateness_worst_seconds: { help: 'The latest that any turn of a polled sensor began since the start' },
  process_resident_memory_bytes: { help: 'Memory of the process' },
} as const;

const gatewayHistograms = {
  intake_seconds: {
    help: 'From a sensor’s message until it may be acknowledged: its reading is on the disk',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  },
  receipt_seconds: {
    help: 'From a reading until the cloud’s receipt for it: the oldest reading of each batch',
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400, 604_800, 2_592_000],
  },
} as const;

export const gatewayCatalogue = {
  prefix: 'wellhead_edge_',
  counters: gatewayCounters,
  gauges: gatewayGauges,
  histograms: gatewayHistograms,
} satisfies MeterCatalogue;

export type GatewayMeters = ReturnType<typeof openGatewayMeters>;

export function openGatewayMeters() {
  return openMeters(gatewayCatalogue);
}
