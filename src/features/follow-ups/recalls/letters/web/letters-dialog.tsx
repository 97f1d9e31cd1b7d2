import { useState } from 'react';
import { z } from 'zod';
import { useSession } from '../../../../../platform/web/session.tsx';
import { useWrite } from '../../../../../platform/web/use-office.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { FormError, TextField } from '../../../../../ui/fields.tsx';
import { formatCount, formatDay, localDate } from '../../../../../ui/format.ts';
import { useForm } from '../../../../../ui/use-form.ts';
import { useReturnFocus } from '../../../../../ui/use-return-focus.ts';
import { usePrint } from '../../../../prints/web/open-print.ts';
import type { FollowUp } from '../../../schema.ts';
import { writeRecallLetters } from '../api.ts';
import { LettersAsked, type LettersMade } from '../schema.ts';

const { nextWeeks, start } = LettersAsked.shape;
const LettersForm = z.object({
  nextWeeks: z.coerce.number().pipe(nextWeeks.unwrap()),
  start: z.coerce.number().pipe(start.unwrap()),
});

const nth = ['first', 'second', 'third'];

type LettersProps = { recalls: readonly FollowUp[]; onClose: () => void };

/** The next letter for each who was picked; what was made stays here until it is closed, to print it again. */
export function LettersDialog({ recalls, onClose }: LettersProps) {
  useReturnFocus();
  const write = useWrite(writeRecallLetters, { touches: ['follow-ups'] });
  const [made, setMade] = useState<LettersMade>();
  const form = useForm({
    initial: { nextWeeks: '4', start: '1' },
    schema: LettersForm,
    onSubmit: async (asked) => {
      const letters = recalls.map((one) => ({ id: one.followUpId, version: one.version }));
      setMade(await write.mutateAsync({ body: { ...asked, letters } }));
    },
  });
  if (made) return <Made made={made} onClose={onClose} />;
  const numbers = [1, 2, 3].map((no) => recalls.filter((one) => one.letters === no - 1).length);
  const parts = numbers.flatMap((count, index) =>
    count > 0 ? [`${formatCount(count, 'person gets', 'people get')} the ${nth[index] ?? ''} letter`] : [],
  );
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`Letters for ${formatCount(recalls.length, 'recall', 'recalls')}`}
      onSubmit={form.submit}
      submitLabel="Write the letters"
      busy={form.submitting}
      size="small"
    >
      <div className="fu-form">
        <FormError form={form} />
        <p className="fu-preview">{parts.join(', ')}. Each is noted as a try.</p>
        <TextField
          form={form}
          path="nextWeeks"
          label="Weeks until the next letter"
          inputMode="numeric"
          autoFocus
          hint="Until then they are off the list of who is due."
        />
        <TextField
          form={form}
          path="start"
          label="First free label"
          inputMode="numeric"
          hint="Avery 5160: 1 to 30, row by row"
        />
      </div>
    </Dialog>
  );
}

function Made({ made, onClose }: { made: LettersMade; onClose: () => void }) {
  const print = usePrint();
  const today = localDate(Date.now(), useSession().timeZone);
  const open = (fileName: string, pdf: string) =>
    void print.run(() => Promise.resolve({ fileName, pdf, leftOut: [] }));
  return (
    <Dialog opened onClose={onClose} title="The letters are written" size="small">
      <div className="fu-form">
        <p className="fu-preview" role="status">
          {formatCount(made.sent, 'letter is', 'letters are')} noted. The next are due on{' '}
          {formatDay(made.nextOn, today)}. They can be printed again from “Letters written”.
        </p>
        {made.leftOut.length > 0 && (
          <div className="fu-wish" role="note">
            Without a letter:
            <ul>
              {made.leftOut.map((why) => (
                <li key={why}>{why}</li>
              ))}
            </ul>
          </div>
        )}
        <div className="fu-acts">
          <Button look="go" icon="print" autoFocus onClick={() => open('recall-letters.pdf', made.letters)}>
            Open the letters
          </Button>
          <Button icon="print" onClick={() => open('recall-labels.pdf', made.labels)}>
            Open the labels
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
