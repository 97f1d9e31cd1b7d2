import { Link } from '@tanstack/react-router';
import { useSession } from '../../../platform/web/session.tsx';
import { deskPages } from '../../desk-pages.tsx';

/** Links to the pages that share a place in the rail; nothing where a page stands alone. */
export function Besides({ place, path }: { place: string; path: string }) {
  const { may } = useSession();
  const pages = deskPages.filter(
    (page) => (page.path === place || page.beside === place) && may(page.permission),
  );
  if (pages.length < 2) return null;
  return (
    <nav className="ui-besides" aria-label="Beside this page">
      {pages.map((page) => (
        <Link key={page.path} to={page.path} aria-current={page.path === path ? 'page' : undefined}>
          {page.title}
        </Link>
      ))}
    </nav>
  );
}
