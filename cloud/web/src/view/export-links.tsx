// The same range for a spreadsheet or a script.
import { useState } from 'preact/hooks';

const copiedMs = 2_000;

export function ExportLinks({ path }: { readonly path: string }) {
  const [copied, setCopied] = useState(false);
  const csv = `${path}&format=csv`;
  const line = `curl --fail --compressed -OJ '${location.origin}${csv}'`;
  const copy = async (field: HTMLInputElement) => {
    field.select();
    // Pages without TLS have no clipboard; the text is selected for Ctrl+C then.
    await navigator.clipboard?.writeText(line);
    if (navigator.clipboard === undefined) return;
    setCopied(true);
    setTimeout(() => setCopied(false), copiedMs);
  };
  return (
    <div class="export">
      <a class="button" href={csv} download>
        CSV of this range
      </a>
      <details>
        <summary>curl</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void copy(event.currentTarget.elements.namedItem('line') as HTMLInputElement);
          }}
        >
          <input
            name="line"
            readOnly
            value={line}
            aria-label="The same as a command"
            onFocus={(event) => event.currentTarget.select()}
          />
          <button type="submit">{copied ? 'Copied' : 'Copy'}</button>
        </form>
      </details>
    </div>
  );
}
