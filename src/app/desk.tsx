import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { PersonProvider } from '../platform/web/person-in-view.tsx';
import { SessionProvider } from '../platform/web/session.tsx';
import { UiProvider } from '../ui/ui-provider.tsx';
import { deskRouter } from './desk-router.tsx';
import { Opening } from './pages/sign-in/opening.tsx';

// The office may be this very machine, whatever the browser thinks of the internet: always ask, never wait in silence.
const client = new QueryClient({
  defaultOptions: {
    queries: { refetchOnWindowFocus: true, refetchOnReconnect: true, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
const place = document.getElementById('desk');
if (!place) throw new Error('desk.html has no place for the desk.');

createRoot(place).render(
  <StrictMode>
    <UiProvider>
      <QueryClientProvider client={client}>
        <SessionProvider waiting={<Opening />}>
          <PersonProvider>
            <RouterProvider router={deskRouter} />
          </PersonProvider>
        </SessionProvider>
      </QueryClientProvider>
    </UiProvider>
  </StrictMode>,
);
