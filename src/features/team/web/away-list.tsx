import { useSession } from '../../../platform/web/session.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { formatDay, formatTime, localDate } from '../../../ui/format.ts';
import { Tag, type Tone } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { answerCover } from '../api.ts';
import { absenceWords, dutiesWords } from '../rules.ts';
import type { Absence, AbsenceCover } from '../schema.ts';

export const isNow = (absence: Absence, nowMs: number) =>
  Date.parse(absence.startsAt) <= nowMs && nowMs < Date.parse(absence.endsAt);

/** "Mon Mar 9 to Fri Mar 13", "Mon Mar 9, 2:00 pm to 4:00 pm" */
export function whenText({ startsAt, endsAt }: Absence, zone: string, today: string): string {
  const [from, to] = [localDate(startsAt, zone), localDate(Date.parse(endsAt) - 1, zone)];
  const isWhole = formatTime(startsAt, zone) === formatTime(endsAt, zone);
  const [first, last] = [formatDay(from, today), formatDay(to, today)];
  if (!isWhole && from === to)
    return `${first}, ${formatTime(startsAt, zone)} to ${formatTime(endsAt, zone)}`;
  if (!isWhole) return `${first}, ${formatTime(startsAt, zone)} to ${last}, ${formatTime(endsAt, zone)}`;
  return from === to ? first : `${first} to ${last}`;
}

const coverTones: Record<AbsenceCover['state'], Tone> = {
  asked: 'wait',
  accepted: 'good',
  declined: 'wrong',
};
const coverStates = { asked: 'asked', accepted: 'covers', declined: 'cannot' } as const;

type Props = {
  absences: readonly Absence[];
  nowMs: number;
  onOpen: (absence: Absence) => void;
  onAdd: (() => void) | undefined;
};

/** Who is away now and who will be, with who covers. */
export function AwayList({ absences, nowMs, onOpen, onAdd }: Props) {
  const { timeZone, staffId, may } = useSession();
  const today = localDate(nowMs, timeZone);
  if (absences.length === 0) {
    return (
      <Empty
        icon="calendar"
        title="Nobody is away in the next three months"
        text="Vacations, sick days and hours out of the house stand here, with who covers."
        action={onAdd && <Button onClick={onAdd}>Set an absence</Button>}
      />
    );
  }
  return (
    <ul className="team-list">
      {absences.map((absence) => (
        <li key={absence.absenceId} data-now={isNow(absence, nowMs) || undefined}>
          <span className="team-who">
            <b>{absence.staffName}</b>
            <small className="ui-num">
              {whenText(absence, timeZone, today)} · {absenceWords[absence.kind]}
              {absence.note && ` · ${absence.note}`}
            </small>
          </span>
          <span className="team-covers-of">
            {isNow(absence, nowMs) && <Tag tone="calm">away now</Tag>}
            {absence.covers.map((cover) => (
              <Cover key={cover.coverId} cover={cover} absence={absence} />
            ))}
            {absence.covers.length === 0 && <Tag tone="wait">no cover</Tag>}
          </span>
          {(absence.staffId === staffId || may('team.manage')) && may('team.away') && (
            <Button
              look="quiet"
              icon="edit"
              aria-label={`Change the absence of ${absence.staffName}`}
              onClick={() => onOpen(absence)}
            >
              Change
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Cover({ cover, absence }: { cover: AbsenceCover; absence: Absence }) {
  const { staffId, may } = useSession();
  const toast = useToast();
  const write = useWrite(answerCover, { touches: ['team'] });
  const answer = async (accept: boolean) => {
    const params = { id: cover.coverId };
    try {
      await write.mutateAsync({ params, body: { version: cover.version, accept } });
      const undo = () => write.mutateAsync({ params, body: { version: cover.version + 1, accept: null } });
      toast.done(
        accept ? `You cover for ${absence.staffName}.` : `You do not cover for ${absence.staffName}.`,
        {
          undo,
        },
      );
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  const mine = cover.staffId === staffId && cover.state === 'asked' && may('team.away');
  const what = cover.duties === '' ? '' : ` (${dutiesWords(cover.duties).toLowerCase()})`;
  return (
    <span className="team-cover-of">
      <Tag tone={coverTones[cover.state]}>
        {cover.staffName} {coverStates[cover.state]}
        {what}
      </Tag>
      {mine && (
        <>
          <Button look="go" busy={write.isPending} onClick={() => void answer(true)}>
            I will
          </Button>
          <Button onClick={() => void answer(false)}>I cannot</Button>
        </>
      )}
    </span>
  );
}
