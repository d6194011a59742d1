// Reanalyses, asked for while the cloud runs.
import { idSchema, isoOrNull, isoTime } from '@wellhead/protocol';
import { z } from 'zod';
import type { ReanalysisJob, ReanalysisJobs } from '../../analysis/history/reanalysis-jobs.ts';
import { sensorNames } from '../../overview/describe-sensors.ts';
import { timeSchema } from '../answer/parts.ts';
import type { ApiContext } from '../http/api.ts';
import { ApiProblem } from '../http/problem.ts';
import { defineRoute, json } from '../http/route.ts';
import { findSensor } from '../request/find-sensor.ts';
import { instantSchema } from '../request/instant.ts';
import { whatIsKnown } from '../request/known.ts';
import { isInOrder, liesBefore } from '../request/range.ts';

const path = '/api/v1/analysis';

const jobSchema = z
  .strictObject({
    id: z.string(),
    state: z.enum(['running', 'done', 'cancelled', 'failed']),
    from: timeSchema,
    to: timeSchema,
    site: z.string().nullable(),
    sensor: z.string().nullable(),
    startedAt: timeSchema,
    endedAt: timeSchema.nullable().describe('null while it runs'),
    done: z.number().int().describe('sensors and quarters looked at'),
    total: z.number().int(),
    changed: z.number().int().describe('events that were new, changed or withdrawn'),
    events: z.array(z.string()).readonly().describe('the ids of the first thousand of them'),
    problem: z.string().nullable().describe('why it failed'),
  })
  .meta({ id: 'AnalysisJob' });

const example: z.input<typeof jobSchema> = {
  id: 'mb2k1x9c-1',
  state: 'done' as const,
  site: 'demo',
  sensor: null,
  from: '2025-01-01T00:00:00.000Z',
  to: '2026-01-01T00:00:00.000Z',
  startedAt: '2026-06-01T12:00:00.000Z',
  endedAt: '2026-06-01T12:01:10.000Z',
  done: 48,
  total: 48,
  changed: 1,
  events: ['3w5e11264sgsf'],
  problem: null,
};

const idParameter = z.strictObject({ id: z.string().max(40).describe('`id` of the reanalysis') });

export const startAnalysisRoute = defineRoute({
  method: 'POST',
  path,
  summary: 'reanalyse history',
  description:
    'With the same rules as new readings are looked at, in whole quarters of years; the same once more changes nothing. One runs at a time.',
  role: 'operator',
  body: z
    .strictObject({
      from: instantSchema('first moment', '2025-01-01'),
      to: instantSchema('the moment after the last', '2026-01-01'),
      site: idSchema.optional().describe('this site only'),
      sensor: idSchema.optional().describe('sensors of this name only'),
    })
    .refine(isInOrder, liesBefore()),
  answers: {
    202: {
      ...json('it has begun', jobSchema, { ...example, state: 'running', endedAt: null }),
      headers: { location: 'where its progress is' },
    },
  },
  problems: ['NO_ANALYSIS', 'ANALYSIS_RUNNING', 'UNKNOWN_SENSOR'],
  audited: ({ body: { from, to, site = 'all sites', sensor = 'all sensors' } }) =>
    `${site}, ${sensor}, from ${isoTime(from)} to ${isoTime(to)}`,
  async handle(context, { body }, { reply }) {
    await mustBeKnown(context, body);
    const job = jobsOf(context).start(body);
    if (job === undefined)
      throw new ApiProblem(
        'ANALYSIS_RUNNING',
        'Another reanalysis is running. Wait for its end, or cancel it.',
      );
    reply.code(202).header('location', `${path}/${job.id}`);
    return answerOf(job);
  },
});

/** A look at nothing would end well and find nothing. @throws ApiProblem UNKNOWN_SENSOR */
async function mustBeKnown(
  context: ApiContext,
  { site, sensor }: { readonly site?: string | undefined; readonly sensor?: string | undefined },
): Promise<void> {
  if (site !== undefined && sensor !== undefined) {
    await findSensor(context, site, sensor);
    return;
  }
  const names = sensorNames(await whatIsKnown(context), site);
  if (names.some((name) => sensor === undefined || name.sensor === sensor)) return;
  if (site === undefined && sensor === undefined) return;
  const path = site === undefined ? 'sensor' : 'site';
  throw new ApiProblem('UNKNOWN_SENSOR', 'No sensor is meant. All are at /api/v1/sensors.', [
    { path, message: 'no sensor of that name has sent a reading or is set up; check its spelling' },
  ]);
}

export const analysisRoute = defineRoute({
  method: 'GET',
  path: `${path}/:id`,
  summary: 'how far a reanalysis is, or what came of it',
  description: 'The last hundred are remembered, until the process ends.',
  role: 'viewer',
  params: idParameter,
  answers: { 200: json('as it is now', jobSchema, example) },
  problems: ['NO_ANALYSIS', 'UNKNOWN_ANALYSIS'],
  handle: (context, { params: { id } }) => answerOf(known(id, jobsOf(context).get(id))),
});

export const cancelAnalysisRoute = defineRoute({
  method: 'DELETE',
  path: `${path}/:id`,
  summary: 'cancel a reanalysis',
  description: 'What it has written stays. One that has ended stays as it is.',
  role: 'operator',
  params: idParameter,
  answers: { 200: json('it has ended', jobSchema, example) },
  problems: ['NO_ANALYSIS', 'UNKNOWN_ANALYSIS'],
  audited: ({ params: { id } }) => `reanalysis ${id}`,
  handle: async (context, { params: { id } }) => answerOf(known(id, await jobsOf(context).cancel(id))),
});

function jobsOf({ history }: ApiContext): ReanalysisJobs {
  if (history !== undefined) return history;
  throw new ApiProblem(
    'NO_ANALYSIS',
    'This process does not analyse. Ask a process that has the roles api and analysis.',
  );
}

function known(id: string, job: ReanalysisJob | undefined): ReanalysisJob {
  if (job !== undefined) return job;
  throw new ApiProblem('UNKNOWN_ANALYSIS', `There is no reanalysis ${id}; perhaps it was long ago.`);
}

function answerOf({ span, startedAt, endedAt, problem, ...job }: ReanalysisJob): z.input<typeof jobSchema> {
  const { from, to, site, sensor } = span;
  return {
    ...job,
    from: isoTime(from!),
    to: isoTime(to!),
    site: site ?? null,
    sensor: sensor ?? null,
    startedAt: isoTime(startedAt),
    endedAt: isoOrNull(endedAt),
    problem: problem ?? null,
  };
}
