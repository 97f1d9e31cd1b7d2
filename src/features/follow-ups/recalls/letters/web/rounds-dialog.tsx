import { useState } from 'react';
import { call } from '../../../../../platform/web/call.ts';
import { useSession } from '../../../../../platform/web/session.tsx';
import { useRead } from '../../../../../platform/web/use-office.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { Empty } from '../../../../../ui/empty.tsx';
import { Failure } from '../../../../../ui/failure.tsx';
import { formatCount, formatDayTime } from '../../../../../ui/format.ts';
import { Skeleton } from '../../../../../ui/skeleton.tsx';
import { useReturnFocus } from '../../../../../ui/use-return-focus.ts';
import { usePrint } from '../../../../prints/web/open-print.ts';
import { drawLettersAgain, listLetterRounds } from '../api.ts';
import type { LetterRound } from '../schema.ts';

/** Letters written before, to print them once more: nothing is noted anew. */
export function RoundsDialog({ onClose }: { onClose: () => void }) {
  useReturnFocus();
  const { data, error, refetch } = useRead(listLetterRounds, {}, { topics: ['follow-ups'] });
  return (
    <Dialog opened onClose={onClose} title="Letters written lately">
      {error && !data && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} label="Looking up the letters" />}
      {data?.rounds.length === 0 && (
        <Empty
          title="No letters in sixty days"
          text="Letters stand here once they were written, to print again."
        />
      )}
      {data && data.rounds.length > 0 && (
        <>
          <p className="fu-preview">
            They read as on their day, go to the address on record now, and are not noted again. Who has
            booked meanwhile is left out.
          </p>
          <ul className="fu-rounds">
            {data.rounds.map((round) => (
              <Round key={`${round.at} ${round.byName}`} round={round} />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

function Round({ round: { at, byName, letters } }: { round: LetterRound }) {
  const { timeZone } = useSession();
  const print = usePrint();
  const [fault, setFault] = useState('');
  const open = async (what: 'letters' | 'labels') => {
    setFault('');
    try {
      await print.run(async () => {
        const made = await call(drawLettersAgain, { body: { at } });
        return { fileName: `recall-${what}.pdf`, pdf: made[what], leftOut: made.leftOut };
      });
    } catch (error) {
      setFault(error instanceof Error ? error.message : 'This could not be printed.');
    }
  };
  return (
    <li>
      <span>
        {formatDayTime(at, timeZone)} · {formatCount(letters, 'letter')}
        {byName && ` · ${byName}`}
      </span>
      <span className="fu-acts">
        <Button
          icon="print"
          disabledReason={print.busy && 'The print is on its way.'}
          onClick={() => void open('letters')}
        >
          Letters
        </Button>
        <Button
          icon="print"
          disabledReason={print.busy && 'The print is on its way.'}
          onClick={() => void open('labels')}
        >
          Labels
        </Button>
      </span>
      {fault && (
        <p className="ui-field-error" role="alert">
          {fault}
        </p>
      )}
    </li>
  );
}
