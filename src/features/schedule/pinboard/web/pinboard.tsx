import './pinboard.css';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../platform/web/call.ts';
import { refreshTopics, useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { formatCount, formatDayTime, formatDuration } from '../../../../ui/format.ts';
import { useKeys } from '../../../../ui/keys.ts';
import { useToast } from '../../../../ui/toast.tsx';
import type { DayVisit } from '../../day/schema.ts';
import { cutVisit } from '../../web/moving.ts';
import { asDayVisit } from '../../web/pending-visits.ts';
import { wordsOf } from '../../web/refusals.ts';
import { listPins, pinVisit, unpinVisit } from '../api.ts';
import type { Pin } from '../schema.ts';

/** What the grid takes from a hand that drags a pin: an id, never a name. */
export const pinMime = 'application/x-frontdesk-visit';
const none: readonly Pin[] = [];

/** Park a visit, or take it off, with undo. */
export function usePinActs() {
  const client = useQueryClient();
  const toast = useToast();
  const fresh = () => refreshTopics(client, ['pins']);
  const send = async (pin: boolean, visitId: string) => {
    await call(pin ? pinVisit : unpinVisit, { params: { id: visitId } });
    await fresh();
  };
  const run = (pin: boolean, visit: Pick<DayVisit, 'visitId' | 'patient'>) =>
    send(pin, visit.visitId).then(
      () => {
        const said = pin ? `On your pinboard: ${visit.patient}.` : `Off the pinboard: ${visit.patient}.`;
        toast.done(said, { undo: () => send(!pin, visit.visitId) });
      },
      (error: unknown) => toast.refused(wordsOf(error)),
    );
  return {
    pin: (visit: Pick<DayVisit, 'visitId' | 'patient'>) => void run(true, visit),
    unpin: (visit: Pick<DayVisit, 'visitId' | 'patient'>) => void run(false, visit),
  };
}

/** The visits of this account that wait at the side. */
export function usePins(): readonly Pin[] {
  return useRead(listPins, {}, { topics: ['pins', 'visits'] }).data?.pins ?? none;
}

/** At the side of every day: what was parked. Enter or a hand takes one up; a free time takes it. */
export function Pinboard({ pins }: { pins: readonly Pin[] }) {
  const [opened, setOpened] = useState(false);
  const acts = usePinActs();
  const shows = opened || pins.length > 0;
  useKeys({
    'alt+k': {
      label: 'to the pinboard',
      run: () => {
        setOpened(true);
        document.querySelector<HTMLElement>('.pb-card')?.focus();
      },
    },
  });
  if (!shows) {
    return (
      <button type="button" className="pb-strip" data-drop="pinboard" onClick={() => setOpened(true)}>
        Pinboard
      </button>
    );
  }
  return (
    <aside className="pb" data-drop="pinboard" aria-label="Pinboard">
      <header>
        <h2>
          Pinboard <span className="ui-dim">{pins.length > 0 && formatCount(pins.length, 'visit')}</span>
        </h2>
        {pins.length === 0 && (
          <Button look="quiet" icon="cross" aria-label="Fold the pinboard" onClick={() => setOpened(false)} />
        )}
      </header>
      {pins.length === 0 && (
        <p className="ui-dim">
          Drag visits here, or press K on one. They keep their place until you put them elsewhere, on any day.
        </p>
      )}
      <ul>
        {pins.map((pin) => (
          <PinCard key={pin.visit.visitId} pin={pin} onUnpin={acts.unpin} />
        ))}
      </ul>
    </aside>
  );
}

function PinCard({ pin, onUnpin }: { pin: Pin; onUnpin: (visit: DayVisit) => void }) {
  const { visit } = pin;
  const shown = asDayVisit(visit);
  const when = `${formatDayTime(visit.startsAt, visit.timeZone)}, ${formatDuration(visit.minutes)}`;
  return (
    <li className="pb-item">
      <button
        type="button"
        className="pb-card"
        draggable
        aria-label={`${visit.patientName}, ${when}, ${visit.physicianName}. Enter takes it up, Delete takes it off the pinboard`}
        onDragStart={(event) => {
          event.dataTransfer.setData(pinMime, visit.visitId);
          event.dataTransfer.effectAllowed = 'move';
        }}
        onClick={() => cutVisit(shown)}
        onKeyDown={(event) => {
          if (event.key !== 'Delete') return;
          event.preventDefault();
          onUnpin(shown);
        }}
      >
        <b>{visit.patientName}</b>
        <span>{when}</span>
        <span className="ui-dim">
          {visit.visitTypeName} · {visit.physicianName}
        </span>
      </button>
      <Button
        look="quiet"
        icon="cross"
        tabIndex={-1}
        aria-label={`Take ${visit.patientName} off the pinboard`}
        onClick={() => onUnpin(shown)}
      />
    </li>
  );
}
