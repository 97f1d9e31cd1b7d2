import { useState } from 'react';
import { type Search, useAddress } from '../../../platform/web/address.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatCount, formatDate } from '../../../ui/format.ts';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { PickInput } from '../../schedule/web/pick-input.tsx';
import { useSetup } from '../../schedule/web/use-setup.ts';
import { listWaitlist, putBackEntry, withdrawEntry } from '../api.ts';
import type { Entry } from '../schema.ts';
import { EntryLine } from './entry-line.tsx';
import { useListKeys } from './use-list-keys.ts';
import { ChangeDialog } from './wait-dialog.tsx';

const pageSize = 50;
type Props = { state: 'waiting' | 'through'; at: (next: Search) => void };

/** Who waits in the order of offers, or who is through; a page at a time. */
export function EntriesView({ state, at }: Props) {
  const { search } = useAddress();
  const { setup } = useSetup();
  const offset = Math.max(0, Number(search.from ?? 0) || 0);
  const visitTypeId = setup.visitTypes.find((one) => one.visitTypeId === search.type)?.visitTypeId;
  const physicianId = setup.physicians.find((one) => one.resourceId === search.with)?.resourceId;
  const query = {
    state: state === 'waiting' ? ('open' as const) : ('closed' as const),
    ...{ offset, limit: pageSize },
    ...(visitTypeId ? { visitTypeId } : {}),
    ...(physicianId ? { physicianId } : {}),
  };
  const read = useRead(listWaitlist, { query }, { topics: ['waitlist', 'visits', 'patients'] });
  const filter = (next: Search) => {
    const { type, with: who } = { type: visitTypeId, with: physicianId, ...next };
    at({ ...(type ? { type } : {}), ...(who ? { with: who } : {}) });
  };
  const page = (from: number) =>
    at({
      ...(visitTypeId ? { type: visitTypeId } : {}),
      ...(physicianId ? { with: physicianId } : {}),
      ...(from > 0 ? { from: String(from) } : {}),
    });
  const { data, error, refetch } = read;
  const filtered = visitTypeId !== undefined || physicianId !== undefined;
  return (
    <>
      <div className="wl-filters">
        <PickInput
          label="For"
          options={[
            { id: '', label: 'any visit' },
            ...setup.visitTypes.map((one) => ({ id: one.visitTypeId, label: one.name, code: one.code })),
          ]}
          value={visitTypeId ?? ''}
          onPick={(type) => filter({ type })}
        />
        <PickInput
          label="With"
          options={[
            { id: '', label: 'anyone' },
            ...setup.physicians.map((one) => ({ id: one.resourceId, label: one.name })),
          ]}
          value={physicianId ?? ''}
          onPick={(who) => filter({ with: who })}
        />
      </div>
      {error && !data && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={8} label="Looking up who waits" />}
      {data && data.entries.length === 0 && (
        <Nobody state={state} filtered={filtered || offset > 0} onAll={() => at({})} />
      )}
      {data && data.entries.length > 0 && (
        <>
          <EntryList entries={data.entries} first={offset} numbered={state === 'waiting' && !filtered} />
          <Pages {...{ offset, total: data.total }} onPage={page} />
        </>
      )}
    </>
  );
}

function Nobody({ state, filtered, onAll }: { state: Props['state']; filtered: boolean; onAll: () => void }) {
  const { putOnWaitlist } = useSlots();
  if (filtered)
    return (
      <Empty
        icon="search"
        title="Nobody here"
        text="Nobody fits what you chose."
        action={<Button onClick={onAll}>Show everyone</Button>}
      />
    );
  if (state === 'through')
    return (
      <Empty title="Nobody yet" text="Whoever got a visit, was taken off or ran out of time stands here." />
    );
  return (
    <Empty
      title="Nobody waits"
      text="Put someone on the waitlist with W, from a visit or the booking dialog, or in the line: “smith jo wait fu lee mornings”. Time that is given away is then offered by itself."
      {...(putOnWaitlist
        ? { action: <Button onClick={() => putOnWaitlist({})}>Put someone on the waitlist</Button> }
        : {})}
    />
  );
}

type PagesProps = { offset: number; total: number; onPage: (from: number) => void };

