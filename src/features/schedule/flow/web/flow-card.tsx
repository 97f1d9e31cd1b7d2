import { useEffect, useRef } from 'react';
import { formatDuration, formatTime } from '../../../../ui/format.ts';
import { Tag, type Tone } from '../../../../ui/tag.tsx';
import { Face } from '../../../patients/photo/web/photo-section.tsx';
import type { DayVisit } from '../../day/schema.ts';
import { nextStep, stepWords } from '../../web/visit-words.ts';
import { isOverWait, limitMinutes, minutesInState, minutesLate } from '../rules.ts';
import type { FlowLimits } from '../schema.ts';
import { choose, type Flow, type FlowActs, isChosen } from './use-flow.ts';

const minuteMs = 60_000;
/** After so long a visit was forgotten rather than waited for; Today asks to close it out. */
const forgottenMinutes = 240;

type Wait = { minutes: string; word: string; sign: string; tone: Tone };

/** How long, and whether that is too long: in a sign and words, never by color alone. */
export function waitOf(visit: DayVisit, limits: FlowLimits, nowMs: number): Wait {
  const late = minutesLate(visit, nowMs);
  if (visit.state === 'booked') {
    if (late > forgottenMinutes) return { minutes: '', word: 'not closed out', sign: '!', tone: 'wrong' };
    if (late > 0) return { minutes: '', word: `${formatDuration(late)} late`, sign: '!', tone: 'wrong' };
    const ahead = Math.ceil((Date.parse(visit.startsAt) - nowMs) / minuteMs);
    const word = visit.confirmed ? 'confirmed' : 'unconfirmed';
    return { minutes: ahead > 0 ? `in ${formatDuration(ahead)}` : 'due', word, sign: '◇', tone: 'calm' };
  }
  const minutes = formatDuration(minutesInState(visit, nowMs) ?? 0);
  if (visit.state === 'checked_out') return { minutes: '', word: 'left', sign: '✓', tone: 'calm' };
  if (isOverWait(visit, limits, nowMs)) {
    return { minutes, word: `over ${limitMinutes(visit, limits)} min`, sign: '!', tone: 'wrong' };
  }
  if (visit.state === 'with_physician') return { minutes, word: 'being seen', sign: '●', tone: 'good' };
  const early = Date.parse(visit.startsAt) > nowMs;
  return { minutes, word: early ? 'early' : 'waiting', sign: '◔', tone: 'wait' };
}

type CardProps = { visit: DayVisit; flow: Flow; acts: FlowActs; limits: FlowLimits };

/** One patient in a lane: Enter takes the next step, a click shows the person. */
export function FlowCard({ visit, flow, acts, limits }: CardProps) {
  const { nowMs, zone, names } = flow;
  const card = useRef<HTMLButtonElement>(null);
  const { visitId } = visit;
  useEffect(() => {
    // In another lane it is drawn anew and would lose the focus: here it takes it back.
    if (isChosen(visitId) && document.activeElement === document.body) card.current?.focus();
  }, [visitId]);
  const wait = waitOf(visit, limits, nowMs);
  const key = nextStep(visit.state);
  const next = key && stepWords[key];
  const physician = names.get(visit.resourceIds[0] ?? '')?.name ?? '';
  const room = names.get(flow.roomOf(visit) ?? '')?.name;
  const type = flow.data?.visitTypes.find((one) => one.visitTypeId === visit.visitTypeId)?.name ?? 'Visit';
  const cameLate = visit.arrivedAt ? minutesLate(visit, nowMs) : 0;
  const time = formatTime(visit.startsAt, zone);
  const told = [visit.patient, time, type, physician, room, wait.minutes, wait.word].filter(Boolean);
  return (
    <li className={`fl-item ${wait.tone}`}>
      <button
        ref={card}
        type="button"
        className="fl-card"
        data-visit={visit.visitId}
        aria-label={`${told.join(', ')}${next ? `. Enter: ${next.label}` : ''}`}
        onFocus={() => choose(visitId)}
        onClick={() => acts.show(visit)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          acts.next(visit);
        }}
      >
        <span className="fl-who">
          <Face
            small
            patientId={visit.patientId}
            photoId={flow.faces.get(visit.patientId) ?? null}
            name={`Picture of ${visit.patient}`}
          />
          <b>{visit.patient}</b>
          <span className="fl-minutes">{wait.minutes}</span>
        </span>
        <span className="fl-what">{[time, physician, room ?? type].filter(Boolean).join(' · ')}</span>
        <span className="fl-tags">
          <Tag tone={wait.tone} sign={wait.sign}>
            {wait.word}
          </Tag>
          {cameLate > 0 && visit.state !== 'checked_out' && <Tag sign="!">came {cameLate} min late</Tag>}
        </span>
      </button>
      {next && (
        <button type="button" className="fl-next" tabIndex={-1} onClick={() => acts.next(visit)}>
          {next.label}
        </button>
      )}
    </li>
  );
}
