import './privacy.css';
import { useState } from 'react';
import type { z } from 'zod';
import { useAddress } from '../../../platform/web/address.ts';
import { call } from '../../../platform/web/call.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { formatDate, formatTime, localDate } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { type Look, listLooks } from '../lookers/api.ts';
import { looksTable } from '../lookers/rules.ts';
import { saveText } from './save-text.ts';

type LookRow = z.output<typeof Look>;

/** With its year: the list goes back to the first day. */
const whenOf = (at: string, zone: string) => `${formatDate(localDate(at, zone))}, ${formatTime(at, zone)}`;

function columns(zone: string): TableColumn<LookRow>[] {
  return [
    { id: 'at', header: 'When', cell: (row) => whenOf(row.at, zone) },
    { id: 'who', header: 'Who', main: true, cell: (row) => row.who || row.role },
    { id: 'role', header: 'Role', cell: (row) => row.role },
    { id: 'what', header: 'What', cell: (row) => row.what },
  ];
}

/** Who looked at a record, to read with the patient, print or hand out. */
export function LooksPage() {
  const { timeZone } = useSession();
  const { line } = useSlots();
  const { params, search, path, go } = useAddress();
  const id = params.patientId ?? '';
  const before = search.before ? Number(search.before) : undefined;
  const lists = search.lists ? ('with' as const) : ('without' as const);
  const input = { params: { id }, query: { lists, ...(before ? { before } : {}) } };
  const read = useRead(listLooks, input, { topics: [] });
  const { save, saving } = useSave(id, lists);
  const next = read.data?.next;
  return (
    <>
      <PageHeader
        title="Who looked at this record"
        tabTitle="Who looked"
        line={line}
        actions={<Button onClick={() => go(`/patients/${id}`)}>Back to the record</Button>}
      />
      <PageBody>
        <div className="prv-filters prv-no-print">
          <Button icon="print" onClick={() => window.print()}>
            Print
          </Button>
          <Button busy={saving} onClick={() => void save()}>
            Save as a table
          </Button>
          <Button onClick={() => go(path, { lists: search.lists ? undefined : '1' })}>
            {search.lists ? 'Without lists' : 'Also lists they stood in'}
          </Button>
          {before && (
            <Button onClick={() => go(path, { ...search, before: undefined })}>Back to the newest</Button>
          )}
          {next && <Button onClick={() => go(path, { ...search, before: String(next) })}>Older</Button>}
        </div>
        <p className="prv-note">
          Everyone of this practice who opened or worked on this record, from our audit log. Looking at a
          record for treatment, payment or running the practice is no disclosure outside of it; a list of such
          disclosures (45 CFR 164.528) is another one, on request.
        </p>
        <DataTable
          label="Who looked at this record"
          columns={columns(timeZone)}
          rows={read.data?.looks}
          rowKey={(row) => String(row.seq)}
          failure={
            read.error && !read.data
              ? { message: read.error.message, onRetry: () => void read.refetch() }
              : null
          }
          empty={<Empty title="Nobody looked at this record" text="Whoever opens it appears here at once." />}
        />
      </PageBody>
    </>
  );
}

const mostPages = 20;

/** All pages as one CSV file, saved by the browser: its name says whose it is to nobody. */
function useSave(id: string, lists: 'with' | 'without') {
  const { timeZone } = useSession();
  const toast = useToast();
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      const all: LookRow[] = [];
      let before: number | null | undefined;
      for (let page = 0; page < mostPages && before !== null; page += 1) {
        const query = { lists, limit: 500, ...(before ? { before } : {}) };
        const { looks, next } = await call(listLooks, { params: { id }, query });
        all.push(...looks);
        before = next;
      }
      saveText(
        `who-looked-${id.slice(-8)}.csv`,
        looksTable(all, (at) => whenOf(at, timeZone)),
      );
      toast.done(before ? 'Saved: the newest looks. Older ones are on the pages before.' : 'Saved.');
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'The list could not be saved. Try again.');
    } finally {
      setSaving(false);
    }
  };
  return { save, saving };
}

/** At the foot of a record, for who may tell the patient. */
export function LooksButton({ patientId }: { patientId: string }) {
  const { may } = useSession();
  const { go } = useAddress();
  if (!may('privacy.tell-patient')) return null;
  return (
    <Button look="quiet" icon="shield" onClick={() => go(`/patients/${patientId}/looks`)}>
      Who looked at it …
    </Button>
  );
}
