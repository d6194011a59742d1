// The same range for a spreadsheet, a terminal or a script.
import { useState } from 'preact/hooks';

const copiedMs = 2_000;

/** `address` is that of the CSV. */
const languages = {
  curl: (address: string) => `curl --fail --compressed -OJ '${address}'`,
  R: (address: string) =>
    `readings <- read.csv("${address}")\nreadings$measuredAt <- as.POSIXct(readings$measuredAt, "UTC", "%Y-%m-%dT%H:%M:%OS")`,
  Python: (address: string) =>
    `import pandas as pd\nreadings = pd.read_csv("${address}", parse_dates=["measuredAt"])`,
} as const;

export interface ExportLinksProps {
  /** Asks for the export of one sensor. */
  readonly path: string;
  /** Asks for that of its whole site; left out where it has no other sensor. */
  readonly sitePath: string | undefined;
}

export function ExportLinks({ path, sitePath }: ExportLinksProps) {
  const csv = `${path}&format=csv`;
  return (
    <div class="export">
      <a class="button" href={csv} download>
        CSV of this range
      </a>
      <a class="button" href={`${path}&format=arrow`} download title="Arrow stream, for Python and R">
        Arrow
      </a>
      {/* Saved by what its answer says of itself; a refusal, as of mixed units, is shown and not saved. */}
      {sitePath === undefined ? null : (
        <a class="button" href={`${sitePath}&format=csv`}>
          CSV of all sensors
        </a>
      )}
      {Object.entries(languages).map(([name, text]) => (
        <CopyField key={name} name={name} text={text(`${location.origin}${csv}`)} />
      ))}
    </div>
  );
}

function CopyField({ name, text }: { name: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (field: HTMLTextAreaElement) => {
    field.select();
    // Pages without TLS have no clipboard; the text is selected for Ctrl+C then.
    if (navigator.clipboard === undefined) return;
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), copiedMs);
  };
  return (
    <details name="copy">
      <summary>{name}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void copy(event.currentTarget.elements.namedItem('line') as HTMLTextAreaElement);
        }}
      >
        <textarea
          name="line"
          readOnly
          rows={text.split('\n').length}
          value={text}
          aria-label={`The same in ${name}`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="submit">{copied ? 'Copied' : 'Copy'}</button>
      </form>
    </details>
  );
}
