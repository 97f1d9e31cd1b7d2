import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import type { ShownDay } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { listPatientVisits } from '../../schedule/visits/api.ts';
import { kindsFor, type PrintTarget, permissionOf } from './print-asked.ts';
import { PrintDialog } from './print-dialog.tsx';

type PrintButtonProps = {
  target: PrintTarget;
  title: string;
  look?: 'plain' | 'quiet';
  hotKey?: string;
  label?: string;
};

/** Opens the choice of prints; nothing for those who may print nothing of it. */
function PrintButton({ target, title, look = 'plain', hotKey, label }: PrintButtonProps) {
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const isOffered = kindsFor(target).some((kind) => may(permissionOf[kind]));
  useKeys(hotKey ? { [hotKey]: { label: 'print', run: () => setOpen(true) } } : {}, { enabled: isOffered });
  if (!isOffered) return null;
  return (
    <>
      <Button
        look={look}
        icon="print"
        aria-label={label ? undefined : 'Print …'}
        title={hotKey ? `Print (${hotKey.toUpperCase()})` : undefined}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      {open && <PrintDialog target={target} title={title} onClose={() => setOpen(false)} />}
    </>
  );
}

/** On the day: its sheets, and what goes with its visits. */
export function PrintDayButton({ date, siteId, visits }: ShownDay) {
  const target = { date, siteId, visits, patientIds: visits.map((one) => one.patientId) };
  return <PrintButton target={target} title="Print the day" hotKey="p" />;
}

/** In a visit's panel. */
export function PrintVisitButton(visit: ShownDay['visits'][number]) {
  const target = { visits: [visit], patientIds: [visit.patientId] };
  return <PrintButton target={target} title="Print for this visit" look="quiet" label="Print …" />;
}

/** On a person's page: labels, and cards of the visits to come. */
export function PrintPersonButton({ patientId }: { patientId: string }) {
  const { may } = useSession();
  const { data } = useRead(
    listPatientVisits,
    { params: { id: patientId }, query: { limit: 20 } },
    { topics: ['visits'], enabled: may('visits.see') },
  );
  const visits = (data?.visits ?? [])
    .filter((one) => one.state === 'booked')
    .map(({ visitId, physicianId }) => ({ visitId, patientId, physicianId }));
  const target = { visits: visits.reverse(), patientIds: [patientId] };
  return <PrintButton target={target} title="Print" look="quiet" hotKey="l" label="Print …" />;
}
