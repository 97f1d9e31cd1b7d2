import { useState } from 'react';
import { useAddress } from '../../../../platform/web/address.ts';
import { Button } from '../../../../ui/button.tsx';
import { useKeys } from '../../../../ui/keys.ts';
import type { BoardColumn } from '../../web/board.ts';
import type { ViewId } from '../../web/day-columns.ts';
import { useViewKeys, useViews } from './use-views.ts';
import { nameOfView, type Seen, seenWords, ViewDialog } from './view-dialog.tsx';

type ChoiceProps = {
  /** Of the kind and site that are looked at. */
  columns: readonly BoardColumn[];
  view: ViewId;
  siteId: string | undefined;
  date: string | undefined;
  onSee: (seen: Seen) => void;
};

/** Whose columns are seen, by name of the view or by count; opens what to see. */
export function ViewChoice({ columns, view, siteId, date, onSee }: ChoiceProps) {
  const { search } = useAddress();
  const [opened, setOpened] = useState(false);
  const saved = useViews(date);
  useViewKeys(saved);
  useKeys({ v: { label: 'what to see: whose columns, size, saved views', run: () => setOpened(true) } });
  const words = nameOfView(saved.views, search.saved) ?? seenWords(columns, search.who);
  return (
    <>
      <Button icon="filter" title="What to see (V)" onClick={() => setOpened(true)}>
        {words}
      </Button>
      {opened && (
        <ViewDialog
          columns={columns}
          kind={view}
          siteId={siteId}
          seen={{ who: search.who, zoom: search.zoom }}
          onSee={onSee}
          views={saved.views}
          onShow={saved.show}
          onClose={() => setOpened(false)}
        />
      )}
    </>
  );
}
