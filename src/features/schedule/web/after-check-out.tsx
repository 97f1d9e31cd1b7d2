import { useSlots } from '../../../platform/web/slots.tsx';
import type { DayVisit } from '../day/schema.ts';

type AfterCheckOutProps = { visit: DayVisit; onClose: () => void };

/** When they shall come again: asked by the feature that keeps follow-ups. */
export function AfterCheckOut({ visit, onClose }: AfterCheckOutProps) {
  const { followUp } = useSlots();
  const { visitId, patientId, patient, visitTypeId, resourceIds } = visit;
  const physicianId = resourceIds[0] ?? '';
  return followUp?.({ visitId, patientId, patient, visitTypeId, physicianId }, onClose);
}
