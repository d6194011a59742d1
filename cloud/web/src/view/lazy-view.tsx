// Parts that are loaded when they are first shown, so that the first view is small.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export type LazyView<Props> = ComponentType<Props> & { readonly preload: () => void };

/** `load` is called when the part is first shown or sent for, and again where it failed. */
export function lazyView<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyView<Props> {
  let loaded: ComponentType<Props> | undefined;
  let loading: Promise<ComponentType<Props>> | undefined;
  const get = () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  function Lazy(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | undefined>(() => loaded);
    const [problem, setProblem] = useState(false);
    useEffect(() => {
      if (Part !== undefined) return;
      get().then(
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
  }
  return Object.assign(Lazy, { preload: () => void get().catch(() => undefined) });
}
