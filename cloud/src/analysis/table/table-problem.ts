/** A table that cannot be read as asked; the message tells whoever asked what to change. */
export class TableProblem extends Error {
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'TableProblem';
  }
}
