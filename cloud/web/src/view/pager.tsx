// From page to page of a long table.
import type { LinkProps } from './link.tsx';

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  readonly linkTo: (page: number) => LinkProps;
}

export function Pager({ page, pages, linkTo }: PagerProps) {
  if (pages === 1) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 ? (
        <a class="button" {...linkTo(page - 1)}>
          Page before
        </a>
      ) : null}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a class="button" {...linkTo(page + 1)}>
          Next page
        </a>
      ) : null}
    </nav>
  );
}
