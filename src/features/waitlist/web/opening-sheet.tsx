import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDayTime, formatPhone, formatTime } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import {
  acceptOffer,
  declineOffer,
  leaveMessage,
  notReached,
  readOpening,
  stopOpening,
  takeBackAnswer,
} from '../api.ts';
import { offerWords, openingLabel } from '../offers/rules.ts';
import type { LoggedWave, Offer, WaitlistOpening } from '../offers/schema.ts';
import { priorityWords } from '../rules.ts';
import { Priority } from '../schema.ts';
import { OpeningTag } from './openings-view.tsx';

/** One opening: who is asked and what they said; below, the proof that the order was the rule's. */
export function OpeningSheet({ openingId, onClose }: { openingId: string; onClose: () => void }) {
  const input = { params: { id: openingId } };
  const { data, error, refetch } = useRead(readOpening, input, { topics: ['waitlist'] });
  const title = data ? openingLabel(data.opening) : 'Opening';
  return (
    <Dialog opened onClose={onClose} title={title} size="large">
      {error && !data && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={8} label="Looking up the opening" />}
      {data && (
        <div className="wl-sheet">
          <OpeningHead opening={data.opening} />
          <section aria-label="Offers">
            <h3>Asked</h3>
            {data.offers.length === 0 && <p className="ui-dim">Nobody yet.</p>}
            <ul className="wl-items">
              {data.offers.map((offer) => (
                <OfferLine key={offer.offerId} offer={offer} />
              ))}
            </ul>
          </section>
          {data.waves.map((wave) => (
            <WaveProof key={wave.wave} wave={wave} />
          ))}
        </div>
      )}
    </Dialog>
  );
}

function OpeningHead({ opening }: { opening: WaitlistOpening }) {
  const { timeZone, may } = useSession();
  const ask = useConfirm();
  const stop = useWrite(stopOpening, { touches: ['waitlist', 'holds'] });
  const stopIt = () =>
    ask({
      title: 'Offer this opening no more?',
      text: 'Its time is free for anyone again. Whoever was asked keeps their place on the waitlist.',
      confirmLabel: 'Stop',
      run: () => stop.mutateAsync({ params: { id: opening.openingId } }),
    });
  return (
    <p className="wl-acts">
      <OpeningTag opening={opening} />
      <span className="ui-dim">
        {opening.visitTypeName} · free since {formatDayTime(opening.openedAt, timeZone)}
        {opening.nextAt && ` · the next are asked at ${formatTime(opening.nextAt, timeZone)}`}
        {opening.isHeld && ' · held meanwhile'}
      </span>
      {!opening.closedAt && may('waitlist.keep') && (
        <Button look="quiet" onClick={() => void stopIt()}>
          Stop offering
        </Button>
      )}
    </p>
  );
}

const touches = ['waitlist', 'visits', 'holds'];

/** What is noted of an answer, by one press each. */
function useAnswers(offer: Offer) {
  const toast = useToast();
  const yes = useWrite(acceptOffer, { touches });
  const no = useWrite(declineOffer, { touches });
  const missed = useWrite(notReached, { touches });
  const left = useWrite(leaveMessage, { touches });
  const back = useWrite(takeBackAnswer, { touches });
  const params = { id: offer.offerId };
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  const undo = { undo: () => back.mutateAsync({ params }) };
  return {
    yes: () =>
      run(async () => {
        const { result, said } = await yes.mutateAsync({ params });
        if (result === 'won') toast.done(said);
        else toast.refused(said);
      }),
    no: () =>
      run(async () => {
        await no.mutateAsync({ params });
        toast.done(`Noted: no. ${offer.patientName} keeps the place.`, undo);
      }),
    missed: () =>
      run(async () => {
        await missed.mutateAsync({ params });
        toast.done(`Noted: not reached. ${offer.patientName} keeps the place.`, undo);
      }),
    left: () =>
      run(async () => {
        await left.mutateAsync({ params });
        toast.done(`Noted: a message was left for ${offer.patientName}.`);
      }),
  };
}

function OfferLine({ offer }: { offer: Offer }) {
  const { timeZone, may } = useSession();
  const answers = useAnswers(offer);
  const isOpen = offer.closedAt === null;
  return (
    <li>
      <span className="wl-acts">
        <b>{offer.patientName}</b>
        <span className="ui-num">{formatPhone(offer.phone)}</span>
        {offer.outcome ? (
          <Tag tone={offer.outcome === 'won' ? 'good' : 'calm'}>{offerWords[offer.outcome]}</Tag>
        ) : (
          <Tag tone="wait">answer by {formatTime(offer.answerBy, timeZone)}</Tag>
        )}
        {isOpen && may('waitlist.keep') && (
          <>
            <Button look="go" onClick={() => void answers.yes()}>
              {offer.visitId ? 'Yes – move it' : 'Yes – book it'}
            </Button>
            <Button onClick={() => void answers.no()}>No</Button>
            <Button onClick={() => void answers.missed()}>Not reached</Button>
            {!offer.leftAt && <Button onClick={() => void answers.left()}>Left a message</Button>}
          </>
        )}
      </span>
      <small>
        no. {offer.position} · asked {formatTime(offer.offeredAt, timeZone)}
        {offer.leftAt && ` · message left ${formatTime(offer.leftAt, timeZone)}`}
        {offer.answeredAt && ` · answered ${formatTime(offer.answeredAt, timeZone)}`}
        {offer.answeredByName && ` to ${offer.answeredByName}`}
      </small>
    </li>
  );
}

/** A wave as it was written down when it went out; the rule works it out anew each time it is looked at. */
function WaveProof({ wave }: { wave: LoggedWave }) {
  const { timeZone } = useSession();
  const wordOf = (priority: string) => {
    const known = Priority.safeParse(priority);
    return known.success ? priorityWords[known.data].toLowerCase() : priority;
  };
  return (
    <section aria-label={`How wave ${wave.wave} was chosen`}>
      <h3>
        Chosen {formatDayTime(wave.at, timeZone)}{' '}
        {wave.agrees ? (
          <Tag tone="good" sign="✓">
            the rule gives the same order
          </Tag>
        ) : (
          <Tag tone="wrong" sign="!">
            the rule gives another order
          </Tag>
        )}
      </h3>
      <ol className="wl-choices">
        {wave.choices.map((one) => (
          <li key={one.entryId}>
            <span className="wl-no ui-num">{one.position ?? '–'}</span>
            <span>
              {one.patientName}
              <small>
                {wordOf(one.priority)}, since {formatDayTime(one.addedAt, timeZone)}
              </small>
            </span>
            <span>{one.offered ? 'asked' : one.whyWords || 'not their turn'}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
