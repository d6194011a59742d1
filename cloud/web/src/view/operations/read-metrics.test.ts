import { expect, it } from 'vitest';
import { readHelp, readMetrics, sampleOf } from './read-metrics.ts';

const text = `# HELP wellhead_cloud_batches_accepted_total Batches made durable in the log
# TYPE wellhead_cloud_batches_accepted_total counter
wellhead_cloud_batches_accepted_total 1387

wellhead_cloud_dead_letters_total{reason="json"} 3
wellhead_cloud_some_seconds_total 1.5e-3
not a metric
`;

it('reads counters with and without a label, and leaves other lines out', () => {
  const samples = readMetrics(text);
  expect(samples).toEqual([
    { name: 'batches_accepted_total', label: '', value: 1387 },
    { name: 'dead_letters_total', label: 'json', value: 3 },
    { name: 'some_seconds_total', label: '', value: 0.0015 },
  ]);
  expect(sampleOf(samples, 'nothing')).toBeUndefined();
  expect(readHelp(text).get('batches_accepted_total')).toBe('Batches made durable in the log');
});
