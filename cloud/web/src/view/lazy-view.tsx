// Parts that are loaded when they are first shown, so that the first view is small.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** `load` is called once, when the part is first shown. */
export function lazyView<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | undefined>(() => loaded);
    const [problem, setProblem] = useState(false);
    useEffect(() => {
      if (Part !== undefined) return;
      load().then(
        (part) => {
          loaded = part;
          setPart(() => part);
        },
        () => setProblem(true),
      );
    }, []);
    if (Part !== undefined) return <Part {...props} />;
    if (!problem) return <p class="muted">Loading …</p>;
    return (
      <p class="notice" role="alert">
        This part of the page could not be loaded. Load the page again once the server can be reached.
      </p>
    );
  };
}
