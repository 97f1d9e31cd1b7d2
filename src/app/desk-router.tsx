import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router';
import type { Search } from '../platform/web/address.ts';
import type { DeskPage } from '../platform/web/desk-page.ts';
import { useSession } from '../platform/web/session.tsx';
import { Empty } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { deskPages } from './desk-pages.tsx';
import { Shell } from './pages/shell/shell.tsx';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Empty title="There is no such page" text="It may have moved. The rail at the left leads everywhere." />
  ),
  errorComponent: ({ reset }) => (
    <Failure
      message="This page stumbled."
      next="Nothing was lost. Try again; if it stays, reload."
      onRetry={reset}
    />
  ),
});

function Guarded({ page }: { page: DeskPage }) {
  const session = useSession();
  if (page.permission !== 'signed-in' && !session.may(page.permission)) {
    return (
      <Empty
        title={`${page.title} is not for your roles`}
        text="A manager can change that under Settings, Roles."
        icon="lock"
      />
    );
  }
  return <page.Page />;
}

/** Search parameters are short texts: ids, dates, choices; at the most, whose of a hundred columns are seen. */
function readSearch(search: Record<string, unknown>): Search {
  return Object.fromEntries(
    Object.entries(search).map(([key, value]) => [
      key,
      value === undefined ? undefined : String(value).slice(0, 1000),
    ]),
  );
}

function First() {
  const session = useSession();
  return <Navigate to={session.may('duties.see') ? '/today' : '/help'} replace />;
}

const home = createRoute({ getParentRoute: () => root, path: '/', component: First });
const pages = deskPages.map((page) =>
  createRoute({
    getParentRoute: () => root,
    path: page.path,
    validateSearch: readSearch,
    component: () => <Guarded page={page} />,
  }),
);

export const deskRouter = createRouter({
  routeTree: root.addChildren([home, ...pages]),
  defaultPreload: false,
});
