import type { PatientHit } from '../../../features/patients/api.ts';
import { listLikelySame } from '../../../features/patients/merging/api.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { formatDate } from '../../../ui/format.ts';
import { type LineItem, type LineView, type LineWho, nothingYet } from './line-view.ts';

type Input = {
  active: boolean;
  who: LineWho | undefined;
  inView: LineWho | undefined;
  close: () => void;
};

function aboutText({ bornOn, mrn }: PatientHit): string {
  return `${bornOn ? formatDate(bornOn) : 'no birth date'} · MRN ${mrn}`;
}

/** `smith jo merge`: records that look like the same person, the person in view, or any other. Opens both. */
export function useMergeMode({ active, who, inView, close }: Input): LineView {
  const { go } = useAddress();
  const person = usePerson();
  const id = who?.patientId ?? '';
  const read = useRead(
    listLikelySame,
    { params: { id } },
    { topics: ['merges'], keys: [id], enabled: active && id !== '' },
  );
  if (!active) return nothingYet;
  if (!who) return { ...nothingYet, does: 'compare', head: 'Whose record? Type a scrap of the name.' };
  const open = (path: string, search = {}) => {
    person.show(who.patientId);
    go(path, search);
    close();
  };
  const likely = read.isPlaceholderData ? [] : (read.data?.likely ?? []);
  const compare = (otherId: string) => () => open(`/patients/${who.patientId}/merge-with/${otherId}`);
  const others: LineItem[] = likely.map(({ hit, why }) => ({
    id: hit.patientId,
    lead: hit.fileName,
    title: aboutText(hit),
    detail: why.join(', '),
    run: compare(hit.patientId),
  }));
  const seen = likely.some(({ hit }) => hit.patientId === inView?.patientId);
  if (inView && inView.patientId !== who.patientId && !seen)
    others.push({
      id: inView.patientId,
      lead: inView.name,
      title: 'the person in view',
      run: compare(inView.patientId),
    });
  const another: LineItem = {
    id: 'another',
    lead: 'Another record',
    title: 'find it by any scrap',
    run: () => open(`/patients/${who.patientId}`, { merge: 'choose' }),
  };
  return {
    items: [...others, another],
    fresh: read.data !== undefined && !read.isPlaceholderData,
    does: 'look at both',
    head:
      likely.length > 0 ? `Merge ${who.name} with:` : `No other record looks like ${who.name}. Merge with:`,
  };
}
