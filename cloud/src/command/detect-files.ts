// The files of `detect`: what cannot be read or written is said with its name.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { TableProblem } from '../analysis/table/table-problem.ts';

/** The text of a file, or of standard input for `-`. */
export function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR')
      throw new TableProblem(`${file} is a folder. Name one CSV file in it.`, { cause: error });
    throw new TableProblem(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

export function savePlot(file: string, svg: string): void {
  try {
    writeFileSync(file, svg);
  } catch (error) {
    throw new TableProblem(`The plot cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

/** How a report calls the file. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : basename(file);
}
