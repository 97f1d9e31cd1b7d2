import { useAddress } from '../../../../platform/web/address.ts';
import { useRead } from '../../../../platform/web/use-office.ts';
import { useKeys } from '../../../../ui/keys.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { listViews } from '../api.ts';
import { searchOf, shortId } from '../rules.ts';
import type { SavedView } from '../schema.ts';

const none: readonly SavedView[] = [];

/** Saved views, one's own first, and how to look at one. */
export function useViews(date: string | undefined) {
  const { go } = useAddress();
  const { data, error } = useRead(listViews, {}, { topics: ['views'] });
  const show = ({ viewId, look }: SavedView) => {
    const saved = shortId(viewId);
    if (look.span === 'week' && look.physicianId) {
      go('/schedule/week', { date, physician: look.physicianId, saved });
    } else go('/schedule', { date, ...searchOf(look), saved });
  };
  return { views: data?.views ?? none, error, show };
}

/** 5 to 9 show what was saved under them. */
export function useViewKeys({ views, show }: ReturnType<typeof useViews>): void {
  const toast = useToast();
  useKeys(
    Object.fromEntries(
      [5, 6, 7, 8, 9].map((digit) => {
        const view = views.find((one) => one.key === digit);
        const run = () =>
          view
            ? show(view)
            : toast.refused(`No view stands under ${digit} yet. V opens what you see, to save it.`);
        return [String(digit), view ? { label: `see ${view.name}`, run } : { run }];
      }),
    ),
  );
}
