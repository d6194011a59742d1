/** What loggers and statistics programs write where they have no value; compared in lower case. */
export const missingCodes: ReadonlySet<string> = new Set([
  '',
  '(na)',
  'na',
  'n/a',
  'nan',
  'null',
  'none',
  '-',
  '--',
]);
