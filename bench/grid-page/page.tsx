import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { GridBand, GridItem } from '../../src/ui/time-grid/grid-types.ts';
import { TimeGrid } from '../../src/ui/time-grid/time-grid.tsx';
import { UiProvider } from '../../src/ui/ui-provider.tsx';

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the browser's
  interface Window {
    measure: (
      columns: number,
      items: number,
    ) => Promise<{ renderMs: number; completeMs: number; updateMs: number; drawn: number }>;
  }
}

const tones = ['calm', 'good', 'wait', 'wrong'] as const;

function day(columnCount: number, itemCount: number) {
  const columns = Array.from({ length: columnCount }, (_, n) => ({
    id: `c${n}`,
    title: `Column ${n}`,
    subtitle: 'Elm St',
  }));
  const bands: GridBand[] = columns.flatMap(({ id }) => [
    { columnId: id, startMinutes: 720, endMinutes: 780, kind: 'off' },
    { columnId: id, startMinutes: 1020, endMinutes: 1050, kind: 'free', label: 'new' },
  ]);
  const items: GridItem[] = Array.from({ length: itemCount }, (_, n) => {
    const startMinutes = 480 + ((Math.floor(n / columnCount) * 10) % 600);
    return {
      id: `i${n}`,
      columnId: `c${n % columnCount}`,
      startMinutes,
      endMinutes: startMinutes + 10 + (n % 3) * 10,
      label: `Item ${n}, ${startMinutes}, confirmed`,
      title: `Item number ${n}`,
      lines: ['Follow-up', '✓ confirmed'],
      tone: tones[n % 4] ?? 'calm',
      draggable: true,
      resizable: true,
      marks: n % 5 === 0 ? [{ sign: '!', label: 'missing', tone: 'wrong' }] : [],
    };
  });
  return { columns, bands, items };
}

/** Until the next frame has been painted: a task queued from within a frame runs after its paint. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(null);
    });
  });
}

window.measure = async (columnCount, itemCount) => {
  const host = document.createElement('div');
  host.style.cssText = 'height: 100vh; display: flex; flex-direction: column';
  document.body.replaceChildren(host);
  const root = createRoot(host);
  const { columns, bands, items } = day(columnCount, itemCount);
  const draw = (now: readonly GridItem[]) =>
    flushSync(() =>
      root.render(
        <UiProvider>
          <TimeGrid
            label="Day"
            {...{ columns, bands }}
            items={now}
            fromMinutes={420}
            toMinutes={1140}
            stepMinutes={5}
            nowMinutes={615}
          />
        </UiProvider>,
      ),
    );
  // The desk has its font by the time a day is opened.
  await document.fonts.load('600 13px "Inter Variable"');
  await painted();
  const start = performance.now();
  draw(items);
  await painted();
  const renderMs = performance.now() - start;
  await painted();
  await painted();
  const completeMs = performance.now() - start;
  // As after a refetch: every item is a new object, one of them has moved.
  const moved = items.map((item, n) =>
    n === 7 ? { ...item, startMinutes: 600, endMinutes: 630 } : { ...item },
  );
  const again = performance.now();
  draw(moved);
  await painted();
  const updateMs = performance.now() - again;
  const drawn = host.querySelectorAll('[data-item]').length;
  root.unmount();
  return { renderMs, completeMs, updateMs, drawn };
};
