// One annotation: written beside the readings, and taken back.
import { randomBytes } from 'node:crypto';
import { idSchema, isoTime, wordSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { describeSites } from '../../overview/describe-sites.ts';
import { annotationAnswerSchema } from '../answer/annotation.ts';
import { answerAnnotation } from '../answer/answer-annotation.ts';
import { annotation } from '../answer/examples.ts';
import type { ApiContext } from '../http/api.ts';
import { ApiProblem, badParameter } from '../http/problem.ts';
import { defineRoute, json } from '../http/route.ts';
import { findSensor } from '../request/find-sensor.ts';
import { instantSchema } from '../request/instant.ts';
import { whatIsKnown } from '../request/known.ts';

const longestText = 1_000;
const lengthMessage = `write 1 to ${longestText} characters`;
/** A text of characters that JSON escapes with six bytes each, and the rest. */
const bodyBytes = 8 * 1_024;

const bodySchema = z
  .strictObject({
    site: idSchema.meta({ description: 'name of the site', examples: ['demo'] }),
    sensor: idSchema
      .nullish()
      .meta({ description: 'what it is about; left out: the whole site', examples: ['borehole-1'] }),
    property: wordSchema
      .nullish()
      .meta({ description: 'of the sensor; left out: all it measures', examples: ['water_level'] }),
    from: instantSchema('when it was, or its first moment; no zone means UTC', '2026-05-04T09:00Z'),
    to: instantSchema(
      'the moment after its last; left out: `from` is a moment',
      '2026-05-04T15:00Z',
    ).nullish(),
    text: z
      .string()
      .min(1, { error: lengthMessage, abort: true })
      .max(longestText, lengthMessage)
      .refine((text) => text.trim() !== '', 'write what happened')
      .meta({ description: 'for colleagues', examples: [annotation.text] }),
  })
  .refine(({ from, to }) => to === undefined || to === null || from < to, {
    path: ['to'],
    message: 'must be after `from`; leave it out for a moment',
  })
  .refine(({ sensor, property }) => typeof property !== 'string' || typeof sensor === 'string', {
    path: ['sensor'],
    message: 'name the sensor too: a property is one of a sensor',
  });

export const addAnnotationRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/annotations',
  summary: 'write something beside the readings',
  description:
    'A pump test, a sonde that was lifted, a remark on a well. It is kept with who wrote it and when.',
  role: 'operator',
  body: bodySchema,
  bodyBytes: () => bodyBytes,
  answers: { 201: json('as it is kept', annotationAnswerSchema, annotation) },
  problems: ['UNKNOWN_SITE', 'UNKNOWN_SENSOR'],
  audited: ({ body: { site, sensor, property, from, to, text } }) => {
    const place = [site, sensor, property].filter((name) => typeof name === 'string').join('/');
    const span = [from, to].flatMap((time) => (typeof time === 'number' ? [isoTime(time)] : []));
    return `${place}, ${span.join(' to ')}: ${text}`;
  },
  async handle(context, { body }, { principal, reply }) {
    const { site, sensor = null, property = null, from, to = null, text } = body;
    await mustBeKnown(context, site, sensor, property);
    const id = randomBytes(6).toString('hex');
    const by = { author: principal.name, at: context.now(), withdrawn: null };
    const written = { id, site, sensor, property, from, to, text, ...by };
    await context.store.annotations.add(written);
    reply.code(201);
    return answerAnnotation(written);
  },
});

export const withdrawAnnotationRoute = defineRoute({
  method: 'DELETE',
  path: '/api/v1/annotations/:id',
  summary: 'take an annotation back',
  description: 'It stays readable with `withdrawn=true`. What was taken back before stays as it was.',
  role: 'operator',
  params: z.strictObject({
    id: z
      .string()
      .min(1)
      .max(100)
      .meta({ description: '`id` of the annotation', examples: [annotation.id] }),
  }),
  answers: {
    200: json('as it is kept', annotationAnswerSchema, {
      ...annotation,
      withdrawn: { by: 'ann', at: '2026-05-05T08:00:00.000Z' },
    }),
  },
  problems: ['UNKNOWN_ANNOTATION'],
  audited: ({ params: { id } }) => `annotation ${id} withdrawn`,
  async handle({ store, now }, { params: { id } }, { principal }) {
    const held = await store.annotations.withdraw(id, { by: principal.name, at: now() });
    if (held !== undefined) return answerAnnotation(held);
    throw new ApiProblem(
      'UNKNOWN_ANNOTATION',
      `There is no annotation ${id}. Those of a site are at /api/v1/annotations?site=….`,
    );
  },
});

/** @throws ApiProblem UNKNOWN_SITE, UNKNOWN_SENSOR or BAD_PARAMETER, and the field to mend */
async function mustBeKnown(
  context: ApiContext,
  site: string,
  sensor: string | null,
  property: string | null,
): Promise<void> {
  if (sensor === null) {
    const sites = describeSites(await whatIsKnown(context)).map((known) => known.site);
    if (sites.includes(site)) return;
    throw new ApiProblem('UNKNOWN_SITE', `There is no site ${site}. All sites are at /api/v1/sites.`, [
      { path: 'site', message: 'is no site that readings, gateways or site files name' },
    ]);
  }
  const { properties } = await findSensor(context, site, sensor);
  const names = properties.map(({ name }) => name);
  if (property !== null && !names.includes(property))
    throw badParameter('property', `${sensor} has no ${property}; it has ${names.join(', ')}`);
}
