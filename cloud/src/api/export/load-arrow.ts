// Arrow’s package, loaded when somebody asks for the form: no other answer needs it.
import { ApiProblem } from '../http/problem.ts';

export type Arrow = typeof import('apache-arrow');

/** @throws ApiProblem FORMAT_UNAVAILABLE */
export async function loadArrow(): Promise<Arrow> {
  try {
    return await import('apache-arrow');
  } catch {
    throw new ApiProblem(
      'FORMAT_UNAVAILABLE',
      'Arrow needs the package apache-arrow, which is not installed here. Ask for csv or parquet.',
    );
  }
}
