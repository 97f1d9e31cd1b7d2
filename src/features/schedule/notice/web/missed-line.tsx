import { useRead } from '../../../../platform/web/use-office.ts';
import { formatCount } from '../../../../ui/format.ts';
import { countMissed } from '../api.ts';

/** How often someone missed a visit or said so too late; nothing where that never happened. */
export function MissedLine({ patientId }: { patientId: string }) {
  const { data } = useRead(countMissed, { params: { id: patientId } }, { topics: ['visits'] });
  if (!data) return null;
  const { noShows, lateCancels, lateMoves, leftUnseen } = data;
  const words = [
    noShows > 0 && formatCount(noShows, 'no-show'),
    lateCancels > 0 && formatCount(lateCancels, 'late cancellation'),
    lateMoves > 0 && formatCount(lateMoves, 'late move'),
    leftUnseen > 0 && `${leftUnseen} × left without being seen`,
  ].filter((one) => one !== false);
  if (words.length === 0) return null;
  return <p className="ui-dim">In two years: {words.join(' · ')}</p>;
}