function Pages({ offset, total, onPage }: PagesProps) {
  if (total <= pageSize && offset === 0)
    return <p className="ui-dim">{formatCount(total, 'person', 'people')}</p>;
  return (
    <div className="wl-pages">
      <Button
        icon="chevron-left"
        disabledReason={offset === 0 && 'This is the first page.'}
        onClick={() => onPage(Math.max(0, offset - pageSize))}
      >
        Before
      </Button>
      <span className="ui-num">
        {offset + 1} to {Math.min(offset + pageSize, total)} of {total}
      </span>
      <Button
        icon="chevron-right"
        disabledReason={offset + pageSize >= total && 'This is the last page.'}
        onClick={() => onPage(offset + pageSize)}
      >
        Next
      </Button>
    </div>
  );
}

function useEntryActions() {
  const toast = useToast();
  const ask = useConfirm();
  const withdraw = useWrite(withdrawEntry, { touches: ['waitlist'] });
  const back = useWrite(putBackEntry, { touches: ['waitlist'] });
  const putBack = async (entry: Entry) => {
    try {
      await back.mutateAsync({ params: { id: entry.entryId }, body: { version: entry.version } });
      toast.done(`Back on the waitlist: ${entry.patientName}`);
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  const takeOff = async (entry: Entry) => {
    let after: Entry | undefined;
    const answer = await ask({
      title: `Take ${entry.patientName} off the waitlist?`,
      text: `Waits for ${entry.visitTypeName} since ${formatDate(entry.addedAt.slice(0, 10))}.`,
      confirmLabel: 'Take off',
      reason: {
        label: 'Why',
        required: true,
        usual: ['Does not want it any more', 'Goes elsewhere', 'Entered by mistake'],
      },
      run: async (reason) => {
        const body = { version: entry.version, reason };
        after = (await withdraw.mutateAsync({ params: { id: entry.entryId }, body })).entry;
      },
    });
    if (!answer || !after) return;
    const gone = after;
    const body = { version: gone.version };
    toast.done(`Off the waitlist: ${entry.patientName}`, {
      undo: () => back.mutateAsync({ params: { id: gone.entryId }, body }),
      undoneMessage: `Back on the waitlist: ${entry.patientName}`,
    });
  };
  return { takeOff, putBack };
}

type ListProps = { entries: readonly Entry[]; first: number; numbered: boolean };

function EntryList({ entries, first, numbered }: ListProps) {
  const { may } = useSession();
  const person = usePerson();
  const [changes, setChanges] = useState<Entry>();
  const mayKeep = may('waitlist.keep');
  const { takeOff, putBack } = useEntryActions();
  const isLive = (entry: Entry) => entry.state === 'waiting' || entry.state === 'offered';
  const open = (entry: Entry) => {
    person.show(entry.patientId);
    if (mayKeep && isLive(entry)) setChanges(entry);
  };
  const { selected, select } = useListKeys(entries, (one) => one.entryId, open, 'change');
  useKeys(
    {
      x: {
        label: 'take off the waitlist',
        run: () => void (selected && isLive(selected) && takeOff(selected)),
      },
    },
    { enabled: mayKeep && selected !== undefined },
  );
  return (
    <>
      <ol className="wl-list" aria-label="Waitlist">
        {entries.map((entry, index) => (
          <EntryLine
            key={entry.entryId}
            entry={entry}
            no={numbered ? first + index + 1 : undefined}
            selected={entry.entryId === selected?.entryId}
            onSelect={() => select(entry)}
          >
            {mayKeep && isLive(entry) && (
              <>
                <Button aria-label={`Change: ${entry.patientName}`} onClick={() => open(entry)}>
                  Change
                </Button>
                <Button
                  look="quiet"
                  icon="cross"
                  aria-label={`Take off: ${entry.patientName}`}
                  title="Take off (X)"
                  onClick={() => void takeOff(entry)}
                />
              </>
            )}
            {mayKeep && entry.withdrawnAt && (
              <Button
                look="quiet"
                icon="undo"
                aria-label={`Put back: ${entry.patientName}`}
                onClick={() => void putBack(entry)}
              >
                Put back
              </Button>
            )}
          </EntryLine>
        ))}
      </ol>
      {changes && <ChangeDialog entry={changes} onClose={() => setChanges(undefined)} />}
    </>
  );
}
