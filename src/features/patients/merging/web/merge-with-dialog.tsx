import './merging.css';
import { useState } from 'react';
import { useAddress } from '../../../../platform/web/address.ts';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import type { PatientHit } from '../../api.ts';
import { HitFace } from '../../web/hit-list.tsx';
import { PatientPicker } from '../../web/patient-search.tsx';
import { listLikelySame } from '../api.ts';

/** Whom this record is the same as: those who look the same are offered, anyone can be found. */
export function MergeWithDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const { go } = useAddress();
  const [error, setError] = useState<string>();
  const input = { params: { id: patientId } };
  const {
    data,
    error: unread,
    refetch,
  } = useRead(listLikelySame, input, { topics: ['merges'], keys: [patientId] });
  const pick = (hit: PatientHit) => {
    if (hit.patientId === patientId) setError('That is this very record. Choose the other one.');
    else go(`/patients/${patientId}/merge-with/${hit.patientId}`);
  };
  const likely = data?.likely ?? [];
  return (
    <Dialog opened onClose={onClose} title="Merge with another record">
      <p className="ui-dim mg-lead">Nothing is merged before you have seen both side by side.</p>
      <PatientPicker
        label="The other record of this person"
        autoFocus
        onPick={pick}
        {...(error ? { error } : {})}
      />
      {unread && <Failure message={unread.message} onRetry={() => void refetch()} />}
      {likely.length > 0 && (
        <>
          <h3 className="pt-hits-title">Likely the same</h3>
          <ul className="mg-likely">
            {likely.map(({ hit, why }) => (
              <li key={hit.patientId}>
                <button type="button" className="pt-duplicate" onClick={() => pick(hit)}>
                  <HitFace hit={{ ...hit, matched: why }} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
